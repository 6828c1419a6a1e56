public import Primitives

/// A unit met its arm, or would have met one had it not been held out. The first exposure is where its outcome starts to
/// count.
public struct Exposure: Hashable, Sendable {
    public let experiment: String
    public let unit: ID128
    /// `nil` when held out.
    public let arm: String?
    /// The hold-out that kept the unit out, if any.
    public let holdOut: String?
    /// Probability of this arm among those who take part, for inverse weighting; `nil` when held out.
    public let propensity: Double?
    public let time: Instant

    public init(
        experiment: String, unit: ID128, arm: String?, holdOut: String?, propensity: Double?, time: Instant
    ) {
        self.experiment = experiment
        self.unit = unit
        self.arm = arm
        self.holdOut = holdOut
        self.propensity = propensity
        self.time = time
    }
}
