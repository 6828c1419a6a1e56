/// What a randomised hold-out shows of the programme's effect on the share of subscribers who cancel.
public struct ChurnExperiment: Sendable, Hashable {
    /// Subscribers in the programme and held out, and how many of them cancel.
    public var treated: Int
    public var treatedCancel: Int
    public var heldOut: Int
    public var heldOutCancel: Int

    public init(treated: Int, treatedCancel: Int, heldOut: Int, heldOutCancel: Int) {
        self.treated = treated
        self.treatedCancel = treatedCancel
        self.heldOut = heldOut
        self.heldOutCancel = heldOutCancel
    }

    /// The difference of the two shares, treated less held out; `nil` when one of the groups is empty.
    public var estimate: Double? {
        guard treated > 0, heldOut > 0 else { return nil }
        return Double(treatedCancel) / Double(treated) - Double(heldOutCancel) / Double(heldOut)
    }

    /// Its 95 % interval: Newcombe's hybrid score interval for the difference of two proportions (Newcombe 1998,
    /// "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, method 10).
    public var interval: ClosedRange<Double>? {
        guard let estimate else { return nil }
        let (first, other) = (Self.score(treatedCancel, of: treated), Self.score(heldOutCancel, of: heldOut))
        let (one, two) = (Double(treatedCancel) / Double(treated), Double(heldOutCancel) / Double(heldOut))
        func root(_ left: Double, _ right: Double) -> Double { (left * left + right * right).squareRoot() }
        return
            (estimate - root(one - first.lowerBound, other.upperBound - two))...(estimate
            + root(first.upperBound - one, two - other.lowerBound))
    }

    /// Wilson's score interval for one proportion, at 95 %.
    static func score(_ successes: Int, of count: Int) -> ClosedRange<Double> {
        let (n, z) = (Double(count), 1.959963984540054)
        let share = Double(successes) / n
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, centre - half)...min(1, centre + half)
    }
}
