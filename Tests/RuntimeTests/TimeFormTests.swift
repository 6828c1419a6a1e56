import Loyalty
import Primitives
import Runtime
import Testing

@Suite struct TimeFormTests {
    private let zones = SystemZones()

    private func read(_ text: String, as form: String, zone: String = "Europe/Amsterdam") -> String? {
        TimeForm(form)?.instant(text, zone: zone, offsets: zones).map { RFC3339.format($0) }
    }

    @Test(arguments: [
        ("rfc3339", "2026-03-01T08:00:00+01:00", "2026-03-01T07:00:00.000Z"),
        ("unix-seconds", "1372788321", "2013-07-02T18:05:21.000Z"),
        ("unix-seconds", "1372788321.25", "2013-07-02T18:05:21.250Z"),
        ("unix-milliseconds", "1372788321250", "2013-07-02T18:05:21.250Z"),
        // Noon, so that it is this day wherever days begin.
        ("date", "2026-03-01", "2026-03-01T11:00:00.000Z"),
        ("dd-MM-yyyy", "01-03-2026", "2026-03-01T11:00:00.000Z"),
        ("dd-MM-yyyy HH:mm", "01-07-2026 20:15", "2026-07-01T18:15:00.000Z"),
        ("M/d/yyyy H:mm:ss", "3/1/2026 7:05:09", "2026-03-01T06:05:09.000Z"),
        ("yyyyMMddTHHmmss.SSS", "20260301T080000.250", "2026-03-01T07:00:00.250Z"),
        // Shown twice when the clocks go back: the first of the two. Left out when they go forward: an hour later.
        ("yyyy-MM-dd HH:mm", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
        ("yyyy-MM-dd HH:mm", "2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),
    ])
    func readsWhatTheColumnSays(form: String, text: String, moment: String) {
        #expect(read(text, as: form) == moment)
    }

    @Test(arguments: [
        ("rfc3339", "2026-03-01"), ("unix-seconds", "gisteren"), ("unix-seconds", "99999999999999999"),
        ("date", "2026-02-30"), ("dd-MM-yyyy", "1-3-2026"), ("dd-MM-yyyy HH:mm", "01-03-2026 24:00"),
        ("dd-MM-yyyy", "01-03-2026 "),
    ])
    func refusesWhatIsNoTime(form: String, text: String) {
        #expect(TimeForm(form) != nil)
        #expect(read(text, as: form) == nil)
    }

    @Test(arguments: ["", "HH:mm", "dd-MM-yy", "yyyy-MM-dd-dd", "yyyy-MM-dd noon", "ddd-MM-yyyy"])
    func refusesPatternsThatAreNone(text: String) {
        #expect(TimeForm(text) == nil)
    }

    @Test func aZoneThatIsNotThereGivesNothing() {
        #expect(read("2026-03-01", as: "date", zone: "Europe/Nowhere") == nil)
    }
}
