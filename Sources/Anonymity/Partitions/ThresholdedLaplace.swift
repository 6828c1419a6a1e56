internal import Foundation

/// A count of members with discrete Laplace noise, published only *above* a threshold: for a handful of counts where
/// partition selection and noise are to be one step.
///
/// The comparison is `>`. With `>=` the probability that one member shows, δ, would be e^(1/scale) times as large.
public struct ThresholdedLaplace: Hashable, Sendable {
    public let noise: DiscreteLaplace
    public let threshold: Int64

    public init(noise: DiscreteLaplace, threshold: Int64) {
        self.noise = noise
        self.threshold = threshold
    }

    /// The noisy count, or nil when it stays hidden: which of the two reasons hid it is not told. A count of zero is
    /// always hidden, a partition without members does not exist.
    public func publish(count: UInt32, using generator: inout some RandomNumberGenerator) -> Int64? {
        guard count > 0 else { return nil }
        // A sum that does not fit is as far above every threshold, or below it, as the noise is.
        let drawn = noise.sample(using: &generator)
        let (noisy, overflow) = Int64(count).addingReportingOverflow(drawn)
        guard !overflow, noisy > threshold else { return nil }
        return noisy
    }

    /// ε for members who contribute 1 to one count.
    public var epsilon: Double { 1 / noise.scale.value }

    /// The probability that a partition with one member is published: e^(-(threshold - 1)/scale) / (e^(1/scale) + 1), for
    /// a threshold of 1 or more.
    public var delta: Double {
        let scale = noise.scale.value
        return exp(-(Double(threshold) - 1) / scale) / (exp(1 / scale) + 1)
    }
}
