import Primitives
import Testing

@testable import Catalogue

@Suite("Times in feeds and files")
struct DateTextTests {
    @Test(
        "The common forms are read",
        arguments: [
            ("2026-03-01T08:00:00Z", 0), ("2026-03-01T09:00:00+01:00", 0), ("2026-03-01t09:00:00.250+0100", 250),
            ("2026-03-01 08:00", 0), ("2026-03-01T08:00:00", 0), ("Sun, 01 Mar 2026 08:00:00 GMT", 0),
            ("1 Mar 26 03:00 EST", 0), ("Sun, 1 March 2026 17:00:00 JST", 0), ("01-Mar-2026 08:00:00 +0000", 0),
            (" Sunday, 01 Mar 2026 08:00:00 -0000\n", 0), ("2026-03-01T08:00:00,1234Z", 123),
        ])
    func reads(text: String, milliseconds: Int64) {
        #expect(DateText.read(text) == Fixture.morning.adding(milliseconds: milliseconds))
    }

    @Test("A day alone is its first moment")
    func readsDays() {
        #expect(DateText.read("2026-03-01") == Fixture.morning.adding(milliseconds: -8 * 3_600_000))
        #expect(DateText.read("01 Mar 2026") == DateText.read("2026-03-01"))
        #expect(DateText.read("Tue, 31 Dec 99 23:59:60 GMT") == DateText.read("1999-12-31T23:59:59Z"))
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "now", "2026", "2026-02-30", "2026-13-01", "2026-03-01T25:00", "2026-03-01T08:00:00+25:00",
            "31 Foo 2026", "1 Mar",
            "0000-01-01", "12345-01-01", "2026-03-01T08:00:00Zx", "2026-03-01T08", "Sun, 01 Mar 2026 08:00:00 XYZ",
            "9999-12-31T23:59:59-23:00", "2026-03-01T08:00:00.Z",
        ])
    func refuses(text: String) {
        #expect(DateText.read(text) == nil)
    }

    @Test("Long texts are not walked through")
    func refusesLong() {
        #expect(DateText.read(String(repeating: "2026-03-01T08:00:00Z", count: 100_000)) == nil)
    }
}
