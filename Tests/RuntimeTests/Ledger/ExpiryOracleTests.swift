import Foundation
import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

/// A program that shares nothing with the product (`checks/expiry_oracle.py`) says the same as the engine of a thousand
/// random histories: lots, expiry, pending, spending order.
@Suite struct ExpiryOracleTests {
    private static let seed: UInt64 = 20_261_128

    @Test(arguments: TestDatabases.engines)
    func anIndependentProgramAgreesOnAThousandHistories(engine: Storage.Engine) async throws {
        print("expiry_oracle.py: seed \(Self.seed)")
        let file = Self.histories(1_000, seed: Self.seed)
        let expected = try await Self.oracle(file)
        let histories = try LedgerCases(file)
        try await TestEngine.with(engine, histories.programme) { test in
            let seen = try await histories.observed(test)
            var looks = 0
            var different = 0
            for (index, example) in histories.cases.enumerated() {
                looks += seen[index].count
                guard seen[index] != expected[index] else { continue }
                different += 1
                if different <= 3 {
                    Issue.record("\(example) \n engine: \(seen[index]) \n oracle: \(expected[index])")
                }
            }
            #expect(different == 0 && looks > 4_000)
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "\(report.differences)")
        }
    }

    /// Both published files as well: the oracle is held against what was worked out by hand.
    @Test(arguments: ["expiry.json", "pending.json"])
    func theProgramAgreesWithTheVectors(name: String) async throws {
        let vectors = try LedgerCases.read(name)
        for (example, seen) in zip(vectors.cases, try await Self.oracle(vectors.file)) {
            let wanted = (example["steps"]?.arrayValue ?? []).compactMap { $0["expect"] }
            #expect(wanted.count == seen.count)
            for (wanted, got) in zip(wanted, seen) {
                for member in wanted.objectValue?.members ?? [] {
                    #expect(got[member.key] == member.value, "\(example["name"]?.stringValue ?? ""): \(member.key)")
                }
            }
        }
    }

    private static func oracle(_ file: JSONValue) async throws -> [[JSONValue]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        return try await TestDatabases.withFolder { folder in
            let path = folder + "/histories.json"
            try Data(file.bytes()).write(to: URL(fileURLWithPath: path))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", "-B", root + "/checks/expiry_oracle.py", path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            return try JSONValue(parsing: bytes)["cases"]?.arrayValue?.map { $0.arrayValue ?? [] } ?? []
        }
    }

    // MARK: Histories

    /// Name, terms, and what may be done with it. Where lots of one expiry are told apart later, nothing is spent: which
    /// of them it came from is not for a history to say.
    private static let units: [(name: String, terms: JSONValue, canSpend: Bool, canMove: Bool)] = [
        ("days", ["expires": "30 days"], true, true), ("month", ["expires": "1 month"], true, true),
        ("to-month", ["expires": ["after": "3 months", "end-of": "month"]], true, true),
        ("to-quarter", ["expires": ["after": "10 days", "end-of": "quarter"]], true, true),
        ("to-half", ["expires": ["after": "2 months", "end-of": "half"]], true, true),
        ("to-year", ["expires": ["after": "1 month", "end-of": "year"]], true, true),
        ("dates", ["expires": ["on": ["02-29", "05-31", "12-31"]]], true, true),
        ("idle", ["expires": ["inactive": "20 days", "reset-by": ["earning", "spending"]]], true, false),
        ("idle-visit", ["expires": ["inactive": "10 days", "reset-by": ["visited"]]], true, false),
        ("idle-any", ["expires": ["inactive": "5 days", "reset-by": ["earning", "visited"]]], true, false),
        ("later", ["pending": "3 days", "expires": "2 months"], true, true),
        ("next-month", ["pending": ["next": "month"]], true, true),
        ("next-quarter", ["pending": ["next": "quarter"]], true, true),
        ("on", ["pending": ["on": ["02-29", "08-15"]], "expires": "24 months"], true, true),
        (
            "order",
            ["pending": ["until": "delivered", "cancelled-by": "returned", "match": "order", "within": "6 days"]],
            false, true
        ),
        (
            "event",
            [
                "pending": ["until": "delivered", "cancelled-by": "returned", "within": "5 days", "then": "cancel"],
                "expires": "1 month",
            ], true, true
        ),
        (
            "order-or-none",
            ["pending": ["until": "delivered", "match": "order", "within": "1 month", "then": "cancel"]], false, true
        ),
    ]
    private static let zones = [
        "Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Australia/Lord_Howe",
        "America/Santiago", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Auckland", "America/St_Johns", "UTC",
    ]

    static func histories(_ count: Int, seed: UInt64) -> JSONValue {
        var random = SplitMix64(seed: seed)
        let cases = (0..<count).map { history($0, using: &random) }
        return [
            "zone": "Europe/Amsterdam", "lateness": "72 hours",
            "units": .object(JSONObject(units.map { ($0.name, $0.terms) })), "cases": .array(cases),
        ]
    }

    private static func history(_ number: Int, using random: inout SplitMix64) -> JSONValue {
        let unit = units[number % units.count]
        let minute: Int64 = 60_000
        var now = (RFC3339.parse("2026-01-01T00:00:00Z") ?? TestEngine.start).adding(
            milliseconds: Int64.random(in: 0..<(2 * 365 * 1_440), using: &random) * minute)
        var steps: [JSONValue] = []
        func text(_ instant: Instant) -> JSONValue { .string(RFC3339.format(instant)) }
        func orders() -> JSONValue { .string("é\(Int.random(in: 0..<4, using: &random))") }
        for _ in 0..<Int.random(in: 10...24, using: &random) {
            let longest = Bool.random(using: &random) ? 600 : 9 * 1_440
            now = now.adding(milliseconds: Int64.random(in: 1...Int64(longest), using: &random) * minute)
            var step: JSONObject = ["at": text(now)]
            if Int.random(in: 0..<4, using: &random) == 0 {
                step["time"] = text(
                    now.adding(milliseconds: -Int64.random(in: 0...(70 * 60), using: &random) * minute))
            }
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<8:
                step["earn"] = .integer(.random(in: 1...40, using: &random))
                if Int.random(in: 0..<5, using: &random) > 0 { step["order"] = orders() }
            case 8..<11 where unit.canSpend:
                step["time"] = nil
                step["spend"] = .integer([5, 20, 60].randomElement(using: &random) ?? 5)
            case 11..<15:
                step["event"] = .string(["delivered", "returned", "visited"].randomElement(using: &random) ?? "")
                if Int.random(in: 0..<5, using: &random) > 0 { step["order"] = orders() }
            case 15 where unit.canMove:
                step["time"] = nil
                step["zone"] = .string(zones.randomElement(using: &random) ?? "UTC")
            default:
                step["time"] = nil
                step["look"] = true
            }
            steps.append(.object(step))
        }
        for days in [1, 12, 80] {
            now = now.adding(milliseconds: Int64(days) * 1_440 * minute)
            steps.append(["at": text(now), "look": true])
        }
        return [
            "name": .string("history \(number)"), "unit": .string(unit.name),
            "zone": .string(zones.randomElement(using: &random) ?? "UTC"),
            "day_start": .string(["00:00", "04:00", "06:30"].randomElement(using: &random) ?? "00:00"),
            "steps": .array(steps),
        ]
    }
}
