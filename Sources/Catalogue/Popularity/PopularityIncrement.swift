/// How many events of one kind an item had on one day: all that popularity ever learns. It has no place for a member.
public struct PopularityIncrement: Hashable, Sendable {
    public let item: ItemID
    /// Days since 1970-01-01.
    public let day: Int
    public let signal: PopularitySignal
    public let count: Int64

    public init(item: ItemID, day: Int, signal: PopularitySignal = .opened, count: Int64) {
        self.item = item
        self.day = day
        self.signal = signal
        self.count = count
    }
}

/// What an event says about an item's standing with its audience.
public enum PopularitySignal: Int64, Sendable, Hashable, CaseIterable {
    /// Opened, started, visited.
    case opened = 0
    /// Read, watched or heard to the end: worth more than a click, or headlines that mislead would lead the list.
    case finished = 1
    /// Liked, shared, commented on, rated well.
    case liked = 2

    /// Its share in the score.
    public var weight: Double {
        switch self {
        case .opened: 1
        case .finished: 3
        case .liked: 2
        }
    }
}
