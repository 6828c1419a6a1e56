/// A member who stands at a counter, as far as whoever serves them must know: no name, no balance, no history.
public struct CounterVisit: Sendable, Hashable {
    /// Something that was redeemed before and is fetched here.
    public struct Waiting: Sendable, Hashable {
        /// Speaks for this one redemption; it says nothing about whose it is.
        public var receipt: String
        public var title: Wording
        public var quantity: Int64

        public init(receipt: String, title: Wording, quantity: Int64 = 1) {
            self.receipt = receipt
            self.title = title
            self.quantity = quantity
        }
    }

    /// Something that can be redeemed here and now.
    public struct Offer: Sendable, Hashable {
        /// Its name in the programme.
        public var reward: String
        public var title: Wording
        public var price: Amount

        public init(reward: String, title: Wording, price: Amount) {
            self.reward = reward
            self.title = title
            self.price = price
        }
    }

    /// Speaks for the member, to these staff, for ten minutes.
    public var visit: String
    public var tier: Wording?
    /// What the programme says to whoever serves somebody.
    public var line: Wording?
    public var waiting: [Waiting]
    public var offers: [Offer]

    public init(
        visit: String, tier: Wording? = nil, line: Wording? = nil, waiting: [Waiting] = [], offers: [Offer] = []
    ) {
        self.visit = visit
        self.tier = tier
        self.line = line
        self.waiting = waiting
        self.offers = offers
    }
}

/// What a code turned out to be.
public enum CounterScan: Sendable, Hashable {
    case member(CounterVisit)
    case ticket(TicketFinding)
    /// Neither a card of now nor a ticket of this programme.
    case unknown
    /// A card's code that was shown before.
    case used
    /// These staff, or the programme, were wrong too often.
    case tooMany
}

/// What became of handing something out.
public enum CounterOutcome: Sendable, Hashable {
    /// It is done, or was done before by the same press.
    case done(Wording)
    /// The price, the stock or the state of it no longer allows it.
    case refused(Wording?)
    /// The visit is over: the card is scanned again.
    case over
}
