import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct PersonsTests {
    private func member(_ vault: Vault, _ name: String, _ programme: ProgrammeID) async throws -> MemberID {
        try await vault.identities.resolve([identity(.user, name)], programme: programme, now: noon)[0]
    }

    @Test(arguments: TestDatabases.engines)
    func whatIsStoredIsRevealedAndLogged(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let city = try trait("city")
            try await vault.persons.store(
                [.init(anna, [.name: "Anna é", .email: "Anna@Example.org", city: "Gouda"])], programme: courant)
            try await vault.persons.store([.init(anna, [city: nil, .phone: "06"])], programme: courant)
            let fields = try await vault.persons.reveal(
                anna, fields: [.name, .email, .phone, city], programme: courant, purpose: .service, actor: "staff:1",
                now: noon)
            #expect(fields == [.name: "Anna é", .email: "Anna@Example.org", .phone: "06"])
            let own = try await vault.persons.reveal(
                anna, programme: courant, purpose: .ownPage, actor: "member", now: noon)
            #expect(own == fields)
            let log = try await vault.persons.accessLog(of: anna, programme: courant)
            #expect(
                log == [
                    AccessEntry(
                        at: noon, actor: "staff:1", purpose: "service",
                        fields: ["name", "email", "phone", "trait.city"])
                ])
            let names = try await vault.persons.externalIdentities(
                of: anna, programme: courant, purpose: .export, actor: "member", now: noon)
            #expect(names == [try identity(.email, "anna@example.org"), try identity(.user, "anna")])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func addressesAreForLookUpAndNeverTakenFromAnother(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let bo = try await member(vault, "bo", courant)
            try await vault.persons.store([.init(anna, [.email: "a@example.org"])], programme: courant)
            #expect(try await vault.identities.find(identity(.email, "a@example.org"), programme: courant) == anna)
            try await vault.persons.store([.init(bo, [.email: "A@example.org"])], programme: courant)
            #expect(try await vault.identities.find(identity(.email, "a@example.org"), programme: courant) == anna)
            try await vault.persons.store([.init(anna, [.email: "new@example.org"])], programme: courant)
            #expect(try await vault.identities.find(identity(.email, "a@example.org"), programme: courant) == nil)
            #expect(try await vault.identities.find(identity(.email, "new@example.org"), programme: courant) == anna)
            try await vault.persons.store([.init(anna, [.email: nil])], programme: courant)
            #expect(try await vault.identities.find(identity(.email, "new@example.org"), programme: courant) == nil)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func sameValueIsNotWrittenAgain(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            func sealed() async throws -> [[UInt8]] {
                try await database.read {
                    try $0.query("SELECT value FROM personal_field ORDER BY name").map { try $0.blob(0) }
                }
            }
            try await vault.persons.store([.init(anna, [.name: "Anna", .phone: "06"])], programme: courant)
            let before = try await sealed()
            try await vault.persons.store([.init(anna, [.name: "Anna", .phone: "06"])], programme: courant)
            #expect(try await sealed() == before)
            try await vault.persons.store([.init(anna, [.name: "Anne", .phone: "06"])], programme: courant)
            let after = try await sealed()
            #expect(after[0] != before[0] && after[1] == before[1])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func badValuesChangeNothing(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            for fields in [
                [PersonalField.name: "ok", .email: "nonsense"],
                [.name: "ok", .address: String(repeating: "x", count: 4_097)],
            ] as [[PersonalField: String?]] {
                await #expect(throws: VaultProblem.self) {
                    try await vault.persons.store([.init(anna, fields)], programme: courant)
                }
            }
            #expect(try await count("personal_field", database) == 0)
            let stranger = MemberID(ID128(high: 1, low: 2))
            #expect(try await vault.persons.store([.init(stranger, [.name: "x"])], programme: courant) == [stranger])
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.persons.reveal(
                    stranger, programme: courant, purpose: .service, actor: "staff:1", now: noon)
            }
            // A member of one programme is nobody in another.
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.persons.reveal(
                    anna, programme: programme("radio"), purpose: .service, actor: "staff:1", now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func rowMovedToAnotherMemberDoesNotOpen(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            let bo = try await member(vault, "bo", courant)
            try await vault.persons.store([.init(anna, [.name: "Anna"])], programme: courant)
            _ = try await database.write {
                try $0.execute("UPDATE personal_field SET member_id = ?", [.member(bo)])
            }
            await #expect(throws: VaultProblem.notAuthentic(what: "field")) {
                try await vault.persons.reveal(bo, programme: courant, purpose: .ownPage, actor: "member", now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func valueMovedToAnotherFieldDoesNotOpen(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            try await vault.persons.store([.init(anna, [.name: "Anna"])], programme: courant)
            _ = try await database.write {
                try $0.execute("UPDATE personal_field SET name = ?", [.text(PersonalField.phone.name)])
            }
            await #expect(throws: VaultProblem.notAuthentic(what: "field")) {
                try await vault.persons.reveal(anna, programme: courant, purpose: .ownPage, actor: "member", now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func erasedPersonComesBackAsAStranger(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            _ = try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
            try await vault.persons.store([.init(members[0], [.email: "a@example.org"])], programme: courant)
            // By any of the person's pseudonyms, and as often as one likes.
            let erased = try await vault.persons.erase(members[1], programme: courant, now: noon)
            #expect(Set(erased) == Set(members))
            #expect(try await vault.persons.erase(members[1], programme: courant, now: noon) == [members[1]])
            for table in ["person", "identity", "personal_field", "pending_merge"] {
                #expect(try await count(table, database) == 0, "\(table)")
            }
            #expect(Set(try await vault.persons.tombstones().map(\.member)) == Set(members))
            #expect(try await vault.identities.find(user, programme: courant) == nil)
            #expect(try await vault.identities.find(identity(.email, "a@example.org"), programme: courant) == nil)
            #expect(try await vault.identities.canonical(members[0], programme: courant) == nil)
            let fresh = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            #expect(Set(fresh).isDisjoint(with: members))
            await #expect(throws: VaultProblem.unknownMember) {
                try await vault.persons.erase(MemberID(ID128(high: 1, low: 1)), programme: courant, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func purgesStayPendingUntilConfirmed(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let anna = try await member(vault, "anna", courant)
            _ = try await vault.persons.erase(anna, programme: courant, now: noon)
            #expect(try await vault.persons.pendingPurges().map(\.member) == [anna])
            try await vault.persons.confirmPurge(anna, programme: courant)
            #expect(try await vault.persons.pendingPurges().isEmpty)
            #expect(try await vault.persons.tombstones().map(\.isPurged) == [true])
        }
    }

    /// The restore drill: a back-up from before the erasure forgets again before it serves.
    @Test func restoredBackUpForgetsAgain() async throws {
        try await TestDatabases.withFolder { folder in
            let random = SeededRandomBytes(seed: 5)
            let keys = HomeKeys(random: random)
            let courant = try programme("courant")
            func open(_ name: String) async throws -> (Vault, SQLiteDatabase) {
                let database = try SQLiteDatabase.open(path: folder + "/" + name)
                try await Migrator.migrate(database, Vault.schemas)
                return (try Vault(database: database, keys: keys, random: random), database)
            }
            var (vault, database) = try await open("vault.sqlite")
            let anna = try await member(vault, "anna", courant)
            let bo = try await member(vault, "bo", courant)
            try await vault.persons.store([.init(anna, [.name: "Anna"])], programme: courant)
            await database.close()
            try FileManager.default.copyItem(atPath: folder + "/vault.sqlite", toPath: folder + "/backup.sqlite")
            (vault, database) = try await open("vault.sqlite")
            _ = try await vault.persons.erase(anna, programme: courant, now: noon)
            let tombstones = try await vault.persons.tombstones()
            await database.close()
            (vault, database) = try await open("backup.sqlite")
            #expect(try await vault.identities.find(identity(.user, "anna"), programme: courant) == anna)
            try await vault.persons.replay(tombstones)
            #expect(try await vault.identities.find(identity(.user, "anna"), programme: courant) == nil)
            #expect(try await vault.identities.find(identity(.user, "bo"), programme: courant) == bo)
            #expect(try await vault.persons.pendingPurges().map(\.member) == [anna])
            #expect(try await count("personal_field", database) == 0)
            await database.close()
        }
    }
}
