internal import CEL
internal import Primitives

/// Holds a programme against itself: what it refers to exists, its conditions mean something, its examples come out.
struct ProgrammeChecker {
    let programme: Programme
    let sources: DocumentSources
    let zones: (any TimeZoneSource)?
    private(set) var problems: [DocumentProblem] = []
    private(set) var rules: [RuleSummary] = []
    private(set) var examples: [ExampleResult] = []

    var units: [String: Unit]
    private var environments: [String: Environment] = [:]

    init(_ programme: Programme, _ sources: DocumentSources, zones: (any TimeZoneSource)?) {
        self.programme = programme
        self.sources = sources
        self.zones = zones
        units = Dictionary(programme.units.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func run() {
        checkRoot()
        checkTerms()
        for rule in programme.rules { check(rule) }
        for challenge in programme.challenges { check(challenge) }
        for streak in programme.streaks { check(streak) }
        for reward in programme.rewards { check(reward) }
        for board in programme.leaderboards { check(board) }
        for gate in programme.gates { check(gate) }
        for raffle in programme.raffles { check(raffle) }
        if let referral = programme.referral { check(referral) }
        for quiz in programme.quizzes { check(quiz) }
        for contest in programme.contests { check(contest) }
        for occasion in programme.occasions { check(occasion) }
        checkProposals()
        if let simulation = programme.simulation { check(simulation) }
        checkPersonas()
        checkCounter()
        checkLevels()
        checkExclusivity()
        checkCircles()
        checkPrerequisites()
        checkUse()
        checkTexts()
        checkHumane()
        runExamples()
    }

    // MARK: Problems

    mutating func report(
        _ message: String, at name: String, fix: String? = nil, severity: DocumentProblem.Severity = .error
    ) {
        let place = sources.place(of: name)
        problems.append(
            DocumentProblem(
                path: place?.path ?? "", line: place?.mark.line ?? 0, column: place?.mark.column ?? 0,
                message: message, fix: fix, severity: severity))
    }

    mutating func warn(_ message: String, at name: String, fix: String? = nil) {
        report(message, at: name, fix: fix, severity: .warning)
    }

    /// A reference to something that must be declared. Says nothing if a file could not be read at all: what it would
    /// have declared is unknown.
    @discardableResult
    mutating func resolve(_ what: String, _ id: String, among known: [String], at name: String) -> Bool {
        if known.contains(id) { return true }
        if sources.broken.contains("file") || sources.broken.contains("\(what):\(id)") { return false }
        let article = "aeiou".contains(what.first ?? "x") ? "an" : "a"
        report(
            "There is no \(what) '\(id)'.", at: name,
            fix: DocumentSuggestion.fix(for: id, in: known) ?? "Declare \(article) \(what) of this name.")
        return false
    }

    // MARK: programme.yaml

    private mutating func checkRoot() {
        if let zones, zones.utcOffset(of: programme.timeZone, at: 0) == nil {
            report(
                "This system knows no time zone '\(programme.timeZone)'.", at: "programme.timezone",
                fix: "Write an IANA name, as in Europe/Amsterdam.")
        }
        if let tiers = programme.tiers,
            resolve("unit", tiers.unit, among: programme.units.map(\.id), at: "programme.tiers.unit"),
            tiers.counts == .credits, units[tiers.unit]?.kind == .points
        {
            report(
                "Tiers are reached by status credits, but '\(tiers.unit)' is points.", at: "programme.tiers.unit",
                fix: "Give the unit 'kind: status', or name another unit.")
        }
        checkTiers()
        for budget in programme.budgets {
            resolve("unit", budget.unit, among: programme.units.map(\.id), at: "budget:\(budget.id).unit")
        }
        checkSharing()
        checkReview()
        checkMeasures()
        checkNudges()
        for unit in programme.units where unit.kind == .status {
            if unit.pending != nil {
                warn("Status credits count at once: 'pending' does nothing.", at: "unit:\(unit.id).pending")
            }
        }
    }

    // MARK: Rules

    private mutating func check(_ rule: Rule) {
        let name = "rule:\(rule.id)"
        for (index, effect) in rule.effects.enumerated() { check(effect, at: "\(name).then.\(index)") }
        checkBudget(rule, name)
        checkLimits(rule, name)
        if rule.holdoutBasisPoints == 10_000 {
            warn("The hold-out is everybody: the rule gives nobody anything.", at: "\(name).holdout")
        }
        guard !sources.broken.contains(name), let type = event(rule.trigger, at: "\(name).trigger") else { return }
        guard !sources.broken.contains("event:\(type.id)") else { return }
        var reads: Set<AttributePath> = []
        if let condition = rule.condition {
            reads.formUnion(check(condition, .bool, over: type, at: "\(name).when"))
        }
        for (index, effect) in rule.effects.enumerated() {
            guard case .award(let amount, _) = effect, Int64(amount) == nil else { continue }
            reads.formUnion(check(amount, .int, over: type, at: "\(name).then.\(index).award.amount"))
        }
        // What a tier makes of an award depends on what earlier events brought.
        if rule.awardTerms.values.contains(where: { !$0.tiers.isEmpty }) { reads.insert(AwardScale.reads) }
        summarize(rule.id, kind: .rule, reads, type, at: name, expression: "\(name).when")
    }

    private mutating func checkBudget(_ rule: Rule, _ name: String) {
        guard let id = rule.budget,
            resolve("budget", id, among: programme.budgets.map(\.id), at: "\(name).budget"),
            let budget = programme.budgets.first(where: { $0.id == id })
        else { return }
        for (index, effect) in rule.effects.enumerated() {
            if case .award(_, let unit) = effect, unit != budget.unit, units[unit] != nil {
                report(
                    "The budget '\(id)' is in \(budget.unit), but this award is in \(unit).",
                    at: "\(name).then.\(index).award.unit", fix: "Give the award a rule of its own.")
            }
        }
        if !rule.effects.contains(where: \.isAward) {
            warn("The rule awards nothing, so it uses nothing of its budget.", at: "\(name).budget")
        }
    }

    private mutating func checkLimits(_ rule: Rule, _ name: String) {
        let amounts = rule.effects.compactMap { effect -> Int64? in
            if case .award(let amount, _) = effect { Int64(amount) } else { nil }
        }
        let largest = amounts.max() ?? 0
        for (index, limit) in rule.limits.enumerated() {
            switch limit.kind {
            case .amount(let most) where most < largest, .perEvent(let most) where most < largest:
                warn(
                    "The limit of \(most) is smaller than the award of \(largest): no award is ever given whole.",
                    at: "\(name).limits.\(index)")
            default: break
            }
        }
        let counts = rule.limits.contains { if case .perEvent = $0.kind { false } else { true } }
        if counts || rule.cooldown != nil {
            for (index, effect) in rule.effects.enumerated() {
                if case .progress = effect {
                    warn(
                        "Limits and cooldown hold for awards; this progress counts every matching event.",
                        at: "\(name).then.\(index)", fix: "Let a challenge count what should be counted.")
                }
            }
        }
        if !rule.limits.isEmpty, amounts.isEmpty, !rule.effects.contains(where: \.isAward) {
            warn("The rule awards nothing, so its limits do nothing.", at: "\(name).limits")
        }
        switch rule.cooldown {
        case .milliseconds(86_400_001...), .days(2...):
            report(
                "A cooldown is at most a day: its slots start anew with every day of the member.",
                at: "\(name).cooldown", fix: "Use a limit, as in { per: member, period: week, times: 1 }.")
        case .months:
            report(
                "A cooldown is at most a day: its slots start anew with every day of the member.",
                at: "\(name).cooldown", fix: "Use a limit, as in { per: member, period: month, times: 1 }.")
        case .milliseconds(..<1_000):
            report("A cooldown is at least a second.", at: "\(name).cooldown")
        default: break
        }
    }

    mutating func check(_ effect: Effect, at name: String) {
        switch effect {
        case .award(_, let unit):
            resolve("unit", unit, among: programme.units.map(\.id), at: "\(name).award.unit")
        case .progress(let challenge, _):
            resolve("challenge", challenge, among: programme.challenges.map(\.id), at: "\(name).progress.challenge")
        case .badge(let badge):
            resolve("badge", badge, among: programme.badges.map(\.id), at: "\(name).badge")
        case .webhook(let webhook):
            resolve("webhook", webhook, among: programme.webhooks.map(\.id), at: "\(name).webhook")
        case .entitlement: break
        case .nudge(let nudge):
            resolve("nudge", nudge, among: programme.nudges.map(\.id), at: "\(name).nudge")
        case .tickets(let raffle, _):
            resolve("raffle", raffle, among: programme.raffles.map(\.id), at: "\(name).tickets")
        case .trait(let id, let value):
            guard resolve("trait", id, among: programme.traits.map(\.id), at: "\(name).trait.name"),
                let trait = programme.traits.first(where: { $0.id == id })
            else { return }
            if let wrong = FactReader.problem(of: value, as: trait.type) {
                report("The trait '\(id)' is \(trait.type.sentence): \(wrong)", at: "\(name).trait.value")
            }
        }
    }

    // MARK: Expressions

    mutating func event(_ id: String, at name: String) -> EventType? {
        guard !id.isEmpty else { return nil }
        let accepted = programme.acceptedEvents
        guard resolve("event type", id, among: accepted.map(\.id), at: name) else { return nil }
        return accepted.first { $0.id == id }
    }

    /// An expression of type string, or list of strings.
    mutating func checkValue(
        _ expression: String, over event: EventType, at name: String
    ) -> Set<AttributePath> {
        let environment = RuleEnvironment.environment(for: event, in: programme, zones: zones)
        if let checked = try? environment.check(expression), checked.type == .list(.string) { return checked.reads }
        return check(expression, .string, in: environment, at: name)
    }

    mutating func check(
        _ expression: String, _ type: CELType, over event: EventType, at name: String
    ) -> Set<AttributePath> {
        if environments[event.id] == nil {
            environments[event.id] = RuleEnvironment.environment(for: event, in: programme, zones: zones)
        }
        guard let environment = environments[event.id] else { return [] }
        return check(expression, type, in: environment, at: name)
    }

    @discardableResult
    mutating func check(
        _ expression: String, _ type: CELType, in environment: Environment, at name: String
    ) -> Set<AttributePath> {
        do {
            let checked = try environment.check(expression)
            guard checked.type == type else {
                let wanted =
                    type == .bool
                    ? "a condition is true or false (bool)"
                    : type == .string
                        ? "what differs is a text or a list of texts (string)" : "an amount is a whole number (int)"
                report(
                    "This is of type \(checked.type), but \(wanted).", at: name,
                    fix: type == .int && checked.type == .double
                        ? "Convert it with int(…), which cuts the fraction off."
                        : nil)
                return []
            }
            return checked.reads
        } catch {
            let place = sources.place(of: name)
            for problem in error.problems {
                var mark = place?.mark
                if let scalar = place?.scalar, let file = place.flatMap({ sources.files[$0.path] }) {
                    mark = DocumentLocator.mark(line: problem.line, column: problem.column, of: scalar, in: file)
                }
                problems.append(
                    DocumentProblem(
                        path: place?.path ?? "", line: mark?.line ?? 0, column: mark?.column ?? 0,
                        message: problem.message.capitalizedFirst + ".",
                        fix: problem.suggestion.map { "Did you mean `\($0)`?" } ?? hint(for: problem, expression)))
            }
            return []
        }
    }

    /// `progress.week-of-podcasts` reads as a subtraction to CEL; people cannot be expected to know.
    private func hint(for problem: Problem, _ expression: String) -> String? {
        let hyphenated = (programme.challenges.map(\.id) + programme.streaks.map(\.id) + programme.units.map(\.id))
            .filter { $0.contains("-") }
        for id in hyphenated where expression.contains("." + id) {
            return "A name with a hyphen stands between back quotes after the dot: `\(id)`."
        }
        return nil
    }

    mutating func summarize(
        _ id: String, kind: RuleSummary.Kind, _ reads: Set<AttributePath>, _ type: EventType, at name: String,
        expression: String, facts stated: RuleFacts? = nil
    ) {
        let ordered = reads.filter { path in
            RuleEnvironment.orderedMemberFacts.contains { fact in
                path.text == "member.\(fact)" || path.text.hasPrefix("member.\(fact).")
            }
        }
        let facts = stated ?? RuleFacts(reads: reads, of: type)
        rules.append(
            RuleSummary(
                kind: kind, id: id, trigger: type.id, facts: facts, reads: reads.map(\.text).sorted(),
                dependsOnOrder: ordered.map(\.text).sorted()))
        if !ordered.isEmpty {
            warn(
                "It reads \(ordered.map(\.text).sorted().joined(separator: ", ")), which earlier events change: "
                    + "late or repeated delivery may end differently.", at: expression)
        }
        if facts == .item {
            warn(
                "It looks at which item it is: whoever gets this was there, and the ledger shows who got it.",
                at: expression, fix: "Prefer the item's kind, topics or language.")
        }
    }

    mutating func add(_ found: [DocumentProblem]) { problems.append(contentsOf: found) }

    private mutating func runExamples() {
        guard !problems.contains(where: { $0.severity == .error }), sources.broken.isEmpty else { return }
        examples = ExampleRunner(programme, zones: zones).run()
        examples += WorkedExampleRunner(programme, zones: zones).run()
        for (index, result) in examples.enumerated() {
            let name =
                result.index < 0 ? "example:\(result.rule)" : "rule:\(result.rule).examples.\(result.index)"
            if let place = sources.place(of: name) {
                examples[index].path = place.path
                examples[index].line = place.mark.line
                examples[index].column = place.mark.column
            }
            if let failure = result.failure { report(failure, at: name) }
        }
    }
}

extension Effect {
    var isAward: Bool { if case .award = self { true } else { false } }

    func moves(_ challenge: String) -> Bool { if case .progress(challenge, _) = self { true } else { false } }
}
