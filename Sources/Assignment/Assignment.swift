public import Primitives

/// Places units (members, teams) into buckets, the same ones forever, without storing anything.
///
/// The bucket is `floor(h × 10,000 / 2^64)` where `h` is XXH64 (seed 0) of the salt's UTF-8 bytes, one zero byte, and the
/// unit's sixteen bytes, most significant first. Different salts give independent buckets. Anyone who has an id and a
/// salt can recompute the bucket, in any language.
public enum Assignment {
    public static let bucketCount = 10_000

    /// - Parameter salt: says what is being decided, such as `holdout:programme`.
    /// - Returns: 0 to 9,999, each equally likely.
    public static func bucket(unit: ID128, salt: String) -> Int {
        var salt = salt
        let hash = salt.withUTF8 { text in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 17) { bytes in
                _ = bytes.initialize(fromContentsOf: text)
                bytes[text.count] = 0
                for index in 0..<8 {
                    let shift = UInt64(56 - 8 * index)
                    bytes[text.count + 1 + index] = UInt8(truncatingIfNeeded: unit.high >> shift)
                    bytes[text.count + 9 + index] = UInt8(truncatingIfNeeded: unit.low >> shift)
                }
                return XXHash64.hash(bytes.span)
            }
        }
        return Int(hash.multipliedFullWidth(by: UInt64(bucketCount)).high)
    }
}
