public import Primitives
internal import Storage

/// From external identities to members.
///
/// Look-up goes by blind index (a keyed hash), kept in a bounded cache: an identity seen lately costs one HMAC and no
/// database.
public final class Identities: Sendable {
    let core: VaultCore
    private let creations: GroupCommit<PersonCreator.Request, [MemberID]>

    init(core: VaultCore) {
        self.core = core
        let creator = PersonCreator(core: core)
        creations = GroupCommit(maximumBatch: 512, maximumWaiting: 8_192) { await creator.create($0) }
    }

    /// The members behind these identities, in order; whoever is new gets a person, sealed with a key of their own.
    ///
    /// Idempotent. New persons of one call, and of calls that wait meanwhile, are created in one transaction.
    ///
    /// The answer can be older than a merge that commits at the same moment: then it names the member that was merged
    /// away, which ``canonical(_:programme:)`` and the merge itself lead on from.
    ///
    /// - Complexity: one HMAC per identity; beyond that only what the cache does not hold.
    /// - Throws: what the database throws; `StorageProblem.overloaded` when too many calls wait.
    public func resolve(
        _ identities: [ExternalIdentity], programme: ProgrammeID, now: Instant
    ) async throws -> [MemberID] {
        let indexes = core.blindIndexes(identities, programme)
        let (cached, generation) = core.cached(indexes)
        var members: [ID128: MemberID] = [:]
        var missing: [(index: ID128, identity: ExternalIdentity)] = []
        var asked = Set<ID128>()
        for (position, member) in cached.enumerated() where member == nil {
            if asked.insert(indexes[position]).inserted {
                missing.append((indexes[position], identities[position]))
            }
        }
        if !missing.isEmpty {
            let keys = missing.map(\.index)
            let known = try await core.database.read { try Self.lookUp(keys, programme, $0) }
            for (index, member) in known { members[index] = member }
            missing.removeAll { members[$0.index] != nil }
            var found = known
            if !missing.isEmpty {
                let request = PersonCreator.Request(programme: programme, identities: missing, now: now)
                for (entry, member) in zip(missing, try await creations.submit(request)) {
                    members[entry.index] = member
                    found.append((entry.index, member))
                }
            }
            core.remember(found, generation: generation)
        }
        var result: [MemberID] = []
        result.reserveCapacity(identities.count)
        for (position, member) in cached.enumerated() {
            guard let member = member ?? members[indexes[position]] else { throw VaultProblem.contention }
            result.append(member)
        }
        return result
    }

    /// The member behind an identity, if there is one. Creates nothing.
    public func find(_ identity: ExternalIdentity, programme: ProgrammeID) async throws -> MemberID? {
        let index = core.blindIndex(identity, programme)
        let (cached, generation) = core.cached([index])
        if let member = cached.first ?? nil { return member }
        let found = try await core.database.read { try Self.lookUp([index], programme, $0) }
        core.remember(found, generation: generation)
        return found.first?.1
    }

    /// The member that this one is today: itself, or the one it was merged into; `nil` when it was never there or was
    /// erased.
    public func canonical(_ member: MemberID, programme: ProgrammeID) async throws -> MemberID? {
        try await core.database.read { connection in
            var current = member
            for _ in 0..<VaultCore.maximumMergeChain {
                let row = try connection.first(
                    "SELECT merged_into FROM person WHERE member_id = ? AND programme_id = ?",
                    [.member(current), .programme(programme)])
                guard let row else { return nil }
                guard let into = try row.idOrNil(0) else { return current }
                current = MemberID(into)
            }
            return nil
        }
    }

    /// Notices what other nodes merged, moved or erased. The keeper calls it every few seconds where several nodes
    /// share a vault; with one node there is nothing to notice.
    public func refresh() async throws {
        let changes = try await core.database.read { connection in
            try connection.query("SELECT version FROM identity_change", []).reduce(into: Int64(0)) {
                $0 += try $1.int(0)
            }
        }
        core.compare(changes: changes)
    }

    /// The members behind blind indexes; unknown ones are absent.
    static func lookUp(
        _ indexes: [ID128], _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [(ID128, MemberID)] {
        guard !indexes.isEmpty else { return [] }
        return try connection.query(
            "SELECT blind_index, member_id FROM identity WHERE programme_id = ? AND blind_index IN (?*)",
            [.programme(programme)], keys: indexes.map { .id($0) }
        ).map { (try $0.id(0), try $0.member(1)) }
    }
}
