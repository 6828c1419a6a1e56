import Testing

@testable import Settings

@Suite struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "", 3), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
    func distances(left: String, right: String, expected: Int) {
        #expect(Spelling.editDistance(Array(left.utf8), Array(right.utf8)) == expected)
        #expect(Spelling.editDistance(Array(right.utf8), Array(left.utf8)) == expected)
    }

    @Test func suggestsOnlyWhatIsNear() {
        #expect(Spelling.nearest(to: "demmo", among: ["home", "demo"]) == "demo")
        #expect(Spelling.nearest(to: "zzzz", among: ["home", "demo"]) == nil)
        #expect(Spelling.nearest(to: String(repeating: "a", count: 65), among: ["a"]) == nil)
    }
}
