internal import Crypto

/// A hash of a Merkle tree over SHA-256 (RFC 9162, section 2.1): 32 bytes.
public struct TreeHash: Hashable, Sendable {
    public let bytes: [UInt8]

    /// nil for anything but 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The hash of the empty tree.
    public static let empty = TreeHash(unchecked: Array(SHA256.hash(data: [UInt8]())))

    /// The hash of a leaf: SHA-256(0x00 ‖ entry).
    public static func leaf(_ entry: [UInt8]) -> TreeHash {
        TreeHash(unchecked: Array(SHA256.hash(data: [0x00] + entry)))
    }

    /// The hash of a node: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        TreeHash(unchecked: Array(SHA256.hash(data: [0x01] + left.bytes + right.bytes)))
    }
}
