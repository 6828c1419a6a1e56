import Primitives
import Testing

@testable import Loyalty

/// What is said on a day, as a function of what holds, what was said, the terms and the choice.
@Suite struct PressureBudgetTests {
    private func urging(
        _ kind: Urging.Kind, _ subject: String = "a", from: Int32 = 10, until: Int32? = nil, amount: Int64 = 0
    ) -> Urging {
        Urging(
            kind: kind, subject: subject, key: 1, from: from, until: until, amount: amount,
            id: ID128(high: 0, low: 1), source: subject, code: kind.code)
    }

    private func budget(
        _ perDay: Int64 = 1, _ perWeek: Int64 = 3, choice: UrgingChoice = .normal, said: [Int32: Int64] = [:],
        counts: [Urging.Kind] = Urging.Kind.allCases
    ) -> PressureBudget {
        PressureBudget(
            terms: PressureTerms(perDay: perDay, perWeek: perWeek, quiet: nil, counts: counts), choice: choice,
            said: said)
    }

    @Test func theMostUsefulGoesFirstAndTheRestIsHeldBackWithTheReason() {
        let all = [
            urging(.nudge), urging(.expiry, "small", until: 20, amount: 5),
            urging(.expiry, "soon", until: 15, amount: 1), urging(.expiry, "large", until: 20, amount: 50),
            urging(.tier), urging(.wish, from: 11),
        ]
        let decision = budget(3, 100).decide(all.reversed(), on: 10)
        #expect(decision.said.map(\.subject) == ["a", "soon", "large"])
        #expect(decision.said.first?.kind == .tier)
        // What holds only from tomorrow on is neither.
        #expect(decision.withheld.map { $0.urging.subject } == ["small", "a"])
        #expect(decision.withheld.allSatisfy { $0.reason == .day })
    }

    @Test func theProgrammeSaysWhatIsUseful() {
        let decision = budget(1, 3, counts: [.nudge, .tier]).decide([urging(.tier), urging(.nudge)], on: 10)
        #expect(decision.said.map(\.kind) == [.nudge])
    }

    @Test func aWeekIsAnySevenDays() {
        let said: [Int32: Int64] = [3: 1, 4: 1, 9: 1]
        #expect(budget(said: said).room(on: 9).left == 0)
        #expect(budget(said: said).room(on: 9).bound == .week)
        #expect(budget(said: said).room(on: 10).left == 1)
        #expect(budget(said: said).firstDay(from: 9) == 10)
        #expect(budget(said: [10: 1]).room(on: 10).bound == .day)
        // A day that comes twice, for whoever travels west.
        #expect(budget(said: [11: 1]).room(on: 10).left == 0)
    }

    @Test func theMembersWordHoldsAboveTheProgrammes() {
        let all = [urging(.tier), urging(.nudge)]
        let off = budget(9, 9, choice: .off, counts: [.tier]).decide(all, on: 10)
        #expect(off.said.isEmpty)
        #expect(off.withheld.map { $0.reason } == [.off, .off])
        let less = budget(9, 9, choice: .less, counts: [.tier]).decide(all, on: 10)
        #expect(less.said.count == 1)
        #expect(less.withheld.map { $0.reason } == [.less])
        #expect(budget(9, 9, choice: .less, said: [5: 1]).room(on: 10).bound == .less)
        #expect(budget(9, 9, choice: .less, said: [5: 1]).firstDay(from: 10) == 12)
        #expect(budget(choice: .off).firstDay(from: 10) == nil)
        var unbounded = PressureBudget(terms: .unbounded, choice: .normal, said: [10: 99])
        #expect(unbounded.decide(all, on: 10).said.count == 2)
        unbounded.choice = .less
        #expect(unbounded.decide(all, on: 20).said.count == 1)
    }

    @Test func nobodyIsUrgedBeyondTheBudgetOverManyDays() {
        for seed in 0..<40 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let (perDay, perWeek) = (Int64.random(in: 0...3, using: &random), Int64.random(in: 0...6, using: &random))
            let choice = UrgingChoice.allCases.randomElement(using: &random) ?? .normal
            var budget = self.budget(perDay, perWeek, choice: choice)
            for day in 0..<60 as Range<Int32> {
                let all = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    urging(Urging.Kind.allCases.randomElement(using: &random) ?? .tier, from: day)
                }
                let decision = budget.decide(all, on: day)
                #expect(decision.said.count + decision.withheld.count == all.count)
                if !decision.withheld.isEmpty { #expect(budget.room(on: day).left == Int64(decision.said.count)) }
                budget.said[day] = Int64(decision.said.count)
            }
            for day in 6..<60 as Range<Int32> {
                let week = (day - 6...day).reduce(Int64(0)) { $0 + (budget.said[$1] ?? 0) }
                let most: Int64 = choice == .off ? 0 : choice == .less ? min(1, perWeek) : perWeek
                #expect(week <= most, "seed \(seed), day \(day)")
                #expect(budget.said[day, default: 0] <= perDay, "seed \(seed), day \(day)")
            }
        }
    }
}
