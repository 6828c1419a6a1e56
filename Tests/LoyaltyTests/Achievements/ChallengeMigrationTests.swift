import Primitives
import TestSupport
import Testing

@testable import Loyalty

/// What a change of a challenge does to progress: by rules that a member can be told, and so that nothing is paid twice
/// and nothing by the change itself.
@Suite struct ChallengeMigrationTests {
    private func challenge(_ target: Int64, _ every: PeriodUnit = .week) -> Challenge {
        Challenge(id: "c", count: "read", target: target, every: every)
    }

    /// Marks of (day, count); completions as the engine would have counted them.
    private func counter(_ marks: [(Int32, Int64)], _ challenge: Challenge) -> Counter {
        var counter = Counter.empty
        for (day, count) in marks { counter.add(CounterMark(day: day, wanted: 1, count: count)) }
        counter.granted = completions(counter, challenge)
        return counter
    }

    private func completions(_ counter: Counter, _ challenge: Challenge) -> Int64 {
        let calendar = DayPeriods()
        var counts: [Int32: Int64] = [:]
        for mark in counter.marks {
            counts[calendar.firstDay(of: challenge.every, containing: mark.day), default: 0] += mark.count
        }
        return Int64(counts.values.count { $0 >= challenge.target })
    }

    private func migrate(
        _ counter: Counter, _ old: Challenge, _ new: Challenge?, _ choice: LiveChange.Choice
    ) -> (counter: Counter, earlier: Int64) {
        ChallengeMigration(old: old, new: new, choice: choice, version: 9).apply(counter)
    }

    /// Monday 5 January 1970; the weeks start on days 4, 11, 18 …
    private let week: Range<Int32> = 4..<11

    @Test(
        arguments: [
            // count, old target, new target, choice, count afterwards
            (3, 4, 8, LiveChange.Choice.keep, 3), (3, 4, 8, .convert, 6), (1, 3, 10, .convert, 3),
            (2, 3, 10, .convert, 6),
            (3, 10, 4, .keep, 3), (7, 10, 4, .keep, 3), (7, 10, 4, .convert, 2), (9, 10, 4, .convert, 3),
            (0, 10, 4, .convert, 0), (1, 10, 4, .convert, 0),
            // What was completed stays completed, whatever the new target.
            (4, 4, 8, .keep, 8), (6, 4, 8, .convert, 10), (10, 10, 4, .keep, 4), (12, 10, 4, .convert, 6),
        ] as [(Int64, Int64, Int64, LiveChange.Choice, Int64)])
    func aCountGoesOnAsStated(count: Int64, old: Int64, new: Int64, choice: LiveChange.Choice, after: Int64) {
        let before = counter([(4, count)].filter { $0.1 > 0 }, challenge(old))
        let (carried, earlier) = migrate(before, challenge(old), challenge(new), choice)
        #expect(carried.count(in: week) == after)
        #expect(carried.granted == before.granted && earlier == 0)
        #expect(carried.granted == completions(carried, challenge(new)))
    }

    @Test func aRestartEmptiesItAndRemembersHowOftenItWasCompleted() {
        let before = counter([(4, 5), (11, 2)], challenge(4))
        for new in [challenge(9), challenge(4, .month), nil] {
            let (carried, earlier) = migrate(before, challenge(4), new, .restart)
            #expect(carried.marks.isEmpty && carried.granted == 0 && carried.round == 9)
            #expect(earlier == 1)
        }
    }

    @Test func daysAreGatheredIntoNewPeriods() {
        // Monday complete, Tuesday not: the week has reached the target, and was paid for Monday.
        let daily = counter([(4, 3), (5, 2)], challenge(3, .day))
        let (weekly, earlier) = migrate(daily, challenge(3, .day), challenge(3, .week), .convert)
        #expect(weekly.count(in: week) == 5)
        #expect(weekly.granted == 1 && earlier == 0)
        #expect(weekly.round == 9, "its completion is another one than Monday's, which has the same first day")
        // Nothing was paid: the week is one step from it.
        let scattered = counter([(4, 2), (5, 2)], challenge(3, .day))
        #expect(migrate(scattered, challenge(3, .day), challenge(3, .week), .convert).counter.count(in: week) == 2)
        // Two paid days become one completed week; the other is still told of.
        let twice = counter([(4, 3), (5, 3)], challenge(3, .day))
        let (one, rest) = migrate(twice, challenge(3, .day), challenge(3, .week), .convert)
        #expect(one.granted == 1 && rest == 1)
    }

    /// Whatever the history and the change, the counter says what `verify` recomputes from it, no completion is lost or
    /// made, and the next step cannot complete what was completed.
    @Test func anyHistorySurvivesAnyChange() {
        var random = SeededRandom(seed: 7)
        let units: [PeriodUnit] = [.day, .week, .month, .year, .ever]
        for _ in 0..<3_000 {
            let old = challenge(Int64.random(in: 1...9, using: &random), units.randomElement(using: &random) ?? .day)
            let new = challenge(Int64.random(in: 1...9, using: &random), units.randomElement(using: &random) ?? .day)
            let marks = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                (Int32.random(in: 0...70, using: &random), Int64.random(in: 1...4, using: &random))
            }
            let before = counter(marks, old)
            for choice in LiveChange.Choice.allCases {
                let (carried, earlier) = migrate(before, old, new, choice)
                #expect(carried.granted == completions(carried, new), "\(old) \(new) \(choice) \(marks)")
                #expect(carried.granted + earlier == before.granted)
                #expect(carried.marks == carried.marks.sorted() && carried.marks.allSatisfy { $0.count > 0 })
                #expect(
                    Counter(encodedMarks: carried.encodedMarks, granted: 0, refused: 0)?.marks == carried.marks)
            }
        }
    }

    // MARK: Tiers

    private func ladder(_ silver: Int64, _ gold: Int64, unit: String = "credits") -> TierLadder {
        TierLadder(unit: unit, tiers: [.init(id: "silver", at: silver), .init(id: "gold", at: gold)])
    }

    private func tier(
        _ old: TierLadder, _ new: TierLadder?, credits: Int64, floor: Int64 = 0, _ changes: ProgrammeChanges?
    ) -> (tier: String?, standing: TierStanding) {
        let (base, floor) = TierMigration(old: old, new: new, changes: changes)
            .apply(TierStanding(credits: credits, floor: floor), earned: credits, base: 0)
        let standing = TierStanding(credits: credits - base, floor: floor)
        return (new?.tier(for: standing.effective)?.id, standing)
    }

    @Test func aTierIsKeptOrWorkedOutAgain() {
        let (old, higher) = (ladder(10, 30), ladder(10, 50))
        let keep = ProgrammeChanges(from: 1, tiers: ["gold": .keep])
        let convert = ProgrammeChanges(from: 1, tiers: ["gold": .convert])
        #expect(tier(old, higher, credits: 35, keep).tier == "gold")
        #expect(tier(old, higher, credits: 35, convert).tier == "silver")
        #expect(tier(old, higher, credits: 29, keep).tier == "silver")
        #expect(tier(old, higher, credits: 60, keep).standing.floor == 0, "nothing to promise")
        // Kept through a later change of another tier, and dropped when that tier is converted after all.
        let kept = tier(old, higher, credits: 35, keep).standing
        #expect(tier(higher, ladder(20, 50), credits: 35, floor: kept.floor, nil).tier == "gold")
        #expect(tier(higher, ladder(10, 90), credits: 35, floor: kept.floor, keep).tier == "gold")
        #expect(tier(higher, ladder(10, 90), credits: 35, floor: kept.floor, convert).tier == "silver")
    }

    @Test func theLadderAsAWholeStartsAnewOrIsWorkedOutAgain() {
        let old = ladder(10, 30)
        let other = ladder(10, 30, unit: "miles")
        #expect(tier(old, other, credits: 35, ProgrammeChanges(from: 1, ladder: .convert)).tier == "gold")
        let anew = tier(old, other, credits: 35, ProgrammeChanges(from: 1, ladder: .restart))
        #expect(anew.tier == nil && anew.standing.credits == 0)
        let gone = tier(old, nil, credits: 35, ProgrammeChanges(from: 1, ladder: .restart))
        #expect(gone.standing == TierStanding(credits: 35))
    }
}
