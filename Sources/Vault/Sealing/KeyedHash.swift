public import Crypto
internal import FoundationEssentials
public import Primitives

/// HMAC-SHA256 under one key: blind indexes, pseudonyms, hashes of requests and tokens.
///
/// The key is absorbed once; each hash starts from a copy of that state.
public struct KeyedHash: Sendable {
    private let start: HMAC<SHA256>

    public init(key: SymmetricKey) {
        start = HMAC<SHA256>(key: key)
    }

    /// Under a key of its own, derived with HKDF-SHA256 (RFC 5869) from `root` for one use.
    public init(root: SymmetricKey, use: String) {
        self.init(root: root, salt: "stamgast/v1", use: use)
    }

    init(root: SymmetricKey, salt: String, use: String) {
        self.init(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: root, salt: Array(salt.utf8), info: Array(use.utf8), outputByteCount: 32))
    }

    /// The full hash, 32 bytes.
    public func bytes(of message: [UInt8]) -> [UInt8] {
        var hash = start
        hash.update(data: message)
        return Array(hash.finalize())
    }

    /// The full hash of several parts, each preceded by its length, so that no two lists of parts read alike.
    public func bytes(ofParts parts: [[UInt8]]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.count + 4 })
        for part in parts {
            Self.append(length: part.count, to: &message)
            message += part
        }
        return bytes(of: message)
    }

    /// The first 16 bytes of the hash of several parts, each preceded by its length.
    public func id(ofParts parts: String...) -> ID128 {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
        for part in parts {
            Self.append(length: part.utf8.count, to: &message)
            message += part.utf8
        }
        return id(of: message)
    }

    /// The first 16 bytes of the hash.
    public func id(of message: String) -> ID128 {
        var hash = start
        var message = message
        message.withUTF8 { hash.update(data: UnsafeRawBufferPointer($0)) }
        return Self.truncated(hash.finalize())
    }

    /// The first 16 bytes of the hash.
    public func id(of message: [UInt8]) -> ID128 {
        var hash = start
        hash.update(data: message)
        return Self.truncated(hash.finalize())
    }

    private static func truncated(_ code: HMAC<SHA256>.MAC) -> ID128 {
        code.withUnsafeBytes { bytes in
            ID128(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// Four bytes, the most significant first.
    static func append(length count: Int, to message: inout [UInt8]) {
        for shift in stride(from: 24, through: 0, by: -8) { message.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
}
