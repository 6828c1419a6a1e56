public import Crypto
import CryptoExtras
import Foundation
public import Primitives
public import Vault

/// Seals events in quarantine with AES-256-GCM-SIV (RFC 8452) under a key derived from the home's claim key. The place is
/// authenticated, so a row cannot be moved to another programme or identifier.
public struct QuarantineSealer: Sealer {
    private let key: SymmetricKey
    private let random: any RandomBytes

    public init(root: SymmetricKey, random: any RandomBytes) {
        key = SymmetricKey(data: KeyedHash(root: root, use: "quarantine").bytes(of: []))
        self.random = random
    }

    public func seal(_ content: [UInt8], programme: ProgrammeID, id: ID128) throws -> [UInt8] {
        let nonce = try AES.GCM._SIV.Nonce(data: random.bytes(12))
        let box = try AES.GCM._SIV.seal(content, using: key, nonce: nonce, authenticating: place(programme, id))
        return [UInt8](box.combined)
    }

    public func open(_ sealed: [UInt8], programme: ProgrammeID, id: ID128) throws -> [UInt8] {
        let box = try AES.GCM._SIV.SealedBox(combined: sealed)
        return [UInt8](try AES.GCM._SIV.open(box, using: key, authenticating: place(programme, id)))
    }

    private func place(_ programme: ProgrammeID, _ id: ID128) -> [UInt8] {
        Array("quarantine".utf8) + Array(programme.name.utf8) + [0] + id.bytes
    }
}
