public import Primitives
public import Storage

extension LoyaltyStore {
    /// The versions of the time zone data that this programme was decided under.
    public func zoneData(_ connection: any Connection) throws -> ZoneDataHistory {
        ZoneDataHistory(
            try connection.query(
                "SELECT number, version, first_day, at FROM zone_data WHERE programme_id = ? ORDER BY number",
                [.text(programme.name)]
            ).map { row in
                ZoneDataHistory.Version(
                    number: try row.int(0), name: try row.text(1), firstDay: Int32(clamping: try row.int(2)),
                    at: try row.instant(3))
            })
    }

    /// Records that a version is in force from now on. Called under the programme's lease.
    public func record(_ version: ZoneDataHistory.Version, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO zone_data (programme_id, number, version, first_day, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(programme.name), .integer(version.number), .text(version.name),
                .integer(Int64(version.firstDay)), .integer(version.at.milliseconds),
            ])
    }

    /// Members for whom the calendar has something to do some time, by identifier.
    ///
    /// - Parameter last: continues after this member.
    public func waiting(after last: MemberID?, limit: Int, _ connection: any Connection) throws -> [MemberID] {
        try connection.query(
            """
            SELECT member_id FROM member_due
            WHERE member_id > ? AND programme_id = ? AND due_at IS NOT NULL ORDER BY member_id LIMIT ?
            """,
            [
                .id(last?.value ?? ID128(high: 0, low: 0)), .text(programme.name), .integer(Int64(limit)),
            ]
        ).map { try $0.member(0) }
    }
}
