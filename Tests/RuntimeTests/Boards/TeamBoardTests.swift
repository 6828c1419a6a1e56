import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// Leaderboards of teams: put on by their owner, ranked by what their members add up to, with prizes for the team's wallet.
@Suite struct TeamBoardTests {
    private static let programme: Programme = {
        var programme = TeamChallengeTests.programme
        var board = Leaderboard(id: "clubs", measure: .progress("relay"), every: .week, minimum: 2)
        board.teams = "club"
        board.prizes = [
            BoardPrize(reach: .places(1), reward: [.award(amount: "30", unit: "ink")]),
            BoardPrize(reach: .places(2), reward: [.award(amount: "5", unit: "ink")]),
        ]
        programme.leaderboards = [board]
        return programme
    }()

    private func ask(_ test: TestEngine, _ request: BoardRequest, _ user: String) async throws {
        let member = try await test.member(user)
        let action = try await test.engine.boardAction(request, of: "clubs", member: member, in: test.programme)
        _ = try await test.engine.perform(action, member: member, in: test.programme)
    }

    private func seen(_ test: TestEngine, _ user: String) async throws -> Standings {
        try #require(
            try await test.engine.standings(
                of: "clubs", member: try await test.member(user), top: 5, in: test.programme))
    }

    /// Three clubs: a with d, b with e, c alone.
    private func open(_ test: TestEngine) async throws {
        for (team, owner) in ["a", "b", "c"].enumerated() {
            try await TeamChallengeTests.act(
                test, owner, .open(kind: "club", invitation: TeamChallengeTests.invitation(test, team)), team)
        }
        for (team, user) in ["d", "e"].enumerated() {
            try await TeamChallengeTests.act(
                test, user, .join(invitation: TeamChallengeTests.invitation(test, team)), team)
        }
    }

    private func visits(_ test: TestEngine, _ user: String, _ count: Int, at: Instant? = nil) async throws {
        let events = (0..<count).map {
            TeamChallengeTests.visit(test, user, "\(user)-\(test.clock.now().milliseconds)-\($0)", at: at)
        }
        _ = try await test.engine.take(events, in: test.programme)
    }

    @Test func theOwnerPutsATeamOnAndItsMembersSeeItsPlace() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await open(test)
            await #expect(throws: PipelineProblem.command(.notOwner)) { try await ask(test, .join, "d") }
            await #expect(throws: PipelineProblem.command(.unknownWallet)) { try await ask(test, .join, "z") }
            for owner in ["a", "b"] { try await ask(test, .join, owner) }
            try await visits(test, "a", 1)
            try await visits(test, "d", 2)
            try await visits(test, "e", 4)
            try await visits(test, "c", 9)
            // c's club did most, and is not on the board.
            let (a, d, c) = (try await seen(test, "a"), try await seen(test, "d"), try await seen(test, "c"))
            #expect(a.participants == 2 && a.rank == 2 && a.score == 3)
            #expect(d.rank == 2 && d.name == a.name && d.isOn)
            #expect(!c.isOn && c.rank == nil)
            #expect(try await seen(test, "e").rank == 1)
            #expect(try await test.verify().differences == [])
            // Whoever comes over takes nothing along; what they do from then on counts for the other.
            try await TeamChallengeTests.act(test, "e", .leave(id: ID128(high: 1, low: 7)), 1)
            try await TeamChallengeTests.act(
                test, "e", .join(invitation: TeamChallengeTests.invitation(test, 0)), 0)
            try await test.engine.forget(test.programme)
            #expect(try await test.verify().differences == [])
            try await ask(test, .leave, "b")
            #expect(try await seen(test, "a").showsRanks == false)
        }
    }

    @Test func theTeamsOfAFinishedWeekGetTheirPrizeIntoTheirWallets() async throws {
        try await TestEngine.each(Self.programme) { test in
            try await open(test)
            for owner in ["a", "b", "c"] { try await ask(test, .join, owner) }
            try await visits(test, "a", 2)
            try await visits(test, "d", 2)
            try await visits(test, "b", 3)
            try await visits(test, "c", 1)
            test.clock.set(try #require(RFC3339.parse("2026-11-24T04:00:00Z")))
            for _ in 0..<2 {
                _ = try await Keeper.finishBoards(test.engine, test.programme, at: test.clock.now())
                try await test.engine.forget(test.programme)
            }
            func ink(_ team: Int) async throws -> Int64 {
                try await TeamChallengeTests.spendable(test, TeamChallengeTests.wallet(team), "ink")
            }
            #expect(try await ink(0) == 30)
            #expect(try await ink(1) == 5)
            #expect(try await ink(2) == 0)
            let own = try await test.engine.finishedPeriods(
                of: "clubs", member: try await test.member("d"), top: 5, limit: 1, in: test.programme)?.first?.own
            #expect(own?.rank == 1 && own?.score == 4 && own?.isMe == true)
            #expect(try await test.verify().differences == [])
            // Late, for the week that is over: the sum of b's club is another, its place and prize are not.
            try await visits(test, "e", 5, at: TestEngine.start)
            #expect(try await ink(1) == 5)
            let late = try await test.engine.finishedPeriods(
                of: "clubs", member: try await test.member("b"), top: 5, limit: 1, in: test.programme)?.first?.own
            #expect(late?.score == 3)
            let history = try await test.engine.history(
                of: TeamChallengeTests.wallet(1), in: test.programme, before: nil, limit: 20)
            #expect(history.contains { $0.subject == MemberState.afterFinish && $0.amount == 5 && $0.wanted == 3 })
            #expect(try await test.verify().differences == [])
        }
    }
}
