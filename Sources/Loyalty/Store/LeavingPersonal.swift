import Primitives
import Storage

/// What goes when a member leaves the level `personal`: everything that is kept of them there and nowhere below it.
///
/// Raw events go with their items, proofs lose the values that conditions read, and what has the moment it happened has the
/// start of its day from then on, as it would have had from the start. Counters are ``MemberState/forgetIdentities(in:into:)``'s.
struct LeavingPersonal: Sendable {
    private var leaving: [(member: MemberID, calendar: MemberCalendar)] = []

    var count: Int { leaving.count }

    mutating func add(_ member: MemberID, _ calendar: MemberCalendar) { leaving.append((member, calendar)) }

    /// Called after the batch's own rows are written: those of the same batch are among what goes.
    func write(_ programme: ProgrammeID, _ connection: any Connection) throws {
        for (member, calendar) in leaving {
            let key: [SQLValue] = [.member(member), .text(programme.name)]
            try connection.execute("DELETE FROM event WHERE member_id = ? AND programme_id = ?", key)
            // Notices and contests prove themselves by what the member was told and said.
            try connection.execute(
                """
                UPDATE explanation SET proof = NULL WHERE member_id = ? AND programme_id = ? AND proof IS NOT NULL
                AND kind <> 'notice' AND source NOT LIKE 'contest/%'
                """, key)
            for row in try connection.query(
                "SELECT DISTINCT day FROM explanation WHERE member_id = ? AND programme_id = ?", key)
            {
                let start = calendar.start(of: Int32(clamping: try row.int(0)))
                try connection.execute(
                    "UPDATE explanation SET at = ? WHERE member_id = ? AND programme_id = ? AND day = ? AND at <> ?",
                    [.instant(start)] + key + [.integer(try row.int(0)), .instant(start)])
            }
            for (table, column) in [("transfer", "at"), ("hold", "opened_at")] {
                try coarsen(table, column, calendar, key, connection)
            }
        }
    }

    private func coarsen(
        _ table: String, _ column: String, _ calendar: MemberCalendar, _ key: [SQLValue],
        _ connection: any Connection
    ) throws {
        var ends: [Int32: Instant] = [:]
        for row in try connection.query(
            "SELECT DISTINCT \(column) FROM \(table) WHERE member_id = ? AND programme_id = ?", key)
        {
            let at = try row.instant(0)
            let day = calendar.day(of: at)
            if calendar.start(of: day) < at { ends[day] = max(at, ends[day] ?? at) }
        }
        for (day, end) in ends.sorted(by: { $0.key < $1.key }) {
            let start = calendar.start(of: day)
            try connection.execute(
                """
                UPDATE \(table) SET \(column) = ? WHERE member_id = ? AND programme_id = ?
                AND \(column) > ? AND \(column) <= ?
                """, [.instant(start)] + key + [.instant(start), .instant(end)])
        }
    }
}
