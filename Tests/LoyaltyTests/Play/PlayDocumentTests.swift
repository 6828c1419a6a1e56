import Testing

@testable import Loyalty

/// What the checker says of quizzes and contests, at its place.
@Suite struct PlayDocumentTests {
    private static let root = """
        programme: test
        name: Test
        languages: [en]
        units: { ink: { name: ink } }
        """

    private static func problems(_ path: String, _ text: String) throws -> [String] {
        try ProgrammeDocument(["programme.yaml": root, path: text]).check().problems
            .filter { $0.path == path }.map { "\($0.line): \($0.message)" }
    }

    @Test(arguments: [
        ("draw: 3", "4: An attempt draws 3 questions, but there are 2."),
        ("pass: 9", "4: Passing takes 9 points, but an attempt may have questions for 2 only."),
        ("time: 2 days", "4: It is 5 seconds at least, and a day at most."),
        ("time: 15 seconds", "4: That is less than ten seconds a question: it hurries whoever reads slowly."),
        ("tries: { times: 2 }", "4: Every try has the same questions."),
        ("when: member.nope", "4: "), ("reward: [{ award: { amount: event.score, unit: ink } }]", "4: What is given"),
        ("tryes: 1", "4: There is no 'tryes' in the quiz."),
    ])
    func aQuizIsChecked(line: String, message: String) throws {
        let found = try Self.problems(
            "quizzes/news.yaml",
            """
            quiz: news
            name: News
            text: News.
            \(line)
            why: News.
            questions:
              a: { text: A?, options: { x: X, y: Y }, answer: x }
              b: { text: B?, number: { answer: 3 } }
            """)
        #expect(found.count == 1 && found[0].hasPrefix(message), "\(found)")
    }

    @Test(arguments: [
        ("{ text: A?, options: { x: X, y: Y }, answer: z }", "There is no option 'z'."),
        ("{ text: A?, options: { x: X }, answer: x }", "A question has 2 to 30 options."),
        ("{ text: A?, options: { x: X, y: Y }, answer: [] }", "No option is right."),
        ("{ text: A?, options: { x: X, y: Y }, answer: [x, y] }", "All its options are right."),
        ("{ text: A?, options: { x: X, y: Y } }", "The question 'a' has no 'answer'."),
        ("{ text: A? }", "A question has either 'options' or a 'number'."),
        ("{ text: A?, number: { answer: 3 }, answer: x }", "The answer of a number stands in it."),
    ])
    func aQuestionIsChecked(question: String, message: String) throws {
        let found = try Self.problems(
            "quizzes/news.yaml", "quiz: news\nname: N\ntext: N\nwhy: N\nquestions:\n  a: \(question)\n")
        #expect(found.contains("6: " + message), "\(found)")
    }

    @Test(arguments: [
        ("number: { min: 3, max: 1 }", "5: 'max' is not above 'min'."),
        ("options: { a: { text: A } }", "5: A contest has 2 to 50 options."),
        ("number: { min: 1, max: 3 }\nscore: { home: A, away: B }", "1: A contest has exactly one of"),
        ("options: { a: { text: A }, b: { text: B } }\ngives: { nearest: [{ badge: x }] }", "6: Only a number has"),
        ("score: { home: A, away: B, max: 1000 }", "5: 1000 is outside 1 to 999."),
        ("number: { min: 1, max: 3 }\nopens: 2027-01-01T00:00:00Z", "7: It would close before it opens."),
    ])
    func aContestIsChecked(lines: String, message: String) throws {
        let found = try Self.problems(
            "contests/cup.yaml",
            "contest: cup\nname: C\ntext: C\nwhy: C\n\(lines)\ncloses: 2026-12-01T18:00:00Z\n")
        #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
    }

    @Test func nobodyDeclaresWhatTheEngineMakes() throws {
        let check = try ProgrammeDocument([
            "programme.yaml": Self.root, "events/quiz.finished.yaml": "event: quiz.finished\n",
            "quizzes/news.yaml": "quiz: news\nquestions:\n  b: { text: B?, number: { answer: 3 } }\n",
        ]).check()
        #expect(
            check.problems.contains { $0.message == "Stamgast makes 'quiz.finished' itself when an attempt is over." })
    }
}
