import Loyalty
import Primitives
import Synchronization

/// What the console's first page was counted from last: a look at it must not count again each time.
final class KeptSigns: Sendable {
    private static let milliseconds: Int64 = 600_000
    private static let most = 100

    private let kept = Mutex<[String: (vitals: Vitals, until: Instant)]>([:])

    func find(_ key: String, now: Instant) -> Vitals? {
        kept.withLock { all in all[key].flatMap { $0.until > now ? $0.vitals : nil } }
    }

    func keep(_ vitals: Vitals, _ key: String, now: Instant) {
        kept.withLock { all in
            all = all.filter { $0.value.until > now }
            guard all.count < Self.most else { return }
            all[key] = (vitals, now.adding(milliseconds: Self.milliseconds))
        }
    }
}
