import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

/// What `vectors/loyalty` says of units is what the engine does, on both databases.
@Suite struct LedgerVectorsTests {
    @Test(arguments: ["expiry.json", "pending.json", "budgets.json"], TestDatabases.engines)
    func theEngineAgreesWithTheVectors(name: String, engine: Storage.Engine) async throws {
        let vectors = try LedgerCases.read(name)
        #expect(vectors.cases.count >= 8)
        try await TestEngine.with(engine, vectors.programme) { test in
            let seen = try await vectors.observed(test)
            for (index, example) in vectors.cases.enumerated() {
                let steps = example["steps"]?.arrayValue ?? []
                let expected = steps.compactMap { $0["expect"] }
                #expect(!expected.isEmpty && expected.count == seen[index].count)
                for (place, (wanted, got)) in zip(expected, seen[index]).enumerated() {
                    for member in wanted.objectValue?.members ?? [] {
                        #expect(
                            got[member.key] == member.value,
                            "\(name): \(example["name"]?.stringValue ?? ""), expectation \(place + 1): \(member.key)")
                    }
                }
            }
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }
}
