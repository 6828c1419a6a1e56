/// What one member adds to a release: a vector of whole units with an L2 norm of at most ``norm`` units, whatever the
/// member did. So the sensitivity of a sum is exact, in integers, in any order of summing.
public struct BoundedContribution<Key: Hashable & Comparable & Sendable>: Sendable {
    /// How many units make 1.
    public static var norm: UInt64 { 4_096 }

    /// The units by key, all above zero, in ascending order of keys.
    public let units: [(key: Key, units: UInt64)]

    /// Bounds a member's weights: the `partitionsPerMember` heaviest are kept (of equals the first in order), and those
    /// are scaled to a norm of 1, rounding down. It looks at this member alone, so that nobody's contribution depends on
    /// anybody else's.
    public init(_ weights: [Key: UInt32], partitionsPerMember: Int) {
        let kept = weights.filter { $0.value > 0 }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(max(partitionsPerMember, 0))
        // At most 2^32 weights of at most 2^32: the sum of squares is below 2^96, and with 2^30 as factor it still fits.
        let squares = kept.reduce(UInt128(0)) { $0 + UInt128($1.value) * UInt128($1.value) }
        let fine = squares << 30
        let root = DiscreteGaussian.squareRoot(fine)
        // Rounded up, so that the scaled vector is never longer than 1.
        let length = root * root < fine ? root + 1 : root
        units = kept.compactMap { weight in
            let scaled = UInt64((UInt128(weight.value) * UInt128(Self.norm) << 15) / length)
            return scaled > 0 ? (weight.key, scaled) : nil
        }.sorted { $0.key < $1.key }
    }
}
