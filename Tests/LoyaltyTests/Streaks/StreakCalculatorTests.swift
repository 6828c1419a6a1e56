import Primitives
import Testing

@testable import Loyalty

@Suite struct StreakCalculatorTests {
    private func streak(_ every: PeriodUnit = .day, freezes: Streak.Freezes? = nil) -> Streak {
        Streak(
            id: "s", every: every, measures: [.init(event: "e")], freezes: freezes,
            milestones: [.init(at: 3, effects: []), .init(at: 7, effects: [])])
    }

    private func history(_ days: [Int32], excused: [DaySpan] = []) -> StreakHistory {
        StreakHistory(
            amounts: ["count": Dictionary(days.map { ($0, 1) }, uniquingKeysWith: +)], excused: excused)
    }

    /// Written anew from the rule, period by period, for streaks of days.
    private func slowly(_ days: Set<Int32>, excused: Set<Int32>, freezes: Streak.Freezes, today: Int32) -> [Int64] {
        var (length, longest, left, active): (Int64, Int64, Int, Int) = (0, 0, freezes.initial, 0)
        for day in (days.min() ?? today)...max(today, days.max() ?? today) {
            if days.contains(day) {
                length += 1
                longest = max(longest, length)
                active += 1
                if let every = freezes.earnedEvery, active % every == 0 { left = min(left + 1, freezes.maximum) }
            } else if day < today, !excused.contains(day), length > 0 {
                if left > 0 { left -= 1 } else { length = 0 }
            }
        }
        return [length, longest, Int64(left)]
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func agreesWithTheRuleReadDayByDay(number: UInt64) {
        var random = SplitMix64(seed: number)
        let freezes = Streak.Freezes(
            initial: Int.random(in: 0...2, using: &random), earnedEvery: Int.random(in: 1...5, using: &random),
            maximum: 2)
        for _ in 0..<25 {
            let days = Set(
                (0..<30).filter { _ in Int.random(in: 0..<10, using: &random) < 7 }.map { Int32($0) + 20_000 })
            let first = Int32.random(in: 20_000..<20_030, using: &random)
            let pause = DaySpan(first: first, last: first + Int32.random(in: 0...4, using: &random))
            let today = Int32.random(in: 20_020...20_040, using: &random)
            let result = StreakCalculator(streak(freezes: freezes)).result(
                history(days.shuffled(using: &random), excused: [pause]), today: today)
            let expected = slowly(
                days, excused: Set(pause.first...pause.last), freezes: freezes, today: max(today, days.max() ?? today))
            #expect([result.current, result.longest, Int64(result.freezes)] == expected, "seed \(number)")
        }
    }

    @Test func aRunReachesEachMilestoneOnce() {
        let days = Array(Int32(100)..<108) + Array(Int32(110)..<113)
        let result = StreakCalculator(streak()).result(history(days), today: 112)
        #expect(result.reached.map { [$0.at, Int64($0.day)] } == [[3, 102], [7, 106], [3, 112]])
        #expect(result.ended == [.init(start: 100, length: 8, endedBy: 108)])
    }

    @Test func aBaseGoesOnWhereTheOldTermsStopped() {
        var history = history([200, 201])
        history.base = StreakBase(day: 200, length: 6, longest: 9, freezes: 0, start: 190, paid: 3)
        let result = StreakCalculator(streak()).result(history, today: 201)
        #expect(result.current == 8)
        #expect(result.longest == 9)
        #expect(result.reached == [.init(at: 7, day: 200)])
        #expect(history.base.flatMap { StreakBase($0.counter) } == history.base)
    }

    @Test func whatIsToComeIsKnownBeforehand() {
        let calculator = StreakCalculator(streak(freezes: .init(initial: 1, maximum: 1)))
        let eventual = calculator.eventual(history([300, 301], excused: [DaySpan(first: 302, last: 304)]))
        #expect(eventual.frozen == [.init(period: 305, length: 2)])
        #expect(eventual.ended == [.init(start: 300, length: 2, endedBy: 306)])
    }

    @Test func ofAMonthEveryPeriodHasAState() {
        let recent = StreakCalculator(streak(.month)).recent(history([20_000]), today: 20_050, count: 3)
        #expect(recent.map(\.state) == [.empty, .active, .open])
    }
}
