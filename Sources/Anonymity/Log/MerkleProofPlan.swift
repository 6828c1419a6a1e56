/// Which stored subtrees a proof is made of: say first what is needed, read that, then put the proof together.
///
/// Each hash of a proof is the root of a range of leaves, which is folded from the complete subtrees within it (RFC 9162,
/// sections 2.1.3.1 and 2.1.4.1).
public struct MerkleProofPlan: Hashable, Sendable {
    /// For each hash of the proof the complete subtrees of its range, largest first.
    let parts: [[MerkleFrontier.Node]]

    /// The subtrees that must be read.
    public var needed: Set<MerkleFrontier.Node> { Set(parts.joined()) }

    /// A proof that leaf `index` is in the tree of `size` leaves; nil where there is no such leaf.
    public static func inclusion(of index: UInt64, size: UInt64) -> MerkleProofPlan? {
        guard index < size else { return nil }
        var (start, end) = (UInt64(0), size)
        var ranges: [(UInt64, UInt64)] = []
        while end - start > 1 {
            let split = start + largestPowerOfTwo(below: end - start)
            if index < split {
                ranges.append((split, end))
                end = split
            } else {
                ranges.append((start, split))
                start = split
            }
        }
        return MerkleProofPlan(ranges: ranges.reversed())
    }

    /// A proof that the tree of `size` leaves continues the one of `earlier` leaves; nil unless 0 < earlier ≤ size.
    public static func consistency(from earlier: UInt64, to size: UInt64) -> MerkleProofPlan? {
        guard earlier > 0, earlier <= size else { return nil }
        guard earlier < size else { return MerkleProofPlan(parts: []) }
        var (start, end) = (UInt64(0), size)
        var ranges: [(UInt64, UInt64)] = []
        while end > earlier {
            let split = start + largestPowerOfTwo(below: end - start)
            if earlier <= split {
                ranges.append((split, end))
                end = split
            } else {
                ranges.append((start, split))
                start = split
            }
        }
        // The verifier knows the earlier root; only a part of it must be told.
        if start > 0 { ranges.append((start, end)) }
        return MerkleProofPlan(ranges: ranges.reversed())
    }

    /// The proof, from the hashes that were read; nil when one of ``needed`` is absent.
    public func proof(from hashes: [MerkleFrontier.Node: TreeHash]) -> [TreeHash]? {
        var proof: [TreeHash] = []
        for part in parts {
            let edge = part.compactMap { hashes[$0] }
            guard edge.count == part.count else { return nil }
            proof.append(MerkleFrontier.root(of: edge))
        }
        return proof
    }

    private init(parts: [[MerkleFrontier.Node]]) {
        self.parts = parts
    }

    private init(ranges: [(UInt64, UInt64)]) {
        parts = ranges.map { start, end in
            var position = start
            var nodes: [MerkleFrontier.Node] = []
            while position < end {
                let level = 63 - (end - position).leadingZeroBitCount
                nodes.append(.init(level: level, index: position >> UInt64(level)))
                position += 1 << UInt64(level)
            }
            return nodes
        }
    }

    /// The largest power of two that is less than a number above 1.
    private static func largestPowerOfTwo(below number: UInt64) -> UInt64 {
        1 << UInt64(63 - (number - 1).leadingZeroBitCount)
    }
}
