public import Primitives
public import Storage

/// Why a liability report cannot be made.
public enum LiabilityProblem: Error, Sendable, Hashable {
    /// The last month lies before the first, or there are too many.
    case months
}

extension LoyaltyStore {
    /// The most months of one report.
    public static let reportMonths = 120

    /// The liability of a programme from one month to another, both included.
    ///
    /// It reads every entry of the contra-accounts once: for reports, not for pages that many open.
    ///
    /// - Throws: ``LiabilityProblem``.
    public func liability(
        _ compiled: CompiledProgramme, from: Month, to: Month, offsets: any ZoneOffsets, now: Instant,
        _ connection: any Connection
    ) throws -> LiabilityReport {
        let count = to.index - from.index + 1
        guard (1...Self.reportMonths).contains(count) else { throw LiabilityProblem.months }
        let calendar = compiled.calendar(offsets: offsets)
        func start(_ month: Month) -> Instant { calendar.start(of: month.firstDay) }
        // 0 is what was before, the last what came after.
        var cases = ""
        for index in 0...count {
            cases += "WHEN t.at < \(start(from.adding(index)).milliseconds) THEN \(index) "
        }
        var movements: [String: [Int: LiabilityReport.Movements]] = [:]
        for row in try connection.query(
            """
            SELECT e.unit, e.kind, t.kind, CASE \(cases)ELSE \(count + 1) END AS part, SUM(e.amount)
            FROM entry e JOIN transfer t ON t.member_id = e.member_id AND t.transfer_id = e.transfer_id
            WHERE e.programme_id = ? AND e.kind > 10 GROUP BY 1, 2, 3, 4
            """, [.text(programme.name)])
        {
            guard let account = AccountKind(rawValue: try row.int(1)) else {
                throw LoyaltyStoreProblem.unreadable(table: "entry")
            }
            movements[try row.text(0), default: [:]][Int(try row.int(3)), default: .init()].add(
                try row.int(4), of: account, by: Transfer.Kind(rawValue: try row.int(2)))
        }
        var outstanding: [String: Int64] = [:]
        for row in try connection.query(
            "SELECT unit, SUM(balance) FROM account WHERE programme_id = ? AND kind < 10 GROUP BY unit",
            [.text(programme.name)])
        {
            outstanding[try row.text(0)] = try row.int(1)
        }
        var erased: [String: LiabilityReport.Movements] = [:]
        for (figure, amount) in try ErasedTotals.load(programme, connection).amounts {
            guard case .account(let unit, let kind) = figure, let account = AccountKind(rawValue: kind),
                !account.isMembers
            else { continue }
            erased[unit, default: .init()].add(amount, of: account, by: nil)
        }
        let cohorts = try cohorts(calendar, now: now, connection)
        let thisMonth = Month(day: calendar.day(of: now))
        return LiabilityReport(
            programme: programme, from: from, to: to,
            units: compiled.programme.units.filter { $0.kind == .points }.map { unit in
                let parts = movements[unit.id] ?? [:]
                var opening = parts[0]?.total ?? 0
                var months: [LiabilityReport.MonthRow] = []
                for index in 1...count {
                    let row = LiabilityReport.MonthRow(
                        month: from.adding(index - 1), opening: opening, movements: parts[index] ?? .init())
                    months.append(row)
                    opening = row.closing
                }
                let breakage = Breakage(cohorts[unit.id] ?? [:], now: thisMonth)
                return LiabilityReport.UnitReport(
                    unit: unit.id, value: unit.value, months: months, outstanding: outstanding[unit.id] ?? 0,
                    expectedBreakage: min(breakage.expected, max(0, outstanding[unit.id] ?? 0)),
                    breakageRates: breakage.rates, erased: erased[unit.id] ?? .init())
            })
    }

    /// What was issued by month, what is left of it, and what of it expired at which age.
    private func cohorts(
        _ calendar: MemberCalendar, now: Instant, _ connection: any Connection
    ) throws -> [String: [Month: Breakage.Cohort]] {
        var months: [Int64: Month] = [:]
        // Grouped by days of UTC, of which each is then put into the month that its noon lies in.
        func month(_ day: Int64) -> Month {
            if let known = months[day] { return known }
            let found = Month(day: calendar.day(of: Instant(milliseconds: day * 86_400_000 + 43_200_000)))
            months[day] = found
            return found
        }
        var cohorts: [String: [Month: Breakage.Cohort]] = [:]
        for row in try connection.query(
            """
            SELECT l.unit, t.at / 86400000 AS day, SUM(l.granted), SUM(l.remaining + l.held)
            FROM lot l JOIN transfer t ON t.member_id = l.member_id AND t.transfer_id = l.lot_id
            WHERE l.programme_id = ? GROUP BY 1, 2
            """, [.text(programme.name)])
        {
            let key = month(try row.int(1))
            cohorts[try row.text(0), default: [:]][key, default: .init()].issued += try row.int(2)
            cohorts[try row.text(0), default: [:]][key, default: .init()].remaining += try row.int(3)
        }
        for row in try connection.query(
            """
            SELECT t.unit, i.at / 86400000 AS day, t.at / 86400000 AS expired, SUM(t.amount)
            FROM transfer t JOIN transfer i ON i.member_id = t.member_id AND i.transfer_id = t.refers
            WHERE t.programme_id = ? AND t.kind = ? GROUP BY 1, 2, 3
            """, [.text(programme.name), .integer(Transfer.Kind.expire.rawValue)])
        {
            let issued = month(try row.int(1))
            let age = max(0, month(try row.int(2)).index - issued.index)
            cohorts[try row.text(0), default: [:]][issued, default: .init()].expired[age, default: 0] += try row.int(3)
        }
        return cohorts
    }
}
