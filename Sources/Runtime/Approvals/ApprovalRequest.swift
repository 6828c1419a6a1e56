public import Primitives
public import Storage

/// A correction of points that waits for a second person.
public struct ApprovalRequest: Sendable, Hashable {
    public enum State: Int64, Sendable, Hashable, CaseIterable {
        case waiting = 0
        /// Somebody agreed, and the points are being corrected. A crash leaves it here; agreeing again finishes it.
        case agreed = 1
        case carriedOut = 2
        case refused = 3
    }

    /// How long a second person has, in milliseconds.
    public static let lifetime: Int64 = 14 * 86_400_000

    public var id: ID128
    public var member: MemberID
    public var unit: String
    public var amount: Int64
    public var reason: String
    public var askedBy: ID128
    public var askedAt: Instant
    public var state: State
    public var decidedBy: ID128?
    public var decidedAt: Instant?
    /// Why it was agreed to or refused.
    public var decision: String?

    public init(
        id: ID128, member: MemberID, unit: String, amount: Int64, reason: String, askedBy: ID128, askedAt: Instant
    ) {
        self.id = id
        self.member = member
        self.unit = unit
        self.amount = amount
        self.reason = reason
        self.askedBy = askedBy
        self.askedAt = askedAt
        state = .waiting
    }

    /// The day after which nobody can agree any more.
    public var endsAt: Instant { askedAt.adding(milliseconds: Self.lifetime) }

    /// Whether the time of a request that nobody decided is over.
    public func isExpired(at now: Instant) -> Bool { state == .waiting && now >= endsAt }
}

/// The table of corrections that wait for a second person.
public enum ApprovalSchema {
    public static let schema = Schema(
        room: "approvals",
        migrations: [
            Migration(
                number: 1, name: "corrections that wait for a second person",
                statements: [
                    """
                    CREATE TABLE approval_request (
                        member_id {id} NOT NULL, request_id {id} NOT NULL, programme_id {text} NOT NULL,
                        unit {text} NOT NULL, amount {int} NOT NULL, reason {text} NOT NULL, asked_by {id} NOT NULL,
                        asked_at {int} NOT NULL, state {int} NOT NULL, decided_by {id}, decided_at {int},
                        decision {text}, PRIMARY KEY (member_id, request_id)) {clustered}
                    """,
                    "CREATE INDEX approval_request_state ON approval_request (programme_id, state, asked_at)",
                    "CREATE INDEX approval_request_identifier ON approval_request (programme_id, request_id)",
                ], isAdditive: true)
        ])
}

/// The corrections of a programme that wait, or waited, for a second person.
public struct ApprovalStore: Sendable {
    /// What became of somebody's word on a request.
    public enum Outcome: Sendable, Hashable {
        /// It is theirs to carry out; the same again for what a crash cut off.
        case agreed(ApprovalRequest)
        case refused(ApprovalRequest)
        /// Whoever asks does not agree with themselves.
        case ownRequest
        /// It was decided, its time is over, or there is none.
        case over
    }

    let programme: ProgrammeID

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    private static let columns = """
        member_id, request_id, unit, amount, reason, asked_by, asked_at, state, decided_by, decided_at, decision
        """

    private static func request(_ row: Row) throws -> ApprovalRequest {
        var request = ApprovalRequest(
            id: try row.id(1), member: try row.member(0), unit: try row.text(2), amount: try row.int(3),
            reason: try row.text(4), askedBy: try row.id(5), askedAt: try row.instant(6))
        request.state = ApprovalRequest.State(rawValue: try row.int(7)) ?? .refused
        request.decidedBy = try row.idOrNil(8)
        request.decidedAt = try row.intOrNil(9).map { Instant(milliseconds: $0) }
        request.decision = try row.textOrNil(10)
        return request
    }

    public func request(_ id: ID128, _ connection: any Connection) throws -> ApprovalRequest? {
        try connection.first(
            "SELECT \(Self.columns) FROM approval_request WHERE programme_id = ? AND request_id = ?",
            [.programme(programme), .id(id)]
        ).map { try Self.request($0) }
    }

    /// Asks for a second person. The same request again changes nothing.
    ///
    /// - Returns: whether it is new.
    public func ask(_ request: ApprovalRequest, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO approval_request (
                member_id, request_id, programme_id, unit, amount, reason, asked_by, asked_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (member_id, request_id) DO NOTHING
            """,
            [
                .member(request.member), .id(request.id), .programme(programme), .text(request.unit),
                .integer(request.amount), .text(request.reason), .id(request.askedBy), .instant(request.askedAt),
            ]) == 1
    }

    /// What waits for somebody, the oldest first.
    public func waiting(at now: Instant, limit: Int, _ connection: any Connection) throws -> [ApprovalRequest] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM approval_request
            WHERE programme_id = ? AND ((state = 0 AND asked_at > ?) OR state = 1)
            ORDER BY asked_at, request_id LIMIT ?
            """,
            [
                .programme(programme), .instant(now.adding(milliseconds: -ApprovalRequest.lifetime)),
                .integer(Int64(limit)),
            ]
        ).map { try Self.request($0) }
    }

    /// What was decided or whose time is over, the newest first.
    public func decided(at now: Instant, limit: Int, _ connection: any Connection) throws -> [ApprovalRequest] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM approval_request
            WHERE programme_id = ? AND ((state = 0 AND asked_at <= ?) OR state > 1)
            ORDER BY asked_at DESC, request_id LIMIT ?
            """,
            [
                .programme(programme), .instant(now.adding(milliseconds: -ApprovalRequest.lifetime)),
                .integer(Int64(limit)),
            ]
        ).map { try Self.request($0) }
    }

    /// A member's requests, the newest first.
    public func requests(of member: MemberID, _ connection: any Connection) throws -> [ApprovalRequest] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM approval_request WHERE member_id = ? AND programme_id = ?
            ORDER BY asked_at DESC, request_id LIMIT 50
            """, [.member(member), .programme(programme)]
        ).map { try Self.request($0) }
    }

    /// Somebody agrees or refuses, in one statement that only one of two at a time wins.
    public func decide(
        _ id: ID128, agrees: Bool, by staff: ID128, because reason: String, at now: Instant,
        _ connection: any Connection
    ) throws -> Outcome {
        guard let found = try request(id, connection) else { return .over }
        guard found.askedBy != staff else { return .ownRequest }
        if found.state == .agreed { return agrees ? .agreed(found) : .over }
        guard found.state == .waiting, !found.isExpired(at: now) else { return .over }
        let isFirst =
            try connection.execute(
                """
                UPDATE approval_request SET state = ?, decided_by = ?, decided_at = ?, decision = ?
                WHERE member_id = ? AND request_id = ? AND programme_id = ? AND state = 0 AND asked_by <> ?
                """,
                [
                    .integer((agrees ? ApprovalRequest.State.agreed : .refused).rawValue), .id(staff), .instant(now),
                    .text(reason), .member(found.member), .id(id), .programme(programme), .id(staff),
                ]) == 1
        guard isFirst, let decided = try request(id, connection) else { return .over }
        return agrees ? .agreed(decided) : .refused(decided)
    }

    /// The points are corrected.
    ///
    /// - Returns: whether this was said for the first time.
    public func finish(_ request: ApprovalRequest, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE approval_request SET state = 2
            WHERE member_id = ? AND request_id = ? AND programme_id = ? AND state = 1
            """, [.member(request.member), .id(request.id), .programme(programme)]) == 1
    }

    /// It could not be carried out, so that it waits for somebody again.
    public func reopen(_ request: ApprovalRequest, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE approval_request SET state = 0, decided_by = NULL, decided_at = NULL, decision = NULL
            WHERE member_id = ? AND request_id = ? AND programme_id = ? AND state = 1
            """, [.member(request.member), .id(request.id), .programme(programme)])
    }

    func erase(_ members: [MemberID], _ connection: any Connection) throws -> Int {
        var rows = 0
        for member in members {
            rows += try connection.execute(
                "DELETE FROM approval_request WHERE member_id = ? AND programme_id = ?",
                [.member(member), .programme(programme)])
        }
        return rows
    }
}
