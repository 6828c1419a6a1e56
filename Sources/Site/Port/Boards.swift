/// The leaderboards of a programme, as one member sees them.
public struct BoardDesk: Sendable, Hashable {
    /// One place on a board.
    public struct Place: Sendable, Hashable {
        public var rank: Int
        public var score: Int64
        /// Drawn from word lists, in the page's language.
        public var name: String
        public var isMe: Bool

        public init(rank: Int, score: Int64, name: String, isMe: Bool) {
            self.rank = rank
            self.score = score
            self.name = name
            self.isMe = isMe
        }
    }

    public struct Board: Sendable, Hashable {
        public var id: String
        public var title: Wording
        public var summary: Wording?
        /// Under which name the member stands on it; `nil` for one who did not ask to.
        public var name: String?
        public var score: Int64
        /// `nil` as long as nobody has a rank, or the member reached nothing yet.
        public var rank: Int?
        /// Whether enough take part for ranks.
        public var showsRanks: Bool
        /// The member and those next to them; nobody is shown as one of the last.
        public var around: [Place]
        public var top: [Place]
        /// The member among the friends who take part; empty without any.
        public var friends: [Place] = []
        /// The first places of the period that was finished last; nothing changes them any more.
        public var finished: [Place] = []

        public init(
            id: String, title: Wording, summary: Wording? = nil, name: String? = nil, score: Int64 = 0,
            rank: Int? = nil, showsRanks: Bool = false, around: [Place] = [], top: [Place] = []
        ) {
            self.id = id
            self.title = title
            self.summary = summary
            self.name = name
            self.score = score
            self.rank = rank
            self.showsRanks = showsRanks
            self.around = around
            self.top = top
        }
    }

    public var boards: [Board]

    public init(boards: [Board] = []) {
        self.boards = boards
    }
}

/// What a member asks of a board.
public enum BoardWish: String, Sendable, Hashable {
    case join, leave, rename
}
