import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

/// What the console's administration asks of the room: searching the log, doing once what a form asks, keeping an owner.
@Suite struct AdministrationTests {
    private func append(
        _ database: any Database, _ programme: ProgrammeID?, _ number: Int64, _ action: String, _ object: String,
        by actor: AuditActor = .server
    ) async throws {
        let entry = AuditEntry(
            programme: programme, at: noon.adding(milliseconds: number * 1_000), actor: actor, action: action,
            object: object)
        try await database.write { try Audit.append($0, entry) }
    }

    @Test(arguments: TestDatabases.engines)
    func theLogIsSearchedByWhatStandsInIt(engine: Engine) async throws {
        try await withAccess(engine) { _, database in
            let courant = try programme("courant")
            try await append(database, courant, 1, "stock.change", "reward:Mug_1")
            try await append(database, courant, 2, "key.create", "key:a", by: .commandLine)
            try await append(database, courant, 3, "stock.change", "reward:mugs1")
            try await append(database, nil, 4, "stock.change", "reward:mug_1")
            func found(_ filter: AuditFilter, before: Int64 = .max, limit: Int = 10) async throws -> [Int64] {
                try await database.read { connection in
                    try Audit.search(connection, programme: courant, filter, before: before, limit: limit)
                        .map(\.sequence)
                }
            }
            #expect(try await found(AuditFilter()) == [3, 2, 1])
            #expect(try await found(AuditFilter(), limit: 2) == [3, 2])
            #expect(try await found(AuditFilter(), before: 2) == [1])
            #expect(try await found(AuditFilter(action: "stock.change")) == [3, 1])
            #expect(try await found(AuditFilter(action: "stock")) == [], "an action is a whole one")
            #expect(try await found(AuditFilter(object: "MUG")) == [3, 1], "capitals do not matter")
            // An underscore stands for itself, and so does whatever else means something to a database.
            #expect(try await found(AuditFilter(object: "mug_1")) == [1])
            #expect(try await found(AuditFilter(object: "%")) == [])
            #expect(try await found(AuditFilter(object: "!")) == [])
            #expect(try await found(AuditFilter(object: "' OR 1=1")) == [])
            #expect(try await found(AuditFilter(actors: ["system:command-line"])) == [2])
            #expect(try await found(AuditFilter(actors: [])) == [])
            #expect(try await found(AuditFilter(from: after(seconds: 2), to: after(seconds: 3))) == [2])
            let (words, count) = try await database.read { connection in
                (try Audit.words(connection, programme: courant), try Audit.count(connection, programme: courant))
            }
            #expect(words.actions == ["key.create", "stock.change"])
            #expect(words.actors == ["system:command-line", "system:server"])
            #expect(count == 3)
            // Each line holds the hash of the one before it, for whoever computes the chain anew.
            let all = try await database.read { connection in
                try Audit.search(connection, programme: courant, AuditFilter(), limit: 10)
            }
            #expect(all[0].previous == all[1].hash && all[1].previous == all[2].hash)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aFormMakesOneKeyAndOneAccount(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let courant = try programme("courant")
            let form = ID128(high: 7, low: 0x8123_4567_89ab_cdef)
            let first = try await access.keys.create(
                programme: courant, kind: .live, scopes: [.counter], label: "till", form: form, by: .commandLine,
                now: noon)
            await #expect(throws: AccessProblem.madeBefore) {
                try await access.keys.create(
                    programme: courant, kind: .live, scopes: Set(Scope.allCases), label: "x", form: form,
                    by: .commandLine, now: noon)
            }
            // What was refused changed nothing of what is there.
            let read = try #require(APIKeyText(first.text.text))
            #expect(try await access.keys.verify(read, now: noon).scopes == [.counter])
            let account = try await access.staff.create(
                name: "Noor", role: .editor, programmes: .all, form: form, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.madeBefore) {
                try await access.staff.create(
                    name: "Else", role: .owner, programmes: .all, form: form, by: .commandLine, now: noon)
            }
            #expect(try await access.staff.list() == [account])
            let lines = try await database.read { connection in
                (try Audit.count(connection, programme: courant), try Audit.count(connection, programme: nil))
            }
            #expect(lines.0 == 1 && lines.1 == 1, "nothing is noted that did not happen")
        }
    }

    @Test(arguments: TestDatabases.engines)
    func somebodyIsLeftToManage(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let (courant, gazette) = (try programme("courant"), try programme("gazette"))
            func make(_ role: Role, _ programmes: ProgrammeSet) async throws -> ID128 {
                try await access.staff.create(
                    name: "x", role: role, programmes: programmes, by: .commandLine, now: noon
                ).id
            }
            func demote(_ id: ID128, _ programmes: ProgrammeSet) async throws {
                try await access.staff.change(
                    id, role: .manager, programmes: programmes, by: .commandLine, keepsOwner: true, now: noon)
            }
            func end(_ id: ID128) async throws {
                try await access.staff.disable(id, by: .commandLine, keepsOwner: true, now: noon)
            }
            let everywhere = try await make(.owner, .all)
            _ = try await make(.manager, .all)
            let local = try await make(.owner, .only([courant]))
            let before = try await dump("staff", database)
            // Somebody who manages one programme is not enough for the home.
            await #expect(throws: AccessProblem.lastOwner) { try await demote(everywhere, .all) }
            await #expect(throws: AccessProblem.lastOwner) { try await end(everywhere) }
            #expect(try await dump("staff", database) == before, "a refusal changes nothing")
            // The other way round it is.
            try await demote(local, .only([courant]))
            let second = try await make(.owner, .all)
            try await end(everywhere)
            await #expect(throws: AccessProblem.lastOwner) { try await end(second) }
            // The command line may: whoever has the machine can make another.
            try await access.staff.disable(second, by: .commandLine, now: noon)
            let (one, other) = (
                try await make(.owner, .only([courant, gazette])), try await make(.owner, .only([courant]))
            )
            await #expect(throws: AccessProblem.lastOwner) { try await end(one) }
            try await end(other)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func sessionsAreCountedAndEnded(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            func make() async throws -> ID128 {
                try await access.staff.create(
                    name: "x", role: .editor, programmes: .all, by: .commandLine, now: noon
                ).id
            }
            func enter(_ id: ID128) async throws -> SecretToken {
                try await access.signIn.redeemLink(access.signIn.issueLink(for: .staff(id), now: noon), now: noon).token
            }
            let (one, other) = (try await make(), try await make())
            let tokens = [try await enter(one), try await enter(one)]
            let theirs = try await enter(other)
            #expect(try await access.sessions.openStaffSessions(now: noon) == [one: 2, other: 1])
            #expect(try await access.sessions.openStaffSessions(now: after(seconds: 3 * 3_600)) == [:], "unused")
            try await access.sessions.signOut(staff: one, by: .commandLine, now: noon)
            for token in tokens {
                await #expect(throws: AccessProblem.self) { try await access.sessions.verify(token, now: noon) }
            }
            _ = try await access.sessions.verify(theirs, now: noon)
            #expect(try await access.sessions.openStaffSessions(now: noon) == [other: 1])
            #expect(try await dump("audit", database).contains("staff.sign-out"))
        }
    }

    @Test func oneSetOfProgrammesHoldsAnother() throws {
        let (courant, gazette) = (try programme("courant"), try programme("gazette"))
        #expect(ProgrammeSet.all.contains(all: .all) && ProgrammeSet.all.contains(all: .only([courant])))
        #expect(!ProgrammeSet.only([courant]).contains(all: .all))
        #expect(ProgrammeSet.only([courant, gazette]).contains(all: .only([courant])))
        #expect(!ProgrammeSet.only([courant]).contains(all: .only([courant, gazette])))
    }
}
