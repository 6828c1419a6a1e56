import Loyalty
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Runtime

/// A version that comes into force moves when something is due for members; a crash in between, or a commit that nobody
/// heard of, changes nothing about that.
@Suite struct VersionReviewTests {
    private static let year: Int64 = 365 * 86_400_000

    private static var celebrating: Programme {
        var programme = SampleProgramme.programme
        programme.signers = [Signer(id: "anna", name: "Anna Vos")]
        programme.occasions = [
            Occasion(
                id: "year", moment: .anniversary, signers: ["anna"],
                message: Loyalty.LocalizedText([.en: "{years} years."]))
        ]
        return programme
    }

    /// A member for whom nothing is due: they read, and got nothing for it.
    private static func start(_ test: TestEngine, _ versions: ProgrammeVersions) async throws -> MemberID {
        _ = try await versions.apply(
            try ProgrammeDocument.export(SampleProgramme.programme), to: test.programme, basedOn: 0, by: "test",
            at: test.clock.now())
        let taken = try await test.engine.take(
            [
                test.event(
                    "1", user: "ann",
                    fields: ["item": "article-1", "share": .double(0.1), "seconds": .integer(1)])
            ], in: test.programme)
        #expect(taken.map(\.status) == [.accepted])
        return try await test.member("ann")
    }

    private static func letters(_ test: TestEngine, _ member: MemberID) async throws -> [String] {
        test.clock.set(TestEngine.start.adding(milliseconds: year))
        _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
        return try await test.engine.letters(to: member, in: test.programme, limit: 9).map(\.text)
    }

    @Test(arguments: TestDatabases.engines)
    func whatACrashCutOffIsCarriedOut(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let versions = ProgrammeVersions(test.database)
            let member = try await Self.start(test, versions)
            // The version is on disk, and the process ended.
            _ = try await versions.apply(
                try ProgrammeDocument.export(Self.celebrating), to: test.programme, basedOn: 1, by: "test",
                at: test.clock.now())
            test.engine.host.put(try CompiledProgramme(Self.celebrating, version: 2, zones: test.engine.zones))
            #expect(try await versions.reviewedUpTo(test.programme) == 1)
            try await test.engine.finishVersionReviews(of: test.programme, versions)
            #expect(try await versions.reviewedUpTo(test.programme) == nil)
            #expect(try await Self.letters(test, member) == ["1 years."])
        }
    }

    @Test func aVersionThatWasStoredWithoutAnAnswerIsInForce() async throws {
        try await TestDatabases.with(.sqlite, Home.schemas) { database in
            try await TestDatabases.with(.sqlite, Vault.schemas) { vaultDatabase in
                let failing = FailingDatabase(database)
                let test = try await TestEngine(
                    database: failing, vaultDatabase: vaultDatabase, programme: SampleProgramme.programme, seed: 1,
                    limits: Pipeline.Limits())
                let versions = ProgrammeVersions(failing)
                let member = try await Self.start(test, versions)
                let updates = ProgrammeUpdates(engine: test.engine, versions: versions, catalogue: test.catalogue)
                failing.fail([.init(.outcomeUnknown, isCommitted: true), .init(.busy)])
                let outcome = try await updates.apply(
                    try ProgrammeDocument.export(Self.celebrating), to: test.programme, basedOn: 1, by: "test")
                guard case .unchanged(let version) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(version.number == 2)
                #expect(test.engine.host[test.programme]?.version == 2)
                #expect(try await Self.letters(test, member) == ["1 years."])
                await test.engine.drain()
            }
        }
    }
}
