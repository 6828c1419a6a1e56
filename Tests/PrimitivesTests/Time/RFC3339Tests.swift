import Foundation
import Primitives
import Testing

@Suite struct RFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0 as Int64),
        ("1985-04-12T23:20:50.52Z", 482_196_050_520),
        ("1996-12-19T16:39:57-08:00", 851_042_397_000),
        ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130),
        ("1990-12-31T23:59:60Z", 662_687_999_000),
        ("1990-12-31T15:59:60-08:00", 662_687_999_000),
        ("2026-11-21t20:15:00.250z", 1_795_292_100_250),
        ("2026-11-21T21:15:00.2509999+01:00", 1_795_292_100_250),
        ("2026-11-21T20:15:00.2-00:00", 1_795_292_100_200),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func `a time stamp is read`(_ text: String, _ milliseconds: Int64) {
        #expect(RFC3339.parse(text)?.milliseconds == milliseconds)
        #expect(RFC3339.parse("<\(text)>".dropFirst().dropLast())?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T20:15:00", "2026-11-21 20:15:00Z", "2026-11-21T20:15Z", "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T20:60:00Z", "2026-11-21T20:15:61Z", "2026-11-21T20:15:60Z", "2026-11-21T20:15:00.Z",
        "2026-11-21T20:15:00+0100", "2026-11-21T20:15:00+01", "2026-11-21T20:15:00+24:00", "2026-11-21T20:15:00+01:60",
        "2026-11-21T20:15:00Zx", "2026-11-21T20:15:00Z ", "+026-11-21T20:15:00Z", "2026-11-21T20:15:00,5Z",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２026-11-21T20:15:00Z",
    ])
    func `anything else is refused`(_ text: String) {
        #expect(RFC3339.parse(text) == nil)
    }

    @Test func `instants survive formatting and agree with Foundation`() throws {
        let seed: UInt64 = 5
        print("RFC 3339: seed \(seed)")
        var random = Xoshiro256(seed: seed)
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for _ in 0..<2_000 {
            let instant = Instant(
                milliseconds: Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &random))
            let text = RFC3339.format(instant)
            #expect(text.utf8.count == 24)
            #expect(RFC3339.parse(text) == instant)
            let theirs = try #require(formatter.date(from: text))
            #expect(abs(theirs.timeIntervalSince1970 * 1_000 - Double(instant.milliseconds)) < 0.5)
        }
        #expect(RFC3339.format(.earliest) == "0001-01-01T00:00:00.000Z")
        #expect(RFC3339.format(.latest) == "9999-12-31T23:59:59.999Z")
        #expect(RFC3339.format(Instant(milliseconds: .max)) == RFC3339.format(.latest))
    }

    @Test func `the system clock tells Foundation's time`() {
        let ours = Double(SystemClock().now().milliseconds) / 1_000
        #expect(abs(ours - Date().timeIntervalSince1970) < 60)
    }
}
