import Primitives
import Testing

/// The benchmark as a program: what it measures and the shape of its JSON, not how fast this machine is.
@Suite(.serialized) struct BenchTests {
    /// The figures that are promised in docs/reference/performance.md; what follows a dot in a name may be a size.
    private static let names = [
        "loyalty.postings.lots", "loyalty.postings.expiry", "loyalty.redemption.http.open300.p95",
        "loyalty.redemption.http", "loyalty.leaderboard.update.members5000", "loyalty.leaderboard.rank.members5000",
        "loyalty.entitlement.decide", "loyalty.entitlement.in_process", "loyalty.entitlement.http",
        "loyalty.entitlement.http.open300.p99", "loyalty.token.verify", "loyalty.token.sign",
        "loyalty.backtest.events", "loyalty.measure.figures.members2000", "loyalty.measure.renewal.members2000",
    ]

    @Test func theFiguresOfLoyaltyHaveNamesUnitsAndLimits() async throws {
        try await Binary.withFolder { folder in
            let run = try await Binary.run("bench", "loyalty", "--quick", "--json", "--folder", folder)
            #expect(run.status == 0, "\(run.errors)")
            let results = try #require(run.json?.arrayValue, "\(run.output)")
            #expect(results.compactMap { $0["name"]?.stringValue } == Self.names)
            for result in results {
                let name = result["name"]?.stringValue ?? ""
                let keys = Set(result.objectValue?.members.map(\.key) ?? [])
                #expect(
                    keys == ["name", "value", "unit", "limit", "ratio", "limited_by", "details"], "\(name): \(keys)")
                #expect(result["value"]?.doubleValue ?? 0 > 0, "\(name)")
                #expect(result["unit"]?.stringValue?.isEmpty == false, "\(name)")
                // A limit stands with what it is.
                let isLimited = result["limit"] != .null
                #expect(isLimited == (result["limited_by"] != ""), "\(name)")
                #expect(isLimited == (result["ratio"] != .null), "\(name)")
            }
            let redemption = results.first { $0["name"] == "loyalty.redemption.http.open300.p95" }
            for percentile in ["p50_ms", "p95_ms", "p99_ms"] {
                #expect(redemption?["details"]?[percentile]?.doubleValue ?? 0 > 0)
            }
        }
    }

    @Test func onlyWhatWasAskedForIsMeasured() async throws {
        try await Binary.withFolder { folder in
            let run = try await Binary.run(
                "bench", "loyalty", "--quick", "--json", "--only", "loyalty.token", "--folder", folder)
            #expect(
                run.json?.arrayValue?.compactMap { $0["name"]?.stringValue } == [
                    "loyalty.token.verify", "loyalty.token.sign",
                ])
        }
    }
}
