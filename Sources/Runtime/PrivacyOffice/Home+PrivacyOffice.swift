public import Loyalty
public import Primitives
public import Storage
import Vault

extension Home {
    /// The tables of the main database that hold rows of members.
    public static let memberTables = MemberTables(schemas)
    static let vaultTables = MemberTables(Vault.schemas)

    /// What each database holds of how many members of a programme.
    public func affected(in programme: ProgrammeID) async throws -> AffectedSet {
        var tables: [AffectedSet.Table] = []
        for (domain, database, all) in [
            (AffectedSet.Domain.vault, vaultDatabase, Self.vaultTables),
            (.ledger, self.database, Self.memberTables),
        ] {
            tables += try await database.read { connection in
                try all.tables.compactMap { table in
                    let (members, rows) = try all.count(table, in: programme, connection)
                    guard rows > 0 else { return nil }
                    return AffectedSet.Table(
                        domain: domain, room: table.room, name: table.name,
                        columns: table.columns.filter { $0 != MemberTables.owner && $0 != "programme_id" },
                        members: members, rows: rows)
                }
            }
        }
        return AffectedSet(programme: programme, at: engine.clock.now(), tables: tables)
    }
}

extension LoyaltyStore {
    /// How many members are on each level now. A level of fewer than ``Measure/fewest`` says so by its absence, and takes
    /// the next smallest with it, so that the others and their sum do not tell it.
    public func levelCounts(_ connection: any Connection) throws -> [PrivacyLevel: Int64] {
        let rows = try connection.query(
            """
            SELECT level, count(*) FROM member WHERE programme_id = ? AND merged_into IS NULL GROUP BY level
            """, [.programme(programme)])
        var counts: [PrivacyLevel: Int64] = [:]
        let levels: [Int64: PrivacyLevel] = [0: .off, 1: .session, 2: .persona, 3: .personal]
        for row in rows {
            if let level = levels[try row.int(0)] { counts[level] = try row.int(1) }
        }
        return Self.shown(counts, fewest: Measure.fewest)
    }

    /// Takes small counts out, and while what is hidden could be known from the sum, the smallest of the rest.
    static func shown(_ counts: [PrivacyLevel: Int64], fewest: Int64) -> [PrivacyLevel: Int64] {
        var shown = counts.filter { $0.value >= fewest }
        var hidden = counts.values.filter { $0 > 0 && $0 < fewest }
        while !hidden.isEmpty, hidden.count == 1 || hidden.reduce(0, +) < fewest,
            let smallest = shown.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        {
            hidden.append(smallest.value)
            shown[smallest.key] = nil
        }
        return shown
    }
}
