import Foundation
import Testing

@testable import Recommending

/// Published metrics by hand, and the tables of the project's reference, section 3, on real ratings.
@Suite struct EvaluationTests {
    @Test func metricsByHand() {
        let list: [Int32] = [5, 1, 7, 2]
        #expect(RankingMetrics.recall(list, relevant: [1, 2, 9], relevantCount: 3, at: 3) == 1.0 / 3)
        let gain = 1 / log2(3.0) + 1 / log2(5.0)
        let ideal = 1 + 1 / log2(3.0) + 1 / log2(4.0)
        #expect(abs(RankingMetrics.ndcg(list, relevant: [1, 2, 9], relevantCount: 3, at: 10) - gain / ideal) < 1e-12)
        #expect(RankingMetrics.reciprocalRank(rank: 4, at: 10) == 0.25)
        #expect(RankingMetrics.reciprocalRank(rank: 11, at: 10) == 0)
        #expect(RankingMetrics.hit(rank: 10, at: 10) == 1)
        #expect(RankingMetrics.coverage([[0, 1], [1, 2]], items: 6) == 0.5)
    }

    private static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            environment["STAMGAST_SHARED"] ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let folder = shared + "/data/movietweetings_100k"
        guard !FileManager.default.fileExists(atPath: folder + "/ratings.dat.gz") else { return folder }
        if environment["STAMGAST_REQUIRE_SHARED"] == "1" { return folder }
        print("The tables of real ratings are skipped: there is no \(folder) (STAMGAST_SHARED names where it is).")
        return nil
    }()

    private static func data(_ folder: String) throws -> RatedRows {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", folder + "/ratings.dat.gz"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return RatedRows(
            try text.split(separator: UInt8(ascii: "\n")).map { line in
                let parts = line.split(separator: UInt8(ascii: ":")).map { String(decoding: $0, as: UTF8.self) }
                return (user: parts[0], item: parts[1], time: try #require(Int64(parts[3])))
            })
    }

    /// The last 1,000 stand for the 20,000, which `stamgast evaluate quality` runs: a debug build is slow.
    @Test func tablesOfRealRatings() throws {
        guard let folder = Self.folder else { return }
        let data = try Self.data(folder)
        #expect(data.rows.count == 100_000)
        #expect(data.users.count == 16_554)
        #expect(data.items.count == 10_506)
        let split = StaticSplit(data, trainCount: 80_000)
        #expect(split.testUsers.count == 3_887)
        let now = try #require(split.trainRows.last).time
        func check(_ quality: StaticSplit.Quality, _ recall: Double, _ ndcg: Double, _ name: String) {
            #expect(abs(quality.recall - recall) <= 0.002, "\(name): recall \(quality.recall)")
            #expect(abs(quality.ndcg - ndcg) <= 0.002, "\(name): NDCG \(quality.ndcg)")
        }
        let day = 86_400.0
        func popular(_ halfLife: Double, since: Int64 = .min) -> StaticSplit.Quality {
            split.quality(split.lists(split.popularity(halfLife: halfLife, since: since), now: now))
        }
        check(popular(.infinity), 0.0921, 0.0538, "popularity")
        check(popular(.infinity, since: now - 30 * 86_400), 0.1587, 0.0927, "last 30 days")
        check(popular(day), 0.1678, 0.1206, "decayed 1 d")
        check(popular(2 * day), 0.1678, 0.1194, "decayed 2 d")
        let neighbours = RP3Beta().fit(split.train, threads: 2)
        check(split.quality(split.lists(neighbours)), 0.0844, 0.0529, "RP3beta")
        let ranker = Ranker(neighbours: neighbours, popularity: split.popularity(halfLife: 2 * day), weight: 0.05)
        check(split.quality(split.lists(ranker, now: now)), 0.1678, 0.1193, "mix")
        let table = Prequential(weights: [0, 0.2]).run(data, evaluating: 99_000..<100_000, threads: 2)
        #expect(table[1].hitRate > 0.15)
        #expect(table[1].reciprocalRank > 0.05)
    }
}
