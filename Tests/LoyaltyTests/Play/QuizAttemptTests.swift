import Primitives
import Testing

@testable import Loyalty

@Suite struct QuizAttemptTests {
    static let quiz: Quiz = {
        func choice(_ id: String, _ right: UInt32, multiple: Bool = false, points: Int64 = 1) -> Quiz.Question {
            Quiz.Question(
                id: id,
                kind: .choice(
                    Quiz.Choice(
                        options: ["a", "b", "c"].map { Quiz.Option(id: $0) }, right: right, isMultiple: multiple)),
                points: points)
        }
        return Quiz(
            id: "news",
            questions: [
                choice("one", 0b001), choice("two", 0b101, multiple: true, points: 3),
                Quiz.Question(id: "three", kind: .number(Quiz.Number(answer: 1848, within: 2)), points: 2),
            ], pass: 3, timeMilliseconds: 60_000, questionMilliseconds: 20_000)
    }()

    @Test func aSeedDrawsTheSameQuestionsAndEverySetIsDrawn() {
        var quiz = Self.quiz
        quiz.draw = 2
        var seen: Set<[Int]> = []
        for seed in 0..<200 {
            let drawn = QuizAttempt.draw(quiz, seed: UInt64(seed))
            #expect(drawn == QuizAttempt.draw(quiz, seed: UInt64(seed)))
            #expect(Set(drawn).count == 2)
            seen.insert(drawn)
        }
        // Three questions in ordered pairs.
        #expect(seen.count == 6)
        #expect(QuizAttempt.draw(Self.quiz, seed: 5) == [0, 1, 2])
    }

    @Test(
        arguments: [
            ([QuizAnswer.options(0b001), .options(0b101), .number(1850)], 6),
            ([.options(0b010), .options(0b001), .number(1851)], 0),
            ([.options(0b001), .none], 1),
            // All right ones and no other.
            ([.none, .options(0b111), .number(1846)], 2),
            ([.number(1), .number(5), .options(0b001)], 0),
        ] as [([QuizAnswer], Int64)])
    func answersScoreWhatTheyAreWorth(answers: [QuizAnswer], points: Int64) {
        #expect(QuizAttempt.score(answers, Self.quiz, seed: 1) == points)
    }

    @Test func whatComesLateCountsAsNone() {
        var attempt = QuizAttempt(day: 3, startedAt: Instant(milliseconds: 1_000), seed: 1, fingerprint: 9)
        attempt.answer(.options(1), Self.quiz, at: Instant(milliseconds: 20_999))
        attempt.answer(.options(0b101), Self.quiz, at: Instant(milliseconds: 40_999))
        #expect(attempt.answers == [.options(1), .none])
        #expect(!attempt.isOver(Self.quiz, at: Instant(milliseconds: 60_999)))
        #expect(attempt.isOver(Self.quiz, at: Instant(milliseconds: 61_000)))
    }

    @Test func anAttemptComesBackFromItsCounter() {
        var attempt = QuizAttempt(
            day: 20_000, startedAt: Instant(milliseconds: 1_732_000_000_123), seed: .max, fingerprint: .min)
        for answers in [[], [.none], [.options(5), .none, .number(-7), .options(UInt32.max)]] as [[QuizAnswer]] {
            attempt.answers = answers
            let counter = attempt.counter
            let stored = Counter(
                encodedMarks: counter.encodedMarks, granted: counter.granted, refused: counter.refused)
            #expect(QuizAttempt(stored) == attempt)
        }
        #expect(QuizAttempt(.empty) == nil)
        #expect(QuizAttempt(nil) == nil)
    }

    @Test func whatCannotBeAnAnswerIsNone() {
        let (one, two, three) = (Self.quiz.questions[0], Self.quiz.questions[1], Self.quiz.questions[2])
        #expect(one.answer(.options(["b"])) == .options(0b010))
        #expect(one.answer(.options(["a", "b"])) == nil)
        #expect(one.answer(.options(["x"])) == nil)
        #expect(one.answer(.number(1)) == nil)
        #expect(one.answer(.options([])) == QuizAnswer.none)
        #expect(two.answer(.options(["c", "a"])) == .options(0b101))
        #expect(three.answer(.number(4)) == .number(4))
        #expect(three.answer(.options(["a"])) == nil)
    }
}
