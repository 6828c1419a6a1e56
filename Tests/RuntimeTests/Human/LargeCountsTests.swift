import Primitives
import Testing

@testable import Runtime

@Suite struct LargeCountsTests {
    @Test func onlyLargeCountsAreKeptAndForHalfAMinute() {
        let counts = LargeCounts<String, Int64>()
        let now = Instant(seconds: 1_780_000_000)
        counts.keep(["few": 999, "many": 1_000], now: now) { $0 }
        #expect(counts.find(["few", "many", "none"], now: now) == ["many": 1_000])
        #expect(counts.find(["many"], now: now.adding(milliseconds: 29_999)) == ["many": 1_000])
        #expect(counts.find(["many"], now: now.adding(milliseconds: 30_000)).isEmpty)
    }

    @Test func aSampleSaysWhatHoldsOfAll() {
        var counts = HabitCounts()
        (counts.counted, counts.members) = (2_000, 100_000)
        #expect(counts.estimate(10) == 500 && counts.estimate(2_000) == 100_000 && counts.estimate(0) == 0)
        (counts.counted, counts.members) = (3, 7)
        #expect(counts.estimate(1) == 2)
        // Who counted everybody estimates nothing.
        (counts.counted, counts.members) = (70, 70)
        #expect(counts.estimate(33) == 33)
    }
}
