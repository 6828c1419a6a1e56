public import Primitives
internal import Storage

/// What is left of an erased member: a pseudonym that leads nowhere, so that the main database and restored back-ups
/// can be purged of it.
public struct Tombstone: Hashable, Sendable {
    public let member: MemberID
    public let programme: ProgrammeID
    /// Days since 1970-01-01 (UTC).
    public let erasedDay: Int64
    /// Whether the main database has confirmed that it purged the member.
    public let isPurged: Bool

    public init(member: MemberID, programme: ProgrammeID, erasedDay: Int64, isPurged: Bool) {
        self.member = member
        self.programme = programme
        self.erasedDay = erasedDay
        self.isPurged = isPurged
    }
}

extension Persons {
    /// Erases a person: tombstone, then the data key, the sealed values and the blind indexes go in one transaction.
    ///
    /// Idempotent. The main database purges every member that is returned and then confirms each; what it does not
    /// confirm stays in ``pendingPurges(limit:)``. Whoever comes back under the same external identity is a new person.
    ///
    /// - Parameter records: pseudonyms of the same person that the main database has and the vault need not know: they
    ///   get tombstones as well.
    /// - Returns: all pseudonyms the person had: the member and everyone merged into it.
    /// - Throws: `.unknownMember` when there never was such a member; what the database throws.
    public func erase(
        _ member: MemberID, records: [MemberID] = [], programme: ProgrammeID, now: Instant
    ) async throws -> [MemberID] {
        let (members, indexes) = try await core.database.write { connection in
            var members = try Self.everyone(with: member, programme, connection)
            members += records.filter { !members.contains($0) }
            if members.isEmpty {
                let row = try connection.first(
                    "SELECT 1 FROM tombstone WHERE member_id = ? AND programme_id = ?",
                    [.member(member), .programme(programme)])
                guard row != nil else { throw VaultProblem.unknownMember }
                return ([member], [ID128]())
            }
            return (members, try Self.remove(members, day: VaultCore.day(now), programme, connection))
        }
        core.changed(indexes.map { ($0, nil) })
        return members
    }

    /// Tombstones of all programmes, to keep apart from the back-ups and replay after a restore.
    public func tombstones() async throws -> [Tombstone] {
        try await tombstones(where: "", [])
    }

    /// Erasures that the main database has not confirmed yet.
    ///
    /// - Parameter programme: only its members; `nil` for all.
    public func pendingPurges(of programme: ProgrammeID? = nil, limit: Int = 1_000) async throws -> [Tombstone] {
        guard let programme else {
            return try await tombstones(where: "WHERE purged = 0 ORDER BY member_id LIMIT ?", [.integer(Int64(limit))])
        }
        return try await tombstones(
            where: "WHERE purged = 0 AND programme_id = ? ORDER BY member_id LIMIT ?",
            [.programme(programme), .integer(Int64(limit))])
    }

    /// The main database has purged a member. Idempotent.
    public func confirmPurge(_ member: MemberID, programme: ProgrammeID) async throws {
        _ = try await core.database.write { connection in
            try connection.execute(
                "UPDATE tombstone SET purged = 1 WHERE member_id = ? AND programme_id = ?",
                [.member(member), .programme(programme)])
        }
    }

    /// Erases again, in a restored back-up, whoever was erased after it was made. All of them are pending purges
    /// afterwards, because the main database was restored as well.
    public func replay(_ tombstones: [Tombstone]) async throws {
        for tombstone in tombstones {
            let indexes = try await core.database.write { connection in
                let members = try Self.everyone(with: tombstone.member, tombstone.programme, connection)
                return try Self.remove(
                    members.isEmpty ? [tombstone.member] : members, day: tombstone.erasedDay, tombstone.programme,
                    connection)
            }
            core.changed(indexes.map { ($0, nil) })
        }
    }

    /// Wraps data keys under the current version of the master key.
    ///
    /// - Returns: how many were wrapped anew; none are left when it is 0.
    public func rewrap(limit: Int = 1_000) async throws -> Int {
        let current = core.dataKeys.ring.currentID
        return try await core.database.write { connection in
            let rows = try connection.query(
                """
                SELECT member_id, programme_id, person_id, data_key, key_id FROM person
                WHERE state = 0 AND key_id <> ? LIMIT ?
                """, [.integer(Int64(current)), .integer(Int64(limit))])
            for row in rows {
                let old = DataKeys.Wrapped(bytes: try row.blob(3), keyID: Int(try row.int(4)))
                let new = try core.dataKeys.rewrap(old, person: try row.id(2), programme: try row.programme(1))
                try connection.execute(
                    "UPDATE person SET data_key = ?, key_id = ? WHERE member_id = ? AND programme_id = ?",
                    [.blob(new.bytes), .integer(Int64(new.keyID)), .member(try row.member(0)), .text(try row.text(1))])
            }
            return rows.count
        }
    }

    private func tombstones(where clause: String, _ arguments: [SQLValue]) async throws -> [Tombstone] {
        try await core.database.read { connection in
            try connection.query(
                "SELECT member_id, programme_id, erased_day, purged FROM tombstone " + clause, arguments
            ).map {
                Tombstone(
                    member: try $0.member(0), programme: try $0.programme(1), erasedDay: try $0.int(2),
                    isPurged: try $0.flag(3))
            }
        }
    }

    /// Everyone who is this person: the surviving member and all that were merged into it.
    private static func everyone(
        with member: MemberID, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [MemberID] {
        var survivor: MemberID?
        var current = member
        for _ in 0..<VaultCore.maximumMergeChain {
            let row = try connection.first(
                "SELECT merged_into FROM person WHERE member_id = ? AND programme_id = ?",
                [.member(current), .programme(programme)])
            guard let row else { break }
            guard let into = try row.idOrNil(0) else {
                survivor = current
                break
            }
            current = MemberID(into)
        }
        guard let survivor else { return [] }
        var all = [survivor]
        var next = 0
        while next < all.count {
            let rows = try connection.query(
                "SELECT member_id FROM person WHERE merged_into = ? AND programme_id = ?",
                [.member(all[next]), .programme(programme)])
            all += try rows.map { try $0.member(0) }
            next += 1
        }
        return all
    }

    /// Removes everything about these members but their tombstones.
    ///
    /// - Returns: the blind indexes that led to them.
    private static func remove(
        _ members: [MemberID], day: Int64, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [ID128] {
        var indexes: [ID128] = []
        for member in members {
            let key: [SQLValue] = [.member(member), .programme(programme)]
            try connection.execute(
                """
                INSERT INTO tombstone (member_id, programme_id, erased_day, purged) VALUES (?, ?, ?, 0)
                ON CONFLICT (member_id, programme_id) DO UPDATE SET purged = 0
                """, key + [.integer(day)])
            indexes += try connection.query(
                "SELECT blind_index FROM identity WHERE member_id = ? AND programme_id = ?", key
            ).map { try $0.id(0) }
            try VaultCore.keepProofs(of: member, day: day, programme, connection)
            for statement in removals { try connection.execute(statement, key) }
        }
        try VaultCore.countChange(connection, programme)
        return indexes
    }

    private static let removals = [
        "DELETE FROM person WHERE member_id = ? AND programme_id = ?",
        "DELETE FROM identity WHERE member_id = ? AND programme_id = ?",
        "DELETE FROM personal_field WHERE member_id = ? AND programme_id = ?",
        "DELETE FROM kept_text WHERE member_id = ? AND programme_id = ?",
        "DELETE FROM consent_receipt WHERE member_id = ? AND programme_id = ?",
        "DELETE FROM pending_merge WHERE from_member = ? AND programme_id = ?",
        "DELETE FROM pending_merge WHERE into_member = ? AND programme_id = ?",
    ]
}
