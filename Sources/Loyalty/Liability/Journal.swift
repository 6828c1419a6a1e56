public import Primitives

/// A line for a general ledger. Lines of one month and unit sum to zero.
public struct JournalLine: Sendable, Hashable {
    /// The last day of the month.
    public var date: String
    public var unit: String
    /// Such as `deferred-revenue`; see `docs/guides/liability.md`.
    public var account: String
    public var text: String
    public var points: Int64
    /// In millionths of the currency.
    public var debitMicros: Int64
    public var creditMicros: Int64
    public var currency: String
}

extension LiabilityReport {
    /// The movements of every month as postings: what is owed is deferred revenue.
    public var journal: [JournalLine] {
        units.flatMap { unit in
            unit.value.map { value in unit.months.flatMap { Self.lines($0, unit.unit, value) } } ?? []
        }
    }

    private static func lines(_ row: MonthRow, _ unit: String, _ value: UnitValue) -> [JournalLine] {
        let date = CivilDate(daysSinceEpoch: Int(row.month.adding(1).firstDay) - 1).description
        let movements = row.movements
        let parts: [(String, Int64, String)] = [
            ("points-issued", movements.issued, "Points issued"),
            ("points-issued", movements.takenBack, "Awards taken back"),
            ("points-redeemed", movements.redeemed, "Points redeemed"),
            ("breakage", movements.expired, "Points expired"),
            ("points-adjusted", movements.adjusted, "Corrections"),
            ("transfer-fees", movements.charged, "Fees of transfers"),
            ("points-moved", movements.moved, "Moved from and to members who were erased"),
        ]
        return parts.filter { $0.1 != 0 }.flatMap { account, points, text in
            let amount = points * value.micros
            func line(_ account: String, _ amount: Int64) -> JournalLine {
                JournalLine(
                    date: date, unit: unit, account: account, text: text, points: points,
                    debitMicros: max(0, amount), creditMicros: max(0, -amount), currency: value.currency)
            }
            // What is owed grows on the credit side.
            return [line(account, amount), line("deferred-revenue", -amount)]
        }
    }

    /// The journal as a table with a head (RFC 4180).
    public var csv: String {
        var lines = ["date,programme,unit,account,debit,credit,currency,points,text"]
        for line in journal {
            lines.append(
                [
                    line.date, programme.name, line.unit, line.account, UnitValue.decimal(micros: line.debitMicros),
                    UnitValue.decimal(micros: line.creditMicros), line.currency, String(line.points), line.text,
                ].joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The report as JSON.
    public var json: JSONValue {
        func movements(_ movements: Movements) -> [(String, JSONValue)] {
            [
                ("issued", .integer(movements.issued)), ("taken_back", .integer(movements.takenBack)),
                ("redeemed", .integer(movements.redeemed)), ("expired", .integer(movements.expired)),
                ("adjusted", .integer(movements.adjusted)), ("charged", .integer(movements.charged)),
                ("moved", .integer(movements.moved)),
            ]
        }
        func money(_ micros: Int64?) -> JSONValue { micros.map { .string(UnitValue.decimal(micros: $0)) } ?? .null }
        return [
            "programme": .string(programme.name), "from": .string(from.description), "to": .string(to.description),
            "units": .array(
                units.map { unit in
                    [
                        "unit": .string(unit.unit),
                        "value": unit.value.map { ["amount": .string($0.decimal), "currency": .string($0.currency)] }
                            ?? .null,
                        "months": .array(
                            unit.months.map { row in
                                .object(
                                    JSONObject(
                                        [
                                            ("month", .string(row.month.description)),
                                            ("opening", .integer(row.opening)),
                                        ] + movements(row.movements) + [("closing", .integer(row.closing))]))
                            }),
                        "outstanding": .integer(unit.outstanding),
                        "expected_breakage": .integer(unit.expectedBreakage),
                        "breakage_rates": .array(unit.breakageRates.map { .double($0) }),
                        "deferred_revenue": money(unit.deferredMicros),
                        "erased": .object(
                            JSONObject(movements(unit.erased) + [("forfeited", .integer(unit.forfeited))])),
                    ]
                }),
            "journal": .array(
                journal.map { line in
                    [
                        "date": .string(line.date), "unit": .string(line.unit), "account": .string(line.account),
                        "debit": money(line.debitMicros), "credit": money(line.creditMicros),
                        "currency": .string(line.currency), "points": .integer(line.points), "text": .string(line.text),
                    ]
                }),
        ]
    }
}
