import Loyalty
public import Primitives

/// What somebody makes of a programme.
extension SimulatedMember {
    /// The probability, on a day with a visit, of looking for a reward to take: between 2 % and 40 %, most of them low.
    public var appetite: Double {
        let draw = Double(SplitMix64.mix(seed ^ 0x6170_7065) >> 11) * 0x1p-53
        return 0.02 + 0.38 * draw * draw
    }

    /// How much a reward about these subjects is wanted, compared with others: 1 for one about nothing in particular, more
    /// for a subject that is liked more than others.
    public func wish(for topics: [String]) -> Double {
        let known = tastes.filter { topics.contains($0.subject) }
        guard !known.isEmpty else { return 1 }
        let average = known.map(\.weight).reduce(0, +) / Double(known.count)
        return 0.25 + average * Double(habits.behaviour.subjects.count)
    }

    /// What chance says for a member's rewards on a day: whether to look, and which.
    public func rewardDraws(onDay day: Int) -> (looks: Bool, choice: Double) {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 6, UInt64(bitPattern: Int64(day))))
        let looks = random.chance(appetite)
        return (looks, random.uniform())
    }

    /// The traits that the person states.
    public var traits: [(id: String, value: JSONValue)] {
        habits.behaviour.traits.enumerated().compactMap { place, trait in
            var random = SplitMix64(seed: SplitMix64.seed(seed, 9, UInt64(place)))
            guard random.chance(trait.share) else { return nil }
            switch trait.value {
            case .tastes(let count):
                let best = tastes.sorted { $0.weight > $1.weight }.prefix(count)
                return (trait.id, .array(best.map { .string($0.subject) }))
            case .oneOf(let values):
                var rest = random.uniform() * values.reduce(0) { $0 + $1.weight }
                for one in values {
                    rest -= one.weight
                    if rest < 0 { return (trait.id, .string(one.id)) }
                }
                return values.last.map { (trait.id, .string($0.id)) }
            }
        }
    }

    /// Whether the person lets the house remember: the level `personal`.
    public var isPersonal: Bool {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 10))
        return random.chance(habits.behaviour.personal)
    }

    /// The challenges that the person joins on the first day, with the goal it sets itself.
    public var joins: [(challenge: String, goal: Int64?)] {
        habits.behaviour.joins.enumerated().compactMap { place, join in
            var random = SplitMix64(seed: SplitMix64.seed(seed, 11, UInt64(place)))
            guard random.chance(join.share) else { return nil }
            return (
                join.challenge,
                join.goal.map { $0.lowerBound + Int64(random.index(below: Int($0.upperBound - $0.lowerBound) + 1)) }
            )
        }
    }
}
