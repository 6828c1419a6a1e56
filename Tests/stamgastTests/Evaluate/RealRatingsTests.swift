import Foundation
import Recommending
import Testing

@testable import stamgast

/// `evaluate privacy` on the first ratings of MovieTweetings: a debug build is slow, and the command itself takes all.
@Suite struct RealRatingsTests {
    private static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared =
            environment["STAMGAST_SHARED"] ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let folder = shared + "/data/movietweetings_100k"
        guard !FileManager.default.fileExists(atPath: folder + "/ratings.dat.gz") else { return folder }
        if environment["STAMGAST_REQUIRE_SHARED"] == "1" { return folder }
        print("The attacks on real ratings are skipped: there is no \(folder) (STAMGAST_SHARED names where it is).")
        return nil
    }()

    private static func lines(_ file: String) throws -> [[String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map { $0.components(separatedBy: "::") }
    }

    @Test func attacksOnRealRatings() throws {
        guard let folder = Self.folder else { return }
        let all = RatedRows(
            try Self.lines(folder + "/ratings.dat.gz").map { ($0[0], $0[1], try #require(Int64($0[3]))) })
        let first = RatedRows(
            all.rows.prefix(8_000).map { (all.users[Int($0.user)], all.items[Int($0.item)], $0.time) })
        let films = Dictionary(
            try Self.lines(folder + "/movies.dat.gz").filter { $0.count > 2 }
                .map { ($0[0], $0[2].lowercased().split(separator: "|").map(String.init)) },
            uniquingKeysWith: { first, _ in first })
        var terms = PrivacyEvaluation.Terms()
        terms.ks = [100]
        terms.epsilons = [1, 8]
        terms.linkageTrials = 200
        terms.knownItems = [8]
        terms.voteDraws = 200
        // Membership learns a recommender for each shadow: the command does that.
        terms.leastHistory = .max
        let evaluation = try PrivacyEvaluation(EvaluationData(rows: first, films: films), terms: terms)
        for guarantee in ["G2", "G3", "G6"] {
            // Those who get the generic persona are few here, and they are alike: only the whole set judges their gap.
            let rows = evaluation.rows.filter { $0.guarantee == guarantee && !$0.measure.contains("generic persona") }
            #expect(!rows.isEmpty && rows.allSatisfy { $0.passes != false }, "\(rows.map(PrivacyEvaluation.line))")
        }
        for row in evaluation.rows where row.measure.hasPrefix("tracing AUC at") {
            #expect(row.passes == true && (row.unprotected ?? 0) > 0.7, "\(PrivacyEvaluation.line(row))")
        }
        for row in evaluation.rows where row.guarantee == "G6" { #expect((row.unprotected ?? 0) > 0.5) }
    }
}
