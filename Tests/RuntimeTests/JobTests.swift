import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// One order for many members: every one of them once, whatever happens on the way.
@Suite struct JobTests {
    private static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.traits = [Trait(id: "letters", type: .boolean)]
        return programme
    }()

    /// Members with some ink each; a third of them has 15 and the rest 30.
    private func people(_ test: TestEngine, _ count: Int) async throws -> [MemberID] {
        for number in 0..<count {
            var events = [test.event("a\(number)", user: "user-é-\(number)")]
            if number % 3 != 0 { events.append(test.event("b\(number)", user: "user-é-\(number)")) }
            _ = try await test.engine.take(events, in: test.programme)
        }
        var members: [MemberID] = []
        for number in 0..<count { members.append(try await test.member("user-é-\(number)")) }
        return members
    }

    private func balance(_ test: TestEngine, _ member: MemberID, _ unit: String = "ink") async throws -> Int64? {
        try await test.engine.summary(of: member, in: test.programme)?.balances.first { $0.unit == unit }?.spendable
    }

    private func order(
        _ test: TestEngine, _ action: BulkAction, members: [MemberID]? = nil, when: String? = nil, id: UInt64 = 1
    ) async throws -> Job {
        try await JobRunner.order(
            action, members: members, condition: when, id: ID128(high: 3, low: id), by: "test", in: test.programme,
            test.engine)
    }

    @Test(arguments: TestDatabases.engines)
    func aConditionFindsWhomItIsAbout(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let members = try await people(test, 30)
            let ordered = try await order(test, .grant(unit: "ink", amount: 100), when: "member.balance.ink >= 30")
            #expect(ordered.total == 30 && ordered.state == .waiting)
            try await JobRunner.finish(test.engine, test.programme)
            let store = LoyaltyStore(programme: test.programme)
            let job = try #require(try await test.database.read { try store.job(ordered.id, $0) })
            #expect(job.state == .done && job.looked == 30 && job.changed == 20 && job.unchanged == 10)
            for (number, member) in members.enumerated() {
                #expect(try await balance(test, member) == (number % 3 == 0 ? 15 : 130))
            }
            #expect(try await test.verify().differenceCount == 0)
            #expect(try await test.database.read { try store.openJob($0) } == nil)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aPageThatACrashCutOffIsDoneOnce(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let members = try await people(test, 12)
            let ordered = try await order(test, .grant(unit: "ink", amount: 7), members: members + members)
            #expect(ordered.total == 12)
            #expect(try await order(test, .grant(unit: "ink", amount: 7), members: members).id == ordered.id)
            try await JobRunner.advance(test.engine, test.programme)
            // As if the process had died between the page and the note of how far it came.
            try await test.database.write {
                _ = try $0.execute(
                    "UPDATE job SET state = 1, looked = 0, changed = 0, after_member = NULL, finished_at = NULL", [])
                for member in members {
                    _ = try $0.execute(
                        "INSERT INTO job_member (member_id, job_id, programme_id) VALUES (?, ?, ?)",
                        [.member(member), .id(ordered.id), .text(test.programme.name)])
                }
            }
            try await test.engine.forget(test.programme)
            let job = try #require(try await JobRunner.advance(test.engine, test.programme))
            #expect(job.state == .done && job.changed == 12)
            for (number, member) in members.enumerated() {
                #expect(try await balance(test, member) == (number % 3 == 0 ? 22 : 37))
            }
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func everyActionDoesWhatItSays() async throws {
        try await TestEngine.each(Self.programme) { test in
            let members = try await people(test, 6)
            _ = try await test.engine.take(
                [
                    test.event("w", user: "user-é-0", type: "welcome", fields: [:]),
                    test.event("v", user: "user-é-0", type: "visit", fields: ["points": .integer(9)]),
                ],
                in: test.programme)
            var id: UInt64 = 10
            func run(_ action: BulkAction) async throws -> Job {
                id += 1
                let job = try await order(test, action, when: "true", id: id)
                try await JobRunner.finish(test.engine, test.programme)
                let store = LoyaltyStore(programme: test.programme)
                return try #require(try await test.database.read { try store.job(job.id, $0) })
            }
            #expect(try await balance(test, members[0], "later") == 0)
            #expect(try await run(.activate(unit: "later")).changed == 1)
            #expect(try await balance(test, members[0], "later") == 2)
            #expect(try await run(.expire(unit: "ink")).changed == 6)
            #expect(try await balance(test, members[1]) == 0)
            let revoked = try await run(.revokeBadge("explorer"))
            #expect(revoked.changed == 1)
            #expect(try await run(.trait(name: "letters", value: .bool(true))).changed == 6)
            #expect(try await run(.trait(name: "letters", value: .bool(true))).unchanged == 6)
            try await test.engine.forget(test.programme)
            let summary = try #require(try await test.engine.summary(of: members[0], in: test.programme))
            #expect(summary.badges["explorer"] == nil && summary.traits["letters"] == .bool(true))
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatCannotBeIsRefused() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let members = try await people(test, 3)
            await #expect(throws: JobRunner.Problem.missing("There is no unit 'inc'.")) {
                try await order(test, .grant(unit: "inc", amount: 1), members: members)
            }
            await #expect(throws: JobRunner.Problem.whom) { try await order(test, .activate(unit: "later")) }
            await #expect(throws: (any Error).self) {
                try await order(test, .activate(unit: "later"), when: "member.nonsense == 3")
            }
            await #expect(throws: JobRunner.Problem.missing("'letters' has values of another type.")) {
                try await order(test, .trait(name: "letters", value: .integer(3)), when: "true")
            }
            let stranger = MemberID(ID128(high: 1, low: 1))
            let job = try await order(test, .grant(unit: "ink", amount: 1), members: [stranger, members[0]])
            let store = LoyaltyStore(programme: test.programme)
            try await JobRunner.finish(test.engine, test.programme)
            let done = try #require(try await test.database.read { try store.job(job.id, $0) })
            #expect(done.changed == 1 && done.refused == 1)
            // A cancelled job stays as it is.
            let other = try await order(test, .grant(unit: "ink", amount: 1), when: "true", id: 9)
            let now = test.clock.now()
            #expect(try await test.database.write { try store.cancelJob(other.id, at: now, $0) })
            #expect(try await JobRunner.advance(test.engine, test.programme) == nil)
            #expect(try await balance(test, members[1]) == 30)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func twoRecordsOfOnePersonOnAListHaveOnePart(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, Self.programme) { test in
            let ann = try await people(test, 1)[0]
            let device = try #require(ExternalIdentity(.anonymous, "device"))
            _ = try await test.engine.take(
                [
                    test.event(
                        "d", anonymous: "device",
                        fields: ["item": "article-1", "share": .double(0.1), "seconds": .integer(1)])
                ], in: test.programme)
            let visitor = try #require(
                try await test.engine.identities.resolve([device], programme: test.programme, now: test.clock.now())
                    .first)
            _ = try await test.engine.identify(
                user: try #require(ExternalIdentity(.user, "user-é-0")), previous: device, in: test.programme)
            let ordered = try await order(test, .grant(unit: "ink", amount: 7), members: [visitor, ann])
            try await JobRunner.finish(test.engine, test.programme)
            let store = LoyaltyStore(programme: test.programme)
            let job = try #require(try await test.database.read { try store.job(ordered.id, $0) })
            #expect(job.state == .done && job.looked == 2 && job.changed == 1)
            #expect(try await balance(test, ann) == 22)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
