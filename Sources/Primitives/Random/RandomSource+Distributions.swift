extension RandomNumberGenerator {
    /// Uniform in [0, 1), with 53 random bits.
    @inlinable
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Uniform in the range; the upper end is not reached.
    @inlinable
    public mutating func uniform(_ range: Range<Double>) -> Double {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// Uniform in 0..<count; the bias is below count / 2^64.
    @inlinable
    public mutating func index(below count: Int) -> Int {
        Int(UInt64(count).multipliedFullWidth(by: next()).high)
    }

    /// True with the given probability.
    @inlinable
    public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    /// One of the elements, all equally likely; `nil` only for none.
    @inlinable
    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[index(below: elements.count)]
    }

    /// Normal, by the polar method (Marsaglia, Bray, SIAM Review 1964).
    public mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0, square < 1 {
                return mean + deviation * x * (-2 * ExactMathematics.log(square) / square).squareRoot()
            }
        }
    }

    /// Exponential: the time to the next of events that come `rate` times per unit of time.
    public mutating func exponential(rate: Double) -> Double {
        -ExactMathematics.log(1 - uniform()) / rate
    }

    /// Poisson: multiplication of uniforms for small means (Knuth), sums of halves for large ones.
    public mutating func poisson(mean: Double) -> Int {
        guard mean > 0 else { return 0 }
        // A sum of independent Poisson numbers is one of the sum of their means.
        if mean > 30 { return poisson(mean: mean / 2) + poisson(mean: mean / 2) }
        let limit = ExactMathematics.exp(-mean)
        var count = 0
        var product = uniform()
        while product > limit {
            count += 1
            product *= uniform()
        }
        return count
    }

    /// Gamma with scale 1 (Marsaglia, Tsang, ACM TOMS 2000).
    ///
    /// - Parameter shape: above zero.
    public mutating func gamma(shape: Double) -> Double {
        if shape < 1 { return gamma(shape: shape + 1) * ExactMathematics.pow(1 - uniform(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let base = 1 + c * x
            guard base > 0 else { continue }
            let v = base * base * base
            if ExactMathematics.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * ExactMathematics.log(v) {
                return d * v
            }
        }
    }

    /// Beta: a share between 0 and 1 with mean a / (a + b).
    public mutating func beta(_ a: Double, _ b: Double) -> Double {
        let x = gamma(shape: a)
        let y = gamma(shape: b)
        return x + y > 0 ? x / (x + y) : 0.5
    }
}
