import Access
import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

@Suite struct LeaderboardTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.leaderboards = [
            Leaderboard(id: "ink-week", measure: .points("ink"), every: .week, minimum: 3),
            Leaderboard(id: "visitors", measure: .progress("visitor"), every: .ever, minimum: 2),
        ]
        return programme
    }()

    private func board(_ test: TestEngine, _ user: String? = nil, _ id: String = "ink-week") async throws -> Standings {
        let member = if let user { try await test.member(user) } else { MemberID?.none }
        return try #require(
            try await test.engine.standings(of: id, member: member, top: 50, in: test.programme))
    }

    private func ask(_ request: BoardRequest, _ user: String, _ test: TestEngine, _ id: String = "ink-week")
        async throws
    {
        _ = try await test.engine.perform(
            .board(id, request), member: try await test.member(user), in: test.programme)
    }

    private func visit(_ test: TestEngine, _ user: String, _ points: Int64, _ id: String) async throws -> EventResult? {
        try await test.engine.take(
            [test.event(id, user: user, type: "visit", fields: ["points": .integer(points)])], in: test.programme
        ).first
    }

    @Test func nobodyIsOnABoardWithoutAskingAndTheirPointsCountOnceTheyDo() async throws {
        try await TestEngine.each(Self.programme) { test in
            for (user, points) in [("a", 5), ("b", 4), ("c", 4), ("d", 3), ("e", 2)] as [(String, Int64)] {
                _ = try await visit(test, user, points, "first-" + user)
            }
            #expect(try await board(test).top.isEmpty)
            for user in ["a", "b", "c", "d"] { try await ask(.join, user, test) }
            // Above the middle only; equal scores share a rank.
            #expect(try await board(test).top.map(\.score) == [5, 4])
            #expect(try await board(test, "b").rank == 2)
            #expect(try await board(test, "c").rank == 2)
            let last = try await board(test, "d")
            #expect(last.rank == 4 && last.score == 3 && last.around.last?.isMe == true)
            let stranger = try await board(test, "e")
            #expect(!stranger.isOn && stranger.rank == nil && stranger.name == nil)
            // After a commit the board is what was committed.
            _ = try await visit(test, "d", 9, "second-d")
            #expect(try await board(test, "d").rank == 1)
            #expect(try await board(test).top.map(\.score) == [12, 5])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whoLeavesIsGoneAtOnceAndAnotherNameIsAnother() async throws {
        try await TestEngine.each(Self.programme) { test in
            for user in ["a", "b", "c", "d"] {
                try await ask(.join, user, test)
                _ = try await visit(test, user, 5, user)
            }
            let name = try #require(try await board(test, "a").name)
            try await ask(.rename, "a", test)
            let other = try #require(try await board(test, "a").name)
            #expect(name != other)
            #expect(!name.text(.nl).isEmpty && name.text(.nl) != name.text(.ja))
            try await ask(.leave, "a", test)
            #expect(try await board(test, "a").isOn == false)
            #expect(try await board(test).top.allSatisfy { $0.name != other })
            // Two are left: too few.
            try await ask(.leave, "b", test)
            #expect(try await board(test, "c").showsRanks == false)
            #expect(try await board(test, "c").score == 5)
            await #expect(throws: PipelineProblem.command(.unknownLeaderboard)) {
                try await ask(.join, "a", test, "nothing")
            }
        }
    }

    @Test func whatIsReversedMergedOrErasedIsNotCountedAnyMore() async throws {
        try await TestEngine.each(Self.programme) { test in
            for user in ["a", "b", "c", "d"] {
                try await ask(.join, user, test)
                _ = try await visit(test, user, 5, user)
            }
            let award = try #require(try await visit(test, "a", 20, "a-again")?.effects.first { $0.subject == "ink" })
            #expect(try await board(test, "a").score == 25)
            _ = try await test.engine.perform(
                .reverse(effect: award.id), member: try await test.member("a"), in: test.programme)
            #expect(try await board(test, "a").score == 5)
            let (a, b) = (try await test.member("a"), try await test.member("b"))
            _ = try await test.engine.perform(.merge(from: b), member: a, in: test.programme)
            #expect(try await board(test, "a").score == 10)
            #expect(try await board(test).top.count == 2)
            try await test.erasure.erase(a, in: test.programme, by: .server)
            #expect(try await board(test, "c").showsRanks == false)
        }
    }

    @Test func aBoardReadAgainFromTheCountersIsTheSame() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await TestEngine.each(Self.programme, seed: 3) { test in
            var random = SeededRandom(seed: seed)
            let users = (0..<12).map { "u\($0)" }
            for user in users.prefix(9) {
                try await ask(.join, user, test)
                try await ask(.join, user, test, "visitors")
            }
            _ = try await board(test)
            var events: [EventEnvelope] = []
            for number in 0..<120 {
                let user = users[Int(random.next() % 12)]
                let back = Int64(random.next() % 3) * 86_400_000
                events.append(
                    test.event(
                        "e\(number)", user: user, type: "visit", at: test.clock.now().adding(milliseconds: -back),
                        fields: ["points": .integer(Int64(random.next() % 30))]))
            }
            for start in stride(from: 0, to: 120, by: 30) {
                _ = try await test.engine.take(Array(events[start..<start + 30]), in: test.programme)
                if start == 60 { try await ask(.leave, "u1", test) }
            }
            for id in ["ink-week", "visitors"] {
                var before: [Standings] = []
                for user in users { before.append(try await board(test, user, id)) }
                try await test.engine.forget(test.programme)
                var after: [Standings] = []
                for user in users { after.append(try await board(test, user, id)) }
                #expect(before == after, "seed \(seed)")
                #expect(before.contains { $0.rank == 1 }, "seed \(seed)")
            }
        }
    }

    @Test func anotherWeekBeginsAnewAndTheDayIsTheMembersOwn() async throws {
        try await TestEngine.each(Self.programme) { test in
            for user in ["a", "b", "c"] {
                try await ask(.join, user, test)
                _ = try await visit(test, user, 5, user)
            }
            #expect(try await board(test, "a").showsRanks)
            // Monday in Auckland is Sunday here.
            test.clock.set(try #require(RFC3339.parse("2026-11-22T18:00:00Z")))
            _ = try await test.engine.perform(
                .profile(ProfileChange(timeZone: "Pacific/Auckland")), member: try await test.member("b"),
                in: test.programme)
            #expect(try await board(test, "a").score == 5)
            #expect(try await board(test, "b").score == 0)
            _ = try await visit(test, "b", 7, "monday")
            #expect(try await board(test, "b").score == 7)
            #expect(try await board(test, "b").showsRanks == false)
            test.clock.set(try #require(RFC3339.parse("2026-11-23T12:00:00Z")))
            #expect(try await board(test, "a").score == 0)
            #expect(try await board(test, "b").score == 7)
        }
    }
}
