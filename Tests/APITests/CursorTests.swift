import Primitives
import Testing

@testable import API

@Suite struct CursorTests {
    @Test(arguments: ["", "a", "ab", "abc", "20512.0197f5c8-0000-7000-8000-000000000000", "é長😀", "?&=/+ "])
    func readsBackWhatItWrote(text: String) {
        let cursor = Cursor.encode(text)
        #expect(
            cursor.utf8.allSatisfy {
                Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8).contains($0)
            })
        #expect(Cursor.decode(cursor) == text)
    }

    @Test(arguments: ["a", "====", "YR", "YWJ", "a b", "%41", "/w", "_w", String(repeating: "A", count: 600)])
    func refusesWhatItCannotHaveWritten(cursor: String) {
        #expect(Cursor.decode(cursor) == nil)
    }

    @Test func percentDecodingIsStrict() {
        #expect(PercentCoding.decode("a%2Fb+c") == "a/b+c")
        #expect(PercentCoding.decode("a%2fb+c", plusIsSpace: true) == "a/b c")
        #expect(PercentCoding.decode("%") == nil)
        #expect(PercentCoding.decode("%4") == nil)
        #expect(PercentCoding.decode("%zz") == nil)
        #expect(PercentCoding.decode("%FF") == nil)
        #expect(PercentCoding.decode("%00") == "\u{0}")
    }

    @Test func timesOfDayReadBack() {
        for minutes in [0, 1, 59, 60, 240, 1_439] { #expect(DayStartText.read(DayStartText.write(minutes)) == minutes) }
        for text in ["24:00", "1:00", "01:60", "+1:00", "01-00", "０1:00", ""] {
            #expect(DayStartText.read(text) == nil)
        }
    }
}
