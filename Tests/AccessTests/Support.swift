import Primitives
import Storage
import TestSupport
import Vault

@testable import Access

struct Missing: Error {
    let what: String
}

func programme(_ name: String) throws -> ProgrammeID {
    guard let programme = ProgrammeID(name) else { throw Missing(what: name) }
    return programme
}

let noon = Instant(seconds: 1_750_000_000)

func after(seconds: Int64) -> Instant { noon.adding(milliseconds: seconds * 1_000) }

/// Runs a body with an access room on a fresh database.
func withAccess(
    _ engine: Engine, seed: UInt64 = 1, _ body: (Access, any Database) async throws -> Void
) async throws {
    try await TestDatabases.with(engine, Access.schemas) { database in
        let random = SeededRandomBytes(seed: seed)
        let access = try Access(
            database: database, keys: HomeKeys(random: random), random: random, cost: .quick)
        try await body(access, database)
    }
}

extension PasswordHash.Cost {
    /// Next to nothing: what is tested is not how long it takes.
    static let quick = PasswordHash.Cost(logRounds: 4, blockSize: 1, parallelism: 1)
}

/// Every value of a table as text, to look for what must not be there.
func dump(_ table: String, _ database: any Database) async throws -> String {
    try await database.read { connection in
        try connection.query("SELECT * FROM \(table)", []).map { row in
            try (0..<row.count).map { "\(try row.value($0))" }.joined(separator: "|")
        }.joined(separator: "\n")
    }
}
