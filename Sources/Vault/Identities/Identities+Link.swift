internal import Crypto
public import Primitives
internal import Storage

/// What linking two identities came to.
public enum LinkOutcome: Hashable, Sendable {
    /// Both identities lead to this member, and the main database has nothing to do.
    case linked(MemberID)
    /// Two members turned out to be one person. The vault has merged them already; the main database moves what `from`
    /// has to `into` and then confirms. Asking again before that gives the same answer.
    case merge(from: MemberID, into: MemberID)

    /// The member that both identities lead to.
    public var member: MemberID {
        switch self {
        case .linked(let member): member
        case .merge(_, let into): into
        }
    }
}

/// A merge that the vault has made and the main database has not confirmed.
public struct PendingMerge: Hashable, Sendable {
    public let programme: ProgrammeID
    public let from: MemberID
    public let into: MemberID
    public let at: Instant
}

extension Identities {
    /// Says that `previous` and `user` are the same person: Segment's `identify` (an anonymous id and a user id) and
    /// `alias` (an earlier id and a user id).
    ///
    /// An anonymous id names a device, and devices change hands: when it already belongs to somebody with another user
    /// id, nothing that person did is touched, and the device belongs to `user` from now on.
    ///
    /// Whoever may call this for an arbitrary `user` may take over what `previous` earned; edges that serve publishable
    /// keys must not merge one user id into another.
    ///
    /// - Throws: `.notMergeable` when the two identities are one and the same; what the database throws.
    public func link(
        user: ExternalIdentity, previous: ExternalIdentity, programme: ProgrammeID, now: Instant
    ) async throws -> LinkOutcome {
        guard user != previous else { throw VaultProblem.notMergeable }
        let link = Link(
            core: core, user: user, userIndex: core.blindIndex(user, programme), previous: previous,
            previousIndex: core.blindIndex(previous, programme), programme: programme, now: now)
        // Most calls repeat what is known; they need no transaction.
        let generation = core.generation
        let settled = try await core.database.read { try link.settled($0) }
        if let settled {
            core.remember(
                [(link.userIndex, settled.member), (link.previousIndex, settled.member)], generation: generation)
            return settled
        }
        let (outcome, changed) = try await core.database.write { try link.make($0) }
        core.changed(changed.map { ($0, outcome.member) })
        return outcome
    }

    /// Merges that wait for the main database, oldest first.
    ///
    /// - Parameter programme: only its members; `nil` for all.
    public func pendingMerges(of programme: ProgrammeID? = nil, limit: Int = 1_000) async throws -> [PendingMerge] {
        try await core.database.read { connection in
            try connection.query(
                """
                SELECT programme_id, from_member, into_member, at FROM pending_merge \(programme == nil ? "" : "WHERE programme_id = ?")
                ORDER BY at, from_member LIMIT ?
                """, (programme.map { [.programme($0)] } ?? []) + [.integer(Int64(limit))]
            ).map {
                PendingMerge(
                    programme: try $0.programme(0), from: try $0.member(1), into: try $0.member(2),
                    at: try $0.instant(3))
            }
        }
    }

    /// The main database has moved everything that `from` had. Idempotent.
    public func confirmMerge(from: MemberID, programme: ProgrammeID) async throws {
        _ = try await core.database.write { connection in
            try connection.execute(
                "DELETE FROM pending_merge WHERE from_member = ? AND programme_id = ?",
                [.member(from), .programme(programme)])
        }
    }
}

/// One linking of two identities, inside a transaction.
private struct Link: Sendable {
    let core: VaultCore
    let user: ExternalIdentity
    let userIndex: ID128
    let previous: ExternalIdentity
    let previousIndex: ID128
    let programme: ProgrammeID
    let now: Instant

    /// The outcome when there is nothing to do.
    func settled(_ connection: any Connection) throws -> LinkOutcome? {
        let (user, previous) = try members(connection)
        guard let user, user == previous else { return nil }
        return try pending(user, connection)
    }

    /// The outcome, and the blind indexes that now lead to its member.
    func make(_ connection: any Connection) throws -> (LinkOutcome, [ID128]) {
        switch try members(connection) {
        case (let user?, let previous?) where user == previous:
            return (try pending(user, connection), [])
        case (let user?, let previous?):
            if try isTaken(previous, connection) { return try move(to: user, connection) }
            return try merge(previous, into: user, connection)
        case (let member?, nil):
            return try add(previous, previousIndex, to: member, connection)
        case (nil, let member?):
            if try !isTaken(member, connection) { return try add(user, userIndex, to: member, connection) }
            let (person, row) = try core.newPerson(programme, now: now)
            try insert(row, [(user, userIndex)], person, connection)
            let (outcome, changed) = try move(to: person.member, connection)
            return (outcome, changed + [userIndex])
        case (nil, nil):
            let (person, row) = try core.newPerson(programme, now: now)
            try insert(row, [(user, userIndex), (previous, previousIndex)], person, connection)
            return (.linked(person.member), [userIndex, previousIndex])
        }
    }

    private func members(_ connection: any Connection) throws -> (user: MemberID?, previous: MemberID?) {
        let found = try Identities.lookUp([userIndex, previousIndex], programme, connection)
        return (found.first { $0.0 == userIndex }?.1, found.first { $0.0 == previousIndex }?.1)
    }

    private func pending(_ member: MemberID, _ connection: any Connection) throws -> LinkOutcome {
        let row = try connection.first(
            "SELECT from_member FROM pending_merge WHERE into_member = ? AND programme_id = ? AND blind_index = ?",
            [.member(member), .programme(programme), .id(previousIndex)])
        if let row { return .merge(from: try row.member(0), into: member) }
        return .linked(member)
    }

    /// Whether an anonymous id belongs to somebody who is known by another user id.
    private func isTaken(_ member: MemberID, _ connection: any Connection) throws -> Bool {
        guard previous.namespace == .anonymous else { return false }
        let rows = try connection.query(
            "SELECT blind_index FROM identity WHERE member_id = ? AND programme_id = ? AND namespace = ?",
            [.member(member), .programme(programme), .text(user.namespace.name)])
        return try rows.contains { try $0.id(0) != userIndex }
    }

    private func insert(
        _ row: [SQLValue], _ identities: [(ExternalIdentity, ID128)], _ person: Person, _ connection: any Connection
    ) throws {
        var persons = RowBatch(VaultCore.insertPersons)
        persons.append(contentsOf: row)
        try connection.bulk(VaultCore.insertPersons, persons)
        var batch = RowBatch(VaultCore.insertIdentities)
        for (identity, index) in identities {
            batch.append(contentsOf: try core.identityRow(identity, index: index, of: person, programme))
        }
        guard try connection.bulk(VaultCore.insertIdentities, batch) == identities.count else {
            throw VaultProblem.contention
        }
    }

    private func add(
        _ identity: ExternalIdentity, _ index: ID128, to member: MemberID, _ connection: any Connection
    ) throws -> (LinkOutcome, [ID128]) {
        guard let person = try core.person(member, programme, connection) else { throw VaultProblem.unknownMember }
        var batch = RowBatch(VaultCore.insertIdentities)
        batch.append(contentsOf: try core.identityRow(identity, index: index, of: person, programme))
        guard try connection.bulk(VaultCore.insertIdentities, batch) == 1 else { throw VaultProblem.contention }
        return (.linked(person.member), [index])
    }

    /// The device changed hands.
    private func move(to member: MemberID, _ connection: any Connection) throws -> (LinkOutcome, [ID128]) {
        guard let person = try core.person(member, programme, connection) else { throw VaultProblem.unknownMember }
        let row = try core.identityRow(previous, index: previousIndex, of: person, programme)
        try connection.execute(
            "UPDATE identity SET member_id = ?, value = ? WHERE blind_index = ? AND programme_id = ?",
            [row[3], row[4], row[0], row[1]])
        try VaultCore.countChange(connection, programme)
        return (.linked(person.member), [previousIndex])
    }

    private func merge(
        _ from: MemberID, into: MemberID, _ connection: any Connection
    ) throws -> (LinkOutcome, [ID128]) {
        let persons = try core.persons([from, into], programme, connection)
        guard let old = persons[from], let new = persons[into], old.member != new.member else {
            throw VaultProblem.notMergeable
        }
        let moved = try moveIdentities(old, new, connection)
        try moveFields(old, new, connection)
        try core.moveTexts(from: old, to: new, programme, connection)
        try core.moveConsents(from: old, to: new, programme, now: now, connection)
        try connection.execute(
            """
            UPDATE person SET state = 1, merged_into = ?, data_key = ?, key_id = 0
            WHERE member_id = ? AND programme_id = ?
            """, [.member(new.member), .blob([]), .member(old.member), .programme(programme)])
        // Whoever waits to be merged into the old one goes straight to the new one.
        try connection.execute(
            "UPDATE pending_merge SET into_member = ? WHERE into_member = ? AND programme_id = ?",
            [.member(new.member), .member(old.member), .programme(programme)])
        try connection.execute(
            """
            INSERT INTO pending_merge (from_member, programme_id, into_member, blind_index, at)
            VALUES (?, ?, ?, ?, ?)
            """,
            [.member(old.member), .programme(programme), .member(new.member), .id(previousIndex), .instant(now)])
        try VaultCore.countChange(connection, programme)
        return (.merge(from: old.member, into: new.member), moved)
    }

    private func moveIdentities(_ old: Person, _ new: Person, _ connection: any Connection) throws -> [ID128] {
        let rows = try connection.query(
            "SELECT blind_index, namespace, value FROM identity WHERE member_id = ? AND programme_id = ?",
            [.member(old.member), .programme(programme)])
        return try rows.map { row in
            let (index, namespace) = (try row.id(0), try row.text(1))
            let value = try core.sealer.open(
                try row.blob(2), key: old.key, place: VaultCore.place(of: index, namespace, old, programme))
            let sealed = try core.sealer.seal(
                value, key: new.key, place: VaultCore.place(of: index, namespace, new, programme))
            try connection.execute(
                "UPDATE identity SET member_id = ?, value = ? WHERE blind_index = ? AND programme_id = ?",
                [.member(new.member), .blob(sealed), .id(index), .programme(programme)])
            return index
        }
    }

    /// What the surviving person already says about itself stands.
    private func moveFields(_ old: Person, _ new: Person, _ connection: any Connection) throws {
        let rows = try connection.query(
            "SELECT name, value FROM personal_field WHERE member_id = ? AND programme_id = ?",
            [.member(old.member), .programme(programme)])
        for row in rows {
            guard let field = PersonalField(try row.text(0)) else { continue }
            let value = try core.sealer.open(
                try row.blob(1), key: old.key, place: VaultCore.place(of: field, old, programme))
            let sealed = try core.sealer.seal(
                value, key: new.key, place: VaultCore.place(of: field, new, programme))
            if field == .ageBand, try isStricter(value, than: new, connection) {
                try connection.execute(
                    "DELETE FROM personal_field WHERE member_id = ? AND programme_id = ? AND name = ?",
                    [.member(new.member), .programme(programme), .text(field.name)])
            }
            try connection.execute(
                """
                INSERT INTO personal_field (member_id, programme_id, name, value) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, [.member(new.member), .programme(programme), .text(field.name), .blob(sealed)])
        }
        try connection.execute(
            "DELETE FROM personal_field WHERE member_id = ? AND programme_id = ?",
            [.member(old.member), .programme(programme)])
    }

    /// Whether an age band is stricter than the one the surviving person has.
    private func isStricter(_ value: [UInt8], than new: Person, _ connection: any Connection) throws -> Bool {
        let own = try Persons(core: core).open([.ageBand], of: new, programme, connection)[.ageBand]
        guard let own = own.flatMap({ AgeBand(rawValue: $0) }),
            let former = AgeBand(rawValue: String(decoding: value, as: UTF8.self))
        else { return false }
        return former.stricter(of: own) != own
    }
}
