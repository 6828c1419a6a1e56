public import Primitives
internal import Storage

/// Why personal data leaves the vault.
public struct RevealPurpose: Hashable, Sendable {
    /// Lower-case words joined by hyphens.
    public let name: String
    /// Whether somebody other than the member looks, which the member can read in the access log.
    public let isLogged: Bool

    public init(_ name: String, isLogged: Bool = true) {
        self.name = name
        self.isLogged = isLogged
    }

    /// The member's own page.
    public static let ownPage = RevealPurpose("own-page", isLogged: false)
    /// A message to the member.
    public static let delivery = RevealPurpose("delivery")
    /// A service agent helps the member.
    public static let service = RevealPurpose("service")
    /// The member's export (GDPR articles 15 and 20).
    public static let export = RevealPurpose("export")
    /// A hook or an integration that the programme declares.
    public static let integration = RevealPurpose("integration")
}

/// One look at a member's personal data.
public struct AccessEntry: Hashable, Sendable {
    public let at: Instant
    /// Who, as an id such as `staff:…` or `system:delivery`.
    public let actor: String
    public let purpose: String
    /// The fields that were asked for.
    public let fields: [String]
}

extension Persons {
    /// Personal data of members, in the clear; unless the member looks at their own, each look is logged in the same
    /// transaction.
    ///
    /// - Parameters:
    ///   - fields: which ones; `nil` for all.
    ///   - actor: who asks, as an id (`staff:…`, `system:…`), never as a name; at most 100 bytes.
    /// - Returns: the members that are known, each with the fields that are there.
    public func reveal(
        _ members: [MemberID], fields: [PersonalField]? = nil, programme: ProgrammeID, purpose: RevealPurpose,
        actor: String, now: Instant
    ) async throws -> [MemberID: [PersonalField: String]] {
        try await look(
            members, programme: programme, purpose: purpose, actor: actor, what: fields?.map(\.name) ?? ["all"],
            now: now
        ) { person, connection in try open(fields, of: person, programme, connection) }
    }

    /// As ``reveal(_:fields:programme:purpose:actor:now:)`` for one member.
    ///
    /// - Throws: `.unknownMember`.
    public func reveal(
        _ member: MemberID, fields: [PersonalField]? = nil, programme: ProgrammeID, purpose: RevealPurpose,
        actor: String, now: Instant
    ) async throws -> [PersonalField: String] {
        let found = try await reveal(
            [member], fields: fields, programme: programme, purpose: purpose, actor: actor, now: now)
        guard let values = found[member] else { throw VaultProblem.unknownMember }
        return values
    }

    /// The names others gave to a member, in the clear; logged as any other look.
    public func externalIdentities(
        of member: MemberID, programme: ProgrammeID, purpose: RevealPurpose, actor: String, now: Instant
    ) async throws -> [ExternalIdentity] {
        let found = try await look(
            [member], programme: programme, purpose: purpose, actor: actor, what: ["identities"], now: now
        ) { person, connection in
            let rows = try connection.query(
                """
                SELECT blind_index, namespace, value FROM identity WHERE member_id = ? AND programme_id = ?
                ORDER BY namespace, blind_index
                """, [.member(person.member), .programme(programme)])
            return try rows.compactMap { row -> ExternalIdentity? in
                let (index, name) = (try row.id(0), try row.text(1))
                let value = try core.sealer.open(
                    try row.blob(2), key: person.key, place: VaultCore.place(of: index, name, person, programme))
                guard let namespace = ExternalIdentity.Namespace(name) else { return nil }
                return ExternalIdentity(namespace, String(decoding: value, as: UTF8.self))
            }
        }
        guard let identities = found[member] else { throw VaultProblem.unknownMember }
        return identities
    }

    /// Who looked at a member's data, latest first. It outlives the data: it answers for the house, not for the member.
    public func accessLog(
        of member: MemberID, programme: ProgrammeID, limit: Int = 100
    ) async throws -> [AccessEntry] {
        try await core.database.read { connection in
            try connection.query(
                """
                SELECT at, actor, purpose, fields FROM access_log WHERE member_id = ? AND programme_id = ?
                ORDER BY at DESC, entry_id LIMIT ?
                """, [.member(member), .programme(programme), .integer(Int64(limit))]
            ).map {
                AccessEntry(
                    at: try $0.instant(0), actor: try $0.text(1), purpose: try $0.text(2),
                    fields: try $0.text(3).split(separator: ",").map(String.init))
            }
        }
    }

    func look<T: Sendable>(
        _ members: [MemberID], programme: ProgrammeID, purpose: RevealPurpose, actor: String, what: [String],
        now: Instant, _ body: @escaping @Sendable (Person, any Connection) throws -> T
    ) async throws -> [MemberID: T] {
        guard (1...100).contains(actor.utf8.count) else {
            throw VaultProblem.invalid(field: "actor", expected: "an id of 1 to 100 bytes")
        }
        let read: @Sendable (any Connection) throws -> [MemberID: T] = { connection in
            var values: [MemberID: T] = [:]
            for (member, person) in try core.persons(members, programme, connection) {
                values[member] = try body(person, connection)
                guard purpose.isLogged else { continue }
                try connection.execute(
                    """
                    INSERT INTO access_log (member_id, programme_id, entry_id, at, actor, purpose, fields)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        .member(person.member), .programme(programme), .id(core.random.id()), .instant(now),
                        .text(actor),
                        .text(purpose.name), .text(what.joined(separator: ",")),
                    ])
            }
            return values
        }
        return purpose.isLogged ? try await core.database.write(read) : try await core.database.read(read)
    }
}
