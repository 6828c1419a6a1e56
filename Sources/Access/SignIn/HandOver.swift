public import Crypto
internal import FoundationEssentials
public import Primitives
public import Vault

/// What a publisher's site must sign for its readers to arrive signed in, and with which keys.
public struct HandOverTrust: Sendable {
    /// A key with its algorithm. A key serves one algorithm only.
    public struct Key: Sendable {
        public enum Material: Sendable {
            /// `HS256`: a secret of at least 32 bytes shared with the publisher.
            case hmacSHA256(SymmetricKey)
            /// `EdDSA` over Curve25519 (RFC 8037): the publisher keeps the private half.
            case ed25519(Curve25519.Signing.PublicKey)
        }

        /// `kid`, where the publisher names its keys.
        public let id: String?
        public let material: Material

        /// `nil` for a shared secret shorter than 32 bytes (RFC 7518, section 3.2).
        public init?(id: String? = nil, _ material: Material) {
            if case .hmacSHA256(let key) = material, key.bitCount < 256 { return nil }
            self.id = id
            self.material = material
        }
    }

    /// `iss`: the publisher, as agreed.
    public let issuer: String
    /// `aud`: this programme, as agreed.
    public let audience: String
    public let keys: [Key]

    public init(issuer: String, audience: String, keys: [Key]) {
        self.issuer = issuer
        self.audience = audience
        self.keys = keys
    }

    /// How far two clocks may differ.
    static let leewayMilliseconds: Int64 = 30_000
    /// The longest a token may last: it travels in an address, and addresses end up in logs.
    static let maximumLifetimeMilliseconds: Int64 = 600_000
}

/// A reader, vouched for by the publisher: a JSON Web Token (RFC 7519) that was verified.
public struct HandOver: Sendable, Hashable, Unprintable {
    /// `sub`: the publisher's user id. Only the vault may keep it.
    public let subject: String
    /// `jti`: names the token, which works once.
    public let tokenID: String
    /// `exp`.
    public let expiresAt: Instant

    /// Until when a used token must be remembered: it is refused by its expiry afterwards.
    var forgetAfter: Instant { expiresAt.adding(milliseconds: HandOverTrust.leewayMilliseconds) }

    private struct Claims: Decodable {
        let iss: String
        let sub: String
        let aud: Audience
        let exp: Double
        let nbf: Double?
        let iat: Double?
        let jti: String
    }

    /// One text or a list of them (RFC 7519, section 4.1.3).
    private enum Audience: Decodable {
        case one(String)
        case many([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                self = .one(one)
            } else {
                self = .many(try container.decode([String].self))
            }
        }

        func contains(_ name: String) -> Bool {
            switch self {
            case .one(let one): one == name
            case .many(let many): many.contains(name)
            }
        }
    }

    /// Verifies a token: signature by a pinned algorithm, then issuer, audience, expiry, not-before, lifetime.
    ///
    /// - Throws: `.unauthenticated` with `.malformed`, `.untrusted` or `.expired`.
    public init(_ text: String, trust: HandOverTrust, now: Instant) throws(AccessProblem) {
        let payload = try SignedToken.payload(of: text, keys: trust.keys)
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload)),
            (1...255).contains(claims.sub.utf8.count), (1...255).contains(claims.jti.utf8.count),
            let expiry = Self.instant(claims.exp)
        else { throw .unauthenticated(.malformed) }
        guard claims.iss == trust.issuer, claims.aud.contains(trust.audience) else {
            throw .unauthenticated(.untrusted)
        }
        let leeway = HandOverTrust.leewayMilliseconds
        guard now < expiry.adding(milliseconds: leeway) else { throw .unauthenticated(.expired) }
        guard expiry - now <= HandOverTrust.maximumLifetimeMilliseconds + leeway else {
            throw .unauthenticated(.untrusted)
        }
        for claim in [claims.nbf, claims.iat] {
            guard let claim else { continue }
            guard let start = Self.instant(claim) else { throw .unauthenticated(.malformed) }
            guard start <= now.adding(milliseconds: leeway) else { throw .unauthenticated(.untrusted) }
        }
        subject = claims.sub
        tokenID = claims.jti
        expiresAt = expiry
    }

    /// Seconds since 1970, possibly with a fraction.
    private static func instant(_ seconds: Double) -> Instant? {
        guard seconds.isFinite, seconds >= 0, seconds < 253_402_300_800 else { return nil }
        return Instant(milliseconds: Int64(seconds * 1_000))
    }
}
