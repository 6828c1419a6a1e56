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
            ("why", localized(board.why, languages)), ("by", board.cohort.map { cohort($0) }),
            ("teams", board.teams.map { .text($0) }),
            (
                "finish-after",
                board.finishAfter == Leaderboard.standardFinishAfter ? nil : .raw(board.finishAfter.documentText)
            ),
            ("keep", board.keep == Leaderboard.standardKeep ? nil : .raw(String(board.keep))),
            ("prizes", board.prizes.isEmpty ? nil : .list(board.prizes.map { prize($0) })),
            ("ties", board.ties == .each ? nil : .raw(board.ties.rawValue)),
            ("budget", board.budget.map { .raw(String($0)) }))
    }
}
