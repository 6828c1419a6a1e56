import Testing

@testable import Personalisation

@Suite struct HexadTests {
    @Test func eachTypeHasTwoQuestionsApart() {
        #expect(Hexad.questions.count == 12)
        for type in PlayerType.allCases { #expect(Hexad.questions.filter { $0 == type }.count == 2) }
        for (one, next) in zip(Hexad.questions, Hexad.questions.dropFirst()) { #expect(one != next) }
    }

    @Test func sumsAndTheHighest() throws {
        // Each type alone, with the highest answers to its own two.
        for type in PlayerType.allCases {
            let scores = try #require(Hexad.scores(Hexad.questions.map { $0 == type ? 7 : 1 }))
            #expect(scores[type] == 14)
            #expect(scores.values.reduce(0, +) == 14 + 5 * 2)
            #expect(Hexad.leading(scores) == [type])
        }
        let even = try #require(Hexad.scores([Int](repeating: 4, count: 12)))
        #expect(Set(even.values) == [8])
        #expect(Hexad.leading(even).isEmpty, "answers that say nothing")
        let two = try #require(
            Hexad.scores(Hexad.questions.map { $0 == .achiever || $0 == .socialiser ? 6 : 2 }))
        #expect(Hexad.leading(two) == [.socialiser, .achiever])
        #expect(Hexad.leading([:]).isEmpty)
    }

    @Test(arguments: [[], [4], [Int](repeating: 4, count: 11), [Int](repeating: 4, count: 13)])
    func halfAnsweredIsNotAnswered(answers: [Int]) {
        #expect(Hexad.scores(answers) == nil)
    }

    @Test(arguments: [0, 8, -1, Int.max]) func offTheScaleIsNotAnswered(answer: Int) {
        #expect(Hexad.scores([Int](repeating: 4, count: 11) + [answer]) == nil)
    }
}
