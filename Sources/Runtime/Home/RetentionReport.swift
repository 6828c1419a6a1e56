public import Loyalty
public import Primitives
import Settings
public import Storage
import Vault

/// What is kept for a time only, for how long, and whether it goes when its time is over: one row per kind of data.
public struct RetentionReport: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable {
            /// Raw events of one type.
            case event
            /// Events that could not be taken, sealed.
            case quarantine
            /// Hashes of consent receipts of erased members.
            case consentProof = "consent-proof"
        }

        public var kind: Kind
        /// The event type; empty for the others.
        public var type: String
        /// The consent purpose that the programme declares for the type; `nil` for a type that it no longer has.
        public var purpose: String?
        /// How long, by the member's level; a level that is absent keeps nothing.
        public var keep: [PrivacyLevel: DurationSpan]
        /// Whether the operator decided so, instead of the programme.
        public var isOverridden: Bool
        public var kept: Int64
        /// The day of the oldest, in days since 1970-01-01 (UTC).
        public var oldestDay: Int64?
        /// How many of them should be gone: more than an hour after ``RetentionReport/lastRun`` it is a fault.
        public var due: Int64
    }

    public var programme: ProgrammeID
    public var at: Instant
    /// When data whose time is over was last removed; `nil`: never.
    public var lastRun: Instant?
    /// How many rows that removed.
    public var lastRemoved: Int64
    public var rows: [Row]

    /// Nothing is kept longer than its time.
    public var isKept: Bool { rows.allSatisfy { $0.due == 0 } }
}

/// When retention was last carried out, by programme.
public enum RetentionSchema {
    public static let schema = Schema(
        room: "retention",
        migrations: [
            Migration(
                number: 1, name: "last runs",
                statements: [
                    """
                    CREATE TABLE retention_run (
                        programme_id {text} NOT NULL, at {int} NOT NULL, removed {int} NOT NULL,
                        PRIMARY KEY (programme_id)) {clustered}
                    """
                ], isAdditive: true)
        ])
}

extension Home {
    /// What is kept, per event type and purpose, and how much of it is overdue. Counts only.
    ///
    /// - Complexity: reads all raw events of the programme.
    public func retentionReport(of programme: ProgrammeID, at now: Instant) async throws -> RetentionReport {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let overrides = policy.retention.durations
        let types = compiled.programme.events
        var report = try await database.read { connection in
            var found: [String: (kept: Int64, oldest: Int64, due: Int64)] = [:]
            for row in try connection.query(
                """
                SELECT type, COUNT(*), MIN(at), COUNT(CASE WHEN expires_at <= ? THEN 1 END) FROM event
                WHERE programme_id = ? GROUP BY type
                """, [.instant(now), .programme(programme)])
            {
                found[try row.text(0)] = (try row.int(1), try row.int(2), try row.int(3))
            }
            // A setting that is younger than the events holds for them as well.
            for (type, kept) in overrides where found[type] != nil {
                let limit = now.adding(milliseconds: -kept.components.seconds * 1_000)
                let due = try connection.first(
                    """
                    SELECT COUNT(CASE WHEN expires_at <= ? OR at <= ? THEN 1 END) FROM event
                    WHERE programme_id = ? AND type = ?
                    """, [.instant(now), .instant(limit), .programme(programme), .text(type)])
                found[type]?.due = try due?.int(0) ?? 0
            }
            var rows = types.map { type in
                let state = found.removeValue(forKey: type.id)
                return RetentionReport.Row(
                    kind: .event, type: type.id, purpose: type.purpose, keep: type.keep,
                    isOverridden: overrides[type.id] != nil, kept: state?.kept ?? 0,
                    oldestDay: state.map { Self.day($0.oldest) }, due: state?.due ?? 0)
            }
            rows += found.sorted { $0.key < $1.key }.map { type, state in
                RetentionReport.Row(
                    kind: .event, type: type, purpose: nil, keep: [:], isOverridden: overrides[type] != nil,
                    kept: state.kept, oldestDay: Self.day(state.oldest), due: state.due)
            }
            let quarantine = try connection.first(
                """
                SELECT COUNT(*), MIN(day), COUNT(CASE WHEN expires_at <= ? THEN 1 END) FROM quarantine
                WHERE programme_id = ?
                """, [.instant(now), .programme(programme)])
            if let quarantine {
                rows.append(
                    RetentionReport.Row(
                        kind: .quarantine, type: "", purpose: nil, keep: [:], isOverridden: false,
                        kept: try quarantine.int(0), oldestDay: try quarantine.intOrNil(1), due: try quarantine.int(2)))
            }
            let run = try connection.first(
                "SELECT at, removed FROM retention_run WHERE programme_id = ?", [.programme(programme)])
            return RetentionReport(
                programme: programme, at: now, lastRun: try run?.instant(0), lastRemoved: try run?.int(1) ?? 0,
                rows: rows)
        }
        let proofs = try await vault.consents.proofs(of: programme, at: now)
        report.rows.append(
            RetentionReport.Row(
                kind: .consentProof, type: "", purpose: nil, keep: [:], isOverridden: false, kept: proofs.kept,
                oldestDay: nil, due: proofs.due))
        return report
    }

    private static func day(_ milliseconds: Int64) -> Int64 {
        let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return rest < 0 ? day - 1 : day
    }
}
