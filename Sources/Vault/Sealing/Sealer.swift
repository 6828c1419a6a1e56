internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// AES-256-GCM-SIV (RFC 8452) with random 96-bit nonces: a nonce that repeats by accident shows only that two sealed
/// values are equal, where plain GCM would give the key away.
///
/// A sealed value is `1 ‖ nonce (12) ‖ ciphertext ‖ tag (16)`; the first byte is the version of this layout.
struct Sealer: Sendable {
    private static let version: UInt8 = 1

    let random: any RandomBytes

    /// Seals a value for one place; it opens in no other.
    func seal(_ value: [UInt8], key: SymmetricKey, place: Place) throws(VaultProblem) -> [UInt8] {
        do {
            let nonce = try AES.GCM._SIV.Nonce(data: random.bytes(12))
            let box = try AES.GCM._SIV.seal(value, using: key, nonce: nonce, authenticating: place.bytes)
            return [Self.version] + box.combined
        } catch {
            throw .notAuthentic(what: place.what)
        }
    }

    func open(_ sealed: [UInt8], key: SymmetricKey, place: Place) throws(VaultProblem) -> [UInt8] {
        guard sealed.first == Self.version else { throw .notAuthentic(what: place.what) }
        do {
            let box = try AES.GCM._SIV.SealedBox(combined: sealed.dropFirst())
            return Array(try AES.GCM._SIV.open(box, using: key, authenticating: place.bytes))
        } catch {
            throw .notAuthentic(what: place.what)
        }
    }
}

/// Where a sealed value belongs, bound to it as associated data: a row copied to another person, programme or field
/// does not open there.
struct Place {
    let what: String
    let bytes: [UInt8]

    init(_ what: String, _ parts: [UInt8]...) {
        self.what = what
        var bytes = Array("stamgast/v1/\(what)".utf8)
        for part in parts {
            KeyedHash.append(length: part.count, to: &bytes)
            bytes += part
        }
        self.bytes = bytes
    }
}
