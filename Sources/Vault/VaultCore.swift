internal import Crypto
internal import Primitives
internal import Storage
internal import Synchronization

/// What identities and persons share: the database, the derived keys and the cache.
final class VaultCore: Sendable {
    let database: any Database
    let random: any RandomBytes
    let sealer: Sealer
    let dataKeys: DataKeys
    let pseudonymiser: Pseudonymiser
    private let indexes: KeyedHashFamily
    private let cache: Mutex<Cache>

    /// The epoch of the pseudonyms given to new persons. A member's pseudonym lasts as long as the member does.
    static let ledgerEpoch = 1

    private struct Cache {
        var members: BoundedCache<ID128, MemberID>
        /// Rises with every change that makes what was read before it doubtful.
        var generation = 0
        /// The sum of all programmes' change counters, as last seen.
        var seen: Int64?
    }

    init(database: any Database, keys: HomeKeys, random: any RandomBytes, cachedIdentities: Int) throws(VaultProblem) {
        self.database = database
        self.random = random
        sealer = Sealer(random: random)
        dataKeys = DataKeys(ring: keys.vault, sealer: sealer)
        pseudonymiser = Pseudonymiser(root: try keys.pseudonym.current)
        indexes = KeyedHashFamily(root: try keys.index.current, salt: "stamgast/v1")
        cache = Mutex(Cache(members: BoundedCache(capacity: cachedIdentities)))
    }

    /// The blind index of an identity: HMAC-SHA256 under a key of the programme and namespace, 16 bytes.
    func blindIndex(_ identity: ExternalIdentity, _ programme: ProgrammeID) -> ID128 {
        indexHash(identity.namespace, programme).id(of: identity.value)
    }

    /// The blind indexes of many identities; the key is looked up once per run of equal namespaces.
    func blindIndexes(_ identities: [ExternalIdentity], _ programme: ProgrammeID) -> [ID128] {
        var current: (namespace: ExternalIdentity.Namespace, hash: KeyedHash)?
        return identities.map { identity in
            if let current, current.namespace == identity.namespace { return current.hash.id(of: identity.value) }
            let hash = indexHash(identity.namespace, programme)
            current = (identity.namespace, hash)
            return hash.id(of: identity.value)
        }
    }

    private func indexHash(_ namespace: ExternalIdentity.Namespace, _ programme: ProgrammeID) -> KeyedHash {
        indexes.hash(use: "blind-index|\(programme.name)|\(namespace.name)")
    }

    // MARK: Cache

    /// What is known of these indexes, and the generation to give back with what is read about the others.
    func cached(_ indexes: [ID128]) -> (members: [MemberID?], generation: Int) {
        cache.withLock { cache in
            (indexes.map { cache.members.value($0) }, cache.generation)
        }
    }

    /// The generation that what is read from now on belongs to.
    var generation: Int { cache.withLock { $0.generation } }

    /// Remembers what was read, unless something changed since `generation`.
    func remember(_ found: [(ID128, MemberID)], generation: Int) {
        cache.withLock { cache in
            guard cache.generation == generation else { return }
            for (index, member) in found { cache.members.insert(member, for: index) }
        }
    }

    /// Called after the commit of a change: these indexes now belong to somebody else, or to nobody.
    func changed(_ indexes: [(ID128, MemberID?)]) {
        cache.withLock { cache in
            cache.generation += 1
            for (index, member) in indexes {
                if let member { cache.members.insert(member, for: index) } else { cache.members.remove(index) }
            }
        }
    }

    /// Forgets everything when another node merged, moved or erased somebody.
    func compare(changes: Int64) {
        cache.withLock { cache in
            if let seen = cache.seen, seen != changes {
                cache.generation += 1
                cache.members.removeAll()
            }
            cache.seen = changes
        }
    }

    static func countChange(_ connection: any Connection, _ programme: ProgrammeID) throws {
        try connection.execute(
            """
            INSERT INTO identity_change (programme_id, version) VALUES (?, 1)
            ON CONFLICT (programme_id) DO UPDATE SET version = identity_change.version + 1
            """, [.programme(programme)])
    }

    static func day(_ now: Instant) -> Int64 {
        let (day, rest) = now.milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        return rest < 0 ? day - 1 : day
    }
}
