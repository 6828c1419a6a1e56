internal import Vault

/// Keyed hashes of secrets under the versions of the session key: what a database keeps instead of a secret.
///
/// The secrets are random and at least 160 bits long, so they need no slow hash; the key makes a stolen database
/// useless for checking guesses and for making entries.
struct SecretHashes: Sendable {
    private let versions: [(id: Int, hash: KeyedHash)]
    let current: (id: Int, hash: KeyedHash)

    init(ring: Keyring, use: String) throws(VaultProblem) {
        var versions: [(Int, KeyedHash)] = []
        for id in ring.ids { versions.append((id, KeyedHash(root: try ring.key(id), use: use))) }
        self.versions = versions
        current = (ring.currentID, KeyedHash(root: try ring.current, use: use))
    }

    func hash(_ secret: [UInt8]) -> [UInt8] { current.hash.bytes(of: secret) }

    func hash(_ secret: [UInt8], version: Int) -> [UInt8]? {
        versions.first { $0.id == version }?.hash.bytes(of: secret)
    }

    /// The hashes under all versions, the current one first: the database is asked for any of them.
    func all(_ secret: [UInt8]) -> [[UInt8]] {
        versions.reversed().map { $0.hash.bytes(of: secret) }
    }
}
