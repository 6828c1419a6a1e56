/// Why a rule for what may be published makes no sense.
public enum PartitionProblem: Error, Hashable, Sendable {
    /// ε is below 0.001 for each partition of a member, or above 100.
    case epsilonOutOfRange
    /// δ is not between zero and one.
    case deltaOutOfRange
    /// A member may contribute to no partition.
    case noPartitions
    /// A minimum number of members below 1.
    case minimumTooSmall
}
