import Primitives
import Testing

@testable import Loyalty

@Suite struct TierCalculatorTests {
    private func ladder(_ cycle: TierCycle) -> TierLadder {
        TierLadder(
            unit: "credits",
            tiers: [.init(id: "bronze", at: 0), .init(id: "silver", at: 100), .init(id: "gold", at: 250)], cycle: cycle)
    }

    private func day(_ text: String) -> Int32 { Int32(CivilDate(text)?.daysSinceEpoch ?? 0) }
    private func text(_ day: Int32) -> String { CivilDate(daysSinceEpoch: Int(day)).description }

    @Test(arguments: [
        ("2025-02-27", "2024-02-29", "2025-02-28"), ("2025-02-28", "2025-02-28", "2026-02-28"),
        ("2028-02-28", "2027-02-28", "2028-02-29"), ("2028-02-29", "2028-02-29", "2029-02-28"),
    ]) func yearsOfWhoJoinedOnALeapDay(on: String, from: String, to: String) {
        let days = TierCycle(period: .anniversary).days(containing: day(on), joined: day("2024-02-29"))
        #expect([text(days.lowerBound), text(days.upperBound)] == [from, to])
    }

    @Test(arguments: [
        (3, "2026-03-31", "2026-01-01", "2026-04-01"), (6, "2026-07-01", "2026-07-01", "2027-01-01"),
        (12, "2024-12-31", "2024-01-01", "2025-01-01"),
    ]) func calendarPeriods(months: Int, on: String, from: String, to: String) {
        let days = TierCycle(period: .calendar(months: months)).days(containing: day(on), joined: 0)
        #expect([text(days.lowerBound), text(days.upperBound)] == [from, to])
    }

    @Test func everyDayIsInExactlyOnePeriod() {
        let cycles: [TierCycle.Period] = [
            .calendar(months: 3), .anniversary, .dates([.init(month: 2, day: 29), .init(month: 11, day: 15)]),
        ]
        for period in cycles {
            let cycle = TierCycle(period: period)
            var next = cycle.days(containing: day("2024-03-01"), joined: day("2020-02-29")).lowerBound
            for today in day("2024-03-01")..<day("2032-03-01") {
                let days = cycle.days(containing: today, joined: day("2020-02-29"))
                #expect(days.contains(today))
                if !(days.lowerBound == next) {
                    #expect(days.lowerBound == today)
                    next = days.lowerBound
                }
            }
        }
    }

    @Test func nobodyIsToldOfAnEndBeforeTheTierWasReached() {
        let cycle = TierCycle(period: .rolling(months: 1), lasts: .cycle, notice: .days(45))
        let history = TierHistory(days: [day("2026-03-10"): 120, day("2026-03-20"): 120], joined: day("2026-01-01"))
        let moves = TierCalculator(ladder(cycle)).status(history, today: day("2026-03-25")).moves
        #expect(
            moves.map { "\($0.kind.rawValue) \(text($0.day))" } == [
                "tier-will-end 2026-03-10", "tier-up 2026-03-10", "tier-will-end 2026-03-20",
            ])
    }

    @Test func whatIsBelowATierByInvitationIsNoNews() {
        var guests = ladder(TierCycle(period: .calendar(months: 3), lasts: .cycle, notice: .days(10)))
        guests.tiers.append(.init(id: "friend", at: TierLadder.Tier.unreachable))
        var history = TierHistory(
            days: [day("2026-02-10"): 120], joined: day("2026-01-01"),
            invitations: [
                TierInvitation(
                    tier: "friend", state: .accepted, day: day("2026-02-01"), until: day("2026-04-30"))
            ])
        func moves() -> [String] {
            TierCalculator(guests).status(history, today: day("2026-06-01")).moves.map {
                "\($0.kind.rawValue) \(text($0.day)) \($0.from) \($0.to)"
            }
        }
        #expect(
            moves() == ["tier-up 2026-02-01 bronze friend", "tier-down 2026-05-01 friend bronze"])
        // What is earned while it lasts shows when it is over.
        history.days[day("2026-04-10")] = 120
        #expect(
            moves() == [
                "tier-up 2026-02-01 bronze friend", "tier-down 2026-05-01 friend silver",
            ])
    }

    /// Nothing of the order of arrival is left in the history, so this only has to hold for reading it at any time: what
    /// is foreseen is what comes.
    @Test(arguments: 0..<30 as Range<UInt64>) func whatIsForeseenComes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let periods: [TierCycle.Period] = [.calendar(months: 3), .anniversary, .rolling(months: 4)]
        for downgrade in TierCycle.Downgrade.allCases {
            let cycle = TierCycle(
                period: periods.randomElement(using: &random) ?? .anniversary, lasts: .cycle, downgrade: downgrade,
                grace: Bool.random(using: &random) ? .days(20) : nil, notice: .days(15))
            var history = TierHistory(joined: day("2024-02-29"))
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                history.days[day("2024-03-01") + Int32.random(in: 0..<500, using: &random), default: 0] +=
                    Int64.random(in: 20...260, using: &random)
            }
            let calculator = TierCalculator(ladder(cycle))
            let today = (history.days.keys.max() ?? 0) + Int32.random(in: 0..<200, using: &random)
            let foreseen = calculator.eventual(history, after: today)
            let later = calculator.status(history, today: today + 400)
            #expect(foreseen.filter { $0.day <= today + 400 } == later.moves, "seed \(seed)")
            let now = calculator.status(history, today: today)
            if let ends = now.endsOn, downgrade != .never, now.tier != "bronze" {
                #expect(calculator.status(history, today: ends - 1).tier == now.tier, "seed \(seed)")
            }
            #expect(foreseen.map(\.key) == foreseen.map(\.key).sorted())
        }
    }
}
