internal import Crypto
internal import FoundationEssentials
public import Primitives
internal import Storage
public import Vault

/// Who comes back from the provider, and to which door.
public enum OpenIDPurpose: String, Sendable, Hashable {
    case staff
    case member
}

/// A sign-in that is under way at the provider. The browser carries it, sealed; nothing is kept here.
public struct OpenIDAttempt: Sendable, Hashable, Unprintable {
    public let purpose: OpenIDPurpose
    /// Comes back in the address: the answer belongs to this question.
    public let state: String
    /// Comes back in the token: the token belongs to this question.
    public let nonce: String
    /// What proves to the provider that who fetches the token is who asked (RFC 7636).
    public let verifier: String
    let until: Instant

    /// `code_challenge`, by `S256`.
    public var challenge: String { Base64URL.encode(Array(SHA256.hash(data: Data(verifier.utf8)))) }
}

/// Sign-ins that are under way at the provider.
public struct OpenIDStates: Sendable {
    let database: any Database
    let seals: SealedText
    let hashes: SecretHashes
    let random: any RandomBytes

    /// How long somebody may take at the provider.
    public static let lifetimeMilliseconds: Int64 = 10 * 60_000

    /// Begins one.
    ///
    /// - Returns: it, and the cookie that the browser brings back with the answer.
    public func begin(_ purpose: OpenIDPurpose, now: Instant) throws -> (attempt: OpenIDAttempt, cookie: String) {
        let attempt = OpenIDAttempt(
            purpose: purpose, state: Base64URL.encode(random.bytes(16)), nonce: Base64URL.encode(random.bytes(16)),
            verifier: Base64URL.encode(random.bytes(32)), until: now.adding(milliseconds: Self.lifetimeMilliseconds))
        let text = [
            attempt.purpose.rawValue, attempt.state, attempt.nonce, attempt.verifier,
            String(attempt.until.milliseconds),
        ].joined(separator: "\n")
        return (attempt, try seals.seal(text))
    }

    /// The attempt that an answer belongs to; used up by it.
    ///
    /// - Throws: `.unauthenticated`: `.malformed` without a cookie of ours, `.untrusted` for a state that is not the
    ///   cookie's, `.expired`, `.used`.
    public func finish(cookie: String?, state: String, now: Instant) async throws -> OpenIDAttempt {
        guard let parts = cookie.flatMap({ seals.open($0) })?.split(separator: "\n"), parts.count == 5,
            let purpose = OpenIDPurpose(rawValue: String(parts[0])), let until = Int64(parts[4])
        else { throw AccessProblem.unauthenticated(.malformed) }
        guard ConstantTime.areEqual(Array(parts[1].utf8), Array(state.utf8)) else {
            throw AccessProblem.unauthenticated(.untrusted)
        }
        guard now.milliseconds < until else { throw AccessProblem.unauthenticated(.expired) }
        let hash = hashes.hash(Array("state|\(state)".utf8))
        let inserted = try await database.write { connection in
            try connection.execute(
                "INSERT INTO hand_over (token_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [.blob(hash), .integer(until)])
        }
        guard inserted == 1 else { throw AccessProblem.unauthenticated(.used) }
        return OpenIDAttempt(
            purpose: purpose, state: state, nonce: String(parts[2]), verifier: String(parts[3]),
            until: Instant(milliseconds: until))
    }
}

extension SignIn {
    /// Starts a session for a member whom the publisher's provider vouches for.
    ///
    /// - Parameter member: who the provider's subject is, found through the vault.
    public func begin(
        member: MemberID, in programme: ProgrammeID, replacing old: SecretToken? = nil, now: Instant
    ) async throws -> (token: SecretToken, session: Session) {
        try await database.write { connection in
            try sessions.start(.member(programme, member), replacing: old, now: now, connection)
        }
    }
}
