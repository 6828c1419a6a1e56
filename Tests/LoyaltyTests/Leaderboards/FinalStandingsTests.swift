import Primitives
import TestSupport
import Testing

@testable import Loyalty

/// The final standings, page by page, are those of a plain sort.
@Suite struct FinalStandingsTests {
    private static func member(_ number: Int) -> MemberID { MemberID(ID128(high: 1, low: UInt64(number + 1))) }

    private func places(_ standings: FinalStandings, by page: Int) -> [FinalPlace] {
        var (standings, places): (FinalStandings, [FinalPlace]) = (standings, [])
        while case let next = standings.next(page), !next.isEmpty {
            #expect(next.count <= page)
            places += next
        }
        return places
    }

    @Test func pagesDoNotMatter() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for round in 0..<60 {
            let count = 1 + Int(random.next() % 90)
            var list = RankedList()
            var scores: [Int64] = []
            for index in 0..<count {
                let score = 1 + Int64(random.next() % 12)
                scores.append(score)
                list.update(Self.member(index), score: score)
            }
            var board = Leaderboard(id: "b", measure: .points("ink"))
            board.prizes = [(1, 90), (4, 31), (9, 7)].map { reach, amount in
                BoardPrize(reach: .places(reach), reward: [.award(amount: String(amount as Int), unit: "ink")])
            }
            board.ties = round % 2 == 0 ? .each : .split
            let budget: Int64? = round % 3 == 0 ? 140 : nil
            let whole = places(FinalStandings(list, of: board, budget: budget), by: 1_000)
            let note: Comment = "seed \(seed) round \(round)"
            for page in [1, 7] {
                #expect(places(FinalStandings(list, of: board, budget: budget), by: page) == whole, note)
            }
            #expect(whole.map(\.score) == scores.sorted(by: >), note)
            func prize(_ place: Int) -> Int64 { place <= 1 ? 90 : place <= 4 ? 31 : place <= 9 ? 7 : 0 }
            var (left, isSpent) = (budget ?? .max, false)
            for score in Set(scores).sorted(by: >) {
                let tied = whole.filter { $0.score == score }
                let rank = scores.count { $0 > score } + 1
                var amount = prize(rank)
                if board.ties == .split, amount > 0 {
                    amount = (rank..<rank + tied.count).reduce(0) { $0 + prize($1) } / Int64(tied.count)
                }
                if amount * Int64(tied.count) > left { isSpent = true }
                if isSpent { amount = 0 }
                left -= amount * Int64(tied.count)
                #expect(tied.allSatisfy { $0.rank == rank && $0.amount == amount }, note)
            }
        }
    }

    @Test func sumsBeyondAllMeasureDoNotStopIt() {
        var list = RankedList()
        for index in 0..<3 { list.update(Self.member(index), score: 5) }
        var board = Leaderboard(id: "b", measure: .points("ink"))
        board.prizes = [BoardPrize(reach: .places(3), reward: [.award(amount: String(Int64.max), unit: "ink")])]
        board.ties = .split
        #expect(places(FinalStandings(list, of: board, budget: 100), by: 2).allSatisfy { $0.amount == 0 })
    }
}
