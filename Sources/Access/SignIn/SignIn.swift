public import Primitives
internal import Storage
internal import Vault

/// Signing in without passwords: by a link that works once, or by a token that the publisher's own site signs.
public struct SignIn: Sendable {
    /// How long a link may stay unused by default: long enough for a slow mail server.
    public static let linkMilliseconds: Int64 = 30 * 60_000
    static let maximumLinkMilliseconds: Int64 = 7 * 86_400_000

    let database: any Database
    let hashes: SecretHashes
    let sessions: Sessions
    let random: any RandomBytes

    /// Makes a link's code. Earlier codes stay good until they expire or are used: mails overtake each other.
    public func issueLink(
        for subject: SignInSubject, lasting milliseconds: Int64 = linkMilliseconds, now: Instant
    ) async throws -> SecretToken {
        guard (1...Self.maximumLinkMilliseconds).contains(milliseconds) else {
            throw AccessProblem.invalid(field: "lasting", expected: "at most 7 days")
        }
        let token = SecretToken(random: random)
        let hash = hashes.hash(token.bytes)
        try await database.write { connection in
            _ = try connection.execute(
                """
                INSERT INTO sign_in_link (token_hash, subject_kind, subject_id, programme_id, expires_at)
                VALUES (?, ?, ?, ?, ?)
                """, [.blob(hash)] + subject.columns + [.instant(now.adding(milliseconds: milliseconds))])
        }
        return token
    }

    /// Uses a link's code up and starts a session.
    ///
    /// Pages must ask for a click before they call this: mail scanners open every link they see, and would use it up.
    ///
    /// - Parameter old: the session cookie that came with the request; it ends.
    /// - Throws: `.unauthenticated` when the code is unknown, used, expired, or its account was disabled.
    public func redeemLink(
        _ token: SecretToken, replacing old: SecretToken? = nil, now: Instant
    ) async throws -> (token: SecretToken, session: Session) {
        let all = hashes.all(token.bytes)
        return try await database.write { connection in
            let rows = try connection.query(
                """
                SELECT token_hash, subject_kind, subject_id, programme_id, expires_at FROM sign_in_link
                WHERE token_hash IN (?*)
                """, [], keys: all.map { .blob($0) })
            guard let row = rows.first else { throw AccessProblem.unauthenticated(.unknown) }
            // Of two that come at once, one deletes the row.
            let deleted = try connection.execute(
                "DELETE FROM sign_in_link WHERE token_hash = ?", [.blob(try row.blob(0))])
            guard deleted == 1 else { throw AccessProblem.unauthenticated(.used) }
            guard try row.instant(4) > now else { throw AccessProblem.unauthenticated(.expired) }
            return try sessions.start(try SignInSubject(row, at: 1), replacing: old, now: now, connection)
        }
    }

    /// Uses a verified hand-over token up and starts a session for the member it leads to.
    ///
    /// - Parameter member: who ``HandOver/subject`` is, found through the vault.
    /// - Throws: `.unauthenticated(.used)` when the token was used before.
    public func redeem(
        _ handOver: HandOver, as member: MemberID, programme: ProgrammeID, replacing old: SecretToken? = nil,
        now: Instant
    ) async throws -> (token: SecretToken, session: Session) {
        let hash = hashes.hash(Array("hand-over|\(programme.name)|\(handOver.tokenID)".utf8))
        return try await database.write { connection in
            let inserted = try connection.execute(
                "INSERT INTO hand_over (token_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [.blob(hash), .instant(handOver.forgetAfter)])
            guard inserted == 1 else { throw AccessProblem.unauthenticated(.used) }
            return try sessions.start(.member(programme, member), replacing: old, now: now, connection)
        }
    }
}
