import Foundation
import TestSupport
import Testing

@testable import Recommending

@Suite struct ServingTests {
    @Test func popularityHalvesAndMovesItsReferenceExactly() {
        var popularity = DecayedPopularity(items: 2, halfLife: 10)
        popularity.add(0, at: 0)
        popularity.add(0, at: 10)
        #expect(popularity.score(0, now: 10) == 1.5)
        #expect(popularity.score(0, now: 20) == 0.75)
        // 10,000 half-lives on: the old is gone, nothing overflows.
        popularity.add(1, at: 100_000)
        #expect(popularity.score(1, now: 100_010) == 0.5)
        #expect(popularity.score(0, now: 100_010) == 0)
    }

    @Test func partsMergeToTheWhole() {
        var whole = DecayedPopularity(items: 5, halfLife: 7)
        var parts = [whole, DecayedPopularity(items: 3, halfLife: 7, start: 500)]
        var random = SeededRandom(seed: 3)
        for time in Int64(0)..<2_000 {
            let item = Int32.random(in: 0..<5, using: &random)
            whole.add(item, at: time)
            parts[Int(time % 2)].add(item, at: time)
        }
        parts[0].merge(parts[1])
        for item in Int32(0)..<5 {
            let (a, b) = (parts[0].score(item, now: 2_000), whole.score(item, now: 2_000))
            #expect(abs(a - b) <= 1e-9 * max(1, b), "seed 3, item \(item)")
        }
    }

    /// The short way (rows touched, then popularity's order) against scoring every item.
    @Test func theRankerEqualsScoringEverything() {
        var random = SeededRandom(seed: 5)
        let rows = (0..<3_000).map {
            Interaction(
                user: Int32.random(in: 0..<200, using: &random), item: Int32.random(in: 0..<120, using: &random),
                time: Int64($0))
        }
        let interactions = Interactions(rows, users: 200, items: 120)
        var popularity = DecayedPopularity(items: 120, halfLife: 500)
        for row in rows { popularity.add(row.item, at: row.time) }
        let neighbours = RP3Beta(neighbours: 8).fit(interactions)
        let ranker = Ranker(neighbours: neighbours, popularity: popularity, weight: 0.3)
        var scratch = Ranker.Scratch()
        for user in 0..<200 {
            let history = interactions[user]
            ranker.recommend(history: history, excluding: [7], limit: 10, now: 3_100, scratch: &scratch)
            var affinity = [Float](repeating: 0, count: 120)
            for item in history { for (other, weight) in neighbours.row(Int(item)) { affinity[Int(other)] += weight } }
            let all = (0..<Int32(120)).filter { !history.contains($0) && $0 != 7 }.map { item in
                let score =
                    log(popularity.score(item, now: 3_100) + 1e-4) + 0.3 * log(Double(affinity[Int(item)]) + 1e-4)
                return (item, Float(score))
            }.sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
            #expect(scratch.results.map(\.item) == all.prefix(10).map(\.0), "seed 5, user \(user)")
            for result in scratch.results {
                let weights = history.map { item in
                    neighbours.row(Int(item)).first { $0.item == result.item }?.weight ?? 0
                }
                let most = weights.max() ?? 0
                #expect((result.because == nil) == (most == 0))
                if let because = result.because {
                    #expect(neighbours.row(Int(because)).first { $0.item == result.item }?.weight == most)
                }
            }
        }
    }

    @Test func withoutTheNamedReasonTheItemFalls() throws {
        let neighbours = ItemNeighbours(rows: [[(2, 0.9), (3, 0.1)], [(3, 1)], [], [], []])
        let ranker = Ranker(
            neighbours: neighbours, popularity: DecayedPopularity(items: 5, halfLife: 10), weight: 1)
        let first = try #require(ranker.recommend(history: [0, 1], limit: 3, now: 0).first)
        #expect(first.item == 3)
        #expect(first.because == 1)
        #expect(ranker.recommend(history: [0], excluding: [1], limit: 3, now: 0).map(\.item) == [2, 3, 4])
    }

    @Test func personaListsAreNamesInOrder() {
        let list = PersonaList(counts: [3, -2, 0, 5], everyone: [10, 10, 80, 0], strength: 10, limit: 3)
        #expect(list.items == [2, 3, 0])
    }

    @Test func rulesHold() {
        let rules = EditorialRules(pins: [9], exclusions: [1], perMaker: 1, perTopic: 2)
        let candidates: [EditorialRules.Item] = [
            .init(item: 0, score: 9, maker: 1, topics: [1]), .init(item: 1, score: 8, maker: 2),
            .init(item: 2, score: 7, maker: 1, topics: [2]), .init(item: 3, score: 6, maker: 3, minimumAge: 18),
            .init(item: 4, score: 5, language: "ja"), .init(item: 5, score: 4, availableUntil: 100),
            .init(item: 6, score: 3, topics: [1]), .init(item: 7, score: 2, topics: [1]), .init(item: 9, score: 0),
        ]
        let reader = EditorialRules.Reader(languages: ["nl"])
        let list = rules.list(candidates, outside: [], for: reader, limit: 10, now: 100, seed: 1)
        #expect(list.map(\.item) == [9, 0, 6])
        #expect(list.map(\.origin) == [.pinned, .ranked, .ranked])
        let grown = rules.list(
            candidates, outside: [], for: .init(age: 18, languages: ["nl", "ja"]), limit: 10, now: 99, seed: 1)
        #expect(grown.map(\.item) == [9, 0, 3, 4, 5, 6])
    }

    @Test(arguments: [0, 20, 50, 80])
    func surprisesAreAShareFromOutsideAndRepeatable(percent: Int) {
        let candidates = (0..<40).map { EditorialRules.Item(item: $0, score: Float(100 - $0)) }
        let outside = (20..<90).map { EditorialRules.Item(item: $0) }
        let reader = EditorialRules.Reader(surprise: percent)
        let lists = (0..<20).map {
            EditorialRules().list(candidates, outside: outside, for: reader, limit: 10, now: 0, seed: $0 / 2)
        }
        for list in lists {
            let surprises = list.filter { $0.origin == .surprise }
            #expect(surprises.count == min(50, percent) / 10)
            #expect(surprises.allSatisfy { $0.item >= 40 })
            #expect(list.count == 10)
        }
        for pair in stride(from: 0, to: 20, by: 2) { #expect(lists[pair] == lists[pair + 1]) }
    }

    @Test func diversityPassesOverTheSame() {
        let candidates: [EditorialRules.Item] = [
            .init(item: 0, score: 10, topics: [1]), .init(item: 1, score: 9, topics: [1]),
            .init(item: 2, score: 6, topics: [2]), .init(item: 3, score: 0, topics: [3]),
        ]
        func items(_ diversity: Double) -> [Int32] {
            EditorialRules(diversity: diversity)
                .list(candidates, outside: [], for: .init(), limit: 2, now: 0, seed: 0).map(\.item)
        }
        #expect(items(0) == [0, 1])
        #expect(items(0.5) == [0, 2])
    }

    @Test func coldItemsHaveNeighboursAcrossLanguages() {
        let rows = TopicSimilarity(neighbours: 3).fit([
            .init(topics: ["climate"], title: "Zeespiegel stijgt sneller", language: "nl"),
            .init(topics: ["Climate"], title: "海面上昇が加速", language: "ja"),
            .init(topics: ["sport"], title: "Sneller op de schaats", language: "nl"),
            .init(topics: ["weather"], title: "海面上昇の予測", language: "ja"),
            .init(topics: [], title: "Budget", language: "en"),
        ])
        #expect(rows.row(0).map(\.item) == [1, 2])
        #expect(Set(rows.row(1).map(\.item)) == [0, 3])
        #expect(rows.row(4).isEmpty)
        #expect(TopicSimilarity.words("海面上昇", language: "ja") == ["海面", "面上", "上昇"])
        let filled = ItemNeighbours(rows: [[], [(0, 1)]]).filled(by: rows)
        #expect(filled.row(0).map(\.item) == [1, 2])
        #expect(filled.row(1).map(\.item) == [0])
    }
}
