import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// What is kept of a redemption tells its day and not its moment, and nobody has less time than was promised.
@Suite struct HoldExpiryTests {
    private static let promised: Int64 = 15 * 60_000

    private func redeem(_ test: TestEngine, _ user: String, at time: String) async throws -> Hold {
        test.clock.set(try #require(RFC3339.parse(time)))
        let member = try await test.member(user)
        let answer = try await test.engine.perform(
            .redeem(
                reward: "preview", hold: test.engine.holdID(programme: test.programme, member: member, key: user)),
            member: member, in: test.programme)
        return try #require(answer.hold)
    }

    /// Every number stored of a member's holds, and when the calendar looks at them.
    private func numbers(_ test: TestEngine, _ user: String) async throws -> [Int64?] {
        let member = try await test.member(user)
        return try await test.database.read { connection in
            let key: [SQLValue] = [.id(member.value)]
            let hold = try connection.first("SELECT opened_at, expires_at FROM hold WHERE member_id = ?", key)
            let due = try connection.first("SELECT due_at FROM member_due WHERE member_id = ?", key)
            return [try hold?.int(0), try hold?.int(1), try due?.int(0)]
        }
    }

    @Test func theStoredExpiryIsTheSameForEveryMomentOfADay() async throws {
        try await TestEngine.each(SampleProgramme.programme) { test in
            for user in ["a", "b", "p"] {
                _ = try await test.engine.take(
                    (0..<3).map { test.event("\(user)-\($0)", user: user) }, in: test.programme)
            }
            _ = try await test.engine.perform(
                .profile(ProfileChange(level: .personal)), member: try await test.member("p"), in: test.programme)
            // The member's day is from four to four, an hour ahead.
            let first = try await redeem(test, "a", at: "2026-11-21T03:00:00.001Z")
            let last = try await redeem(test, "b", at: "2026-11-22T02:59:59.999Z")
            #expect(try await numbers(test, "a") == numbers(test, "b"))
            #expect(first.expiresAt == last.expiresAt && first.openedAt == last.openedAt)
            let end = try #require(RFC3339.parse("2026-11-22T03:00:00Z"))
            #expect(last.expiresAt == end.adding(milliseconds: Self.promised))

            // Whoever redeemed at the last moment has all the time that was promised, and not a day more.
            try await Keeper.settle(
                test.engine, test.programme, at: test.clock.now().adding(milliseconds: Self.promised - 1))
            func state(_ user: String) async throws -> Hold.State? {
                let member = try await test.member(user)
                return try await test.database.read {
                    try $0.first("SELECT state FROM hold WHERE member_id = ?", [.id(member.value)])?.int(0)
                }.flatMap { Hold.State(rawValue: $0) }
            }
            #expect(try await state("b") == .open)
            try await Keeper.settle(test.engine, test.programme, at: last.expiresAt)
            #expect(try await state("b") == .expired)

            // Where the moment is kept anyway, the time is exact.
            let exact = try await redeem(test, "p", at: "2026-11-22T12:34:56.789Z")
            #expect(exact.expiresAt == test.clock.now().adding(milliseconds: Self.promised))
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
