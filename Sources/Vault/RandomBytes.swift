internal import Crypto
public import Primitives

/// Where unpredictable bytes come from: keys, nonces, the identifiers of persons.
///
/// A port, so that tests can fix every byte a home consists of. In a running server it is always ``SystemRandomBytes``.
public protocol RandomBytes: Sendable {
    /// `count` bytes, each call new.
    func bytes(_ count: Int) -> [UInt8]
}

extension RandomBytes {
    /// A new random identifier (RFC 9562, version 4).
    public func id() -> ID128 {
        var id = ID128(high: 0, low: 0)
        for (index, byte) in bytes(16).enumerated() {
            if index < 8 { id.high = id.high << 8 | UInt64(byte) } else { id.low = id.low << 8 | UInt64(byte) }
        }
        return id.asUUID(version: 4)
    }
}

/// The operating system's generator.
public struct SystemRandomBytes: RandomBytes {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }
}
