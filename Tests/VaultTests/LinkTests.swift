import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct LinkTests {
    @Test(arguments: TestDatabases.engines)
    func twoStrangersAreOnePerson(engine: Engine) async throws {
        try await withVault(engine) { vault, database in
            let courant = try programme("courant")
            let outcome = try await vault.identities.link(
                user: identity(.user, "u"), previous: identity(.anonymous, "a"), programme: courant, now: noon)
            let both = try await vault.identities.resolve(
                [identity(.user, "u"), identity(.anonymous, "a")], programme: courant, now: noon)
            #expect(both == [outcome.member, outcome.member])
            #expect(outcome == .linked(outcome.member))
            #expect(try await count("person", database) == 1)
        }
    }

    @Test(arguments: TestDatabases.engines, [true, false])
    func theUnknownOneJoinsTheKnownOne(engine: Engine, userIsKnown: Bool) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let known = try await vault.identities.resolve(
                [userIsKnown ? user : device], programme: courant, now: noon)
            let outcome = try await vault.identities.link(
                user: user, previous: device, programme: courant, now: noon)
            #expect(outcome == .linked(known[0]))
            #expect(
                try await vault.identities.resolve([user, device], programme: courant, now: noon)
                    == [known[0], known[0]])
            #expect(try await vault.identities.pendingMerges().isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anonymousMemberMergesIntoTheUserUntilConfirmed(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let members = try await vault.identities.resolve([user, device], programme: courant, now: noon)
            try await vault.persons.store(
                [.init(members[1], [.name: "Zoë", .phone: "06"]), .init(members[0], [.name: "Zoe B."])],
                programme: courant)
            let merge = LinkOutcome.merge(from: members[1], into: members[0])
            // Vault first, idempotently: a crash before the main database confirms gives the same answer again.
            for _ in 0..<3 {
                #expect(
                    try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
                        == merge)
            }
            #expect(
                try await vault.identities.pendingMerges()
                    == [PendingMerge(programme: courant, from: members[1], into: members[0], at: noon)])
            #expect(
                try await vault.identities.resolve([user, device], programme: courant, now: noon)
                    == [members[0], members[0]])
            #expect(try await vault.identities.canonical(members[1], programme: courant) == members[0])
            try await vault.identities.confirmMerge(from: members[1], programme: courant)
            try await vault.identities.confirmMerge(from: members[1], programme: courant)
            #expect(try await vault.identities.pendingMerges().isEmpty)
            #expect(
                try await vault.identities.link(user: user, previous: device, programme: courant, now: noon)
                    == .linked(members[0]))
            // What the user said stands; what only the anonymous member said comes along.
            let fields = try await vault.persons.reveal(
                members[1], programme: courant, purpose: .ownPage, actor: "member", now: noon)
            #expect(fields == [.name: "Zoe B.", .phone: "06"])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func deviceThatChangesHandsTakesNothingWithIt(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let device = try identity(.anonymous, "tablet")
            let (anna, bo) = (try identity(.user, "anna"), try identity(.user, "bo"))
            let first = try await vault.identities.link(user: anna, previous: device, programme: courant, now: noon)
            let second = try await vault.identities.link(user: bo, previous: device, programme: courant, now: noon)
            #expect(second == .linked(second.member))
            #expect(first.member != second.member)
            #expect(
                try await vault.identities.resolve([anna, device, bo], programme: courant, now: noon)
                    == [first.member, second.member, second.member])
            // And back: both are known now.
            let third = try await vault.identities.link(user: anna, previous: device, programme: courant, now: noon)
            #expect(third == .linked(first.member))
            #expect(try await vault.identities.find(device, programme: courant) == first.member)
            #expect(try await vault.identities.pendingMerges().isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func chainsOfMergesEndAtOneMember(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let names = try (0..<5).map { try identity(.user, "u\($0)") }
            let members = try await vault.identities.resolve(names, programme: courant, now: noon)
            for step in 0..<4 {
                let outcome = try await vault.identities.link(
                    user: names[step + 1], previous: names[step], programme: courant, now: noon)
                #expect(outcome == .merge(from: members[step], into: members[step + 1]))
            }
            for member in members {
                #expect(try await vault.identities.canonical(member, programme: courant) == members[4])
            }
            // Nobody waits to be merged into somebody who is gone.
            #expect(Set(try await vault.identities.pendingMerges().map(\.into)) == [members[4]])
            #expect(
                try await vault.identities.resolve(names, programme: courant, now: noon)
                    == Array(repeating: members[4], count: 5))
        }
    }

    @Test(arguments: TestDatabases.engines)
    func nobodyMergesWithThemselves(engine: Engine) async throws {
        try await withVault(engine) { vault, _ in
            let courant = try programme("courant")
            let user = try identity(.user, "u")
            await #expect(throws: VaultProblem.notMergeable) {
                try await vault.identities.link(user: user, previous: user, programme: courant, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func otherNodeNoticesAMerge(engine: Engine) async throws {
        try await TestDatabases.with(engine, Vault.schemas) { database in
            let keys = HomeKeys(random: SeededRandomBytes(seed: 3))
            let one = try Vault(database: database, keys: keys, random: SystemRandomBytes())
            let two = try Vault(database: database, keys: keys, random: SystemRandomBytes())
            let courant = try programme("courant")
            let (user, device) = (try identity(.user, "u"), try identity(.anonymous, "a"))
            let members = try await two.identities.resolve([user, device], programme: courant, now: noon)
            try await two.identities.refresh()
            _ = try await one.identities.link(user: user, previous: device, programme: courant, now: noon)
            try await two.identities.refresh()
            #expect(try await two.identities.find(device, programme: courant) == members[0])
        }
    }
}
