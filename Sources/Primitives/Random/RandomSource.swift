/// Where randomness comes from. Decisions never ask: they receive a source, or the numbers themselves.
public protocol RandomSource: RandomNumberGenerator {}

extension SystemRandomNumberGenerator: RandomSource {}

/// SplitMix64: one word of state, every seed is good (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014). For seeding and for short streams derived from a key.
public struct SplitMix64: RandomSource, Sendable {
    @usableFromInline var state: UInt64

    @inlinable
    public init(seed: UInt64) {
        state = seed
    }

    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// The output function alone: a bijection of 64 bits that scatters neighbouring inputs.
    @inlinable
    public static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A seed for a stream of its own, such as one member's: the same parts give the same seed.
    @inlinable
    public static func seed(_ parts: UInt64...) -> UInt64 {
        var seed: UInt64 = 0x5354_414D_4741_5354
        for part in parts { seed = mix(seed ^ part &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019) }
        return seed
    }
}

/// xoshiro256**: fast, 2^256 - 1 steps, for long streams (Blackman, Vigna, "Scrambled linear pseudorandom number
/// generators", ACM TOMS 2021). Not for secrets.
public struct Xoshiro256: RandomSource, Sendable {
    @usableFromInline var s0: UInt64
    @usableFromInline var s1: UInt64
    @usableFromInline var s2: UInt64
    @usableFromInline var s3: UInt64

    /// Fills the state from SplitMix64, as the authors advise.
    public init(seed: UInt64) {
        var seeder = SplitMix64(seed: seed)
        self.init(state: (seeder.next(), seeder.next(), seeder.next(), seeder.next()))
    }

    /// The raw state; at least one word must not be zero.
    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (s0, s1, s2, s3) = state
    }

    @inlinable
    public mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = s3 << 45 | s3 >> 19
        return result
    }
}
