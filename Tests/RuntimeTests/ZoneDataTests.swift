import Foundation
import Loyalty
import Primitives
import Settings
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

/// New rules of time zones: what waits for the start of a day follows them, and every explanation says under which
/// version it was decided.
@Suite struct ZoneDataTests {
    /// Seven months after the twentieth of November it is summer: the rules of `2026b` know none.
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units = [
            Unit(id: "ink", expires: .months(7)), Unit(id: "later", pending: .days(150)),
            Unit(id: "loyalty", kind: .status, expires: .milliseconds(212 * 86_400_000)),
        ]
        return programme
    }()

    /// Four in the morning with and without summer time.
    private static let before = RFC3339.parse("2027-06-20T02:00:00Z") ?? .earliest
    private static let after = RFC3339.parse("2027-06-20T03:00:00Z") ?? .earliest
    private static let between = RFC3339.parse("2027-06-20T02:30:00Z") ?? .earliest

    private static func zones(_ version: String, amsterdam: String = "Europe/Amsterdam", in folder: String) throws
        -> SystemZones
    {
        let own = folder + "/zones-" + version
        for zone in ["Europe", "Asia", "Etc"] {
            try FileManager.default.createDirectory(atPath: own + "/" + zone, withIntermediateDirectories: true)
        }
        let machine = URL(fileURLWithPath: "/usr/share/zoneinfo")
        for (name, source) in [
            ("Europe/Amsterdam", amsterdam), ("Asia/Tokyo", "Asia/Tokyo"), ("Etc/UTC", "Etc/UTC"),
        ] {
            try Data(contentsOf: machine.appending(path: source)).write(to: URL(fileURLWithPath: own + "/" + name))
        }
        try "# version \(version)\n".write(toFile: own + "/tzdata.zi", atomically: true, encoding: .utf8)
        return SystemZones(directory: own)
    }

    /// Two processes of one home, one after the other, with the zone data of each.
    private func each(
        _ body: (_ first: TestEngine, _ second: () async throws -> TestEngine) async throws -> Void
    ) async throws {
        for kind in TestDatabases.engines {
            try await TestDatabases.withFolder { folder in
                let old = try Self.zones("2026a", in: folder)
                // An hour ahead for ever.
                let new = try Self.zones("2026b", amsterdam: "Etc/GMT-1", in: folder)
                try await TestDatabases.with(kind, Home.schemas) { database in
                    try await TestDatabases.with(.sqlite, Vault.schemas) { vault in
                        func open(_ zones: SystemZones) async throws -> TestEngine {
                            try await TestEngine(
                                database: database, vaultDatabase: vault, programme: Self.programme, seed: 5,
                                limits: Pipeline.Limits(), zones: zones)
                        }
                        try await body(try await open(old)) { try await open(new) }
                    }
                }
            }
        }
    }

    private func dates(_ test: TestEngine) async throws -> [String: [Int64?]] {
        try await test.database.read { connection in
            var dates: [String: [Int64?]] = [:]
            for row in try connection.query("SELECT unit, active_at, expires_at FROM lot ORDER BY unit, lot_id") {
                dates[try row.text(0), default: []] += [try row.intOrNil(1), try row.intOrNil(2)]
            }
            return dates
        }
    }

    private func ink(_ test: TestEngine) async throws -> Int64 {
        try await test.database.read {
            try $0.first("SELECT balance FROM account WHERE unit = 'ink' AND kind = 2")?.int(0) ?? 0
        }
    }

    private func earn(_ test: TestEngine) async throws {
        _ = try await test.engine.take(
            [test.event("e1", user: "a"), test.event("e2", user: "a", type: "visit", fields: ["points": 6])],
            in: test.programme)
    }

    @Test func whatWaitsForADayFollowsTheNewRulesAndHoursStay() async throws {
        try await each { first, second in
            #expect(try await ZoneDataUpgrade.carryOut(first.engine, first.programme))
            try await earn(first)
            let old = try await dates(first)
            #expect(old["ink"]?.contains(Self.before.milliseconds) == true)
            #expect(try await first.verify().differenceCount == 0)

            let test = try await second()
            #expect(try await ZoneDataUpgrade.carryOut(test.engine, test.programme))
            let new = try await dates(test)
            #expect(new["ink"] == old["ink"]?.map { $0.map { _ in Self.after.milliseconds } })
            #expect(new["later"]?.first == old["later"]?.first.map { $0.map { $0 + 3_600_000 } })
            #expect(new["loyalty"] == old["loyalty"], "lengths in hours wait for no day")
            #expect(try await test.verify().differenceCount == 0)
            let due = try await test.database.read { try $0.first("SELECT due_at FROM member_due")?.int(0) }
            #expect(due == new.values.joined().compactMap(\.self).min())

            // Another turn changes nothing, nor does another start.
            let dump = try await test.database.read { try LogicalDump.lines($0) }
            #expect(try await Keeper.reschedule(test.engine, test.programme, at: test.clock.now()) == 1)
            #expect(try await !ZoneDataUpgrade.carryOut(test.engine, test.programme))
            #expect(try await test.database.read { try LogicalDump.lines($0) } == dump)

            // Not an hour early, and then at the start of the day.
            let had = try await ink(test)
            #expect(had > 0)
            try await Keeper.settle(test.engine, test.programme, at: Self.between)
            #expect(try await ink(test) == had)
            try await Keeper.settle(test.engine, test.programme, at: Self.after)
            #expect(try await ink(test) == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func withoutItPointsWouldGoAnHourEarly() async throws {
        try await each { first, second in
            try await earn(first)
            let test = try await second()
            try await Keeper.settle(test.engine, test.programme, at: Self.between)
            #expect(try await ink(test) == 0)
        }
    }

    @Test func whatACrashCutOffBeginsAnewAndTheVersionIsRecordedLast() async throws {
        try await each { first, second in
            try await ZoneDataUpgrade.carryOut(first.engine, first.programme)
            try await earn(first)
            _ = try await first.engine.take(
                (0..<3).map { first.event("other-\($0)", user: "user-\($0)") }, in: first.programme)
            let test = try await second()
            // One member was moved, then the process died.
            let one = try await test.member("user-1")
            _ = try await test.engine.submit([
                Command(programme: test.programme, member: one, action: .reschedule, now: test.clock.now())
            ])
            let store = LoyaltyStore(programme: test.programme)
            let names = try await test.database.read { try store.zoneData($0).versions.map(\.name) }
            #expect(names == ["2026a"])
            #expect(Set(try await dates(test)["ink"] ?? []).count == 3, "nil, moved and not")
            let again = try await second()
            #expect(try await ZoneDataUpgrade.carryOut(again.engine, again.programme))
            #expect(Set(try await dates(again)["ink"] ?? []) == [nil, Self.after.milliseconds])
            #expect(
                try await test.database.read { try store.zoneData($0).versions.map(\.name) } == ["2026a", "2026b"])
            #expect(try await again.verify().differenceCount == 0)
        }
    }

    @Test func anExplanationSaysUnderWhichVersionItWasDecided() async throws {
        try await each { first, second in
            let day: Int64 = 86_400_000
            func versions(_ test: TestEngine, _ user: String) async throws -> [[String]] {
                try await test.engine.history(of: test.member(user), in: test.programme, limit: 1).map(\.zoneData)
            }
            func take(_ test: TestEngine, _ id: String, _ user: String) async throws {
                _ = try await test.engine.take([test.event(id, user: user)], in: test.programme)
            }
            try await ZoneDataUpgrade.carryOut(first.engine, first.programme)
            // The second process draws the same random numbers: whoever it meets is known already.
            for user in ["b", "c", "d"] { _ = try await first.member(user) }
            let person = try await first.member("p")
            _ = try await first.engine.perform(
                .profile(ProfileChange(level: .personal)), member: person, in: first.programme)
            first.clock.advance(milliseconds: 10 * day + 1)
            for user in ["a", "p"] { try await take(first, "1-" + user, user) }
            #expect(try await versions(first, "a") == [["2026a"]])
            #expect(try await versions(first, "p") == [["2026a"]])

            let test = try await second()
            test.clock.set(first.clock.now().adding(milliseconds: 3_600_000))
            try await ZoneDataUpgrade.carryOut(test.engine, test.programme)
            for user in ["b", "p"] { try await take(test, "2-" + user, user) }
            // On the day of the change a row that tells its day does not tell the hour of the change either.
            #expect(try await versions(test, "a") == [["2026a", "2026b"]])
            #expect(try await versions(test, "b") == [["2026a", "2026b"]])
            let numbers = try await test.database.read { connection in
                try connection.query(
                    "SELECT DISTINCT zone_data FROM explanation WHERE member_id <> ?", [.id(person.value)]
                ).map { try $0.intOrNil(0) }
            }
            #expect(numbers == [1], "before and after the change alike")
            // Where the time is kept to the millisecond, so is the version.
            let history = try await test.engine.history(of: person, in: test.programme, limit: 10)
            #expect(Set(history.map { $0.zoneData }) == [["2026a"], ["2026b"]])

            test.clock.advance(milliseconds: 10 * day)
            try await take(test, "3-c", "c")
            #expect(try await versions(test, "c") == [["2026b"]])
            // An import tells its own days and was decided now.
            let event = IncomingEvent(
                source: "t", id: "old", type: "article.read", time: Instant(seconds: 1_600_000_000),
                fields: ["item": "x", "share": .double(0.9), "seconds": .integer(60)])
            _ = try await test.engine.take([(try await test.member("d"), event)], in: test.programme)
            #expect(try await versions(test, "d") == [["2026b"]])
        }
    }

    @Test func aHomeThatIsOpenedUnderNewDataMovesWhatWaitsBeforeItAnswers() async throws {
        try await TestDatabases.withFolder { folder in
            let old = try Self.zones("2026a", in: folder)
            let new = try Self.zones("2026b", amsterdam: "Etc/GMT-1", in: folder)
            func with(_ zones: SystemZones, _ body: (Home) async throws -> Void) async throws {
                let home = try await Home.open(
                    try Configuration(flags: ["home": folder + "/home"]), environment: [:],
                    clock: FixedClock(TestEngine.start), zones: zones)
                do { try await body(home) } catch {
                    await home.close()
                    throw error
                }
                await home.close()
            }
            func names(_ home: Home, _ programme: ProgrammeID) async throws -> [String] {
                try await home.database.read {
                    try LoyaltyStore(programme: programme).zoneData($0).versions.map(\.name)
                }
            }
            try await with(old) { home in
                let programme = try await home.install(demo: "avondpost")
                #expect(try await names(home, programme) == ["2026a"], "a programme that is new has its version")
                #expect(home.engine.host.zoneData(of: programme).newest?.name == "2026a")
            }
            for _ in 0..<2 {
                try await with(new) { home in
                    let programme = try #require(home.engine.host.all.first?.id)
                    #expect(try await names(home, programme) == ["2026a", "2026b"])
                    #expect(home.engine.host.zoneData(of: programme).newest?.number == 2)
                }
            }
        }
    }
}
