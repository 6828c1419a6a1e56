public import Primitives
public import Storage

/// The drafts of the programmes of a home.
public enum ProgrammeDrafts {
    public static let schema = Schema(
        room: "draft",
        migrations: [
            Migration(
                number: 1, name: "drafts of programmes",
                statements: [
                    // apply_at: -1 for a draft that is not planned.
                    """
                    CREATE TABLE programme_draft (
                        programme_id {text} NOT NULL, revision {int} NOT NULL, based_on {int} NOT NULL,
                        document {blob} NOT NULL, changed_by {text} NOT NULL, changed_at {int} NOT NULL,
                        apply_at {int} NOT NULL, planned_by {text} NOT NULL, refusal {text} NOT NULL,
                        PRIMARY KEY (programme_id))
                    """
                ], isAdditive: true)
        ])

    public static func load(_ programme: ProgrammeID, _ connection: any Connection) throws -> ProgrammeDraft? {
        try connection.first(
            """
            SELECT revision, based_on, document, changed_by, changed_at, apply_at, planned_by, refusal
            FROM programme_draft WHERE programme_id = ?
            """, [.text(programme.name)]
        ).map { row in
            let at = try row.int(5)
            return ProgrammeDraft(
                document: try ProgrammeDocument(bundle: JSONValue(parsing: try row.blob(2))), basedOn: try row.int(1),
                revision: try row.int(0), changedBy: try row.text(3),
                changedAt: Instant(milliseconds: try row.int(4)),
                plan: at < 0
                    ? nil : ProgrammeDraft.Plan(at: Instant(milliseconds: at), by: try row.text(6)),
                refusal: ProgrammeDraft.Refusal(rawValue: try row.text(7)))
        }
    }

    /// Whether a draft is to come into force by now. Cheap: asked every second.
    public static func isDue(_ programme: ProgrammeID, at now: Instant, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM programme_draft WHERE programme_id = ? AND apply_at >= 0 AND apply_at <= ?",
            [.text(programme.name), .integer(now.milliseconds)]) != nil
    }

    /// Stores a draft whose revision is the one it was read with, and gives it the next.
    ///
    /// - Returns: `false` if it was changed since, or began meanwhile. Nothing has changed then.
    public static func save(
        _ draft: ProgrammeDraft, of programme: ProgrammeID, _ connection: any Connection
    ) throws -> Bool {
        // Where a new one begins no old form fits.
        let next = draft.revision == 0 ? draft.changedAt.milliseconds : draft.revision + 1
        let values: [SQLValue] = [
            .integer(next), .integer(draft.basedOn), .blob(draft.document.bundle.bytes()),
            .text(draft.changedBy), .integer(draft.changedAt.milliseconds),
            .integer(draft.plan?.at.milliseconds ?? -1), .text(draft.plan?.by ?? ""),
            .text(draft.refusal?.rawValue ?? ""),
        ]
        if draft.revision == 0 {
            return try connection.execute(
                """
                INSERT INTO programme_draft (revision, based_on, document, changed_by, changed_at, apply_at, planned_by,
                    refusal, programme_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, values + [.text(programme.name)]) == 1
        }
        return try connection.execute(
            """
            UPDATE programme_draft SET revision = ?, based_on = ?, document = ?, changed_by = ?, changed_at = ?,
                apply_at = ?, planned_by = ?, refusal = ? WHERE programme_id = ? AND revision = ?
            """, values + [.text(programme.name), .integer(draft.revision)]) == 1
    }

    /// Throws a draft away, if it is still the one that was read.
    @discardableResult
    public static func remove(
        _ programme: ProgrammeID, revision: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            "DELETE FROM programme_draft WHERE programme_id = ? AND revision = ?",
            [.text(programme.name), .integer(revision)]) == 1
    }
}
