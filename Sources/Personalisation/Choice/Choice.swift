public import Loyalty
import Primitives

/// A reward that could be put first.
public struct ChoiceCandidate: Sendable, Hashable {
    public var id: String
    public var kind: String
    public var topics: [String]
    /// What it costs this member: the same wherever it stands.
    public var price: Int64
    /// What the member can spend of the same unit.
    public var spendable: Int64
    /// Whether the member may have it now: its condition, which holds age and rights, its stock, its days and its limit.
    public var isOpen: Bool

    public init(id: String, kind: String, topics: [String] = [], price: Int64, spendable: Int64, isOpen: Bool) {
        self.id = id
        self.kind = kind
        self.topics = topics
        self.price = price
        self.spendable = spendable
        self.isOpen = isOpen
    }
}

/// For whom something is put first, as far as it may be read.
public struct ChoiceReader: Sendable, Hashable {
    public var persona: String?
    /// The member's own subjects, with weights from 0 to 1.
    public var topics: [String: Double]
    /// Of the stable share of members before whom nothing is learned from is applied: every candidate is as likely.
    public var isHeldOut: Bool
    /// In days since 1970-01-01.
    public var day: Int32
    /// The same for a member on every day, and told nobody.
    public var phase: UInt64

    public init(
        persona: String? = nil, topics: [String: Double] = [:], isHeldOut: Bool = false, day: Int32, phase: UInt64
    ) {
        self.persona = persona
        self.topics = topics
        self.isHeldOut = isHeldOut
        self.day = day
        self.phase = phase
    }

    /// What a level lets be read: below `persona` nothing of the member, so that what counts is what everybody takes; below
    /// `personal` no subjects of their own.
    public func allowed(at level: PrivacyLevel) -> ChoiceReader {
        var reader = self
        if level < .personal { reader.topics = [:] }
        if level < .persona { reader.persona = nil }
        return reader
    }
}

/// What was put first, and how likely that was.
public struct ChoiceDecision: Sendable, Hashable {
    public var id: String
    public var arm: ChoiceArm
    /// The exact probability with which this reward was chosen.
    public var propensity: Double
    /// The exact probability with which a reward of its kind was chosen: what is logged, because kinds are learned about.
    public var kindPropensity: Double
    public var isHeldOut: Bool
    /// The probability of every candidate that could have been chosen; they sum to one.
    public var propensities: [String: Double]
}

/// Decides which of the rewards within reach is put first. Pure: the same facts and the same seed give the same choice. What
/// a reward costs, what it gives and whether it can be had never depends on it.
///
/// A reward r of kind k is chosen with
///
///     p(r) = (1 - ε) · P(k) · fit(r) / n(k) / Z + ε / n
///
/// where P(k) is Thompson sampling's probability of the kind (Chapelle and Li, "An empirical evaluation of Thompson sampling",
/// NIPS 2011), fit(r) is 1 for a reward about nothing of the member's subjects and up to 1 + ``fitWeight``, n(k) and n count
/// the candidates of the kind and all of them, Z makes the sum one and ε is the floor.
public enum Choice {
    /// ε, the share of choices that are made uniformly.
    public static let floor = 0.04
    /// Between which shares a floor may lie.
    public static let floors = 0.02...0.05
    public static let fitWeight = 2.0
    /// For how many days in a row one reward may stand first while another is within reach.
    public static let mostDays = 6

    /// - Parameters:
    ///   - level: the one that holds for rewards now. What it does not allow is not looked at.
    ///   - floor: ε, moved into ``floors``.
    ///   - shares: for kinds in their order, Thompson sampling's probabilities; see ``ChoiceArms/shares(of:for:)``.
    ///   - seed: decides which candidate it is, and nothing else.
    /// - Returns: `nil` where nothing is within reach.
    public static func decide(
        _ candidates: [ChoiceCandidate], for reader: ChoiceReader, at level: PrivacyLevel, floor: Double = Choice.floor,
        seed: UInt64, shares: (_ kinds: [String], _ persona: String?) -> [Double]
    ) -> ChoiceDecision? {
        let reader = reader.allowed(at: level)
        let admitted = admitted(candidates, reader)
        guard !admitted.isEmpty else { return nil }
        let propensities = propensities(of: admitted, reader, floor: floor, shares: shares)
        var left = Double(SplitMix64.mix(seed) >> 11) / 9_007_199_254_740_992
        var chosen = admitted.count - 1
        for (index, propensity) in propensities.enumerated() {
            left -= propensity
            if left < 0 {
                chosen = index
                break
            }
        }
        let kind = admitted[chosen].kind
        let ofKind = zip(admitted, propensities).reduce(0) { $0 + ($1.0.kind == kind ? $1.1 : 0) }
        return ChoiceDecision(
            id: admitted[chosen].id, arm: ChoiceArm(persona: reader.persona, kind: kind),
            propensity: propensities[chosen], kindPropensity: min(1, ofKind), isHeldOut: reader.isHeldOut,
            propensities: Dictionary(zip(admitted.map(\.id), propensities), uniquingKeysWith: { first, _ in first }))
    }

    /// The same with arms at hand.
    public static func decide(
        _ candidates: [ChoiceCandidate], arms: ChoiceArms, for reader: ChoiceReader, at level: PrivacyLevel,
        floor: Double = Choice.floor, seed: UInt64
    ) -> ChoiceDecision? {
        decide(candidates, for: reader, at: level, floor: floor, seed: seed) { arms.shares(of: $0, for: $1) }
    }

    /// The candidates within reach, by identifier, without those that rest today where others are left.
    static func admitted(_ candidates: [ChoiceCandidate], _ reader: ChoiceReader) -> [ChoiceCandidate] {
        var seen: Set<String> = []
        let open = candidates.filter { $0.isOpen && $0.price <= $0.spendable && seen.insert($0.id).inserted }
            .sorted { $0.id < $1.id }
        guard open.count > 1 else { return open }
        return open.enumerated().filter { !rests(place: $0.offset, reader) }.map(\.element)
    }

    /// Whether a reward rests for a member today: one day in every ``mostDays`` + 1, another one for each member and for
    /// neighbours in the list, so that never all rest and nothing has to be kept about what somebody saw. When what is within
    /// reach changes, the days move, and one reward may stand first for twice as long.
    ///
    /// - Parameter place: among those within reach, by identifier.
    static func rests(place: Int, _ reader: ChoiceReader) -> Bool {
        let period = Int64(mostDays + 1)
        let day = Int64(reader.day) + Int64(reader.phase % UInt64(period)) + Int64(place)
        return ((day % period) + period) % period == 0
    }

    /// How far a reward is about a member's subjects: 1 for not at all.
    static func fit(_ candidate: ChoiceCandidate, _ topics: [String: Double]) -> Double {
        1 + fitWeight * (candidate.topics.compactMap { topics[$0] }.max().map { min(1, max(0, $0)) } ?? 0)
    }

    private static func propensities(
        of candidates: [ChoiceCandidate], _ reader: ChoiceReader, floor: Double,
        shares: ([String], String?) -> [Double]
    ) -> [Double] {
        let even = 1 / Double(candidates.count)
        guard !reader.isHeldOut, candidates.count > 1 else { return candidates.map { _ in even } }
        let floor = min(max(floor, floors.lowerBound), floors.upperBound)
        let kinds = Set(candidates.map(\.kind)).sorted()
        let share = Dictionary(zip(kinds, shares(kinds, reader.persona)), uniquingKeysWith: { first, _ in first })
        let counts = Dictionary(candidates.map { ($0.kind, 1.0) }, uniquingKeysWith: +)
        let weights = candidates.map {
            (share[$0.kind] ?? 0) * fit($0, reader.topics) / (counts[$0.kind] ?? 1)
        }
        let total = weights.reduce(0, +)
        guard total > 0, total.isFinite else { return candidates.map { _ in even } }
        return weights.map { (1 - floor) * $0 / total + floor * even }
    }
}
