public import Primitives
public import Storage

/// A case with its member, as the queue lists it.
public struct QueuedReview: Sendable, Hashable {
    public var member: MemberID
    public var found: ReviewCase

    /// Its place in the queue: by day, then member, then check.
    public struct Place: Sendable, Hashable {
        public var day: Int32
        public var member: MemberID
        public var check: String

        public init(day: Int32, member: MemberID, check: String) {
            self.day = day
            self.member = member
            self.check = check
        }
    }

    public var place: Place { Place(day: found.day, member: member, check: found.check) }
}

/// Which cases are wanted.
public struct ReviewFilter: Sendable, Hashable {
    public var state: ReviewState?
    public var check: String?
    public var member: MemberID?
    public var day: Int32?
    /// Members seen on this device on its day.
    public var device: Int64?

    public init(
        state: ReviewState? = .open, check: String? = nil, member: MemberID? = nil, day: Int32? = nil,
        device: Int64? = nil
    ) {
        self.state = state
        self.check = check
        self.member = member
        self.day = day
        self.device = device
    }
}

extension LoyaltyStore {
    /// Cases, the oldest day first.
    public func reviews(
        _ filter: ReviewFilter, after: QueuedReview.Place? = nil, limit: Int, _ connection: any Connection
    ) throws -> [QueuedReview] {
        var conditions = ["programme_id = ?"]
        var values: [SQLValue] = [.text(programme.name)]
        func add(_ condition: String, _ more: SQLValue...) {
            conditions.append(condition)
            values += more
        }
        if let state = filter.state { add("state = ?", .integer(state.rawValue)) }
        if let check = filter.check { add("check_name = ?", .text(check)) }
        if let member = filter.member { add("member_id = ?", .member(member)) }
        if let day = filter.day { add("day = ?", .integer(Int64(day))) }
        if let device = filter.device {
            add(
                """
                EXISTS (SELECT 1 FROM review_device d WHERE d.member_id = review_case.member_id
                AND d.check_name = review_case.check_name AND d.day = review_case.day AND d.device = ?)
                """, .integer(device))
        }
        if let after {
            let day = SQLValue.integer(Int64(after.day))
            add(
                "(day > ? OR (day = ? AND (member_id > ? OR (member_id = ? AND check_name > ?))))", day, day,
                .member(after.member), .member(after.member), .text(after.check))
        }
        values.append(.integer(Int64(limit)))
        return try connection.query(
            """
            SELECT member_id, check_name, day, state, ends_at, held, badges, others FROM review_case
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY day, member_id, check_name LIMIT ?
            """, values
        ).map { row in
            guard let state = ReviewState(rawValue: try row.int(3)),
                case .object(let object)? = try? JSONValue(parsing: try row.text(5))
            else { throw LoyaltyStoreProblem.unreadable(table: "review_case") }
            var held: [String: Int64] = [:]
            for entry in object { if case .integer(let amount) = entry.value { held[entry.key] = amount } }
            return QueuedReview(
                member: try row.member(0),
                found: ReviewCase(
                    check: try row.text(1), day: Int32(clamping: try row.int(2)), state: state,
                    endsAt: Instant(milliseconds: try row.int(4)), held: held, badges: try row.int(6),
                    others: try row.intOrNil(7) ?? 0))
        }
    }

    /// How many cases wait for somebody.
    public func openReviews(_ connection: any Connection) throws -> Int64 {
        try connection.first(
            "SELECT count(*) FROM review_case WHERE programme_id = ? AND state = ?",
            [.text(programme.name), .integer(ReviewState.open.rawValue)])?.int(0) ?? 0
    }

    /// Members who shared a device with too many on one day, and of whom nobody knows that yet.
    public func sharedDevices(
        _ check: String, members: Int64, from day: Int32, limit: Int, _ connection: any Connection
    ) throws -> [(member: MemberID, day: Int32)] {
        try connection.query(
            """
            SELECT DISTINCT d.member_id, d.day FROM review_device d
            JOIN (SELECT day, device FROM review_device WHERE programme_id = ? AND check_name = ? AND day >= ?
                  GROUP BY day, device HAVING count(DISTINCT member_id) >= ?) crowd
              ON crowd.day = d.day AND crowd.device = d.device
            WHERE d.programme_id = ? AND d.check_name = ? AND NOT EXISTS (
                SELECT 1 FROM review_case c WHERE c.member_id = d.member_id AND c.check_name = d.check_name
                AND c.day = d.day)
            LIMIT ?
            """,
            [
                .text(programme.name), .text(check), .integer(Int64(day)), .integer(members), .text(programme.name),
                .text(check), .integer(Int64(limit)),
            ]
        ).map { (try $0.member(0), Int32(clamping: try $0.int(1))) }
    }

    /// Forgets devices of days before `day`.
    public func forgetDevices(before day: Int32, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM review_device WHERE programme_id = ? AND day < ?",
            [.text(programme.name), .integer(Int64(day))])
    }

    /// Devices of a day that more than one member used: under how many members each was seen.
    public func devices(
        of check: String, day: Int32, _ connection: any Connection
    ) throws -> [(device: Int64, members: Int64)] {
        try connection.query(
            """
            SELECT device, count(DISTINCT member_id) FROM review_device
            WHERE programme_id = ? AND check_name = ? AND day = ? GROUP BY device
            HAVING count(DISTINCT member_id) > 1 ORDER BY 2 DESC, 1 LIMIT 100
            """, [.text(programme.name), .text(check), .integer(Int64(day))]
        ).map { (try $0.int(0), try $0.int(1)) }
    }

    /// Devices with open cases that more than one member used on a day, the oldest day first; at most `limit`.
    public func crowdedDevices(limit: Int, _ connection: any Connection) throws -> [CrowdedDevice] {
        // From the open cases, which are few: the devices of the latest days are everybody's.
        try connection.query(
            """
            SELECT d.check_name, d.day, d.device, count(DISTINCT d.member_id) FROM review_case c
            JOIN review_device d ON d.member_id = c.member_id AND d.check_name = c.check_name AND d.day = c.day
            WHERE c.programme_id = ? AND c.state = ? GROUP BY d.check_name, d.day, d.device
            HAVING count(DISTINCT d.member_id) > 1 ORDER BY d.day, d.check_name, 4 DESC, d.device LIMIT ?
            """, [.text(programme.name), .integer(ReviewState.open.rawValue), .integer(Int64(limit))]
        ).map {
            CrowdedDevice(
                check: try $0.text(0), day: Int32(clamping: try $0.int(1)), device: try $0.int(2),
                members: try $0.int(3))
        }
    }
}

/// A device with open cases, and how many members it concerns.
public struct CrowdedDevice: Sendable, Hashable {
    public var check: String
    public var day: Int32
    /// A keyed hash that holds for its day only.
    public var device: Int64
    public var members: Int64
}
