import Primitives
import Synchronization

/// Counts that are so large that one more does not show: kept for half a minute, so that a page which many look at does not count
/// a hundred thousand rows each time. Small ones are always counted.
final class LargeCounts<Key: Hashable & Sendable, Count: Sendable>: Sendable {
    /// From this size on a count is kept.
    static var least: Int64 { 1_000 }
    static var milliseconds: Int64 { 30_000 }
    /// The most counts that are kept.
    static var most: Int { 10_000 }

    private let kept = Mutex<[Key: (count: Count, until: Instant)]>([:])

    func find(_ keys: [Key], now: Instant) -> [Key: Count] {
        kept.withLock { all in
            var found: [Key: Count] = [:]
            for key in keys {
                if let known = all[key], known.until > now { found[key] = known.count }
            }
            return found
        }
    }

    func keep(_ counts: [Key: Count], now: Instant, size: (Count) -> Int64) {
        let large = counts.filter { size($0.value) >= Self.least }
        guard !large.isEmpty else { return }
        kept.withLock { all in
            if all.count + large.count > Self.most { all = all.filter { $0.value.until > now } }
            guard all.count + large.count <= Self.most else { return }
            for (key, count) in large { all[key] = (count, now.adding(milliseconds: Self.milliseconds)) }
        }
    }
}

/// How many letters were sent, and what members answered.
struct LetterTally: Sendable {
    var sent: Int64
    var hearts: Int64
    var thanks: Int64
}
