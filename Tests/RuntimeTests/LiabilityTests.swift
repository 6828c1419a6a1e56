import Access
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

@testable import Loyalty

/// What is owed, month by month: opening and movements make closing, and closing is what members have.
@Suite struct LiabilityTests {
    private static let programme: Programme = {
        var programme = SharedWalletTests.programme
        programme.units[0].transfers = TransferTerms(allowed: .any, fee: 1)
        programme.units[0].expires = .months(2)
        programme.units[0].value = UnitValue(micros: 12_500, currency: "EUR")
        return programme
    }()

    private func check(_ test: TestEngine, _ comment: Comment) async throws {
        let report = try await test.engine.liability(of: test.programme)
        #expect(try await test.verify().differenceCount == 0, comment)
        for unit in report.units {
            #expect(unit.months.count == 12)
            for (row, next) in zip(unit.months, unit.months.dropFirst()) {
                #expect(row.closing == next.opening, comment)
            }
            #expect(unit.months.first?.opening == 0, comment)
            #expect(unit.months.last?.closing == unit.outstanding, "\(unit.unit) \(comment)")
            let stored = try await test.database.read {
                try $0.first(
                    "SELECT SUM(remaining + held) FROM lot WHERE programme_id = ? AND unit = ?",
                    [.text(test.programme.name), .text(unit.unit)])?.intOrNil(0) ?? 0
            }
            #expect(unit.outstanding == stored, comment)
            #expect(unit.expectedBreakage >= 0 && unit.expectedBreakage <= max(0, unit.outstanding), comment)
            let moved = unit.months.reduce(Int64(0)) { $0 + $1.movements.moved }
            #expect(moved + unit.erased.moved == 0, comment)
        }
        for (_, lines) in Dictionary(grouping: report.journal, by: { "\($0.date) \($0.unit)" }) {
            #expect(lines.reduce(Int64(0)) { $0 + $1.debitMicros - $1.creditMicros } == 0, comment)
        }
    }

    @Test func whatCouldNotBeTakenBackCountsWhenItIsPaid() async throws {
        var programme = Self.programme
        programme.units[0].reversal = .negative
        try await TestEngine.each(programme) { test in
            let results = try await test.engine.take(
                [test.event("w", user: "é", type: "welcome", fields: [:])], in: test.programme)
            let award = try #require(results[0].effects.first { $0.kind == .award && $0.subject == "ink" })
            let member = try await test.member("é")
            _ = try await test.engine.perform(
                .adjust(unit: "ink", amount: -30, id: ID128(high: 1, low: 1), reason: "spent"), member: member,
                in: test.programme)
            _ = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            func takenBack() async throws -> Int64? {
                let report = try await test.engine.liability(of: test.programme)
                return report.units.first { $0.unit == "ink" }?.months.last?.movements.takenBack
            }
            // Of 40 only 10 were there; 30 are owed.
            #expect(try await takenBack() == -10)
            try await check(test, "owed")
            _ = try await test.engine.take((0..<3).map { test.event("r\($0)", user: "é") }, in: test.programme)
            #expect(try await takenBack() == -40)
            try await check(test, "paid")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func openingAndMovementsMakeClosing(seed: UInt64) async throws {
        try await TestEngine.each(Self.programme, seed: seed) { test in
            var random = SeededRandom(seed: seed)
            let names = ["anna-é", "bo", "cas", "dirk", "eva"]
            var gone: Set<String> = []
            let wallet = MemberID(ID128(high: 0xA1, low: seed).asUUID(version: 4))
            for step in 0..<60 {
                let name = names[Int.random(in: 0..<names.count, using: &random)]
                guard !gone.contains(name) else { continue }
                let member = try await test.member(name)
                let id = ID128(high: 0xBEEF, low: UInt64(step))
                let other = try await test.member(names[(step + 1) % names.count])
                func attempt(_ action: Command.Action) async throws {
                    do {
                        _ = try await test.engine.perform(action, member: member, in: test.programme)
                    } catch is PipelineProblem {}
                }
                switch Int.random(in: 0..<12, using: &random) {
                case 0: try await attempt(.adjust(unit: "ink", amount: 40, id: id, reason: "x"))
                case 1: try await attempt(.adjust(unit: "ink", amount: -5, id: id, reason: "x"))
                case 2: try await attempt(.transfer(to: other, unit: "ink", amount: 7, id: id))
                case 3: try await attempt(.redeem(reward: "preview", hold: id))
                case 4: try await attempt(.wallet(wallet, .open(kind: "household", invitation: id)))
                case 5: try await attempt(.offerGift(unit: "ink", amount: 3, gift: id))
                case 6: test.clock.advance(milliseconds: Int64.random(in: 1...12, using: &random) * 86_400_000)
                case 7: try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
                case 8 where step > 30 && gone.count < 2:
                    try await test.erasure.erase(member, in: test.programme, by: .server)
                    gone.insert(name)
                default: _ = try await test.engine.take([test.event("e\(step)", user: name)], in: test.programme)
                }
            }
            try await check(test, "seed \(seed)")
        }
    }

    @Test func erasedMembersLeaveAForfeit() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            let anna = try await test.member("anna")
            _ = try await test.engine.perform(
                .adjust(unit: "ink", amount: 40, id: ID128(high: 1, low: 1), reason: "x"), member: anna,
                in: test.programme)
            _ = try await test.engine.take([test.event("1", user: "anna")], in: test.programme)
            try await test.erasure.erase(anna, in: test.programme, by: .server)
            let unit = try #require(try await test.engine.liability(of: test.programme).units.first)
            #expect(unit.outstanding == 0 && unit.months.last?.movements.issued == 0)
            #expect(unit.erased.issued == 15 && unit.erased.adjusted == 40 && unit.forfeited == 55)
        }
    }

    @Test func breakageFollowsTheProgrammesOwnHistory() throws {
        let january = try #require(Month("2026-01"))
        // Of each of three old cohorts a fifth expired at the age of two months.
        var cohorts: [Month: Breakage.Cohort] = [:]
        for index in 0..<3 {
            cohorts[january.adding(index)] = Breakage.Cohort(issued: 1_000, remaining: 0, expired: [2: 200])
        }
        // One of last month: all of that lies ahead. One that is nearly spent: never more than is left.
        cohorts[january.adding(9)] = Breakage.Cohort(issued: 1_000, remaining: 900)
        cohorts[january.adding(8)] = Breakage.Cohort(issued: 1_000, remaining: 50)
        let breakage = Breakage(cohorts, now: january.adding(10))
        #expect(breakage.rates[1] == 0 && breakage.rates[3] == 0)
        // The cohort of month 8 is two months old now: its rate is not complete and does not count.
        #expect(breakage.rates[2] == 0.2)
        #expect(breakage.expected == 200 + 50)
        #expect(Breakage([:], now: january).expected == 0)
    }

    @Test func postingsAreATable() throws {
        let month = try #require(Month("2026-02"))
        var movements = LiabilityReport.Movements()
        movements.issued = 1_000
        movements.redeemed = -300
        let report = LiabilityReport(
            programme: SampleProgramme.programme.id, from: month, to: month,
            units: [
                .init(
                    unit: "ink", value: UnitValue(micros: 12_500, currency: "EUR"),
                    months: [.init(month: month, opening: 0, movements: movements)], outstanding: 700,
                    expectedBreakage: 100, breakageRates: [], erased: .init())
            ])
        #expect(
            report.csv == """
                date,programme,unit,account,debit,credit,currency,points,text\r
                2026-02-28,sample,ink,points-issued,12.50,0.00,EUR,1000,Points issued\r
                2026-02-28,sample,ink,deferred-revenue,0.00,12.50,EUR,1000,Points issued\r
                2026-02-28,sample,ink,points-redeemed,0.00,3.75,EUR,-300,Points redeemed\r
                2026-02-28,sample,ink,deferred-revenue,3.75,0.00,EUR,-300,Points redeemed\r\n
                """)
        #expect(report.units[0].deferredMicros == 7_500_000)
        #expect(Month("2026-13") == nil && Month("26-01") == nil)
    }
}
