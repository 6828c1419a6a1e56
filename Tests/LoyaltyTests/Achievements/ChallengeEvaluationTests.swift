import Primitives
import TestSupport
import Testing

@testable import Loyalty

/// What a set of marks comes to, kind by kind.
@Suite struct ChallengeEvaluationTests {
    private func day(_ text: String) -> Int32 { Int32(CivilDate(text)?.daysSinceEpoch ?? 0) }

    private func challenge(
        _ measure: Challenge.Measure = .events, target: Int64 = 3, _ change: (inout Challenge) -> Void = { _ in }
    ) -> Challenge {
        var challenge = Challenge(id: "c", count: "read", target: target)
        challenge.measure = measure
        if case .steps(let steps, _) = measure { challenge.target = Int64(steps.count) }
        change(&challenge)
        return challenge
    }

    /// Marks of (day, slot, size, count).
    private func counter(_ marks: [(Int32, Int32, Int64, Int64)]) -> Counter {
        var counter = Counter.empty
        for mark in marks { counter.add(CounterMark(day: mark.0, slot: mark.1, wanted: mark.2, count: mark.3)) }
        return counter
    }

    private func completed(_ challenge: Challenge, _ counter: Counter) -> [String] {
        ChallengeEvaluation(challenge, counter).completions.map { "\($0.period)/\($0.stage)@\($0.day)" }
    }

    // MARK: Measures

    @Test func aSumAddsSizes() {
        let sum = challenge(.sum("event.seconds"), target: 100) { $0.every = .week }
        #expect(completed(sum, counter([(4, 0, 60, 1), (5, 0, 39, 1)])) == [])
        #expect(completed(sum, counter([(4, 0, 60, 1), (5, 0, 20, 2)])) == ["4/0@5"])
        #expect(completed(sum, counter([(10, 0, 60, 1), (11, 0, 60, 1)])) == [], "another week")
        #expect(completed(sum, counter([(4, 0, .max, 9)])) == ["4/0@4"], "it does not overflow")
    }

    @Test func differentThingsCountOnceInAPeriod() {
        let (a, b, c) = (ChallengeMark.size(of: "a"), ChallengeMark.size(of: "b"), ChallengeMark.size(of: "c"))
        let any = challenge(.distinct(.init(value: "event.item.topics"))) { $0.every = .week }
        #expect(completed(any, counter([(4, 0, a, 9), (5, 0, b, 1), (6, 0, a, 1)])) == [])
        #expect(completed(any, counter([(4, 0, a, 1), (5, 0, b, 1), (6, 0, c, 1)])) == ["4/0@6"])
        #expect(completed(any, counter([(4, 0, a, 1), (5, 0, b, 1), (11, 0, c, 1)])) == [])
        #expect(completed(any, counter([(4, 0, a, 1), (5, 0, 0, 2)])) == ["4/0@5"], "unnamed ones each count")
        let set = challenge(.distinct(.init(value: "x", within: ["a", "b"])), target: 2)
        #expect(completed(set, counter([(4, 0, a, 1), (5, 0, c, 1)])) == [])
        let both = counter([(4, 0, a, 1), (5, 0, b, 1), (5, 0, c, 1)])
        #expect(completed(set, both) == ["\(Int32.min)/0@5"])
        let standing = ChallengeEvaluation(set, both).standing(on: 5)
        #expect(standing?.has("a") == true && standing?.has("c") == false && standing?.value == 2)
    }

    @Test func stepsAreJudgedByDaysAndGenerouslyWithinOne() {
        let steps = [Challenge.Step(event: "a"), .init(event: "b", count: 2), .init(event: "c")]
        let given = challenge(.steps(steps, inOrder: true))
        let any = challenge(.steps(steps, inOrder: false))
        let all: [(marks: [(Int32, Int32, Int64, Int64)], given: Int64, any: Int64)] = [
            ([(1, 1, 1, 1), (2, 2, 1, 2), (3, 3, 1, 1)], 3, 3),
            ([(3, 1, 1, 1), (2, 2, 1, 2), (1, 3, 1, 1)], 1, 3),
            // All on one day: the best order counts.
            ([(1, 1, 1, 1), (1, 2, 1, 2), (1, 3, 1, 1)], 3, 3),
            ([(1, 1, 1, 1), (1, 2, 1, 1), (2, 2, 1, 1), (2, 3, 1, 1)], 3, 3),
            // What came before its turn does not count.
            ([(1, 2, 1, 2), (2, 1, 1, 1), (3, 3, 1, 1)], 1, 3),
            ([(1, 1, 1, 5), (2, 2, 1, 1)], 1, 1),
        ]
        for (marks, inOrder, inAny) in all {
            #expect(ChallengeEvaluation(given, counter(marks)).standing(on: 9)?.value == inOrder, "\(marks)")
            #expect(ChallengeEvaluation(any, counter(marks)).standing(on: 9)?.value == inAny, "\(marks)")
        }
        #expect(ChallengeEvaluation(given, counter(all[3].marks)).standing(on: 1)?.steps == [1, 2, 1])
    }

    @Test func tiersAreReachedOneByOneAndEachOnce() {
        let tiers = challenge(target: 20) {
            $0.every = .month
            $0.stages = [.init(id: "bronze", at: 5), .init(id: "silver", at: 10), .init(id: "gold", at: 20)]
        }
        #expect(completed(tiers, counter([(0, 0, 1, 5), (3, 0, 1, 6)])) == ["0/0@0", "0/1@3"])
        #expect(completed(tiers, counter([(0, 0, 1, 25)])) == ["0/0@0", "0/1@0", "0/2@0"])
    }

    // MARK: Periods

    @Test func seasonsAndPeriodsOfTheirOwnLength() {
        let periods = DayPeriods()
        func days(_ on: String, _ change: (inout Challenge) -> Void) -> String? {
            periods.days(of: challenge(.events, change), containing: day(on)).map {
                "\(CivilDate(daysSinceEpoch: Int($0.lowerBound)))..\(CivilDate(daysSinceEpoch: Int($0.upperBound) - 1))"
            }
        }
        func winter(_ challenge: inout Challenge) {
            challenge.season = .yearly(from: .init(month: 12, day: 1), to: .init(month: 2, day: 29))
        }
        #expect(days("2026-12-01", winter) == "2026-12-01..2027-02-28")
        #expect(days("2027-02-28", winter) == "2026-12-01..2027-02-28")
        #expect(days("2028-02-29", winter) == "2027-12-01..2028-02-29", "a leap year")
        #expect(days("2027-03-01", winter) == nil)
        func leapDay(_ challenge: inout Challenge) {
            challenge.season = .yearly(from: .init(month: 2, day: 29), to: .init(month: 3, day: 10))
        }
        #expect(days("2027-02-28", leapDay) == nil)
        #expect(days("2027-03-01", leapDay) == "2027-03-01..2027-03-10")
        #expect(days("2028-02-29", leapDay) == "2028-02-29..2028-03-10")
        func spring(_ challenge: inout Challenge) {
            challenge.season = .once(from: day("2026-03-01"), to: day("2026-05-31"))
            challenge.every = .week
        }
        #expect(days("2026-03-01", spring) == "2026-03-01..2026-03-01", "a Sunday: the rest of its week lies before")
        #expect(days("2026-05-31", spring) == "2026-05-25..2026-05-31")
        #expect(days("2026-06-01", spring) == nil)
        func tenDays(_ challenge: inout Challenge) { challenge.cycle = .days(10, from: day("2026-01-05")) }
        #expect(days("2026-01-14", tenDays) == "2026-01-05..2026-01-14")
        #expect(days("2026-01-04", tenDays) == "2025-12-26..2026-01-04", "before its anchor as well")
    }

    @Test func daysInARowAreUsedOnce() {
        let rolling = challenge(target: 3) { $0.cycle = .rolling(7) }
        #expect(completed(rolling, counter([(1, 0, 1, 2), (8, 0, 1, 1)])) == [], "eight days")
        #expect(completed(rolling, counter([(1, 0, 1, 2), (7, 0, 1, 1)])) == ["0/0@7"])
        #expect(completed(rolling, counter([(1, 0, 1, 3), (2, 0, 1, 2), (8, 0, 1, 1)])) == ["0/0@1", "1/0@8"])
        let standing = ChallengeEvaluation(rolling, counter([(1, 0, 1, 3), (2, 0, 1, 2)])).standing(on: 5)
        #expect(standing?.value == 2, "what completed it is used up")
    }

    // MARK: Prerequisites and goals

    @Test func nothingCountsBeforeThePrerequisites() {
        let gated = challenge { $0.after = [.challenge("a"), .badge("b")] }
        var marks = counter([(1, 0, 1, 2), (5, 0, 1, 2)])
        marks.add(CounterMark(day: 0, slot: ChallengeMark.prerequisite(0), wanted: 0))
        #expect(completed(gated, marks) == [])
        marks.add(CounterMark(day: 4, slot: ChallengeMark.prerequisite(1), wanted: 0))
        #expect(completed(gated, marks) == [])
        // It turns out to have been met earlier.
        marks.add(CounterMark(day: 1, slot: ChallengeMark.prerequisite(1), wanted: 0))
        #expect(completed(gated, marks) == ["\(Int32.min)/0@5"])
    }

    @Test func anOwnTargetHoldsFromItsPeriodOn() {
        let own = challenge(target: 5) {
            $0.goal = 2...10
            $0.every = .week
        }
        let marks = counter([(4, 0, 1, 3), (11, 0, 1, 3), (18, 0, 1, 5)])
        var goals = Counter.empty
        goals.add(CounterMark(day: 12, wanted: 3))
        let found = ChallengeEvaluation(own, marks, goals: goals).completions.map(\.period)
        #expect(found == [11, 18])
    }

    // MARK: Properties

    private func randomChallenge(_ random: inout SeededRandom) -> Challenge {
        var challenge = challenge(target: Int64.random(in: 1...8, using: &random))
        switch Int.random(in: 0...4, using: &random) {
        case 0: challenge.measure = .sum("x")
        case 1: challenge.measure = .distinct(.init(value: "x"))
        case 2: challenge.measure = .distinct(.init(value: "x", within: ["1", "2", "3"]))
        case 3:
            challenge.measure = .steps(
                (0..<3).map { .init(event: "e\($0)", count: Int64.random(in: 1...2, using: &random)) },
                inOrder: Bool.random(using: &random))
            challenge.target = 3
        default: break
        }
        challenge.every = PeriodUnit.allCases.randomElement(using: &random) ?? .week
        switch Int.random(in: 0...3, using: &random) {
        case 0: challenge.cycle = .days(Int32.random(in: 1...20, using: &random), from: 3)
        case 1: challenge.cycle = .rolling(Int32.random(in: 1...20, using: &random))
        default: break
        }
        if Bool.random(using: &random) {
            challenge.season = .yearly(from: .init(month: 1, day: 5), to: .init(month: 2, day: 20))
        }
        if challenge.cycle == nil, challenge.measure.steps.isEmpty, Bool.random(using: &random) {
            challenge.stages = [.init(id: "a", at: 2), .init(id: "b", at: 4)]
        }
        return challenge
    }

    private func randomMarks(_ challenge: Challenge, _ random: inout SeededRandom) -> [CounterMark] {
        (0..<Int.random(in: 0...20, using: &random)).map { _ in
            let day = Int32.random(in: 0...70, using: &random)
            switch challenge.measure {
            case .events: return CounterMark(day: day, wanted: 1)
            case .sum: return CounterMark(day: day, wanted: Int64.random(in: 1...4, using: &random))
            case .distinct:
                let value = String(Int.random(in: 0...5, using: &random))
                return CounterMark(day: day, wanted: ChallengeMark.size(of: value))
            case .steps: return CounterMark(day: day, slot: Int32.random(in: 1...3, using: &random), wanted: 1)
            }
        }
    }

    /// More marks never take a completion away, and their order tells nothing: what decisions and merging rest on.
    @Test func completionsOnlyGrowAndKnowNoOrder() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2_000 {
            let challenge = randomChallenge(&random)
            let marks = randomMarks(challenge, &random)
            var (forward, shuffled) = (Counter.empty, Counter.empty)
            var known: Set<ChallengeCompletion.Key> = []
            for mark in marks {
                forward.add(mark)
                let now = Set(ChallengeEvaluation(challenge, forward).completions.map(\.key))
                #expect(now.isSuperset(of: known), "\(challenge) \(marks)")
                known = now
            }
            for mark in marks.shuffled(using: &random) { shuffled.add(mark) }
            #expect(forward == shuffled)
        }
    }

    /// Who leaves the level `personal` keeps every completion and every count.
    @Test func forgettingWhichOnesKeepsHowMany() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<1_000 {
            var challenge = randomChallenge(&random)
            challenge.measure = .distinct(.init(value: "event.item.id"))
            challenge.cycle = nil
            var counter = Counter.empty
            for mark in randomMarks(challenge, &random) { counter.add(mark) }
            let unnamed = ChallengeEvaluation.unnamed(counter, challenge)
            #expect(unnamed.marks.allSatisfy { $0.wanted == ChallengeMark.unnamed })
            for day in Int32(0)...70 {
                let (was, now) = (
                    ChallengeEvaluation(challenge, counter).standing(on: day)?.value,
                    ChallengeEvaluation(challenge, unnamed).standing(on: day)?.value
                )
                #expect(was == now)
            }
            #expect(completed(challenge, counter) == completed(challenge, unnamed))
        }
    }

    /// Whatever changes, the counter says what `verify` recomputes from it, and completes nothing that was not paid.
    @Test func anyHistorySurvivesAChangeOfItsTerms() {
        var random = SeededRandom(seed: 13)
        for _ in 0..<2_000 {
            let old = randomChallenge(&random)
            var new = randomChallenge(&random)
            new.measure = old.measure
            if !old.measure.steps.isEmpty { (new.target, new.stages) = (old.target, []) }
            guard !old.isPlain || !new.isPlain else { continue }
            var counter = Counter.empty
            for mark in randomMarks(old, &random) { counter.add(mark) }
            counter.granted = Int64(ChallengeEvaluation(old, counter).completions.count)
            for choice in [LiveChange.Choice.keep, .restart] {
                let (carried, _) = ChallengeMigration(old: old, new: new, choice: choice, version: 9).apply(counter)
                let found = ChallengeEvaluation(new, carried).completions
                #expect(carried.granted == Int64(found.count))
                if counter.granted == 0 { #expect(found.isEmpty, "\(old) \(new) \(counter.marks)") }
                #expect(carried.marks.allSatisfy { $0.count > 0 })
            }
        }
    }
}
