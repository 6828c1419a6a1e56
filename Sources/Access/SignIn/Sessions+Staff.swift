public import Primitives
internal import Storage

extension Sessions {
    /// How many sessions of staff are open, by account.
    public func openStaffSessions(now: Instant) async throws -> [ID128: Int64] {
        let policy = SessionPolicy.staff
        return try await database.read { connection in
            var counts: [ID128: Int64] = [:]
            for row in try connection.query(
                """
                SELECT subject_id, count(*) FROM session
                WHERE subject_kind = 0 AND expires_at > ? AND seen_at >= ? GROUP BY subject_id
                """, [.instant(now), .integer(policy.recorded(now) - policy.idle)])
            {
                counts[try row.id(0)] = try row.int(1)
            }
            return counts
        }
    }

    /// Signs somebody of the staff out everywhere and ends their open links, with a line in the audit log.
    public func signOut(staff id: ID128, by actor: AuditActor, now: Instant) async throws {
        try await database.write { connection in
            try Self.endAll(of: .staff(id), connection)
            try Audit.append(
                connection,
                AuditEntry(
                    programme: nil, at: now, actor: actor, action: "staff.sign-out",
                    object: "staff:" + id.description))
        }
    }
}
