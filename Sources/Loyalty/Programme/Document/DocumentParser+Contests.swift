internal import Primitives

/// `contests/*.yaml`.
extension DocumentParser {
    private static let contestKeys = [
        "contest", "name", "text", "options", "number", "score", "opens", "closes", "when", "gives", "ties", "why",
    ]

    func contest(_ node: DocumentNode, _ stem: String) -> Contest? {
        guard let id = declaredID(node, "contest", .thing, stem) else { return nil }
        let name = "contest:\(id)"
        guard let section = DocumentSection(reader, node, what: "the contest", name: name, keys: Self.contestKeys)
        else { return nil }
        reader.remember(name, node)
        let closes = section.need("closes").flatMap(reader.instant)
        guard let question = contestQuestion(section), let closes else {
            reader.markBroken(name)
            reader.markBroken("file")
            return nil
        }
        var contest = Contest(id: id, question: question, closes: closes)
        contest.name = localized(section, "name")
        contest.text = localized(section, "text")
        contest.why = localized(section, "why")
        contest.opens = section.node("opens").flatMap(reader.instant)
        if let opens = contest.opens, opens >= closes {
            reader.report("It would close before it opens.", at: section.node("closes")?.mark)
        }
        contest.condition = expression(section, "when")
        if let gives = section.section("gives", what: "what it gives", keys: ["exact", "nearest", "outcome"]) {
            contest.gives = Contest.Gives(
                exact: effects(gives, "exact", required: false), nearest: effects(gives, "nearest", required: false),
                outcome: effects(gives, "outcome", required: false))
        }
        if let node = section.node("ties"), let ties: Contest.Ties = reader.choice(node, "a rule for ties") {
            contest.ties = ties
        }
        return contest
    }

    private func contestQuestion(_ section: DocumentSection) -> Contest.Question? {
        let forms = ["options", "number", "score"].filter { section.node($0) != nil }
        guard forms.count == 1, let form = forms.first else {
            reader.report(
                "A contest has exactly one of: options, number, score.", at: section.mark,
                fix: "Write what can be predicted, as in 'number: { min: 0, max: 150 }'.")
            return nil
        }
        switch form {
        case "options": return contestOptions(section)
        case "number":
            guard let number = section.section("number", what: "the number", keys: ["min", "max"]),
                let least = number.need("min").flatMap({ reader.integer($0, Quiz.Number.range) }),
                let most = number.need("max").flatMap({ reader.integer($0, Quiz.Number.range) })
            else { return nil }
            guard least < most else {
                reader.report("'max' is not above 'min'.", at: number.mark)
                return nil
            }
            return .number(least...most)
        default:
            guard let score = section.section("score", what: "the score", keys: ["home", "away", "max"]) else {
                return nil
            }
            _ = score.need("home")
            _ = score.need("away")
            let most = score.node("max").flatMap { reader.integer($0, 1...Contest.Score.base - 1) } ?? 20
            return .score(
                Contest.Score(home: localized(score, "home"), away: localized(score, "away"), most: most))
        }
    }

    private func contestOptions(_ section: DocumentSection) -> Contest.Question? {
        guard let list = section.section("options", what: "the options", keys: []) else { return nil }
        var options: [Contest.Option] = []
        for entry in list.entries {
            guard let id = reader.word(.scalar(entry.key), "the name of an option", .thing) else { continue }
            reader.remember("\(list.name).\(id)", entry.value)
            guard
                let option = DocumentSection(
                    reader, entry.value, what: "the option '\(id)'", name: "\(list.name).\(id)",
                    keys: ["text", "gives"])
            else { continue }
            _ = option.need("text")
            options.append(
                Contest.Option(
                    id: id, text: localized(option, "text"), gives: effects(option, "gives", required: false)))
        }
        guard (2...Contest.mostOptions).contains(options.count) else {
            reader.report("A contest has 2 to \(Contest.mostOptions) options.", at: list.mark)
            return nil
        }
        return .options(options)
    }
}
