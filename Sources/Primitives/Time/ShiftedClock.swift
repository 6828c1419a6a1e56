/// A clock that runs ahead of another one, or behind it, by a fixed amount: for rehearsals of what falls due later.
public struct ShiftedClock: WallClock {
    private let clock: any WallClock
    private let aheadMilliseconds: Int64

    /// - Parameter aheadMilliseconds: below zero for a clock that runs behind.
    public init(_ clock: any WallClock = SystemClock(), aheadMilliseconds: Int64) {
        self.clock = clock
        self.aheadMilliseconds = aheadMilliseconds
    }

    public func now() -> Instant { clock.now().adding(milliseconds: aheadMilliseconds) }
}
