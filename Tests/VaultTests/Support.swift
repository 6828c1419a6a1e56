import Foundation
import Primitives
import Storage
import TestSupport
import Vault

struct Missing: Error {
    let what: String
}

func programme(_ name: String) throws -> ProgrammeID {
    guard let programme = ProgrammeID(name) else { throw Missing(what: name) }
    return programme
}

func identity(_ namespace: ExternalIdentity.Namespace, _ value: String) throws -> ExternalIdentity {
    guard let identity = ExternalIdentity(namespace, value) else { throw Missing(what: "an identity") }
    return identity
}

func trait(_ name: String) throws -> PersonalField {
    guard let field = PersonalField.trait(name) else { throw Missing(what: name) }
    return field
}

let noon = Instant(seconds: 1_750_000_000)

/// Runs a body with a vault on a fresh database.
func withVault(
    _ engine: Engine, seed: UInt64 = 1, cachedIdentities: Int = 1_000,
    _ body: (Vault, any Database) async throws -> Void
) async throws {
    try await TestDatabases.with(engine, Vault.schemas) { database in
        let random = SeededRandomBytes(seed: seed)
        let vault = try Vault(
            database: database, keys: HomeKeys(random: random), random: random, cachedIdentities: cachedIdentities)
        try await body(vault, database)
    }
}

/// The rows of a table, for comparing.
func count(_ table: String, _ database: any Database) async throws -> Int {
    try await database.read { Int(try $0.first("SELECT COUNT(*) FROM \(table)")?.int(0) ?? -1) }
}
