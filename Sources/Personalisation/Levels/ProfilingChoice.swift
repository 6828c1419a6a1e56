public import Loyalty
public import Primitives

/// What a member's data may be used for beyond their points.
public enum ProfilingPurpose: String, Sendable, Hashable, CaseIterable {
    /// What to read, watch or hear.
    case recommendations
    /// Which rewards and offers are shown first.
    case rewards
    /// Which messages come, about what, and when.
    case messages
}

/// How much of what is suggested comes from outside what fits, in percent of the places.
public enum SurpriseShare: Int64, Sendable, Hashable, CaseIterable {
    case none = 0
    case some = 10
    case more = 25
    case half = 50
}

/// How far profiling goes for one member: a level for each purpose, the surprise dial, whether they were asked, and a pause.
///
/// Points are equal whatever is chosen. What is stored follows ``storageLevel``; what is used for a purpose follows
/// ``level(for:at:globalPrivacyControl:isChild:)``.
public struct ProfilingChoice: Sendable, Hashable {
    public var recommendations: PrivacyLevel
    public var rewards: PrivacyLevel
    public var messages: PrivacyLevel
    public var surprise: SurpriseShare
    /// Whether the member has answered, or waved away, the one question about this.
    public var isAsked: Bool
    /// Until when nothing is profiled; `nil`: it goes on. ``Primitives/Instant/latest`` is "until I resume".
    public var pausedUntil: Instant?

    /// One level for everything.
    public init(
        all level: PrivacyLevel, surprise: SurpriseShare = .some, isAsked: Bool = false, pausedUntil: Instant? = nil
    ) {
        recommendations = level
        rewards = level
        messages = level
        self.surprise = surprise
        self.isAsked = isAsked
        self.pausedUntil = pausedUntil
    }

    /// What holds for a member of whom no choice is stored. Whoever is at another level than the one that everybody begins
    /// at has chosen it, and is not asked again.
    public static func unsaid(at level: PrivacyLevel) -> ProfilingChoice {
        ProfilingChoice(all: level, isAsked: level != .session)
    }

    public subscript(_ purpose: ProfilingPurpose) -> PrivacyLevel {
        get {
            switch purpose {
            case .recommendations: recommendations
            case .rewards: rewards
            case .messages: messages
            }
        }
        set {
            switch purpose {
            case .recommendations: recommendations = newValue
            case .rewards: rewards = newValue
            case .messages: messages = newValue
            }
        }
    }

    /// The level at which the member's record is kept: the highest of the purposes.
    public var storageLevel: PrivacyLevel { max(recommendations, rewards, messages) }

    /// The one level of all purposes; `nil` where they differ.
    public var single: PrivacyLevel? {
        recommendations == rewards && rewards == messages ? recommendations : nil
    }

    public func isPaused(at now: Instant) -> Bool { pausedUntil.map { now < $0 } ?? false }

    /// The level that holds for a purpose, now and for this request; see ``effective(_:_:globalPrivacyControl:isChild:paused:)``.
    ///
    /// - Parameters:
    ///   - globalPrivacyControl: whether the request says `Sec-GPC: 1`.
    ///   - isChild: whether the member is under the age of digital consent (GDPR, article 8).
    public func level(
        for purpose: ProfilingPurpose, at now: Instant, globalPrivacyControl: Bool = false, isChild: Bool = false
    ) -> PrivacyLevel {
        effective(
            purpose, self, globalPrivacyControl: globalPrivacyControl, isChild: isChild, paused: isPaused(at: now))
    }

    /// Of two records of one person the stricter choice holds for each purpose, and the longer pause. The dial and whether
    /// they were asked are of the record that stays.
    public func stricter(with other: ProfilingChoice) -> ProfilingChoice {
        var merged = self
        for purpose in ProfilingPurpose.allCases { merged[purpose] = min(self[purpose], other[purpose]) }
        merged.pausedUntil = [pausedUntil, other.pausedUntil].compactMap { $0 }.max()
        return merged
    }
}

/// The level that holds for a purpose.
///
/// - A pause is `off`: nothing of the member is looked at.
/// - A child, and a browser that objects (Global Privacy Control; GDPR, article 21), get `session` at most: it is no
///   profile, and nothing of it is kept.
/// - Nothing here ever raises a level.
public func effective(
    _ purpose: ProfilingPurpose, _ choice: ProfilingChoice, globalPrivacyControl: Bool, isChild: Bool, paused: Bool
) -> PrivacyLevel {
    if paused { return .off }
    return isChild || globalPrivacyControl ? min(choice[purpose], .session) : choice[purpose]
}
