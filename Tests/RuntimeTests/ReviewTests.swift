import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// What looks suspicious waits, is seen, and is released or refused; whatever order events come in.
@Suite struct ReviewTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.events.append(
            EventType(
                id: "page.read",
                fields: [
                    .init(id: "words", type: .integer), .init(id: "seconds", type: .duration, unit: "s"),
                    .init(id: "device", type: .text, required: false),
                ]))
        programme.rules.append(
            Rule(
                id: "page", trigger: "page.read", effects: [.award(amount: "5", unit: "ink"), .badge("explorer")],
                limits: [Limit(kind: .amount(100), period: .day)], budget: "welcome"))
        programme.review = [
            ReviewCheck(
                id: "many", kind: .velocity(event: "page.read", atMost: 3, windowSeconds: 86_400), releaseAfterDays: 7),
            ReviewCheck(
                id: "fast",
                kind: .speed(event: "page.read", length: "words", seconds: "seconds", perMinute: 1_000)),
            ReviewCheck(id: "double", kind: .dwell(event: "page.read", seconds: "seconds", atMostSeconds: 70_000)),
            ReviewCheck(id: "device", kind: .devices(event: "page.read", field: "device", members: 3)),
        ]
        return programme
    }()

    private static let day: Int32 = 20_777  // 20 November 2026

    private func page(
        _ test: TestEngine, _ id: String, user: String = "é", words: Int64 = 300, seconds: Int64 = 120,
        device: String? = nil, hours: Int64 = 0
    ) -> EventEnvelope {
        var fields: JSONObject = ["words": .integer(words), "seconds": .integer(seconds)]
        if let device { fields["device"] = .string(device) }
        return test.event(
            id, user: user, type: "page.read", at: TestEngine.start.adding(milliseconds: -hours * 3_600_000),
            fields: fields)
    }

    private func ink(_ test: TestEngine, _ user: String = "é") async throws -> (spendable: Int64, pending: Int64) {
        let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
        let balance = summary?.balances.first { $0.unit == "ink" }
        return (balance?.spendable ?? 0, balance?.pending ?? 0)
    }

    private func open(_ test: TestEngine) async throws -> [QueuedReview] {
        try await test.engine.reviews(ReviewFilter(), limit: 100, in: test.programme)
    }

    private func spent(_ test: TestEngine) async throws -> Int64 {
        try await test.database.read {
            try $0.first(
                "SELECT sum(spent) FROM budget_spent WHERE programme_id = ?", [.text(test.programme.name)])?.int(0) ?? 0
        }
    }

    @Test func tooManyInADayWaitAndAreReleasedAsTheyWere() async throws {
        try await TestEngine.each(Self.programme) { test in
            for index in 1...3 { _ = try await test.engine.take([page(test, "e\(index)")], in: test.programme) }
            var ink = try await ink(test)
            #expect(ink.spendable == 15 && ink.pending == 0)
            _ = try await test.engine.take([page(test, "e4")], in: test.programme)
            ink = try await self.ink(test)
            #expect(ink.spendable == 0 && ink.pending == 20)
            let cases = try await open(test)
            #expect(cases.count == 1)
            #expect(cases.first?.found.check == "many")
            #expect(cases.first?.found.held == ["ink": 20])
            #expect(cases.first?.found.badges == 1)
            var summary = try #require(try await test.engine.summary(of: test.member("é"), in: test.programme))
            #expect(summary.badges["explorer"] == nil)
            #expect(try await test.verify().differenceCount == 0)
            let (decided, more) = try await test.engine.decideReviews(
                ReviewFilter(check: "many"), releases: true, limit: 10, in: test.programme)
            #expect(decided.count == 1 && !more)
            ink = try await self.ink(test)
            #expect(ink.spendable == 20 && ink.pending == 0)
            summary = try #require(try await test.engine.summary(of: test.member("é"), in: test.programme))
            #expect(summary.badges["explorer"] != nil)
            #expect(try await open(test) == [])
            // What comes after a release is not held again.
            _ = try await test.engine.take([page(test, "e5")], in: test.programme)
            #expect(try await self.ink(test).spendable == 25)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aRefusalTakesBackAndGivesTheBudgetItsShare() async throws {
        try await TestEngine.each(Self.programme) { test in
            for index in 1...4 { _ = try await test.engine.take([page(test, "e\(index)")], in: test.programme) }
            #expect(try await spent(test) == 20)
            _ = try await test.engine.decideReviews(
                ReviewFilter(check: "many"), releases: false, limit: 10, in: test.programme)
            var ink = try await ink(test)
            #expect(ink.spendable == 0 && ink.pending == 0)
            #expect(try await spent(test) == 0)
            // A late event of that day is part of the same decision; another day is not.
            _ = try await test.engine.take([page(test, "late")], in: test.programme)
            _ = try await test.engine.take([page(test, "other", hours: 30)], in: test.programme)
            ink = try await self.ink(test)
            #expect(ink.spendable == 5 && ink.pending == 0)
            #expect(try await spent(test) == 5)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func nobodyWaitsForEver() async throws {
        try await TestEngine.each(Self.programme) { test in
            for index in 1...4 { _ = try await test.engine.take([page(test, "e\(index)")], in: test.programme) }
            test.clock.advance(milliseconds: 7 * 86_400_000)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await ink(test).spendable == 0)
            test.clock.advance(milliseconds: 86_400_000)
            _ = try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
            #expect(try await ink(test).spendable == 20)
            #expect(try await open(test) == [])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func impossibleReadingAndTimeThatThereIsNotAreSeen() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            _ = try await test.engine.take([page(test, "e1", words: 3_000, seconds: 20)], in: test.programme)
            _ = try await test.engine.take(
                [page(test, "e2", user: "b", seconds: 40_000), page(test, "e3", user: "b", seconds: 40_000)],
                in: test.programme)
            #expect(Set(try await open(test).map(\.found.check)) == ["fast", "double"])
            #expect(try await ink(test, "b").pending == 10)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func membersWhoShareADeviceAreFoundHoweverOftenSomebodyLooks() async throws {
        try await TestEngine.each(Self.programme) { test in
            for user in ["a", "b"] {
                _ = try await test.engine.take([page(test, "e-\(user)", user: user, device: "d")], in: test.programme)
            }
            try await Keeper.reviewDevices(test.engine, test.programme)
            #expect(try await open(test) == [])
            _ = try await test.engine.take([page(test, "e-c", user: "c", device: "d")], in: test.programme)
            _ = try await test.engine.take([page(test, "e-z", user: "z", device: "e")], in: test.programme)
            for _ in 0..<2 { try await Keeper.reviewDevices(test.engine, test.programme) }
            #expect(try await open(test).count == 3)
            #expect(try await ink(test, "a").pending == 5)
            #expect(try await ink(test, "z").spendable == 5)
            #expect(try await test.verify().differenceCount == 0)
            // Nothing of the device as it was sent is stored.
            let rows = try await test.database.read { try $0.query("SELECT device FROM review_device") }
            #expect(rows.count == 4)
        }
    }

    @Test func anAmendmentThatTakesTheReasonAwayEndsTheCase() async throws {
        try await TestEngine.with(.sqlite, Self.programme) { test in
            for index in 1...4 { _ = try await test.engine.take([page(test, "e\(index)")], in: test.programme) }
            #expect(try await ink(test).pending == 20)
            let sent = page(test, "e4")
            let member = try await test.member("é")
            let claim = test.engine.claim(
                programme: test.programme, source: sent.event.source, id: sent.event.id)
            let command = Command(
                programme: test.programme, member: member,
                action: .amend(Amendment(original: sent.event, claim: claim, corrected: nil)), now: test.clock.now())
            for answer in try await test.engine.submit([command]) { _ = try answer.get() }
            let ink = try await ink(test)
            #expect(ink.spendable == 15 && ink.pending == 0)
            #expect(try await open(test) == [])
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// An event that was refused turns out not to have happened, or staff take its award back as well: what else the member
    /// has is not touched, and the budget has got its share already.
    @Test func whatAReviewRefusedIsNotTakenBackAgain() async throws {
        try await TestEngine.each(Self.programme) { test in
            _ = try await test.engine.take(
                [test.event("v", user: "é", type: "visit", fields: ["points": .integer(50)])], in: test.programme)
            let results = try await test.engine.take((1...4).map { page(test, "e\($0)") }, in: test.programme)
            let awards = results.map { $0.effects.first { $0.kind == .award && $0.source == "page" } }
            _ = try await test.engine.decideReviews(
                ReviewFilter(check: "many"), releases: false, limit: 10, in: test.programme)
            #expect(try await ink(test).spendable == 50)
            let member = try await test.member("é")
            let sent = page(test, "e1").event
            let claim = test.engine.claim(programme: test.programme, source: sent.source, id: sent.id)
            _ = try await test.engine.perform(
                .amend(Amendment(original: sent, claim: claim, corrected: nil)), member: member, in: test.programme)
            #expect(try await ink(test).spendable == 50)
            let award = try #require(awards[1])
            _ = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            #expect(try await ink(test).spendable == 50)
            #expect(try await spent(test) == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// A history in any order, in pieces of any size, ends with the same cases and the same balances.
    @Test(arguments: [41, 42, 43, 44] as [UInt64])
    func orderDoesNotMatter(seed: UInt64) async throws {
        struct Sent {
            var id: String
            var user: String
            var words: Int64
            var seconds: Int64
            var hours: Int64
        }
        var random = SplitMix64(seed: seed)
        let history = (0..<60).map { index in
            Sent(
                id: "e\(index)", user: ["a", "b", "c"][Int.random(in: 0..<3, using: &random)],
                words: .random(in: 100...2_600, using: &random), seconds: .random(in: 60...9_000, using: &random),
                hours: .random(in: 0...70, using: &random))
        }
        var programme = Self.programme
        programme.rules[programme.rules.count - 1].budget = nil
        func outcome(_ order: [Sent]) async throws -> [String] {
            var lines: [String] = []
            try await TestEngine.with(.sqlite, programme) { test in
                for sent in order {
                    _ = try await test.engine.take(
                        [
                            page(
                                test, sent.id, user: sent.user, words: sent.words, seconds: sent.seconds,
                                hours: sent.hours)
                        ], in: test.programme)
                }
                for user in ["a", "b", "c"] {
                    let ink = try await ink(test, user)
                    lines.append("\(user) \(ink.spendable)+\(ink.pending)")
                }
                let cases = try await open(test)
                for user in ["a", "b", "c"] {
                    let member = try await test.member(user)
                    for found in cases where found.member == member {
                        lines.append("\(user) \(found.found.check) \(found.found.day) \(found.found.held)")
                    }
                }
                #expect(try await test.verify().differenceCount == 0)
            }
            return lines
        }
        let orderly = try await outcome(history.sorted { $0.hours > $1.hours })
        #expect(orderly.count > 3, "seed \(seed)")
        #expect(try await outcome(history.shuffled(using: &random)) == orderly, "seed \(seed)")
        #expect(try await outcome(history.sorted { $0.hours < $1.hours }) == orderly, "seed \(seed)")
    }

    @Test func twoRecordsOfOnePersonAreJudgedTogether() async throws {
        try await TestEngine.each(Self.programme) { test in
            for index in 1...2 {
                _ = try await test.engine.take([page(test, "a\(index)", user: "a")], in: test.programme)
                _ = try await test.engine.take([page(test, "b\(index)", user: "b")], in: test.programme)
            }
            let (a, b) = (try await test.member("a"), try await test.member("b"))
            let command = Command(
                programme: test.programme, member: a, action: .merge(from: b), now: test.clock.now())
            for answer in try await test.engine.submit([command]) { _ = try answer.get() }
            #expect(try await ink(test, "a").pending == 20)
            #expect(try await open(test).count == 1)
            #expect(try await test.verify().differenceCount == 0)
            try await test.database.write {
                _ = try LoyaltyStore(programme: test.programme).erase([a, b], $0)
            }
            #expect(try await open(test) == [])
        }
    }

    @Test func crowdedDevicesAreLookedForFromOpenCases() async throws {
        let store = LoyaltyStore(programme: try #require(ProgrammeID("sample")))
        try await TestDatabases.with(.sqlite, Home.schemas) { database in
            let steps = try await database.write { connection in
                let recorder = PlanRecorder(connection)
                _ = try store.crowdedDevices(limit: 10, recorder)
                return recorder.steps.map(\.step)
            }
            #expect(steps.contains { $0.contains("review_case_state (programme_id=? AND state=?") }, "\(steps)")
            #expect(!steps.contains { $0.contains("review_device_day") }, "\(steps)")
        }
    }
}
