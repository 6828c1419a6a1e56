import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// What comes after the end of a period changes counters, neither places nor prizes; the member is told, and the scores can
/// still be worked out again.
@Suite struct AfterFinishTests {
    private func visit(_ test: TestEngine, _ user: String, _ points: Int64, _ id: String, at: Instant? = nil)
        -> EventEnvelope
    {
        test.event(id, user: user, type: "visit", at: at, fields: ["points": .integer(points)])
    }

    /// Four on the board of the week of 16 November, fixed on 24 November.
    private func finish(_ test: TestEngine) async throws -> [String: EventEnvelope] {
        var events: [String: EventEnvelope] = [:]
        for (user, points) in [("a", 50), ("b", 30), ("c", 20), ("d", 10)] as [(String, Int64)] {
            _ = try await test.engine.perform(
                .board("week", .join), member: try await test.member(user), in: test.programme)
            events[user] = visit(test, user, points, user)
        }
        _ = try await test.engine.take(events.keys.sorted().compactMap { events[$0] }, in: test.programme)
        test.clock.set(try #require(RFC3339.parse("2026-11-24T04:00:00Z")))
        _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
        return events
    }

    private func amend(_ test: TestEngine, _ envelope: EventEnvelope, _ user: String) async throws {
        let event = envelope.event
        let claim = test.engine.claim(programme: test.programme, source: event.source, id: event.id)
        _ = try await test.engine.perform(
            .amend(Amendment(original: event, claim: claim, corrected: nil)), member: try await test.member(user),
            in: test.programme)
    }

    private func own(_ test: TestEngine, _ user: String) async throws -> FinishedPlace? {
        try await test.engine.finishedPeriods(
            of: "week", member: try await test.member(user), top: 5, limit: 1, in: test.programme)?.first?.own
    }

    private func told(_ test: TestEngine, _ user: String) async throws -> [[Int64]] {
        try await test.engine.history(
            of: try await test.member(user), in: test.programme, before: nil, limit: 50
        ).filter { $0.kind == .notice && $0.subject == MemberState.afterFinish }.map { [$0.amount, $0.wanted] }
    }

    @Test func anAmendedEventLeavesPlaceAndPrizeAndTheMemberIsToldWhy() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            let events = try await finish(test)
            #expect(try await test.verify().differences == [])
            try await amend(test, try #require(events["a"]), "a")
            #expect(try await own(test, "a")?.rank == 1)
            #expect(try await own(test, "a")?.score == 50)
            let summary = try await test.engine.summary(of: try await test.member("a"), in: test.programme)
            #expect(summary?.balances.first { $0.unit == "prize" }?.spendable == 100)
            // The points of the event itself are gone.
            #expect(summary?.balances.first { $0.unit == "ink" }?.spendable ?? 0 == 0)
            #expect(try await told(test, "a") == [[-50, 50]])
            #expect(try await told(test, "b") == [])
            #expect(try await test.verify().differences == [])
            // Late, twice, and then back.
            try await test.engine.forget(test.programme)
            let late = visit(test, "d", 40, "late", at: TestEngine.start)
            for _ in 0..<2 { _ = try await test.engine.take([late], in: test.programme) }
            #expect(try await own(test, "d")?.score == 10)
            #expect(try await told(test, "d") == [[40, 10]])
            #expect(try await test.verify().differences == [])
            try await amend(test, late, "d")
            #expect(Set(try await told(test, "d")) == [[40, 10], [0, 10]])
            #expect(try await test.verify().differences == [])
            // What is of the week that runs has nothing to do with it.
            _ = try await test.engine.take([visit(test, "b", 5, "now")], in: test.programme)
            #expect(try await told(test, "b") == [])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func twoRecordsOfOnePersonAddUpAndOnePlaceStays() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            _ = try await finish(test)
            let (a, b) = (try await test.member("a"), try await test.member("b"))
            _ = try await test.engine.perform(.merge(from: b), member: a, in: test.programme)
            #expect(try await own(test, "a")?.score == 50)
            // 80 points on one day, of which 60 count.
            #expect(try await told(test, "a") == [[10, 50]])
            #expect(try await test.verify().differences == [])
            // A record without a place takes one over.
            _ = try await test.engine.take([visit(test, "e", 7, "e", at: TestEngine.start)], in: test.programme)
            let (c, e) = (try await test.member("c"), try await test.member("e"))
            _ = try await test.engine.perform(.merge(from: c), member: e, in: test.programme)
            #expect(try await own(test, "e")?.score == 20)
            #expect(try await told(test, "e") == [[7, 20]])
            #expect(try await test.verify().differences == [])
        }
    }

    /// The standings are worked out first and written afterwards, page by page.
    @Test func whoeverWasErasedMeanwhileGetsNoPlace() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            _ = try await finish(test)
            let (b, c) = (try await test.member("b"), try await test.member("c"))
            try await test.erasure.erase(b, in: test.programme, by: .server)
            let store = LoyaltyStore(programme: test.programme)
            let places = [b, c].map { FinalPlace(member: $0, rank: 1, score: 5) }
            let written: [MemberID] = try await test.database.write { connection in
                try store.add(places, to: "week", first: 0, cell: "", connection)
                return try store.boardPlaces(of: "week", first: 0, cell: "", limit: 5, connection).map(\.place.member)
            }
            #expect(written == [c])
        }
    }

    @Test func placesOfAPeriodGoPageByPage() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            _ = try await finish(test)
            let store = LoyaltyStore(programme: test.programme)
            let first = try #require(
                try await test.database.read { try store.boardPeriods(of: "week", $0).first?.days.lowerBound })
            var gone: [Int] = []
            for _ in 0..<3 {
                let count: Int = try await test.database.write {
                    try store.removePlaces(of: "week", first: first, limit: 3, $0)
                }
                gone.append(count)
            }
            #expect(gone == [3, 1, 0])
        }
    }

    @Test func aPlaceOfARecordThatWasTakenOverMeanwhileGoesAlong() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            _ = try await finish(test)
            _ = try await test.engine.take([visit(test, "e", 7, "e", at: TestEngine.start)], in: test.programme)
            let (c, e) = (try await test.member("c"), try await test.member("e"))
            _ = try await test.engine.perform(.merge(from: c), member: e, in: test.programme)
            // As if it had been written after the merge.
            try await test.database.write {
                _ = try $0.execute(
                    "UPDATE board_place SET member_id = ? WHERE member_id = ?", [.id(c.value), .id(e.value)])
            }
            _ = try await test.engine.perform(.recheckBoards, member: c, in: test.programme)
            #expect(try await own(test, "e")?.score == 20)
            #expect(try await told(test, "e") == [[7, 20]])
            let store = LoyaltyStore(programme: test.programme)
            #expect(try await test.database.read { try store.boardPlaces(of: c, $0).isEmpty })
            #expect(try await test.verify().differences == [])
        }
    }

    private static func send(
        _ events: [EventEnvelope], times: Int, to engine: Runtime.Engine, _ programme: ProgrammeID
    ) async throws {
        for _ in 0..<times { _ = try await engine.take(events, in: programme) }
    }

    /// Whoever is in a batch that comes to nothing is on the board all the same.
    @Test(arguments: TestDatabases.engines)
    func whatIsSentAgainWhileVerifyLooksIsNoDifference(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, FinishedBoardTests.programme()) { test in
            let users = ["a", "b", "c", "d"]
            for user in users {
                _ = try await test.engine.perform(
                    .board("week", .join), member: try await test.member(user), in: test.programme)
            }
            let events = users.map { visit(test, $0, 5, $0) }
            _ = try await test.engine.take(events, in: test.programme)
            let (engine, programme) = (test.engine, test.programme)
            async let sent: Void = Self.send(events, times: 200, to: engine, programme)
            for _ in 0..<20 { #expect(try await test.verify().differences == []) }
            try await sent
        }
    }

    @Test func verifyFindsAScoreThatWasNotReached() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            _ = try await finish(test)
            let c = try await test.member("c")
            try await test.database.write {
                _ = try $0.execute("UPDATE board_place SET score = score + 1 WHERE member_id = ?", [.id(c.value)])
            }
            let found = try await test.verify().differences
            #expect(found.map(\.kind) == [.leaderboard] && found.map(\.member) == [c])
            #expect(found.first?.stored == 21 && found.first?.recomputed == 20)
        }
    }

    @Test func verifyHoldsWhatIsShownOfARunningBoardAgainstTheCounters() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            for user in ["a", "b", "c", "d"] {
                _ = try await test.engine.perform(
                    .board("week", .join), member: try await test.member(user), in: test.programme)
            }
            _ = try await test.engine.take([visit(test, "a", 5, "a"), visit(test, "b", 7, "b")], in: test.programme)
            #expect(try await test.verify().differences == [])
            let b = try await test.member("b")
            // Behind the pipeline's back.
            try await test.database.write {
                _ = try $0.execute(
                    "DELETE FROM counter WHERE member_id = ? AND name NOT LIKE 'board/%'", [.id(b.value)])
            }
            let found = try await test.verify().differences.filter { $0.kind == .runningBoard }
            #expect(found.map(\.member) == [b])
            #expect(found.first?.stored == 7 && found.first?.recomputed == 0)
        }
    }

    /// Events of the day that is being fixed come in while it is: whatever the moment, what is fixed and what is noted
    /// afterwards add up to the counters.
    @Test(arguments: TestDatabases.engines)
    func whatComesInDuringTheFixingIsNoted(kind: Storage.Engine) async throws {
        var programme = FinishedBoardTests.programme()
        var day = Leaderboard(id: "day", measure: .points("ink"), every: .day, minimum: 2)
        day.keep = 30
        programme.leaderboards.append(day)
        try await TestEngine.with(kind, programme) { test in
            let users = (0..<12).map { "u\($0)" }
            for user in users {
                _ = try await test.engine.perform(
                    .board("day", .join), member: try await test.member(user), in: test.programme)
            }
            for round in 0..<6 as Range<Int64> {
                let at = TestEngine.start.adding(milliseconds: round * 86_400_000)
                test.clock.set(at.adding(milliseconds: 2 * 86_400_000))
                let events = users.enumerated().map { index, user in
                    visit(test, user, Int64(index % 5 + 1), "\(round)-\(user)", at: at)
                }
                _ = try await test.engine.take(Array(events.prefix(6)), in: test.programme)
                let (engine, id, now) = (test.engine, test.programme, test.clock.now())
                async let fixed = Keeper.finishBoards(engine, id, at: now)
                for event in events { _ = try await test.engine.take([event], in: test.programme) }
                _ = try await fixed
                _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
                #expect(try await test.verify().differences == [], "round \(round)")
            }
            let store = LoyaltyStore(programme: test.programme)
            let followed = try await test.database.read { try store.followedPeriods($0)["day"]?.count ?? 0 }
            #expect(followed >= 5)
        }
    }

    @Test func otherTermsEndTheFollowingAndOtherWordsDoNot() async throws {
        for kind in TestDatabases.engines {
            try await TestEngine.with(kind, FinishedBoardTests.programme()) { test in
                let updates = ProgrammeUpdates(
                    engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
                var programme = FinishedBoardTests.programme()
                // Nothing moves it here.
                programme.challenges = []
                func apply(_ version: Int64) async throws {
                    let outcome = try await updates.apply(
                        ProgrammeDocument.export(programme), to: test.programme, basedOn: version, by: "test")
                    #expect(outcome.isApplied)
                }
                let store = LoyaltyStore(programme: test.programme)
                func followed() async throws -> Int {
                    try await test.database.read { try store.followedPeriods($0)["week"]?.count ?? 0 }
                }
                try await apply(0)
                let events = try await finish(test)
                #expect(try await followed() == 1)
                programme.leaderboards[1].minimum = 2
                try await apply(1)
                #expect(try await followed() == 1)
                programme.rules[0].limits = [Limit(kind: .amount(20), period: .day)]
                try await apply(2)
                #expect(try await followed() == 0)
                // Another way of counting is no mistake in what was fixed.
                try await amend(test, try #require(events["b"]), "b")
                #expect(try await told(test, "b") == [])
                #expect(try await test.verify().differences == [])
                #expect(try await own(test, "b")?.score == 30)
            }
        }
    }

    @Test func whoeverLooksSeesTheFinishedPeriodsOfTheirOwnCohort() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            let regions = [("a", "north"), ("b", "north"), ("c", "south"), ("d", "south"), ("e", "south")]
            for (user, region) in regions {
                let member = try await test.member(user)
                _ = try await test.engine.perform(
                    .profile(ProfileChange(traits: ["region": .string(region)])), member: member, in: test.programme)
                if user == "e" { continue }
                _ = try await test.engine.perform(.board("regions", .join), member: member, in: test.programme)
            }
            _ = try await test.engine.take(
                [("a", 5), ("b", 6), ("c", 7), ("d", 9)].map { visit(test, $0, $1, $0) }, in: test.programme)
            test.clock.set(try #require(RFC3339.parse("2026-12-03T12:00:00Z")))
            _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
            func seen(_ user: String?) async throws -> [FinishedPeriod] {
                let member = if let user { try await test.member(user) } else { MemberID?.none }
                return try await test.engine.finishedPeriods(
                    of: "regions", member: member, top: 5, limit: 1, in: test.programme) ?? []
            }
            #expect(try await seen("a").map(\.period.cell) == ["north"])
            #expect(try await seen("c").map(\.period.cell) == ["south"])
            #expect(try await seen("c").first?.own?.rank == 2)
            // Who took no part looks at those among whom they would be.
            #expect(try await seen("e").map(\.period.cell) == ["south"])
            #expect(try await seen(nil).map(\.period.cell) == ["north"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func thereIsAMostOfFriends() async throws {
        try await TestEngine.each(FinishedBoardTests.programme()) { test in
            let (a, b) = (try await test.member("a"), try await test.member("b"))
            let store = LoyaltyStore(programme: test.programme)
            try await test.database.write { connection in
                for number in 0..<Runtime.Engine.maximumFriends {
                    try store.befriend(a, MemberID(ID128(high: 9, low: UInt64(number))), connection)
                }
            }
            let code = SharingCode(ID128(high: 4, low: 4))
            _ = try await test.engine.perform(
                .friends(.offer(code: test.engine.friendCodeID(code, in: test.programme))), member: b,
                in: test.programme)
            await #expect(throws: PipelineProblem.command(.friendsFull(200))) {
                _ = try await test.engine.friendship(code: code, of: a, in: test.programme)
            }
            #expect(
                try await test.engine.friendship(
                    code: code, of: try await test.member("c"), in: test.programme) != nil)
        }
    }
}
