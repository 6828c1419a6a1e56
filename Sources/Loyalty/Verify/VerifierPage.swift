import Primitives
import Storage

extension Verifier {
    /// Some members with all their rows.
    struct Page: Sendable {
        struct Member: Sendable {
            var id: MemberID
            var mergedInto: MemberID?
        }

        var members: [Member] = []
        var accounts: [MemberID: [Account]] = [:]
        var transfers: [MemberID: [Transfer]] = [:]
        var entries: [MemberID: [Entry]] = [:]
        var lots: [MemberID: [Lot]] = [:]
        var lotUses: [MemberID: [LotUse]] = [:]
        var holds: [MemberID: [Hold]] = [:]
        var redemptions: [ID128: RedemptionRecord] = [:]
        var counters: [MemberID: [(name: String, counter: Counter)]] = [:]
        /// What members were told that urges.
        var said: [MemberID: [SaidKey: Int64]] = [:]

        init(programme: ProgrammeID, after last: MemberID?, _ connection: any Connection) throws {
            members = try connection.query(
                """
                SELECT member_id, merged_into FROM member WHERE member_id > ? AND programme_id = ?
                ORDER BY member_id LIMIT ?
                """,
                [
                    .id(last?.value ?? ID128(high: 0, low: 0)), .text(programme.name),
                    .integer(Int64(Verifier.pageSize)),
                ]
            ).map { Member(id: try $0.member(0), mergedInto: try $0.idOrNil(1).map { MemberID($0) }) }
            let keys = members.map { SQLValue.id($0.id.value) }
            guard !keys.isEmpty else { return }
            for row in try connection.query(
                "SELECT member_id, unit, kind, balance, version FROM account WHERE member_id IN (?*)", keys: keys)
            {
                guard let kind = AccountKind(rawValue: try row.int(2)) else {
                    throw LoyaltyStoreProblem.unreadable(table: "account")
                }
                accounts[try row.member(0), default: []].append(
                    Account(unit: try row.text(1), kind: kind, balance: try row.int(3), version: try row.int(4)))
            }
            for row in try connection.query(
                """
                SELECT member_id, transfer_id, kind, unit, amount, at, source, budget, budget_day, refers
                FROM transfer WHERE member_id IN (?*)
                """, keys: keys)
            {
                guard let kind = Transfer.Kind(rawValue: try row.int(2)) else {
                    throw LoyaltyStoreProblem.unreadable(table: "transfer")
                }
                transfers[try row.member(0), default: []].append(
                    Transfer(
                        id: try row.id(1), kind: kind, unit: try row.text(3), amount: try row.int(4),
                        at: try row.instant(5), source: try row.text(6), refers: try row.idOrNil(9),
                        budget: try row.textOrNil(7),
                        budgetDay: try row.intOrNil(8).map { Int32(clamping: $0) }))
            }
            for row in try connection.query(
                """
                SELECT member_id, transfer_id, unit, kind, version, amount, balance
                FROM entry WHERE member_id IN (?*)
                """, keys: keys)
            {
                guard let kind = AccountKind(rawValue: try row.int(3)) else {
                    throw LoyaltyStoreProblem.unreadable(table: "entry")
                }
                entries[try row.member(0), default: []].append(
                    Entry(
                        transfer: try row.id(1), unit: try row.text(2), kind: kind, version: try row.int(4),
                        amount: try row.int(5), balance: try row.int(6)))
            }
            for row in try connection.query(
                """
                SELECT member_id, lot_id, unit, granted, remaining, held, active_at, expires_at, terms
                FROM lot WHERE member_id IN (?*)
                """, keys: keys)
            {
                lots[try row.member(0), default: []].append(
                    Lot(
                        id: try row.id(1), unit: try row.text(2), granted: try row.int(3), remaining: try row.int(4),
                        held: try row.int(5), terms: try row.textOrNil(8).flatMap { LotTerms(text: $0) }))
            }
            for row in try connection.query(
                "SELECT member_id, lot_id, transfer_id, amount FROM lot_use WHERE member_id IN (?*)", keys: keys)
            {
                lotUses[try row.member(0), default: []].append(
                    LotUse(transfer: try row.id(2), lot: try row.id(1), amount: try row.int(3)))
            }
            for row in try connection.query(
                """
                SELECT member_id, hold_id, unit, amount, reward, parts, state, opened_at, expires_at
                FROM hold WHERE member_id IN (?*)
                """, keys: keys)
            {
                holds[try row.member(0), default: []].append(try LoyaltyStore.hold(row))
            }
            for row in try connection.query(
                "SELECT \(LoyaltyStore.redemptionColumns) FROM redemption WHERE member_id IN (?*)", keys: keys)
            {
                var record = RedemptionRecord(id: try row.id(1), reward: "", day: 0)
                try LoyaltyStore.fill(&record, row)
                redemptions[record.id] = record
            }
            for row in try connection.query(
                "SELECT member_id, name, marks, granted, refused FROM counter WHERE member_id IN (?*)", keys: keys)
            {
                guard
                    let counter = Counter(
                        encodedMarks: try row.blob(2), granted: try row.int(3), refused: try row.int(4))
                else { throw LoyaltyStoreProblem.unreadable(table: "counter") }
                counters[try row.member(0), default: []].append((try row.text(1), counter))
            }
            try readSaid(connection)
        }
    }
}
