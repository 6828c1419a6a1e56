/// Draws of integers and of biased coins whose probabilities are exact fractions.
///
/// Sources: Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (NeurIPS 2020), algorithms 1-3.
/// Loops end with probability one and have no limit: a limit would change the distribution.
extension RandomNumberGenerator {
    /// An integer from 0 to `bound` - 1, each equally likely: draws of just enough bits, refused when too large.
    ///
    /// - Precondition: `bound` is above zero.
    mutating func uniform(below bound: UInt128) -> UInt128 {
        if bound <= UInt128(UInt64.max) { return UInt128(uniform(below: UInt64(bound))) }
        let unused = (bound - 1).leadingZeroBitCount
        while true {
            let draw = (UInt128(next()) << 64 | UInt128(next())) >> UInt128(unused)
            if draw < bound { return draw }
        }
    }

    /// An integer from 0 to `bound` - 1, each equally likely.
    ///
    /// - Precondition: `bound` is above zero.
    mutating func uniform(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "There is no integer below zero to draw.")
        if bound == 1 { return 0 }
        let unused = UInt64((bound - 1).leadingZeroBitCount)
        while true {
            let draw = next() >> unused
            if draw < bound { return draw }
        }
    }

    /// True with probability `numerator` / `denominator`, at most 1.
    mutating func bernoulli(_ numerator: UInt128, _ denominator: UInt128) -> Bool {
        uniform(below: denominator) < numerator
    }

    /// True with exactly the probability that a floating-point number from 0 to 1 stands for: it is a whole number of
    /// units of a power of two, and so many fair bits decide it.
    mutating func bernoulli(exactly probability: Double) -> Bool {
        guard probability > 0 else { return false }
        guard probability < 1 else { return true }
        // probability = significand / 2^53 * 2^(exponent + 1), and the exponent is -1 or less.
        let significand = UInt64(probability.significand * 0x1p52)
        var heads = -1 - Int(probability.exponent)
        while heads > 0 {
            let bits = Swift.min(heads, 64)
            if next() >> UInt64(64 - bits) != 0 { return false }
            heads -= bits
        }
        return next() >> 11 < significand
    }

    /// True with probability e^(-`numerator` / `denominator`).
    mutating func bernoulliExponential(minus numerator: UInt128, over denominator: UInt128) -> Bool {
        var (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        while whole > 0 {
            if !bernoulliExponential(proper: 1, over: 1) { return false }
            whole -= 1
        }
        return rest == 0 || bernoulliExponential(proper: rest, over: denominator)
    }

    /// The same for a fraction of at most 1: the number of successes of Bernoulli(x), Bernoulli(x/2), Bernoulli(x/3), …
    /// before the first failure is even with probability 1 - x + x²/2 - … = e^(-x).
    private mutating func bernoulliExponential(proper numerator: UInt128, over denominator: UInt128) -> Bool {
        var k: UInt64 = 1
        // Bernoulli(x/k) is Bernoulli(1/k) and Bernoulli(x), so that k times the denominator need not fit.
        while uniform(below: k) == 0, numerator == denominator || bernoulli(numerator, denominator) { k += 1 }
        return k % 2 == 1
    }
}
