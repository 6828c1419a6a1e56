public import Primitives
internal import Storage

/// What members write to people of the house, and what these answer: sealed under the member's own key, so that it goes
/// with them. Who wrote what, and when, stands elsewhere; here are words only.
extension Persons {
    /// The longest text, in bytes.
    public static let longestText = 32_768

    /// Keeps a text of a member. Keeping it again under the same identifier changes nothing.
    ///
    /// - Throws: `.unknownMember`; `.invalid` for a text that is too long; what the database throws.
    public func keep(
        text: String, as id: ID128, of member: MemberID, programme: ProgrammeID
    ) async throws {
        guard text.utf8.count <= Self.longestText else {
            throw VaultProblem.invalid(field: "text", expected: "at most \(Self.longestText) bytes")
        }
        try await core.database.write { connection in
            guard let person = try core.person(member, programme, connection) else { throw VaultProblem.unknownMember }
            let sealed = try core.sealer.seal(
                Array(text.utf8), key: person.key, place: VaultCore.place(ofText: id, person, programme))
            try connection.execute(
                """
                INSERT INTO kept_text (text_id, programme_id, member_id, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (text_id, programme_id) DO NOTHING
                """, [.id(id), .programme(programme), .member(person.member), .blob(sealed)])
        }
    }

    /// Kept texts in the clear, by their identifiers. What is gone with its member is absent.
    ///
    /// - Parameters:
    ///   - actor: who asks, as an id; stands in the access log of every member whose texts these are, unless `purpose` is
    ///     the member's own.
    public func texts(
        _ ids: [ID128], programme: ProgrammeID, purpose: RevealPurpose, actor: String, now: Instant
    ) async throws -> [ID128: String] {
        guard !ids.isEmpty else { return [:] }
        guard (1...100).contains(actor.utf8.count) else {
            throw VaultProblem.invalid(field: "actor", expected: "an id of 1 to 100 bytes")
        }
        let read: @Sendable (any Connection) throws -> [ID128: String] = { connection in
            let rows = try connection.query(
                "SELECT text_id, member_id, value FROM kept_text WHERE programme_id = ? AND text_id IN (?*)",
                [.programme(programme)], keys: ids.map { .id($0) })
            let persons = try core.persons(Array(Set(try rows.map { try $0.member(1) })), programme, connection)
            var texts: [ID128: String] = [:]
            var seen: Set<MemberID> = []
            for row in rows {
                let id = try row.id(0)
                guard let person = persons[try row.member(1)] else { continue }
                let bytes = try core.sealer.open(
                    try row.blob(2), key: person.key, place: VaultCore.place(ofText: id, person, programme))
                texts[id] = String(decoding: bytes, as: UTF8.self)
                guard purpose.isLogged, seen.insert(person.member).inserted else { continue }
                try connection.execute(
                    """
                    INSERT INTO access_log (member_id, programme_id, entry_id, at, actor, purpose, fields)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        .member(person.member), .programme(programme), .id(core.random.id()), .instant(now),
                        .text(actor), .text(purpose.name), .text("conversation"),
                    ])
            }
            return texts
        }
        return purpose.isLogged ? try await core.database.write(read) : try await core.database.read(read)
    }

    /// Forgets texts whose time is over. Idempotent.
    public func forget(texts ids: [ID128], programme: ProgrammeID) async throws {
        guard !ids.isEmpty else { return }
        _ = try await core.database.write { connection in
            for id in ids {
                try connection.execute(
                    "DELETE FROM kept_text WHERE text_id = ? AND programme_id = ?", [.id(id), .programme(programme)])
            }
        }
    }
}

extension VaultCore {
    static func place(ofText id: ID128, _ person: Person, _ programme: ProgrammeID) -> Place {
        Place("text", Array(programme.name.utf8), person.id.bytes, id.bytes)
    }

    /// Seals the texts of somebody who turned out to be another anew, under that one's key.
    func moveTexts(from old: Person, to new: Person, _ programme: ProgrammeID, _ connection: any Connection) throws {
        let rows = try connection.query(
            "SELECT text_id, value FROM kept_text WHERE member_id = ? AND programme_id = ?",
            [.member(old.member), .programme(programme)])
        for row in rows {
            let id = try row.id(0)
            let text = try sealer.open(
                try row.blob(1), key: old.key, place: Self.place(ofText: id, old, programme))
            let sealed = try sealer.seal(text, key: new.key, place: Self.place(ofText: id, new, programme))
            try connection.execute(
                "UPDATE kept_text SET member_id = ?, value = ? WHERE text_id = ? AND programme_id = ?",
                [.member(new.member), .blob(sealed), .id(id), .programme(programme)])
        }
    }
}

extension Vault {
    /// The table of kept texts.
    static let textSchema = Schema(
        room: "vault-texts",
        migrations: [
            Migration(
                number: 1, name: "texts of members",
                statements: [
                    """
                    CREATE TABLE kept_text (
                        text_id {id} NOT NULL, programme_id {text} NOT NULL, member_id {id} NOT NULL,
                        value {blob} NOT NULL, PRIMARY KEY (text_id, programme_id)) {clustered}
                    """,
                    "CREATE INDEX kept_text_member ON kept_text (member_id, programme_id)",
                ], isAdditive: true)
        ])
}
