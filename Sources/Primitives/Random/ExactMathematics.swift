/// Logarithm and exponential from additions, multiplications and divisions alone. Those are the same to the last bit on every
/// machine with IEEE 754 arithmetic; a C library's are not, so a simulation that used them would differ between systems.
public enum ExactMathematics {
    private static let ln2High = 6.93147180369123816490e-01
    private static let ln2Low = 1.90821492927058770002e-10

    /// The natural logarithm, within two units in the last place; `-infinity` for zero, `nan` below.
    ///
    /// x = m 2^k with m from √½ to √2, and log m = 2 artanh((m − 1) / (m + 1)) as its series.
    public static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x.isFinite else { return x }
        var exponent = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        let square = s * s
        // |s| is at most 0.1716: the term of s^23 is below 2^-60.
        var sum = 0.0
        var odd = 23.0
        while odd >= 3 {
            sum = (sum + 1 / odd) * square
            odd -= 2
        }
        return exponent * ln2High + (2 * s + (2 * s * sum + exponent * ln2Low))
    }

    /// e^x, within two units in the last place.
    ///
    /// x = k ln 2 + r with |r| at most ½ ln 2, and e^r as its series.
    public static func exp(_ x: Double) -> Double {
        guard x < 709.8 else { return x.isNaN ? x : .infinity }
        guard x > -745 else { return 0 }
        let k = (x / (ln2High + ln2Low)).rounded()
        let r = (x - k * ln2High) - k * ln2Low
        var sum = 1.0
        var n = 16.0
        while n >= 1 {
            sum = 1 + sum * r / n
            n -= 1
        }
        // In two steps: 2^k alone may lie outside the range of normal numbers.
        let half = Int((k / 2).rounded(.down))
        let rest = Int(k) - half
        return sum * Double(sign: .plus, exponent: half, significand: 1)
            * Double(sign: .plus, exponent: rest, significand: 1)
    }

    /// x^y for x above zero or equal to it.
    public static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 { return 1 }
        return x == 0 ? 0 : exp(y * log(x))
    }
}
