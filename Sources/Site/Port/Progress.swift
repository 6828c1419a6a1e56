/// A challenge that counts something within a period.
public struct ChallengeProgress: Sendable, Hashable {
    public var id: String
    public var title: Wording
    /// What counts, in one line ("three podcasts from different series").
    public var summary: Wording?
    public var done: Int64
    /// At least 1.
    public var target: Int64
    /// The last local day that counts; `nil` without a period.
    public var lastDay: LocalDay?
    /// What completing it gives, in points; badges are worded in `summary`.
    public var reward: Amount?

    public init(
        id: String, title: Wording, summary: Wording? = nil, done: Int64, target: Int64, lastDay: LocalDay? = nil,
        reward: Amount? = nil
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.done = done
        self.target = max(1, target)
        self.lastDay = lastDay
        self.reward = reward
    }
}

/// A badge that a member holds or may still earn.
public struct Badge: Sendable, Hashable {
    public var id: String
    public var title: Wording
    /// What it stands for, in one line.
    public var summary: Wording?
    public var picture: WebLink?
    /// `nil` while it is not earned.
    public var earned: LocalDay?

    public init(id: String, title: Wording, summary: Wording? = nil, picture: WebLink? = nil, earned: LocalDay? = nil) {
        self.id = id
        self.title = title
        self.summary = summary
        self.picture = picture
        self.earned = earned
    }
}
