/// An event before it gets its texts: small enough to hold a day of a large population.
struct PlannedEvent {
    /// What no event of the behaviour's list is.
    enum Special { static let started: Int16 = -1, renewed: Int16 = -2, cancelled: Int16 = -3, identified: Int16 = -4 }

    /// Milliseconds since 1970.
    var arrival: Int64
    var time: Int64
    /// Unique; also the order of events that arrive at the same time, and the seed of its fields.
    var id: UInt64
    var member: Int32
    /// Seconds or renewals.
    var amount: Int32 = 0
    /// Position among the items; -1 for none.
    var item: Int16 = -1
    /// Position among the behaviour's events, or one of `Special`.
    var event: Int16
    /// -1 for none.
    var channel: Int16 = -1
    var subject: Int16 = 0
    /// Hundredths of an item that were read.
    var share: UInt8 = 0
    var isFinished = true
    var isAnonymous = false

    static func arrivesBefore(_ left: PlannedEvent, _ right: PlannedEvent) -> Bool {
        left.arrival == right.arrival ? left.id < right.id : left.arrival < right.arrival
    }
}
