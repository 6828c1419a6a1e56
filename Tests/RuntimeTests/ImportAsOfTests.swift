import Foundation
import Loyalty
import Primitives
import Settings
import Storage
import Testing
import Vault

@testable import Runtime

/// Imports run on the time of their events: the calendar goes as far as the last one, or as far as somebody says, and
/// never as far as the clock on the wall.
@Suite struct ImportAsOfTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units = [
            Unit(id: "ink", expires: .months(12)), Unit(id: "later", pending: .days(2)),
            Unit(id: "loyalty", kind: .status),
        ]
        return programme
    }()

    private func balance(asOf: Instant?, last: String = "2020-03-01T12:00:00Z") async throws -> (Int64, Int64, Int64) {
        let folder = NSTemporaryDirectory() + "stamgast-as-of-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let home = try await Home.open(
            try Configuration(flags: ["home": folder]), environment: [:], clock: FixedClock(TestEngine.start))
        func run() async throws -> (Int64, Int64, Int64) {
            try await home.install(
                try CompiledProgramme(Self.programme, version: 1, zones: home.engine.zones))
            let events = try ["2020-01-10T12:00:00Z", last].enumerated().map { index, time in
                ImportedEvent(
                    person: ExternalIdentity(.user, "a"),
                    event: IncomingEvent(
                        source: "t", id: "\(index)", type: "visit", time: try #require(RFC3339.parse(time)),
                        fields: ["points": 10]))
            }
            let importer = Importer(home: home, programme: Self.programme.id)
            let report = try await importer.run(events, asOf: asOf)
            #expect(report.accepted == 2)
            let verified = try await Verifier(
                programme: Self.programme.id, compiled: home.engine.host[Self.programme.id]
            ).verify(home.database)
            #expect(verified.differenceCount == 0)
            return try await home.database.read { connection in
                func sum(_ unit: String, _ kind: AccountKind) throws -> Int64 {
                    try connection.first(
                        "SELECT balance FROM account WHERE unit = ? AND kind = ?",
                        [.text(unit), .integer(kind.rawValue)])?.int(0) ?? 0
                }
                return (try sum("ink", .active), try sum("later", .pending), try sum("ink", .expired))
            }
        }
        do {
            let result = try await run()
            await home.close()
            return result
        } catch {
            await home.close()
            throw error
        }
    }

    @Test func theCalendarGoesAsFarAsTheLastEvent() async throws {
        // The clock says 2026: by it everything would be gone.
        #expect(try await balance(asOf: nil) == (20, 2, 0))
    }

    @Test func theCalendarGoesAsFarAsAsked() async throws {
        #expect(try await balance(asOf: RFC3339.parse("2020-03-20T00:00:00Z")) == (20, 0, 0))
        #expect(try await balance(asOf: RFC3339.parse("2021-02-01T00:00:00Z")) == (10, 0, 10))
        #expect(try await balance(asOf: RFC3339.parse("2022-01-01T00:00:00Z")) == (0, 0, 20))
    }

    @Test func anEventSettlesWhatWasOverAtItsOwnTime() async throws {
        #expect(try await balance(asOf: nil, last: "2021-02-01T12:00:00Z") == (10, 2, 10))
    }
}
