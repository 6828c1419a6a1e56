import Primitives
import Synchronization

/// What a page of the console was counted from last: a look at it must not count again each time.
final class KeptFigures<Figures: Sendable>: Sendable {
    private static var milliseconds: Int64 { 600_000 }
    private static var most: Int { 100 }

    private let kept = Mutex<[String: (figures: Figures, until: Instant)]>([:])

    func find(_ key: String, now: Instant) -> Figures? {
        kept.withLock { all in all[key].flatMap { $0.until > now ? $0.figures : nil } }
    }

    func keep(_ figures: Figures, _ key: String, now: Instant) {
        kept.withLock { all in
            all = all.filter { $0.value.until > now }
            guard all.count < Self.most else { return }
            all[key] = (figures, now.adding(milliseconds: Self.milliseconds))
        }
    }
}
