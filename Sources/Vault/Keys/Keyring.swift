public import Crypto
internal import FoundationEssentials

/// The versions of one key. New values are made with the current version; older ones stay for what they once made.
public struct Keyring: Sendable {
    public let purpose: KeyPurpose
    private let versions: [Int: SymmetricKey]
    /// The number of the version that new values are made with: the highest.
    public let currentID: Int

    static let keyBytes = 32

    /// `nil` without at least one version.
    init?(purpose: KeyPurpose, versions: [Int: SymmetricKey]) {
        guard let currentID = versions.keys.max() else { return nil }
        self.purpose = purpose
        self.versions = versions
        self.currentID = currentID
    }

    private init(purpose: KeyPurpose, id: Int, key: SymmetricKey, others: [Int: SymmetricKey]) {
        self.purpose = purpose
        self.versions = others.merging([id: key]) { _, new in new }
        self.currentID = id
    }

    /// A first version.
    static func make(purpose: KeyPurpose, random: any RandomBytes) -> Keyring {
        Keyring(purpose: purpose, id: 1, key: SymmetricKey(data: random.bytes(keyBytes)), others: [:])
    }

    /// This ring with a new current version.
    func rotated(random: any RandomBytes) -> Keyring {
        Keyring(
            purpose: purpose, id: currentID + 1, key: SymmetricKey(data: random.bytes(Self.keyBytes)), others: versions)
    }

    /// The numbers of all versions, ascending.
    public var ids: [Int] { versions.keys.sorted() }

    /// The current version.
    public var current: SymmetricKey { get throws(VaultProblem) { try key(currentID) } }

    /// A version by its number.
    public func key(_ id: Int) throws(VaultProblem) -> SymmetricKey {
        guard let key = versions[id] else { throw .missingKeyVersion(purpose: purpose, id: id) }
        return key
    }

    /// A secret of 32 bytes for one use, derived from the current version with HKDF-SHA256 (RFC 5869).
    public func secret(use: String) throws(VaultProblem) -> [UInt8] {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: try current, salt: Array("stamgast/v1".utf8), info: Array(use.utf8), outputByteCount: 32
        ).withUnsafeBytes { Array($0) }
    }

    /// The text of a key file: a comment, then one `id:base64` per line.
    var text: String {
        var text = "# Stamgast \(purpose.rawValue) key. Keep a copy, apart from the back-ups of the databases.\n"
        for id in ids {
            guard let key = versions[id] else { continue }
            text += "\(id):\(key.withUnsafeBytes { Data($0) }.base64EncodedString())\n"
        }
        return text
    }

    /// Reads a key file or an environment variable: versions on lines or between commas; a bare base64 is version 1.
    init(purpose: KeyPurpose, text: String, origin: String) throws(KeyProblem) {
        var versions: [Int: SymmetricKey] = [:]
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        for entry in lines.joined(separator: ",").split(separator: ",") where !entry.allSatisfy(\.isWhitespace) {
            let parts = entry.split(separator: ":", maxSplits: 1)
            let encoded = parts.last.map { String($0.filter { !$0.isWhitespace }) } ?? ""
            guard let id = parts.count == 1 ? 1 : Int(parts[0].filter { !$0.isWhitespace }), id > 0,
                let data = Data(base64Encoded: encoded),
                data.count == Self.keyBytes, versions.updateValue(SymmetricKey(data: data), forKey: id) == nil
            else { throw .malformed(purpose: purpose, origin: origin) }
        }
        guard let ring = Keyring(purpose: purpose, versions: versions) else {
            throw .malformed(purpose: purpose, origin: origin)
        }
        guard ring.versions.count == 1 || purpose.isRotatable else { throw .notRotatable(purpose: purpose) }
        self = ring
    }
}
