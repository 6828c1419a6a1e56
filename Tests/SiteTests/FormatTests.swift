import Testing

@testable import Site

struct FormatTests {
    @Test(arguments: [
        (Int64(0), "0", "0", "0"), (7, "7", "7", "7"), (999, "999", "999", "999"),
        (1_234, "1.234", "1,234", "1,234"), (-1_234_567, "−1.234.567", "−1,234,567", "−1,234,567"),
        (.max, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807", "9,223,372,036,854,775,807"),
        (.min, "−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808", "−9,223,372,036,854,775,808"),
    ])
    func `numbers are grouped as the language does`(value: Int64, nl: String, en: String, ja: String) {
        #expect(Texts.nl.number(value) == nl)
        #expect(Texts.en.number(value) == en)
        #expect(Texts.ja.number(value) == ja)
    }

    @Test
    func `amounts choose the number of their unit`() {
        #expect(Texts.nl.amount(Amount(1, Samples.ink(.nl))) == "1 druppel inkt")
        #expect(Texts.nl.amount(Amount(0, Samples.ink(.nl))) == "0 druppels inkt")
        #expect(Texts.en.amount(Amount(2, Samples.ink(.en))) == "2 drops of ink")
        #expect(Texts.en.amount(-1, Samples.ink(.en)) == "−1 drop of ink")
        #expect(Texts.ja.amount(Amount(15, Samples.ink(.ja))) == "15インク")
    }

    @Test
    func `counted sentences choose their grammatical number`() {
        #expect(Texts.nl.console.quarantineTotal(1, "1") == "1 gebeurtenis")
        #expect(Texts.en.console.quarantineTotal(2, "2") == "2 events")
        #expect(Texts.en.dates.seconds(1, "1") == "1 second")
        #expect(Texts.ja.console.quarantineTotal(1, "1") == "1件")
        #expect(Texts.nl.member.privilegeSteps(1, "1", "lees iets") == "Nog één keer: lees iets")
        #expect(Texts.en.member.privilegeSteps(3, "3", "read") == "3 times more: read")
    }

    @Test
    func `days are called by name when near and have a year when far`() throws {
        let today = try #require(LocalDay(year: 2025, month: 12, day: 31))
        func day(_ offset: Int) -> LocalDay { LocalDay(daysSinceEpoch: today.daysSinceEpoch + offset) }
        #expect(Texts.nl.day(today, today: today) == "vandaag")
        #expect(Texts.en.day(day(-1), today: today) == "yesterday")
        #expect(Texts.ja.day(day(1), today: today) == "明日")
        #expect(Texts.nl.day(day(2), today: today) == "2 januari 2026")
        #expect(Texts.en.day(day(-2), today: today) == "29 December")
        #expect(Texts.ja.day(day(2), today: today) == "2026年1月2日")
        #expect(Texts.nl.weekday(day(-2), today: today) == "maandag 29 december")
        #expect(Texts.ja.dateline(today) == "2025年12月31日（水）")
        #expect(Texts.en.moment(LocalMoment(day(-1), minute: 5), today: today) == "yesterday, 00:05")
    }

    @Test(arguments: [
        (0.7, "70%"), (0.699, "69%"), (0.999, "99%"), (1.0, "100%"), (-0.1, "0%"), (.nan, "0%"), (.infinity, "0%"),
        (0.29, "29%"),
    ])
    func `shares are rounded down, and never surprise`(share: Double, shown: String) {
        #expect(Texts.en.percent(share) == shown)
    }

    @Test
    func `durations and clocks`() {
        #expect(Texts.nl.duration(seconds: 1) == "1 min")
        #expect(Texts.nl.duration(seconds: 3_600) == "1 uur")
        #expect(Texts.en.duration(seconds: 4_321) == "1 h 13 min")
        #expect(Texts.ja.duration(seconds: 4_321) == "1時間13分")
        #expect(Texts.nl.measured(seconds: 30) == "30 seconden")
        #expect(Texts.nl.measured(seconds: 412) == "7 min")
        #expect(Texts.en.clock(seconds: 65) == "1:05")
        #expect(Texts.en.clock(seconds: 3_723) == "1:02:03")
    }

    @Test
    func `lists join as the language does`() {
        #expect(Texts.nl.list([]) == "")
        #expect(Texts.nl.list(["a"]) == "a")
        #expect(Texts.nl.list(["a", "b", "c"]) == "a, b en c")
        #expect(Texts.ja.list(["a", "b"]) == "a、b")
    }

    @Test
    func `every day from 1 to 9999 comes back from its number, with the right weekday`() throws {
        let first = try #require(LocalDay(year: 1, month: 1, day: 1)).daysSinceEpoch
        let last = try #require(LocalDay(year: 9_999, month: 12, day: 31)).daysSinceEpoch
        #expect(last - first + 1 == 3_652_059)
        // 146,097 days are one whole cycle of the calendar: each tested once.
        for number in first..<(first + 146_097) {
            let day = LocalDay(daysSinceEpoch: number)
            #expect(LocalDay(year: day.year, month: day.month, day: day.day) == day)
            #expect(day.daysSinceEpoch == number)
        }
        #expect(try #require(LocalDay(year: 1970, month: 1, day: 1)).weekday == 4)
        #expect(try #require(LocalDay(year: 2025, month: 11, day: 21)).weekday == 5)
        #expect(LocalDay(year: 2025, month: 2, day: 29) == nil)
        #expect(LocalDay(year: 2000, month: 2, day: 29) != nil)
        #expect(LocalDay(year: 1900, month: 2, day: 29) == nil)
        #expect(LocalDay(year: 2025, month: 0, day: 1) == nil)
    }

    @Test(arguments: [
        ("nl", Language.nl), ("en-US,en;q=0.9", .en), ("ja-JP,en;q=0.8", .ja), ("de,fr", nil), ("", nil),
        ("de;q=1,nl;q=0.2,ja;q=0.3", .ja), ("en;q=0,nl;q=0.1", .nl), ("*", nil), ("nl;q=zz,en;q=0.1", .en),
        ("NL-be", .nl),
    ])
    func `the browser's languages are weighed`(header: String, language: Language?) {
        #expect(Language.preferred(acceptLanguage: header) == language)
    }

    @Test(arguments: [
        "javascript:alert(1)", "//evil.example", "data:text/html,x", "/a b", "/a\nb", "", "x", "/a\\b", "vbscript:x",
    ])
    func `no other scheme gets into a link`(address: String) {
        #expect(WebLink(address) == nil)
    }

    @Test
    func `paths are encoded by segment`() {
        #expect(WebLink(path: ["m", "a/b?é"]).address == "/m/a%2Fb%3F%C3%A9")
        #expect(WebLink("https://example.org/x?y=z")?.address == "https://example.org/x?y=z")
    }
}
