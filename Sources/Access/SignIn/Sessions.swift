public import Primitives
public import Storage
internal import Vault

/// A signed-in session.
public struct Session: Sendable, Hashable {
    public let principal: Principal
    /// What forms and scripts send along to prove that they come from our own pages: `X-CSRF-Token`.
    public let requestToken: String
    /// When it ends in any case.
    public let expiresAt: Instant
}

/// Sessions of staff and members: kept in the database as hashes, so that they survive a restart and end for good.
public struct Sessions: Sendable {
    let database: any Database
    let hashes: SecretHashes
    let requestTokens: SecretHashes
    let random: any RandomBytes

    /// Who a session cookie stands for; notes its use.
    ///
    /// - Throws: `.unauthenticated` when it is unknown, expired, unused for too long, or its account was disabled.
    public func verify(_ token: SecretToken, now: Instant) async throws -> Session {
        let all = hashes.all(token.bytes)
        guard let found = try await database.read({ try Self.load(all, $0) }) else {
            throw AccessProblem.unauthenticated(.unknown)
        }
        let policy = SessionPolicy.of(found.subject)
        guard now < found.expiresAt, !policy.isIdle(seen: found.seen, now: now) else {
            throw AccessProblem.unauthenticated(.expired)
        }
        guard let principal = found.principal else { throw AccessProblem.unauthenticated(.revoked) }
        let seen = policy.recorded(now)
        if seen > found.seen {
            // An ended session stays ended: an update that finds no row changes nothing. And a full disk signs nobody out.
            _ = try? await database.write { connection in
                try connection.execute(
                    "UPDATE session SET seen_at = ? WHERE token_hash = ? AND seen_at < ?",
                    [.integer(seen), .blob(found.hash), .integer(seen)])
            }
        }
        return Session(
            principal: principal, requestToken: requestToken(of: token), expiresAt: found.expiresAt)
    }

    /// Whether a request that changes something comes from a page of this session.
    public func accepts(requestToken text: String, of token: SecretToken) -> Bool {
        guard let given = Base64URL.decode(text) else { return false }
        var isAccepted = false
        for expected in requestTokens.all(token.bytes) where ConstantTime.areEqual(expected, given) {
            isAccepted = true
        }
        return isAccepted
    }

    /// Signs out. Idempotent.
    public func end(_ token: SecretToken) async throws {
        let all = hashes.all(token.bytes)
        try await database.write { connection in
            for hash in all { try Self.delete(hash, connection) }
        }
    }

    /// Ends every session and open link of somebody: the account was disabled, the member erased, a device lost.
    public func endAll(of subject: SignInSubject) async throws {
        try await database.write { try Self.endAll(of: subject, $0) }
    }

    /// As ``endAll(of:)``, inside a transaction.
    public static func endAll(of subject: SignInSubject, _ connection: any Connection) throws {
        let key = Array(subject.columns[1...2])
        try connection.execute("DELETE FROM session WHERE subject_id = ? AND programme_id = ?", key)
        try connection.execute("DELETE FROM sign_in_link WHERE subject_id = ? AND programme_id = ?", key)
    }

    /// Removes what has expired; the keeper calls it.
    ///
    /// - Returns: how many rows went.
    public func prune(now: Instant) async throws -> Int {
        try await database.write { connection in
            var count = 0
            for (kind, policy) in [(0, SessionPolicy.staff), (1, .member)] {
                count += try connection.execute(
                    "DELETE FROM session WHERE subject_kind = ? AND (expires_at <= ? OR seen_at < ?)",
                    [.integer(Int64(kind)), .instant(now), .integer(policy.recorded(now) - policy.idle)])
            }
            for table in ["sign_in_link", "hand_over"] {
                count += try connection.execute("DELETE FROM \(table) WHERE expires_at <= ?", [.instant(now)])
            }
            return count
        }
    }

    /// Starts a session inside a transaction, ending the one it takes the place of: a cookie that was there before
    /// signing in must not be worth more afterwards.
    func start(
        _ subject: SignInSubject, replacing old: SecretToken?, now: Instant, _ connection: any Connection
    ) throws -> (token: SecretToken, session: Session) {
        if let old {
            for hash in hashes.all(old.bytes) { try Self.delete(hash, connection) }
        }
        let token = SecretToken(random: random)
        let policy = SessionPolicy.of(subject)
        let seen = policy.recorded(now)
        let hash = hashes.hash(token.bytes)
        try connection.execute(
            """
            INSERT INTO session (token_hash, subject_kind, subject_id, programme_id, seen_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, [.blob(hash)] + subject.columns + [.integer(seen), .integer(seen + policy.absolute)])
        guard let stored = try Self.load([hash], connection), let principal = stored.principal else {
            throw AccessProblem.unauthenticated(.revoked)
        }
        return (
            token,
            Session(principal: principal, requestToken: requestToken(of: token), expiresAt: stored.expiresAt)
        )
    }

    private func requestToken(of token: SecretToken) -> String {
        Base64URL.encode(requestTokens.hash(token.bytes))
    }

    private static func delete(_ hash: [UInt8], _ connection: any Connection) throws {
        try connection.execute("DELETE FROM session WHERE token_hash = ?", [.blob(hash)])
    }

    private struct Stored {
        let hash: [UInt8]
        let subject: SignInSubject
        let seen: Int64
        let expiresAt: Instant
        /// `nil` when the account behind it is gone or disabled.
        let principal: Principal?
    }

    private static func load(_ hashes: [[UInt8]], _ connection: any Connection) throws -> Stored? {
        let rows = try connection.query(
            """
            SELECT token_hash, subject_kind, subject_id, programme_id, seen_at, expires_at FROM session
            WHERE token_hash IN (?*)
            """, [], keys: hashes.map { .blob($0) })
        guard let row = rows.first else { return nil }
        let subject = try SignInSubject(row, at: 1)
        let principal: Principal?
        switch subject {
        case .member(let programme, let member): principal = .member(programme: programme, member)
        case .staff(let id): principal = try StaffAccounts.load(id, connection)?.principal
        }
        return Stored(
            hash: try row.blob(0), subject: subject, seen: try row.int(4), expiresAt: try row.instant(5),
            principal: principal)
    }
}
