import Foundation

/// How popular items are now: each interaction counts one and loses half of it every half-life.
///
/// Kept as `w = Σ 2^((t - t0) / h)`, with popularity `w · 2^((t0 - now) / h)`; `t0` moves by whole half-lives long before a
/// number overflows, which is exact.
public struct DecayedPopularity: Sendable, Hashable, Codable {
    /// Seconds; infinite for plain counts.
    public let halfLife: Double
    public private(set) var weights: [Double]
    /// Unix seconds.
    private var reference: Double

    /// - Parameter start: about when the first interaction comes, Unix seconds; only exactness near it depends on it.
    public init(items: Int, halfLife: Double, start: Int64 = 0) {
        self.halfLife = halfLife
        weights = [Double](repeating: 0, count: items)
        reference = Double(start)
    }

    /// Counts an interaction; an item beyond the end makes room.
    public mutating func add(_ item: Int32, at time: Int64, count: Double = 1) {
        if Int(item) >= weights.count {
            weights += [Double](repeating: 0, count: Int(item) + 1 - weights.count)
        }
        if halfLife.isInfinite {
            weights[Int(item)] += count
            return
        }
        var age = (Double(time) - reference) / halfLife
        if age > 128 {
            move(by: age.rounded(.down))
            age = (Double(time) - reference) / halfLife
        }
        weights[Int(item)] += count * exp2(age)
    }

    /// The popularity of an item at a moment.
    public func score(_ item: Int32, now: Int64) -> Double {
        Int(item) < weights.count ? weights[Int(item)] * factor(now: now) : 0
    }

    /// What turns a weight into a popularity at a moment.
    public func factor(now: Int64) -> Double {
        halfLife.isInfinite ? 1 : exp2((reference - Double(now)) / halfLife)
    }

    /// Adds what was counted elsewhere.
    ///
    /// - Precondition: both have the same half-life.
    public mutating func merge(_ other: DecayedPopularity) {
        precondition(halfLife == other.halfLife, "only counts of one half-life can be added")
        if other.weights.count > weights.count {
            weights += [Double](repeating: 0, count: other.weights.count - weights.count)
        }
        if halfLife.isFinite, other.reference > reference {
            move(by: ((other.reference - reference) / halfLife).rounded(.up))
        }
        let factor = halfLife.isInfinite ? 1 : exp2((other.reference - reference) / halfLife)
        for (item, weight) in other.weights.enumerated() { weights[item] += weight * factor }
    }

    /// Moves the reference by whole half-lives.
    private mutating func move(by count: Double) {
        let factor = exp2(-count)
        for item in weights.indices { weights[item] *= factor }
        reference += count * halfLife
    }
}
