internal import Crypto
public import CryptoExtras
public import Foundation

/// RSABSSA-SHA384-PSS-Deterministic of RFC 9474: what the server signs without seeing it.
///
/// The deterministic preparation is the right one here: the message is a nonce of 32 random bytes, which no signer can guess
/// (RFC 9474, section 5). The signature itself is randomised by its salt of 48 bytes.
///
/// - Note: BoringSSL does the arithmetic with the private key in constant time and blinds it with randomness of its own. The
///   client's arithmetic in the browser (BigInt) is not constant-time: it works on that reader's own secrets, on that reader's own
///   device, and a page of another origin cannot time it. Nothing more is claimed.
public enum BlindSignatures {
    public typealias PrivateKey = _RSA.BlindSigning.PrivateKey<SHA384>
    public typealias PublicKey = _RSA.BlindSigning.PublicKey<SHA384>

    /// The length of modulus, blinded message and signature, in bytes.
    public static let bytes = 256
    /// The length of a token's nonce, in bytes.
    public static let nonceBytes = 32

    static var parameters: PrivateKey.Parameters { .RSABSSA_SHA384_PSS_Deterministic }

    static func makeKey() throws -> PrivateKey { try PrivateKey(keySize: .bits2048, parameters: parameters) }

    public static func privateKey(der: [UInt8]) throws -> PrivateKey {
        try PrivateKey(derRepresentation: Data(der), parameters: parameters)
    }

    /// - Parameter der: a SubjectPublicKeyInfo (RFC 5280).
    public static func publicKey(der: [UInt8]) throws -> PublicKey {
        try PublicKey(derRepresentation: Data(der), parameters: parameters)
    }

    /// Signs what a client blinded (`BlindSign`).
    ///
    /// - Throws: if `blinded` has not the length of the modulus or is no smaller than it.
    public static func sign(_ blinded: [UInt8], with key: PrivateKey) throws -> [UInt8] {
        Array(try key.blindSignature(for: Data(blinded)).rawRepresentation)
    }

    /// Whether `signature` is this key's over `message` (RSASSA-PSS of RFC 8017 with SHA-384 and a salt of 48 bytes).
    public static func isValid(_ signature: [UInt8], of message: [UInt8], by key: PublicKey) -> Bool {
        guard signature.count == bytes || signature.count == key.keySizeInBits / 8 else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: Data(signature)), for: key.prepare(Data(message)))
    }
}
