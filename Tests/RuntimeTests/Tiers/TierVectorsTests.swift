import Foundation
import Primitives
import Storage
import TestSupport
import Testing

/// What `vectors/loyalty/tiers.json` says, and what an independent program says of random histories, is what the engine
/// does.
@Suite struct TierVectorsTests {
    @Test(arguments: TestDatabases.engines) func thePublishedVectorsHold(kind: Storage.Engine) async throws {
        let (failures, expectations) = try await TierCases(try Repository.json("vectors/loyalty/tiers.json")).run(kind)
        #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
        #expect(expectations > 30)
    }

    @Test(arguments: TestDatabases.engines)
    func theOracleAgreesOnAThousandRandomHistories(kind: Storage.Engine) async throws {
        let seed = Int.random(in: 0..<1_000_000)
        let json = try Repository.run("tiers_oracle.py", ["--count", "1000", "--seed", String(seed)])
        guard let json else {
            #expect(
                ProcessInfo.processInfo.environment["STAMGAST_REQUIRE_CHECKS"] != "1", "There is no python3 to ask.")
            return
        }
        let (failures, expectations) = try await TierCases(json).run(kind)
        #expect(failures.isEmpty, "seed \(seed), \(failures.count): \(failures.prefix(10).joined(separator: "\n"))")
        #expect(expectations >= 3_000)
    }
}
