import Primitives
import Testing

@Suite struct InstantRFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-01T18:30:00.250+01:00", 1_772_386_200_250),
        ("2000-02-29T23:59:59.9z", 951_868_799_900), ("1969-12-31T23:59:59.999Z", -1),
        ("2016-12-31T23:59:60Z", 1_483_228_799_000), ("0001-01-01t00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("2026-03-01T00:00:00.123456789-23:59", 1_772_409_540_123),
    ]) func readsWhatTheStandardAllows(text: String, milliseconds: Int64) {
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T00:00:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z", "2026-04-31T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z",
        "2026-03-01T00:00:61Z", "2026-03-01T00:00:00.Z", "2026-03-01T00:00:00+0100", "2026-03-01T00:00:00Z ",
        "2026-03-01 00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-00:01", "2026-03-01T00:00:00+24:00",
        "２026-03-01T00:00:00Z",
    ]) func refusesTheRest(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func writesWhatItReads() {
        var source = SystemRandomNumberGenerator()
        let seed = source.next()
        var state = seed
        for _ in 0..<2_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let span = UInt64(Instant.latest.milliseconds - Instant.earliest.milliseconds + 1)
            let instant = Instant(milliseconds: Instant.earliest.milliseconds + Int64((state >> 1) % span))
            #expect(Instant(rfc3339: instant.rfc3339) == instant, "seed \(seed): \(instant.rfc3339)")
        }
    }
}
