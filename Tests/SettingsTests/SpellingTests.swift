import Testing

@testable import Settings

@Suite struct SpellingTests {
    @Test func suggestsOnlyWhatIsNear() {
        #expect(Spelling.nearest(to: "demmo", among: ["home", "demo"]) == "demo")
        #expect(Spelling.nearest(to: "zzzz", among: ["home", "demo"]) == nil)
        #expect(Spelling.nearest(to: String(repeating: "a", count: 65), among: ["a"]) == nil)
    }
}
