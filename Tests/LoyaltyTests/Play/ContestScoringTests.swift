import Primitives
import Testing

@testable import Loyalty

@Suite struct ContestScoringTests {
    private static func contest(_ question: Contest.Question, ties: Contest.Ties = .all) -> Contest {
        Contest(
            id: "c", question: question, closes: Instant(seconds: 0),
            gives: Contest.Gives(
                exact: [.award(amount: "100", unit: "ink")], nearest: [.award(amount: "40", unit: "ink")],
                outcome: [.award(amount: "7", unit: "ink")]), ties: ties)
    }

    private static func grades(_ contest: Contest, _ value: Int64?, _ totals: [Int64: Int64]) -> [Int64: ContestGrade] {
        let outcome = ContestScoring.outcome(of: contest, value: value, totals: totals, revision: 1)
        return totals.keys.reduce(into: [:]) { $0[$1] = ContestScoring.grade($1, contest, outcome) }
    }

    @Test func theNearestWinOnBothSides() {
        let contest = Self.contest(.number(0...150))
        #expect(Self.grades(contest, 76, [70: 2, 73: 5, 79: 1, 90: 9]) == [73: .nearest, 79: .nearest])
        #expect(Self.grades(contest, 76, [76: 2, 75: 5]) == [76: .exact])
        // A prediction that the contest does not take any more cannot be nearest.
        #expect(Self.grades(contest, 150, [151: 1, 100: 1]) == [100: .nearest])
        #expect(Self.grades(contest, nil, [76: 2]) == [:])
        #expect(Self.grades(contest, 76, [:]) == [:])
    }

    @Test func aScoreHasItsWinner() {
        let contest = Self.contest(.score(Contest.Score(most: 9)))
        // 2–1 came; 2–1, 3–0, 1–1, 0–2 were predicted.
        #expect(
            Self.grades(contest, 2_001, [2_001: 1, 3_000: 1, 1_001: 1, 2: 1]) == [2_001: .exact, 3_000: .outcome])
        #expect(Self.grades(contest, 0, [1_001: 1, 2_001: 1]) == [1_001: .outcome])
        #expect(!contest.isAnswer(10_000))
        #expect(!contest.isAnswer(10))
        #expect(!contest.isAnswer(-1))
        #expect(contest.isAnswer(9_009))
    }

    @Test func tiesShareWhereTheySay() {
        let contest = Self.contest(.number(0...150), ties: .share)
        let outcome = ContestScoring.outcome(of: contest, value: 76, totals: [75: 2, 77: 1, 3: 8], revision: 1)
        #expect(outcome.counts == [.nearest: 3])
        #expect(ContestScoring.effects(of: 77, contest, outcome) == [.award(amount: "13", unit: "ink")])
        #expect(ContestScoring.effects(of: 3, contest, outcome) == [])
        let crowd = ContestScoring.outcome(of: contest, value: 76, totals: [75: 1_000], revision: 1)
        #expect(ContestScoring.effects(of: 75, contest, crowd) == [.award(amount: "1", unit: "ink")])
    }

    @Test func anOptionGivesItsOwn() {
        let long = Contest.Option(id: "long", gives: [.award(amount: "900", unit: "ink")])
        let short = Contest.Option(id: "short")
        let contest = Self.contest(.options([short, long]))
        for (option, amount) in [(long, "900"), (short, "100")] {
            let outcome = ContestScoring.outcome(of: contest, value: option.value, totals: [:], revision: 1)
            #expect(ContestScoring.effects(of: option.value, contest, outcome) == [.award(amount: amount, unit: "ink")])
        }
        // Options may move: what stands for them does not.
        #expect(Contest.Option(id: "long", text: LocalizedText([.en: "x"])).value == long.value)
    }

    @Test(
        arguments: [
            // Small parts go together, and never alone.
            ([1: 50, 2: 30, 3: 9, 4: 4], [1: 50, 2: 30], 13),
            ([1: 50, 2: 30, 3: 3], [1: 50], 33),
            ([1: 50, 2: 3], [:], 53),
            ([1: 5, 2: 3], [:], 0),
            ([1: 10, 2: 10], [1: 10, 2: 10], 0),
            ([:], [:], 0),
        ] as [([Int64: Int64], [Int64: Int64], Int64)])
    func noPartStandsForFew(totals: [Int64: Int64], shown: [Int64: Int64], others: Int64) {
        let shares = AnswerShares(totals)
        #expect(Dictionary(shares.shown.map { ($0.value, $0.count) }, uniquingKeysWith: +) == shown)
        #expect(shares.others == others)
    }
}
