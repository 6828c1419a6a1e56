import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// What waits besides points and badges: access, tickets, traits, webhooks, milestones and what went to a shared wallet; and
/// that time does not run while it waits.
@Suite struct HeldThingsTests {
    private static let day: Int64 = 86_400_000

    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.events.append(EventType(id: "page.read", fields: []))
        programme.traits.append(Trait(id: "keen", type: .boolean))
        programme.webhooks.append(Webhook(id: "crm", url: "https://crm.example/hook"))
        programme.units.append(Unit(id: "drop", expires: .after(.days(10), endOf: nil)))
        let first = Int32(CivilDate("2026-11-15")?.daysSinceEpoch ?? 0)
        programme.raffles = [
            Raffle(
                id: "draw", days: DaySpan(first: first, last: first + 20), most: 100,
                prizes: [.init(id: "main", effects: [.award(amount: "1", unit: "ink")])])
        ]
        programme.streaks.append(
            Streak(
                id: "pages", every: .day, measures: [.init(event: "page.read")],
                milestones: [.init(at: 2, effects: [.award(amount: "7", unit: "drop")])]))
        programme.rules.append(
            Rule(
                id: "page", trigger: "page.read",
                effects: [
                    .award(amount: "5", unit: "drop"), .entitlement("early", lasts: .days(30)),
                    .tickets(raffle: "draw", count: 2), .trait("keen", value: .bool(true)), .webhook("crm"),
                ]))
        programme.review = [
            ReviewCheck(
                id: "many", kind: .velocity(event: "page.read", atMost: 3, windowSeconds: 86_400), releaseAfterDays: 12)
        ]
        return programme
    }()

    private func send(_ test: TestEngine, _ count: Int, _ name: String = "p", daysAgo: Int64 = 0) async throws {
        for index in 0..<count {
            _ = try await test.engine.take(
                [
                    test.event(
                        "\(name)\(index)", user: "é", type: "page.read",
                        at: TestEngine.start.adding(milliseconds: -daysAgo * Self.day), fields: [:])
                ], in: test.programme)
        }
    }

    /// What the member has of each kind.
    private func having(_ test: TestEngine) async throws -> [String] {
        let member = try await test.member("é")
        let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
        let raffle = try await test.engine.raffles(of: member, in: test.programme).first
        let drop = summary.balances.first { $0.unit == "drop" }
        return [
            "drop \(drop?.spendable ?? 0)+\(drop?.pending ?? 0)",
            "access \(summary.entitlements["early"] == nil ? "no" : "yes")", "tickets \(raffle?.tickets ?? 0)",
            "keen \(summary.traits["keen"] == .bool(true) ? "yes" : "no")",
        ]
    }

    /// The types of the messages to the webhook, in order.
    private func messages(_ test: TestEngine) async throws -> [String] {
        try await test.database.read { connection in
            try connection.query("SELECT payload FROM outbox WHERE kind = 'webhook/crm' ORDER BY sequence").map { row in
                guard case .string(let type)? = try JSONValue(parsing: try row.blob(0))["type"] else { return "?" }
                return type
            }
        }
    }

    private func decide(_ test: TestEngine, _ releases: Bool) async throws {
        let decided = try await test.engine.decideReviews(
            ReviewFilter(check: "many"), releases: releases, limit: 10, in: test.programme)
        #expect(decided.decided.count == 1)
    }

    @Test func allThatWatchedEventsGiveWaitsAndIsReleased() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await send(test, 3)
            #expect(try await having(test) == ["drop 15+0", "access yes", "tickets 6", "keen yes"])
            #expect(try await messages(test) == ["effect", "effect", "effect"])
            try await send(test, 1, "q")
            #expect(try await having(test) == ["drop 0+20", "access no", "tickets 0", "keen no"])
            // What was sent stays sent; the fourth waits.
            #expect(try await messages(test).count == 3)
            let found = try #require(
                try await test.engine.openReviews(of: test.member("é"), in: test.programme).first)
            #expect(found.held == ["drop": 20])
            // Access four times, eight tickets, one message and a trait.
            #expect(found.others == 14)
            #expect(try await test.verify().differences == [])
            try await decide(test, true)
            #expect(try await having(test) == ["drop 20+0", "access yes", "tickets 8", "keen yes"])
            #expect(try await messages(test) == ["effect", "effect", "effect", "effect"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func aRefusalTakesAllOfItAndTellsWhoWasTold() async throws {
        try await TestEngine.each(Self.programme) { test in
            // Access and a trait from the day before are no part of it.
            try await send(test, 1, "before", daysAgo: 1)
            try await send(test, 4)
            // The day before gave five, and with today it is a streak of two, which waits with today.
            #expect(try await having(test) == ["drop 5+27", "access yes", "tickets 2", "keen yes"])
            try await decide(test, false)
            #expect(try await having(test) == ["drop 5+0", "access yes", "tickets 2", "keen yes"])
            // Yesterday's and three of today's were sent; the three are taken back.
            #expect(
                try await messages(test).sorted() == Array(repeating: "effect", count: 4)
                    + Array(repeating: "reversal", count: 3))
            // What comes late has the same fate.
            try await send(test, 1, "late")
            #expect(try await having(test) == ["drop 5+0", "access yes", "tickets 2", "keen yes"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test(arguments: [71, 72, 73] as [UInt64])
    func orderDoesNotMatter(seed: UInt64) async throws {
        print("held things: seed \(seed)")
        var random = SplitMix64(seed: seed)
        let days = (0..<9).map { _ in Int64.random(in: 0...2, using: &random) }
        func outcome(_ order: [Int]) async throws -> [String] {
            var lines: [String] = []
            try await TestEngine.with(.sqlite, Self.programme) { test in
                for index in order { try await send(test, 1, "e\(index)-", daysAgo: days[index]) }
                lines = try await having(test)
                let cases = try await test.engine.reviews(ReviewFilter(), limit: 10, in: test.programme)
                lines += cases.map { "\($0.found.day) \($0.found.held) \($0.found.others)" }
                #expect(try await test.verify().differences == [])
            }
            return lines
        }
        let orderly = try await outcome(days.indices.sorted { days[$0] > days[$1] })
        #expect(try await outcome(days.indices.shuffled(using: &random)) == orderly, "seed \(seed)")
        #expect(try await outcome(days.indices.sorted { days[$0] < days[$1] }) == orderly, "seed \(seed)")
    }

    @Test func timeStandsStillWhileItWaits() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await send(test, 4)
            // Ten days to live, twelve to wait: it is there when the calendar releases it, and lives ten days from then.
            test.clock.advance(milliseconds: 11 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await having(test).first == "drop 0+20")
            test.clock.advance(milliseconds: 3 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await having(test).first == "drop 20+0")
            test.clock.advance(milliseconds: 8 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await having(test).first == "drop 20+0")
            test.clock.advance(milliseconds: 2 * Self.day)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await having(test).first == "drop 0+0")
            #expect(try await test.verify().differences == [])
        }
    }

    @Test(arguments: [true, false]) func whatWentToASharedWalletComesBackToWait(releases: Bool) async throws {
        var programme = Self.programme
        programme.walletKinds = [WalletKind(id: "household", pools: ["drop"])]
        try await TestEngine.each(programme) { test in
            let member = try await test.member("é")
            let wallet = MemberID(ID128(high: 0xA1, low: 1).asUUID(version: 4))
            let invitation = test.engine.invitationID(SharingCode(ID128(high: 1, low: 9)), in: test.programme)
            _ = try await test.engine.perform(
                .wallet(wallet, .open(kind: "household", invitation: invitation)), member: member, in: test.programme)
            func pooled() async throws -> Int64 {
                try await test.engine.summary(of: wallet, in: test.programme)?.balances.first { $0.unit == "drop" }?
                    .spendable ?? 0
            }
            try await send(test, 3)
            #expect(try await pooled() == 15)
            // Two are spent by the household: they are gone.
            _ = try await test.engine.perform(
                .adjust(unit: "drop", amount: -2, id: ID128(high: 9, low: 9), reason: "spent"), member: wallet,
                in: test.programme)
            try await send(test, 1, "q")
            #expect(try await pooled() == 0)
            #expect(try await having(test).first == "drop 0+18")
            #expect(try await test.verify().differences == [])
            try await decide(test, releases)
            #expect(try await pooled() == (releases ? 18 : 0))
            #expect(try await having(test).first == "drop 0+0")
            #expect(try await test.verify().differences == [])
            // Taken out of memory and read again it is the same.
            try await test.engine.forget(test.programme)
            try await send(test, 1, "later", daysAgo: 1)
            // Yesterday's five, and the milestone of two days with today's.
            #expect(try await pooled() == (releases ? 30 : 5))
            #expect(try await test.verify().differences == [])
        }
    }
}
