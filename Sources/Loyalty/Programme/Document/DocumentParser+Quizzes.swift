internal import Primitives

/// `quizzes/*.yaml`.
extension DocumentParser {
    private static let quizKeys = [
        "quiz", "name", "text", "draw", "pass", "tries", "time", "time-per-question", "valid", "when", "reward", "why",
        "questions",
    ]

    func quiz(_ node: DocumentNode, _ stem: String) -> Quiz? {
        guard let id = declaredID(node, "quiz", .thing, stem) else { return nil }
        let name = "quiz:\(id)"
        guard let section = DocumentSection(reader, node, what: "the quiz", name: name, keys: Self.quizKeys) else {
            return nil
        }
        reader.remember(name, node)
        var quiz = Quiz(id: id)
        quiz.name = localized(section, "name")
        quiz.text = localized(section, "text")
        quiz.why = localized(section, "why")
        quiz.questions = questions(section)
        quiz.draw = section.node("draw").flatMap { reader.integer($0, 1...Int64(Quiz.mostQuestions)) }.map { Int($0) }
        quiz.pass = section.node("pass").flatMap { reader.integer($0, 1...1_000_000) }
        if let tries = section.section("tries", what: "the tries", keys: ["times", "per"]) {
            quiz.tries.times = tries.node("times").flatMap { reader.integer($0, 1...1_000) } ?? 1
            if let node = tries.node("per"), let period: PeriodUnit = reader.choice(node, "a period") {
                quiz.tries.period = period
            }
        }
        quiz.timeMilliseconds = quizTime(section, "time")
        quiz.questionMilliseconds = quizTime(section, "time-per-question")
        validity(section, from: &quiz.validFrom, until: &quiz.validUntil)
        quiz.condition = expression(section, "when")
        quiz.reward = effects(section, "reward", required: false)
        return quiz
    }

    private func quizTime(_ section: DocumentSection, _ key: String) -> Int64? {
        guard let node = section.node(key), case .some(.some(let span)) = reader.duration(node, allowsNone: false)
        else { return nil }
        let length: Int64? =
            switch span {
            case .milliseconds(let length): length
            case .days(1): Quiz.longestAttempt
            default: nil
            }
        guard let length, (5_000...Quiz.longestAttempt).contains(length) else {
            reader.report(
                "It is 5 seconds at least, and a day at most.", at: node.mark, fix: "Write it as in '5 minutes'.")
            return nil
        }
        return length
    }

    private func questions(_ section: DocumentSection) -> [Quiz.Question] {
        guard section.need("questions") != nil,
            let list = section.section("questions", what: "the questions", keys: [])
        else {
            reader.markBroken(section.name)
            return []
        }
        var questions: [Quiz.Question] = []
        for entry in list.entries.prefix(Quiz.mostQuestions) {
            let id = entry.key.text
            guard reader.word(.scalar(entry.key), "the name of a question", .thing) != nil else { continue }
            reader.remember("\(list.name).\(id)", entry.value)
            guard
                let section = DocumentSection(
                    reader, entry.value, what: "the question '\(id)'", name: "\(list.name).\(id)",
                    keys: ["text", "options", "answer", "number", "points", "explanation"])
            else { continue }
            guard let question = question(id, section) else {
                reader.markBroken("quiz")
                continue
            }
            questions.append(question)
        }
        if list.entries.count > Quiz.mostQuestions {
            reader.report("A quiz has at most \(Quiz.mostQuestions) questions.", at: list.mark)
        }
        if list.entries.isEmpty { reader.report("A quiz without questions asks nothing.", at: list.mark) }
        return questions
    }

    private func question(_ id: String, _ section: DocumentSection) -> Quiz.Question? {
        _ = section.need("text")
        var kind: Quiz.Kind?
        switch (section.node("options"), section.node("number")) {
        case (.some, nil): kind = choice(section)
        case (nil, .some): kind = number(section)
        default:
            reader.report(
                "A question has either 'options' or a 'number'.", at: section.mark,
                fix: "Write 'options' with an 'answer', or 'number: { answer: 1848 }'.")
        }
        guard let kind else { return nil }
        return Quiz.Question(
            id: id, text: localized(section, "text"), kind: kind,
            points: section.node("points").flatMap { reader.integer($0, 1...1_000) } ?? 1,
            explanation: localized(section, "explanation"))
    }

    private func choice(_ section: DocumentSection) -> Quiz.Kind? {
        guard let list = section.section("options", what: "the options", keys: []) else { return nil }
        var options: [Quiz.Option] = []
        for entry in list.entries {
            guard let id = reader.word(.scalar(entry.key), "the name of an option", .thing) else { continue }
            options.append(Quiz.Option(id: id, text: localized(list, id)))
        }
        guard (2...Quiz.mostOptions).contains(options.count) else {
            reader.report("A question has 2 to \(Quiz.mostOptions) options.", at: list.mark)
            return nil
        }
        guard let node = section.need("answer") else { return nil }
        var isMultiple = false
        var nodes = [node]
        if case .list(let elements, _) = node {
            isMultiple = true
            nodes = elements
        }
        var right: UInt32 = 0
        for node in nodes {
            guard let id = reader.word(node, "the name of an option", .thing) else { return nil }
            guard let index = options.firstIndex(where: { $0.id == id }) else {
                reader.report(
                    "There is no option '\(id)'.", at: node.mark,
                    fix: DocumentSuggestion.fix(for: id, in: options.map(\.id)) ?? "Name one of the options.")
                return nil
            }
            right |= 1 << UInt32(index)
        }
        if isMultiple, right == 0 {
            reader.report("No option is right.", at: node.mark)
            return nil
        }
        return .choice(Quiz.Choice(options: options, right: right, isMultiple: isMultiple))
    }

    private func number(_ section: DocumentSection) -> Quiz.Kind? {
        if let node = section.node("answer") {
            reader.report("The answer of a number stands in it.", at: node.mark, fix: "Write number: { answer: 1848 }.")
        }
        guard let number = section.section("number", what: "the number", keys: ["answer", "within"]),
            let answer = number.need("answer").flatMap({ reader.integer($0, Quiz.Number.range) })
        else { return nil }
        let within = number.node("within").flatMap { reader.integer($0, 0...1_000_000_000) } ?? 0
        return .number(Quiz.Number(answer: answer, within: within))
    }
}
