public import Primitives
internal import Storage
public import Vault

/// Links that make a member of whoever opens them first.
///
/// Nobody who merely typed an address may leave a trace of it, so nothing is stored when such a link is made: programme,
/// address and language travel inside it, sealed. What is stored, at first use, is that it was used.
public struct JoinLinks: Sendable {
    /// What a link is for.
    public struct Offer: Sendable, Hashable, Unprintable {
        public let programme: ProgrammeID
        public let address: String
        /// Of the page on which it was asked for, such as `nl`.
        public let language: String
        let nonce: String
        let expiresAt: Instant
    }

    let database: any Database
    let hashes: SecretHashes
    let sealed: SealedText
    let sessions: Sessions
    let random: any RandomBytes

    /// Makes a link's code: up to 500 characters, safe in addresses.
    public func make(
        for address: EmailAddress, in programme: ProgrammeID, language: String, now: Instant
    ) throws -> String {
        let until = now.adding(milliseconds: SignIn.linkMilliseconds).milliseconds
        let nonce = Base64URL.encode(random.bytes(16))
        return try sealed.seal("\(programme.name)\n\(language)\n\(until)\n\(nonce)\n\(address.text)")
    }

    /// What a code is for, without using it up; `nil` when it is not ours, used or expired.
    public func offer(_ code: String, now: Instant) async throws -> Offer? {
        guard let offer = read(code, now: now) else { return nil }
        let all = usedHashes(offer)
        let isUsed = try await database.read { connection in
            try !connection.query(
                "SELECT expires_at FROM hand_over WHERE token_hash IN (?*)", [], keys: all.map { .blob($0) }
            ).isEmpty
        }
        return isUsed ? nil : offer
    }

    /// Uses a link up and starts a session for the member that its address leads to.
    ///
    /// - Parameter member: whom the vault knows by the address, found or made just now.
    /// - Throws: `.unauthenticated(.used)` for the second of two.
    public func redeem(
        _ offer: Offer, as member: MemberID, replacing old: SecretToken? = nil, now: Instant
    ) async throws -> (token: SecretToken, session: Session) {
        let all = usedHashes(offer)
        return try await database.write { connection in
            // A code that was used under an earlier version of the key stays used.
            let earlier = try connection.query(
                "SELECT expires_at FROM hand_over WHERE token_hash IN (?*)", [], keys: all.map { .blob($0) })
            guard earlier.isEmpty else { throw AccessProblem.unauthenticated(.used) }
            let inserted = try connection.execute(
                "INSERT INTO hand_over (token_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [.blob(all[0]), .instant(offer.expiresAt)])
            guard inserted == 1 else { throw AccessProblem.unauthenticated(.used) }
            return try sessions.start(.member(offer.programme, member), replacing: old, now: now, connection)
        }
    }

    private func usedHashes(_ offer: Offer) -> [[UInt8]] { hashes.all(Array("join|\(offer.nonce)".utf8)) }

    private func read(_ code: String, now: Instant) -> Offer? {
        guard let text = sealed.open(code) else { return nil }
        let parts = text.split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let programme = ProgrammeID(parts[0]), let until = Int64(parts[2]),
            now.milliseconds < until
        else { return nil }
        return Offer(
            programme: programme, address: parts[4], language: parts[1], nonce: parts[3],
            expiresAt: Instant(milliseconds: until))
    }
}
