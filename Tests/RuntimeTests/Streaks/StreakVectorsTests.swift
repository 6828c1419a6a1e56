import Foundation
import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

/// What `vectors/loyalty/streaks.json` says, and what an independent program says of random histories, is what the engine
/// does.
@Suite struct StreakVectorsTests {
    @Test(arguments: TestDatabases.engines) func thePublishedVectorsHold(kind: Storage.Engine) async throws {
        let cases = try StreakCases(try Repository.json("vectors/loyalty/streaks.json"))
        try await TestEngine.with(kind, try cases.programme()) { test in
            let (failures, expectations) = try await cases.run(on: test)
            #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
            #expect(expectations > 40)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }

    @Test(arguments: TestDatabases.engines) func theOracleAgreesOnAThousandRandomHistories(kind: Storage.Engine)
        async throws
    {
        let seed = Int.random(in: 0..<1_000_000)
        let json = try Repository.run("streaks_oracle.py", ["--count", "1000", "--seed", String(seed)])
        guard let json else {
            #expect(
                ProcessInfo.processInfo.environment["STAMGAST_REQUIRE_CHECKS"] != "1", "There is no python3 to ask.")
            return
        }
        let cases = try StreakCases(json)
        try await TestEngine.with(kind, try cases.programme()) { test in
            let (failures, expectations) = try await cases.run(on: test)
            #expect(failures.isEmpty, "seed \(seed), \(failures.count): \(failures.prefix(10).joined(separator: "\n"))")
            #expect(expectations >= 3_000)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "seed \(seed): \(report.differences.prefix(5))")
        }
    }
}
