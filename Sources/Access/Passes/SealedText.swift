internal import Crypto
internal import Foundation
internal import Vault

/// Short texts that only we can read and make: what somebody else carries for us, and hands back.
///
/// AES-GCM with random nonces under a key derived from the session key for one use; what is sealed for one use opens for no
/// other, and a rotation of the key takes nothing away.
struct SealedText: Sendable {
    private let current: SymmetricKey
    private let keys: [SymmetricKey]
    private let random: any RandomBytes
    static let maximumBytes = 4_096

    init(ring: Keyring, use: String, random: any RandomBytes) throws(VaultProblem) {
        func key(_ id: Int) throws(VaultProblem) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: try ring.key(id), salt: Data("stamgast/v1".utf8), info: Data(use.utf8),
                outputByteCount: 32)
        }
        current = try key(ring.currentID)
        var keys: [SymmetricKey] = []
        for id in ring.ids.reversed() { keys.append(try key(id)) }
        self.keys = keys
        self.random = random
    }

    func seal(_ bytes: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(bytes), using: current, nonce: AES.GCM.Nonce(data: random.bytes(12)))
        guard let sealed = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(sealed)
    }

    func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard sealed.count <= Self.maximumBytes, let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        for key in keys {
            if let bytes = try? AES.GCM.open(box, using: key) { return Array(bytes) }
        }
        return nil
    }

    func seal(_ text: String) throws -> String { Base64URL.encode(try seal(Array(text.utf8))) }

    func open(_ text: String) -> String? {
        guard text.utf8.count <= Self.maximumBytes * 4 / 3 + 4, let sealed = Base64URL.decode(text) else { return nil }
        return open(sealed).map { String(decoding: $0, as: UTF8.self) }
    }
}
