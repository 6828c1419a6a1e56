import Primitives

/// A prize draw whose outcome anyone can compute again; see ``RaffleDraw`` for how winners are found.
public struct Raffle: Sendable, Hashable {
    /// The most places of one draw, reserves included.
    public static let maximumPlaces: Int64 = 1_000
    /// The most tickets of one member.
    public static let maximumTickets: Int64 = 10_000

    /// Something that can be won.
    public struct Prize: Sendable, Hashable {
        public var id: String
        public var name: LocalizedText
        /// How many there are.
        public var count: Int64
        public var effects: [Effect]

        public init(id: String, name: LocalizedText = LocalizedText([:]), count: Int64 = 1, effects: [Effect]) {
            self.id = id
            self.name = name
            self.count = count
            self.effects = effects
        }
    }

    public var id: String
    public var name: LocalizedText
    /// The days on which tickets are gained: the member's own for what events give, the programme's for the rest.
    public var days: DaySpan
    /// How long after the last day the list stays open for late events; `nil`: as long as the programme takes them.
    public var grace: DurationSpan?
    /// Tickets that every member may take for nothing.
    public var free: Int64
    /// What one more ticket costs; `nil` if they cannot be bought.
    public var price: Reward.UnitAmount?
    /// How many tickets of one member count, however they were gained.
    public var most: Int64
    /// Who may take or buy tickets: a condition over the member.
    public var condition: String?
    /// In the order in which they are drawn.
    public var prizes: [Prize]
    /// Whether one member may win more than once.
    public var several: Bool
    /// How many more are drawn, for prizes that are not taken.
    public var reserves: Int64
    /// In how many days a prize must be taken; `nil` gives it at once.
    public var take: Int32?
    /// The public value that is mixed in at the draw, and where anyone finds it: said before the list closes.
    public var beacon: LocalizedText?
    public var why: LocalizedText

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), days: DaySpan, grace: DurationSpan? = nil,
        free: Int64 = 0, price: Reward.UnitAmount? = nil, most: Int64 = 1, condition: String? = nil,
        prizes: [Prize] = [], several: Bool = false, reserves: Int64 = 0, take: Int32? = nil,
        beacon: LocalizedText? = nil, why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.name = name
        self.days = days
        self.grace = grace
        self.free = free
        self.price = price
        self.most = most
        self.condition = condition
        self.prizes = prizes
        self.several = several
        self.reserves = reserves
        self.take = take
        self.beacon = beacon
        self.why = why
    }

    /// One entry per prize to be won, by its id, in the order of the draw.
    public var prizeList: [String] { prizes.flatMap { Array(repeating: $0.id, count: Int(clamping: $0.count)) } }

    /// How many winners and reserves are drawn.
    public var places: Int { Int(clamping: prizes.reduce(reserves) { $0 + $1.count }) }
}
