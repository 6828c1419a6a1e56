/// Noise on the integers with P(x) proportional to e^(-|x| / scale): a count of sensitivity 1 becomes
/// (1 / scale)-differentially private.
///
/// Drawn exactly, in integers (Canonne, Kamath and Steinke 2020, algorithm 2).
public struct DiscreteLaplace: Hashable, Sendable {
    /// The largest numerator and denominator of a scale.
    public static let largestTerm: UInt64 = 1 << 40

    /// Larger is noisier; ε = sensitivity / scale.
    public let scale: Ratio

    /// - Throws: ``NoiseProblem`` for a scale of zero or with terms above ``largestTerm``.
    public init(scale: Ratio) throws(NoiseProblem) {
        guard scale.numerator > 0 else { throw .zero(field: "scale") }
        guard max(scale.numerator, scale.denominator) <= Self.largestTerm else {
            throw .outOfRange(field: "scale", maximum: Self.largestTerm)
        }
        self.scale = scale
    }

    /// A draw from the system's generator.
    public func sample() -> Int64 {
        var generator = SystemRandomNumberGenerator()
        return sample(using: &generator)
    }

    /// A draw; a seeded generator is for tests and simulations alone.
    public func sample(using generator: inout some RandomNumberGenerator) -> Int64 {
        let (t, n) = (scale.numerator, scale.denominator)
        while true {
            var u = generator.uniform(below: t)
            while !generator.bernoulliExponential(minus: UInt128(u), over: UInt128(t)) {
                u = generator.uniform(below: t)
            }
            var v: UInt128 = 0
            while generator.bernoulliExponential(minus: 1, over: 1) { v += 1 }
            // v times t fits: v is below 2^64 in any run that ends.
            let wide = (v * UInt128(t) + UInt128(u)) / UInt128(n)
            let negative = generator.next() & 1 == 1
            // Zero would come up twice, as +0 and -0. A magnitude beyond Int64 has a probability below e^(-2^22).
            guard !(negative && wide == 0), let magnitude = Int64(exactly: wide) else { continue }
            return negative ? -magnitude : magnitude
        }
    }
}
