public import Loyalty
public import Primitives

/// A change of what a member has chosen; what is absent stays as it is.
public struct ProfilingChange: Sendable, Hashable {
    public enum Pause: String, Sendable, Hashable, CaseIterable {
        /// Until the member's day ends.
        case today
        /// Until the member says so.
        case open
        /// No pause any more.
        case none
    }

    public var levels: [ProfilingPurpose: PrivacyLevel]
    public var surprise: SurpriseShare?
    public var pause: Pause?
    /// Whether the member was asked; `nil`: a change of levels is an answer, and all else is none.
    public var isAsked: Bool?

    public init(
        levels: [ProfilingPurpose: PrivacyLevel] = [:], surprise: SurpriseShare? = nil, pause: Pause? = nil,
        isAsked: Bool? = nil
    ) {
        self.levels = levels
        self.surprise = surprise
        self.pause = pause
        self.isAsked = isAsked
    }

    /// The one switch: a level for everything.
    public static func all(_ level: PrivacyLevel) -> ProfilingChange {
        ProfilingChange(levels: Dictionary(uniqueKeysWithValues: ProfilingPurpose.allCases.map { ($0, level) }))
    }
}

/// What goes when a member lowers a level. All of it goes in the transaction of the change.
public enum ProfilingPurge: String, Sendable, Hashable, CaseIterable {
    /// What was read, the values that reasons looked at, and times of day: kept on `personal` alone.
    case history
    /// Which persona the member belongs to: kept on `persona` and above.
    case persona
}

/// What a change comes to.
public struct ProfilingOutcome: Sendable, Hashable {
    public var choice: ProfilingChoice
    public var purges: Set<ProfilingPurge>
    /// The purposes of which a level was said, with the levels before and after: each is a consent or a withdrawal.
    public var said: [ProfilingPurpose: Step]

    public struct Step: Sendable, Hashable {
        public var before: PrivacyLevel
        public var after: PrivacyLevel

        public init(before: PrivacyLevel, after: PrivacyLevel) {
            self.before = before
            self.after = after
        }
    }

    public init(choice: ProfilingChoice, purges: Set<ProfilingPurge>, said: [ProfilingPurpose: Step]) {
        self.choice = choice
        self.purges = purges
        self.said = said
    }
}

extension ProfilingChoice {
    /// - Parameters:
    ///   - isChild: whether levels that keep a profile are refused: they become `session`.
    ///   - endOfDay: when the member's own day ends.
    public func change(_ change: ProfilingChange, isChild: Bool = false, endOfDay: Instant) -> ProfilingOutcome {
        var choice = self
        var said: [ProfilingPurpose: ProfilingOutcome.Step] = [:]
        for (purpose, level) in change.levels {
            choice[purpose] = isChild ? min(level, .session) : level
            said[purpose] = ProfilingOutcome.Step(before: self[purpose], after: choice[purpose])
        }
        if let surprise = change.surprise { choice.surprise = surprise }
        switch change.pause {
        case .today: choice.pausedUntil = endOfDay
        case .open: choice.pausedUntil = .latest
        case .some(.none): choice.pausedUntil = nil
        case nil: break
        }
        choice.isAsked = change.isAsked ?? (isAsked || !change.levels.isEmpty)
        return ProfilingOutcome(
            choice: choice, purges: ProfilingPurge.all(from: storageLevel, to: choice.storageLevel), said: said)
    }
}

extension ProfilingPurge {
    /// What is kept at one level of storage and not at the other.
    public static func all(from before: PrivacyLevel, to after: PrivacyLevel) -> Set<ProfilingPurge> {
        var purges: Set<ProfilingPurge> = []
        if before == .personal, after < .personal { purges.insert(.history) }
        if before >= .persona, after < .persona { purges.insert(.persona) }
        return purges
    }
}
