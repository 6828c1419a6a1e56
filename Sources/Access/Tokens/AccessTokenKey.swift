internal import Crypto
internal import Foundation
internal import Primitives

/// A key that signs a programme's access tokens: ES256, that is ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4), the
/// algorithm that every CDN and library can check.
struct AccessTokenKey: Sendable {
    /// Counts up within the programme.
    let number: Int64
    /// When it is signed with from; it is published before.
    let activeFrom: Instant
    let createdAt: Instant
    let publicKey: P256.Signing.PublicKey
    /// `nil` where the version of the home's key that sealed it is gone: such a key signs no more.
    let privateKey: P256.Signing.PrivateKey?
    /// `kid`: the JWK thumbprint (RFC 7638), so that it follows from the key and names nothing else.
    let id: String

    init(
        number: Int64, activeFrom: Instant, createdAt: Instant, publicKey: P256.Signing.PublicKey,
        privateKey: P256.Signing.PrivateKey?
    ) {
        self.number = number
        self.activeFrom = activeFrom
        self.createdAt = createdAt
        self.publicKey = publicKey
        self.privateKey = privateKey
        id = Self.id(of: publicKey)
    }

    static func id(of key: P256.Signing.PublicKey) -> String {
        let (x, y) = coordinates(of: key)
        let text = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        return Base64URL.encode(Array(SHA256.hash(data: Data(text.utf8))))
    }

    /// Base 64 of the two coordinates, 32 bytes each.
    static func coordinates(of key: P256.Signing.PublicKey) -> (x: String, y: String) {
        let bytes = Array(key.rawRepresentation)
        return (Base64URL.encode(Array(bytes.prefix(32))), Base64URL.encode(Array(bytes.suffix(32))))
    }

    /// As a JSON Web Key (RFC 7517).
    var json: JSONValue {
        let (x, y) = Self.coordinates(of: publicKey)
        return [
            "kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y), "use": "sig", "alg": "ES256",
            "kid": .string(id),
        ]
    }
}

/// When keys are made, signed with and published: decisions about times only.
public enum AccessTokenRotation {
    /// After so long a key gets a successor.
    public static let ageMilliseconds: Int64 = 30 * 86_400_000
    /// A new key is published so long before anything is signed with it; verifiers may cache the key set for less.
    public static let aheadMilliseconds: Int64 = 600_000
    /// How long a verifier may keep the key set.
    public static let cacheMilliseconds: Int64 = 300_000

    /// The place of the key to sign with: the latest that is active.
    static func signing(_ keys: [AccessTokenKey], now: Instant) -> AccessTokenKey? {
        keys.last { $0.activeFrom <= now && $0.privateKey != nil }
    }

    /// Whether a successor is due.
    static func isDue(_ keys: [AccessTokenKey], now: Instant) -> Bool {
        guard let last = keys.last else { return true }
        return last.privateKey == nil || now - last.createdAt >= ageMilliseconds
    }

    /// The keys that tokens may still be signed with: all from the one that signs now, and those before it until their
    /// last token is over.
    static func published(_ keys: [AccessTokenKey], now: Instant) -> [AccessTokenKey] {
        keys.enumerated().filter { index, _ in
            guard index + 1 < keys.count else { return true }
            let replaced = keys[index + 1].activeFrom
            return now < replaced.adding(milliseconds: AccessToken.maximumMilliseconds + AccessToken.leewayMilliseconds)
        }.map(\.element)
    }
}
