internal import Primitives

/// What a leaderboard has besides its measure: cohorts, teams, the end of its periods and prizes.
extension DocumentParser {
    func boardTerms(_ section: DocumentSection, of board: inout Leaderboard) {
        board.cohort = cohort(section)
        board.teams = section.node("teams").flatMap {
            reader.word($0, "the name of a kind of wallet", .thing)
        }
        if let node = section.node("finish-after"),
            case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        {
            let longest: Int64 = 31 * 86_400_000
            let milliseconds: Int64? =
                switch span {
                case .milliseconds(let amount): amount
                case .days(let days): Int64(days) * 86_400_000
                case .months: nil
                }
            if let milliseconds, milliseconds <= longest {
                board.finishAfter = .milliseconds(milliseconds)
            } else {
                reader.report(
                    "The standings are fixed within 31 days.", at: node.mark, fix: "Write it as in '12 hours'.")
            }
        }
        if let node = section.node("keep"), let keep = reader.integer(node, 1...1_000) { board.keep = Int(keep) }
        board.prizes = section.list("prizes", of: "prizes").compactMap { prize($0.node, $0.name) }
        if let node = section.node("ties"), let ties: BoardTies = reader.choice(node, "what those get who share a rank")
        {
            board.ties = ties
        }
        if let node = section.node("budget"), let budget = reader.integer(node) { board.budget = budget }
        for key in ["ties", "budget"] where section.node(key) != nil && board.prizes.isEmpty {
            reader.report("'\(key)' is about prizes, and there are none.", at: section.node(key)?.mark)
        }
    }

    private enum Cohort: String, CaseIterable {
        case tier
        case joinMonth = "join-month"
    }

    private func cohort(_ section: DocumentSection) -> BoardCohort? {
        guard let node = section.node("by") else { return nil }
        if case .scalar = node {
            guard let cohort: Cohort = reader.choice(node, "a cohort") else { return nil }
            return cohort == .tier ? .tier : .joinMonth
        }
        guard let by = section.section("by", what: "the cohort", keys: ["trait", "values"]),
            let trait = by.need("trait").flatMap({ reader.word($0, "the name of a trait", .thing) }),
            let valuesNode = by.need("values")
        else { return nil }
        var values: [String] = []
        for (node, _) in by.list("values", of: "values") {
            guard let value = reader.word(node, "a value", .foreign) else { continue }
            if values.contains(value) || value == BoardCohort.others {
                reader.report("The value '\(value)' is taken.", at: node.mark)
            } else {
                values.append(value)
            }
        }
        if values.isEmpty || values.count > BoardCohort.mostValues {
            reader.report("A trait makes 1 to \(BoardCohort.mostValues) cohorts.", at: valuesNode.mark)
        }
        return .trait(trait, values: values)
    }

    private func prize(_ node: DocumentNode, _ name: String) -> BoardPrize? {
        guard
            let section = DocumentSection(
                reader, node, what: "a prize", name: name, keys: ["places", "share", "reward"])
        else { return nil }
        var reach: BoardPrize.Reach?
        switch (section.node("places"), section.node("share")) {
        case (let node?, nil): reach = reader.integer(node, 1...1_000_000).map { .places($0) }
        case (nil, let node?): reach = reader.basisPoints(node).map { .share($0) }
        default:
            reader.report(
                "A prize says how far down it reaches.", at: section.mark,
                fix: "Write either 'places: 10' or 'share: 0.1'.")
        }
        let reward = effects(section, "reward", required: true)
        if reward.count(where: { if case .award = $0 { true } else { false } }) > 1 {
            reader.report("A prize gives one award.", at: section.node("reward")?.mark)
        }
        return reach.map { BoardPrize(reach: $0, reward: reward) }
    }
}
