/// A contest with the form that fits its question: for a prediction, or for the outcome.
struct ContestView: Sendable, Equatable {
    struct Option: Sendable, Equatable {
        var id: String
        var text: WordingView
        var chosen: Bool
    }

    struct Share: Sendable, Equatable {
        var answer: String
        var percent: String
    }

    struct Form: Sendable, Equatable {
        var action: String
        var csrf: String
        var options: [Option]
        var hasOptions: Bool
        var hasNumber: Bool
        var hasScore: Bool
        var least: String
        var most: String
        var number: String
        var homeName: WordingView?
        var awayName: WordingView?
        var home: String
        var away: String
        var submit: String
        /// The button that takes a prediction back, or calls the contest off.
        var undo: String?
    }

    var id: String
    var title: WordingView
    var summary: WordingView?
    var when: String?
    var mine: String?
    var outcome: String?
    var praise: String?
    var note: String?
    var count: String?
    var shares: [Share]
    var hasShares: Bool
    var form: Form?

    /// - Parameter submit: the word on the button of a form for the outcome; `nil` for a member's prediction.
    init(
        _ contest: ContestSheet, today: LocalDay, texts: Texts, csrf: String, action: String, submit: String?
    ) {
        let words = texts.games
        id = contest.id
        title = WordingView(contest.title, on: texts.language)
        summary = contest.summary.map { WordingView($0, on: texts.language) }
        switch contest.phase {
        case .announced: when = contest.opens.map { words.opens(texts.moment($0, today: today)) }
        case .open: when = words.closes(texts.moment(contest.closes, today: today))
        case .closed: when = words.waiting
        case .void: when = words.void
        case .settled: when = nil
        }
        func say(_ answer: ContestSheet.Answer) -> String { Self.say(answer, contest.question, texts) }
        mine = contest.prediction.map { words.yours(say($0)) }
        outcome = contest.outcome.map { words.outcome(say($0)) }
        praise = contest.isRight ? words.wasRight : nil
        let isMembers = submit == nil
        note = nil
        if isMembers, !contest.isForMember {
            note = words.forOthers
        } else if isMembers, contest.prediction == nil, contest.phase != .open, contest.phase != .announced {
            note = words.nothingPredicted
        }
        count = contest.predictions.map { words.predictions($0, texts.number($0)) }
        shares = contest.shares.map { share in
            Share(answer: share.answer.map(say) ?? words.others, percent: texts.percent(share.share))
        }
        hasShares = !shares.isEmpty
        let takesPrediction = contest.phase == .open && contest.isForMember
        guard isMembers ? takesPrediction : contest.phase != .announced && contest.phase != .open else { return }
        form = Self.form(
            contest, isMembers ? contest.prediction : contest.outcome, texts, csrf: csrf, action: action,
            submit: submit ?? (contest.prediction == nil ? words.predict : words.change),
            undo: isMembers
                ? (contest.prediction == nil ? nil : words.withdraw) : (contest.phase == .void ? nil : words.callOff))
    }

    private static func form(
        _ contest: ContestSheet, _ answer: ContestSheet.Answer?, _ texts: Texts, csrf: String, action: String,
        submit: String, undo: String?
    ) -> Form {
        var form = Form(
            action: action, csrf: csrf, options: [], hasOptions: false, hasNumber: false, hasScore: false, least: "",
            most: "", number: "", home: "", away: "", submit: submit, undo: undo)
        switch contest.question {
        case .options(let options):
            form.hasOptions = true
            form.options = options.map { option in
                Option(
                    id: option.id, text: WordingView(option.text, on: texts.language),
                    chosen: answer == .option(option.id))
            }
        case .number(let range):
            form.hasNumber = true
            (form.least, form.most) = (String(range.lowerBound), String(range.upperBound))
            if case .number(let number) = answer { form.number = String(number) }
        case .score(let home, let away, let most):
            form.hasScore = true
            form.most = String(most)
            form.homeName = WordingView(home, on: texts.language)
            form.awayName = WordingView(away, on: texts.language)
            if case .score(let left, let right) = answer { (form.home, form.away) = (String(left), String(right)) }
        }
        return form
    }

    private static func say(
        _ answer: ContestSheet.Answer, _ question: ContestSheet.Question, _ texts: Texts
    ) -> String {
        switch (answer, question) {
        case (.option(let id), .options(let options)): options.first { $0.id == id }?.text.text ?? id
        case (.option(let id), _): id
        case (.number(let number), _): texts.number(number)
        case (.score(let home, let away), .score(let homeName, let awayName, _)):
            "\(homeName.text) \(texts.number(home))–\(texts.number(away)) \(awayName.text)"
        case (.score(let home, let away), _): "\(texts.number(home))–\(texts.number(away))"
        }
    }
}
