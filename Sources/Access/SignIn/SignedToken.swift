internal import Crypto
internal import FoundationEssentials

/// A JSON Web Signature in compact form (RFC 7515, section 7.1), verified with one key whose algorithm is pinned: what
/// the token says about its algorithm can only be refused, never followed.
enum SignedToken {
    static let maximumBytes = 8_192

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    /// The payload of a token that one of the keys signed.
    ///
    /// - Throws: `.malformed` when it is no token, `.untrusted` when no key fits or the signature is not its.
    static func payload(of text: String, keys: [HandOverTrust.Key]) throws(AccessProblem) -> [UInt8] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= maximumBytes, parts.count == 3, let head = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(head))
        else { throw .unauthenticated(.malformed) }
        // An extension that must be understood is one that we do not (RFC 7515, section 4.1.11).
        guard header.crit == nil else { throw .unauthenticated(.untrusted) }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        for key in keys
        where key.algorithm == header.alg && (header.kid == nil || key.id == nil || key.id == header.kid) {
            if key.isValid(signature, of: signed) { return payload }
        }
        throw .unauthenticated(.untrusted)
    }
}

extension HandOverTrust.Key {
    /// The name that RFC 7518 and RFC 8037 give the algorithm.
    var algorithm: String {
        switch material {
        case .hmacSHA256: "HS256"
        case .ed25519: "EdDSA"
        }
    }

    func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch material {
        case .hmacSHA256(let key):
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: message, using: key)
        case .ed25519(let key):
            key.isValidSignature(Data(signature), for: message)
        }
    }
}
