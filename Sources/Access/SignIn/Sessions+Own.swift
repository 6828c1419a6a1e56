public import Primitives
public import Storage
internal import Vault

/// One of a member's own sessions, as they see it. Of the device nothing is kept.
public struct MemberSession: Sendable, Hashable, Identifiable {
    /// Names the session and opens nothing.
    public let id: String
    public let begunAt: Instant
    /// When it was last used, by the day.
    public let seenAt: Instant
    /// Whether it is the one that asks.
    public let isOwn: Bool
}

extension Sessions {
    /// Sessions that are shown at once.
    public static let mostShown = 100

    /// The open sessions of the member that `token` is a session of, the last used first.
    ///
    /// - Parameter member: who that is by now: a session goes on under the pseudonym that it began with.
    public func all(
        of member: MemberID, in programme: ProgrammeID, beside token: SecretToken, now: Instant
    ) async throws -> [MemberSession] {
        let own = hashes.all(token.bytes)
        let policy = SessionPolicy.member
        return try await database.read { connection in
            var found: [MemberSession] = []
            for subject in try Self.subjects(member, own, connection) {
                found += try connection.query(
                    """
                    SELECT token_hash, seen_at, expires_at FROM session
                    WHERE subject_kind = 1 AND subject_id = ? AND programme_id = ? AND expires_at > ? AND seen_at >= ?
                    ORDER BY seen_at DESC, token_hash LIMIT ?
                    """,
                    [
                        .member(subject), .programme(programme), .instant(now),
                        .integer(policy.recorded(now) - policy.idle), .integer(Int64(Self.mostShown)),
                    ]
                ).map { row in
                    let hash = try row.blob(0)
                    return MemberSession(
                        id: Base64URL.encode(hash),
                        begunAt: try row.instant(2).adding(milliseconds: -policy.absolute),
                        seenAt: try row.instant(1), isOwn: own.contains(hash))
                }
            }
            return found
        }
    }

    /// Ends one of the member's sessions; with no `id`, all but the one that asks, and every open sign-in link.
    ///
    /// - Returns: how many sessions ended; 0 for one that is none of theirs.
    public func end(
        _ id: String?, of member: MemberID, in programme: ProgrammeID, beside token: SecretToken
    ) async throws -> Int {
        let own = hashes.all(token.bytes)
        let one = id.flatMap { Base64URL.decode($0) }
        if id != nil, one == nil { return 0 }
        return try await database.write { connection in
            var count = 0
            for subject in try Self.subjects(member, own, connection) {
                let key: [SQLValue] = [.member(subject), .programme(programme)]
                if let one {
                    count += try connection.execute(
                        """
                        DELETE FROM session
                        WHERE subject_kind = 1 AND subject_id = ? AND programme_id = ? AND token_hash = ?
                        """, key + [.blob(one)])
                } else {
                    for row in try connection.query(
                        """
                        SELECT token_hash FROM session
                        WHERE subject_kind = 1 AND subject_id = ? AND programme_id = ?
                        """, key)
                    {
                        let hash = try row.blob(0)
                        guard !own.contains(hash) else { continue }
                        count += try connection.execute("DELETE FROM session WHERE token_hash = ?", [.blob(hash)])
                    }
                    try connection.execute(
                        "DELETE FROM sign_in_link WHERE subject_kind = 1 AND subject_id = ? AND programme_id = ?", key)
                }
            }
            return count
        }
    }

    private static func subjects(
        _ member: MemberID, _ own: [[UInt8]], _ connection: any Connection
    ) throws -> Set<MemberID> {
        let begun = try connection.query(
            "SELECT subject_id FROM session WHERE subject_kind = 1 AND token_hash IN (?*)", [],
            keys: own.map { .blob($0) }
        ).map { try $0.member(0) }
        return Set(begun + [member])
    }
}
