internal import CEL
internal import Primitives

/// Quizzes and contests held against the rest of the programme.
extension ProgrammeChecker {
    mutating func check(_ quiz: Quiz) {
        let name = "quiz:\(quiz.id)"
        checkGiven(quiz.reward, at: "\(name).reward")
        if let condition = quiz.condition { checkAudience(condition, at: "\(name).when") }
        if programme.events.contains(where: { $0.id == EventType.quizFinished.id }) {
            report(
                "Stamgast makes '\(EventType.quizFinished.id)' itself when an attempt is over.",
                at: "event:\(EventType.quizFinished.id)", fix: "Give your event type another name.")
        }
        guard !sources.broken.contains("quiz"), !sources.broken.contains(name), !quiz.questions.isEmpty else { return }
        if let draw = quiz.draw, draw > quiz.questions.count {
            report(
                "An attempt draws \(draw) questions, but there are \(quiz.questions.count).", at: "\(name).draw",
                fix: "Write more questions, or draw fewer.")
        }
        // What the dearest draw gives is reachable for nobody who draws the cheapest.
        let reachable = quiz.questions.map(\.points).sorted().prefix(quiz.drawn).reduce(0, +)
        if let pass = quiz.pass, pass > reachable {
            report(
                "Passing takes \(pass) points, but an attempt may have questions for \(reachable) only.",
                at: "\(name).pass", fix: "Write \(reachable) at most.")
        }
        if quiz.tries.times > 1 || quiz.tries.period != .ever, quiz.drawn == quiz.questions.count {
            warn(
                "Every try has the same questions.", at: "\(name).tries",
                fix: "Write more questions than an attempt has, and say how many with 'draw'.")
        }
        for question in quiz.questions {
            guard case .choice(let choice) = question.kind, choice.isMultiple,
                choice.right.nonzeroBitCount == choice.options.count
            else { continue }
            warn("All its options are right.", at: "\(name).questions.\(question.id).answer")
        }
        let fastest = Int64(quiz.drawn) * Self.fewestMilliseconds
        if let time = quiz.timeMilliseconds, time < fastest {
            warn(
                "That is less than ten seconds a question: it hurries whoever reads slowly.", at: "\(name).time")
        }
        if let time = quiz.questionMilliseconds, time < Self.fewestMilliseconds {
            warn(
                "That is less than ten seconds: it hurries whoever reads slowly.", at: "\(name).time-per-question")
        }
    }

    private static let fewestMilliseconds: Int64 = 10_000

    mutating func check(_ contest: Contest) {
        let name = "contest:\(contest.id)"
        for (effects, key) in [
            (contest.gives.exact, "exact"), (contest.gives.nearest, "nearest"), (contest.gives.outcome, "outcome"),
        ] {
            checkGiven(effects, at: "\(name).gives.\(key)")
        }
        if let condition = contest.condition { checkAudience(condition, at: "\(name).when") }
        func misplaced(_ key: String, _ what: String) {
            report("Only \(what) has '\(key)'.", at: "\(name).gives.\(key)", fix: "Leave it out.")
        }
        switch contest.question {
        case .options(let options):
            if !contest.gives.nearest.isEmpty { misplaced("nearest", "a number") }
            if !contest.gives.outcome.isEmpty { misplaced("outcome", "a score") }
            for option in options { checkGiven(option.gives, at: "\(name).options.\(option.id).gives") }
        case .number:
            if !contest.gives.outcome.isEmpty { misplaced("outcome", "a score") }
        case .score:
            if !contest.gives.nearest.isEmpty { misplaced("nearest", "a number") }
        }
        if contest.allEffects.isEmpty { warn("Being right gives nothing.", at: name) }
    }

    private mutating func checkAudience(_ condition: String, at place: String) {
        check(condition, .bool, in: RuleEnvironment.memberEnvironment(in: programme, zones: zones), at: place)
    }

    private mutating func checkGiven(_ effects: [Effect], at place: String) {
        for (index, effect) in effects.enumerated() {
            check(effect, at: "\(place).\(index)")
            if case .award(let amount, _) = effect, Int64(amount) == nil {
                report(
                    "What is given here is a number: there is no event to compute it from.",
                    at: "\(place).\(index).award.amount",
                    fix:
                        "Write a whole number, or let a rule with the trigger '\(EventType.quizFinished.id)' compute it."
                )
            }
        }
    }

    /// Texts that a member will look for in vain.
    mutating func checkPlayTexts() {
        var texts: [(text: LocalizedText, what: String, name: String)] = []
        for quiz in programme.quizzes {
            let name = "quiz:\(quiz.id)"
            texts += [(quiz.name, "name", name), (quiz.text, "text", name), (quiz.why, "why", name)]
            for question in quiz.questions {
                let place = "\(name).questions.\(question.id)"
                texts.append((question.text, "text", place))
                if !question.explanation.isEmpty { texts.append((question.explanation, "explanation", place)) }
                guard case .choice(let choice) = question.kind else { continue }
                texts += choice.options.map { ($0.text, $0.id, "\(place).options") }
            }
        }
        for contest in programme.contests {
            let name = "contest:\(contest.id)"
            texts += [(contest.name, "name", name), (contest.text, "text", name), (contest.why, "why", name)]
            switch contest.question {
            case .options(let options): texts += options.map { ($0.text, "text", "\(name).options.\($0.id)") }
            case .score(let score):
                texts += [(score.home, "home", "\(name).score"), (score.away, "away", "\(name).score")]
            case .number: break
            }
        }
        for (text, what, name) in texts {
            let missing = programme.languages.filter { text.values[$0] == nil }
            guard !missing.isEmpty else { continue }
            warn(
                text.isEmpty
                    ? "It has no '\(what)'."
                    : "Its '\(what)' is missing in \(missing.map(\.rawValue).joined(separator: ", ")).",
                at: sources.places["\(name).\(what)"] == nil ? name : "\(name).\(what)")
        }
    }
}
