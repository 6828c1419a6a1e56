import Primitives
import Recommending

/// What is learned about: a kind of reward before those who declared one persona.
public struct ChoiceArm: Sendable, Hashable {
    /// `nil`: before everybody else, who declared none or whose level does not let it be read.
    public var persona: String?
    public var kind: String

    public init(persona: String? = nil, kind: String) {
        self.persona = persona
        self.kind = kind
    }
}

/// How often each kind was put first and taken, later days counting for more. Nobody is in it.
public struct ChoiceArms: Sendable, Hashable {
    /// After so many days what was seen counts for half.
    public static let halfLifeDays = 28.0
    /// How many first places the rate over all personas is worth to one persona, m. Rates of a few percent need m·p̂ to be of
    /// the order of one; see `ThompsonSampler`.
    public static let strength = 50.0

    public struct Count: Sendable, Hashable {
        public var shown: Double
        public var taken: Double

        public init(shown: Double = 0, taken: Double = 0) {
            self.shown = shown
            self.taken = taken
        }

        /// A redemption can be counted after its exposure was forgotten.
        var missed: Double { max(0, shown - taken) }
    }

    public private(set) var counts: [ChoiceArm: Count] = [:]

    public init() {}

    /// The arms as they stand on a day.
    ///
    /// - Parameter day: in days since 1970-01-01; later days than it count in full.
    public init(_ tallies: [ChoiceCell: ChoiceCount], on day: Int32) {
        add(tallies, on: day)
    }

    public mutating func add(_ tallies: [ChoiceCell: ChoiceCount], on day: Int32) {
        for (cell, count) in tallies {
            let weight = ExactMathematics.exp(-0.6931471805599453 * Double(max(0, day - cell.day)) / Self.halfLifeDays)
            counts[cell.arm, default: Count()].shown += weight * Double(count.shown)
            counts[cell.arm, default: Count()].taken += weight * Double(count.taken)
        }
    }

    /// What is known of the share of a kind that is taken when it stands first, as a Beta distribution, shrunk to
    /// the rate over all. Those without a persona are one more group: what a persona takes says little about the others.
    public func posteriors(of kinds: [String], for persona: String?) -> [(alpha: Double, beta: Double)] {
        // Personas by their names, so that sums do not depend on the order of a dictionary.
        let known = counts.sorted { ($0.key.kind, $0.key.persona ?? "") < ($1.key.kind, $1.key.persona ?? "") }
        var sampler = ThompsonSampler(personas: 2, kinds: kinds.count, strength: Self.strength, floor: 0)
        for (arm, count) in known {
            guard let kind = kinds.firstIndex(of: arm.kind) else { continue }
            sampler.apply(
                ThompsonSampler.Delta(
                    persona: arm.persona == persona ? 0 : 1, kind: kind, successes: count.taken, failures: count.missed)
            )
        }
        return sampler.posteriors(of: 0)
    }

    /// For each kind the probability that its rate is the highest: what Thompson sampling chooses it with.
    public func shares(of kinds: [String], for persona: String?) -> [Double] {
        ThompsonSampler.propensities(posteriors(of: kinds, for: persona))
    }
}
