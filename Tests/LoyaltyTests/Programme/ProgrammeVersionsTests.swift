import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

@Suite struct ProgrammeVersionsTests {
    private let now = Instant(seconds: 1_790_000_000)

    private func id() throws -> ProgrammeID { try #require(ProgrammeID("test")) }

    @Test(arguments: TestDatabases.engines) func versionsFormAChain(engine: Engine) async throws {
        let id = try id()
        try await TestDatabases.with(engine, [ProgrammeVersions.schema, MeasureSchema.schema]) { database in
            let versions = ProgrammeVersions(database)
            #expect(try await versions.current(id) == nil)
            #expect(try await versions.programmes() == [])
            #expect(try await versions.load(id, version: 1) == nil)
            let first = try ProgrammeDocument(Documents.good)
            let second = try Documents.replacing("15", by: "20", in: "rules/reader.yaml")

            guard
                case .applied(let one) = try await versions.apply(
                    first, to: id, basedOn: nil, by: "cli", note: "é", at: now)
            else {
                Issue.record("the first version was not applied")
                return
            }
            #expect(one.number == 1 && one.basedOn == 0 && one.note == "é" && one.digest == first.digest)
            #expect(try await versions.apply(first, to: id, basedOn: nil, by: "other", at: now) == .unchanged(one))
            #expect(try await versions.apply(second, to: id, basedOn: 0, by: "cli", at: now) == .conflict(current: one))
            #expect(try await versions.apply(second, to: id, basedOn: 7, by: "cli", at: now) == .conflict(current: one))
            guard case .applied(let two) = try await versions.apply(second, to: id, basedOn: 1, by: "cli", at: now)
            else {
                Issue.record("the second version was not applied")
                return
            }
            #expect(two.number == 2 && two.basedOn == 1)
            // Back to what it was is a version of its own.
            guard case .applied(let three) = try await versions.apply(first, to: id, basedOn: 2, by: "cli", at: now)
            else {
                Issue.record("the third version was not applied")
                return
            }
            #expect(try await versions.current(id) == three)
            #expect(try await versions.list(id).map(\.number) == [3, 2, 1])
            #expect(try await versions.list(id, before: 3, limit: 1) == [two])
            let loaded = try #require(try await versions.load(id, version: 2))
            #expect(loaded.version == two && loaded.document == second)
            #expect(try await versions.loadCurrent(id)?.document == first)
            #expect(try await versions.programmes() == [id])
            let other = try #require(ProgrammeID("other"))
            #expect(try await versions.current(other) == nil)
            #expect(try await versions.load(other, version: 1) == nil)
        }
    }

    @Test(arguments: TestDatabases.engines) func aDocumentWithErrorsChangesNothing(engine: Engine) async throws {
        let id = try id()
        try await TestDatabases.with(engine, [ProgrammeVersions.schema, MeasureSchema.schema]) { database in
            let versions = ProgrammeVersions(database)
            let broken = try Documents.replacing("unit: ink", by: "unit: inc", in: "rules/reader.yaml")
            await #expect(throws: DocumentProblems.self) {
                try await versions.apply(broken, to: id, basedOn: nil, by: "cli", at: now)
            }
            let other = try #require(ProgrammeID("other"))
            await #expect(throws: DocumentProblems.self) {
                try await versions.apply(ProgrammeDocument(Documents.good), to: other, basedOn: nil, by: "cli", at: now)
            }
            #expect(try await versions.programmes() == [])
        }
    }

    @Test(arguments: TestDatabases.engines) func ofTwoAtOnceOneIsTold(engine: Engine) async throws {
        let id = try id()
        try await TestDatabases.with(engine, [ProgrammeVersions.schema, MeasureSchema.schema]) { database in
            let versions = ProgrammeVersions(database)
            let documents = try (1...8).map { number in
                try Documents.replacing("15", by: "\(number)", in: "rules/reader.yaml")
            }
            let results = try await withThrowingTaskGroup(of: ProgrammeApplication.self) { group in
                for document in documents {
                    group.addTask { try await versions.apply(document, to: id, basedOn: nil, by: "cli", at: now) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let applied = results.filter { if case .applied = $0 { true } else { false } }
            #expect(applied.count == 1)
            #expect(try await versions.list(id).count == 1)
        }
    }
}
