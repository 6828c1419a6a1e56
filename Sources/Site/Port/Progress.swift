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
    /// Its steps, the things of a set, or its tiers.
    public var parts: [Part] = []
    public var shape: Shape = .plain
    /// Whether the member takes part; `nil` where nobody needs to join.
    public var joining: Joining?
    /// Within which the member may choose the target; `nil` where it is not theirs to choose, or is reached.
    public var goal: ClosedRange<Int64>?
    /// Whether a team takes it on together.
    public var isShared = false

    public enum Joining: Sendable, Hashable {
        case joined, open
        /// Something else comes first, or it does not run now.
        case locked
    }

    public enum Shape: String, Sendable, Hashable { case plain, steps, set, tiers }

    public struct Part: Sendable, Hashable {
        public var title: Wording
        public var isDone: Bool
        /// How far it is, where it takes more than one.
        public var progress: (done: Int64, target: Int64)?

        public init(title: Wording, isDone: Bool, progress: (done: Int64, target: Int64)? = nil) {
            self.title = title
            self.isDone = isDone
            self.progress = progress
        }

        public static func == (left: Part, right: Part) -> Bool {
            left.title == right.title && left.isDone == right.isDone && left.progress?.done == right.progress?.done
                && left.progress?.target == right.progress?.target
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(title)
            hasher.combine(isDone)
        }
    }

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
    /// How far it is, while it is not earned and that is known.
    public var progress: Progress?
    /// It is shown as one more to discover, and not what it is.
    public var isHidden = false

    public struct Progress: Sendable, Hashable {
        public var done: Int64
        public var target: Int64

        public init(done: Int64, target: Int64) {
            self.done = done
            self.target = target
        }
    }

    public init(id: String, title: Wording, summary: Wording? = nil, picture: WebLink? = nil, earned: LocalDay? = nil) {
        self.id = id
        self.title = title
        self.summary = summary
        self.picture = picture
        self.earned = earned
    }
}
