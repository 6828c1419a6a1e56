/// What is wrong with an expression, in words.
struct ExpressionView: Sendable, Equatable {
    struct Problem: Sendable, Equatable {
        var isError: Bool
        var range: Range<Int>
        /// Its place and what is wrong.
        var text: String
        var fix: String?
        /// What was probably meant, as a question.
        var meant: String?
    }

    var type: String?
    var problems: [Problem]
    var summary: String

    var isUsable: Bool { problems.allSatisfy { !$0.isError } }

    /// - Parameter sheet: `nil` if there is no such event type.
    init(_ sheet: ExpressionSheet?, _ draft: ExpressionDraft, texts: Texts) {
        let words = texts.expressions
        guard let sheet else {
            (type, problems, summary) = (nil, [], words.lacksEvent)
            return
        }
        type = sheet.type.map(words.type)
        problems = sheet.problems.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { problem in
            let place = words.place(texts.number(Int64(problem.line)), texts.number(Int64(problem.column)))
            let message = problem.message.prefix(1).uppercased() + problem.message.dropFirst()
            return Problem(
                isError: problem.isError, range: problem.range, text: place + ": " + message + ".", fix: problem.fix,
                meant: problem.fix.map(words.meant))
        }
        let faults = Int64(problems.filter(\.isError).count)
        let warnings = Int64(problems.count) - faults
        var parts: [String] = []
        if faults > 0 { parts.append(words.faults(faults, texts.number(faults))) }
        if warnings > 0 { parts.append(words.warnings(warnings, texts.number(warnings))) }
        if parts.isEmpty, sheet.type != nil { parts.append(words.good) }
        summary = parts.joined(separator: ", ")
    }
}

/// Which of last week's events would match, in words and figures.
struct ExpressionMatchesView: Sendable, Equatable {
    var text: String
    var notes: [String]
    var chart: ChartView?
    var spark: Sparkline?
    var examples: [String]
    var hasExamples: Bool

    var hasChart: Bool { spark != nil }

    /// - Parameter path: of the page with the chart; `nil` draws none.
    init(_ finding: ExpressionFinding, texts: Texts, path: String?) {
        let words = texts.expressions
        (notes, chart, spark, examples, hasExamples) = ([], nil, nil, [], false)
        switch finding {
        case .unusable: text = words.unusable
        case .notKept: text = words.notKept
        case .matches(let found):
            guard found.days.contains(where: { $0.all != 0 }) else {
                text = words.noEvents
                notes = [words.kept]
                return
            }
            let sentence = words.found(Self.total(found, \.matched, texts), Self.total(found, \.all, texts))
            text = sentence.prefix(1).uppercased() + sentence.dropFirst()
            if found.days.contains(where: { $0.open != 0 }) {
                notes.append(words.depends(Self.total(found, \.open, texts)))
            }
            if !found.isWhole { notes.append(words.looked(Self.total(found, \.all, texts))) }
            if found.days.contains(where: { $0.matched == nil || $0.open == nil || $0.all == nil }) {
                notes.append(words.hidden)
            }
            notes.append(words.kept)
            spark = Sparkline(found.days.map { $0.matched.map { Double($0) } }, name: text)
            examples = found.examples.map { example in
                ([texts.moment(example.when, today: found.today)] + example.kinds + example.topics)
                    .joined(separator: " · ")
            }
            hasExamples = !examples.isEmpty
            guard let path else { return }
            var series = [Chart.Series(words.matched, found.days.map { $0.matched.map { Double($0) } })]
            if found.days.contains(where: { $0.open != 0 }) {
                series.append(Chart.Series(words.dependsShort, found.days.map { $0.open.map { Double($0) } }))
            }
            chart = ChartView(
                Chart(
                    .stacked, id: "matches", title: words.whole, summary: text, along: words.day,
                    categories: found.days.map { texts.day($0.day, today: found.today) }, series: series), texts: texts,
                path: path)
        }
    }

    /// The sum of the days that are told: where one is not, the sum may not tell it either.
    private static func total(
        _ found: ExpressionMatches, _ count: KeyPath<ExpressionMatches.Day, Int64?>, _ texts: Texts
    ) -> String {
        let told = found.days.compactMap { $0[keyPath: count] }
        let sum = told.reduce(0, +)
        if told.count == found.days.count { return texts.number(sum) }
        return sum == 0 ? texts.expressions.few : texts.expressions.atLeast(texts.number(sum))
    }
}

/// A condition with what is wrong with it and what it would have matched, without script.
struct ExpressionPage: ChartedPage {
    static let template = "expression"

    struct Problem: Sendable, Equatable {
        var text: String
        var meant: String?
        var isError: Bool
    }

    struct Matches: Sendable, Equatable {
        var text: String
        var notes: [String]
        var examples: [String]
        var hasExamples: Bool
    }

    var shell: Shell
    var csrf: String
    var kind: FieldView
    var event: FieldView
    var text: String
    var longest: String
    var summary: String?
    var isGood: Bool
    var type: String?
    var hasErrors: Bool
    var problems: [Problem]
    var hasProblems: Bool
    var matches: Matches?
    var charts: [ChartView]

    /// - Parameters:
    ///   - sheet: `nil` if nothing was asked, or of an event type that there is not.
    ///   - isAsked: whether an expression stands in the form.
    init(
        _ draft: ExpressionDraft, events: [String], sheet: ExpressionSheet? = nil, finding: ExpressionFinding? = nil,
        isAsked: Bool = false, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.expressions
        let lacksEvent = isAsked && sheet == nil
        self.shell = shell
        self.csrf = csrf
        kind = FieldView(
            choice: words.kind, name: "kind",
            options: ExpressionKind.allCases.map { ($0.rawValue, texts.name(of: $0)) }, chosen: draft.kind.rawValue)
        event = FieldView(
            choice: words.event, name: "type", options: [("", words.noEvent)] + events.map { ($0, $0) },
            chosen: draft.event.flatMap { events.contains($0) ? $0 : nil } ?? "", hint: words.eventHint,
            error: lacksEvent ? words.lacksEvent : nil)
        text = draft.text
        longest = String(StamgastSite.longestExpression)
        let view = ExpressionView(sheet, draft, texts: texts)
        summary = isAsked && !lacksEvent && !view.summary.isEmpty ? view.summary : nil
        isGood = view.problems.isEmpty
        type = view.type
        problems = view.problems.map { Problem(text: $0.text, meant: $0.meant, isError: $0.isError) }
        hasProblems = !problems.isEmpty
        hasErrors = !view.isUsable
        let found = finding.map { ExpressionMatchesView($0, texts: texts, path: Self.address(draft)) }
        matches = found.map {
            Matches(text: $0.text, notes: $0.notes, examples: $0.examples, hasExamples: $0.hasExamples)
        }
        charts = [found?.chart].compactMap { $0 }
    }

    /// The page of an expression.
    static func address(_ draft: ExpressionDraft) -> String {
        StamgastSite.expressions + "?kind=\(draft.kind.rawValue)&type=\(WebLink.encode(draft.event ?? ""))"
            + "&when=\(WebLink.encode(draft.text))"
    }
}

extension Texts {
    func name(of kind: ExpressionKind) -> String {
        switch kind {
        case .rule: expressions.kindRule
        case .amount: expressions.kindAmount
        case .challenge: expressions.kindChallenge
        case .streak: expressions.kindStreak
        case .occasion: expressions.kindOccasion
        case .measure: expressions.kindMeasure
        case .reward: expressions.kindReward
        case .gate: expressions.kindGate
        case .raffle: expressions.kindRaffle
        case .job: expressions.kindJob
        }
    }
}
