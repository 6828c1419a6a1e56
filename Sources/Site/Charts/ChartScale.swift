internal import Foundation

/// Where values lie on an axis, and the round values that are written beside it.
///
/// Steps are 1, 2 or 5 times a power of ten (P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990), the
/// smallest that covers the values in at most four steps, or five where they lie on both sides of zero.
struct ChartScale: Sendable, Equatable {
    /// Ascending, evenly spaced, at least two; the first and the last are the ends of the axis.
    let ticks: [Double]

    /// - Parameters:
    ///   - values: those that are not finite are left out.
    ///   - includesZero: whether the axis reaches zero, as bars and honest lines need it.
    ///   - wholeNumbers: whether no step is smaller than one.
    init(covering values: some Sequence<Double>, includesZero: Bool = true, wholeNumbers: Bool = false) {
        let finite = values.filter(\.isFinite).map { min(max($0, -1e15), 1e15) }
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
        if includesZero { (low, high) = (min(low, 0), max(high, 0)) }
        if low == high { high = low + 1 }
        var (mantissa, exponent) = Self.step(atLeast: (high - low) / 4)
        if wholeNumbers, exponent < 0 { (mantissa, exponent) = (1, 0) }
        // Multiples are whole, so that 3 × 0.1 comes out as 0.3 and not as a little more.
        let power = pow(10, Double(abs(exponent)))
        func value(_ multiple: Double) -> Double {
            let whole = multiple * mantissa
            return exponent < 0 ? whole / power : whole * power
        }
        let step = value(1)
        let first = (low / step + 1e-9).rounded(.down)
        let last = max((high / step - 1e-9).rounded(.up), first + 1)
        ticks = (0...Int(last - first)).map { value(first + Double($0)) }
    }

    /// 0 at the first tick, 1 at the last; values beyond the ends stay at them.
    func share(of value: Double) -> Double {
        guard let low = ticks.first, let high = ticks.last, value.isFinite else { return 0 }
        return min(max((value - low) / (high - low), 0), 1)
    }

    private static func step(atLeast rough: Double) -> (mantissa: Double, exponent: Int) {
        let exponent = Int(log10(rough).rounded(.down))
        let fraction = rough / pow(10, Double(exponent))
        for mantissa in [1.0, 2, 5] where fraction <= mantissa * (1 + 1e-9) { return (mantissa, exponent) }
        return (1, exponent + 1)
    }
}
