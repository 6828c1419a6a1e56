import Primitives

/// What is shown of a leaderboard to one who looks.
public struct Standings: Sendable, Hashable {
    public struct Place: Sendable, Hashable {
        public var rank: Int
        public var score: Int64
        public var name: BoardName
        /// Whether it is the one who looks.
        public var isMe: Bool
    }

    public var board: String
    public var days: Range<Int32>
    /// The cohort that is shown; empty for a board of everybody.
    public var cell = ""
    /// Whether the one who looks takes part.
    public var isOn = false
    /// Under which name.
    public var name: BoardName?
    /// What they reached; 0 without anything, or without taking part.
    public var score: Int64 = 0
    /// Whether there are enough participants for ranks.
    public var showsRanks = false
    /// How many reached something; 0 as long as no ranks are shown.
    public var participants = 0
    /// Their rank; `nil` if no ranks are shown or nothing was reached.
    public var rank: Int?
    public var top: [Place] = []
    public var around: [Place] = []
    /// The member among the friends who take part; empty without any.
    public var friends: [Place] = []

    init(board: String, days: Range<Int32>) {
        self.board = board
        self.days = days
    }
}
