import CEL
import Primitives

/// What a rule or challenge wants of one event, before limits and budgets have their say.
public struct Want: Sendable {
    public enum Kind: Sendable, Hashable {
        /// An award of `wanted` units.
        case award(unit: String, wanted: Int64)
        /// A step of a challenge.
        case step(challenge: String, by: Int64)
        /// What an event adds to a challenge for members of the level `personal`, and below it.
        case marks(challenge: String, personal: [ChallengeMark], below: [ChallengeMark])
        case effect(Effect)
        /// So much for a measure of a streak.
        case streak(String, measure: String, amount: Int64)
        /// The member is in the rule's hold-out: nothing happens, and that is recorded.
        case heldOut
    }

    public var kind: Kind
    /// The rule or challenge.
    public var source: String
    public var version: Int64
    /// The effect's place in the rule.
    public var index: Int
    /// The name of the counter that remembers it.
    public var counter: String
    /// The condition it came from, for the explanation.
    let condition: CompiledCondition?
    let rule: CompiledRule?
}

/// The decisions of the engine: pure functions of an event, what is known of a member, and a programme. Ingest, dry run,
/// explanation, back-test and simulation all call them.
public enum Decide {
    /// How a rule with the right trigger stands to an event, before it gives anything.
    enum Standing: Sendable, Hashable {
        case applies
        case notYet, noLonger
        /// Another rule of its group came first.
        case excluded(group: String)
        /// Its condition is not met, or cannot be evaluated.
        case notMet
        case heldOut
    }

    /// - Parameter taken: groups of which a rule applied already; the rule's own is added when it does.
    static func standing(
        of compiled: CompiledRule, event: Event, frame: Frame, taken: inout Set<String>,
        holdout: (_ rule: String) -> Int
    ) -> Standing {
        let rule = compiled.rule
        if let from = rule.validFrom, event.at < from { return .notYet }
        if let until = rule.validUntil, event.at >= until { return .noLonger }
        if let group = rule.exclusive, taken.contains(group) { return .excluded(group: group) }
        if let condition = compiled.condition {
            guard let met = try? condition.program.evaluateBool(frame), met else { return .notMet }
        }
        if let group = rule.exclusive { taken.insert(group) }
        if rule.holdoutBasisPoints > 0, holdout(rule.id) < rule.holdoutBasisPoints { return .heldOut }
        return .applies
    }

    /// What an event wants.
    ///
    /// Only rules whose trigger is the event's type are looked at. A condition that cannot be evaluated for this event (a
    /// missing field, a division by zero) counts as not met.
    ///
    /// - Parameters:
    ///   - frame: filled for this event and member; returned for the explanation.
    ///   - holdout: the member's place from 0 to 9,999 in the hold-out of a rule.
    /// - Complexity: O(rules and challenges with this trigger).
    static func wants(
        of event: Event, frame: Frame, holdout: (_ rule: String) -> Int
    ) -> [Want] {
        var wants: [Want] = []
        var taken: Set<String> = []
        for compiled in event.type.rules {
            let rule = compiled.rule
            switch standing(of: compiled, event: event, frame: frame, taken: &taken, holdout: holdout) {
            case .notYet, .noLonger, .excluded, .notMet: continue
            case .heldOut:
                wants.append(
                    Want(
                        kind: .heldOut, source: rule.id, version: compiled.version, index: 0, counter: rule.id,
                        condition: compiled.condition, rule: compiled))
                continue
            case .applies: break
            }
            add(compiled, frame, condition: compiled.condition, to: &wants)
        }
        for compiled in event.type.challenges {
            let marks = compiled.marks(frame)
            if marks.personal.isEmpty, marks.below.isEmpty { continue }
            wants.append(
                Want(
                    kind: .marks(challenge: compiled.challenge.id, personal: marks.personal, below: marks.below),
                    source: compiled.challenge.id, version: compiled.version, index: 0,
                    counter: CompiledChallenge.counter(of: compiled.challenge.id), condition: compiled.condition,
                    rule: nil))
        }
        for measure in event.type.streaks {
            if let condition = measure.condition {
                guard let met = try? condition.program.evaluateBool(frame), met else { continue }
            }
            guard let amount = measure.amount(frame), amount > 0 else { continue }
            wants.append(
                Want(
                    kind: .streak(measure.streak, measure: measure.measure.id, amount: amount), source: measure.streak,
                    version: measure.version, index: 0,
                    counter: StreakCounters.marks(of: measure.streak, measure.measure.id),
                    condition: measure.condition, rule: nil))
        }
        return wants
    }

    /// Adds what a rule that applies gives.
    ///
    /// - Parameter condition: what its explanation rests on.
    static func add(
        _ compiled: CompiledRule, _ frame: Frame, condition: CompiledCondition?, to wants: inout [Want]
    ) {
        let rule = compiled.rule
        for award in compiled.awards {
            guard let amount = award.amount(frame), amount > 0 else { continue }
            wants.append(
                Want(
                    kind: .award(unit: award.unit, wanted: amount), source: rule.id, version: compiled.version,
                    index: award.index, counter: award.counter, condition: condition, rule: compiled))
        }
        for (index, effect) in compiled.others {
            let kind: Want.Kind
            var counter = rule.id
            if case .progress(let challenge, let by) = effect {
                kind = .step(challenge: challenge, by: by)
                counter = CompiledChallenge.counter(of: challenge)
            } else {
                kind = .effect(effect)
            }
            wants.append(
                Want(
                    kind: kind, source: rule.id, version: compiled.version, index: index, counter: counter,
                    condition: condition, rule: compiled))
        }
    }
}

extension CompiledAward {
    /// The largest amount that one award may have.
    static let maximum: Int64 = 1_000_000_000

    /// `nil` if the expression cannot be evaluated for this event or leaves the range of amounts.
    func amount(_ frame: Frame) -> Int64? {
        guard let scale else { return written(frame) }
        guard let amount = written(frame).map({ scale.amount($0, frame) }), amount <= Self.maximum else { return nil }
        return amount
    }

    /// The amount before a tier makes more or less of it.
    func written(_ frame: Frame) -> Int64? {
        if let base { return base }
        guard let expression, let value = try? expression.program.evaluate(frame), case .int(let amount) = value,
            amount <= Self.maximum
        else { return nil }
        return amount
    }
}
