/// The raffles of a programme, as one member sees them.
public struct RaffleDesk: Sendable, Hashable {
    public enum Stage: String, Sendable, Hashable, CaseIterable { case announced, open, ended, closed, drawn }

    /// Something to be won, and how many there are.
    public struct Prize: Sendable, Hashable {
        public var name: Wording
        public var count: Int64

        public init(name: Wording, count: Int64) {
            self.name = name
            self.count = count
        }
    }

    /// A prize that waits to be taken.
    public struct Waiting: Sendable, Hashable {
        public var prize: Wording
        public var until: LocalDay?

        public init(prize: Wording, until: LocalDay?) {
            self.prize = prize
            self.until = until
        }
    }

    public struct Raffle: Sendable, Hashable {
        public var id: String
        public var title: Wording
        public var summary: Wording?
        public var stage: Stage
        public var from: LocalDay
        public var until: LocalDay
        public var prizes: [Prize]
        public var tickets: Int64
        public var most: Int64
        public var freeLeft: Int64
        /// What one more costs.
        public var price: Amount?
        /// The pseudonyms under which the member stands in the list.
        public var lines: [String]
        /// The prizes that the member has, or that wait for them.
        public var won: [Wording]
        public var toTake: Waiting?
        public var proof: Proof
        /// How many bought tickets can be given back now.
        public var returnable: Int64 = 0

        public init(
            id: String, title: Wording, summary: Wording? = nil, stage: Stage, from: LocalDay, until: LocalDay,
            prizes: [Prize], tickets: Int64 = 0, most: Int64 = 1, freeLeft: Int64 = 0,
            price: Amount? = nil, lines: [String] = [], won: [Wording] = [],
            toTake: Waiting? = nil, proof: Proof
        ) {
            self.id = id
            self.title = title
            self.summary = summary
            self.stage = stage
            self.from = from
            self.until = until
            self.prizes = prizes
            self.tickets = tickets
            self.most = most
            self.freeLeft = freeLeft
            self.price = price
            self.lines = lines
            self.won = won
            self.toTake = toTake
            self.proof = proof
        }
    }

    /// What it takes to compute the draw again; `nil` as long as it is not known to anyone.
    public struct Proof: Sendable, Hashable {
        public var commitment: String?
        public var root: String?
        public var seed: String?
        /// What was announced to be mixed in.
        public var announced: Wording?
        public var beacon: String?
        public var entries: Int
        /// Where the public document is.
        public var document: String

        public init(
            commitment: String? = nil, root: String? = nil, seed: String? = nil, announced: Wording? = nil,
            beacon: String? = nil, entries: Int = 0, document: String
        ) {
            self.commitment = commitment
            self.root = root
            self.seed = seed
            self.announced = announced
            self.beacon = beacon
            self.entries = entries
            self.document = document
        }
    }

    public var today: LocalDay
    public var raffles: [Raffle]

    public init(today: LocalDay, raffles: [Raffle] = []) {
        self.today = today
        self.raffles = raffles
    }
}

/// What a member asks of a raffle.
public enum RaffleWish: String, Sendable, Hashable {
    case free, buy, take
    /// A bought ticket is given back.
    case giveBack = "return"
}

/// The raffles of a programme, for its staff.
public struct ConsoleRaffles: Sendable, Hashable {
    public struct Raffle: Sendable, Hashable {
        public var id: String
        public var title: Wording
        public var stage: RaffleDesk.Stage
        public var until: LocalDay
        public var entries: Int
        public var announced: Wording?
        public var taken: Int
        public var waiting: Int

        public init(
            id: String, title: Wording, stage: RaffleDesk.Stage, until: LocalDay, entries: Int = 0,
            announced: Wording? = nil, taken: Int = 0, waiting: Int = 0
        ) {
            self.id = id
            self.title = title
            self.stage = stage
            self.until = until
            self.entries = entries
            self.announced = announced
            self.taken = taken
            self.waiting = waiting
        }
    }

    public var today: LocalDay
    public var raffles: [Raffle]
    public var mayDraw: Bool

    public init(today: LocalDay, raffles: [Raffle] = [], mayDraw: Bool = false) {
        self.today = today
        self.raffles = raffles
        self.mayDraw = mayDraw
    }
}
