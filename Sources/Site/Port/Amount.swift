/// The name of a points unit in the language that was asked for. Languages without plurals give the same name twice.
public struct PointUnit: Sendable, Hashable {
    public var one: Wording
    public var other: Wording

    public init(one: Wording, other: Wording) {
        self.one = one
        self.other = other
    }
}

/// A number of points, never negative: what happened to them is said by what holds the amount.
public struct Amount: Sendable, Hashable {
    public var count: Int64
    public var unit: PointUnit

    public init(_ count: Int64, _ unit: PointUnit) {
        self.count = count
        self.unit = unit
    }
}

/// What a member has in one unit.
public struct Balance: Sendable, Hashable {
    /// May be below zero after a reversal, where the programme allows it.
    public var active: Int64
    public var pending: Int64
    public var unit: PointUnit
    /// When the next of what is pending can be spent, if the calendar says so.
    public var pendingUntil: LocalDay?
    /// The lot that goes first, if any goes.
    public var expiringNext: Expiring?

    public struct Expiring: Sendable, Hashable {
        public var amount: Int64
        public var day: LocalDay

        public init(amount: Int64, day: LocalDay) {
            self.amount = amount
            self.day = day
        }
    }

    public init(
        active: Int64, pending: Int64 = 0, pendingUntil: LocalDay? = nil, unit: PointUnit, expiringNext: Expiring? = nil
    ) {
        self.active = active
        self.pending = pending
        self.pendingUntil = pendingUntil
        self.unit = unit
        self.expiringNext = expiringNext
    }
}
