import CEL
public import Primitives

/// What a rule, challenge or streak made of one event, and what stood in its way.
public struct RuleVerdict: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable { case rule, challenge, streak }

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// All that it wanted.
        case gives
        /// Less than it wanted.
        case reduced
        /// It wanted something, and nothing was left of it.
        case refused
        /// Its condition is met, and it comes to nothing: an amount of 0, or a badge the member has.
        case nothing
        case notMet = "not-met"
        case notYet = "not-yet"
        case noLonger = "no-longer"
        /// Another rule of its group came first.
        case excluded
        case heldOut = "held-out"
    }

    /// What kept an award back.
    public enum Obstacle: Sendable, Hashable {
        /// - Parameters:
        ///   - index: its place among the rule's limits.
        ///   - used: what the period had given before this event, in units or times.
        case limit(index: Int, Limit, used: Int64)
        /// Until when the slot lasts in which the rule has given already.
        case cooldown(until: Instant)
        case budget(String, amount: Int64, spent: Int64)
    }

    public struct Award: Sendable, Hashable {
        public var unit: String
        public var wanted: Int64
        /// Less than 0 where what competes for the same limits is worth less together.
        public var given: Int64
        public var obstacle: Obstacle?
    }

    public var kind: Kind
    /// The name of the rule, challenge or streak.
    public var source: String
    public var version: Int64
    public var outcome: Outcome
    /// What is written under `when`.
    public var condition: String?
    /// The smallest part of the condition that made it fail.
    public var failing: String?
    /// Which sub-expression had which value, as JSON; empty without a condition, and where it was not asked.
    public var proof: [UInt8] = []
    /// The exclusivity group, and the rule of it that applied.
    public var group: String?
    public var winner: String?
    public var awards: [Award] = []
}

extension Proof {
    /// The smallest part that made the whole false, or fail: the only one of its parts that did, and so on down.
    var culprit: Proof {
        let failing = children.filter(\.isToBlame)
        guard failing.count == 1, let only = failing.first else { return self }
        return only.culprit
    }

    private var isToBlame: Bool {
        switch result {
        case .value(.bool(false)), .failed: true
        default: false
        }
    }
}
