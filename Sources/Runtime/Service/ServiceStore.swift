import Primitives
import Storage

/// The rows of the service desk.
struct ServiceStore: Sendable {
    let programme: ProgrammeID

    private static let columns = """
        member_id, thread_id, state, effect_id, begun_day, closed_day, waiting_since, is_answered, has_subject, staff_id,
        helped, is_unread, messages
        """

    private static func thread(_ row: Row) throws -> ServiceThread {
        ServiceThread(
            id: try row.id(1), member: try row.member(0),
            state: ServiceThread.State(rawValue: try row.int(2)) ?? .closed, effect: try row.idOrNil(3),
            begunDay: Int32(clamping: try row.int(4)), closedDay: try row.intOrNil(5).map { Int32(clamping: $0) },
            waitingSince: try row.intOrNil(6), isAnswered: try row.flag(7), hasSubject: try row.flag(8),
            staff: try row.idOrNil(9), helped: try row.intOrNil(10).map { $0 == 1 }, isUnread: try row.flag(11),
            messages: try row.int(12))
    }

    func thread(_ id: ID128, _ connection: any Connection) throws -> ServiceThread? {
        try connection.first(
            "SELECT \(Self.columns) FROM service_thread WHERE programme_id = ? AND thread_id = ?",
            [.programme(programme), .id(id)]
        ).map { try Self.thread($0) }
    }

    /// A member's questions, the newest first.
    func threads(of members: [MemberID], limit: Int, _ connection: any Connection) throws -> [ServiceThread] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM service_thread WHERE programme_id = ? AND member_id IN (?*)
            """, [.programme(programme)], keys: members.map { .member($0) }
        ).map { try Self.thread($0) }
            .sorted { ($0.begunDay, $0.id) > ($1.begunDay, $1.id) }.prefix(limit).map(\.self)
    }

    /// The questions in a state: who waits longest first, what was closed last first.
    func threads(_ state: ServiceThread.State, limit: Int, _ connection: any Connection) throws -> [ServiceThread] {
        let order =
            switch state {
            case .open: "waiting_since, thread_id"
            case .answered: "begun_day, thread_id"
            case .closed: "closed_day DESC, thread_id"
            }
        return try connection.query(
            """
            SELECT \(Self.columns) FROM service_thread WHERE programme_id = ? AND state = ?
            ORDER BY \(order) LIMIT ?
            """, [.programme(programme), .integer(state.rawValue), .integer(Int64(limit))]
        ).map { try Self.thread($0) }
    }

    func counts(_ connection: any Connection) throws -> [ServiceThread.State: Int64] {
        var counts: [ServiceThread.State: Int64] = [:]
        for row in try connection.query(
            "SELECT state, count(*) FROM service_thread WHERE programme_id = ? GROUP BY state",
            [.programme(programme)])
        {
            if let state = ServiceThread.State(rawValue: try row.int(0)) { counts[state] = try row.int(1) }
        }
        return counts
    }

    /// Since when those wait whom the desk is to answer, in minutes since 1970-01-01.
    func waitingSince(_ connection: any Connection) throws -> [Int64] {
        try connection.query(
            "SELECT waiting_since FROM service_thread WHERE programme_id = ? AND state = 0 AND waiting_since IS NOT NULL",
            [.programme(programme)]
        ).map { try $0.int(0) }
    }

    func unread(of members: [MemberID], _ connection: any Connection) throws -> Int64 {
        try connection.query(
            "SELECT count(*) FROM service_thread WHERE programme_id = ? AND is_unread = 1 AND member_id IN (?*)",
            [.programme(programme)], keys: members.map { .member($0) }
        ).reduce(0) { $0 + (try $1.int(0)) }
    }

    func insert(_ thread: ServiceThread, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO service_thread (
                \(Self.columns), programme_id)
            VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, NULL, NULL, 0, 0, ?) ON CONFLICT (member_id, thread_id) DO NOTHING
            """,
            [
                .member(thread.member), .id(thread.id), .integer(thread.state.rawValue),
                thread.effect.map { .id($0) } ?? .null, .integer(Int64(thread.begunDay)),
                thread.waitingSince.map { .integer($0) } ?? .null, .flag(thread.isAnswered), .flag(thread.hasSubject),
                .programme(programme),
            ]) == 1
    }

    /// Takes the next number of a question, and with it the right to change it until the transaction ends: two at a time
    /// cannot.
    func lock(_ thread: ServiceThread, _ connection: any Connection) throws -> ServiceThread? {
        try connection.execute(
            """
            UPDATE service_thread SET messages = messages + 1
            WHERE member_id = ? AND thread_id = ? AND programme_id = ?
            """, [.member(thread.member), .id(thread.id), .programme(programme)])
        return try self.thread(thread.id, connection)
    }

    func write(_ thread: ServiceThread, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE service_thread SET state = ?, closed_day = ?, waiting_since = ?, is_answered = ?, staff_id = ?,
                helped = ?, is_unread = ?, messages = ?
            WHERE member_id = ? AND thread_id = ? AND programme_id = ?
            """,
            [
                .integer(thread.state.rawValue), thread.closedDay.map { .integer(Int64($0)) } ?? .null,
                thread.waitingSince.map { .integer($0) } ?? .null, .flag(thread.isAnswered),
                thread.staff.map { .id($0) } ?? .null, thread.helped.map { .flag($0) } ?? .null,
                .flag(thread.isUnread), .integer(thread.messages), .member(thread.member), .id(thread.id),
                .programme(programme),
            ])
    }

    func markRead(_ thread: ServiceThread, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE service_thread SET is_unread = 0 WHERE member_id = ? AND thread_id = ? AND programme_id = ?",
            [.member(thread.member), .id(thread.id), .programme(programme)])
    }

    // MARK: Messages

    func messages(of thread: ServiceThread, _ connection: any Connection) throws -> [ServiceMessage] {
        try connection.query(
            """
            SELECT message_id, author, staff_id, day FROM service_message
            WHERE member_id = ? AND thread_id = ? AND programme_id = ? ORDER BY number
            """, [.member(thread.member), .id(thread.id), .programme(programme)]
        ).map { row in
            ServiceMessage(
                id: try row.id(0), author: ServiceMessage.Author(rawValue: try row.int(1)) ?? .note,
                staff: try row.idOrNil(2), day: Int32(clamping: try row.int(3)), text: "")
        }
    }

    func insert(
        _ message: ServiceMessage, number: Int64, in thread: ServiceThread, _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO service_message (
                member_id, thread_id, number, programme_id, message_id, author, staff_id, day)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .member(thread.member), .id(thread.id), .integer(number), .programme(programme), .id(message.id),
                .integer(message.author.rawValue), message.staff.map { .id($0) } ?? .null,
                .integer(Int64(message.day)),
            ])
    }

    // MARK: How long answers took

    func count(answerAfter minutes: Int64, on day: Int32, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO service_first_answer (programme_id, day, minutes, answers) VALUES (?, ?, ?, 1)
            ON CONFLICT (programme_id, day, minutes) DO UPDATE SET answers = service_first_answer.answers + 1
            """, [.programme(programme), .integer(Int64(day)), .integer(minutes)])
    }

    func answers(since day: Int32, _ connection: any Connection) throws -> [(minutes: Int64, answers: Int64)] {
        try connection.query(
            "SELECT minutes, answers FROM service_first_answer WHERE programme_id = ? AND day >= ?",
            [.programme(programme), .integer(Int64(day))]
        ).map { (try $0.int(0), try $0.int(1)) }
    }

    // MARK: Forgetting

    func erase(_ members: [MemberID], _ connection: any Connection) throws -> Int {
        var rows = 0
        for member in members {
            for table in ["service_message", "service_thread"] {
                rows += try connection.execute(
                    "DELETE FROM \(table) WHERE member_id = ? AND programme_id = ?",
                    [.member(member), .programme(programme)])
            }
        }
        return rows
    }

    func closed(before day: Int32, limit: Int, _ connection: any Connection) throws -> [ServiceThread] {
        try connection.query(
            """
            SELECT \(Self.columns) FROM service_thread WHERE programme_id = ? AND state = 2 AND closed_day < ?
            ORDER BY thread_id LIMIT ?
            """, [.programme(programme), .integer(Int64(day)), .integer(Int64(limit))]
        ).map { try Self.thread($0) }
    }

    func remove(_ thread: ServiceThread, _ connection: any Connection) throws {
        for table in ["service_message", "service_thread"] {
            try connection.execute(
                "DELETE FROM \(table) WHERE member_id = ? AND thread_id = ? AND programme_id = ?",
                [.member(thread.member), .id(thread.id), .programme(programme)])
        }
    }

    func forgetAnswers(before day: Int32, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM service_first_answer WHERE programme_id = ? AND day < ?",
            [.programme(programme), .integer(Int64(day))])
    }
}
