import Crypto
import Foundation
import Primitives
import Testing

@testable import Vault

/// Known answers of the design's privacy reference, section 10.
@Suite struct PseudonymiserTests {
    private let root = SymmetricKey(data: Array(UInt8(0)...31))

    private func person() throws -> ID128 {
        guard let id = ID128("3f2504e0-4f89-11d3-9a0c-0305e82c3301") else { throw Missing(what: "uuid") }
        return id
    }

    @Test(arguments: [
        (Pseudonymiser.Domain.ledger, 1, "3f4080a8151b28ab9bc96e62a2974757"),
        (.ledger, 2, "d73a22289f4de101682f26af82515408"),
        (.behaviour, 1, "a4fa7b099ad046e97e58f022b6df44f2"),
        (.mail, 1, "1429a06c9bf908aa384085bcc2ecdfd0"),
    ])
    func publishedVectors(domain: Pseudonymiser.Domain, epoch: Int, expected: String) throws {
        let pseudonym = Pseudonymiser(root: root).pseudonym(of: try person(), domain: domain, epoch: epoch)
        #expect(pseudonym == ID128(expected))
    }

    @Test func rfc4231Case2() {
        let hash = KeyedHash(key: SymmetricKey(data: Array("Jefe".utf8)))
        let code = hash.bytes(of: Array("what do ya want for nothing?".utf8))
        #expect(hex(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(hash.id(of: "what do ya want for nothing?") == ID128("5bdcc146bf60754e6a042426089575c7"))
    }

    @Test func rfc5869Case1() {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: [UInt8](repeating: 0x0B, count: 22)), salt: Array(UInt8(0)...12),
            info: Array(UInt8(0xF0)...0xF9), outputByteCount: 42)
        #expect(
            hex(key.withUnsafeBytes { Array($0) })
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test func programmesDomainsAndEpochsCannotBeJoined() throws {
        let pseudonymiser = Pseudonymiser(root: root)
        var seen = Set<ID128>()
        for name in ["courant", "courant-2", "courant2"] {
            for domain in [Pseudonymiser.Domain.ledger, .behaviour, .mail] {
                for epoch in [1, 2, 12] {
                    let one = pseudonymiser.pseudonym(
                        of: try person(), domain: domain, epoch: epoch, programme: try programme(name))
                    #expect(seen.insert(one).inserted)
                    #expect(one != pseudonymiser.pseudonym(of: try person(), domain: domain, epoch: epoch))
                }
            }
        }
    }

    /// Pinned, because a change would give every member of every home another id.
    @Test func memberOfAProgrammeIsPinned() throws {
        let member = Pseudonymiser(root: root).member(
            try person(), domain: .ledger, epoch: 1, programme: try programme("courant"))
        let info = Array("ledger|epoch=1|programme=courant".utf8)
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: root, salt: Array("personamode/v1".utf8), info: info, outputByteCount: 32)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("3f2504e0-4f89-11d3-9a0c-0305e82c3301".utf8), using: key)
        #expect(member.value.bytes == Array(code.prefix(16)))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }
}
