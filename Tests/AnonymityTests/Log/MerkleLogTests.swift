import Crypto
import Foundation
import TestSupport
import Testing

@testable import Anonymity

@Suite struct MerkleLogTests {
    private struct Inclusion: Decodable {
        var leafIdx, treeSize: UInt64
        var root, leafHash: Data
        var proof: [Data]?
        var wantErr: Bool
    }

    private struct Consistency: Decodable {
        var size1, size2: UInt64
        var root1, root2: Data
        var proof: [Data]?
        var wantErr: Bool
    }

    private func hash(_ data: Data) -> TreeHash { TreeHash(unchecked: [UInt8](data)) }

    @Test("Inclusion proofs are judged as transparency-dev judges them")
    func inclusionVectors() throws {
        guard let folder = SharedVectors.folder("tlog/testdata/inclusion") else { return }
        let files = try SharedVectors.files(in: folder)
        #expect(files.count == 98)
        for file in files {
            let vector = try JSONDecoder().decode(Inclusion.self, from: Data(contentsOf: file))
            let verdict = MerkleProof.verifiesInclusion(
                leaf: hash(vector.leafHash), index: vector.leafIdx, size: vector.treeSize,
                proof: (vector.proof ?? []).map(hash), root: hash(vector.root))
            #expect(verdict != vector.wantErr, "\(file.path)")
        }
    }

    @Test("Consistency proofs are judged as transparency-dev judges them")
    func consistencyVectors() throws {
        guard let folder = SharedVectors.folder("tlog/testdata/consistency") else { return }
        let files = try SharedVectors.files(in: folder)
        #expect(files.count == 98)
        for file in files {
            let vector = try JSONDecoder().decode(Consistency.self, from: Data(contentsOf: file))
            let verdict = MerkleProof.verifiesConsistency(
                earlier: vector.size1, earlierRoot: hash(vector.root1), size: vector.size2, root: hash(vector.root2),
                proof: (vector.proof ?? []).map(hash))
            #expect(verdict != vector.wantErr, "\(file.path)")
        }
    }

    /// The verifier of tessera's public test log.
    private static let tessera = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

    @Test("A real log's entries give its hashes, roots and signed checkpoints at every size")
    func tesseraLog() throws {
        guard let folder = SharedVectors.folder("tessera/testdata/log") else { return }
        let entries = [UInt8](try Data(contentsOf: folder.appendingPathComponent("tile/entries/000.p/15")))
        let tile = [UInt8](try Data(contentsOf: folder.appendingPathComponent("tile/0/000.p/15")))
        let verifier = try #require(NoteVerifier(encoded: Self.tessera))
        var log = MerkleFrontier()
        var position = 0
        for size in 0...15 {
            let encoded = try String(
                contentsOf: folder.appendingPathComponent("checkpoint.\(size)"), encoding: .utf8)
            let note = try #require(SignedNote(encoded: encoded))
            #expect(note.encoded == encoded)
            #expect(verifier.verifies(note))
            let checkpoint = try #require(Checkpoint(text: note.text))
            #expect(checkpoint == Checkpoint(origin: "example.com/log/testdata", size: log.size, root: log.root))
            #expect(checkpoint.text == note.text)
            guard size < 15 else { break }
            let length = Int(entries[position]) << 8 | Int(entries[position + 1])
            let leaf = TreeHash.leaf(Array(entries[(position + 2)..<(position + 2 + length)]))
            #expect(leaf.bytes == Array(tile[(32 * size)..<(32 * size + 32)]))
            _ = log.append(leaf)
            position += 2 + length
        }
        #expect(position == entries.count)
    }

    /// RFC 9162, section 2.1.1, word for word: an oracle that shares nothing with the frontier.
    private func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? .empty }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return .node(root(leaves.prefix(split)), root(leaves.dropFirst(split)))
    }

    @Test("Every proof in logs of up to 33 leaves holds, and none holds for anything else")
    func proofs() throws {
        var log = MerkleFrontier()
        var stored: [MerkleFrontier.Node: TreeHash] = [:]
        var leaves: [TreeHash] = []
        var roots = [log.root]
        for index in 0..<33 {
            leaves.append(.leaf([UInt8(index)]))
            for (node, hash) in log.append(leaves[index]) {
                #expect(stored.updateValue(hash, forKey: node) == nil)
            }
            roots.append(log.root)
            #expect(log.root == root(leaves[...]))
            // A log that is taken up again from what was stored goes on the same.
            log = try #require(MerkleFrontier(size: log.size, edge: log.edge))
        }
        #expect(MerkleFrontier(size: 33, edge: []) == nil)
        for size in UInt64(1)...33 {
            for index in 0..<size {
                let plan = try #require(MerkleProofPlan.inclusion(of: index, size: size))
                let proof = try #require(plan.proof(from: stored))
                func holds(_ leaf: TreeHash, _ index: UInt64, _ proof: [TreeHash], _ root: TreeHash) -> Bool {
                    MerkleProof.verifiesInclusion(leaf: leaf, index: index, size: size, proof: proof, root: root)
                }
                let leaf = leaves[Int(index)]
                #expect(holds(leaf, index, proof, roots[Int(size)]))
                #expect(!holds(.leaf([255]), index, proof, roots[Int(size)]))
                #expect(!holds(leaf, index + 1, proof, roots[Int(size)]))
                #expect(!holds(leaf, index, proof + [leaf], roots[Int(size)]))
                #expect(!holds(leaf, index, proof, roots[Int(size) - 1]))
                if let needed = plan.needed.first {
                    var incomplete = stored
                    incomplete[needed] = nil
                    #expect(plan.proof(from: incomplete) == nil)
                }
            }
            for earlier in 1...size {
                let plan = try #require(MerkleProofPlan.consistency(from: earlier, to: size))
                let proof = try #require(plan.proof(from: stored))
                func holds(_ earlierRoot: TreeHash, _ proof: [TreeHash]) -> Bool {
                    MerkleProof.verifiesConsistency(
                        earlier: earlier, earlierRoot: earlierRoot, size: size, root: roots[Int(size)], proof: proof)
                }
                #expect(holds(roots[Int(earlier)], proof))
                #expect(!holds(roots[Int(earlier) - 1], proof))
                #expect(!holds(roots[Int(earlier)], proof + [.empty]))
            }
        }
        #expect(MerkleProofPlan.inclusion(of: 3, size: 3) == nil)
        #expect(MerkleProofPlan.consistency(from: 0, to: 3) == nil)
        #expect(MerkleProofPlan.consistency(from: 4, to: 3) == nil)
    }

    @Test("A note that was signed is read and verified; one that was touched, or signed by another, is not")
    func notes() throws {
        let name = try #require(NoteKeyName("example.org/stamgast"))
        let key = Curve25519.Signing.PrivateKey()
        let checkpoint = try #require(Checkpoint(origin: "example.org/stamgast", size: 7, root: .leaf([1])))
        let note = try #require(try SignedNote(text: checkpoint.text, name: name, key: key))
        let verifier = NoteVerifier(name: name, key: key.publicKey)
        let read = try #require(SignedNote(encoded: note.encoded))
        #expect(read == note)
        #expect(verifier.verifies(read))
        #expect(try #require(NoteVerifier(encoded: verifier.encoded)).verifies(read))
        let touched = note.encoded.replacingOccurrences(of: "\n7\n", with: "\n8\n")
        #expect(!verifier.verifies(try #require(SignedNote(encoded: touched))))
        let other = NoteVerifier(name: name, key: Curve25519.Signing.PrivateKey().publicKey)
        #expect(!other.verifies(read))
        #expect(try SignedNote(text: "no line break", name: name, key: key) == nil)
    }

    @Test(
        "What is not a note, a checkpoint, a key or a hash is refused",
        arguments: ["", "\n", "text\n", "text\n\n", "text\n\nx\n", "text\n\n— a b\n", "text\n\n— a+b AAAAAAAA\n"])
    func malformed(encoded: String) {
        #expect(SignedNote(encoded: encoded)?.signatures.isEmpty ?? true)
        #expect(Checkpoint(text: encoded) == nil)
        #expect(NoteVerifier(encoded: encoded) == nil)
        #expect(TreeHash(bytes: Array(encoded.utf8)) == nil)
        #expect(Checkpoint(text: "origin\n007\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n") == nil)
        #expect(Checkpoint(origin: "a\nb", size: 0, root: .empty) == nil)
        #expect(NoteVerifier(encoded: Self.tessera.replacingOccurrences(of: "33d7b496", with: "33d7b497")) == nil)
    }
}
