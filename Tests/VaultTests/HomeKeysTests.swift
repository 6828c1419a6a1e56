import Crypto
import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Vault

@Suite struct HomeKeysTests {
    private struct Home {
        let folder: String
        let main: any Database
        let vault: any Database

        var keys: String { folder + "/keys" }

        func open(_ seed: UInt64 = 1, environment: [String: String] = [:]) async throws -> HomeKeys {
            try await HomeKeys.open(
                folder: keys, environment: environment, databases: [.init(main, .main), .init(vault, .vault)],
                random: SeededRandomBytes(seed: seed))
        }
    }

    private func withHome(_ engine: Engine = .sqlite, _ body: (Home) async throws -> Void) async throws {
        try await TestDatabases.withFolder { folder in
            try await TestDatabases.with(engine, [KeyCheck.schema]) { main in
                try await TestDatabases.with(engine, Vault.schemas) { vault in
                    try await body(Home(folder: folder, main: main, vault: vault))
                }
            }
        }
    }

    private func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = FileManager.default.contents(atPath: folder + "/" + name)
        }
        return files
    }

    private func mode(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    @Test(arguments: TestDatabases.engines)
    func firstRunMakesFilesOnlyTheOwnerCanRead(engine: Engine) async throws {
        try await withHome(engine) { home in
            let keys = try await home.open()
            #expect(
                try Set(files(home.keys).keys)
                    == ["vault.key", "index.key", "pseudonym.key", "claim.key", "session.key"])
            #expect(try mode(home.keys) == 0o700)
            for name in try files(home.keys).keys { #expect(try mode(home.keys + "/" + name) == 0o600) }
            let again = try await home.open(2)
            for purpose in KeyPurpose.allCases { #expect(keys[purpose].text == again[purpose].text) }
            #expect(Set(KeyPurpose.allCases.map { keys[$0].text }).count == 5)
        }
    }

    @Test func equalSeedsMakeEqualFiles() async throws {
        var seen: [[String: Data]] = []
        for seed in [4, 4, 5] as [UInt64] {
            try await withHome { home in
                _ = try await home.open(seed)
                seen.append(try files(home.keys))
            }
        }
        #expect(seen[0] == seen[1])
        #expect(seen[0] != seen[2])
    }

    @Test(arguments: KeyPurpose.allCases)
    func dataWithoutItsKeyRefusesToStart(purpose: KeyPurpose) async throws {
        try await withHome { home in
            _ = try await home.open()
            let path = home.keys + "/" + purpose.fileName
            try FileManager.default.removeItem(atPath: path)
            await #expect(throws: KeyProblem.missing(purpose: purpose, path: path)) { try await home.open(2) }
            // And nothing was made in its place.
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect("\(KeyProblem.missing(purpose: purpose, path: path))".contains(purpose.environmentVariable))
        }
    }

    @Test(arguments: KeyPurpose.allCases)
    func wrongKeyIsRefused(purpose: KeyPurpose) async throws {
        try await withHome { home in
            _ = try await home.open()
            let path = home.keys + "/" + purpose.fileName
            let other = Keyring.make(purpose: purpose, random: SeededRandomBytes(seed: 99))
            try KeyFile.write(other.text, folder: home.keys, name: purpose.fileName)
            await #expect(throws: KeyProblem.wrong(purpose: purpose, origin: path)) { try await home.open() }
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o700, 0o777])
    func widerPermissionsAreRefused(mode: Int) async throws {
        try await withHome { home in
            _ = try await home.open()
            let path = home.keys + "/vault.key"
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            await #expect(throws: KeyProblem.exposed(path: path, mode: UInt32(mode))) { try await home.open() }
        }
    }

    @Test func readOnlyFileIsFine() async throws {
        try await withHome { home in
            _ = try await home.open()
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o400], ofItemAtPath: home.keys + "/vault.key")
            _ = try await home.open()
        }
    }

    @Test func environmentTakesThePlaceOfFiles() async throws {
        try await withHome { home in
            let text = Data([UInt8](repeating: 9, count: 32)).base64EncodedString()
            var environment: [String: String] = [:]
            for purpose in KeyPurpose.allCases { environment[purpose.environmentVariable] = text }
            let keys = try await home.open(environment: environment)
            #expect(!FileManager.default.fileExists(atPath: home.keys))
            #expect(keys.vault.ids == [1])
            await #expect(throws: KeyProblem.self) { try await home.open() }
            let rotated = Data([UInt8](repeating: 8, count: 32)).base64EncodedString()
            environment["STAMGAST_VAULT_KEY"] = "2:\(rotated), 1:\(text)"
            #expect(try await home.open(environment: environment).vault.currentID == 2)
            // Now version 2 is known as well, and missing when it goes.
            environment["STAMGAST_VAULT_KEY"] = text
            await #expect(
                throws: KeyProblem.missingVersion(purpose: .vault, id: 2, origin: "STAMGAST_VAULT_KEY")
            ) { try await home.open(environment: environment) }
        }
    }

    @Test(arguments: [
        "", "#", "abc", "1:AAAA", "0:" + good, "x:" + good, "1:" + good + ",1:" + good, good + "," + good,
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: KeyProblem.malformed(purpose: .vault, origin: "here")) {
            try Keyring(purpose: .vault, text: text, origin: "here")
        }
    }

    private static let good = Data([UInt8](repeating: 1, count: 32)).base64EncodedString()

    @Test func crashBetweenFilesAndMarksIsHarmless() async throws {
        try await withHome { home in
            let ring = Keyring.make(purpose: .vault, random: SeededRandomBytes(seed: 42))
            try KeyFile.write(ring.text, folder: home.keys, name: "vault.key")
            try Data("half".utf8).write(to: URL(filePath: home.keys + "/.claim.key.new"))
            #expect(try await home.open().vault.text == ring.text)
            #expect(try files(home.keys).count == 5)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func rotationMovesDataKeysAndReadsOldOnes(engine: Engine) async throws {
        try await withHome(engine) { home in
            let courant = try programme("courant")
            var keys = try await home.open()
            var vault = try Vault(database: home.vault, keys: keys, random: SystemRandomBytes())
            let members = try await vault.identities.resolve(
                (0..<5).map { try identity(.user, "u\($0)") }, programme: courant, now: noon)
            try await vault.persons.store([.init(members[0], [.name: "Anna"])], programme: courant)
            try HomeKeys.rotate(.vault, folder: home.keys, environment: [:], random: SystemRandomBytes())
            keys = try await home.open()
            #expect(keys.vault.ids == [1, 2])
            vault = try Vault(database: home.vault, keys: keys, random: SystemRandomBytes())
            #expect(try await vault.persons.rewrap(limit: 3) == 3)
            #expect(try await vault.persons.rewrap(limit: 3) == 2)
            #expect(try await vault.persons.rewrap(limit: 3) == 0)
            let fields = try await vault.persons.reveal(
                members[0], programme: courant, purpose: .ownPage, actor: "member", now: noon)
            #expect(fields == [.name: "Anna"])
            #expect(
                try await vault.identities.resolve(
                    (0..<5).map { try identity(.user, "u\($0)") }, programme: courant, now: noon) == members)
            #expect(throws: KeyProblem.notInFile(purpose: .vault)) {
                try HomeKeys.rotate(
                    .vault, folder: home.keys, environment: ["STAMGAST_VAULT_KEY": "x"], random: SystemRandomBytes())
            }
        }
    }

    @Test(arguments: [KeyPurpose.index, .pseudonym, .claim])
    func keysWhoseWorkIsComparedHaveOneVersion(purpose: KeyPurpose) async throws {
        #expect(throws: KeyProblem.notRotatable(purpose: purpose)) {
            try HomeKeys.rotate(purpose, folder: "/nowhere", environment: [:], random: SystemRandomBytes())
        }
        #expect(throws: KeyProblem.notRotatable(purpose: purpose)) {
            try Keyring(purpose: purpose, text: "1:\(Self.good),2:\(Self.good)", origin: "here")
        }
    }

    @Test func derivedSecretsDifferByUseAndKey() throws {
        let keys = HomeKeys(random: SeededRandomBytes(seed: 1))
        let secrets = try [
            keys.claim.secret(use: "idempotency"), keys.claim.secret(use: "claims"),
            keys.session.secret(use: "idempotency"), keys.claim.current.withUnsafeBytes { Array($0) },
        ]
        #expect(Set(secrets).count == 4)
        #expect(secrets.allSatisfy { $0.count == 32 })
    }

    @Test func keysNeverReachTheDatabases() async throws {
        try await TestDatabases.withFolder { folder in
            let database = try SQLiteDatabase.open(path: folder + "/vault.sqlite")
            try await Migrator.migrate(database, Vault.schemas)
            let keys = try await HomeKeys.open(
                folder: folder + "/keys", environment: [:], databases: [.init(database, .vault)],
                random: SystemRandomBytes())
            await database.close()
            let file = FileManager.default.contents(atPath: folder + "/vault.sqlite") ?? Data()
            #expect(file.count > 0)
            for purpose in KeyPurpose.allCases {
                let key = try keys[purpose].current.withUnsafeBytes { Data($0) }
                #expect(file.range(of: key) == nil)
            }
        }
    }
}
