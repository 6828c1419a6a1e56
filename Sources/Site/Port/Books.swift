/// What a programme owes in one unit of points, month by month.
public struct UnitBooks: Sendable, Hashable {
    public struct Month: Sendable, Hashable {
        /// As in 2026-11.
        public var month: String
        public var opening: Int64
        public var issued: Int64
        public var redeemed: Int64
        public var expired: Int64
        /// All other movements.
        public var other: Int64
        public var closing: Int64

        public init(
            month: String, opening: Int64, issued: Int64, redeemed: Int64, expired: Int64, other: Int64, closing: Int64
        ) {
            self.month = month
            self.opening = opening
            self.issued = issued
            self.redeemed = redeemed
            self.expired = expired
            self.other = other
            self.closing = closing
        }
    }

    public var unit: PointUnit
    public var outstanding: Int64
    public var expectedBreakage: Int64
    /// Such as `12.50 EUR`; `nil` without a value.
    public var deferred: String?
    public var months: [Month]

    public init(
        unit: PointUnit, outstanding: Int64, expectedBreakage: Int64, deferred: String? = nil, months: [Month] = []
    ) {
        self.unit = unit
        self.outstanding = outstanding
        self.expectedBreakage = expectedBreakage
        self.deferred = deferred
        self.months = months
    }
}

/// One order for many members.
public struct ConsoleJob: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable { case waiting, running, done, cancelled, failed }

    public var id: String
    /// Such as `grant ink`.
    public var order: String
    public var condition: String?
    public var state: State
    /// From 0 to 1.
    public var share: Double
    public var changed: Int64
    public var unchanged: Int64
    public var refused: Int64

    public init(
        id: String, order: String, condition: String? = nil, state: State, share: Double, changed: Int64 = 0,
        unchanged: Int64 = 0, refused: Int64 = 0
    ) {
        self.id = id
        self.order = order
        self.condition = condition
        self.state = state
        self.share = share
        self.changed = changed
        self.unchanged = unchanged
        self.refused = refused
    }
}

/// The newest jobs, and what can be ordered.
public struct JobList: Sendable, Hashable {
    public var jobs: [ConsoleJob]
    /// Whether who looks may order and cancel.
    public var mayOrder: Bool
    public var units: [String]

    public init(jobs: [ConsoleJob] = [], mayOrder: Bool = true, units: [String] = []) {
        self.jobs = jobs
        self.mayOrder = mayOrder
        self.units = units
    }
}

/// A job as it is ordered in the console: for all that match a condition.
public struct JobOrder: Sendable, Hashable {
    /// `grant`, `activate` or `expire`.
    public var action: String
    public var unit: String
    public var amount: Int64?
    public var condition: String

    public init(action: String, unit: String, amount: Int64?, condition: String) {
        self.action = action
        self.unit = unit
        self.amount = amount
        self.condition = condition
    }
}
