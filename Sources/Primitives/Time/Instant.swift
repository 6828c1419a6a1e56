/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Hashable, Sendable, Comparable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(seconds: Int64) {
        self.milliseconds = seconds * 1_000
    }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int64 { (milliseconds >= 0 ? milliseconds : milliseconds - 999) / 1_000 }

    /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: the range every engine and format here can hold.
    public static let earliest = Instant(milliseconds: -62_135_596_800_000)
    public static let latest = Instant(milliseconds: 253_402_300_799_999)

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    public func adding(milliseconds amount: Int64) -> Instant {
        Instant(milliseconds: milliseconds + amount)
    }

    public static func - (left: Instant, right: Instant) -> Int64 { left.milliseconds - right.milliseconds }
}

/// Where the time comes from. Decisions never ask: they receive an `Instant`.
public protocol WallClock: Sendable {
    func now() -> Instant
}

/// A clock that answers a fixed time, for imports on event time and for tests.
public struct FixedClock: WallClock {
    public let instant: Instant

    public init(_ instant: Instant) {
        self.instant = instant
    }

    public func now() -> Instant { instant }
}
