import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// A finished period stays as it was fixed, and its prizes are given once.
@Suite struct FinishedBoardTests {
    static func programme(ties: BoardTies = .each, budget: Int64? = nil) -> Programme {
        var programme = SampleProgramme.programme
        programme.units.append(Unit(id: "prize"))
        programme.traits = [Trait(id: "region", type: .text)]
        var week = Leaderboard(id: "week", measure: .points("ink"), every: .week, minimum: 3)
        week.prizes = [
            BoardPrize(reach: .places(1), reward: [.award(amount: "100", unit: "prize"), .badge("reader")]),
            BoardPrize(reach: .places(3), reward: [.award(amount: "40", unit: "prize")]),
            BoardPrize(reach: .share(5_000), reward: [.award(amount: "10", unit: "prize")]),
        ]
        week.ties = ties
        week.budget = budget
        var regions = Leaderboard(id: "regions", measure: .points("ink"), every: .month, minimum: 2)
        regions.cohort = .trait("region", values: ["north", "south"])
        programme.leaderboards = [regions, week]
        programme.rules = [
            Rule(
                id: "visit", trigger: "visit", effects: [.award(amount: "event.points", unit: "ink")],
                limits: [Limit(kind: .amount(60), period: .day)]),
            Rule(
                id: "welcome", trigger: "welcome", effects: [.award(amount: "40", unit: "ink")], budget: "welcome"),
        ]
        programme.lateness = .days(30)
        return programme
    }

    private func join(_ test: TestEngine, _ users: [String], _ board: String = "week") async throws {
        for user in users {
            _ = try await test.engine.perform(
                .board(board, .join), member: try await test.member(user), in: test.programme)
        }
    }

    private func visit(_ test: TestEngine, _ user: String, _ points: Int64, _ id: String, at: Instant? = nil)
        async throws
    {
        _ = try await test.engine.take(
            [test.event(id, user: user, type: "visit", at: at, fields: ["points": .integer(points)])],
            in: test.programme)
    }

    private func prize(_ test: TestEngine, _ user: String) async throws -> Int64 {
        let summary = try await test.engine.summary(of: try await test.member(user), in: test.programme)
        return summary?.balances.first { $0.unit == "prize" }?.spendable ?? 0
    }

    private func time(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }

    @Test func theStandingsAreFixedTwelveHoursAfterTheLatestZoneAndPrizesGivenOnce() async throws {
        try await TestEngine.each(Self.programme()) { test in
            try await join(test, ["a", "b", "c", "d"])
            for (user, points) in [("a", 50), ("b", 30), ("c", 20), ("d", 10)] as [(String, Int64)] {
                try await visit(test, user, points, user)
            }
            // The week ends on Sunday 22; in the latest zone at 16:00 UTC on Monday (12 h, and a day that starts at four).
            test.clock.set(try time("2026-11-24T03:59:59Z"))
            #expect(try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now()) == 0)
            #expect(
                try await test.engine.finishedPeriods(of: "week", top: 10, limit: 9, in: test.programme)?.count == 0)
            test.clock.set(try time("2026-11-24T04:00:00Z"))
            for _ in 0..<2 {
                _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
                try await test.engine.forget(test.programme)
            }
            #expect(try await prize(test, "a") == 100)
            #expect(try await prize(test, "b") == 40)
            #expect(try await prize(test, "c") == 40)
            #expect(try await prize(test, "d") == 0)
            // What comes late changes counters, not the standings.
            try await visit(test, "d", 60, "late", at: try time("2026-11-20T10:00:00Z"))
            _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
            let periods = try #require(
                try await test.engine.finishedPeriods(
                    of: "week", member: try await test.member("d"), top: 10, limit: 9, in: test.programme))
            #expect(periods.count == 1)
            #expect(periods[0].own?.rank == 4 && periods[0].own?.score == 10)
            #expect(periods[0].top.map(\.score) == [50, 30])
            #expect(periods[0].prizesGiven == 3 && periods[0].prizesOpen == 0 && periods[0].prizeTotal == 180)
            let history = try await test.engine.history(
                of: try await test.member("a"), in: test.programme, before: nil, limit: 50)
            #expect(history.contains { $0.kind == .notice && $0.subject == "prize" && $0.amount == 1 })
            #expect(history.contains { $0.kind == .award && $0.source == "board/week" && $0.amount == 100 })
            #expect(history.contains { $0.kind == .badge && $0.subject == "reader" })
            #expect(try await test.verify().differences == [])
            // Whoever leaves is gone from finished periods too, at once; ranks stay.
            _ = try await test.engine.perform(
                .board("week", .leave), member: try await test.member("a"), in: test.programme)
            let left = try #require(
                try await test.engine.finishedPeriods(of: "week", top: 10, limit: 9, in: test.programme))
            #expect(left[0].top.map(\.rank) == [2])
            try await test.erasure.erase(try await test.member("b"), in: test.programme, by: .server)
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func whatABudgetRefusedDoesNotCount() async throws {
        try await TestEngine.each(Self.programme()) { test in
            try await join(test, ["a", "b", "c"])
            // The budget has 100, each welcome asks for 40.
            for user in ["a", "b", "c"] {
                _ = try await test.engine.take(
                    [test.event("w" + user, user: user, type: "welcome", fields: [:])], in: test.programme)
            }
            func score(_ user: String) async throws -> Int64? {
                try await test.engine.standings(
                    of: "week", member: try await test.member(user), top: 5, in: test.programme)?.score
            }
            #expect(try await score("a") == 40)
            #expect(try await score("c") == 20)
            try await test.engine.forget(test.programme)
            #expect(try await score("c") == 20)
        }
    }

    @Test func aCohortIsABoardOfItsOwnAndASmallOneShowsNothing() async throws {
        try await TestEngine.each(Self.programme()) { test in
            for (user, region) in [("a", "north"), ("b", "north"), ("c", "south"), ("d", "west")] {
                _ = try await test.engine.perform(
                    .profile(ProfileChange(traits: ["region": .string(region)])), member: try await test.member(user),
                    in: test.programme)
            }
            try await join(test, ["a", "b", "c", "d"], "regions")
            for (user, points) in [("a", 5), ("b", 7), ("c", 30), ("d", 20)] as [(String, Int64)] {
                try await visit(test, user, points, user)
            }
            func seen(_ user: String) async throws -> Standings {
                try #require(
                    try await test.engine.standings(
                        of: "regions", member: try await test.member(user), top: 5, in: test.programme))
            }
            let (a, b, c) = (try await seen("a"), try await seen("b"), try await seen("c"))
            #expect(a.rank == 2 && b.rank == 1)
            #expect(b.cell == "north" && b.participants == 2)
            #expect(!c.showsRanks && c.score == 30)
            #expect(try await seen("d").cell == BoardCohort.others)
            #expect(try await test.engine.cells(of: "regions", in: test.programme).map(\.cell) == ["north"])
            // Whoever moves takes their score along.
            _ = try await test.engine.perform(
                .profile(ProfileChange(traits: ["region": "south"])), member: try await test.member("a"),
                in: test.programme)
            #expect(try await seen("c").rank == 1)
            #expect(try await seen("a").rank == 2)
            #expect(try await seen("b").showsRanks == false)
        }
    }

    @Test func friendsWhoAgreedSeeEachOtherIfBothTakePart() async throws {
        try await TestEngine.each(Self.programme()) { test in
            try await join(test, ["a", "b"])
            for (user, points) in [("a", 5), ("b", 7), ("c", 30)] as [(String, Int64)] {
                try await visit(test, user, points, user)
            }
            let (a, b, c) = (try await test.member("a"), try await test.member("b"), try await test.member("c"))
            func connect(_ owner: MemberID, _ other: MemberID, _ number: UInt64) async throws {
                let code = SharingCode(ID128(high: number, low: 1))
                let id = test.engine.friendCodeID(code, in: test.programme)
                _ = try await test.engine.perform(.friends(.offer(code: id)), member: owner, in: test.programme)
                let found = try #require(try await test.engine.member(friendCode: id, in: test.programme))
                #expect(found == owner)
                _ = try await test.engine.perform(
                    .friends(.accept(code: id, from: found)), member: other, in: test.programme)
                #expect(try await test.engine.member(friendCode: id, in: test.programme) == nil)
            }
            try await connect(a, b, 1)
            try await connect(a, c, 2)
            func friends(_ member: MemberID) async throws -> [Int64] {
                try await test.engine.standings(of: "week", member: member, top: 5, in: test.programme)?.friends
                    .map(\.score) ?? []
            }
            // c takes no part.
            #expect(try await friends(a) == [7, 5])
            #expect(try await friends(b) == [7, 5])
            #expect(try await friends(c) == [])
            let other = try await test.member("other")
            _ = try await test.engine.perform(.merge(from: b), member: other, in: test.programme)
            #expect(try await test.engine.friends(of: a, in: test.programme).sorted() == [c, other].sorted())
            #expect(try await friends(a) == [7, 5])
            _ = try await test.engine.perform(.friends(.part(a)), member: other, in: test.programme)
            #expect(try await friends(a) == [])
            try await test.erasure.erase(c, in: test.programme, by: .server)
            #expect(try await test.engine.friends(of: a, in: test.programme) == [])
        }
    }

    /// Random histories in several zones with late, repeated and reversed events against a plain sort.
    @Test(arguments: TestDatabases.engines)
    func standingsAndPrizesAreThoseOfAPlainSort(kind: Storage.Engine) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        for round in 0..<4 as Range<UInt64> {
            var random = SeededRandom(seed: seed &+ round)
            let (isSplit, budget) = (round % 2 == 1, round < 2 ? 10_000 : 150)
            let note: Comment = "seed \(seed) round \(round)"
            try await TestEngine.with(
                kind, Self.programme(ties: isSplit ? .split : .each, budget: Int64(budget))
            ) { test in
                let zones = [
                    ("Europe/Amsterdam", 60), ("Pacific/Auckland", 780), ("America/Los_Angeles", -480),
                    ("Asia/Kathmandu", 345),
                ]
                let users = 12
                var model = BoardModel()
                model.perDay = 60
                for user in 0..<users {
                    _ = try await test.engine.perform(
                        .profile(ProfileChange(timeZone: zones[user % 4].0)),
                        member: try await test.member("u\(user)"), in: test.programme)
                }
                try await join(test, (0..<10).map { "u\($0)" })
                // From Monday 23 to Sunday 29, and some of the days around it.
                let monday = CivilDate(year: 2026, month: 11, day: 23)?.daysSinceEpoch ?? 0
                var events: [(event: EventEnvelope, deed: Int)] = []
                for number in 0..<90 {
                    let user = Int(random.next() % UInt64(users))
                    let minutes = Int64(monday) * 1_440 - 1_440 + Int64(random.next() % (9 * 1_440))
                    let day = (Int(minutes) + zones[user % 4].1 - 240) / 1_440
                    let points = Int(random.next() % 6) * 5 + 5
                    model.deeds.append(BoardModel.Deed(member: user, day: day, points: points))
                    events.append(
                        (
                            test.event(
                                "e\(number)", user: "u\(user)", type: "visit", at: Instant(seconds: minutes * 60),
                                fields: ["points": .integer(Int64(points))]), number
                        ))
                }
                test.clock.set(try time("2026-11-30T20:00:00Z"))
                events.shuffle(using: &random)
                events += events.prefix(10)
                var seen: Set<Int> = []
                for (event, deed) in events {
                    let result = try await test.engine.take([event], in: test.programme).first
                    guard seen.insert(deed).inserted, random.next() % 6 == 0 else { continue }
                    guard let award = result?.effects.first(where: { $0.subject == "ink" && $0.kind == .award }) else {
                        continue
                    }
                    _ = try await test.engine.perform(
                        .reverse(effect: award.id), member: try await test.member("u\(model.deeds[deed].member)"),
                        in: test.programme)
                    model.deeds[deed].isReversed = true
                }
                test.clock.set(try time("2026-12-01T04:00:00Z"))
                _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
                let scored = (0..<10).count { model.score(of: $0, in: monday...monday + 6) > 0 }
                let expected = model.places(
                    of: Array(0..<10), in: monday...monday + 6, prizes: [(1, 100), (3, 40), (scored / 2, 10)],
                    isSplit: isSplit, budget: budget)
                let periods = try #require(
                    try await test.engine.finishedPeriods(of: "week", top: 50, limit: 9, in: test.programme))
                #expect(periods[0].period.participants == Int64(expected.count), note)
                for user in 0..<10 {
                    let member = try await test.member("u\(user)")
                    let own = try await test.engine.finishedPeriods(
                        of: "week", member: member, top: 50, limit: 9, in: test.programme)?[0].own
                    let place = expected.first { $0.member == user }
                    #expect(own?.rank == place?.rank, note)
                    #expect(own?.score == place.map { Int64($0.score) }, note)
                    #expect(try await prize(test, "u\(user)") == Int64(place?.prize ?? 0), note)
                }
                #expect(try await prize(test, "u10") == 0, note)
                #expect(try await test.verify().differences == [], note)
            }
        }
    }
}
