extension DocumentTree {
    static func leaderboard(_ board: Leaderboard, _ languages: [Language]) -> DocumentTree {
        var (points, progress): (DocumentTree?, DocumentTree?) = (nil, nil)
        switch board.measure {
        case .points(let unit): points = .text(unit)
        case .progress(let challenge): progress = .text(challenge)
        }
        return .mapping(
            ("leaderboard", .text(board.id)), ("name", localized(board.name, languages)), ("points", points),
            ("progress", progress), ("every", board.every == .week ? nil : .raw(board.every.rawValue)),
            ("minimum", board.minimum == Leaderboard.standardMinimum ? nil : .raw(String(board.minimum))),
            ("why", localized(board.why, languages)))
    }
}
