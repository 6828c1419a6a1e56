/// The right edge of an append-only Merkle tree: the roots of its complete subtrees, largest first, one for each bit that
/// is set in its size. It is all that appending takes, so a log of any length is appended to from at most 64 hashes.
public struct MerkleFrontier: Hashable, Sendable {
    /// A complete subtree: 2^level leaves, from leaf `index` · 2^level on. Level 0 are the leaves.
    public struct Node: Hashable, Sendable {
        public let level: Int
        public let index: UInt64

        public init(level: Int, index: UInt64) {
            self.level = level
            self.index = index
        }
    }

    /// How many leaves there are.
    public private(set) var size: UInt64
    public private(set) var edge: [TreeHash]

    /// The empty tree.
    public init() {
        size = 0
        edge = []
    }

    /// A tree whose right edge was stored; nil when the edge does not belong to the size.
    public init?(size: UInt64, edge: [TreeHash]) {
        guard edge.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.edge = edge
    }

    /// Appends a leaf and says which subtrees are complete with it, lowest first: to be stored, never to change again.
    ///
    /// - Complexity: amortised two hashes.
    public mutating func append(_ leaf: TreeHash) -> [(node: Node, hash: TreeHash)] {
        var hash = leaf
        var completed = [(node: Node(level: 0, index: size), hash: hash)]
        for level in 0..<size.trailingOnes {
            hash = .node(edge.removeLast(), hash)
            completed.append((Node(level: level + 1, index: size >> UInt64(level + 1)), hash))
        }
        edge.append(hash)
        size += 1
        return completed
    }

    /// The root of the tree as it is.
    public var root: TreeHash { Self.root(of: edge) }

    /// Folds complete subtrees, largest first, into one root.
    static func root(of edge: [TreeHash]) -> TreeHash {
        guard var root = edge.last else { return .empty }
        for left in edge.dropLast().reversed() { root = .node(left, root) }
        return root
    }
}

extension UInt64 {
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
