import Primitives
import Testing

@testable import Access

@Suite struct TokenBucketsTests {
    @Test func burstThenRate() {
        let buckets = TokenBuckets<String>(burst: 5, count: 10, perMilliseconds: 1_000)
        for left in (0..<5).reversed() {
            let decision = buckets.take("a", now: noon)
            #expect(decision.isAllowed && decision.remaining == left && decision.limit == 5)
        }
        let refused = buckets.take("a", now: noon)
        #expect(!refused.isAllowed && refused.remaining == 0)
        #expect(refused.retryAfterMilliseconds == 100)
        #expect(refused.resetMilliseconds == 500)
        #expect(buckets.take("b", now: noon).isAllowed)
        #expect(!buckets.take("a", now: noon.adding(milliseconds: 99)).isAllowed)
        #expect(buckets.take("a", now: noon.adding(milliseconds: 100)).isAllowed)
        #expect(!buckets.take("a", now: noon.adding(milliseconds: 100)).isAllowed)
    }

    /// Over any span, no more than the burst and what the rate allows.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func neverMoreThanAllowed(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let buckets = TokenBuckets<Int>(burst: 20, count: 100, perMilliseconds: 1_000)
        var now = noon
        var taken = 0
        for _ in 0..<5_000 {
            now = now.adding(milliseconds: Int64.random(in: 0...15, using: &generator))
            let cost = Int.random(in: 1...4, using: &generator)
            if buckets.take(0, cost: cost, now: now).isAllowed { taken += cost }
            #expect(Int64(taken) <= 20 + (now - noon) / 10, "seed \(seed)")
        }
        #expect(Int64(taken) >= (now - noon) / 10 - 20, "seed \(seed)")
    }

    @Test func costAboveTheBurstIsNeverAllowed() {
        let buckets = TokenBuckets<Int>(burst: 5, count: 5, perMilliseconds: 1_000)
        #expect(!buckets.take(0, cost: 6, now: noon).isAllowed)
        #expect(buckets.take(0, cost: 5, now: noon).isAllowed)
    }

    @Test func clockSetBackLocksNobodyOut() {
        let buckets = TokenBuckets<Int>(burst: 2, count: 1, perMilliseconds: 1_000)
        _ = buckets.take(0, now: noon)
        let earlier = after(seconds: -86_400)
        #expect(buckets.take(0, now: earlier.adding(milliseconds: 2_000)).retryAfterMilliseconds <= 1_000)
        #expect(buckets.take(0, now: earlier.adding(milliseconds: 3_000)).isAllowed)
    }

    @Test func manySubjectsFromOneSourceCostAsMuchAsOne() {
        let limiter = SignInLimiter(perHour: 3)
        for attempt in 0..<3 { #expect(limiter.attempt(subject: "s\(attempt)", source: "1.2.3.4", now: noon) == nil) }
        #expect(limiter.attempt(subject: "s9", source: "1.2.3.4", now: noon) == 1_200_000)
        #expect(limiter.attempt(subject: "s9", source: "5.6.7.8", now: noon) == nil)
    }

    @Test func oneSubjectFromManySourcesIsLimited() {
        let limiter = SignInLimiter(perHour: 3)
        for source in 0..<3 { #expect(limiter.attempt(subject: "Anna", source: "\(source)", now: noon) == nil) }
        #expect(limiter.attempt(subject: "anna", source: "new", now: noon) != nil)
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }
    }
}
