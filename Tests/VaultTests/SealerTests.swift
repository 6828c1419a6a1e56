import Crypto
import CryptoExtras
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Vault

@Suite struct SealerTests {
    private let sealer = Sealer(random: SeededRandomBytes(seed: 7))
    private let key = SymmetricKey(data: [UInt8](repeating: 1, count: 32))

    @Test func opensWhereItWasSealedOnly() throws {
        let here = Place("field", [1], [2])
        let sealed = try sealer.seal(Array("Zoë é".utf8), key: key, place: here)
        #expect(try sealer.open(sealed, key: key, place: here) == Array("Zoë é".utf8))
        for elsewhere in [
            Place("field", [1], [3]), Place("identity", [1], [2]), Place("field", [1, 2]), Place("field", [], [1], [2]),
        ] {
            #expect(throws: VaultProblem.self) { try sealer.open(sealed, key: key, place: elsewhere) }
        }
        let other = SymmetricKey(data: [UInt8](repeating: 2, count: 32))
        #expect(throws: VaultProblem.self) { try sealer.open(sealed, key: other, place: here) }
    }

    @Test func everyChangedByteIsNoticed() throws {
        let place = Place("field", [1])
        let sealed = try sealer.seal([1, 2, 3], key: key, place: place)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: VaultProblem.self) { try sealer.open(changed, key: key, place: place) }
        }
        for length in 0..<sealed.count {
            #expect(throws: VaultProblem.self) { try sealer.open(Array(sealed.prefix(length)), key: key, place: place) }
        }
    }

    @Test func equalValuesSealDifferently() throws {
        let place = Place("field", [1])
        #expect(try sealer.seal([1], key: key, place: place) != sealer.seal([1], key: key, place: place))
    }

    /// RFC 8452, appendix C.2, first case with plaintext and associated data: the cipher underneath is the one named.
    @Test func cipherIsAESGCMSIV() throws {
        let key = SymmetricKey(data: [1] + [UInt8](repeating: 0, count: 31))
        let nonce = try AES.GCM._SIV.Nonce(data: [3] + [UInt8](repeating: 0, count: 11))
        let box = try AES.GCM._SIV.seal([2, 0, 0, 0, 0, 0, 0, 0], using: key, nonce: nonce, authenticating: [UInt8(1)])
        let bytes = Array(box.ciphertext) + Array(box.tag)
        #expect(bytes.map { String(format: "%02x", $0) }.joined() == "1de22967237a813291213f267e3b452f02d01ae33e4ec854")
    }
}
