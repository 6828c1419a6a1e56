import Crypto
internal import Foundation
public import Primitives
public import Vault

/// Passes: what a page carries to speak of, and for, the one member who looks at it.
///
/// The publisher's page has a publishable key that everybody can read. Whoever holds it may send events of visitors, and
/// of nobody who is known. A pass, made for a signed-in reader by the publisher's server or by our own pages, adds one
/// member, for a short time. It is encrypted, so that the page and its other scripts do not learn the pseudonym.
public struct PagePasses: Sendable {
    /// The longest that a pass may last, in milliseconds: a day.
    public static let maximumMilliseconds: Int64 = 86_400_000
    /// An hour: longer than a page is looked at, shorter than a device changes hands.
    public static let standardMilliseconds: Int64 = 3_600_000
    static let maximumBytes = 512

    private let current: SymmetricKey
    /// Under every version of the key, so that a rotation takes nobody's pass away.
    private let keys: [SymmetricKey]
    private let random: any RandomBytes

    /// - Parameter ring: the session key: whoever can sign a member in can make a pass.
    public init(ring: Keyring, random: any RandomBytes) throws(VaultProblem) {
        func key(_ id: Int) throws(VaultProblem) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: try ring.key(id), salt: Data("stamgast/v1".utf8), info: Data("page pass".utf8),
                outputByteCount: 32)
        }
        current = try key(ring.currentID)
        var keys: [SymmetricKey] = []
        for id in ring.ids.reversed() { keys.append(try key(id)) }
        self.keys = keys
        self.random = random
    }

    /// Makes a pass.
    ///
    /// - Parameter until: at most ``maximumMilliseconds`` from now, which the caller sees to.
    public func make(for member: MemberID, in programme: ProgrammeID, until: Instant) throws -> String {
        let text = "\(programme.name)\n\(member)\n\(until.milliseconds)"
        let box = try AES.GCM.seal(
            Data(text.utf8), using: current, nonce: AES.GCM.Nonce(data: random.bytes(12)))
        guard let bytes = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Base64URL.encode(Array(bytes))
    }

    /// Whom a pass is for; `nil` when it is not ours or no longer valid.
    public func read(_ pass: String, now: Instant) -> (programme: ProgrammeID, member: MemberID)? {
        guard pass.utf8.count <= Self.maximumBytes, let bytes = Base64URL.decode(pass),
            let box = try? AES.GCM.SealedBox(combined: bytes)
        else { return nil }
        for key in keys {
            guard let text = try? AES.GCM.open(box, using: key) else { continue }
            let parts = String(decoding: text, as: UTF8.self).split(separator: "\n")
            guard parts.count == 3, let programme = ProgrammeID(parts[0]), let member = MemberID(parts[1]),
                let until = Int64(parts[2]), now.milliseconds < until
            else { return nil }
            return (programme, member)
        }
        return nil
    }
}
