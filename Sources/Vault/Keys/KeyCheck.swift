internal import Crypto
public import Storage

/// The mark that a key leaves in every database it serves: a database without its key, or with another one, is found
/// out before anything is written.
///
/// The mark is a keyed hash of a constant text, so it tells nothing about the key and cannot be made without it.
public enum KeyCheck {
    /// Which keys a database is marked with.
    public enum Role: Sendable {
        /// Behaviour, ledger and access.
        case main
        /// Persons.
        case vault

        var purposes: [KeyPurpose] {
            switch self {
            case .main: [.pseudonym, .claim, .session]
            case .vault: [.vault, .index, .pseudonym]
            }
        }
    }

    /// The table of the marks, in both databases.
    public static let schema = Schema(
        room: "keys",
        migrations: [
            Migration(
                number: 1, name: "check values",
                statements: [
                    """
                    CREATE TABLE key_check (
                        purpose {text} NOT NULL, key_id {int} NOT NULL, value {blob} NOT NULL,
                        PRIMARY KEY (purpose, key_id)) {clustered}
                    """
                ])
        ])

    struct Mark: Sendable, Hashable {
        let purpose: KeyPurpose
        let id: Int
        let value: [UInt8]
    }

    static func marks(of ring: Keyring) throws(VaultProblem) -> [Mark] {
        var marks: [Mark] = []
        for id in ring.ids {
            let text = "stamgast key check|\(ring.purpose.rawValue)|\(id)"
            let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: try ring.key(id))
            marks.append(Mark(purpose: ring.purpose, id: id, value: Array(code.prefix(16))))
        }
        return marks
    }

    static func stored(in database: any Database) async throws -> [Mark] {
        try await database.read { connection in
            try connection.query("SELECT purpose, key_id, value FROM key_check ORDER BY purpose, key_id", [])
                .compactMap { row in
                    guard let purpose = KeyPurpose(rawValue: try row.text(0)) else { return nil }
                    return Mark(purpose: purpose, id: Int(try row.int(1)), value: try row.blob(2))
                }
        }
    }

    static func store(_ marks: [Mark], in database: any Database) async throws {
        try await database.write { connection in
            for mark in marks {
                // Two nodes may start on an empty database at once; the reader afterwards judges whose key won.
                try connection.execute(
                    "INSERT INTO key_check (purpose, key_id, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [.text(mark.purpose.rawValue), .integer(Int64(mark.id)), .blob(mark.value)])
            }
        }
    }
}
