import TestSupport
import Testing

@testable import Anonymity

/// Privacy reference 4.4.
@Suite struct PartitionSelectionTests {
    private static let ln2 = 0.6931471805599453

    @Test(
        "The probabilities are the published ones",
        arguments: [
            (ln2, 0.1, 1, [0, 0.1, 0.3, 0.7, 0.9, 1]),
            (2 * ln2, 0.2, 2, [0, 0.1, 0.3, 0.7, 0.9, 1]),
            (
                0.4054651081081644, 0.1, 1,
                [0, 0.1, 0.25, 0.475, 0.716666667, 0.877777778, 0.985185185, 1]
            ),
        ] as [(Double, Double, Int, [Double])])
    func vectors(epsilon: Double, delta: Double, partitions: Int, published: [Double]) throws {
        let selection = try PartitionSelection(epsilon: epsilon, delta: delta, partitionsPerMember: partitions)
        for (members, probability) in published.enumerated() {
            #expect(abs(selection.probability(members: members) - probability) < 1e-9)
        }
    }

    @Test("Tiny probabilities keep their digits")
    func tiny() throws {
        let selection = try PartitionSelection(epsilon: 50, delta: 1e-200)
        #expect(abs(selection.probability(members: 10) / 2.707178e-05 - 1) < 1e-6)
        #expect(selection.probability(members: 11) == 1)
    }

    @Test(
        "One member more changes what is published by ε and δ at most, with k as without",
        arguments: [(1, 1e-6, 1, 1), (0.1, 1e-9, 1, 100), (3, 0.01, 3, 5), (8, 1e-12, 1, 2)])
    func privacy(epsilon: Double, delta: Double, partitions: Int, minimum: Int) throws {
        let selection = try PartitionSelection(
            epsilon: epsilon, delta: delta, partitionsPerMember: partitions, minimum: minimum)
        let growth = exponential(epsilon / Double(partitions))
        let slack = delta / Double(partitions)
        for members in 0...(selection.certain + 2) {
            let (before, after) = (selection.probability(members: members), selection.probability(members: members + 1))
            #expect(before <= after)
            #expect(after <= growth * before + slack + 1e-15)
            #expect(1 - before <= growth * (1 - after) + slack + growth * 1e-15)
        }
        #expect(selection.probability(members: minimum - 1) == 0)
        #expect(selection.probability(members: minimum) <= slack)
        #expect(selection.probability(members: selection.certain) == 1)
        #expect(selection.probability(members: selection.certain - 1) < 1)
    }

    @Test("A cut at k of the plain probabilities would not be private")
    func cutIsNotPrivate() throws {
        let plain = try PartitionSelection(epsilon: 0.5, delta: 1e-6)
        #expect(plain.probability(members: 100) > 1e-6 * 1_000)
        #expect(try PartitionSelection(epsilon: 0.5, delta: 1e-6, minimum: 100).probability(members: 100) <= 1e-6)
    }

    @Test("What is drawn follows the probabilities", arguments: [1, 2, 3, 4])
    func draws(members: Int) throws {
        let selection = try PartitionSelection(epsilon: Self.ln2, delta: 0.1)
        let tally = Tally(draws: 12_000, seed: 0x5EED_9001 + UInt64(members), of: "selection of \(members)") {
            selection.selects(members: members, using: &$0) ? 1 : 0
        }
        #expect(tally.agrees(tally.counts[1] ?? 0, with: selection.probability(members: members)))
        var generator = SeededRandom(seed: 1)
        #expect(!selection.selects(members: 0, using: &generator))
        #expect(selection.selects(members: 5, using: &generator))
    }

    @Test("Terms that make no sense are refused")
    func refusals() {
        #expect(throws: PartitionProblem.epsilonOutOfRange) { try PartitionSelection(epsilon: 0, delta: 0.1) }
        #expect(throws: PartitionProblem.epsilonOutOfRange) { try PartitionSelection(epsilon: .nan, delta: 0.1) }
        #expect(throws: PartitionProblem.deltaOutOfRange) { try PartitionSelection(epsilon: 1, delta: 1) }
        #expect(throws: PartitionProblem.deltaOutOfRange) { try PartitionSelection(epsilon: 1, delta: .nan) }
        #expect(throws: PartitionProblem.noPartitions) {
            try PartitionSelection(epsilon: 1, delta: 0.1, partitionsPerMember: 0)
        }
        #expect(throws: PartitionProblem.minimumTooSmall) {
            try PartitionSelection(epsilon: 1, delta: 0.1, minimum: 0)
        }
    }

    @Test(
        "The thresholded Laplace mechanism has OpenDP's δ",
        arguments: [(10, 3.319e-05), (15, 2.236e-07), (20, 1.507e-09), (25, 1.015e-11)] as [(Int64, Double)])
    func thresholds(threshold: Int64, delta: Double) throws {
        let mechanism = ThresholdedLaplace(noise: try DiscreteLaplace(scale: Ratio(1)), threshold: threshold)
        #expect(abs(mechanism.delta / delta - 1) < 5e-4)
        // The sum over the published distribution, of what is strictly above.
        let sum = ((threshold + 1)...(threshold + 200)).reduce(0.0) { $0 + laplace($1 - 1, scale: 1) }
        #expect(abs(mechanism.delta / sum - 1) < 1e-9)
    }

    @Test("A noisy count equal to the threshold stays hidden")
    func comparison() throws {
        // Noise that is zero but for once in e^1000.
        let mechanism = ThresholdedLaplace(noise: try DiscreteLaplace(scale: Ratio(1, 1_000)), threshold: 10)
        var generator = SeededRandom(seed: 0x5EED_A001)
        for _ in 0..<50 {
            #expect(mechanism.publish(count: 10, using: &generator) == nil)
            #expect(mechanism.publish(count: 11, using: &generator) == 11)
        }
        // Drawn as well as calculated: one member shows with δ, and with >= it would be e times as often.
        let loose = ThresholdedLaplace(noise: try DiscreteLaplace(scale: Ratio(1)), threshold: 3)
        let tally = Tally(draws: 12_000, seed: 0x5EED_A002, of: "threshold 3, one member") {
            loose.publish(count: 1, using: &$0) == nil ? 0 : 1
        }
        #expect(tally.agrees(tally.counts[1] ?? 0, with: loose.delta))
        #expect(!tally.agrees(tally.counts[1] ?? 0, with: loose.delta * exponential(1)))
        let open = ThresholdedLaplace(noise: try DiscreteLaplace(scale: Ratio(1)), threshold: -100)
        #expect(open.publish(count: 0, using: &generator) == nil)
    }
}
