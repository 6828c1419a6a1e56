internal import Crypto
internal import Synchronization

/// Keyed hashes derived from one root for many uses, each derived once.
final class KeyedHashFamily: Sendable {
    private let root: SymmetricKey
    private let salt: String
    private let known = Mutex<[String: KeyedHash]>([:])

    /// Uses are few (programmes times namespaces); should they not be, the oldest knowledge is simply derived again.
    private static let maximumKnown = 4_096

    init(root: SymmetricKey, salt: String) {
        self.root = root
        self.salt = salt
    }

    func hash(use: String) -> KeyedHash {
        known.withLock { known in
            if let hash = known[use] { return hash }
            if known.count >= Self.maximumKnown { known.removeAll(keepingCapacity: true) }
            let hash = KeyedHash(root: root, salt: salt, use: use)
            known[use] = hash
            return hash
        }
    }
}
