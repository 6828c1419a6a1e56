import CEL
import Primitives

extension LevelLadder {
    /// What each level needs, from level 1 on.
    ///
    /// - Throws: what is wrong, in a sentence.
    func computed() throws(Problem) -> [Int64] {
        var needed: [Int64] = []
        switch thresholds {
        case .list(let list): needed = list
        case .formula(let source, let most):
            var environment = Environment(container: "", extensions: .all)
            environment.limits = RuleEnvironment.limits
            environment.declare(variable: "level", type: .int)
            let program: Program
            do {
                let checked = try environment.check(source)
                guard checked.type == .int else { throw Problem("It is of type \(checked.type), but must be int.") }
                program = checked.plan(limits: .standard)
            } catch let problem as Problem {
                throw problem
            } catch {
                throw Problem("It cannot be read: \(error)")
            }
            for level in 1...most {
                var frame = Frame(layout: environment.layout)
                if let slot = environment.layout.slot("level") { frame[slot] = .int(Int64(level)) }
                guard case .int(let at)? = try? program.evaluate(frame) else {
                    throw Problem("It has no value for level \(level).")
                }
                needed.append(at)
            }
        }
        for (index, at) in needed.enumerated() {
            let before = index == 0 ? 0 : needed[index - 1]
            guard at > before else {
                throw Problem("Level \(index + 1) needs \(at), which is not more than \(before).")
            }
        }
        return needed
    }

    struct Problem: Error {
        var message: String

        init(_ message: String) {
            self.message = message
        }
    }
}

extension MemberState {
    /// The counter whose ``Counter/granted`` is the highest level that the member reached.
    static let levelCounter = "levels/highest"

    /// The level that the member reached and never falls from; 0 before the first.
    public var level: Int { Int(counters[Self.levelCounter]?.granted ?? 0) }

    /// What both records got for the same levels counts once.
    mutating func mergeLevels(
        both: Int64, other: MemberState, _ context: DecisionContext, at: Instant, day: Int32,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let ladder = context.programme.programme.levels, both > 0 else { return }
        for (index, effect) in ladder.reward.enumerated() {
            guard case .award(let text, let unit) = effect, let amount = Int64(text), amount > 0 else { continue }
            let (total, overflow) = amount.multipliedReportingOverflow(by: both)
            _ = try takeBack(
                overflow ? .max : total, unit: unit, source: "levels", name: "levels/\(index)", cause: other.id.value,
                earned: day, context, at: at, day: day, into: &changes)
        }
    }

    /// - Returns: whether a level was reached.
    mutating func levelUp(
        _ moment: Moment, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) -> Bool {
        guard let ladder = context.programme.programme.levels else { return false }
        let earned = earned(ladder.unit)
        let reached = context.programme.levels.prefix { $0 <= earned }.count
        let before = level
        guard reached > before else { return false }
        counters[Self.levelCounter, default: .empty].granted = Int64(reached)
        changes.counters.insert(Self.levelCounter)
        for level in before + 1...reached {
            let cause = levelCause(Int64(level))
            let source = "levels"
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(
                        programme: programme, source: source, cause: cause, member: id, occurrence: 1),
                    kind: .notice, source: source, version: context.programme.version, subject: "level-up",
                    amount: Int64(level), wanted: context.programme.levels[level - 1], at: moment.at, day: moment.day))
            for (index, effect) in ladder.reward.enumerated() {
                try give(
                    effect, source: source, version: context.programme.version, cause: cause, index: index, moment,
                    { [] }, context, budgets: &budgets, into: &changes)
            }
        }
        return true
    }
}
