/// How badly events arrive: some twice, some late and so out of order.
public struct Delivery: Hashable, Sendable {
    /// Share of events that are sent a second time, the same to the byte, up to six hours later.
    public let resentShare: Double
    /// Share of events that arrive late.
    public let lateShare: Double
    /// Late events arrive up to this many hours after they happened.
    public let lateHours: Double

    /// - Parameters: shares from 0 to 1; values outside are taken as the nearest inside.
    public init(resentShare: Double = 0, lateShare: Double = 0, lateHours: Double = 24) {
        self.resentShare = min(max(resentShare, 0), 1)
        self.lateShare = min(max(lateShare, 0), 1)
        self.lateHours = min(max(lateHours, 0), 24 * 90)
    }

    /// Each event once, at its time.
    public static let orderly = Delivery()
}
