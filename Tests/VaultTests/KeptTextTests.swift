import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

/// What members write to people of the house.
@Suite struct KeptTextTests {
    private static let canary = "canary-é-words"

    private func member(_ vault: Vault, _ name: String, _ programme: ProgrammeID) async throws -> MemberID {
        try await vault.identities.resolve([identity(.user, name)], programme: programme, now: noon)[0]
    }

    private func own(_ ids: [ID128], _ vault: Vault, _ programme: ProgrammeID) async throws -> [ID128: String] {
        try await vault.persons.texts(ids, programme: programme, purpose: .ownPage, actor: "member:1", now: noon)
    }

    @Test(arguments: TestDatabases.engines)
    func aTextIsKeptOnceSealedAndEveryLookOfOthersIsLogged(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let id = ID128(high: 1, low: 2)
            for text in [Self.canary, "another"] {
                try await vault.persons.keep(text: text, as: id, of: anna, programme: courant)
            }
            #expect(try await own([id, ID128(high: 9, low: 9)], vault, courant) == [id: Self.canary])
            #expect(try await own([id], vault, programme("other")).isEmpty)
            #expect(try await vault.persons.accessLog(of: anna, programme: courant).isEmpty)
            let seen = try await vault.persons.texts(
                [id], programme: courant, purpose: .service, actor: "staff:1", now: noon)
            #expect(seen == [id: Self.canary])
            let log = try await vault.persons.accessLog(of: anna, programme: courant)
            #expect(
                log == [AccessEntry(at: noon, actor: "staff:1", purpose: "service", fields: ["conversation"])])
            let stored = try await database.read { try $0.query("SELECT value FROM kept_text").map { try $0.blob(0) } }
            #expect(stored.count == 1)
            #expect(stored.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("canary") })
            await #expect(throws: VaultProblem.self) {
                try await vault.persons.keep(
                    text: String(repeating: "a", count: Persons.longestText + 1), as: ID128(high: 1, low: 3), of: anna,
                    programme: courant)
            }
            try await vault.persons.forget(texts: [id], programme: courant)
            #expect(try await own([id], vault, courant).isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aTextGoesWithItsMemberAndMovesWithWhoTheyBecome(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "anna"), try identity(.anonymous, "phone"))
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            let (id, other) = (ID128(high: 1, low: 2), ID128(high: 1, low: 3))
            let bo = try await member(vault, "bo", courant)
            try await vault.persons.keep(text: Self.canary, as: id, of: members[1], programme: courant)
            try await vault.persons.keep(text: "of bo", as: other, of: bo, programme: courant)
            _ = try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
            #expect(try await own([id], vault, courant) == [id: Self.canary], "a merge loses no words")
            let sealed = try await database.read {
                try $0.first("SELECT value FROM kept_text WHERE text_id = ?", [.id(id)])?.blob(0)
            }
            _ = try await vault.persons.erase(members[0], programme: courant, now: noon)
            #expect(try await own([id, other], vault, courant) == [other: "of bo"])
            // A copy of the sealed words, as a back-up would have it, opens for nobody.
            let copy = try #require(sealed)
            _ = try await database.write {
                try $0.execute(
                    "INSERT INTO kept_text (text_id, programme_id, member_id, value) VALUES (?, ?, ?, ?)",
                    [.id(id), .programme(courant), .member(members[0]), .blob(copy)])
            }
            #expect(try await own([id], vault, courant).isEmpty)
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.persons.keep(
                    text: "late", as: ID128(high: 4, low: 4), of: members[0], programme: courant)
            }
        }
    }
}
