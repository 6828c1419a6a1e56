import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// The sums of measures are what members' days add up to, whatever happens to members.
@Suite struct MeasureSumTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.lateness = .days(90)
        var nudge = Rule(id: "nudge", trigger: "visit")
        nudge.holdoutBasisPoints = 4_000
        programme.rules.append(nudge)
        programme.traits.append(Trait(id: "quarter", type: .text))
        programme.measures = [
            Measure(
                id: "depth", event: "article.read", condition: "event.share > 0.5", baselineWeeks: 1, minimum: 5,
                group: "quarter", against: "nudge")
        ]
        return programme
    }()

    private static func read(_ test: TestEngine, _ id: String, _ user: String, day: Int, share: Double) -> EventEnvelope
    {
        test.event(
            id, user: user, at: TestEngine.start.adding(milliseconds: Int64(day) * 86_400_000),
            fields: ["item": "é-1", "share": .double(share), "seconds": .integer(60)])
    }

    private static let first = Int32(CivilDate("2026-11-20")?.daysSinceEpoch ?? 0)

    /// Everybody reads on twenty days, deeper as time goes.
    private static func live(_ test: TestEngine, users: Int, seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        var events: [EventEnvelope] = []
        for user in 0..<users {
            for day in 0..<20 {
                let share = Double.random(in: 0..<1, using: &random) + (day < 7 ? 0 : 0.2)
                events.append(read(test, "\(user)-\(day)", "u\(user)", day: day - 20, share: min(1, share)))
            }
        }
        events.shuffle(using: &random)
        for start in stride(from: 0, to: events.count, by: 40) {
            _ = try await test.engine.take(Array(events[start..<min(start + 40, events.count)]), in: test.programme)
        }
    }

    private static func figures(_ test: TestEngine) async throws -> MeasureFigures {
        let compiled = try #require(test.engine.host[test.programme])
        return try await test.engine.figures(of: compiled.programme.measures[0], in: compiled)
    }

    private static func rows(_ test: TestEngine) async throws -> Int64 {
        try await test.database.read {
            try $0.first("SELECT count(*) FROM measure_sum", [])?.int(0) ?? -1
        }
    }

    @Test(arguments: TestDatabases.engines)
    func sumsFollowEventsTraitsMergesAmendmentsAndErasure(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            #expect(try await Self.figures(test).all == nil)
            try await Self.live(test, users: 16, seed: 5)
            let all = try #require(try await Self.figures(test).all)
            #expect(all.members == 16 && all.change > 0)
            #expect(try await test.verify().differenceCount == 0)

            for user in 0..<16 {
                let quarter = user < 6 ? "north" : "søuth\u{0}"
                _ = try await test.engine.perform(
                    .profile(ProfileChange(traits: ["quarter": .string(quarter)])), member: test.member("u\(user)"),
                    in: test.programme)
            }
            let groups = try await Self.figures(test).groups
            func members(_ group: String) -> Int64 { (groups[group] ?? nil)?.members ?? 0 }
            #expect(members("north") == 6)
            #expect(members("søuth\u{0}") == 10)
            #expect(try await test.verify().differenceCount == 0)

            // One moves away from their group: five are left, and those are enough.
            _ = try await test.engine.perform(
                .profile(ProfileChange(traits: ["quarter": .null])), member: test.member("u0"), in: test.programme)
            // One person was two records, one event was another, and one goes.
            _ = try await test.engine.perform(
                .merge(from: test.member("u15")), member: test.member("u14"), in: test.programme)
            let original = Self.read(test, "3-2", "u3", day: -18, share: 0.1).event
            _ = try await test.engine.perform(
                .amend(
                    Amendment(
                        original: original,
                        claim: test.engine.claim(programme: test.programme, source: "test", id: "3-2"), corrected: nil)),
                member: test.member("u3"), in: test.programme)
            try await test.erasure.erase(test.member("u1"), in: test.programme, by: .server)
            #expect(try await Self.figures(test).all?.members == 14)
            #expect(try await test.verify().differenceCount == 0)

            // A cell that nobody is in goes with its name.
            for user in 2..<6 {
                try await test.erasure.erase(test.member("u\(user)"), in: test.programme, by: .server)
            }
            let names = try await test.database.read {
                try $0.query("SELECT part FROM measure_sum ORDER BY part", []).map { try $0.text(0) }
            }
            #expect(!names.contains("\"north\""), "\(names)")
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// A trait may be set by what somebody else did: a friend came to stay.
    @Test(arguments: TestDatabases.engines)
    func aTraitThatAFriendBroughtMovesTheSums(kind: Storage.Engine) async throws {
        var programme = Self.programme
        programme.events.append(EventType(id: "paid", fields: []))
        programme.referral = Referral(
            id: "friends", link: "https://post.example/?friend={code}", claim: 10, qualifies: .init(event: "paid"),
            within: 30, hold: 5, advocate: [.trait("quarter", value: .string("north"))])
        try await TestEngine.with(kind, programme) { test in
            _ = try await Self.figures(test)
            try await Self.live(test, users: 6, seed: 4)
            func send(_ type: String) async throws {
                _ = try await test.engine.take(
                    [test.event(type, user: "friend", type: type, fields: [:])], in: test.programme)
            }
            try await send("welcome")
            _ = try await test.engine.perform(
                .referral(.claim(advocate: try await test.member("u0"))), member: try await test.member("friend"),
                in: test.programme)
            try await send("paid")
            // What may still come in late is waited for.
            for days in [100, 1] as [Int64] {
                test.clock.advance(milliseconds: days * 86_400_000)
                try await Keeper.tendReferrals(test.engine, test.programme, at: test.clock.now())
            }
            #expect(try await Self.figures(test).groups.keys.sorted() == ["north"])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aSumThatIsOffIsFound() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            _ = try await Self.figures(test)
            try await Self.live(test, users: 6, seed: 8)
            try await test.database.write {
                _ = try $0.execute("UPDATE measure_sum SET since = since + 1 WHERE part = 'all'", [])
            }
            let report = try await test.verify()
            #expect(report.differences.map(\.kind) == [.measureSum])
        }
    }

    /// A home from before there were sums, or a measure under other terms: added up anew by whoever asks first.
    @Test(arguments: TestDatabases.engines)
    func sumsUnderOtherTermsAreAddedUpAnew(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            try await Self.live(test, users: 9, seed: 3)
            try await test.database.write {
                _ = try $0.execute("DELETE FROM measure_book", [])
                _ = try $0.execute("DELETE FROM measure_sum", [])
            }
            #expect(try await Self.figures(test).all?.members == 9)
            var changed = Self.programme
            changed.measures[0].baselineWeeks = 2
            test.engine.host.put(try CompiledProgramme(changed, version: 2, zones: test.engine.zones))
            let two = try #require(try await Self.figures(test).all)
            #expect(two.members == 9)
            #expect(try await test.verify().differenceCount == 0)
            changed.measures = []
            test.engine.host.put(try CompiledProgramme(changed, version: 3, zones: test.engine.zones))
            try await test.engine.renewMeasures(of: test.programme)
            #expect(try await Self.rows(test) == 0)
        }
    }
}
