internal import Foundation

/// Which partitions (topics, personas, cells of a table) may be published at all, when which there are depends on members:
/// a rare one would otherwise name the person who is in it.
///
/// A partition with n contributing members is published with the largest probability that (ε, δ)-differential privacy
/// allows (Desfontaines, Voss, Gipson and Mandayam, "Differentially private partition selection", 2020):
/// p(0) = 0, p(n) = min(e^ε' p(n-1) + δ', 1 - e^-ε' (1 - p(n-1) - δ'), 1), with ε' = ε / l0 and δ' = δ / l0 for members
/// who contribute to at most l0 partitions. It is the best there is for l0 up to 3, and holds for any.
///
/// With a minimum of k members nothing is published below k, and from there on it is p(n - k + 1): k *and* differential
/// privacy. p(n) with a cut at k would not be private: the step at k would tell the k-th member.
public struct PartitionSelection: Hashable, Sendable {
    public let epsilon: Double
    public let delta: Double
    /// How many partitions one member may contribute to.
    public let partitionsPerMember: Int
    /// k: fewer contributing members are never published.
    public let minimum: Int

    /// p(n) and 1 - p(n), from n = 0 to the first n that is certain. Both, because either alone loses its digits near
    /// the other's end.
    private let table: [(selected: Double, refused: Double)]

    public init(
        epsilon: Double, delta: Double, partitionsPerMember: Int = 1, minimum: Int = 1
    ) throws(PartitionProblem) {
        guard partitionsPerMember > 0 else { throw .noPartitions }
        guard minimum > 0 else { throw .minimumTooSmall }
        guard epsilon >= 1e-3 * Double(partitionsPerMember), epsilon <= 100 else { throw .epsilonOutOfRange }
        guard delta > 0, delta < 1 else { throw .deltaOutOfRange }
        self.epsilon = epsilon
        self.delta = delta
        self.partitionsPerMember = partitionsPerMember
        self.minimum = minimum
        table = Self.table(epsilon / Double(partitionsPerMember), delta / Double(partitionsPerMember))
    }

    /// How likely a partition with so many contributing members is to be published.
    public func probability(members: Int) -> Double {
        let n = members - minimum + 1
        return n < 1 ? 0 : n < table.count ? table[n].selected : 1
    }

    /// The fewest members with whom a partition is published for certain.
    public var certain: Int { table.count + minimum - 2 }

    /// Whether a partition with so many contributing members is published. Ask once and keep the answer.
    func selects(members: Int, using generator: inout some RandomNumberGenerator) -> Bool {
        let n = members - minimum + 1
        guard n > 0 else { return false }
        guard n < table.count else { return true }
        let (selected, refused) = table[n]
        return selected <= 0.5
            ? generator.bernoulli(exactly: selected) : !generator.bernoulli(exactly: refused)
    }

    private static func table(_ epsilon: Double, _ delta: Double) -> [(selected: Double, refused: Double)] {
        // A hair towards "refused": any p(n) between p(n-1) and the bounds is private, so rounding down keeps it exact.
        let down = 1 - 0x1p-48
        let up = 1 + 0x1p-48
        let (growth, decay) = (exp(epsilon) * down, exp(-epsilon) * up)
        var table: [(selected: Double, refused: Double)] = [(0, 1)]
        var (selected, refused) = (0.0, 1.0)
        // At most 2 ln(1 + 1/δ) / ε + 2 steps, which the limits on ε and δ keep below 1.5 million.
        while refused > 0 {
            let grown = growth * selected + delta * down
            let shrunk = refused > delta ? decay * (refused - delta * down) : 0
            if grown < 1, 1 - grown >= shrunk {
                (selected, refused) = (grown, 1 - grown)
            } else {
                (selected, refused) = (1 - shrunk, shrunk)
            }
            table.append((selected, refused))
        }
        return table
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.epsilon == right.epsilon && left.delta == right.delta && left.minimum == right.minimum
            && left.partitionsPerMember == right.partitionsPerMember
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(epsilon)
        hasher.combine(delta)
        hasher.combine(partitionsPerMember)
        hasher.combine(minimum)
    }
}
