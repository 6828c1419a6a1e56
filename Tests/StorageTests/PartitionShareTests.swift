import Primitives
import Storage
import TestSupport
import Testing

@Suite struct PartitionShareTests {
    static let now = Instant(milliseconds: 1_800_000_000_000)

    /// Servers that come, go and look in any order end with fair shares, and then nothing moves any more.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func sharesBecomeFairAndStayPut(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let partitions = Array(0..<Int.random(in: 0...12, using: &random))
        var nodes = (0..<Int.random(in: 1...5, using: &random)).map { "node-\($0)" }
        var held: [Int: String] = [:]
        func turn(_ owner: String) -> Bool {
            let mine = Set(held.filter { $0.value == owner }.keys)
            let later = Self.now.adding(milliseconds: 1_000)
            let share = PartitionShare.decide(
                partitions: partitions, mine: mine, held: held.mapValues { ($0, later) }, nodes: nodes, owner: owner,
                now: Self.now)
            #expect(share.take.isEmpty || share.give.isEmpty)
            #expect(mine.isSuperset(of: share.give) && mine.isDisjoint(with: share.take))
            for partition in share.take {
                #expect(held[partition] == nil, "took what another holds")
                held[partition] = owner
            }
            for partition in share.give { held[partition] = nil }
            return !share.take.isEmpty || !share.give.isEmpty
        }
        for _ in 0..<3 {
            for _ in 0..<60 { _ = turn(nodes.randomElement(using: &random) ?? "node-0") }
            for _ in 0..<4 { for node in nodes { _ = turn(node) } }
            #expect(Set(held.keys) == Set(partitions), "somebody holds each")
            let counts = nodes.map { node in held.values.count { $0 == node } }
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
            for node in nodes { #expect(!turn(node), "it moves for ever") }
            // One stops and gives back what it held, or another comes.
            if Bool.random(using: &random), nodes.count > 1 {
                let gone = nodes.removeLast()
                held = held.filter { $0.value != gone }
            } else {
                nodes.append("node-\(seed)-\(nodes.count + 10)")
            }
        }
    }

    @Test func whatASilentNodeHeldIsTakenWhenItsLeaseRunsOut() {
        let alive = PartitionShare.decide(
            partitions: [1, 2], mine: [1], held: [1: ("a", Self.now.adding(milliseconds: 5)), 2: ("b", Self.now)],
            nodes: ["a"], owner: "a", now: Self.now)
        #expect(alive == PartitionShare(take: [2]))
        let early = PartitionShare.decide(
            partitions: [1, 2], mine: [1],
            held: [1: ("a", Self.now.adding(milliseconds: 5)), 2: ("b", Self.now.adding(milliseconds: 1))],
            nodes: ["a"], owner: "a", now: Self.now)
        #expect(early == PartitionShare())
    }
}
