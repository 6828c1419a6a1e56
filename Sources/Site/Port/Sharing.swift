/// What a member can give away as gifts, and the gifts of theirs that wait.
public struct GiftDesk: Sendable, Hashable {
    /// A unit that may be given.
    public struct Offer: Sendable, Hashable {
        public var id: String
        public var unit: PointUnit
        public var spendable: Int64
        public var minimum: Int64
        public var fee: Int64

        public init(id: String, unit: PointUnit, spendable: Int64, minimum: Int64, fee: Int64) {
            self.id = id
            self.unit = unit
            self.spendable = spendable
            self.minimum = minimum
            self.fee = fee
        }
    }

    /// A gift that nobody has accepted yet.
    public struct Waiting: Sendable, Hashable {
        public var id: String
        /// With what the programme keeps of it.
        public var amount: Amount
        public var until: LocalDay

        public init(id: String, amount: Amount, until: LocalDay) {
            self.id = id
            self.amount = amount
            self.until = until
        }
    }

    /// A wallet that the member has with others.
    public struct Wallet: Sendable, Hashable {
        public var id: String
        public var name: Wording
        public var members: Int64
        public var balances: [Amount]
        /// What this member gave.
        public var given: [Amount]
        /// What may be taken out, by the unit's identifier; empty where only the owner may.
        public var units: [String]
        /// Whether the others see what this member gave.
        public var shows: Bool
        public var mayLeave: Bool

        public init(
            id: String, name: Wording, members: Int64, balances: [Amount], given: [Amount], units: [String],
            shows: Bool,
            mayLeave: Bool
        ) {
            self.id = id
            self.name = name
            self.members = members
            self.balances = balances
            self.given = given
            self.units = units
            self.shows = shows
            self.mayLeave = mayLeave
        }
    }

    /// A kind of wallet that can be opened.
    public struct Kind: Sendable, Hashable {
        public var id: String
        public var name: Wording

        public init(id: String, name: Wording) {
            self.id = id
            self.name = name
        }
    }

    public var today: LocalDay
    public var offers: [Offer]
    public var waiting: [Waiting]
    public var wallets: [Wallet]
    public var kinds: [Kind]

    public init(
        today: LocalDay, offers: [Offer] = [], waiting: [Waiting] = [], wallets: [Wallet] = [], kinds: [Kind] = []
    ) {
        self.today = today
        self.offers = offers
        self.waiting = waiting
        self.wallets = wallets
        self.kinds = kinds
    }
}

/// What a member does with a wallet.
public enum WalletRequest: Sendable, Hashable {
    case open(kind: String)
    case leave
    case show(Bool)
    case draw(unit: String, amount: Int64)
}

/// What came of offering, accepting or withdrawing a gift.
public enum GiftOutcome: Sendable, Hashable {
    /// The code to pass on.
    case offered(code: String, Amount)
    case accepted(Amount)
    case withdrawn
    /// A wallet was opened: the code with which others join.
    case opened(code: String)
    case joined
    case changed
    /// The programme's terms or the balance do not allow it.
    case refused
    /// No gift waits under this code.
    case unknown
}
