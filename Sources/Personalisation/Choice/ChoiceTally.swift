/// What is counted apart: a day, an arm, the held-out members, and how likely the choice was.
public struct ChoiceCell: Sendable, Hashable {
    /// In days since 1970-01-01, of the member's calendar.
    public var day: Int32
    public var arm: ChoiceArm
    public var isHeldOut: Bool
    /// The probability of the kind, in twentieths, rounded down: 0 to 19.
    public var bucket: Int64

    public init(day: Int32, arm: ChoiceArm, isHeldOut: Bool, bucket: Int64) {
        self.day = day
        self.arm = arm
        self.isHeldOut = isHeldOut
        self.bucket = bucket
    }

    public init(day: Int32, _ decision: ChoiceDecision) {
        self.init(
            day: day, arm: decision.arm, isHeldOut: decision.isHeldOut,
            bucket: Self.bucket(of: decision.kindPropensity))
    }

    public static func bucket(of propensity: Double) -> Int64 { Int64(min(19, max(0, propensity * 20))) }
}

/// How often something was put first and taken, once as it is and once with the inverse of its probability: those sums are
/// exact, whatever lies in one bucket.
public struct ChoiceCount: Sendable, Hashable {
    public var shown: Int64
    public var taken: Int64
    /// Σ 1/p over what was shown.
    public var inverseShown: Double
    /// Σ 1/p over what was taken.
    public var inverseTaken: Double

    public init(shown: Int64 = 0, taken: Int64 = 0, inverseShown: Double = 0, inverseTaken: Double = 0) {
        self.shown = shown
        self.taken = taken
        self.inverseShown = inverseShown
        self.inverseTaken = inverseTaken
    }

    public static func shown(_ propensity: Double) -> ChoiceCount {
        ChoiceCount(shown: 1, inverseShown: 1 / propensity)
    }

    public static func taken(_ propensity: Double) -> ChoiceCount {
        ChoiceCount(taken: 1, inverseTaken: 1 / propensity)
    }

    public static func + (one: ChoiceCount, other: ChoiceCount) -> ChoiceCount {
        ChoiceCount(
            shown: one.shown + other.shown, taken: one.taken + other.taken,
            inverseShown: one.inverseShown + other.inverseShown, inverseTaken: one.inverseTaken + other.inverseTaken)
    }

    public static func += (one: inout ChoiceCount, other: ChoiceCount) { one = one + other }
}

extension [ChoiceCell: ChoiceCount] {
    /// The share that would be taken if a kind always stood first before all for whom it was within reach, whatever it was
    /// shown to so far: the self-normalised inverse propensity estimate, Σ taken/p / Σ shown/p (Swaminathan and Joachims, "The
    /// self-normalized estimator for counterfactual learning", NIPS 2015).
    ///
    /// - Returns: `nil` for a kind that was never shown.
    public func selfNormalisedRate(of kind: String) -> Double? {
        let sums = filter { $0.key.arm.kind == kind }.values.reduce(ChoiceCount(), +)
        return sums.inverseShown > 0 ? Swift.min(1, sums.inverseTaken / sums.inverseShown) : nil
    }
}
