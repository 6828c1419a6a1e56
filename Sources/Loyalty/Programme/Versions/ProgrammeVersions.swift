public import Primitives
public import Storage

/// The canonical chain of versions of every programme of a home, with the source text of each.
public struct ProgrammeVersions: Sendable {
    public static let schema = Schema(
        room: "programme",
        migrations: [
            Migration(
                number: 1, name: "versions",
                statements: [
                    """
                    CREATE TABLE programme_version (
                        programme_id {text} NOT NULL, version {int} NOT NULL, digest {blob} NOT NULL,
                        document {blob} NOT NULL, based_on {int} NOT NULL, applied_at {int} NOT NULL,
                        applied_by {text} NOT NULL, note {text} NOT NULL,
                        PRIMARY KEY (programme_id, version))
                    """
                ]),
            Migration(
                number: 2, name: "reviews of members after a version",
                statements: [
                    // since: the last version of which all members were looked through again.
                    """
                    CREATE TABLE programme_review (
                        programme_id {text} NOT NULL, since {int} NOT NULL, PRIMARY KEY (programme_id))
                    """
                ], isAdditive: true),
        ])

    /// The longest note that is kept, in characters.
    public static let noteCharacters = 1_000

    private let database: any Database

    public init(_ database: any Database) {
        self.database = database
    }

    /// Makes a document the current version of its programme, and carries its members over.
    ///
    /// A server must not decide anything meanwhile: it runs ``apply(_:to:basedOn:by:note:at:_:)`` between two batches.
    ///
    /// - Parameters:
    ///   - document: it must have no errors; see ``ProgrammeDocument/check(zones:)``.
    ///   - programme: what the document must say it is.
    ///   - basedOn: the number of the version that its author started from; `nil` or 0 if there was none.
    ///   - by: a pseudonym or a word such as `cli`.
    /// - Throws: ``DocumentProblems`` for a document with errors or of another programme; ``UndecidedChanges`` if it does
    ///   not say what becomes of members; `StorageProblem`.
    public func apply(
        _ document: ProgrammeDocument, to programme: ProgrammeID, basedOn: Int64?, by: String, note: String = "",
        at now: Instant
    ) async throws -> ProgrammeApplication {
        let apply = try Self.apply(document, to: programme, basedOn: basedOn, by: by, note: note, at: now)
        return try await database.write { try apply($0) }
    }

    /// As ``apply(_:to:basedOn:by:note:at:)``, for a transaction of the caller. The document is checked at once.
    public static func apply(
        _ document: ProgrammeDocument, to programme: ProgrammeID, basedOn: Int64?, by: String, note: String = "",
        at now: Instant, today: Int32? = nil
    ) throws -> @Sendable (any Connection) throws -> ProgrammeApplication {
        let parsed = try document.programme()
        let today = today ?? MemberCalendar.utcDay(of: now)
        let found = parsed.id
        guard found == programme else {
            throw DocumentProblems([
                DocumentProblem(
                    path: ProgrammeDocument.root, message: "The document is of '\(found)', not of '\(programme)'.")
            ])
        }
        let offered = ProgrammeVersion(
            programme: programme, number: 0, digest: document.digest, basedOn: basedOn ?? 0, appliedAt: now,
            appliedBy: by, note: String(note.prefix(Self.noteCharacters)))
        let bytes = document.bundle.bytes()
        return { connection in
            let current = try Self.current(programme, connection)
            if let current, current.digest == offered.digest { return .unchanged(current) }
            guard (current?.number ?? 0) == offered.basedOn else { return .conflict(current: current) }
            var version = offered
            version.number = (current?.number ?? 0) + 1
            let inserted = try connection.execute(
                """
                INSERT INTO programme_version
                    (programme_id, version, digest, document, based_on, applied_at, applied_by, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                [
                    .text(programme.name), .integer(version.number), .blob(version.digest), .blob(bytes),
                    .integer(version.basedOn), .integer(version.appliedAt.milliseconds), .text(version.appliedBy),
                    .text(version.note),
                ])
            guard inserted == 1 else { return .conflict(current: try Self.current(programme, connection)) }
            if let current {
                try connection.execute(
                    "INSERT INTO programme_review (programme_id, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    [.text(programme.name), .integer(current.number)])
            }
            if let current, let before = try Self.document(programme, current.number, connection)?.reading {
                try ProgrammeMigration(from: before, to: parsed, version: version.number, today: today).run(connection)
            }
            // Sums over members follow what the counters say now.
            try LoyaltyStore(programme: programme).renewMeasures(
                parsed.measures.map { MeasureTerms($0, in: parsed) }, connection)
            return .applied(version)
        }
    }

    /// The current version; `nil` for a programme that has none.
    public func current(_ programme: ProgrammeID) async throws -> ProgrammeVersion? {
        try await database.read { try Self.current(programme, $0) }
    }

    /// The versions of a programme, the newest first.
    ///
    /// - Parameter before: only versions older than this one, for the next page.
    public func list(
        _ programme: ProgrammeID, before: Int64 = .max, limit: Int = 50
    ) async throws -> [ProgrammeVersion] {
        try await database.read { connection in
            try connection.query(
                "\(Self.columns) WHERE programme_id = ? AND version < ? ORDER BY version DESC LIMIT ?",
                [.text(programme.name), .integer(before), .integer(Int64(min(max(1, limit), 500)))]
            ).map { try Self.version($0, programme) }
        }
    }

    /// A version with its source text; `nil` if there is none of this number.
    public func load(
        _ programme: ProgrammeID, version number: Int64
    ) async throws -> (version: ProgrammeVersion, document: ProgrammeDocument)? {
        let found = try await database.read { connection -> (ProgrammeVersion, [UInt8])? in
            let rows = try connection.query(
                """
                SELECT version, digest, based_on, applied_at, applied_by, note, document FROM programme_version
                WHERE programme_id = ? AND version = ?
                """, [.text(programme.name), .integer(number)])
            return try rows.first.map { (try Self.version($0, programme), try $0.blob(6)) }
        }
        guard let (version, bytes) = found else { return nil }
        return (version, try ProgrammeDocument(bundle: JSONValue(parsing: bytes)))
    }

    /// The current version with its source text; `nil` for a programme that has none.
    public func loadCurrent(
        _ programme: ProgrammeID
    ) async throws -> (version: ProgrammeVersion, document: ProgrammeDocument)? {
        guard let current = try await current(programme) else { return nil }
        return try await load(programme, version: current.number)
    }

    /// The version after which members are still to be looked through again, because one came into force since; `nil` if
    /// that is done. See ``markReviewed(_:upTo:)``.
    public func reviewedUpTo(_ programme: ProgrammeID) async throws -> Int64? {
        try await database.read { connection in
            try connection.first(
                "SELECT since FROM programme_review WHERE programme_id = ?", [.text(programme.name)])?.int(0)
        }
    }

    /// Says that all members were looked through under a version; not if there is a later one already.
    public func markReviewed(_ programme: ProgrammeID, upTo version: Int64) async throws {
        try await database.write { connection in
            guard try (Self.current(programme, connection)?.number ?? 0) <= version else { return }
            try connection.execute(
                "DELETE FROM programme_review WHERE programme_id = ?", [.text(programme.name)])
        }
    }

    /// Every programme of the home that has a version.
    public func programmes() async throws -> [ProgrammeID] {
        try await database.read { connection in
            try connection.query("SELECT DISTINCT programme_id FROM programme_version ORDER BY programme_id", [])
                .compactMap { ProgrammeID(try $0.text(0)) }
        }
    }

    private static func document(
        _ programme: ProgrammeID, _ number: Int64, _ connection: any Connection
    ) throws -> ProgrammeDocument? {
        try connection.first(
            "SELECT document FROM programme_version WHERE programme_id = ? AND version = ?",
            [.text(programme.name), .integer(number)]
        ).map { try ProgrammeDocument(bundle: JSONValue(parsing: try $0.blob(0))) }
    }

    private static let columns =
        "SELECT version, digest, based_on, applied_at, applied_by, note FROM programme_version"

    private static func current(
        _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> ProgrammeVersion? {
        try connection.query(
            "\(columns) WHERE programme_id = ? ORDER BY version DESC LIMIT 1", [.text(programme.name)]
        ).first.map { try version($0, programme) }
    }

    private static func version(_ row: Row, _ programme: ProgrammeID) throws -> ProgrammeVersion {
        ProgrammeVersion(
            programme: programme, number: try row.int(0), digest: try row.blob(1), basedOn: try row.int(2),
            appliedAt: Instant(milliseconds: try row.int(3)), appliedBy: try row.text(4), note: try row.text(5))
    }
}
