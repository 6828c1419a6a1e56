/// Verifies proofs about a Merkle tree, knowing roots alone.
public enum MerkleProof {
    /// Whether a leaf is at `index` in the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2).
    public static func verifiesInclusion(
        leaf: TreeHash, index: UInt64, size: UInt64, proof: [TreeHash], root: TreeHash
    ) -> Bool {
        guard index < size, leaf.bytes.count == TreeHash.empty.bytes.count else { return false }
        var (fn, sn) = (index, size - 1)
        var hash = leaf
        for part in proof {
            guard sn > 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                hash = .node(part, hash)
                while fn & 1 == 0, fn > 0 { (fn, sn) = (fn >> 1, sn >> 1) }
            } else {
                hash = .node(hash, part)
            }
            (fn, sn) = (fn >> 1, sn >> 1)
        }
        return sn == 0 && hash == root
    }

    /// Whether the tree of `size` leaves with `root` continues the one of `earlier` leaves with `earlierRoot`, nothing of
    /// which was changed or left out (RFC 9162, section 2.1.4.2). An earlier size of zero proves nothing and is refused.
    public static func verifiesConsistency(
        earlier: UInt64, earlierRoot: TreeHash, size: UInt64, root: TreeHash, proof: [TreeHash]
    ) -> Bool {
        guard earlier > 0, earlier <= size else { return false }
        if earlier == size { return proof.isEmpty && earlierRoot == root }
        guard !proof.isEmpty else { return false }
        var path = proof[...]
        // A complete earlier tree is itself the first hash.
        if earlier & (earlier - 1) == 0 { path = [earlierRoot] + path }
        var (fn, sn) = (earlier - 1, size - 1)
        while fn & 1 == 1 { (fn, sn) = (fn >> 1, sn >> 1) }
        guard let first = path.popFirst() else { return false }
        var (fr, sr) = (first, first)
        for part in path {
            guard sn > 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                fr = .node(part, fr)
                sr = .node(part, sr)
                while fn & 1 == 0, fn > 0 { (fn, sn) = (fn >> 1, sn >> 1) }
            } else {
                sr = .node(sr, part)
            }
            (fn, sn) = (fn >> 1, sn >> 1)
        }
        return sn == 0 && fr == earlierRoot && sr == root
    }
}
