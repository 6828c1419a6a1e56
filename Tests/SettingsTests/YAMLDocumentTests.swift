import Primitives
import Testing

@testable import Settings

@Suite struct YAMLDocumentTests {
    @Test func plainWordsAreReadAsYAML12SaysAndQuotedOnesAreTexts() throws {
        let document = try YAMLDocument(
            "a: true\nb: no\nc: 12\nd: \"12\"\ne: 1.5\nf:\ng: 007\nh: [x, {y: -3}]\ni: 2026-03-01\n")
        let expected: JSONValue = [
            "a": true, "b": "no", "c": 12, "d": "12", "e": 1.5, "f": .null, "g": "007",
            "h": ["x", ["y": -3]], "i": "2026-03-01",
        ]
        #expect(document.value == expected)
    }

    @Test func everyValueKnowsItsLineOrThatOfWhatHoldsIt() throws {
        let document = try YAMLDocument("source: shop\nfields:\n  item:\n    column: x\n")
        #expect(document.line(of: "fields.item.column") == 4)
        #expect(document.line(of: "fields.item.missing") == 3)
        #expect(document.line(of: "nowhere") == nil)
    }

    @Test func whatIsNoYAMLOrTooMuchOfItIsRefusedWithItsLine() {
        func reason(_ text: String) -> String? {
            do throws(YAMLDocument.Problem) {
                _ = try YAMLDocument(text)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(reason("a: [1\nb: 2") != nil)
        #expect(reason("a: 1\na: 2")?.contains("twice") == true)
        #expect(reason(String(repeating: "#", count: YAMLDocument.maximumBytes + 1))?.contains("larger") == true)
        // Ten aliases of ten aliases of ten …
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let many = (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(many)]\n"
        }
        #expect(reason(bomb)?.contains("too many values") == true)
        #expect(reason(String(repeating: "[", count: 200) + String(repeating: "]", count: 200)) != nil)
    }
}
