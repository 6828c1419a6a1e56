public import CEL
internal import Catalogue
internal import Primitives

/// Runs worked examples: every event is decided as of its own time, in order, by what decides live ones, and the calendar
/// is carried out up to the end.
///
/// Members are new, in no hold-out, and in the pilot. Items are ones that the catalogue does not know.
public struct WorkedExampleRunner: Sendable {
    private let programme: Programme
    private let zones: (any TimeZoneSource)?

    public init(_ programme: Programme, zones: (any TimeZoneSource)?) {
        var programme = programme
        for index in programme.rules.indices { programme.rules[index].holdoutBasisPoints = 0 }
        programme.pilotBasisPoints = nil
        self.programme = programme
        self.zones = zones
    }

    private struct Failure: Error {
        let sentence: String

        init(_ sentence: String) { self.sentence = sentence }
    }

    /// Offsets where none are given: every zone is one that is not known, which counts as UTC.
    private struct NoOffsets: ZoneOffsets {
        func offset(zone: String, at seconds: Int64) -> Int64? { nil }
    }

    /// Every example, in the order of the document.
    public func run() -> [ExampleResult] {
        guard !programme.workedExamples.isEmpty,
            let compiled = try? CompiledProgramme(programme, version: 0, zones: zones)
        else { return [] }
        return programme.workedExamples.map { example in
            var result = ExampleResult(
                rule: example.id, index: -1, expected: example.outcome.balances, given: [:], failure: nil)
            do throws(Failure) {
                result.given = try run(example, compiled)
            } catch {
                result.failure = error.sentence
            }
            return result
        }
    }

    private func run(_ example: WorkedExample, _ compiled: CompiledProgramme) throws(Failure) -> [String: Int64] {
        guard !example.steps.isEmpty else { throw Failure("The example has no events.") }
        guard example.steps.reduce(0, { $0 + $1.times }) <= WorkedExample.maximumEvents else {
            throw Failure("The example has more than \(WorkedExample.maximumEvents) events.")
        }
        let offsets = zones as? any ZoneOffsets ?? NoOffsets()
        let reader = EventReader(compiled) { Item.stub($0) }
        let steps = example.steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        let first = steps[0].element.at
        let profile = MemberProfile(
            level: example.level ?? .session, timeZone: example.timeZone,
            joinedDay: compiled.calendar(offsets: offsets).day(of: first))
        var state = MemberState(
            programme: compiled.id, id: MemberID(ID128(high: 0, low: 1)), profile: profile)
        var budgets = BudgetBook()
        var last = first
        var count: UInt64 = 0
        for (place, step) in steps {
            for time in 0..<step.times {
                let at = step.at.adding(milliseconds: time * 60_000)
                last = max(last, at)
                count += 1
                let incoming = IncomingEvent(
                    source: "example", id: "\(count)", type: step.type, time: at,
                    fields: step.data.objectValue ?? JSONObject())
                let context = DecisionContext(
                    programme: compiled, profile: state.profile, offsets: offsets, now: at, explains: false)
                var changes = Changes()
                do {
                    let event = try reader.read(
                        incoming, claim: ID128(high: 1, low: count), now: at, acceptsLate: true)
                    if time == step.times - 1 {
                        try check(step, place, try state.simulated(event, context, budgets: budgets).verdicts)
                    }
                    try state.decide(event, context, budgets: &budgets, into: &changes)
                    state.trackTiers(context, into: &changes)
                } catch let problem as EventProblem {
                    throw Failure("Event \(place + 1) does not fit. \(problem.detail)")
                } catch let failure as Failure {
                    throw failure
                } catch {
                    throw Failure("Event \(place + 1) leaves the range of the ledger.")
                }
            }
        }
        let end = max(example.until ?? last, last)
        let context = DecisionContext(programme: compiled, profile: state.profile, offsets: offsets, now: end)
        var changes = Changes()
        guard (try? state.settle(context, into: &changes)) != nil else {
            throw Failure("An amount leaves the range of the ledger.")
        }
        return try check(example.outcome, state, context)
    }

    private func check(_ step: WorkedExample.Step, _ place: Int, _ verdicts: [RuleVerdict]) throws(Failure) {
        for rule in step.refused {
            guard let verdict = verdicts.first(where: { $0.kind == .rule && $0.source == rule }) else {
                throw Failure("No rule '\(rule)' looks at event \(place + 1).")
            }
            guard verdict.awards.contains(where: { $0.obstacle != nil }) else {
                throw Failure(
                    "Nothing keeps '\(rule)' back at event \(place + 1): its outcome is '\(verdict.outcome.rawValue)'.")
            }
        }
    }

    private func check(
        _ outcome: WorkedExample.Outcome, _ state: MemberState, _ context: DecisionContext
    ) throws(Failure) -> [String: Int64] {
        let (compiled, now) = (context.programme, context.now)
        let today = context.calendar.day(of: now)
        var wrong: [String] = []
        var given: [String: Int64] = [:]
        func compare(_ what: String, _ expected: [String: Int64], _ actual: (String) -> Int64?) {
            for (name, count) in expected.sorted(by: { $0.key < $1.key }) {
                guard let found = actual(name) else {
                    wrong.append("there is no \(what) '\(name)'")
                    continue
                }
                if what == "balance" { given[name] = found }
                if found != count { wrong.append("\(what) '\(name)' is \(found), not \(count)") }
            }
        }
        compare("balance", outcome.balances) { unit in
            compiled.units[unit].map { _ in state.wallet.spendable(unit, at: now) - state.wallet.owed(unit) }
        }
        compare("pending", outcome.pending) { unit in
            compiled.units[unit].map { _ in state.wallet.balance(unit, .pending) }
        }
        compare("streak", outcome.streaks) { id in
            compiled.streaks[id].map { Int64(state.streak($0, compiled, today: today).current) }
        }
        compare("challenge", outcome.challenges) { id in compiled.challenges[id].map { state.completions(of: $0) } }
        if let tier = outcome.tier {
            let found = state.tier(in: compiled, today: today)
            if found != tier {
                wrong.append("the tier is \(found.isEmpty ? "none" : found), not \(tier.isEmpty ? "none" : tier)")
            }
        }
        if let badges = outcome.badges, badges != state.badges.keys.sorted() {
            let found = state.badges.keys.sorted().joined(separator: ", ")
            wrong.append("the badges are \(found.isEmpty ? "none" : found)")
        }
        guard wrong.isEmpty else { throw Failure("At the end \(wrong.joined(separator: "; ")).") }
        return given
    }
}
