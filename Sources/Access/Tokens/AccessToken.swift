internal import Crypto
internal import Foundation
public import Primitives

/// A short-lived proof that somebody may open something: a JSON Web Token (RFC 7519) that a CMS or a CDN checks by itself.
///
/// It says which gates are open, for which site, and until when. Who it is about stands in it under a name that only this
/// site has for them, so that two sites cannot put their readers side by side.
public struct AccessToken: Sendable, Hashable {
    /// The longest that a token may last: a token cannot be taken back.
    public static let maximumMilliseconds: Int64 = 900_000
    public static let standardMilliseconds: Int64 = 300_000
    /// How far two clocks may differ.
    public static let leewayMilliseconds: Int64 = 60_000
    static let maximumBytes = 8_192

    /// `iss`.
    public var issuer: String
    /// `aud`: the site.
    public var audience: String
    /// `sub`: a name of the member for this audience; absent for a visitor.
    public var subject: String?
    /// `gates`: the names of the gates that are open.
    public var gates: [String]
    /// `item`: the one item it is for; absent for gates by name.
    public var item: String?
    /// `iat` and `exp`, whole seconds.
    public var issuedAt: Instant
    public var expiresAt: Instant
    /// `jti`.
    public var id: String

    public init(
        issuer: String, audience: String, subject: String?, gates: [String], item: String?, issuedAt: Instant,
        expiresAt: Instant, id: String
    ) {
        self.issuer = issuer
        self.audience = audience
        self.subject = subject
        self.gates = gates
        self.item = item
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.id = id
    }

    var claims: JSONValue {
        var claims: JSONValue = [
            "iss": .string(issuer), "aud": .string(audience), "gates": .array(gates.map { .string($0) }),
            "iat": .integer(issuedAt.milliseconds / 1_000), "nbf": .integer(issuedAt.milliseconds / 1_000),
            "exp": .integer(expiresAt.milliseconds / 1_000), "jti": .string(id),
        ]
        claims["sub"] = subject.map { .string($0) }
        claims["item"] = item.map { .string($0) }
        return claims
    }

    /// The token in compact form (RFC 7515, section 7.1).
    func signed(with key: P256.Signing.PrivateKey, id: String) throws -> String {
        let header: JSONValue = ["alg": "ES256", "typ": "JWT", "kid": .string(id)]
        let text = Base64URL.encode(header.bytes()) + "." + Base64URL.encode(claims.bytes())
        let signature = try key.signature(for: Data(text.utf8))
        return text + "." + Base64URL.encode(Array(signature.rawRepresentation))
    }
}

/// The published keys of a programme, as whoever checks tokens offline has them.
public struct AccessTokenVerifier: Sendable {
    private let keys: [String: P256.Signing.PublicKey]

    /// - Parameter keySet: a JSON Web Key Set; keys of other kinds are left out.
    public init(keySet: JSONValue) {
        var keys: [String: P256.Signing.PublicKey] = [:]
        for key in keySet["keys"]?.arrayValue ?? [] {
            guard key["kty"] == "EC", key["crv"] == "P-256", key["alg"].map({ $0 == "ES256" }) ?? true,
                let id = key["kid"]?.stringValue, let x = key["x"]?.stringValue.flatMap({ Base64URL.decode($0) }),
                let y = key["y"]?.stringValue.flatMap({ Base64URL.decode($0) }),
                let publicKey = try? P256.Signing.PublicKey(rawRepresentation: Data(x + y))
            else { continue }
            keys[id] = publicKey
        }
        self.keys = keys
    }

    /// Checks a token: algorithm, key, signature, audience and time. What the token says about its algorithm can only be
    /// refused, never followed.
    ///
    /// - Complexity: one verification of ECDSA on P-256.
    /// - Throws: `.unauthenticated` with `.malformed`, `.untrusted` or `.expired`.
    public func verify(_ text: String, audience: String, now: Instant) throws(AccessProblem) -> AccessToken {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= AccessToken.maximumBytes, parts.count == 3, let head = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let header = try? JSONValue(parsing: head), let claims = try? JSONValue(parsing: payload)
        else { throw .unauthenticated(.malformed) }
        guard header["alg"] == "ES256", header["crit"] == nil, let id = header["kid"]?.stringValue, let key = keys[id],
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: Data(signature)),
            key.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8))
        else { throw .unauthenticated(.untrusted) }
        guard let issuer = claims["iss"]?.stringValue, let issued = claims["iat"]?.intValue,
            let expires = claims["exp"]?.intValue, let tokenID = claims["jti"]?.stringValue,
            let gates = claims["gates"]?.arrayValue
        else { throw .unauthenticated(.malformed) }
        guard claims["aud"] == .string(audience) else { throw .unauthenticated(.untrusted) }
        let leeway = AccessToken.leewayMilliseconds
        guard now < Instant(seconds: expires).adding(milliseconds: leeway) else { throw .unauthenticated(.expired) }
        guard Instant(seconds: issued) <= now.adding(milliseconds: leeway) else { throw .unauthenticated(.untrusted) }
        return AccessToken(
            issuer: issuer, audience: audience, subject: claims["sub"]?.stringValue,
            gates: gates.compactMap(\.stringValue), item: claims["item"]?.stringValue,
            issuedAt: Instant(seconds: issued), expiresAt: Instant(seconds: expires), id: tokenID)
    }
}
