public import Primitives

/// Units that are left out of something on purpose, so that its effect can be measured against them.
///
/// A hold-out whose share grows keeps everyone it had.
public struct HoldOut: Hashable, Sendable {
    /// What is held out: a programme, a campaign, a rule.
    public let name: String
    public let share: BasisPoints

    public init(name: String, share: BasisPoints) {
        self.name = name
        self.share = share
    }

    public func contains(_ unit: ID128) -> Bool {
        Assignment.bucket(unit: unit, salt: "holdout:\(name)") < share.value
    }
}
