/// An item that events name and the publisher has not described.
public struct Stub: Hashable, Sendable {
    public let id: ItemID
    /// When it was first named: days since 1970-01-01. No time and no member is kept.
    public let day: Int

    public init(id: ItemID, day: Int) {
        self.id = id
        self.day = day
    }
}
