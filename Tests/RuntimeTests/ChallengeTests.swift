import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// Challenges of every kind, from events to points, on both engines.
@Suite struct ChallengeTests {
    static let programme: Programme = {
        var programme = SampleProgramme.programme
        programme.units.append(Unit(id: "xp", kind: .status))
        programme.events.append(
            EventType(
                id: "listen",
                fields: [
                    .init(id: "topic", type: .topic), .init(id: "seconds", type: .duration, unit: "s"),
                    .init(id: "episode", type: .text), .init(id: "newEpisode", type: .boolean),
                ]))
        programme.rules.append(
            Rule(id: "xp", trigger: "listen", effects: [.award(amount: "event.seconds / 10", unit: "xp")]))
        programme.levels = LevelLadder(
            unit: "xp", thresholds: .formula("10 * level * level", most: 20), reward: [.award(amount: "1", unit: "ink")]
        )
        var badges = programme.badges
        badges += ["topics", "steps"].map { Badge(id: $0) }
        var both = Badge(id: "all-round")
        both.allOf = ["topics", "steps"]
        programme.badges = badges + [both]
        func add(_ id: String, _ target: Int64 = 1, _ change: (inout Challenge) -> Void) {
            var challenge = Challenge(id: id, count: "listen", target: target)
            challenge.reward = [.award(amount: "5", unit: "ink")]
            change(&challenge)
            programme.challenges.append(challenge)
        }
        add("minutes", 600) {
            $0.measure = .sum("event.seconds")
            $0.every = .week
        }
        add("topics", 3) {
            $0.measure = .distinct(.init(value: "event.topic"))
            $0.reward.append(.badge("topics"))
        }
        add("set", 2) { $0.measure = .distinct(.init(value: "event.topic", within: ["opera", "jazz"])) }
        add("episodes", 4) { $0.measure = .distinct(.init(value: "event.episode", device: "event.newEpisode")) }
        add("steps", 2) {
            $0.count = nil
            $0.measure = .steps(
                [.init(event: "visit"), .init(event: "listen", condition: "event.seconds > 60", count: 2)],
                inOrder: true)
            $0.reward.append(.badge("steps"))
        }
        add("either", 6) {
            $0.also = ["visit"]
            $0.cycle = .rolling(2)
        }
        add("tiers") {
            $0.stages = [
                .init(id: "bronze", at: 3, reward: [.award(amount: "1", unit: "ink")]),
                .init(id: "silver", at: 8, reward: [.award(amount: "10", unit: "ink")]),
            ]
            $0.reward = []
        }
        add("gated", 2) { $0.after = [.challenge("set")] }
        add("twice-gated", 1) { $0.after = [.challenge("gated"), .challenge("topics")] }
        programme.challenges.sort { $0.id < $1.id }
        return programme
    }()

    private struct Sent {
        var id: String
        var type: String
        var at: Instant
        var fields: JSONObject
    }

    /// Events across the end of summer time would be too old for the lateness window; the days around the start are enough.
    private func history(seed: UInt64) -> [Sent] {
        var random = SplitMix64(seed: seed)
        let topics = ["opera", "jazz", "sport", "politics"]
        return (0..<60).map { index in
            let at = TestEngine.start.adding(milliseconds: -Int64.random(in: 0...(70 * 3_600_000), using: &random))
            let topic = topics.randomElement(using: &random) ?? "opera"
            guard Int.random(in: 0..<3, using: &random) > 0 else {
                return Sent(id: "e\(index)", type: "visit", at: at, fields: ["points": .integer(3)])
            }
            return Sent(
                id: "e\(index)", type: "listen", at: at,
                fields: [
                    "topic": .string(topic), "seconds": .integer(.random(in: 0...90, using: &random)),
                    "episode": .string("episode-\(index % 7)"), "newEpisode": .bool(index % 7 == index),
                ])
        }
    }

    private func outcome(_ test: TestEngine, _ user: String = "a") async throws -> [String] {
        let member = try await test.member(user)
        let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
        return ["\(summary.badges.keys.sorted()) level \(summary.level ?? -1)"]
            + summary.balances.map { "\($0.unit) \($0.spendable)+\($0.pending)" }
            + summary.challenges.map { "\($0.challenge) \($0.count) \($0.completions) \($0.steps.map(\.count))" }
    }

    @Test(arguments: [21, 22, 23, 24] as [UInt64], [PrivacyLevel.session, .personal])
    func anyOrderEndsInTheSameState(seed: UInt64, level: PrivacyLevel) async throws {
        let history = history(seed: seed)
        func choose(_ test: TestEngine) async throws {
            var change = ProfileChange()
            change.level = level
            _ = try await test.engine.perform(.profile(change), member: test.member("a"), in: test.programme)
        }
        func send(_ test: TestEngine, _ events: [Sent]) async throws {
            _ = try await test.engine.take(
                events.map { test.event($0.id, user: "a", type: $0.type, at: $0.at, fields: $0.fields) },
                in: test.programme)
        }
        var orderly: [String] = []
        try await TestEngine.with(.sqlite, Self.programme) { test in
            try await choose(test)
            for sent in history.sorted(by: { $0.at < $1.at }) { try await send(test, [sent]) }
            orderly = try await outcome(test)
            #expect(try await test.verify().differences == [])
        }
        try await TestEngine.each(Self.programme) { test in
            var random = SplitMix64(seed: seed &* 77)
            try await choose(test)
            var rest = (history + history.filter { _ in Bool.random(using: &random) }).shuffled(using: &random)[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...12, using: &random))
                rest = rest.dropFirst(piece.count)
                if Bool.random(using: &random) { try await test.engine.forget(test.programme) }
                try await send(test, Array(piece))
            }
            let disorderly = try await outcome(test)
            #expect(disorderly == orderly, "seed \(seed)")
            #expect(try await test.verify().differences == [], "seed \(seed)")
        }
    }

    private func listen(
        _ test: TestEngine, _ id: String, user: String = "a", topic: String = "opera", episode: String = "x",
        isNew: Bool = false, seconds: Int64 = 1
    ) async throws {
        let fields: JSONObject = [
            "topic": .string(topic), "seconds": .integer(seconds), "episode": .string(episode),
            "newEpisode": .bool(isNew),
        ]
        _ = try await test.engine.take(
            [test.event(id, user: user, type: "listen", fields: fields)], in: test.programme)
    }

    private func progress(
        _ test: TestEngine, _ challenge: String, user: String = "a"
    ) async throws -> MemberSummary.ChallengeProgress {
        let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
        return try #require(summary?.challenges.first { $0.challenge == challenge })
    }

    @Test func whichOnesIsKeptAtTheLevelPersonalOnly() async throws {
        try await TestEngine.each(Self.programme) { test in
            var change = ProfileChange()
            change.level = .personal
            _ = try await test.engine.perform(.profile(change), member: test.member("a"), in: test.programme)
            for (index, episode) in ["x", "y", "x"].enumerated() {
                try await listen(test, "a\(index)", episode: episode, isNew: true)
                try await listen(test, "b\(index)", user: "b", episode: episode, isNew: index < 2)
            }
            #expect(try await progress(test, "episodes").count == 2)
            #expect(try await progress(test, "episodes", user: "b").count == 2, "as the device said")
            change.level = .persona
            _ = try await test.engine.perform(.profile(change), member: test.member("a"), in: test.programme)
            #expect(try await progress(test, "episodes").count == 2)
            let name = CompiledChallenge.counter(of: "episodes")
            let kept = try await test.database.read { connection in
                try connection.query("SELECT marks FROM counter WHERE name = ?", [.text(name)]).map { try $0.blob(0) }
            }
            #expect(kept.count == 2)
            for bytes in kept {
                let counter = try #require(Counter(encodedMarks: bytes, granted: 0, refused: 0))
                #expect(counter.marks.allSatisfy { $0.wanted == 0 }, "nothing tells which ones")
            }
        }
    }

    @Test func aMergedHistoryIsRewardedOnce() async throws {
        try await TestEngine.each(Self.programme) { test in
            for (index, topic) in ["opera", "jazz", "sport"].enumerated() {
                try await listen(test, "a\(index)", topic: topic)
                try await listen(test, "b\(index)", user: "b", topic: topic)
            }
            let (survivor, other) = (try await test.member("a"), try await test.member("b"))
            _ = try await test.engine.perform(.merge(from: other), member: survivor, in: test.programme)
            #expect(try await progress(test, "topics").completions == 1)
            #expect(try await progress(test, "set").completions == 1)
            let report = try await test.verify()
            #expect(report.differences == [])
            let orderly = try await outcome(test)
            let expected = try await alone(["opera", "jazz", "sport", "opera", "jazz", "sport"])
            #expect(orderly == expected)
        }
    }

    /// What one member has who did all of it alone.
    private func alone(_ topics: [String]) async throws -> [String] {
        var found: [String] = []
        try await TestEngine.with(.sqlite, Self.programme) { test in
            for (index, topic) in topics.enumerated() { try await listen(test, "c\(index)", topic: topic) }
            found = try await outcome(test)
        }
        return found
    }

    // MARK: Joining, goals, badges

    private static let joined: Programme = {
        var programme = ChallengeTests.programme
        programme.joinedAtMost = 1
        for (id, starts) in [("one", ["three"]), ("two", []), ("three", [])] {
            var challenge = Challenge(id: id, count: "listen", target: 2)
            challenge.isJoined = true
            challenge.starts = starts
            challenge.goal = id == "two" ? 2...5 : nil
            programme.challenges.append(challenge)
        }
        return programme
    }()

    @Test func aChallengeIsJoinedLeftAndStarted() async throws {
        let id = ID128(high: 1, low: 1)
        try await TestEngine.each(Self.joined) { test in
            let member = try await test.member("a")
            func perform(_ command: AchievementCommand) async throws {
                _ = try await test.engine.perform(.achievement(command), member: member, in: test.programme)
            }
            try await listen(test, "0")
            #expect(try await progress(test, "one").count == 0)
            try await perform(.join(challenge: "one", id: id))
            try await perform(.join(challenge: "one", id: id))
            await #expect(throws: PipelineProblem.command(.tooManyChallenges(1))) {
                try await perform(.join(challenge: "two", id: ID128(high: 1, low: 2)))
            }
            await #expect(throws: PipelineProblem.command(.notJoinable)) {
                try await perform(.join(challenge: "topics", id: ID128(high: 1, low: 3)))
            }
            await #expect(throws: PipelineProblem.command(.unknownChallenge)) {
                try await perform(.join(challenge: "nope", id: ID128(high: 1, low: 4)))
            }
            try await listen(test, "1")
            #expect(try await progress(test, "one").count == 1)
            try await perform(.leave(challenge: "one", id: ID128(high: 1, low: 5)))
            try await listen(test, "2")
            #expect(try await progress(test, "one").count == 1)
            try await perform(.join(challenge: "one", id: ID128(high: 1, low: 6)))
            try await listen(test, "3")
            #expect(try await progress(test, "one").completions == 1)
            #expect(try await progress(test, "three").isJoined == true, "its completion starts the next")
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func aMemberChoosesAnOwnTarget() async throws {
        try await TestEngine.each(Self.joined) { test in
            let member = try await test.member("a")
            func choose(_ challenge: String, _ target: Int64, _ low: UInt64) async throws {
                _ = try await test.engine.perform(
                    .achievement(.goal(challenge: challenge, target: target, id: ID128(high: 2, low: low))),
                    member: member, in: test.programme)
            }
            _ = try await test.engine.perform(
                .achievement(.join(challenge: "two", id: ID128(high: 2, low: 0))), member: member, in: test.programme)
            try await choose("two", 4, 1)
            for index in 0..<3 { try await listen(test, "\(index)") }
            #expect(try await progress(test, "two").completions == 0)
            #expect(try await progress(test, "two").target == 4)
            await #expect(throws: PipelineProblem.command(.goalOutOfBounds(2, 5))) { try await choose("two", 6, 2) }
            await #expect(throws: PipelineProblem.command(.noGoal)) { try await choose("topics", 3, 3) }
            try await choose("two", 3, 4)
            #expect(try await progress(test, "two").completions == 1, "a nearer goal can be reached already")
            await #expect(throws: PipelineProblem.command(.alreadyComplete)) { try await choose("two", 5, 5) }
            #expect(try await test.verify().differences == [])
        }
    }

    @Test func aBadgeIsTakenAwayAndItsSetStays() async throws {
        try await TestEngine.each(Self.programme) { test in
            let member = try await test.member("a")
            func badges() async throws -> [String] {
                try await test.engine.forget(test.programme)
                return try await test.engine.summary(of: member, in: test.programme)?.badges.keys.sorted() ?? []
            }
            _ = try await test.engine.take(
                [test.event("v", user: "a", type: "visit", fields: ["points": .integer(3)])], in: test.programme)
            for (index, topic) in ["opera", "jazz", "sport"].enumerated() {
                try await listen(test, "\(index)", topic: topic, seconds: 61)
            }
            #expect(try await badges() == ["all-round", "steps", "topics"])
            func revoke(_ badge: String, _ low: UInt64) async throws {
                _ = try await test.engine.perform(
                    .achievement(.revoke(badge: badge, reason: "a mistake", id: ID128(high: 3, low: low))),
                    member: member, in: test.programme)
            }
            try await revoke("all-round", 1)
            try await listen(test, "later", topic: "politics")
            #expect(try await badges() == ["steps", "topics"], "a set does not give it back")
            await #expect(throws: PipelineProblem.command(.unknownBadge)) { try await revoke("all-round", 2) }
            #expect(try await test.verify().differences == [])
        }
    }
}
