import Primitives
public import Storage

/// The table of requests of data subjects: who, what, by when, how it ended. The words lie in the vault.
public enum PrivacyRequestSchema {
    public static let schema = Schema(
        room: "privacy-requests",
        migrations: [
            Migration(
                number: 1, name: "requests of data subjects",
                statements: [
                    // member_id is null for whoever was erased or never was a member: that a request came and was answered
                    // in time is to be shown later, whose it was is not.
                    """
                    CREATE TABLE privacy_request (
                        programme_id {text} NOT NULL, request_id {id} NOT NULL, member_id {id}, kind {text} NOT NULL,
                        state {int} NOT NULL, is_letter {int} NOT NULL, has_text {int} NOT NULL,
                        has_answer {int} NOT NULL, received_day {int} NOT NULL, due_day {int} NOT NULL,
                        extended {text}, identity {text}, staff_id {id}, ended_day {int}, refusal {text},
                        duplicate_of {id}, steps {int} NOT NULL,
                        PRIMARY KEY (programme_id, request_id)) {clustered}
                    """,
                    "CREATE INDEX privacy_request_member ON privacy_request (member_id, programme_id)",
                ], isAdditive: true)
        ])
}

/// The rows of the privacy office.
struct PrivacyRequestStore: Sendable {
    let programme: ProgrammeID

    private static let columns = """
        request_id, member_id, kind, state, is_letter, has_text, has_answer, received_day, due_day, extended, identity,
        staff_id, ended_day, refusal, duplicate_of
        """

    private static func request(_ row: Row) throws -> PrivacyRequest {
        var request = PrivacyRequest(
            id: try row.id(0), member: try row.idOrNil(1).map { MemberID($0) },
            kind: PrivacyRequest.Kind(rawValue: try row.text(2)) ?? .access, isLetter: try row.flag(4),
            receivedDay: Int32(clamping: try row.int(7)))
        request.state = PrivacyRequest.State(rawValue: try row.int(3)) ?? .refused
        request.hasText = try row.flag(5)
        request.hasAnswer = try row.flag(6)
        request.dueDay = Int32(clamping: try row.int(8))
        request.extended = try row.textOrNil(9).flatMap { PrivacyRequest.Extension(rawValue: $0) }
        request.identity = try row.textOrNil(10).flatMap { PrivacyRequest.Identity(rawValue: $0) }
        request.checkedBy = try row.idOrNil(11)
        request.endedDay = try row.intOrNil(12).map { Int32(clamping: $0) }
        request.refusal = try row.textOrNil(13).flatMap { PrivacyRequest.Refusal(rawValue: $0) }
        request.duplicateOf = try row.idOrNil(14)
        return request
    }

    func request(_ id: ID128, _ connection: any Connection) throws -> PrivacyRequest? {
        try connection.first(
            "SELECT \(Self.columns) FROM privacy_request WHERE programme_id = ? AND request_id = ?",
            [.programme(programme), .id(id)]
        ).map { try Self.request($0) }
    }

    /// A member's requests, the latest first.
    func requests(of members: [MemberID], _ connection: any Connection) throws -> [PrivacyRequest] {
        try connection.query(
            "SELECT \(Self.columns) FROM privacy_request WHERE programme_id = ? AND member_id IN (?*)",
            [.programme(programme)], keys: members.map { .member($0) }
        ).map { try Self.request($0) }.sorted { ($0.receivedDay, $0.id) > ($1.receivedDay, $1.id) }
    }

    /// What is still to be answered first, by its last day; then what is over, the latest first.
    func queue(limit: Int, _ connection: any Connection) throws -> [PrivacyRequest] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM privacy_request WHERE programme_id = ?
            ORDER BY CASE WHEN ended_day IS NULL THEN 0 ELSE 1 END, CASE WHEN ended_day IS NULL THEN due_day ELSE 0 END,
                ended_day DESC, request_id LIMIT ?
            """, [.programme(programme), .integer(Int64(limit))]
        ).map { try Self.request($0) }
    }

    func insert(_ request: PrivacyRequest, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO privacy_request (programme_id, \(Self.columns), steps)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (programme_id, request_id) DO NOTHING
            """, [.programme(programme)] + Self.values(request)) == 1
    }

    private static func values(_ request: PrivacyRequest) -> [SQLValue] {
        [
            .id(request.id), SQLValue(request.member?.value), .text(request.kind.rawValue),
            .integer(request.state.rawValue), .flag(request.isLetter), .flag(request.hasText),
            .flag(request.hasAnswer), .integer(Int64(request.receivedDay)), .integer(Int64(request.dueDay)),
            SQLValue(request.extended?.rawValue), SQLValue(request.identity?.rawValue), SQLValue(request.checkedBy),
            SQLValue(request.endedDay.map { Int64($0) }), SQLValue(request.refusal?.rawValue),
            SQLValue(request.duplicateOf),
        ]
    }

    /// Counts a step, and with it takes the right to change the request until the transaction ends: two at a time cannot.
    func lock(_ id: ID128, _ connection: any Connection) throws -> PrivacyRequest? {
        try connection.execute(
            "UPDATE privacy_request SET steps = steps + 1 WHERE programme_id = ? AND request_id = ?",
            [.programme(programme), .id(id)])
        return try request(id, connection)
    }

    func write(_ request: PrivacyRequest, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE privacy_request SET state = ?, has_answer = ?, due_day = ?, extended = ?, identity = ?, staff_id = ?,
                ended_day = ?, refusal = ?, duplicate_of = ? WHERE programme_id = ? AND request_id = ?
            """,
            [
                .integer(request.state.rawValue), .flag(request.hasAnswer), .integer(Int64(request.dueDay)),
                SQLValue(request.extended?.rawValue), SQLValue(request.identity?.rawValue),
                SQLValue(request.checkedBy), SQLValue(request.endedDay.map { Int64($0) }),
                SQLValue(request.refusal?.rawValue), SQLValue(request.duplicateOf), .programme(programme),
                .id(request.id),
            ])
    }

    /// Takes erased members off their requests. What they had asked is over with it: an erasure is done, and the rest has
    /// nobody left to answer.
    ///
    /// - Returns: how many rows changed.
    func erase(_ members: [MemberID], today: Int32, _ connection: any Connection) throws -> Int {
        var rows = 0
        for member in members {
            rows += try connection.execute(
                """
                UPDATE privacy_request SET member_id = NULL, has_text = 0, has_answer = 0,
                    ended_day = CASE WHEN state = 0 THEN ? ELSE ended_day END,
                    state = CASE WHEN state <> 0 THEN state WHEN kind = 'erasure' THEN 1 ELSE 3 END
                WHERE programme_id = ? AND member_id = ?
                """, [.integer(Int64(today)), .programme(programme), .member(member)])
        }
        return rows
    }

    func ended(before day: Int32, _ connection: any Connection) throws -> [ID128] {
        try connection.query(
            "SELECT request_id FROM privacy_request WHERE programme_id = ? AND ended_day < ?",
            [.programme(programme), .integer(Int64(day))]
        ).map { try $0.id(0) }
    }

    func remove(_ ids: [ID128], _ connection: any Connection) throws {
        for id in ids {
            try connection.execute(
                "DELETE FROM privacy_request WHERE programme_id = ? AND request_id = ?",
                [.programme(programme), .id(id)])
        }
    }
}
