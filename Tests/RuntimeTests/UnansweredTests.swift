import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// A database that does not answer is no defect: the caller is told to ask again, and asking again counts once.
@Suite struct UnansweredTests {
    private static func with(_ body: (TestEngine, FailingDatabase) async throws -> Void) async throws {
        try await TestDatabases.with(.sqlite, Home.schemas) { database in
            try await TestDatabases.with(.sqlite, Vault.schemas) { vaultDatabase in
                let failing = FailingDatabase(database)
                let test = try await TestEngine(
                    database: failing, vaultDatabase: vaultDatabase, programme: SampleProgramme.programme, seed: 1,
                    limits: Pipeline.Limits())
                try await body(test, failing)
                await test.engine.drain()
            }
        }
    }

    @Test(arguments: [StorageProblem.busy, .contention(attempts: 9), .connectionLost, .timeout])
    func whatStaysBusyIsUnavailable(problem: StorageProblem) async throws {
        try await Self.with { test, database in
            let event = test.event("e1", user: "a")
            _ = try await test.engine.take([test.event("e0", user: "a")], in: test.programme)
            database.fail(Array(repeating: .init(problem), count: 4))
            await #expect(throws: PipelineProblem.unavailable) {
                try await test.engine.take([event], in: test.programme)
            }
            #expect(try await test.engine.take([event], in: test.programme).map(\.status) == [.accepted])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatWasCommittedWithoutAnAnswerCountsOnce() async throws {
        try await Self.with { test, database in
            let event = test.event("e1", user: "a")
            let lost = FailingDatabase.Failure(.connectionLost)
            database.fail([.init(.outcomeUnknown, isCommitted: true), lost, lost, lost])
            await #expect(throws: PipelineProblem.unavailable) {
                try await test.engine.take([event], in: test.programme)
            }
            let again = try await test.engine.take([event], in: test.programme)
            #expect(again.map(\.status) == [.duplicate])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aQueueOfTheDatabaseThatIsFullIsOverload() async throws {
        try await Self.with { test, database in
            database.fail([.init(.overloaded(limit: 1))])
            await #expect(throws: PipelineProblem.overloaded) {
                try await test.engine.take([test.event("e1", user: "a")], in: test.programme)
            }
        }
    }

    @Test func workOnItsOwnIsUnavailableToo() async throws {
        try await Self.with { test, database in
            let member = try await test.member("a")
            database.fail(Array(repeating: .init(.outcomeUnknown), count: 4))
            await #expect(throws: PipelineProblem.unavailable) {
                try await test.engine.perform(.alone(Alone { _ in }), member: member, in: test.programme)
            }
            // A moment of it goes by unnoticed.
            database.fail([.init(.busy), .init(.connectionLost)])
            _ = try await test.engine.perform(.alone(Alone { _ in }), member: member, in: test.programme)
        }
    }
}
