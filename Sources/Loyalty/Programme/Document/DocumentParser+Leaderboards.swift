internal import Primitives

/// `leaderboards/*.yaml`.
extension DocumentParser {
    func leaderboard(_ node: DocumentNode, _ stem: String) -> Leaderboard? {
        guard let id = declaredID(node, "leaderboard", .thing, stem) else { return nil }
        let name = "leaderboard:\(id)"
        let keys = [
            "leaderboard", "name", "points", "progress", "every", "minimum", "why", "by", "teams", "finish-after",
            "keep",
            "prizes", "ties", "budget",
        ]
        guard let section = DocumentSection(reader, node, what: "the leaderboard", name: name, keys: keys) else {
            return nil
        }
        reader.remember(name, node)
        let points = section.node("points").map { reader.word($0, "the name of a unit", .thing) ?? "" }
        let progress = section.node("progress").map { reader.word($0, "the name of a challenge", .thing) ?? "" }
        var measure = Leaderboard.Measure.points(points ?? "")
        switch (points, progress) {
        case (nil, let challenge?): measure = .progress(challenge)
        case (.some, nil): break
        default:
            reader.report(
                "A leaderboard ranks by one thing.", at: node.mark,
                fix: "Write either 'points: <unit>' or 'progress: <challenge>'.")
            reader.markBroken(name)
            return nil
        }
        if points == "" || progress == "" { return nil }
        var board = Leaderboard(id: id, measure: measure)
        board.name = localized(section, "name")
        if let node = section.node("every"), let period: PeriodUnit = reader.choice(node, "a period") {
            board.every = period
        }
        if let node = section.node("minimum"), let minimum = reader.integer(node, 2...1_000_000) {
            board.minimum = Int(minimum)
        }
        board.why = localized(section, "why")
        boardTerms(section, of: &board)
        return board
    }
}
