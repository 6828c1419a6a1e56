import Loyalty
import Primitives
import Storage
import TestSupport
import Testing

@testable import Personalisation

@Suite struct ProfilingStoreTests {
    @Test(arguments: TestDatabases.engines)
    func whatWasChosenComesBackAndGoes(kind: Storage.Engine) async throws {
        let store = ProfilingStore(programme: try #require(ProgrammeID("post")))
        let other = ProfilingStore(programme: try #require(ProgrammeID("radio")))
        let members = (1...3).map { MemberID(ID128(high: 7, low: UInt64($0))) }
        var choice = ProfilingChoice(
            all: .persona, surprise: .half, isAsked: true, pausedUntil: Instant(milliseconds: 1_800_000_000_123))
        choice.messages = .off
        let written = choice
        try await TestDatabases.with(kind, [ProfilingSchema.schema]) { database in
            try await database.write { connection in
                try store.write(ProfilingChoice(all: .personal), of: members[0], connection)
                // A second word takes the place of the first.
                try store.write(written, of: members[0], connection)
                try store.write(ProfilingChoice(all: .off), of: members[1], connection)
            }
            try await database.read { connection in
                let found = try store.choices(of: members, connection)
                #expect(found == [members[0]: written, members[1]: ProfilingChoice(all: .off)])
                #expect(try other.choices(of: members, connection).isEmpty, "a programme is a partition")
                #expect(try store.choices(of: [], connection).isEmpty)
            }
            try await database.write { connection in
                let elsewhere = try other.erase(members, connection)
                let here = try store.erase([members[0], members[2]], connection)
                #expect(elsewhere == 0 && here == 1)
                let left = try store.choices(of: members, connection)
                #expect(Array(left.keys) == [members[1]])
            }
        }
    }
}
