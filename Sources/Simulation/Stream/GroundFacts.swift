import Primitives

/// What the planner looks up for every event, as plain arrays.
struct GroundFacts {
    /// By item: length in seconds, publication in milliseconds, main topic, first maker.
    let seconds: [Int32]
    let published: [Int64]
    let topics: [Int]
    let makers: [Int]
    /// By topic: the makers whose main topic it is, as positions in the house.
    private let makersByTopic: [[Int]]
    /// One row for each group.
    private let topicTables: WeightedRows
    private let channelTables: WeightedRows

    init(house: MediaHouse) {
        let positions = Dictionary(
            house.makers.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        seconds = house.items.map { Int32(clamping: $0.seconds) }
        published = house.items.map(\.publishedAt.milliseconds)
        topics = house.items.map { $0.topics.first?.index ?? 0 }
        makers = house.items.map { $0.makers.first.flatMap { positions[$0] } ?? -1 }
        makersByTopic = Topic.allCases.map { topic in
            house.makers.indices.filter { house.makers[$0].topics.first == topic }
        }
        topicTables = WeightedRows(TasteGroup.allCases.map(\.topicWeights))
        channelTables = WeightedRows(TasteGroup.allCases.map(\.channelWeights))
    }

    /// A topic with probability proportional to `SimulatedMember.tastes`.
    func topic(of member: SimulatedMember, using random: inout SplitMix64) -> Int {
        var topic = 0
        // By rejection: the group's weights, kept with the share that the person's tilt is of the largest.
        for _ in 0..<64 {
            topic = topicTables.pickWithin(member.group.rawValue, using: &random)
            if random.chance(SimulatedMember.tilt(member.tilts, topic) / SimulatedMember.largestTilt) { break }
        }
        return topic
    }

    /// A channel with probability proportional to `SimulatedMember.channels`.
    func channel(of member: SimulatedMember, using random: inout SplitMix64) -> Channel {
        var channel = 0
        for _ in 0..<64 {
            channel = channelTables.pickWithin(member.group.rawValue, using: &random)
            if random.chance(SimulatedMember.tilt(member.tilts, 12 + channel) / SimulatedMember.largestTilt) { break }
        }
        return Channel(rawValue: channel) ?? .web
    }

    /// The two makers a person likes best, as positions in the house; -1 for none. They make what the person reads
    /// most.
    func favourites(of member: SimulatedMember) -> (Int, Int) {
        var random = SplitMix64(seed: SplitMix64.seed(member.seed, 6))
        let first = random.pick(makersByTopic[topic(of: member, using: &random)]) ?? -1
        let second = random.pick(makersByTopic[topic(of: member, using: &random)]) ?? -1
        return (first, second)
    }
}
