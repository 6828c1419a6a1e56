import Foundation
import Loyalty
import Primitives
import Settings
import Storage
import Testing
import Vault

@testable import Runtime

/// The settings `lateness` and `retention` by what they do to a home.
@Suite struct HomePolicyTests {
    private static let now = TestEngine.start

    private func with(
        _ settings: [String: String], _ programme: Programme = SampleProgramme.programme, path: String? = nil,
        _ body: (Home, ProgrammeID) async throws -> Void
    ) async throws {
        let folder = path ?? NSTemporaryDirectory() + "stamgast-policy-" + UUID().uuidString
        defer { if path == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let home = try await Home.open(
            try Configuration(flags: settings.merging(["home": folder]) { first, _ in first }), environment: [:],
            clock: FixedClock(Self.now))
        try await home.install(try CompiledProgramme(programme, version: 1, zones: home.engine.zones))
        do {
            try await body(home, programme.id)
        } catch {
            await home.close()
            throw error
        }
        await home.close()
    }

    private func visit(_ id: String, hoursAgo hours: Int64, user: String = "a") -> EventEnvelope {
        EventEnvelope(
            event: IncomingEvent(
                source: "t", id: id, type: "visit", time: Self.now.adding(milliseconds: -hours * 3_600_000),
                fields: ["points": 3]), user: ExternalIdentity(.user, user), anonymous: nil)
    }

    @Test(arguments: [("72h", 71, 73), ("2h", 1, 3), ("0", 0, 1), ("20d", 479, 481)])
    func anEventFromBeforeTheLatenessWindowWaitsForSomebodyToDecide(
        setting: String, inside: Int64, outside: Int64
    ) async throws {
        try await with(["lateness": setting]) { home, programme in
            let results = try await home.engine.take(
                [visit("1", hoursAgo: inside), visit("2", hoursAgo: outside)], in: programme)
            #expect(results.map(\.status) == [.accepted, .quarantined])
            #expect(results.last?.problem?.code == .tooLate)
            #expect(results.last?.problem?.detail.contains("`lateness`") == true)
            let store = LoyaltyStore(programme: programme)
            let kept = try await home.database.read { try store.quarantined(limit: 10, $0) }
            let id = try #require(kept.first?.id)
            #expect(kept.map(\.code) == ["too-late"])
            // An operator who wants it counted replays it.
            let replayed = try await home.engine.replay(id, in: programme)
            #expect(replayed?.status == .accepted)
            #expect(replayed?.effects.isEmpty == false)
        }
    }

    @Test func aProgrammeThatDeclaresItsLatenessHasThat() async throws {
        var programme = SampleProgramme.programme
        programme.lateness = .hours(10)
        try await with(["lateness": "2h"], programme) { home, programme in
            let results = try await home.engine.take(
                [visit("1", hoursAgo: 9), visit("2", hoursAgo: 11)], in: programme)
            #expect(results.map(\.status) == [.accepted, .quarantined])
        }
    }

    @Test func anImportOnEventTimeIsNeverLate() async throws {
        try await with(["lateness": "0"]) { home, programme in
            let events = [visit("1", hoursAgo: 10_000), visit("2", hoursAgo: 5)].map {
                ImportedEvent(person: $0.user, event: $0.event)
            }
            let report = try await Importer(home: home, programme: programme).run(events)
            #expect(report.accepted == 2)
        }
    }

    @Test func anEventFromTheFutureIsRefusedBeyondASmallTolerance() async throws {
        try await with([:]) { home, programme in
            func event(_ id: String, _ milliseconds: Int64) -> EventEnvelope {
                var envelope = visit(id, hoursAgo: 0)
                envelope.event.time = Self.now.adding(milliseconds: milliseconds)
                return envelope
            }
            let results = try await home.engine.take(
                [event("1", 5 * 60_000), event("2", 5 * 60_000 + 1)], in: programme)
            #expect(results.map(\.status) == [.accepted, .quarantined])
            #expect(results.last?.problem?.code == .inFuture)
        }
    }

    // MARK: Retention

    private func read(_ id: String, hoursAgo hours: Int64) -> EventEnvelope {
        EventEnvelope(
            event: IncomingEvent(
                source: "t", id: id, type: "article.read", time: Self.now.adding(milliseconds: -hours * 3_600_000),
                fields: ["item": "x", "share": .double(0.9), "seconds": 60]), user: ExternalIdentity(.user, "a"),
            anonymous: nil)
    }

    private func kept(_ home: Home) async throws -> Int64? {
        try await home.database.read { try $0.query("SELECT count(*) FROM event").first?.int(0) }
    }

    private func personal(_ home: Home, _ programme: ProgrammeID) async throws {
        let name = try #require(ExternalIdentity(.user, "a"))
        let member = try #require(
            try await home.engine.identities.resolve([name], programme: programme, now: Self.now).first)
        _ = try await home.engine.perform(.profile(ProfileChange(level: .personal)), member: member, in: programme)
    }

    @Test func theOperatorDecidesHowLongRawEventsOfATypeAreKept() async throws {
        for (setting, stays) in [("article.read=0", [Int64(0), 0, 0]), ("article.read=3d", [1, 1, 0])] {
            try await with(["retention": setting]) { home, programme in
                try await personal(home, programme)
                _ = try await home.engine.take([read("1", hoursAgo: 1)], in: programme)
                var counts: [Int64?] = [try await kept(home)]
                for days in [Int64(1), 4] {
                    try await home.forget(programme, at: Self.now.adding(milliseconds: days * 86_400_000))
                    counts.append(try await kept(home))
                }
                #expect(counts == stays.map { $0 }, "\(setting)")
            }
        }
        // The programme says 24 months.
        try await with([:]) { home, programme in
            try await personal(home, programme)
            _ = try await home.engine.take([read("1", hoursAgo: 1)], in: programme)
            try await home.forget(programme, at: Self.now.adding(milliseconds: 4 * 86_400_000))
            #expect(try await kept(home) == 1)
        }
    }

    @Test func theReportSaysWhatIsKeptAndWhatIsDue() async throws {
        let folder = NSTemporaryDirectory() + "stamgast-policy-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func row(_ report: RetentionReport) throws -> RetentionReport.Row {
            try #require(report.rows.first { $0.type == "article.read" })
        }
        try await with([:], path: folder) { home, programme in
            try await personal(home, programme)
            _ = try await home.engine.take([read("1", hoursAgo: 60), read("2", hoursAgo: 2)], in: programme)
            let report = try await home.retentionReport(of: programme, at: Self.now)
            let read = try row(report)
            #expect(read.kept == 2 && read.due == 0 && read.keep[.personal] == .months(24) && !read.isOverridden)
            #expect(read.oldestDay == Self.now.adding(milliseconds: -60 * 3_600_000).milliseconds / 86_400_000)
            #expect(read.purpose == SampleProgramme.programme.events.first { $0.id == "article.read" }?.purpose)
            #expect(report.lastRun == nil && report.isKept)
            #expect(Set(report.rows.map(\.kind)) == [.event, .quarantine, .consentProof])
            #expect(report.rows.filter { $0.kind == .event }.count == SampleProgramme.programme.events.count)
            let later = Self.now.adding(milliseconds: 800 * 86_400_000)
            #expect(try row(await home.retentionReport(of: programme, at: later)).due == 2)
        }
        // A younger setting: due at once, gone with the next run, which says so.
        try await with(["retention": "article.read=2d"], path: folder) { home, programme in
            let before = try await home.retentionReport(of: programme, at: Self.now)
            #expect(try row(before).due == 1 && !before.isKept)
            #expect(try row(before).isOverridden)
            try await home.forget(programme, at: Self.now)
            let after = try await home.retentionReport(of: programme, at: Self.now)
            #expect(try row(after).kept == 1 && after.isKept)
            #expect(after.lastRun == Self.now && after.lastRemoved == 1)
        }
    }

    @Test func aShorterRetentionHoldsForWhatIsKeptAlready() async throws {
        let folder = NSTemporaryDirectory() + "stamgast-policy-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await with([:], path: folder) { home, programme in
            try await personal(home, programme)
            _ = try await home.engine.take([read("1", hoursAgo: 60), read("2", hoursAgo: 2)], in: programme)
            #expect(try await kept(home) == 2)
        }
        try await with(["retention": "article.read=2d,visit=9d"], path: folder) { home, programme in
            try await home.forget(programme, at: Self.now)
            #expect(try await kept(home) == 1)
        }
    }

    @Test func aTypeThatTheProgrammeDoesNotKeepIsKeptWhereTheOperatorSaysSo() async throws {
        try await with(["retention": "visit=1d"]) { home, programme in
            try await personal(home, programme)
            _ = try await home.engine.take([visit("1", hoursAgo: 1)], in: programme)
            #expect(try await kept(home) == 1)
        }
    }
}
