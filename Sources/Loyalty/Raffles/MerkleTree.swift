import Crypto

/// The Merkle tree over a list, as in RFC 9162, section 2.1, with SHA-256: leaves are hashed after a byte 0, inner nodes
/// after a byte 1.
public struct MerkleTree: Sendable {
    /// From the leaves up; an odd last node goes up unchanged, which is the tree of the RFC.
    private let rows: [[[UInt8]]]

    /// - Complexity: O(n) hashes.
    public init(leaves: [[UInt8]]) {
        var row = leaves.map { Self.hash([0] + $0) }
        var rows = [row]
        while row.count > 1 {
            var above: [[UInt8]] = []
            above.reserveCapacity((row.count + 1) / 2)
            for index in stride(from: 0, to: row.count, by: 2) {
                above.append(index + 1 < row.count ? Self.hash([1] + row[index] + row[index + 1]) : row[index])
            }
            row = above
            rows.append(row)
        }
        self.rows = rows
    }

    /// The hash of nothing for an empty list.
    public var root: [UInt8] { rows.last?.first ?? Self.hash([]) }

    /// The hashes beside the way from a leaf to the root (RFC 9162, section 2.1.3); empty for no such leaf.
    public func proof(of leaf: Int) -> [[UInt8]] {
        guard rows[0].indices.contains(leaf) else { return [] }
        var index = leaf
        var path: [[UInt8]] = []
        for row in rows.dropLast() {
            let sibling = index ^ 1
            if sibling < row.count { path.append(row[sibling]) }
            index /= 2
        }
        return path
    }

    static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
