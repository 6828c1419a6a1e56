public import Primitives
internal import Storage

extension PersonalField {
    /// The day of the year that a member gave to be congratulated on, as `03-14`: no year, so no age.
    public static var birthday: PersonalField { field("birthday") }

    private static func field(_ name: String) -> PersonalField {
        guard let field = PersonalField(name) else { preconditionFailure("a valid name") }
        return field
    }
}

extension Persons {
    /// The members who gave one of these days to be congratulated on, page by page.
    ///
    /// Only what they gave for this is opened, and only that it is today goes out: it is not logged as a look.
    ///
    /// - Parameters:
    ///   - days: as `03-14`; on the last of February of a common year also `02-29`.
    ///   - last: continues after this member.
    /// - Returns: those of this page whose day it is, and where the next page begins; `nil` on the last one.
    public func birthdays(
        on days: Set<String>, programme: ProgrammeID, after last: MemberID? = nil, limit: Int = 500
    ) async throws -> (members: [MemberID], next: MemberID?) {
        let name = PersonalField.birthday
        return try await core.database.read { [core] connection in
            let rows = try connection.query(
                """
                SELECT member_id, value FROM personal_field
                WHERE programme_id = ? AND name = ? AND member_id > ? ORDER BY member_id LIMIT ?
                """,
                [
                    .programme(programme), .text(name.name), .id(last?.value ?? ID128(high: 0, low: 0)),
                    .integer(Int64(limit)),
                ])
            let members = try rows.map { try $0.member(0) }
            let persons = try core.persons(members, programme, connection)
            var found: [MemberID] = []
            for (member, row) in zip(members, rows) {
                guard let person = persons[member], person.member == member else { continue }
                let bytes = try core.sealer.open(
                    try row.blob(1), key: person.key, place: VaultCore.place(of: name, person, programme))
                if days.contains(String(decoding: bytes, as: UTF8.self)) { found.append(member) }
            }
            return (found, members.count == limit ? members.last : nil)
        }
    }
}
