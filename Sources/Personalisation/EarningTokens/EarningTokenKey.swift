internal import Crypto
internal import Foundation
public import Primitives

/// A key that signs the tokens of one class on one day, and nothing else.
public struct EarningTokenKey: Sendable {
    /// In the programme's calendar.
    public let day: Int32
    /// The event type.
    public let type: String
    /// See `EarningClass.id`.
    public let classID: String
    /// A SubjectPublicKeyInfo.
    public let publicKey: [UInt8]
    let verifying: BlindSignatures.PublicKey
    /// `nil` where the version of the home's key that sealed it is gone.
    let signing: BlindSignatures.PrivateKey?

    /// Follows from the key and names nothing else: the first 16 bytes of its SHA-256, in hexadecimal digits.
    public var id: String { Self.id(of: publicKey) }

    static func id(of publicKey: [UInt8]) -> String {
        SHA256.hash(data: Data(publicKey)).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// When tokens are good: decisions about days only.
public enum EarningPeriod {
    /// How many days after its own a token can be redeemed: a weekend without a connection is no loss.
    public static let graceDays: Int32 = 7

    /// Whether a token of `day` can be redeemed today. None is of tomorrow.
    public static func isRedeemable(_ day: Int32, today: Int32) -> Bool { day <= today && day >= today - graceDays }

    /// Everything of earlier days is forgotten.
    public static func firstKept(today: Int32) -> Int32 { today - graceDays }
}

/// A token as its holder brings it.
public struct EarningToken: Sendable, Hashable {
    /// ``EarningTokenKey/id``.
    public var key: String
    public var nonce: [UInt8]
    public var signature: [UInt8]

    /// `nil` if a length is wrong.
    public init?(key: String, nonce: [UInt8], signature: [UInt8]) {
        guard nonce.count == BlindSignatures.nonceBytes, signature.count == BlindSignatures.bytes, key.utf8.count == 32
        else { return nil }
        self.key = key
        self.nonce = nonce
        self.signature = signature
    }
}
