public import Primitives
internal import Storage

/// Personal data: stored sealed, revealed with a reason, erased by destroying a key.
public struct Persons: Sendable {
    let core: VaultCore

    /// What is to be said of one member; `nil` removes a field.
    public struct Change: Sendable {
        public let member: MemberID
        public let fields: [PersonalField: String?]

        public init(_ member: MemberID, _ fields: [PersonalField: String?]) {
            self.member = member
            self.fields = fields
        }
    }

    static let maximumFields = 64

    /// Stores fields of members in one transaction; a value that is already there is not written again.
    ///
    /// An e-mail address also becomes an identity for look-up, unless another member has it: an address that somebody
    /// typed proves nothing, so it never joins two persons and never takes another's place.
    ///
    /// - Returns: the members nobody knows (erased meanwhile); nothing is stored of them.
    /// - Throws: `.invalid` naming the field, before anything is stored; what the database throws.
    @discardableResult
    public func store(_ changes: [Change], programme: ProgrammeID) async throws -> [MemberID] {
        for change in changes { try Self.check(change) }
        let (unknown, moved) = try await core.database.write { connection in
            var unknown: [MemberID] = []
            var moved: [(ID128, MemberID?)] = []
            let persons = try core.persons(changes.map(\.member), programme, connection)
            for change in changes {
                guard let person = persons[change.member] else {
                    unknown.append(change.member)
                    continue
                }
                let written = try write(change.fields, of: person, programme, connection)
                if written.contains(.email) {
                    moved += try indexAddress(change.fields[.email] ?? nil, of: person, programme, connection)
                }
            }
            return (unknown, moved)
        }
        if !moved.isEmpty { core.changed(moved) }
        return unknown
    }

    private static func check(_ change: Change) throws(VaultProblem) {
        guard change.fields.count <= maximumFields else {
            throw .invalid(field: "fields", expected: "at most \(maximumFields) fields at once")
        }
        for (field, value) in change.fields {
            guard let value else { continue }
            guard value.utf8.count <= PersonalField.maximumBytes else {
                throw .invalid(field: field.name, expected: "at most \(PersonalField.maximumBytes) bytes")
            }
            if field == .email, EmailAddress(value) == nil {
                throw .invalid(field: field.name, expected: "an e-mail address")
            }
        }
    }

    /// Writes what differs, and says what did.
    private func write(
        _ fields: [PersonalField: String?], of person: Person, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> Set<PersonalField> {
        let current = try open(Array(fields.keys), of: person, programme, connection)
        var written = Set<PersonalField>()
        // Sorted, so that equal seeds make equal vaults.
        for (field, value) in fields.sorted(by: { $0.key.name < $1.key.name }) {
            guard let value else {
                guard current[field] != nil else { continue }
                try connection.execute(
                    "DELETE FROM personal_field WHERE member_id = ? AND programme_id = ? AND name = ?",
                    [.member(person.member), .programme(programme), .text(field.name)])
                written.insert(field)
                continue
            }
            if let old = current[field], old.utf8.elementsEqual(value.utf8) { continue }
            let sealed = try core.sealer.seal(
                Array(value.utf8), key: person.key, place: VaultCore.place(of: field, person, programme))
            try connection.execute(
                """
                INSERT INTO personal_field (member_id, programme_id, name, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (member_id, programme_id, name) DO UPDATE SET value = excluded.value
                """, [.member(person.member), .programme(programme), .text(field.name), .blob(sealed)])
            written.insert(field)
        }
        return written
    }

    private func indexAddress(
        _ address: String?, of person: Person, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [(ID128, MemberID?)] {
        var moved: [(ID128, MemberID?)] = []
        let old = try connection.query(
            "SELECT blind_index FROM identity WHERE member_id = ? AND programme_id = ? AND namespace = ?",
            [
                .member(person.member), .programme(programme), .text(ExternalIdentity.Namespace.email.name),
            ])
        for row in old {
            let index = try row.id(0)
            try connection.execute(
                "DELETE FROM identity WHERE blind_index = ? AND programme_id = ?", [.id(index), .programme(programme)])
            moved.append((index, nil))
        }
        if let address = address.flatMap({ EmailAddress($0) }) {
            let identity = ExternalIdentity(address)
            let index = core.blindIndex(identity, programme)
            var batch = RowBatch(VaultCore.insertIdentities)
            batch.append(contentsOf: try core.identityRow(identity, index: index, of: person, programme))
            if try connection.bulk(VaultCore.insertIdentities, batch) == 1 { moved.append((index, person.member)) }
        }
        if !moved.isEmpty { try VaultCore.countChange(connection, programme) }
        return moved
    }

    /// The fields of a person that are there, in the clear.
    func open(
        _ fields: [PersonalField]?, of person: Person, _ programme: ProgrammeID, _ connection: any Connection
    ) throws -> [PersonalField: String] {
        let rows = try connection.query(
            "SELECT name, value FROM personal_field WHERE member_id = ? AND programme_id = ?",
            [.member(person.member), .programme(programme)])
        let wanted = fields.map { Set($0) }
        var values: [PersonalField: String] = [:]
        for row in rows {
            guard let field = PersonalField(try row.text(0)), wanted?.contains(field) ?? true else { continue }
            let bytes = try core.sealer.open(
                try row.blob(1), key: person.key, place: VaultCore.place(of: field, person, programme))
            values[field] = String(decoding: bytes, as: UTF8.self)
        }
        return values
    }
}
