import Loyalty
import Primitives
import Runtime
import Storage
import Testing

/// A challenge ends as if an amended event had been sent right from the start: what was completed with it and is not
/// without it is taken back, once, and can be completed anew.
@Suite struct RollbackTests {
    private static func programme(rollsBack: Bool = true) -> Programme {
        var programme = SampleProgramme.programme
        for index in programme.challenges.indices where programme.challenges[index].id == "week" {
            programme.challenges[index].rollsBack = rollsBack
        }
        return programme
    }

    private func amend(_ test: TestEngine, _ envelope: EventEnvelope, to corrected: IncomingEvent?) async throws {
        let event = envelope.event
        let claim = test.engine.claim(programme: test.programme, source: event.source, id: event.id)
        _ = try await test.engine.perform(
            .amend(Amendment(original: event, claim: claim, corrected: corrected)), member: test.member("é"),
            in: test.programme)
    }

    private func ink(_ test: TestEngine) async throws -> Int64 {
        let summary = try await test.engine.summary(of: test.member("é"), in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.spendable ?? 0
    }

    private func reads(_ test: TestEngine) -> [EventEnvelope] {
        (0..<4).map { test.event("read-\($0)", user: "é", at: TestEngine.start) }
    }

    @Test(arguments: [true, false]) func aCompletionGoesWithItsEvent(rollsBack: Bool) async throws {
        try await TestEngine.each(Self.programme(rollsBack: rollsBack)) { test in
            let reads = reads(test)
            _ = try await test.engine.take(reads, in: test.programme)
            func state() async throws -> [String] {
                let summary = try #require(
                    try await test.engine.summary(of: test.member("é"), in: test.programme))
                let completions = summary.challenges.first { $0.challenge == "week" }?.completions ?? 0
                return ["\(try await ink(test))", "\(completions)"] + summary.badges.keys.sorted()
            }
            // Three of four reads within the limit of 45, and 25 for the week.
            #expect(try await state() == ["70", "1", "reader"])
            try await amend(test, reads[3], to: nil)
            #expect(try await state() == (rollsBack ? ["45", "0"] : ["70", "1", "reader"]))
            #expect(try await test.verify().differences == [])
            // The fourth for real: completed anew, and paid once.
            _ = try await test.engine.take(
                [test.event("read-again", user: "é", at: TestEngine.start)], in: test.programme)
            #expect(try await state() == ["70", "1", "reader"])
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func whatWasSpentIsNotPaidTwice() async throws {
        try await TestEngine.each(Self.programme()) { test in
            let reads = reads(test)
            _ = try await test.engine.take(reads, in: test.programme)
            _ = try await test.engine.perform(
                .adjust(unit: "ink", amount: -60, id: ID128(high: 1, low: 1), reason: "spent"),
                member: test.member("é"), in: test.programme)
            // Of 25 only 10 are left to take.
            try await amend(test, reads[3], to: nil)
            #expect(try await ink(test) == 0)
            _ = try await test.engine.take(
                [test.event("read-again", user: "é", at: TestEngine.start)], in: test.programme)
            #expect(try await ink(test) == 10)
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func whatStaffTookBackIsNotTakenTwice() async throws {
        try await TestEngine.each(Self.programme()) { test in
            let reads = reads(test)
            let results = try await test.engine.take(reads, in: test.programme)
            let award = try #require(
                results.flatMap(\.effects).first { $0.kind == .award && $0.source == "challenge/week" })
            _ = try await test.engine.perform(
                .reverse(effect: award.id), member: test.member("é"), in: test.programme)
            #expect(try await ink(test) == 45)
            try await amend(test, reads[3], to: nil)
            #expect(try await ink(test) == 45)
            _ = try await test.engine.take(
                [test.event("read-again", user: "é", at: TestEngine.start)], in: test.programme)
            #expect(try await ink(test) == 70)
            #expect(try await test.verify().differences == [])
        }
    }

    /// Challenges of every kind, prerequisites and composite badges: a random history with amendments in between, and the
    /// same history as it should have been sent.
    @Test(arguments: [31, 32, 33, 34, 35, 36] as [UInt64], [PrivacyLevel.session, .personal])
    func amendmentsAtAnyTimeEndWhereTheRightHistoryEnds(seed: UInt64, level: PrivacyLevel) async throws {
        var programme = ChallengeTests.programme
        // Levels never fall.
        programme.levels = nil
        print("rollback: seed \(seed)")
        func fields(_ random: inout SplitMix64, _ index: Int) -> JSONObject {
            [
                "topic": .string(["opera", "jazz", "sport"].randomElement(using: &random) ?? "opera"),
                "seconds": .integer(.random(in: 0...200, using: &random)),
                "episode": .string("episode-\(index % 7)"), "newEpisode": .bool(index % 7 == index),
            ]
        }
        try await TestEngine.each(programme) { test in
            var random = SplitMix64(seed: seed)
            func event(_ id: String, _ user: String, _ type: String, _ at: Instant, _ fields: JSONObject)
                -> EventEnvelope
            {
                test.event(id, user: user, type: type, at: at, fields: fields)
            }
            for user in ["é", "right"] {
                _ = try await test.engine.perform(
                    .profile(ProfileChange(level: level)), member: test.member(user), in: test.programme)
            }
            var right: [EventEnvelope] = []
            for index in 0..<50 {
                let at = TestEngine.start.adding(milliseconds: -Int64.random(in: 0...(70 * 3_600_000), using: &random))
                let isVisit = Int.random(in: 0..<3, using: &random) == 0
                let type = isVisit ? "visit" : "listen"
                let wrong = isVisit ? ["points": .integer(3)] : fields(&random, index)
                let sent = event("é\(index)", "é", type, at, wrong)
                _ = try await test.engine.take([sent], in: test.programme)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: try await amend(test, sent, to: nil)
                case 1:
                    var corrected = sent.event
                    corrected.fields = isVisit ? ["points": .integer(9)] : fields(&random, index)
                    right.append(event("right\(index)", "right", type, at, corrected.fields))
                    try await amend(test, sent, to: corrected)
                default: right.append(event("right\(index)", "right", type, at, wrong))
                }
            }
            _ = try await test.engine.take(right.shuffled(using: &random), in: test.programme)
            func outcome(_ user: String) async throws -> [String] {
                let summary = try #require(
                    try await test.engine.summary(of: test.member(user), in: test.programme))
                return ["\(summary.badges.keys.sorted())"]
                    + summary.balances.map { "\($0.unit) \($0.spendable)+\($0.pending)" }
                    + summary.challenges.map { "\($0.challenge) \($0.count) \($0.completions)" }
            }
            let (amended, expected) = (try await outcome("é"), try await outcome("right"))
            #expect(amended == expected, "seed \(seed)")
            #expect(try await test.verify().differences == [], "seed \(seed)")
        }
    }
}
