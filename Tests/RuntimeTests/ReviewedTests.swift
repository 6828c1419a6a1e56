import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// What a second reading of the ledger found, one test per finding.
@Suite struct ReviewedTests {
    private func ink(_ test: TestEngine, _ unit: String = "ink") async throws -> Int64 {
        let summary = try await test.engine.summary(of: test.member("é"), in: test.programme)
        return summary?.balances.first { $0.unit == unit }.map { $0.spendable + $0.pending } ?? 0
    }

    /// A lot that was called off while a part of it was set aside: the part is called off when it comes back, and the
    /// member goes on.
    @Test func whatComesBackToALotThatWasCalledOffIsCalledOffToo() async throws {
        var programme = SampleProgramme.programme
        programme.units.append(
            Unit(
                id: "order",
                pending: .event(AwaitedEvent(until: "delivered", cancelledBy: "returned", within: .days(14)))))
        programme.events += ["bought", "delivered", "returned"].map { EventType(id: $0, fields: []) }
        programme.rules.append(
            Rule(id: "bought", trigger: "bought", effects: [.award(amount: "10", unit: "order")]))
        programme.rewards.append(Reward(id: "sticker", kind: .preview, unit: "order", price: 4))
        try await TestEngine.each(programme) { test in
            func send(_ id: String, _ type: String) async throws {
                let results = try await test.engine.take(
                    [test.event(id, user: "é", type: type, fields: [:])], in: test.programme)
                #expect(results.map(\.status) == [.accepted])
            }
            try await send("1", "bought")
            try await send("2", "delivered")
            let member = try await test.member("é")
            let hold = test.engine.holdID(programme: test.programme, member: member, key: "sticker")
            _ = try await test.engine.perform(
                .redeem(reward: "sticker", hold: hold), member: member, in: test.programme)
            try await send("3", "returned")
            _ = try await test.engine.perform(.cancel(hold: hold), member: member, in: test.programme)
            try await send("4", "returned")
            #expect(try await ink(test, "order") == 0)
            try await send("5", "welcome")
            #expect(try await test.verify().differences == [])
        }
    }

    /// Two records of one person that both reached a level were rewarded for it twice.
    @Test func aLevelThatBothRecordsReachedIsRewardedOnce() async throws {
        var programme = SampleProgramme.programme
        programme.units.append(Unit(id: "xp", kind: .status))
        programme.rules.append(Rule(id: "xp", trigger: "welcome", effects: [.award(amount: "10", unit: "xp")]))
        programme.rules.removeAll { $0.id == "welcome" }
        programme.levels = LevelLadder(
            unit: "xp", thresholds: .list([10, 20]), reward: [.award(amount: "5", unit: "ink")])
        try await TestEngine.each(programme) { test in
            _ = try await test.engine.take(
                [
                    test.event("1", user: "é", type: "welcome", fields: [:]),
                    test.event("2", anonymous: "device", type: "welcome", fields: [:]),
                ], in: test.programme)
            let user = try #require(ExternalIdentity(.user, "é"))
            let device = try #require(ExternalIdentity(.anonymous, "device"))
            _ = try await test.engine.identify(user: user, previous: device, in: test.programme)
            // Level 1 of both counts once, and together they reached level 2.
            #expect(try await ink(test) == 10)
            #expect(try await test.verify().differences == [])
        }
    }

    /// All new members of one batch joined on the day of its first command.
    @Test func whoIsNewJoinsOnTheDayOfTheirOwnEvent() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let members = [ID128(high: 7, low: 1), ID128(high: 7, low: 2)].map { MemberID($0) }
            let times = [0, 86_400_000].map { TestEngine.start.adding(milliseconds: $0 - 2 * 86_400_000) }
            _ = try await test.engine.take(
                zip(members, times).map { member, time in
                    (member, test.event("\(member)", user: "é", type: "welcome", at: time, fields: [:]).event)
                }, in: test.programme)
            let days = try await test.database.read { connection in
                try members.map { member in
                    try connection.first(
                        "SELECT joined_day FROM member WHERE member_id = ?", [.id(member.value)])?.int(0)
                }
            }
            #expect(try #require(days[1]) - #require(days[0]) == 1)
        }
    }

    /// A reward that opens after a time was told only to members who had something else to do.
    @Test func aNewVersionSaysWhenSomethingFallsDue() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            let updates = ProgrammeUpdates(
                engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
            let id = test.programme
            _ = try await updates.apply(
                ProgrammeDocument.export(SampleProgramme.programme), to: id, basedOn: 0, by: "test")
            _ = try await test.engine.take(
                [test.event("1", user: "é", type: "visit", fields: ["points": .integer(1)])], in: id)
            func due() async throws -> Instant? {
                let member = try await test.member("é")
                return try await test.database.read { connection in
                    try connection.first(
                        "SELECT due_at FROM member_due WHERE member_id = ?", [.id(member.value)])?.instant(0)
                }
            }
            let before = try await due()
            var next = SampleProgramme.programme
            next.rewards[0].after = .days(30)
            _ = try await updates.apply(ProgrammeDocument.export(next), to: id, basedOn: 1, by: "test")
            let after = try await due()
            #expect(before.map { $0 > TestEngine.start.adding(milliseconds: 31 * 86_400_000) } ?? true)
            #expect(after.map { $0 < TestEngine.start.adding(milliseconds: 31 * 86_400_000) } ?? false)
        }
    }
}
