internal import Crypto
public import Primitives
public import Storage

/// The audit log: rows that are only ever added, each bound to the one before it by its hash.
///
/// `hash = SHA-256(previous hash ‖ every field, each preceded by its length)`. One chain per programme and one for the
/// home. A row that is changed, removed or put in between breaks the chain, and a row removed at the end is missing
/// from the head. Who can rewrite the database can rewrite the whole chain: note the head elsewhere (the nightly
/// report prints it) to notice that as well.
public enum Audit {
    /// The last link of a chain.
    public struct Head: Sendable, Hashable {
        /// How many entries there are.
        public let sequence: Int64
        /// 32 bytes; zeros for an empty chain.
        public let hash: [UInt8]

        public init(sequence: Int64, hash: [UInt8]) {
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// What a check of a chain found.
    public enum Verdict: Sendable, Hashable {
        case intact(Head)
        /// The first entry that does not follow from the one before it, or the number after the last when entries are
        /// missing at the end.
        case broken(at: Int64)
    }

    /// Adds an entry in the transaction of the change it tells of.
    ///
    /// Chains serialise those who append to them: rare, deliberate acts of staff, not a log of traffic.
    public static func append(_ connection: any Connection, _ entry: AuditEntry) throws {
        try entry.check()
        let chain = SQLValue.text(entry.programme?.name ?? homeChain)
        try connection.execute(
            "INSERT INTO audit_head (programme_id, sequence, hash) VALUES (?, 0, ?) ON CONFLICT DO NOTHING",
            [chain, .blob(noHash)])
        // Writing before reading makes concurrent writers of a chain wait for each other on both engines.
        try connection.execute("UPDATE audit_head SET sequence = sequence + 1 WHERE programme_id = ?", [chain])
        guard
            let row = try connection.first("SELECT sequence, hash FROM audit_head WHERE programme_id = ?", [chain])
        else { throw AccessProblem.notFound }
        let (sequence, previous) = (try row.int(0), try row.blob(1))
        let hash = Self.hash(entry, sequence: sequence, previous: previous)
        try connection.execute(
            """
            INSERT INTO audit
                (programme_id, sequence, at, actor, action, object, before_state, after_state, reason, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                chain, .integer(sequence), .instant(entry.at), .text(entry.actor.description), .text(entry.action),
                .text(entry.object), SQLValue(entry.before), SQLValue(entry.after), SQLValue(entry.reason),
                .blob(previous), .blob(hash),
            ])
        try connection.execute("UPDATE audit_head SET hash = ? WHERE programme_id = ?", [.blob(hash), chain])
    }

    /// The entries of a chain, latest first.
    ///
    /// - Parameter before: where the previous page ended.
    public static func entries(
        _ connection: any Connection, programme: ProgrammeID?, before: Int64 = .max, limit: Int = 100
    ) throws -> [(sequence: Int64, entry: AuditEntry)] {
        try connection.query(
            select + " WHERE programme_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
            [.text(programme?.name ?? homeChain), .integer(before), .integer(Int64(limit))]
        ).map { (try $0.int(0), try entry($0, programme)) }
    }

    /// Computes a chain anew.
    public static func verify(_ database: any Database, programme: ProgrammeID?) async throws -> Verdict {
        let chain = SQLValue.text(programme?.name ?? homeChain)
        return try await database.read { connection in
            var sequence: Int64 = 0
            var previous = noHash
            while true {
                let rows = try connection.query(
                    select + " WHERE programme_id = ? AND sequence > ? ORDER BY sequence LIMIT 1000",
                    [chain, .integer(sequence)])
                for row in rows {
                    let expected = hash(try entry(row, programme), sequence: sequence + 1, previous: previous)
                    guard try row.int(0) == sequence + 1, try row.blob(8) == previous, try row.blob(9) == expected
                    else { return .broken(at: sequence + 1) }
                    sequence += 1
                    previous = expected
                }
                if rows.isEmpty { break }
            }
            let row = try connection.first("SELECT sequence, hash FROM audit_head WHERE programme_id = ?", [chain])
            let head = try row.map { Head(sequence: try $0.int(0), hash: try $0.blob(1)) }
            let found = Head(sequence: sequence, hash: previous)
            return (head ?? Head(sequence: 0, hash: noHash)) == found ? .intact(found) : .broken(at: sequence + 1)
        }
    }

    /// A programme's name is never empty.
    static let homeChain = ""
    private static let noHash = [UInt8](repeating: 0, count: 32)
    static let select = """
        SELECT sequence, at, actor, action, object, before_state, after_state, reason, previous, hash FROM audit
        """

    static func entry(_ row: Row, _ programme: ProgrammeID?) throws -> AuditEntry {
        AuditEntry(
            programme: programme, at: try row.instant(1), actor: AuditActor(stored: try row.text(2)),
            action: try row.text(3), object: try row.text(4), before: try row.textOrNil(5),
            after: try row.textOrNil(6), reason: try row.textOrNil(7))
    }

    private static func hash(_ entry: AuditEntry, sequence: Int64, previous: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        digest.update(data: previous)
        func add(_ text: String?) {
            // A missing text and an empty one differ.
            guard let text else { return digest.update(data: [0xFF]) }
            let bytes = Array(text.utf8)
            digest.update(data: [0] + withUnsafeBytes(of: UInt32(bytes.count).bigEndian, Array.init))
            digest.update(data: bytes)
        }
        add(entry.programme?.name)
        add(String(sequence))
        add(String(entry.at.milliseconds))
        for text in [entry.actor.description, entry.action, entry.object, entry.before, entry.after, entry.reason] {
            add(text)
        }
        return Array(digest.finalize())
    }
}
