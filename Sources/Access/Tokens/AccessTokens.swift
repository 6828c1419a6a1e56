internal import Crypto
internal import Foundation
public import Primitives
internal import Storage
internal import Synchronization
internal import Vault

/// Signs access tokens and publishes the keys to check them with.
///
/// Each programme has keys of its own, so that a token of one opens nothing of another. They lie in the main database, their
/// private halves sealed under the home's session key: servers that share the database sign with the same keys, and a
/// stolen database signs nothing.
public final class AccessTokens: Sendable {
    private let database: any Database
    private let seals: SealedText
    private let subjects: KeyedHash
    private let random: any RandomBytes
    private let cache = Mutex<[ProgrammeID: (keys: [AccessTokenKey], readAt: Instant)]>([:])
    /// How long this server may not know of a key that another one made; less than keys are published ahead.
    static let stalenessMilliseconds: Int64 = 30_000

    init(
        database: any Database, ring: Keyring, pseudonyms: Keyring, random: any RandomBytes
    ) throws(VaultProblem) {
        self.database = database
        self.random = random
        seals = try SealedText(ring: ring, use: "access token keys", random: random)
        // Under a key that never rotates: a site's name for its reader stays.
        subjects = KeyedHash(root: try pseudonyms.current, use: "access token subject")
    }

    /// The name of a member for one audience, and for no other.
    public func subject(of member: MemberID, audience: String, in programme: ProgrammeID) -> String {
        let id = subjects.bytes(ofParts: [Array(programme.name.utf8), Array(audience.utf8), member.value.bytes])
        return Base64URL.encode(Array(id.prefix(16)))
    }

    /// A signed token.
    ///
    /// - Parameters:
    ///   - member: `nil` for a visitor.
    ///   - milliseconds: how long it lasts; at most ``AccessToken/maximumMilliseconds``.
    public func sign(
        for member: MemberID?, in programme: ProgrammeID, issuer: String, audience: String, gates: [String],
        item: String? = nil, milliseconds: Int64 = AccessToken.standardMilliseconds, now: Instant
    ) async throws -> (text: String, token: AccessToken) {
        let key = try await signingKey(of: programme, now: now)
        guard let secret = key.privateKey else { throw AccessProblem.notFound }
        let issued = Instant(seconds: now.milliseconds / 1_000)
        let token = AccessToken(
            issuer: issuer, audience: audience,
            subject: member.map { subject(of: $0, audience: audience, in: programme) }, gates: gates, item: item,
            issuedAt: issued,
            expiresAt: issued.adding(milliseconds: max(1_000, min(milliseconds, AccessToken.maximumMilliseconds))),
            id: Base64URL.encode(random.bytes(16)))
        return (try token.signed(with: secret, id: key.id), token)
    }

    /// The JSON Web Key Set of a programme (RFC 7517, section 5); empty before its first token.
    public func keySet(of programme: ProgrammeID, now: Instant) async throws -> JSONValue {
        let keys = AccessTokenRotation.published(try await keys(of: programme, now: now), now: now)
        return ["keys": .array(keys.map(\.json))]
    }

    /// Gives a programme a new key.
    ///
    /// - Parameter atOnce: signs with it from now on and publishes the others no more: for a key that may be in other
    ///   hands. Tokens that are out there are refused as soon as verifiers have read the key set again.
    /// - Returns: the new key's `kid`.
    public func rotate(
        _ programme: ProgrammeID, atOnce: Bool = false, by actor: AuditActor, now: Instant
    ) async throws -> String {
        let keys = try await load(programme)
        let key = P256.Signing.PrivateKey()
        let from = atOnce || keys.isEmpty ? now : now.adding(milliseconds: AccessTokenRotation.aheadMilliseconds)
        try await store(key, number: (keys.last?.number ?? 0) + 1, activeFrom: from, programme, now: now) {
            connection in
            if atOnce {
                try connection.execute(
                    "DELETE FROM access_token_key WHERE programme_id = ? AND number <= ?",
                    [.programme(programme), .integer(keys.last?.number ?? 0)])
            }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: actor, action: "access-tokens.rotate",
                    object: "key:" + AccessTokenKey.id(of: key.publicKey), reason: atOnce ? "at once" : nil))
        }
        cache.withLock { _ = $0.removeValue(forKey: programme) }
        return AccessTokenKey.id(of: key.publicKey)
    }

    // MARK: Keys

    private func signingKey(of programme: ProgrammeID, now: Instant) async throws -> AccessTokenKey {
        var keys = try await keys(of: programme, now: now)
        // Twice at most: another server may have been faster with the same number.
        for _ in 0..<2 where AccessTokenRotation.isDue(keys, now: now) {
            let number = (keys.last?.number ?? 0) + 1
            let isUsable = AccessTokenRotation.signing(keys, now: now) != nil
            do {
                try await store(
                    P256.Signing.PrivateKey(), number: number,
                    activeFrom: isUsable ? now.adding(milliseconds: AccessTokenRotation.aheadMilliseconds) : now,
                    programme, now: now
                ) { _ in }
            } catch StorageProblem.constraint(.unique, _) {
                // Theirs is as good.
            }
            keys = try await read(programme, now: now)
        }
        guard let key = AccessTokenRotation.signing(keys, now: now) ?? keys.last else { throw AccessProblem.notFound }
        return key
    }

    private func keys(of programme: ProgrammeID, now: Instant) async throws -> [AccessTokenKey] {
        let cached = cache.withLock { $0[programme] }
        if let cached, abs(now - cached.readAt) <= Self.stalenessMilliseconds { return cached.keys }
        return try await read(programme, now: now)
    }

    private func read(_ programme: ProgrammeID, now: Instant) async throws -> [AccessTokenKey] {
        let keys = try await load(programme)
        cache.withLock { $0[programme] = (keys, now) }
        return keys
    }

    private func load(_ programme: ProgrammeID) async throws -> [AccessTokenKey] {
        try await database.read { [seals] connection in
            try connection.query(
                """
                SELECT number, active_from, created_at, public_key, sealed FROM access_token_key
                WHERE programme_id = ? ORDER BY number
                """, [.programme(programme)]
            ).compactMap { row in
                guard let publicKey = try? P256.Signing.PublicKey(rawRepresentation: Data(try row.blob(3))) else {
                    return nil
                }
                let secret = seals.open(try row.blob(4)).flatMap {
                    try? P256.Signing.PrivateKey(rawRepresentation: Data($0))
                }
                return AccessTokenKey(
                    number: try row.int(0), activeFrom: try row.instant(1), createdAt: try row.instant(2),
                    publicKey: publicKey, privateKey: secret)
            }
        }
    }

    private func store(
        _ key: P256.Signing.PrivateKey, number: Int64, activeFrom: Instant, _ programme: ProgrammeID, now: Instant,
        _ also: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let sealed = try seals.seal(Array(key.rawRepresentation))
        let publicKey = Array(key.publicKey.rawRepresentation)
        // A key whose last token was over a year ago is of no use to anybody.
        let forgotten = now.adding(milliseconds: -365 * 86_400_000)
        try await database.write { connection in
            try also(connection)
            try connection.execute(
                "DELETE FROM access_token_key WHERE programme_id = ? AND created_at < ?",
                [.programme(programme), .instant(forgotten)])
            try connection.execute(
                """
                INSERT INTO access_token_key (programme_id, number, active_from, created_at, public_key, sealed)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    .programme(programme), .integer(number), .instant(activeFrom), .instant(now), .blob(publicKey),
                    .blob(sealed),
                ])
        }
    }
}
