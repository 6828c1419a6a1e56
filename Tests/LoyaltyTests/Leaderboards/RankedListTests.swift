import Primitives
import TestSupport
import Testing

@testable import Loyalty

struct RankedListTests {
    /// The same thing, done in the plainest way.
    private struct Plain {
        var entries: [RankedList.Entry] = []

        mutating func remove(_ member: MemberID) { entries.removeAll { $0.member == member } }

        mutating func update(_ member: MemberID, score: Int64) {
            remove(member)
            let entry = RankedList.Entry(member: member, score: score)
            entries.insert(entry, at: entries.firstIndex { entry.precedes($0) } ?? entries.endIndex)
        }
    }

    private func member(_ number: UInt64) -> MemberID {
        MemberID(ID128(high: number &* 0x9E37_79B9_7F4A_7C15, low: number))
    }

    @Test(
        "after each of 100,000 random steps the list says what a sorted array says", arguments: [1, 2, 3] as [UInt64])
    func randomWalk(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var list = RankedList()
        var plain = Plain()
        for step in 0..<(seed == 1 ? 100_000 : 20_000) {
            // Now growing, now shrinking: splits and joins on every level.
            let isShrinking = step / 8_000 % 2 == 1
            let one = member(random.next() % 1_500)
            if random.next() % 10 < (isShrinking ? 8 : 2) {
                let was = plain.entries.contains { $0.member == one }
                plain.remove(one)
                #expect(list.remove(one) == was)
            } else {
                let score = Int64(random.next() % (seed == 2 ? 12 : 5_000)) - 3
                plain.update(one, score: score)
                list.update(one, score: score)
            }
            let place = Int(random.next() % 1_500)
            let expected = place < plain.entries.count ? plain.entries[place] : nil
            guard list.count == plain.entries.count, list.entry(at: place) == expected else {
                Issue.record("step \(step), seed \(seed), place \(place)")
                return
            }
            if let expected {
                let better = plain.entries.count { $0.score > expected.score }
                guard list.rank(of: expected.member) == better + 1 else {
                    Issue.record("rank at step \(step), seed \(seed)")
                    return
                }
            }
            if step % 1_000 == 0 { #expect(list.brokenInvariant == nil, "step \(step), seed \(seed)") }
        }
        #expect(list.entries(in: 0..<10_000) == plain.entries)
        #expect(list.brokenInvariant == nil)
    }

    @Test("equal scores share a rank, and the next has theirs after the gap")
    func competitionRanking() {
        var list = RankedList()
        for (number, score) in [(1, 50), (2, 40), (3, 40), (4, 30)] as [(UInt64, Int64)] {
            list.update(member(number), score: score)
        }
        #expect((1...4).map { list.rank(of: member($0)) } == [1, 2, 2, 4])
        #expect(list.rank(of: member(9)) == nil)
        #expect(list.rank(ofScore: 35) == 4)
    }

    @Test("neighbours stand on both sides, as far as there are any")
    func neighbours() {
        var list = RankedList()
        for number in 1...500 as ClosedRange<UInt64> { list.update(member(number), score: Int64(number)) }
        #expect(list.neighbours(of: member(250), each: 2).map(\.score) == [252, 251, 250, 249, 248])
        #expect(list.neighbours(of: member(500), each: 2).map(\.score) == [500, 499, 498])
        #expect(list.neighbours(of: member(1), each: 1).map(\.score) == [2, 1])
        #expect(list.neighbours(of: member(501), each: 1).isEmpty)
    }
}
