/// Which reward stands first on Today, as the console shows it.
public struct ChoosingDesk: Sendable, Hashable {
    /// A share with its interval at 95 %.
    public struct Rate: Sendable, Hashable {
        public var value: Double
        public var interval: ClosedRange<Double>

        public init(value: Double, interval: ClosedRange<Double>) {
            self.value = value
            self.interval = interval
        }
    }

    /// A kind of reward before those of one persona, or before everybody else.
    public struct Arm: Sendable, Hashable {
        /// `nil`: everybody else.
        public var persona: Wording?
        /// As the programme document calls it.
        public var kind: String
        /// How often it stood first, as it may be shown; `nil`: too few.
        public var shown: Int64?
        /// How often it was taken, as it may be shown; `nil`: too few.
        public var taken: Int64?
        /// The share that was taken; `nil` while there are too few to tell.
        public var rate: Rate?
        /// How likely it is that its kind is taken most: how it is chosen now, apart from chance.
        public var share: Double

        public init(
            persona: Wording? = nil, kind: String, shown: Int64?, taken: Int64?, rate: Rate? = nil, share: Double
        ) {
            self.persona = persona
            self.kind = kind
            self.shown = shown
            self.taken = taken
            self.rate = rate
            self.share = share
        }
    }

    /// What would be taken if a kind always stood first.
    public struct Kind: Sendable, Hashable {
        public var kind: String
        public var rate: Double

        public init(kind: String, rate: Double) {
            self.kind = kind
            self.rate = rate
        }
    }

    public var isOff: Bool
    public var mayChange: Bool
    /// The share that is chosen by chance, from 0 to 1.
    public var floor: Double
    /// The share of members before whom everything within reach is as likely, from 0 to 1.
    public var heldOut: Double
    public var arms: [Arm]
    public var kinds: [Kind]
    /// What is taken where what was learned is applied; `nil` while there are too few to tell.
    public var chosen: Rate?
    /// What is taken before those held out.
    public var even: Rate?

    public init(
        isOff: Bool, mayChange: Bool, floor: Double, heldOut: Double, arms: [Arm] = [], kinds: [Kind] = [],
        chosen: Rate? = nil, even: Rate? = nil
    ) {
        self.isOff = isOff
        self.mayChange = mayChange
        self.floor = floor
        self.heldOut = heldOut
        self.arms = arms
        self.kinds = kinds
        self.chosen = chosen
        self.even = even
    }
}
