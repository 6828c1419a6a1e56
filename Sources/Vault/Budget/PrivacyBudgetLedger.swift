public import Primitives
internal import Storage

/// A release of figures about members, as the budget sees it.
public struct PrivacyRelease: Sendable, Hashable {
    /// Names the release: the same one, asked for again, costs nothing.
    public var id: ID128
    /// What is released, as a short name such as `persona-lists`.
    public var purpose: String
    /// What it costs: the ρ of zero-concentrated differential privacy in millionths (0.01 is 10 000), rounded up.
    public var microRho: Int64

    public init(id: ID128, purpose: String, microRho: Int64) {
        self.id = id
        self.purpose = purpose
        self.microRho = microRho
    }
}

/// What is spent of a programme's budget in one year, in millionths of ρ.
public struct PrivacyBudgetYear: Sendable, Hashable {
    public var programme: ProgrammeID
    /// The civil year (UTC).
    public var year: Int
    public var total: Int64
    public var spent: Int64
    public var left: Int64 { max(0, total - spent) }

    public init(programme: ProgrammeID, year: Int, total: Int64, spent: Int64) {
        self.programme = programme
        self.year = year
        self.total = total
        self.spent = spent
    }
}

/// A release that was paid for.
public struct PaidRelease: Sendable, Hashable {
    public var release: PrivacyRelease
    public var year: Int
    /// Days since 1970-01-01 (UTC).
    public var day: Int64
}

/// Why a release may not be made.
public enum PrivacyBudgetProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The year's budget does not reach: what the release asks, and what is left, in millionths of ρ.
    case exhausted(asked: Int64, left: Int64)
    /// The same id was paid for with another price or purpose.
    case reused
    /// A figure that no release or budget can have, with the rule it breaks.
    case invalid(field: String, expected: String)

    public var description: String {
        switch self {
        case .exhausted(let asked, let left):
            "the release costs \(asked) millionths of rho and \(left) are left this year"
        case .reused: "`id` was used for another release"
        case .invalid(let field, let expected): "`\(field)` expects \(expected)"
        }
    }
}

/// The privacy budget of programmes, by year: what was released, and what may still be. It outlives restarts, and two
/// nodes cannot spend the same rest.
///
/// The cost of releases adds up (Bun and Steinke 2016, lemma 1.7: zCDP composes by addition), so a sum of whole
/// millionths is exact. The total holds for a civil year: it can be lowered while the year runs and not raised.
public struct PrivacyBudgetLedger: Sendable {
    let database: any Database

    /// 0.52, which is 0.01 a week: ε = 5.3 at δ = 10⁻⁶.
    public static let usualTotal: Int64 = 520_000
    /// A million: a ρ that protects nobody any more, and far from where sums overflow.
    static let maximum: Int64 = 1_000_000_000_000

    /// Pays for a release, before it is made: whoever gets an answer may publish, once.
    ///
    /// Idempotent: a release that was paid for is answered as it was, also in a later year.
    ///
    /// - Parameter total: what the programme allows itself this year, in millionths of ρ; the lowest that was ever named
    ///   in the year holds.
    /// - Returns: the year with this release in it.
    /// - Throws: `PrivacyBudgetProblem`, and then nothing is spent; what the database throws.
    @discardableResult
    public func spend(
        _ release: PrivacyRelease, of total: Int64 = usualTotal, programme: ProgrammeID, now: Instant
    ) async throws -> PrivacyBudgetYear {
        guard (1...Self.maximum).contains(release.microRho) else {
            throw PrivacyBudgetProblem.invalid(field: "rho", expected: "more than 0 and at most 1000000")
        }
        guard (0...Self.maximum).contains(total) else {
            throw PrivacyBudgetProblem.invalid(field: "total", expected: "0 to 1000000")
        }
        guard (1...64).contains(release.purpose.utf8.count) else {
            throw PrivacyBudgetProblem.invalid(field: "purpose", expected: "a name of 1 to 64 bytes")
        }
        let day = VaultCore.day(now)
        let year = CivilDate(daysSinceEpoch: Int(day)).year
        // A refusal is an answer of the transaction, so that a lower total stays with it.
        let state = try await database.write { connection -> (year: PrivacyBudgetYear, isPaid: Bool) in
            let known = try connection.first(
                "SELECT purpose, micro_rho, year FROM privacy_release WHERE programme_id = ? AND release_id = ?",
                [.programme(programme), .id(release.id)])
            if let known {
                guard try known.text(0) == release.purpose, try known.int(1) == release.microRho else {
                    throw PrivacyBudgetProblem.reused
                }
                return (try Self.year(Int(try known.int(2)), programme, connection), true)
            }
            let key: [SQLValue] = [.programme(programme), .integer(Int64(year))]
            try connection.execute(
                """
                INSERT INTO privacy_budget (programme_id, year, total, spent) VALUES (?, ?, ?, 0)
                ON CONFLICT (programme_id, year) DO UPDATE SET total = excluded.total
                WHERE excluded.total < privacy_budget.total
                """, key + [.integer(total)])
            // The condition stands in the statement that spends: whoever comes second reads what the first one left.
            let changed = try connection.execute(
                """
                UPDATE privacy_budget SET spent = spent + ?
                WHERE programme_id = ? AND year = ? AND spent + ? <= total
                """, [.integer(release.microRho)] + key + [.integer(release.microRho)])
            let state = try Self.year(year, programme, connection)
            guard changed == 1 else { return (state, false) }
            try connection.execute(
                """
                INSERT INTO privacy_release (programme_id, release_id, year, purpose, micro_rho, day)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    .programme(programme), .id(release.id), .integer(Int64(year)), .text(release.purpose),
                    .integer(release.microRho), .integer(day),
                ])
            return (state, true)
        }
        guard state.isPaid else {
            throw PrivacyBudgetProblem.exhausted(asked: release.microRho, left: state.year.left)
        }
        return state.year
    }

    /// The years of a programme in which anything was released, the latest first.
    public func years(of programme: ProgrammeID) async throws -> [PrivacyBudgetYear] {
        try await database.read { connection in
            try connection.query(
                "SELECT year, total, spent FROM privacy_budget WHERE programme_id = ? ORDER BY year DESC",
                [.programme(programme)]
            ).map {
                PrivacyBudgetYear(
                    programme: programme, year: Int(try $0.int(0)), total: try $0.int(1), spent: try $0.int(2))
            }
        }
    }

    /// What was released in a year, the latest first.
    public func releases(of programme: ProgrammeID, year: Int, limit: Int = 1_000) async throws -> [PaidRelease] {
        try await database.read { connection in
            try connection.query(
                """
                SELECT release_id, purpose, micro_rho, day FROM privacy_release
                WHERE programme_id = ? AND year = ? ORDER BY day DESC, release_id LIMIT ?
                """, [.programme(programme), .integer(Int64(year)), .integer(Int64(limit))]
            ).map {
                PaidRelease(
                    release: PrivacyRelease(id: try $0.id(0), purpose: try $0.text(1), microRho: try $0.int(2)),
                    year: year, day: try $0.int(3))
            }
        }
    }

    // MARK: Restoring

    /// What is spent, of all programmes and years: to keep apart from the back-ups and replay after a restore.
    public func marks() async throws -> [PrivacyBudgetYear] {
        try await database.read { connection in
            try connection.query(
                "SELECT programme_id, year, total, spent FROM privacy_budget ORDER BY programme_id, year"
            ).map {
                PrivacyBudgetYear(
                    programme: try $0.programme(0), year: Int(try $0.int(1)), total: try $0.int(2),
                    spent: try $0.int(3))
            }
        }
    }

    /// Takes from a restored back-up what was spent after it was made: nothing that was published can be taken back, so
    /// no budget comes back. Idempotent, in any order.
    public func replay(_ marks: [PrivacyBudgetYear]) async throws {
        _ = try await database.write { connection in
            for mark in marks {
                let values: [SQLValue] = [
                    .programme(mark.programme), .integer(Int64(mark.year)), .integer(mark.total), .integer(mark.spent),
                ]
                try connection.execute(
                    """
                    INSERT INTO privacy_budget (programme_id, year, total, spent) VALUES (?, ?, ?, ?)
                    ON CONFLICT (programme_id, year) DO NOTHING
                    """, values)
                try connection.execute(
                    "UPDATE privacy_budget SET total = ? WHERE programme_id = ? AND year = ? AND total > ?",
                    [values[2], values[0], values[1], values[2]])
                try connection.execute(
                    "UPDATE privacy_budget SET spent = ? WHERE programme_id = ? AND year = ? AND spent < ?",
                    [values[3], values[0], values[1], values[3]])
            }
        }
    }

    private static func year(
        _ year: Int, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> PrivacyBudgetYear {
        let row = try connection.first(
            "SELECT total, spent FROM privacy_budget WHERE programme_id = ? AND year = ?",
            [.programme(programme), .integer(Int64(year))])
        return PrivacyBudgetYear(
            programme: programme, year: year, total: try row?.int(0) ?? 0, spent: try row?.int(1) ?? 0)
    }

    static let schema = Schema(
        room: "vault-budget",
        migrations: [
            Migration(
                number: 1, name: "privacy budget",
                statements: [
                    """
                    CREATE TABLE privacy_budget (
                        programme_id {text} NOT NULL, year {int} NOT NULL, total {int} NOT NULL, spent {int} NOT NULL,
                        PRIMARY KEY (programme_id, year)) {clustered}
                    """,
                    """
                    CREATE TABLE privacy_release (
                        programme_id {text} NOT NULL, release_id {id} NOT NULL, year {int} NOT NULL,
                        purpose {text} NOT NULL, micro_rho {int} NOT NULL, day {int} NOT NULL,
                        PRIMARY KEY (programme_id, release_id)) {clustered}
                    """,
                ], isAdditive: true)
        ])
}
