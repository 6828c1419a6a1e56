import Primitives

/// What somebody makes of the rewards of a programme.
extension SimulatedMember {
    /// The probability, on a day with a visit, of looking for a reward to take: between 2 % and 40 %, most of them low.
    public var appetite: Double {
        let draw = Double(SplitMix64.mix(seed ^ 0x6170_7065) >> 11) * 0x1p-53
        return 0.02 + 0.38 * draw * draw
    }

    /// How much a reward about these topics is wanted, compared with others: 1 for one about nothing in particular, more
    /// for a topic that is read more than others.
    public func wish(for topics: [String]) -> Double {
        let known = tastes.filter { topics.contains($0.topic.id) }
        guard !known.isEmpty else { return 1 }
        let average = known.map(\.weight).reduce(0, +) / Double(known.count)
        return 0.25 + average * Double(Topic.allCases.count)
    }

    /// What chance says for a member's rewards on a day: whether to look, and which.
    public func rewardDraws(onDay day: Int) -> (looks: Bool, choice: Double) {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 6, UInt64(bitPattern: Int64(day))))
        let looks = random.chance(appetite)
        return (looks, random.uniform())
    }
}
