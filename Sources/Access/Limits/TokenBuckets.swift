public import Primitives
internal import Synchronization
internal import Vault

/// Rate limits: so many at once, so many over time, for each key apart.
///
/// The generic cell rate algorithm (ITU-T I.371): one number per key says when it would be back at rest. Memory is
/// bounded; when more keys are active than there are places, the least used are forgotten, which can only be generous.
public final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    /// The answer, with what the rate-limit headers say.
    public struct Decision: Sendable, Hashable {
        public let isAllowed: Bool
        /// The most at once.
        public let limit: Int
        /// How many more would be allowed now.
        public let remaining: Int
        /// Until everything is available again.
        public let resetMilliseconds: Int64
        /// Until the refused one would be allowed; 0 when it was.
        public let retryAfterMilliseconds: Int64
    }

    private let burst: Int
    /// Microseconds for one.
    private let interval: Int64
    /// When each key is back at rest, in microseconds.
    private let rests: Mutex<BoundedCache<Key, Int64>>

    /// - Parameters:
    ///   - burst: how many at once; at least 1.
    ///   - count: how many in each `milliseconds`, in the long run; at least 1, at most one per microsecond.
    ///   - maximumKeys: how many keys are remembered; about 60 bytes each.
    public init(burst: Int, count: Int, perMilliseconds milliseconds: Int64, maximumKeys: Int = 100_000) {
        self.burst = max(1, burst)
        interval = max(1, milliseconds * 1_000 / Int64(max(1, count)))
        rests = Mutex(BoundedCache(capacity: maximumKeys))
    }

    /// Takes `cost` for a key, if there is as much.
    public func take(_ key: Key, cost: Int = 1, now: Instant) -> Decision {
        let time = now.milliseconds * 1_000
        let room = interval * Int64(burst)
        let price = interval * Int64(max(0, cost))
        return rests.withLock { rests in
            // A clock that was set back must not lock anybody out: no key rests later than a full burst from now.
            let stored = rests.value(key)
            let rest = min(max(stored ?? time, time), time + room)
            let next = rest + price
            let isAllowed = next - time <= room
            let kept = isAllowed ? next : rest
            if isAllowed || (stored ?? 0) > rest { rests.insert(kept, for: key) }
            return Decision(
                isAllowed: isAllowed, limit: burst, remaining: Int((room - (kept - time)) / interval),
                resetMilliseconds: (kept - time + 999) / 1_000,
                retryAfterMilliseconds: isAllowed ? 0 : (next - time - room + 999) / 1_000)
        }
    }
}
