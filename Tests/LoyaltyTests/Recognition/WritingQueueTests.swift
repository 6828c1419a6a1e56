import Loyalty
import Primitives
import TestSupport
import Testing

@Suite struct WritingQueueTests {
    private static let terms = LetterTerms(perDay: 3, restDays: 30, withinDays: 14)

    private static func candidate(
        _ number: UInt64, _ occasion: String = "regular", member: UInt64? = nil, day: Int32 = 100, last: Int32? = nil,
        signers: [String] = ["anna", "joris"]
    ) -> WritingQueue.Candidate {
        WritingQueue.Candidate(
            letter: ID128(high: 1, low: number),
            member: MemberID(ID128(high: 2, low: (member ?? number) &* 0x9E37_79B9)),
            occasion: occasion, day: day, lastAsked: last, signers: signers)
    }

    @Test func nobodyIsAskedForMoreThanTheirDayHolds() {
        let all = (0..<50).map { Self.candidate(UInt64($0)) }
        let requests = WritingQueue.choose(all, asked: ["anna": 1], Self.terms, today: 100)
        #expect(requests.count { $0.signer == "anna" } == 2)
        #expect(requests.count { $0.signer == "joris" } == 3)
        #expect(Set(requests.map(\.member)).count == 5)
    }

    @Test func nobodyIsWrittenToAgainWithinTheRest() {
        let requests = WritingQueue.choose(
            [Self.candidate(1, last: 71), Self.candidate(2, last: 70), Self.candidate(3, "other", member: 2)],
            asked: [:], Self.terms, today: 100)
        #expect(requests.map(\.member) == [Self.candidate(2).member])
    }

    @Test func whatIsTooLongAgoIsNotAskedFor() {
        let days: [(Int32, Bool)] = [(86, false), (87, true), (100, true), (101, true), (102, false)]
        for (day, isAsked) in days {
            let requests = WritingQueue.choose([Self.candidate(1, day: day)], asked: [:], Self.terms, today: 100)
            #expect(requests.isEmpty != isAsked, "day \(day)")
        }
    }

    @Test func rareMomentsComeThroughBesideFrequentOnes() {
        let all = (0..<100).map { Self.candidate(UInt64($0), "regular") } + [Self.candidate(200, "a-year")]
        let requests = WritingQueue.choose(all, asked: [:], Self.terms, today: 100)
        #expect(requests.contains { $0.letter == Self.candidate(200).letter })
    }

    @Test func whoeverWaitsLongestGoesFirst() {
        let all = (0..<20).map { Self.candidate(UInt64($0), last: Int32(60 - Int($0))) } + [Self.candidate(99)]
        let requests = WritingQueue.choose(
            all, asked: [:], LetterTerms(perDay: 1, restDays: 30, withinDays: 14), today: 100)
        #expect(requests.first?.letter == Self.candidate(99).letter)
        #expect(requests.last?.letter == Self.candidate(19).letter)
    }

    /// Over many days everybody is asked for about as often, whatever the order in which they are listed.
    @Test func turnsAreFair() {
        var random = SeededRandom(seed: 11)
        var counts: [UInt64: Int] = [:]
        for today in Int32(100)..<400 {
            let all = (0..<40).map { Self.candidate(UInt64($0), day: today) }.shuffled(using: &random)
            let requests = WritingQueue.choose(all, asked: [:], Self.terms, today: today)
            #expect(
                Set(requests) == Set(WritingQueue.choose(all.reversed(), asked: [:], Self.terms, today: today)))
            for request in requests { counts[request.letter.low, default: 0] += 1 }
        }
        // 300 days, 6 letters, 40 members: 45 each; a binomial has a deviation of 6.2.
        #expect(counts.count == 40)
        #expect(counts.values.allSatisfy { (15...80).contains($0) })
    }
}

@Suite struct LetterTextTests {
    @Test func fieldsAreFilledIn() {
        #expect(LetterText.filled("{a} and {b}, {c} {", ["a": "1", "b": "{a}"]) == "1 and {a}, {c} {")
        #expect(LetterText.filled("", [:]) == "")
    }

    @Test func whatIsSentIsPlainText() {
        #expect(LetterText.clean("  Dear you,\r\n\r\nThanks.\n ") == "Dear you,\n\nThanks.")
        for text in ["", " \n", "a\u{0}b", "a\u{202E}b", String(repeating: "é", count: 1_001)] {
            #expect(LetterText.clean(text) == nil)
        }
        #expect(LetterText.clean(String(repeating: "é", count: 1_000)) != nil)
    }

    @Test func smallCountsAreNotShown() {
        #expect([0, 1, 9, 10, 19, 20, 4_321].map { PublishedCount.shown($0) } == [nil, nil, nil, 10, 10, 20, 4_320])
    }
}
