public import Primitives
internal import Storage
public import Vault

/// Which account of an identity provider is which of the staff: agreed beforehand, by the provider's own identifier or by
/// an e-mail address that the provider vouches for. Kept as keyed hashes; nobody is let in for having an account there.
public struct ExternalIdentities: Sendable {
    /// How somebody is named beforehand.
    public enum Name: Sendable, Hashable, Unprintable {
        /// The provider's `sub`.
        case subject(String)
        /// Becomes the subject when it signs in for the first time, so that whoever has the address later is somebody else.
        case email(String)

        /// An e-mail address has a sign that subjects of providers rarely have; those can be written as `sub:…`.
        ///
        /// - Returns: `nil` for what is neither.
        public init?(_ text: String) {
            let name = text.filter { !$0.isWhitespace }
            guard (1...ExternalIdentities.longestName).contains(name.utf8.count),
                !name.utf8.contains(where: { $0 < 0x20 })
            else { return nil }
            if name.hasPrefix("sub:") {
                guard name.utf8.count > 4 else { return nil }
                self = .subject(String(name.dropFirst(4)))
            } else if name.contains("@") {
                let parts = name.split(separator: "@", omittingEmptySubsequences: false)
                guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
                self = .email(name)
            } else {
                self = .subject(name)
            }
        }

        var kind: Int64 {
            switch self {
            case .subject: 0
            case .email: 1
            }
        }
    }

    public static let longestName = 255

    let database: any Database
    let hashes: SecretHashes
    let sessions: Sessions

    /// Which accounts of staff are linked with this provider.
    public func linked(issuer: String) async throws -> Set<ID128> {
        try await database.read { connection in
            Set(
                try connection.query("SELECT staff_id FROM external_identity WHERE issuer = ?", [.text(issuer)]).map {
                    try $0.id(0)
                })
        }
    }

    /// Says who of the staff an account of the provider is; what was said of the same of the staff before is void.
    ///
    /// - Throws: `.notFound`; `.invalid` for an account that is somebody else's.
    public func link(_ name: Name, issuer: String, to staff: ID128, by actor: AuditActor, now: Instant) async throws {
        let all = hashes.all(bytes(of: name))
        let current = hashes.hash(bytes(of: name))
        try await database.write { connection in
            guard try StaffAccounts.load(staff, connection)?.principal != nil else { throw AccessProblem.notFound }
            for row in try Self.rows(all, issuer, connection) where try row.id(0) != staff {
                throw AccessProblem.invalid(field: "identity", expected: "an account that is nobody else's")
            }
            try connection.execute(
                "DELETE FROM external_identity WHERE issuer = ? AND staff_id = ?", [.text(issuer), .id(staff)])
            try Self.insert(current, name.kind, issuer, staff, now, connection)
            try StaffSecrets.audit(connection, "staff.link-identity", staff, actor, now)
        }
    }

    /// Takes every link of an account away. Sessions go on; see ``Sessions/signOut(staff:by:now:)``.
    ///
    /// - Returns: whether there was one.
    public func unlink(_ staff: ID128, by actor: AuditActor, now: Instant) async throws -> Bool {
        try await database.write { connection in
            let count = try connection.execute("DELETE FROM external_identity WHERE staff_id = ?", [.id(staff)])
            if count > 0 { try StaffSecrets.audit(connection, "staff.unlink-identity", staff, actor, now) }
            return count > 0
        }
    }

    /// Signs somebody of the staff in whom the provider vouches for.
    ///
    /// - Throws: `.notFound` for an account that is linked with nobody, or whose account here has ended.
    public func signIn(
        _ claims: OpenIDToken.Claims, replacing old: SecretToken? = nil, now: Instant
    ) async throws -> (token: SecretToken, session: Session) {
        let bySubject = Name.subject(claims.subject)
        let all = hashes.all(bytes(of: bySubject))
        // An address that the provider has not checked is a claim of whoever typed it.
        let email = claims.isEmailVerified ? claims.email.map { hashes.all(bytes(of: .email($0))) } : nil
        return try await database.write { connection in
            var staff = try Self.rows(all, claims.issuer, connection).first.map { try $0.id(0) }
            if staff == nil, let email, let row = try Self.rows(email, claims.issuer, connection).first {
                let found = try row.id(0)
                try connection.execute(
                    "DELETE FROM external_identity WHERE issuer = ? AND staff_id = ?",
                    [.text(claims.issuer), .id(found)])
                try Self.insert(hashes.hash(bytes(of: bySubject)), 0, claims.issuer, found, now, connection)
                staff = found
            }
            guard let staff, try StaffAccounts.load(staff, connection)?.principal != nil else {
                throw AccessProblem.notFound
            }
            return try sessions.start(.staff(staff), replacing: old, now: now, connection)
        }
    }

    static func forget(_ staff: ID128, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM external_identity WHERE staff_id = ?", [.id(staff)])
    }

    private func bytes(of name: Name) -> [UInt8] {
        switch name {
        case .subject(let text): Array("sub|\(text)".utf8)
        case .email(let text): Array("email|\(text.lowercased())".utf8)
        }
    }

    private static func rows(
        _ identities: [[UInt8]], _ issuer: String, _ connection: any Connection
    ) throws -> [Row] {
        try connection.query(
            "SELECT staff_id FROM external_identity WHERE issuer = ? AND identity IN (?*)", [.text(issuer)],
            keys: identities.map { .blob($0) })
    }

    private static func insert(
        _ identity: [UInt8], _ kind: Int64, _ issuer: String, _ staff: ID128, _ now: Instant,
        _ connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO external_identity (issuer, identity, kind, staff_id, linked_at) VALUES (?, ?, ?, ?, ?)",
            [.text(issuer), .blob(identity), .integer(kind), .id(staff), .instant(now)])
    }
}
