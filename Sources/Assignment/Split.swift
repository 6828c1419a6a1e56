public import Primitives

/// How the units of one experiment are divided over its arms.
///
/// Coverage is the share of units that take part at all. Raising it moves nobody from one arm to another, so that an
/// experiment can start small; changing weights does.
public struct Split: Hashable, Sendable {
    public struct Arm: Hashable, Sendable {
        public let name: String
        public let weight: BasisPoints

        public init(name: String, weight: BasisPoints) {
            self.name = name
            self.weight = weight
        }
    }

    public let name: String
    public let arms: [Arm]
    public let coverage: BasisPoints

    /// - Parameter arms: their weights add up to 10,000.
    public init(name: String, arms: [Arm], coverage: BasisPoints = .all) throws(AssignmentProblem) {
        guard !arms.isEmpty else { throw .noArms(split: name) }
        var names: Set<String> = []
        for arm in arms {
            guard names.insert(arm.name).inserted else { throw .duplicateName(arm.name) }
        }
        let sum = arms.map(\.weight.value).reduce(0, +)
        guard sum == BasisPoints.all.value else { throw .weightsDoNotAddUp(split: name, sum: sum) }
        self.name = name
        self.arms = arms
        self.coverage = coverage
    }

    /// The unit's arm; `nil` when the unit is not covered.
    public func arm(for unit: ID128) -> Arm? {
        let bucket = Assignment.bucket(unit: unit, salt: "split:\(name)")
        var start = 0
        for arm in arms {
            if bucket < start + arm.weight.value {
                // Each arm fills its stretch from below, so a higher coverage only adds.
                return bucket < start + (arm.weight * coverage).value ? arm : nil
            }
            start += arm.weight.value
        }
        return nil
    }
}
