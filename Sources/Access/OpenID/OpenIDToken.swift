internal import FoundationEssentials
internal import JWTKit
public import Primitives
public import Vault

/// An ID token (OpenID Connect Core 1.0, section 2): what a provider says of who signed in there.
public enum OpenIDToken {
    /// What we take from it.
    public struct Claims: Sendable, Hashable, Unprintable {
        public let issuer: String
        public let subject: String
        public let email: String?
        public let isEmailVerified: Bool
    }

    /// What it must say.
    public struct Expectation: Sendable {
        public let issuer: String
        /// `aud`: us.
        public let clientID: String
        public let nonce: String

        public init(issuer: String, clientID: String, nonce: String) {
            self.issuer = issuer
            self.clientID = clientID
            self.nonce = nonce
        }
    }

    /// How far two clocks may differ.
    static let leewaySeconds: Double = 60
    /// The oldest that a token that was just made can be.
    static let longestAgeSeconds: Double = 600
    static let maximumBytes = 16_384

    /// The key that a token says it was signed with, and by which algorithm. Nothing of it is trusted.
    struct Header: Decodable, Sendable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    /// The `kid` of a token, to know whether the keys must be fetched anew.
    public static func keyID(of token: String) -> String? { header(of: token)?.kid }

    private static func header(of token: String) -> Header? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= maximumBytes, parts.count == 3, let head = Base64URL.decode(parts[0]) else {
            return nil
        }
        return try? JSONDecoder().decode(Header.self, from: Data(head))
    }

    /// Verifies a token: its signature by one of three algorithms and a key of the provider's, then issuer, audience,
    /// nonce and times.
    ///
    /// - Throws: `.unauthenticated` with `.malformed`, `.unknown` for a key that is not there, `.untrusted`, `.expired`.
    public static func verify(
        _ token: String, keys: OpenIDKeys, expecting expected: Expectation, now: Instant
    ) async throws(AccessProblem) -> Claims {
        guard let header = header(of: token) else { throw .unauthenticated(.malformed) }
        guard header.crit == nil, let algorithm = OpenIDKeys.Algorithm(rawValue: header.alg) else {
            throw .unauthenticated(.untrusted)
        }
        // A key serves the algorithm of its own kind only, so that no public key is ever taken for a shared secret.
        let fitting = keys.keys.filter { $0.algorithm == algorithm && (header.kid == nil || $0.id == header.kid) }
        guard !fitting.isEmpty else { throw .unauthenticated(.unknown) }
        for key in fitting {
            let collection = JWTKeyCollection()
            guard await key.add(to: collection) else { continue }
            guard let payload = try? await collection.verify(token, as: Payload.self) else { continue }
            return try check(payload, expected, now)
        }
        throw .unauthenticated(.untrusted)
    }

    private static func check(
        _ payload: Payload, _ expected: Expectation, _ now: Instant
    ) throws(AccessProblem) -> Claims {
        guard payload.iss == expected.issuer, payload.aud.values.contains(expected.clientID),
            payload.aud.values.count == 1 || payload.azp == expected.clientID,
            payload.azp == nil || payload.azp == expected.clientID,
            let nonce = payload.nonce, ConstantTime.areEqual(Array(nonce.utf8), Array(expected.nonce.utf8)),
            (1...255).contains(payload.sub.utf8.count)
        else { throw .unauthenticated(.untrusted) }
        let seconds = Double(now.milliseconds) / 1_000
        guard payload.exp.isFinite, payload.iat.isFinite, seconds < payload.exp + leewaySeconds,
            seconds - payload.iat <= longestAgeSeconds
        else { throw .unauthenticated(.expired) }
        guard payload.iat <= seconds + leewaySeconds, payload.nbf.map({ $0 <= seconds + leewaySeconds }) ?? true else {
            throw .unauthenticated(.untrusted)
        }
        return Claims(
            issuer: payload.iss, subject: payload.sub, email: payload.email,
            isEmailVerified: payload.isEmailVerified?.value ?? false)
    }

    private struct Payload: JWTPayload {
        let iss: String
        let sub: String
        let aud: Audience
        let azp: String?
        let exp: Double
        let iat: Double
        let nbf: Double?
        let nonce: String?
        let email: String?
        let isEmailVerified: Flag?

        enum CodingKeys: String, CodingKey {
            case iss, sub, aud, azp, exp, iat, nbf, nonce, email
            case isEmailVerified = "email_verified"
        }

        /// The claims are checked against the injected clock.
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// One text or a list of them.
    private struct Audience: Codable, Sendable {
        let values: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                values = [one]
            } else {
                values = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(values)
        }
    }

    /// A truth value; some providers write it as a text.
    private struct Flag: Codable, Sendable {
        let value: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                value = flag
            } else {
                value = try container.decode(String.self) == "true"
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }
}

/// The keys that a provider signs with, from its JSON Web Key Set (RFC 7517).
public struct OpenIDKeys: Sendable {
    /// The algorithms that are taken; no other is, whatever a token or a key says.
    enum Algorithm: String, Sendable {
        case rsa = "RS256"
        case ecdsa = "ES256"
        case edDSA = "EdDSA"
    }

    struct Key: Sendable {
        let id: String?
        let algorithm: Algorithm
        /// `n` and `e`, `x` and `y`, or `x`.
        let first: String
        let second: String?

        /// `false` where its numbers are no key.
        func add(to collection: JWTKeyCollection) async -> Bool {
            do {
                switch algorithm {
                case .rsa:
                    let key = try Insecure.RSA.PublicKey(modulus: first, exponent: second ?? "")
                    await collection.add(rsa: key, digestAlgorithm: .sha256)
                case .ecdsa:
                    let key = try ES256PublicKey(parameters: (x: first, y: second ?? ""))
                    await collection.add(ecdsa: key)
                case .edDSA:
                    await collection.add(eddsa: try EdDSA.PublicKey(x: first, curve: .ed25519))
                }
                return true
            } catch {
                return false
            }
        }
    }

    let keys: [Key]

    private struct Document: Decodable {
        let keys: [Entry]
    }

    private struct Entry: Decodable {
        let kty: String?
        let use: String?
        let alg: String?
        let kid: String?
        let crv: String?
        let n: String?
        let e: String?
        let x: String?
        let y: String?
    }

    static let mostKeys = 50
    /// A modulus of 2,048 bits in base 64 (RFC 7518, section 3.3).
    static let leastModulusCharacters = 342

    /// Reads a key set; keys of kinds that are not taken are left out.
    ///
    /// - Returns: `nil` for what is no key set.
    public init?(json: [UInt8]) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(json)) else { return nil }
        keys = document.keys.prefix(Self.mostKeys).compactMap { entry in
            guard entry.use == nil || entry.use == "sig" else { return nil }
            func key(_ algorithm: Algorithm, _ first: String?, _ second: String?) -> Key? {
                guard let first, entry.alg == nil || entry.alg == algorithm.rawValue else { return nil }
                return Key(id: entry.kid, algorithm: algorithm, first: first, second: second)
            }
            switch (entry.kty, entry.crv) {
            case ("RSA", _):
                guard entry.e != nil, (entry.n ?? "").utf8.count >= Self.leastModulusCharacters else { return nil }
                return key(.rsa, entry.n, entry.e)
            case ("EC", "P-256"): return entry.y == nil ? nil : key(.ecdsa, entry.x, entry.y)
            case ("OKP", "Ed25519"): return key(.edDSA, entry.x, nil)
            default: return nil
            }
        }
    }

    /// Whether a token's key is here.
    public func has(_ id: String?) -> Bool {
        id == nil ? !keys.isEmpty : keys.contains { $0.id == id }
    }
}
