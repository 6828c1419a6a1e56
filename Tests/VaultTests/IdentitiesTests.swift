import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct IdentitiesTests {
    @Test(arguments: TestDatabases.engines)
    func resolvesInOrderAndOnce(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let names = try ["a", "b", "a", "é", "b"].map { try identity(.user, $0) }
            let first = try await vault.identities.resolve(names, programme: courant, now: noon)
            #expect(first[0] == first[2] && first[1] == first[4])
            #expect(Set(first).count == 3)
            let again = try await vault.identities.resolve(names.reversed(), programme: courant, now: noon)
            #expect(again == first.reversed())
            #expect(try await count("person", database) == 3)
            #expect(try await count("identity", database) == 3)
            #expect(try await vault.identities.resolve([], programme: courant, now: noon).isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func namespacesAndProgrammesShareNobody(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            var members = Set<MemberID>()
            for name in ["courant", "radio"] {
                for namespace in [ExternalIdentity.Namespace.user, .anonymous, .email] {
                    members.formUnion(
                        try await vault.identities.resolve(
                            [identity(namespace, "a")], programme: programme(name), now: noon))
                }
            }
            #expect(members.count == 6)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func cachedAnswersNeedNoDatabase(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let names = try (0..<10).map { try identity(.user, "u\($0)") }
            let members = try await vault.identities.resolve(names, programme: courant, now: noon)
            await database.close()
            #expect(try await vault.identities.resolve(names, programme: courant, now: noon) == members)
            #expect(try await vault.identities.find(names[3], programme: courant) == members[3])
            await #expect(throws: StorageProblem.closed) {
                try await vault.identities.resolve([identity(.user, "new")], programme: courant, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func secondVaultOnTheSameDatabaseKnowsTheSamePeople(engine: Engine) async throws {
        try await TestDatabases.with(engine, Vault.schemas) { database in
            let keys = HomeKeys(random: SeededRandomBytes(seed: 3))
            let one = try Vault(database: database, keys: keys, random: SystemRandomBytes())
            let two = try Vault(database: database, keys: keys, random: SystemRandomBytes(), cachedIdentities: 1)
            let courant = try programme("courant")
            let names = try (0..<100).map { try identity(.user, "u\($0)") }
            // Both at once, overlapping, many times over: one person per name, whoever wins.
            try await withThrowingTaskGroup(of: [MemberID].self) { group in
                for round in 0..<10 {
                    let vault = round.isMultiple(of: 2) ? one : two
                    group.addTask {
                        try await vault.identities.resolve(
                            Array(names[(round * 5)...]), programme: courant, now: noon)
                    }
                }
                for try await members in group { #expect(Set(members).count == members.count) }
            }
            let first = try await one.identities.resolve(names, programme: courant, now: noon)
            #expect(try await two.identities.resolve(names, programme: courant, now: noon) == first)
            #expect(try await count("person", database) == 100)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func findCreatesNothing(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let found = try await vault.identities.find(identity(.user, "a"), programme: programme("courant"))
            #expect(found == nil)
            #expect(try await count("person", database) == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func equalSeedsMakeEqualVaults(engine: Engine) async throws {
        func dump(_ seed: UInt64) async throws -> [String] {
            try await TestDatabases.with(engine, Vault.schemas) { database in
                let random = SeededRandomBytes(seed: seed)
                let vault = try Vault(database: database, keys: HomeKeys(random: random), random: random)
                let names = try (0..<20).map { try identity(.user, "u\($0)") }
                let members = try await vault.identities.resolve(names, programme: programme("courant"), now: noon)
                try await vault.persons.store(
                    [.init(members[0], [.name: "Zoë", .phone: "1", .email: "zoe@example.org"])],
                    programme: programme("courant"))
                var lines: [String] = []
                for table in ["person", "identity", "personal_field"] {
                    lines += try await database.read {
                        try $0.query("SELECT * FROM \(table) ORDER BY 1, 2, 3").map { row in
                            try (0..<row.count).map { "\(try row.value($0))" }.joined(separator: "|")
                        }
                    }
                }
                return lines
            }
        }
        let first = try await dump(11)
        let (again, other) = (try await dump(11), try await dump(12))
        #expect(first == again)
        #expect(first != other)
    }
}
