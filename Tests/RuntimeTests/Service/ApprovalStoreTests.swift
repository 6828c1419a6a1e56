import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// A correction that waits for a second person, on both engines.
@Suite struct ApprovalStoreTests {
    private static let (anna, bo, cy) = (ID128(high: 1, low: 1), ID128(high: 1, low: 2), ID128(high: 1, low: 3))
    private static let noon = Instant(seconds: 1_795_694_400)

    private func request(_ number: UInt64, at: Instant = noon) -> ApprovalRequest {
        ApprovalRequest(
            id: ID128(high: 9, low: number), member: MemberID(ID128(high: 5, low: 5)), unit: "ink", amount: 20_000,
            reason: "é", askedBy: Self.anna, askedAt: at)
    }

    @Test(arguments: TestDatabases.engines)
    func aSecondPersonDecidesOnceAndNobodyForThemselves(engine: Storage.Engine) async throws {
        let store = ApprovalStore(programme: try #require(ProgrammeID("courant")))
        try await TestDatabases.with(engine, [ApprovalSchema.schema]) { database in
            func decide(
                _ request: ApprovalRequest, _ agrees: Bool, _ staff: ID128, at now: Instant = Self.noon
            ) async throws -> ApprovalStore.Outcome {
                try await database.write {
                    try store.decide(request.id, agrees: agrees, by: staff, because: "ok", at: now, $0)
                }
            }
            let first = request(1)
            #expect(try await database.write { try store.ask(first, $0) })
            #expect(try await database.write { try !store.ask(first, $0) }, "the same request again")
            #expect(try await decide(first, true, Self.anna) == .ownRequest)
            #expect(try await decide(first, false, Self.anna) == .ownRequest)
            guard case .agreed(let agreed) = try await decide(first, true, Self.bo) else {
                Issue.record("a second person may agree")
                return
            }
            #expect(agreed.decidedBy == Self.bo && agreed.decision == "ok" && agreed.state == .agreed)
            // What a crash cut off can be finished, by whomever; the word stays the first one's.
            #expect(try await decide(first, true, Self.cy) == .agreed(agreed))
            #expect(try await decide(first, false, Self.cy) == .over)
            #expect(try await database.read { try store.waiting(at: Self.noon, limit: 9, $0) } == [agreed])
            #expect(try await database.write { try store.finish(agreed, $0) })
            #expect(try await database.write { try !store.finish(agreed, $0) }, "said once")
            #expect(try await decide(first, true, Self.cy) == .over)

            let second = request(2)
            #expect(try await database.write { try store.ask(second, $0) })
            guard case .refused = try await decide(second, false, Self.cy) else {
                Issue.record("a second person may refuse")
                return
            }
            #expect(try await decide(second, true, Self.bo) == .over)

            let third = request(3)
            #expect(try await database.write { try store.ask(third, $0) })
            let last = third.endsAt.adding(milliseconds: -1)
            #expect(try await database.read { try store.waiting(at: last, limit: 9, $0) }.map(\.id) == [third.id])
            #expect(try await decide(third, true, Self.bo, at: third.endsAt) == .over, "its time is over")
            #expect(try await database.read { try store.waiting(at: third.endsAt, limit: 9, $0) }.isEmpty)
            let decided = try await database.read { try store.decided(at: third.endsAt, limit: 9, $0) }
            #expect(Set(decided.map(\.id)) == [first.id, second.id, third.id])
            #expect(decided.count { $0.isExpired(at: third.endsAt) } == 1)
        }
    }
}
