import Primitives
import Storage

extension ProgrammeMigration {
    /// Gives every member who has the streak a base under the new terms, or removes what is kept of a streak that goes.
    func carry(_ migration: StreakMigration, _ connection: any Connection) throws {
        let streak = migration.old
        let repairs = try LoyaltyStore(programme: new.id).streakRepairs(connection)
            .filter { $0.streak == streak.id }.map(\.days)
        let names =
            streak.measures.map { StreakCounters.marks(of: streak.id, $0.id) }
            + [
                StreakCounters.paid(of: streak.id), StreakCounters.told(of: streak.id),
                StreakCounters.goal(of: streak.id), StreakCounters.base(of: streak.id),
            ]
        let shared = [StreakCounters.pause, StreakCounters.journey]
        let store = LoyaltyStore(programme: new.id)
        var last: MemberID?
        while true {
            let members = try store.members(
                withCounter: StreakCounters.marks(of: streak.id, ""), after: last, limit: Self.page, connection)
            guard let end = members.last else { return }
            last = end
            var counters: [MemberID: [String: Counter]] = [:]
            for name in names + shared {
                for row in try connection.query(
                    """
                    SELECT member_id, marks, granted, refused FROM counter
                    WHERE programme_id = ? AND name = ? AND member_id IN (?*)
                    """, [programme, .text(name)], keys: members.map { .id($0.value) })
                {
                    guard
                        let counter = Counter(
                            encodedMarks: try row.blob(1), granted: try row.int(2), refused: try row.int(3))
                    else { throw LoyaltyStoreProblem.unreadable(table: "counter") }
                    counters[try row.member(0), default: [:]][name] = counter
                }
            }
            var batch = RowBatch(Statements.counter)
            for member in members {
                let known = counters[member] ?? [:]
                let history = StreakCounters.history(of: streak, repairs: repairs) { known[$0] }
                let paid = known[StreakCounters.paid(of: streak.id)] ?? .empty
                guard let base = migration.base(history, paid: paid) else {
                    for name in names where known[name] != nil { add(name, .empty, of: member.value, to: &batch) }
                    continue
                }
                add(StreakCounters.base(of: streak.id), base.counter, of: member.value, to: &batch)
                let settled = migration.settled(paid, from: base.day)
                if settled != paid { add(StreakCounters.paid(of: streak.id), settled, of: member.value, to: &batch) }
            }
            if !batch.isEmpty { try connection.bulk(Statements.counter, batch) }
        }
    }
}
