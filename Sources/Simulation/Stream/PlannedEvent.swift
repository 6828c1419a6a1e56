/// An event before it gets its texts: small enough to hold a day of a large population.
struct PlannedEvent {
    enum Kind: UInt8 {
        case articleRead, videoWatched, episodeFinished, newsletterOpened, commentPosted, eventAttended, purchaseMade
        case subscriptionStarted, subscriptionRenewed, subscriptionCancelled, memberIdentified
    }

    /// Milliseconds since 1970.
    var arrival: Int64
    var time: Int64
    /// Unique; also the order of events that arrive at the same time.
    var id: UInt64
    var member: Int32
    /// Seconds, cents, words or renewals.
    var amount: Int32 = 0
    /// Position in the house's items; -1 for none.
    var item: Int16 = -1
    var kind: Kind
    var channel: UInt8
    /// Hundredths of an item that were read.
    var share: UInt8 = 0
    var isAnonymous = false

    static func arrivesBefore(_ left: PlannedEvent, _ right: PlannedEvent) -> Bool {
        left.arrival == right.arrival ? left.id < right.id : left.arrival < right.arrival
    }
}
