public import Primitives
public import Storage
import Synchronization

/// The days on which nobody's streak ends, by streak: what the programme's document says and what staff added. Loaded
/// with the programme, and replaced as a whole.
public final class StreakRepairs: Sendable {
    private let days = Mutex<[String: [DaySpan]]>([:])

    public init() {}

    /// Those of the document; the store adds what staff said. See ``LoyaltyStore/streakRepairs(_:)``.
    public convenience init(of programme: Programme) {
        self.init()
        replace(StreakRepair.all(of: programme))
    }

    public subscript(_ streak: String) -> [DaySpan] { days.withLock { $0[streak] ?? [] } }

    public func replace(_ repairs: [StreakRepair]) {
        let grouped = Dictionary(grouping: repairs, by: \.streak).mapValues { $0.map(\.days).sorted() }
        days.withLock { $0 = grouped }
    }

    public func replace(_ other: StreakRepairs) {
        let all = other.days.withLock { $0 }
        days.withLock { $0 = all }
    }
}

/// Days of a streak that count as excused for all members.
public struct StreakRepair: Sendable, Hashable {
    public var streak: String
    public var days: DaySpan
    /// Whether some members' milestones still have to be worked out again.
    public var isOpen: Bool

    public init(streak: String, days: DaySpan, isOpen: Bool = true) {
        self.streak = streak
        self.days = days
        self.isOpen = isOpen
    }

    /// What a programme's document says.
    public static func all(of programme: Programme) -> [StreakRepair] {
        programme.streaks.flatMap { streak in streak.repairs.map { StreakRepair(streak: streak.id, days: $0) } }
    }
}

/// The tables of streaks. What belongs to a member lies in counters; see ``StreakCounters``.
public enum StreakSchema {
    public static let schema = Schema(
        room: "streaks",
        migrations: [
            Migration(
                number: 1, name: "repairs",
                statements: [
                    """
                    CREATE TABLE streak_repair (
                        programme_id {text} NOT NULL, streak {text} NOT NULL, first_day {int} NOT NULL,
                        last_day {int} NOT NULL, is_open {int} NOT NULL,
                        PRIMARY KEY (programme_id, streak, first_day, last_day)
                    ) {clustered}
                    """
                ], isAdditive: true)
        ])
}

extension LoyaltyStore {
    /// All repairs of the programme, by streak and day.
    public func streakRepairs(_ connection: any Connection) throws -> [StreakRepair] {
        try connection.query(
            """
            SELECT streak, first_day, last_day, is_open FROM streak_repair WHERE programme_id = ?
            ORDER BY streak, first_day, last_day
            """, [.text(programme.name)]
        ).map { row in
            StreakRepair(
                streak: try row.text(0),
                days: DaySpan(first: Int32(clamping: try row.int(1)), last: Int32(clamping: try row.int(2))),
                isOpen: try row.int(3) != 0)
        }
    }

    /// Adds repairs; those that are there already stay as they are. Nothing takes a repair away: what was excused stays
    /// excused.
    public func add(_ repairs: [StreakRepair], _ connection: any Connection) throws {
        for repair in repairs {
            try connection.execute(
                """
                INSERT INTO streak_repair (programme_id, streak, first_day, last_day, is_open) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                [
                    .text(programme.name), .text(repair.streak), .integer(Int64(repair.days.first)),
                    .integer(Int64(repair.days.last)), .integer(repair.isOpen ? 1 : 0),
                ])
        }
    }

    /// Says that all members' milestones have been worked out again.
    public func close(_ repair: StreakRepair, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE streak_repair SET is_open = 0
            WHERE programme_id = ? AND streak = ? AND first_day = ? AND last_day = ?
            """,
            [
                .text(programme.name), .text(repair.streak), .integer(Int64(repair.days.first)),
                .integer(Int64(repair.days.last)),
            ])
    }

    /// A page of members who have counters under this prefix, in the order of their ids.
    ///
    /// - Parameter prefix: of counters' names; must not be empty, and end in a character below `~`.
    public func members(
        withCounter prefix: String, after member: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        try connection.query(
            """
            SELECT DISTINCT member_id FROM counter
            WHERE programme_id = ? AND name >= ? AND name < ? AND member_id > ? ORDER BY member_id LIMIT ?
            """,
            [
                .text(programme.name), .text(prefix), .text(prefix + "~"),
                .id(member?.value ?? ID128(high: 0, low: 0)), .integer(Int64(limit)),
            ]
        ).map { try $0.member(0) }
    }

    /// A page of all members, in the order of their ids.
    public func members(after member: MemberID?, limit: Int, _ connection: any Connection) throws -> [MemberID] {
        try connection.query(
            "SELECT member_id FROM member WHERE member_id > ? AND programme_id = ? ORDER BY member_id LIMIT ?",
            [.id(member?.value ?? ID128(high: 0, low: 0)), .text(programme.name), .integer(Int64(limit))]
        ).map { try $0.member(0) }
    }
}
