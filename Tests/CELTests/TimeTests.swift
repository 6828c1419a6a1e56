import CEL
import Testing

@Suite struct TimeTests {
    @Test(
        "RFC 3339 text is read and written",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
            ("2000-02-29T12:30:15+01:30", 951_822_015, "2000-02-29T11:00:15Z"),
            ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
            ("0001-01-01T00:00:00Z", -62_135_596_800, "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, "9999-12-31T23:59:59.999999999Z"),
            ("2026-11-21T22:00:00.120-00:00", 1_795_298_400, "2026-11-21T22:00:00.12Z"),
        ])
    func timestamps(_ text: String, _ seconds: Int64, _ written: String) throws {
        let instant = try #require(Timestamp(rfc3339: text))
        #expect(instant.seconds == seconds)
        #expect(instant.rfc3339 == written)
    }

    @Test(
        "text that is no timestamp",
        arguments: [
            "", "2026-11-21", "2026-11-21T22:00Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T23:59:60Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00.Z",
            "10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00Zx", "2026-1-01T00:00:00Z", "9999-12-31T23:59:59-00:01", "２026-01-01T00:00:00Z",
        ])
    func notTimestamps(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(
        "durations are read and written",
        arguments: [
            ("0", 0, "0s"), ("1h30m", 5_400_000_000_000, "5400s"), ("-1.5s", -1_500_000_000, "-1.5s"),
            ("1ns", 1, "0.000000001s"),
            ("1us", 1000, "0.000001s"), ("1µs", 1000, "0.000001s"), ("1μs", 1000, "0.000001s"),
            ("250ms", 250_000_000, "0.25s"),
            (".5m", 30_000_000_000, "30s"), ("+1s", 1_000_000_000, "1s"), ("1.h", 3_600_000_000_000, "3600s"),
            ("-9223372036854775808ns", .min, "-9223372036.854775808s"), ("1.0000000001s", 1_000_000_000, "1s"),
            ("-0", 0, "0s"),
        ])
    func durations(_ text: String, _ nanoseconds: Int64, _ written: String) throws {
        let span = try #require(TimeSpan(parsing: text))
        #expect(span.nanoseconds == nanoseconds)
        #expect(span.text == written)
    }

    @Test(
        "text that is no duration",
        arguments: [
            "", "1", "s", "1x", "1s1", "--1s", "1 s", ".s", "9223372036854775808ns", "99999999999999999999s", "1d", "-",
            "2562048h",
        ])
    func notDurations(_ text: String) {
        #expect(TimeSpan(parsing: text) == nil)
    }

    @Test func `every day of four centuries and more has its date back`() throws {
        var previous: Timestamp?
        for day in stride(from: -719_162, to: 200_000, by: 1) {
            let instant = try #require(Timestamp(seconds: Int64(day) * 86_400))
            if day % 97 == 0 || abs(day) < 800 { #expect(Timestamp(rfc3339: instant.rfc3339) == instant) }
            if let previous { #expect(previous < instant) }
            previous = instant
        }
    }

    @Test func `spans of Swift durations`() {
        #expect(TimeSpan(.milliseconds(1500))?.nanoseconds == 1_500_000_000)
        #expect(TimeSpan(.seconds(Int64.max)) == nil)
        #expect(TimeSpan(seconds: 3)?.text == "3s")
    }

    // MARK: Time zones

    /// A TZif file of version 2 with one change and a footer.
    private static func file(_ footer: String, transition: Int64 = 1000) -> [UInt8] {
        func header(_ times: UInt8) -> [UInt8] {
            var bytes: [UInt8] = Array("TZif2".utf8)
            bytes += [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, times, 2, 4] { bytes += [0, 0, 0, count] }
            return bytes
        }
        func big(_ value: Int64, _ width: Int) -> [UInt8] {
            (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
        }
        let types = big(3600, 4) + [0, 0] + big(7200, 4) + [1, 0]
        let names = Array("ABC\0".utf8)
        let first = header(1) + big(transition, 4) + [1] + types + names
        let second = header(1) + big(transition, 8) + [1] + types + names
        return first + second + Array("\n\(footer)\n".utf8)
    }

    @Test func `a TZif file gives the offset before, between and after its changes`() throws {
        let zone = try #require(TimeZoneFile(Self.file("CET-1CEST,M3.5.0,M10.5.0/3")))
        #expect(zone.utcOffset(at: 999) == 3600)
        // 31 March 2024, 01:00 UTC, and 27 October 2024, 01:00 UTC.
        #expect(zone.utcOffset(at: 1_711_846_799) == 3600)
        #expect(zone.utcOffset(at: 1_711_846_800) == 7200)
        #expect(zone.utcOffset(at: 1_729_990_799) == 7200)
        #expect(zone.utcOffset(at: 1_729_990_800) == 3600)
        #expect(zone.utcOffset(at: 32_503_680_000) == 3600)
        #expect(try #require(TimeZoneFile(Self.file(""))).utcOffset(at: 5_000_000_000) == 7200)
    }

    @Test(
        "footers of every form",
        arguments: [
            // The southern summer spans the new year; New Zealand changes at 02:00 standard, 03:00 daylight time.
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_704_067_200, 46_800),
            ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_719_792_000, 43_200),
            ("<-03>3", 0, -10_800), ("EST5EDT,M3.2.0,M11.1.0", 1_720_000_000, -14_400), ("IST-5:30", 0, 19_800),
            ("XXX0YYY,J60/0,J300/0", 1_709_251_199, 0), ("XXX0YYY,J60/0,J300/0", 1_709_251_200, 3600),
            ("XXX0YYY,59/0,300/0", 1_709_164_800, 3600), ("<+0330>-3:30<+0430>,J79/24,J263/24", 1_718_000_000, 16_200),
            ("EET-2EEST,M3.5.0/-1,M10.5.0/0", 1_720_000_000, 10_800),
        ])
    func footers(_ rule: String, _ instant: Int64, _ offset: Int) throws {
        let zone = try #require(TimeZoneFile(Self.file(rule, transition: -2_000_000_000)))
        #expect(zone.utcOffset(at: instant) == offset)
    }

    @Test func `damaged TZif files are refused or read, never worse`() {
        let whole = Self.file("CET-1CEST,M3.5.0,M10.5.0/3")
        for length in 0..<whole.count { _ = TimeZoneFile(Array(whole[..<length]))?.utcOffset(at: 5_000_000_000) }
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<3 {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                bytes[position] = UInt8.random(in: 0...255, using: &random)
            }
            _ = TimeZoneFile(bytes)?.utcOffset(at: Int64.random(in: -5_000_000_000...5_000_000_000, using: &random))
        }
        #expect(TimeZoneFile([]) == nil)
        #expect(TimeZoneFile(Array("TZif".utf8)) == nil)
    }

    @Test func `zones of the system, where it has them`() throws {
        guard let bytes = Shared.bytes("/usr/share/zoneinfo/Europe/Amsterdam") else { return }
        let zone = try #require(TimeZoneFile(bytes))
        #expect(zone.utcOffset(at: 1_719_792_000) == 7200)
        #expect(zone.utcOffset(at: 1_704_067_200) == 3600)
        #expect(zone.utcOffset(at: 4_118_000_000) == 7200)
        var environment = Environment()
        environment.timeZones = SystemTimeZones()
        #expect(try evaluate("timestamp('2024-07-01T23:30:00Z').getDate('Europe/Amsterdam')", environment) == .int(2))
    }
}
