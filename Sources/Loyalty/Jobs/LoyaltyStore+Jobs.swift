public import Primitives
public import Storage

extension LoyaltyStore {
    private static let jobColumns = """
        job_id, action, condition, state, created_at, created_by, finished_at, total, looked, changed, unchanged, \
        refused, after_member
        """

    /// Orders a job. Ordering the same one again changes nothing.
    public func order(_ job: Job, members: [MemberID], _ connection: any Connection) throws {
        let inserted = try connection.execute(
            """
            INSERT INTO job (
                programme_id, job_id, action, condition, state, created_at, created_by, total, looked, changed,
                unchanged, refused)
            VALUES (?, ?, ?, ?, 0, ?, ?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING
            """,
            [
                .text(programme.name), .id(job.id), .text(job.action.json.text()),
                job.condition.map { .text($0) } ?? .null, .integer(job.createdAt.milliseconds), .text(job.createdBy),
                .integer(job.total),
            ])
        guard inserted == 1 else { return }
        for member in Set(members).sorted() {
            try connection.execute(
                "INSERT INTO job_member (member_id, job_id, programme_id) VALUES (?, ?, ?)",
                [.member(member), .id(job.id), .text(programme.name)])
        }
    }

    public func job(_ id: ID128, _ connection: any Connection) throws -> Job? {
        try connection.first(
            "SELECT \(Self.jobColumns) FROM job WHERE programme_id = ? AND job_id = ?",
            [.text(programme.name), .id(id)]
        ).map { try Self.job($0) }
    }

    /// The newest jobs first.
    ///
    /// - Parameter before: continues after the last of a page.
    public func jobs(
        before: (at: Instant, id: ID128)? = nil, limit: Int, _ connection: any Connection
    ) throws -> [Job] {
        var sql = "SELECT \(Self.jobColumns) FROM job WHERE programme_id = ?"
        var arguments: [SQLValue] = [.text(programme.name)]
        if let before {
            sql += " AND (created_at < ? OR (created_at = ? AND job_id < ?))"
            arguments += [.integer(before.at.milliseconds), .integer(before.at.milliseconds), .id(before.id)]
        }
        arguments.append(.integer(Int64(limit)))
        return try connection.query(sql + " ORDER BY created_at DESC, job_id DESC LIMIT ?", arguments)
            .map { try Self.job($0) }
    }

    /// The job that is to go on next: the oldest that is not over.
    public func openJob(_ connection: any Connection) throws -> Job? {
        try connection.first(
            """
            SELECT \(Self.jobColumns) FROM job WHERE programme_id = ? AND state < 2
            ORDER BY created_at, job_id LIMIT 1
            """, [.text(programme.name)]
        ).map { try Self.job($0) }
    }

    /// Writes how far a job has come. A job that was cancelled meanwhile stays so.
    public func save(_ job: Job, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE job SET state = CASE WHEN state < 2 THEN ? ELSE state END, finished_at = ?, looked = ?, changed = ?,
            unchanged = ?, refused = ?, after_member = ? WHERE programme_id = ? AND job_id = ?
            """,
            [
                .integer(job.state.rawValue), job.finishedAt.map { .integer($0.milliseconds) } ?? .null,
                .integer(job.looked), .integer(job.changed), .integer(job.unchanged), .integer(job.refused),
                job.cursor.map { .member($0) } ?? .null, .text(programme.name), .id(job.id),
            ])
        guard job.state.isOver else { return }
        try connection.execute(
            "DELETE FROM job_member WHERE job_id = ? AND programme_id = ?", [.id(job.id), .text(programme.name)])
    }

    /// Ends a job that is not over.
    ///
    /// - Returns: whether it was not.
    public func cancelJob(_ id: ID128, at now: Instant, _ connection: any Connection) throws -> Bool {
        let cancelled = try connection.execute(
            "UPDATE job SET state = ?, finished_at = ? WHERE programme_id = ? AND job_id = ? AND state < 2",
            [
                .integer(Job.State.cancelled.rawValue), .integer(now.milliseconds), .text(programme.name), .id(id),
            ])
        try connection.execute(
            "DELETE FROM job_member WHERE job_id = ? AND programme_id = ?", [.id(id), .text(programme.name)])
        return cancelled == 1
    }

    /// The members that a job looks at next.
    public func members(
        of job: Job, after last: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        let start = SQLValue.id(last?.value ?? ID128(high: 0, low: 0))
        if job.condition == nil {
            return try connection.query(
                """
                SELECT member_id FROM job_member WHERE job_id = ? AND member_id > ? AND programme_id = ?
                ORDER BY member_id LIMIT ?
                """, [.id(job.id), start, .text(programme.name), .integer(Int64(limit))]
            ).map { try $0.member(0) }
        }
        return try memberPage(after: last, limit: limit, connection)
    }

    /// The records that these members' are now; those that another one has taken over are that one.
    public func survivors(of members: [MemberID], _ connection: any Connection) throws -> [MemberID: MemberID] {
        var survivors = Dictionary(members.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        var open = Set(members)
        for _ in 0..<64 where !open.isEmpty {
            var next: [MemberID: MemberID] = [:]
            for row in try connection.query(
                """
                SELECT member_id, merged_into FROM member
                WHERE programme_id = ? AND merged_into IS NOT NULL AND member_id IN (?*)
                """, [.text(programme.name)], keys: open.sorted().map { .member($0) })
            {
                next[try row.member(0)] = try row.member(1)
            }
            for (member, survivor) in survivors { survivors[member] = next[survivor] ?? survivor }
            open = Set(next.values)
        }
        return survivors
    }

    private static func job(_ row: Row) throws -> Job {
        guard let json = try? JSONValue(parsing: try row.text(1)), let action = BulkAction(json),
            let state = Job.State(rawValue: try row.int(3))
        else { throw LoyaltyStoreProblem.unreadable(table: "job") }
        var job = Job(
            id: try row.id(0), action: action, condition: try row.textOrNil(2), createdAt: try row.instant(4),
            createdBy: try row.text(5), total: try row.int(7))
        job.state = state
        job.finishedAt = try row.intOrNil(6).map { Instant(milliseconds: $0) }
        job.looked = try row.int(8)
        job.changed = try row.int(9)
        job.unchanged = try row.int(10)
        job.refused = try row.int(11)
        job.cursor = try row.idOrNil(12).map { MemberID($0) }
        return job
    }
}
