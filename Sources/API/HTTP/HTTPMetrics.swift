import Synchronization

/// Counts and durations of answers, by route and status.
final class HTTPMetrics: Sendable {
    struct Series: Hashable {
        /// The route's place in the table; `nil` for addresses that no route has.
        var route: Int?
        var status: Int
    }

    struct Histogram: Sendable {
        /// One per bound, and one for what is above all.
        var counts = [UInt64](repeating: 0, count: bounds.count + 1)
        var seconds = 0.0
        var count: UInt64 { counts.reduce(0, +) }
    }

    /// Upper bounds of the buckets, in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let series = Mutex<[Series: Histogram]>([:])

    func record(route: Int?, status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        series.withLock { series in
            series[Series(route: route, status: status), default: Histogram()].counts[bucket] += 1
            series[Series(route: route, status: status)]?.seconds += seconds
        }
    }

    var snapshot: [(series: Series, histogram: Histogram)] {
        series.withLock { series in series.map { ($0.key, $0.value) } }.sorted {
            ($0.0.route ?? .max, $0.0.status) < ($1.0.route ?? .max, $1.0.status)
        }
    }
}
