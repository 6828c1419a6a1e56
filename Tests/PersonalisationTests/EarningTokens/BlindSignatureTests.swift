import CryptoExtras
import Foundation
import Testing

@testable import Personalisation

@Suite struct BlindSignatureTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Substring(hex)
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private static func key() throws -> BlindSignatures.PrivateKey {
        try BlindSignatures.PrivateKey(
            n: bytes(RFC9474.n), e: bytes(RFC9474.e), d: bytes(RFC9474.d), p: bytes(RFC9474.p), q: bytes(RFC9474.q),
            parameters: BlindSignatures.parameters)
    }

    @Test(arguments: RFC9474.vectors.indices)
    func `the vectors of RFC 9474 come out of our code paths`(index: Int) throws {
        let vector = RFC9474.vectors[index]
        let key = try Self.key()
        // By way of the form in which keys lie in the database.
        let stored = try BlindSignatures.privateKey(der: Array(key.derRepresentation))
        #expect(
            try BlindSignatures.sign(Self.bytes(vector.blinded), with: stored) == Self.bytes(vector.blindSignature),
            "\(vector.name)")
        let published = try BlindSignatures.publicKey(der: Array(key.publicKey.derRepresentation))
        var (signature, message) = (Self.bytes(vector.signature), Self.bytes(vector.prepared))
        #expect(BlindSignatures.isValid(signature, of: message, by: published), "\(vector.name)")
        message[3] ^= 4
        #expect(!BlindSignatures.isValid(signature, of: message, by: published))
        message[3] ^= 4
        signature[500] ^= 1
        #expect(!BlindSignatures.isValid(signature, of: message, by: published))
        #expect(!BlindSignatures.isValid([], of: message, by: published))
    }

    @Test
    func `what no key can sign is refused`() throws {
        let key = try BlindSignatures.makeKey()
        #expect(key.keySizeInBits == 8 * BlindSignatures.bytes)
        #expect(throws: (any Error).self) { try BlindSignatures.sign([1, 2, 3], with: key) }
        // As large as the modulus, or larger.
        #expect(throws: (any Error).self) {
            try BlindSignatures.sign([UInt8](repeating: 0xff, count: BlindSignatures.bytes), with: key)
        }
    }

    @Test
    func `two blindings of one nonce have nothing in common`() throws {
        let key = try BlindSignatures.makeKey()
        let message = key.publicKey.prepare(Data(repeating: 7, count: 32))
        let (first, second) = (try key.publicKey.blind(message), try key.publicKey.blind(message))
        #expect(first.blindedMessage != second.blindedMessage)
        let signatures = try [first, second].map { one in
            try key.publicKey.finalize(
                key.blindSignature(for: one.blindedMessage), for: message, blindingInverse: one.inverse
            ).rawRepresentation
        }
        // Each with a salt of its own.
        #expect(signatures[0] != signatures[1])
        for signature in signatures {
            #expect(
                BlindSignatures.isValid(Array(signature), of: [UInt8](repeating: 7, count: 32), by: key.publicKey))
        }
    }

    @Test
    func `tokens are good on their day and for seven after it`() {
        #expect(EarningPeriod.isRedeemable(100, today: 100))
        #expect(EarningPeriod.isRedeemable(100, today: 107))
        #expect(!EarningPeriod.isRedeemable(100, today: 108))
        #expect(!EarningPeriod.isRedeemable(101, today: 100))
        #expect(EarningPeriod.firstKept(today: 107) == 100)
    }
}
