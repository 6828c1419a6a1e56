/// One page of a member's history, newest first.
public struct HistoryPage: Sendable, Hashable {
    public var today: LocalDay
    public var level: PrivacyLevel
    public var balances: [Balance]
    public var lines: [HistoryLine]
    /// The cursor of the next, older page; `nil` on the last one.
    public var older: String?

    public init(
        today: LocalDay, level: PrivacyLevel, balances: [Balance], lines: [HistoryLine], older: String? = nil
    ) {
        self.today = today
        self.level = level
        self.balances = balances
        self.lines = lines
        self.older = older
    }
}

/// One thing that happened, or was refused, with its reason.
public struct HistoryLine: Sendable, Hashable {
    public enum Effect: Sendable, Hashable {
        case earned(Amount)
        /// Earned, and not yet to be spent; `until` is the day it becomes active.
        case pending(Amount, until: LocalDay?)
        case held(Amount)
        case spent(Amount)
        case released(Amount)
        /// To another member, as a gift, or to a shared wallet.
        case sent(Amount)
        case received(Amount)
        case expired(Amount)
        case reversed(Amount)
        /// Told: they go on that day unless they are spent before.
        case expiringSoon(Amount, on: LocalDay)
        /// The same of several days.
        case expiring(Amount, from: LocalDay, through: LocalDay)
        /// Told: they can be spent from now on.
        case activated(Amount)
        case badge(Wording)
        case progress(done: Int64, target: Int64)
        case refused(Refusal)
        case told(Told)
    }

    public var id: String
    public var when: LocalMoment
    public var effect: Effect
    /// What the line says first: the rule's own words to the member.
    public var reason: Wording
    public var explanation: Explanation?

    public init(id: String, when: LocalMoment, effect: Effect, reason: Wording, explanation: Explanation? = nil) {
        self.id = id
        self.when = when
        self.effect = effect
        self.reason = reason
        self.explanation = explanation
    }
}

/// Word that a member gets, without anything that is given or taken.
public enum Told: Sendable, Hashable {
    /// A freeze covered a period of a run of this length.
    case freeze(length: Int64)
    /// A run ended: what it reached, and the best so far.
    case streak(length: Int64, longest: Int64)
    case tierUp(Wording)
    /// What the tier asks, to keep it or to have it again.
    case tierWillEnd(Wording, needed: Amount)
    case tierDown(Wording, needed: Amount)
    /// Something waits until somebody has looked; `Wording`: the programme's own words about it, if it has any.
    case review(ReviewNews)
    case tickets(Int64)
    case raffleWon
    case raffleOffered
    case friendClaimed
    case friendEnded
    case ambassador
    case ambassadorInvited
    /// Somebody of this name wrote a letter.
    case letter(from: String)
    /// The programme's own words.
    case nudge(Wording)
    case joined
    case left
    case goal(Int64)
    case level(Int64)
    /// The place in a finished period of a leaderboard for which there was a prize.
    case boardPrize(rank: Int64)
    /// A finished period stays as it was.
    case boardFixed
    /// A badge was taken back.
    case badgeGone(Wording)
    case reward(RewardNews)
}

/// Why something that could have been given was not.
public enum Refusal: Sendable, Hashable {
    public enum Period: String, Sendable, Hashable, CaseIterable { case event, day, week, month, year, ever }

    /// The cap of this rule for this member was reached; `cap` is what the rule gives at most in that period.
    case limitReached(Period, cap: Amount?)
    case cooldown(until: LocalMoment?)
    case budgetSpent
    case conditionNotMet
    case outsideValidity
    /// Another rule of the same group came first.
    case anotherRuleFirst
    case membershipPaused
    /// The rule reads facts that are not kept at this member's level.
    case notAtThisLevel
}

/// The stored explanation behind a line: rule, version and the facts that led to it.
public struct Explanation: Sendable, Hashable {
    public var rule: Wording
    /// What the rule does, in one plain sentence.
    public var sentence: Wording?
    public var version: Int
    public var facts: [Fact]

    public init(rule: Wording, sentence: Wording? = nil, version: Int, facts: [Fact] = []) {
        self.rule = rule
        self.sentence = sentence
        self.version = version
        self.facts = facts
    }
}

/// One fact that a condition looked at: what it was, what was needed, and whether that held.
public struct Fact: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case count(Int64)
        /// 0 to 1, shown in per cent.
        case share(Double)
        case seconds(Int64)
        case text(Wording)
        case list([Wording])
        case yesNo(Bool)
        case day(LocalDay)
    }

    public enum Need: Sendable, Hashable {
        case atLeast(Value)
        case moreThan(Value)
        case atMost(Value)
        case lessThan(Value)
        case equal(Value)
        case unequal(Value)
        case oneOf([Wording])
    }

    public var label: Wording
    public var value: Value
    public var need: Need?
    public var holds: Bool?

    public init(label: Wording, value: Value, need: Need? = nil, holds: Bool? = nil) {
        self.label = label
        self.value = value
        self.need = need
        self.holds = holds
    }
}
