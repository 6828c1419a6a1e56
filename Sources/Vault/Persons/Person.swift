internal import Crypto
internal import Primitives
internal import Storage

/// A person's row, with its data key open.
struct Person {
    let member: MemberID
    let id: ID128
    let key: SymmetricKey
}

extension VaultCore {
    static let insertPersons = BulkStatement.insert(
        into: "person",
        columns: [
            ("member_id", .id), ("programme_id", .text), ("person_id", .id), ("epoch", .integer), ("state", .integer),
            ("data_key", .blob), ("key_id", .integer), ("created_day", .integer),
        ])

    static let insertIdentities = BulkStatement.insert(
        into: "identity",
        columns: [
            ("blind_index", .id), ("programme_id", .text), ("namespace", .text), ("member_id", .id), ("value", .blob),
        ], onConflict: .ignore)

    /// A person who does not exist yet, with the row to insert.
    func newPerson(_ programme: ProgrammeID, now: Instant) throws(VaultProblem) -> (person: Person, row: [SQLValue]) {
        let id = random.id()
        let (key, wrapped) = try dataKeys.make(person: id, programme: programme)
        let member = pseudonymiser.member(id, domain: .ledger, epoch: Self.ledgerEpoch, programme: programme)
        return (
            Person(member: member, id: id, key: key),
            [
                .member(member), .programme(programme), .id(id), .integer(Int64(Self.ledgerEpoch)), .integer(0),
                .blob(wrapped.bytes), .integer(Int64(wrapped.keyID)), .integer(Self.day(now)),
            ]
        )
    }

    func identityRow(
        _ identity: ExternalIdentity, index: ID128, of person: Person, _ programme: ProgrammeID
    ) throws(VaultProblem) -> [SQLValue] {
        let place = Self.place(of: index, identity.namespace.name, person, programme)
        return [
            .id(index), .programme(programme), .text(identity.namespace.name), .member(person.member),
            .blob(try sealer.seal(Array(identity.value.utf8), key: person.key, place: place)),
        ]
    }

    static func place(
        of index: ID128, _ namespace: String, _ person: Person, _ programme: ProgrammeID
    ) -> Place {
        Place("identity", Array(programme.name.utf8), person.id.bytes, Array(namespace.utf8), index.bytes)
    }

    static func place(of field: PersonalField, _ person: Person, _ programme: ProgrammeID) -> Place {
        Place("field", Array(programme.name.utf8), person.id.bytes, Array(field.name.utf8))
    }

    /// The active persons behind these members, merges followed; members that nobody knows are absent.
    func persons(
        _ members: [MemberID], _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [MemberID: Person] {
        var found: [MemberID: Person] = [:]
        var asked: [MemberID: [MemberID]] = [:]
        for member in members { asked[member, default: []] = [member] }
        // A chain of merges is as long as the number of times one person turned out to be another: short.
        for _ in 0..<Self.maximumMergeChain where !asked.isEmpty {
            let rows = try connection.query(
                """
                SELECT member_id, person_id, state, merged_into, data_key, key_id FROM person
                WHERE programme_id = ? AND member_id IN (?*)
                """, [.programme(programme)], keys: asked.keys.map { .member($0) })
            var next: [MemberID: [MemberID]] = [:]
            for row in rows {
                let member = try row.member(0)
                let origins = asked[member] ?? []
                if let into = try row.idOrNil(3) {
                    next[MemberID(into), default: []] += origins
                    continue
                }
                let id = try row.id(1)
                let wrapped = DataKeys.Wrapped(bytes: try row.blob(4), keyID: Int(try row.int(5)))
                let key = try dataKeys.unwrap(wrapped, person: id, programme: programme)
                for origin in origins { found[origin] = Person(member: member, id: id, key: key) }
            }
            asked = next
        }
        return found
    }

    static let maximumMergeChain = 32

    func person(_ member: MemberID, _ programme: ProgrammeID, _ connection: any Connection) throws -> Person? {
        try persons([member], programme, connection)[member]
    }
}
