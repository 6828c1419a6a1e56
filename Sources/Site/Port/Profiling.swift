/// How far profiling goes for a member, as they chose it.
public struct ProfilingDesk: Sendable, Hashable {
    public enum Purpose: String, Sendable, Hashable, CaseIterable { case recommendations, rewards, messages }

    public enum Pause: Sendable, Hashable {
        case none
        /// Until a day of the member's begins.
        case until(LocalDay)
        /// Until they say so.
        case open
    }

    /// Percent of what is suggested that may come from outside what fits.
    public static let surprises: [Int64] = [0, 10, 25, 50]

    public var levels: [Purpose: PrivacyLevel]
    public var surprise: Int64
    public var pause: Pause
    /// Whether they have answered the one question.
    public var isAsked: Bool
    public var today: LocalDay

    public init(
        levels: [Purpose: PrivacyLevel], surprise: Int64, pause: Pause = .none, isAsked: Bool = true, today: LocalDay
    ) {
        self.levels = levels
        self.surprise = surprise
        self.pause = pause
        self.isAsked = isAsked
        self.today = today
    }

    /// The one level of everything; `nil` where they differ.
    public var single: PrivacyLevel? {
        let all = Set(levels.values)
        return all.count == 1 ? all.first : nil
    }
}

/// What a member asks to be changed; what is absent stays.
public struct ProfilingWish: Sendable, Hashable {
    public enum Pause: String, Sendable, Hashable, CaseIterable { case today, open, none }

    /// Where it was said.
    public enum Place: Sendable, Hashable { case page, question }

    public var levels: [ProfilingDesk.Purpose: PrivacyLevel]
    public var surprise: Int64?
    public var pause: Pause?
    public var place: Place
    /// By purpose, the words that stood beside what was chosen.
    public var shown: [ProfilingDesk.Purpose: String]

    public init(
        levels: [ProfilingDesk.Purpose: PrivacyLevel] = [:], surprise: Int64? = nil, pause: Pause? = nil,
        place: Place = .page, shown: [ProfilingDesk.Purpose: String] = [:]
    ) {
        self.levels = levels
        self.surprise = surprise
        self.pause = pause
        self.place = place
        self.shown = shown
    }
}

/// What the forms about profiling need.
public protocol ProfilingSiteData: Sendable {
    func profiling(of member: SiteMember) async throws -> ProfilingDesk
    /// From the next request on; going down takes away at once what is kept on the higher level only.
    ///
    /// - Returns: whether it holds: members under 16 have `off` and `session`, unless a parent agreed.
    func choose(_ wish: ProfilingWish, for member: SiteMember, language: Language) async throws -> Bool
}
