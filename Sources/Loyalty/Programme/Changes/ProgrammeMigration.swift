import Primitives
import Storage

/// Carries a programme's members from one version to the next, inside the transaction that makes the version.
struct ProgrammeMigration: Sendable {
    let old: Programme
    let new: Programme
    /// The version that is made.
    let version: Int64
    /// The programme's local day of the change.
    let today: Int32
    private let live: [LiveChange]
    /// What the document says, if it says it about this step.
    private let stated: ProgrammeChanges?

    /// Members per read.
    static let page = 1_000

    var programme: SQLValue { .text(new.id.name) }

    init(from old: Programme, to new: Programme, version: Int64, today: Int32) {
        self.old = old
        self.new = new
        self.version = version
        self.today = today
        live = LiveChange.all(from: old, to: new).filter(\.isStated)
        stated = new.changes?.from == version - 1 ? new.changes : nil
    }

    /// - Throws: ``UndecidedChanges`` if members are in the middle of something that the document says nothing fitting
    ///   about, or if it speaks about what does not change.
    func run(_ connection: any Connection) throws {
        var undecided: [UndecidedChanges.Change] = []
        for change in live {
            let choice = stated?.choice(for: change)
            if let choice, change.choices.contains(choice) { continue }
            let members = try members(in: change, connection)
            // Nobody is in it and nothing is said: nothing to decide. A word that is no choice is a mistake in any case.
            guard members > 0 || choice != nil else { continue }
            undecided.append(UndecidedChanges.Change(change: change, members: members, stated: choice))
        }
        let unused = stated?.unused(live) ?? []
        guard undecided.isEmpty, unused.isEmpty else {
            throw UndecidedChanges(
                changes: undecided, unused: unused,
                template: ProgrammeChanges.template(live, from: version - 1, stated: stated) ?? "")
        }
        for change in live where change.thing == "challenge" {
            guard let choice = stated?.choice(for: change),
                let before = old.challenges.first(where: { $0.id == change.id })
            else { continue }
            let migration = ChallengeMigration(
                old: before, new: new.challenges.first { $0.id == change.id }, choice: choice, version: version)
            if migration.isNeeded { try carry(before.id, migration, connection) }
        }
        for change in live where change.thing == "streak" {
            guard let choice = stated?.choice(for: change),
                let before = old.streaks.first(where: { $0.id == change.id })
            else { continue }
            let after = new.streaks.first { $0.id == change.id }
            try carry(StreakMigration(old: before, new: after, choice: choice, today: today), connection)
        }
        if live.contains(where: { $0.thing == "tier" }), let ladder = old.tiers {
            try carry(TierMigration(old: ladder, new: new.tiers, changes: stated), connection)
            if ladder.keepsDays || new.tiers?.keepsDays ?? false {
                try carry(
                    TierCycleMigration(
                        old: ladder, new: new.tiers, restarts: stated?.ladder == .restart, today: today), connection)
            }
        }
    }

    private func members(in change: LiveChange, _ connection: any Connection) throws -> Int64 {
        switch change.thing {
        case "challenge":
            return try connection.first(
                "SELECT count(*) FROM counter WHERE programme_id = ? AND name = ? AND (granted <> 0 OR marks <> ?)",
                [programme, .text(CompiledChallenge.counter(of: change.id)), .blob([])]
            )?.int(0) ?? 0
        case "streak":
            let prefix = StreakCounters.marks(of: change.id, "")
            return try connection.first(
                """
                SELECT count(DISTINCT member_id) FROM counter
                WHERE programme_id = ? AND name >= ? AND name < ? AND marks <> ?
                """, [programme, .text(prefix), .text(prefix + "~"), .blob([])]
            )?.int(0) ?? 0
        default:
            guard let unit = old.tiers?.unit else { return 0 }
            return try connection.first(
                "SELECT count(*) FROM account WHERE programme_id = ? AND unit = ? AND kind = ?",
                [programme, .text(unit), .integer(AccountKind.issued.rawValue)]
            )?.int(0) ?? 0
        }
    }

    // MARK: Challenges

    private func carry(_ id: String, _ migration: ChallengeMigration, _ connection: any Connection) throws {
        let (name, aside) = (CompiledChallenge.counter(of: id), CompiledChallenge.surplus(of: id))
        if !migration.keepsSurplus {
            try connection.execute(
                "DELETE FROM counter WHERE programme_id = ? AND name = ?", [programme, .text(aside)])
        }
        var last = ID128(high: 0, low: 0)
        while true {
            let rows = try connection.query(
                """
                SELECT member_id, marks, granted, refused FROM counter
                WHERE programme_id = ? AND name = ? AND member_id > ? ORDER BY member_id LIMIT ?
                """, [programme, .text(name), .id(last), .integer(Int64(Self.page))])
            guard let end = rows.last else { return }
            last = try end.id(0)
            var batch = RowBatch(Statements.counter)
            let members = try rows.map { SQLValue.id(try $0.id(0)) }
            let earlier = try counters(CompiledChallenge.earlier(of: id), of: members, connection)
            var surplus = migration.keepsSurplus ? try histories(aside, of: members, connection) : [:]
            for row in rows {
                guard
                    let counter = Counter(
                        encodedMarks: try row.blob(1), granted: try row.int(2), refused: try row.int(3))
                else { throw LoyaltyStoreProblem.unreadable(table: "counter") }
                let member = try row.id(0)
                let (carried, completed) = migration.apply(counter)
                add(name, carried, of: member, to: &batch)
                let left = migration.keepsSurplus ? ChallengeMigration.surplus(of: counter, carried: carried) : []
                if !left.isEmpty {
                    for mark in left { surplus[member, default: .empty].add(mark) }
                    add(aside, surplus[member] ?? .empty, of: member, to: &batch)
                }
                guard completed != 0 else { continue }
                var sum = earlier[member] ?? .empty
                sum.granted += completed
                add(CompiledChallenge.earlier(of: id), sum, of: member, to: &batch)
            }
            try connection.bulk(Statements.counter, batch)
        }
    }

    // MARK: Tiers

    private func carry(_ migration: TierMigration, _ connection: any Connection) throws {
        let (before, after) = (migration.old.unit, migration.new?.unit ?? migration.old.unit)
        var last = ID128(high: 0, low: 0)
        while true {
            let rows = try connection.query(
                """
                SELECT DISTINCT member_id FROM account
                WHERE programme_id = ? AND (unit = ? OR unit = ?) AND member_id > ? ORDER BY member_id LIMIT ?
                """, [programme, .text(before), .text(after), .id(last), .integer(Int64(Self.page))])
            guard let end = rows.last else { return }
            last = try end.id(0)
            let members = try rows.map { SQLValue.id(try $0.id(0)) }
            var earned: [ID128: [String: Int64]] = [:]
            for row in try connection.query(
                "SELECT member_id, unit, kind, balance FROM account WHERE programme_id = ? AND member_id IN (?*)",
                [programme], keys: members)
            {
                guard let kind = AccountKind(rawValue: try row.int(2)), kind == .issued || kind == .merged else {
                    continue
                }
                earned[try row.id(0), default: [:]][try row.text(1), default: 0] -= try row.int(3)
            }
            let bases = try counters(TierStanding.baseCounter, of: members, connection)
            let floors = try counters(TierStanding.floorCounter, of: members, connection)
            var batch = RowBatch(Statements.counter)
            for row in rows {
                let member = try row.id(0)
                let (base, floor) = (bases[member]?.granted ?? 0, floors[member]?.granted ?? 0)
                let standing = TierStanding(credits: (earned[member]?[before] ?? 0) - base, floor: floor)
                let carried = migration.apply(standing, earned: earned[member]?[after] ?? 0, base: base)
                if carried.base != base {
                    add(TierStanding.baseCounter, Counter(granted: carried.base), of: member, to: &batch)
                }
                if carried.floor != floor {
                    add(TierStanding.floorCounter, Counter(granted: carried.floor), of: member, to: &batch)
                }
            }
            if !batch.isEmpty { try connection.bulk(Statements.counter, batch) }
        }
    }

    // MARK: Rows

    private func counters(
        _ name: String, of members: [SQLValue], _ connection: any Connection
    ) throws -> [ID128: Counter] {
        var found: [ID128: Counter] = [:]
        for row in try connection.query(
            "SELECT member_id, granted FROM counter WHERE programme_id = ? AND name = ? AND member_id IN (?*)",
            [programme, .text(name)], keys: members)
        {
            found[try row.id(0)] = Counter(granted: try row.int(1))
        }
        return found
    }

    private func histories(
        _ name: String, of members: [SQLValue], _ connection: any Connection
    ) throws -> [ID128: Counter] {
        var found: [ID128: Counter] = [:]
        for row in try connection.query(
            "SELECT member_id, marks FROM counter WHERE programme_id = ? AND name = ? AND member_id IN (?*)",
            [programme, .text(name)], keys: members)
        {
            guard let counter = Counter(encodedMarks: try row.blob(1), granted: 0, refused: 0) else {
                throw LoyaltyStoreProblem.unreadable(table: "counter")
            }
            found[try row.id(0)] = counter
        }
        return found
    }

    func add(_ name: String, _ counter: Counter, of member: ID128, to batch: inout RowBatch) {
        batch.add(member)
        batch.add(name)
        batch.add(new.id)
        batch.add(bytes: counter.encodedMarks)
        batch.add(counter.granted)
        batch.add(counter.refused)
    }
}
