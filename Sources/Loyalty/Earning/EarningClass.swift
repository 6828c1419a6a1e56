import CEL

/// What one anonymous token stands for: that an event happened which a rule, challenge, streak or occasion counts. It holds
/// neither item nor time; whoever brings it gets what that one source gives.
public struct EarningClass: Sendable {
    enum Source: Sendable {
        case rule(CompiledRule)
        /// A challenge over events (`step` is `nil`), or one of its steps.
        case challenge(CompiledChallenge, step: Int32?)
        case streak(CompiledMeasure)
        case occasion(CompiledOccasion)
    }

    /// Such as `rule/good-read`, `challenge/curious`, `challenge/tour/2`, `streak/weekly/reads`, `occasion/first`.
    public let id: String
    let source: Source
    /// What the event decides, when it is reported and nobody is named.
    let event: [CompiledCondition]
    /// What the member decides, when the token is redeemed and no event is known.
    let member: [CompiledCondition]
    /// The counter in which every day of earning it stands, whichever way it was earned, and the slot there; any slot if
    /// `nil`.
    public let counter: (name: String, slot: Int32?)

    /// Whether the event's half is met. A condition that cannot be evaluated is not.
    func isMet(_ frame: Frame) -> Bool { event.allSatisfy { (try? $0.program.evaluateBool(frame)) == true } }

    /// Whether the member's half is met.
    func isOpen(to frame: Frame) -> Bool { member.allSatisfy { (try? $0.program.evaluateBool(frame)) == true } }
}

/// Why events of a type cannot be earned from by tokens: the event as a whole then goes the identified way, so that no member
/// gets less, or twice.
public struct EarningObstacle: Sendable, Hashable {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// One part of a condition reads the event and the member together.
        case mixedCondition = "mixed-condition"
        /// How much it is worth follows from the event.
        case eventAmount = "event-amount"
        /// A cooldown of less than a day needs the time of day.
        case cooldown
        /// Which rule of an exclusive group applies follows from the member.
        case exclusive
        /// An award waits for another event, or another award for this one.
        case awaited
        /// Events of the type are checked for a review.
        case review
        /// It counts sums or different things, which a token does not tell.
        case content
        /// No counter says how many members earn it in a day.
        case uncounted
        /// It belongs to a referral, which is about one person.
        case referral
    }

    /// The source that stands in the way, as a class is named.
    public let source: String
    public let reason: Reason
}
