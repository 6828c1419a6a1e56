import Access
import Loyalty
import Personalisation
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// Levels per purpose in a running engine: what is earned, what is kept, what goes and when.
@Suite struct ProfilingTests {
    /// What a level must not change.
    private struct Earned: Equatable {
        var points: [String: [Int64]]
        var tier: String
        var badges: [String]
        var challenges: [String]
        var redeemable: [String]
    }

    private static func earned(_ user: String, _ test: TestEngine) async throws -> Earned {
        let summary = try #require(
            try await test.engine.summary(of: try await test.member(user), in: test.programme))
        return Earned(
            points: Dictionary(
                uniqueKeysWithValues: summary.balances.map { ($0.unit, [$0.spendable, $0.pending, $0.held, $0.owed]) }),
            tier: summary.tier, badges: summary.badges.keys.sorted(),
            challenges: summary.challenges.map { "\($0.challenge) \($0.count) \($0.completions)" },
            redeemable: summary.rewards.filter(\.canRedeem).map(\.reward))
    }

    private static func choose(_ change: ProfilingChange, _ user: String, _ test: TestEngine) async throws {
        _ = try await test.engine.choose(
            change, of: try await test.member(user), in: test.programme, surface: .page)
    }

    private static func rows(_ table: String, _ user: String, _ test: TestEngine) async throws -> Int64 {
        let member = try await test.member(user)
        return try await test.database.read { connection in
            try connection.first("SELECT count(*) FROM \(table) WHERE member_id = ?", [.member(member)])?.int(0) ?? 0
        }
    }

    /// Points, tiers and rewards are equal on every level, through changes of level, pauses and reading without trace.
    @Test(arguments: TestDatabases.engines)
    func everyLevelEarnsTheSame(kind: Storage.Engine) async throws {
        for seed in [1, 2, 3] as [UInt64] {
            try await TestEngine.with(kind, SampleProgramme.programme) { test in
                var random = SeededRandom(seed: seed)
                let fixed = PrivacyLevel.allCases.map(\.rawValue)
                let users = fixed + ["changing", "pausing", "traceless", "by-purpose"]
                for level in PrivacyLevel.allCases { try await Self.choose(.all(level), level.rawValue, test) }
                try await Self.choose(.all(.personal), "pausing", test)
                try await Self.choose(.all(.personal), "traceless", test)
                for number in 0..<60 {
                    test.clock.advance(milliseconds: Int64.random(in: 1...(9 * 3_600_000), using: &random))
                    let isVisit = Bool.random(using: &random)
                    let fields: JSONObject =
                        isVisit
                        ? ["points": .integer(.random(in: 0...30, using: &random))]
                        : [
                            "item": .string("article-\(Int.random(in: 1...5, using: &random))"),
                            "share": .double(Double(Int.random(in: 3...10, using: &random)) / 10),
                            "seconds": .integer(.random(in: 10...200, using: &random)),
                        ]
                    let level = try #require(PrivacyLevel.allCases.randomElement(using: &random))
                    if Bool.random(using: &random) { try await Self.choose(.all(level), "changing", test) }
                    let pause = try #require(ProfilingChange.Pause.allCases.randomElement(using: &random))
                    try await Self.choose(ProfilingChange(pause: pause), "pausing", test)
                    let purpose = try #require(ProfilingPurpose.allCases.randomElement(using: &random))
                    try await Self.choose(ProfilingChange(levels: [purpose: level]), "by-purpose", test)
                    let events = users.map { user in
                        var event = test.event(
                            "\(user)-\(number)", user: user, type: isVisit ? "visit" : "article.read", fields: fields)
                        event.event.isTraceless = user == "traceless"
                        return event
                    }
                    for result in try await test.engine.take(events, in: test.programme) {
                        #expect(result.status == .accepted, "seed \(seed)")
                    }
                }
                // What waits is there by then, on every level.
                test.clock.advance(milliseconds: 4 * 86_400_000)
                let expected = try await Self.earned("off", test)
                #expect(expected.points["ink"]?.first ?? 0 > 0)
                for user in users {
                    #expect(try await Self.earned(user, test) == expected, "\(user), seed \(seed)")
                }
                #expect(try await test.verify().differenceCount == 0)
            }
        }
    }

    /// Going down takes away in the transaction of the change; as long as one purpose needs the record, it stays.
    @Test(arguments: TestDatabases.engines)
    func whatTheHigherLevelKeptIsGoneWhenTheAnswerComes(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            try await Self.choose(.all(.personal), "ann", test)
            _ = try await test.engine.take([test.event("1", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 1)
            try await Self.choose(
                ProfilingChange(levels: [.recommendations: .session, .messages: .off]), "ann", test)
            #expect(try await Self.rows("event", "ann", test) == 1, "rewards still look at it")
            let member = try await test.member("ann")
            let outcome = try #require(
                try await test.engine.choose(
                    ProfilingChange(levels: [.rewards: .persona]), of: member, in: test.programme, surface: .page))
            #expect(outcome.purges == [.history])
            #expect(try await Self.rows("event", "ann", test) == 0)
            let member2 = try await test.member("ann")
            let proofs = try await test.database.read { connection in
                try connection.first(
                    "SELECT count(*) FROM explanation WHERE member_id = ? AND proof IS NOT NULL AND kind <> 'notice'",
                    [.member(member2)])?.int(0)
            }
            #expect(proofs == 0)
            _ = try await test.engine.take([test.event("2", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 0, "from the next event on")
            let standing = try #require(try await test.engine.profiling(of: member, in: test.programme))
            #expect(standing.choice.storageLevel == .persona && standing.choice.messages == .off)
        }
    }

    /// Nothing that is read in a pause is kept; what was kept before is there after it.
    @Test(arguments: TestDatabases.engines)
    func aPauseKeepsNothingAndTakesNothing(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            try await Self.choose(.all(.personal), "ann", test)
            _ = try await test.engine.take([test.event("1", user: "ann")], in: test.programme)
            try await Self.choose(ProfilingChange(pause: .today), "ann", test)
            let member = try await test.member("ann")
            let paused = try #require(try await test.engine.profiling(of: member, in: test.programme))
            #expect(paused.choice.level(for: .recommendations, at: test.clock.now()) == .off)
            let end = try #require(paused.choice.pausedUntil)
            // The programme's days begin at four.
            #expect(RFC3339.format(end) == "2026-11-21T03:00:00.000Z")
            _ = try await test.engine.take([test.event("2", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 1)
            test.clock.set(end)
            _ = try await test.engine.take([test.event("3", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 2, "it ends by itself")
            try await Self.choose(ProfilingChange(pause: .open), "ann", test)
            // Read again from the store, as after a restart.
            try await test.engine.forget(test.programme)
            _ = try await test.engine.take([test.event("4", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 2)
            try await Self.choose(ProfilingChange(pause: ProfilingChange.Pause(rawValue: "none")), "ann", test)
            _ = try await test.engine.take([test.event("5", user: "ann")], in: test.programme)
            #expect(try await Self.rows("event", "ann", test) == 3)
        }
    }

    /// On the level `personal` too, who of two members read which item without trace is nowhere: byte for byte.
    @Test(arguments: TestDatabases.engines)
    func readingWithoutTraceLeavesNone(kind: Storage.Engine) async throws {
        func dump(swapped: Bool, traceless: Bool) async throws -> [String] {
            var lines: [String] = []
            try await TestEngine.with(kind, SampleProgramme.programme, seed: 42) { test in
                for user in ["a", "b"] { try await Self.choose(.all(.personal), user, test) }
                for (index, item) in ["article-1", "article-2", "article-3", "article-4"].enumerated() {
                    for (user, own) in [("a", item), ("b", "article-\((index ^ 1) + 1)")] {
                        let other = "article-\((index ^ 1) + 1)" == own ? item : "article-\((index ^ 1) + 1)"
                        var event = test.event(
                            "\(user)-\(index)", user: user,
                            fields: [
                                "item": .string(swapped ? other : own), "share": .double(0.9),
                                "seconds": .integer(60),
                            ])
                        event.event.isTraceless = traceless
                        var faulty = test.event("\(user)-x-\(index)", user: user, type: "nope")
                        faulty.event.isTraceless = traceless
                        _ = try await test.engine.take([event, faulty], in: test.programme)
                    }
                }
                lines = try await test.database.read { try LogicalDump.lines($0) }
            }
            return lines
        }
        let traceless = try await dump(swapped: false, traceless: true)
        #expect(try await dump(swapped: true, traceless: true) == traceless)
        #expect(!traceless.contains { $0.contains("article-") }, "not even what all read")
        #expect(try await dump(swapped: true, traceless: false) != dump(swapped: false, traceless: false))
    }

    /// Of two records the stricter choice holds, and only what was chosen has a say.
    @Test(arguments: TestDatabases.engines)
    func aMergeIsAsStrictAsTheStricter(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            for (name, said) in [("silent", nil), ("said", PrivacyLevel.persona)] as [(String, PrivacyLevel?)] {
                try await Self.choose(.all(.personal), name, test)
                _ = try await test.engine.take([test.event("k-\(name)", user: name)], in: test.programme)
                let device = try #require(ExternalIdentity(.anonymous, "device-\(name)"))
                _ = try await test.engine.take(
                    [test.event("d-\(name)", anonymous: "device-\(name)")], in: test.programme)
                let visitor = try #require(
                    try await test.engine.identities.resolve(
                        [device], programme: test.programme, now: test.clock.now()
                    ).first)
                if let said {
                    _ = try await test.engine.choose(.all(said), of: visitor, in: test.programme, surface: .api)
                }
                let member = try await test.engine.identify(
                    user: try #require(ExternalIdentity(.user, name)), previous: device, in: test.programme)
                let standing = try #require(try await test.engine.profiling(of: visitor, in: test.programme))
                #expect(standing.member == member)
                #expect(standing.choice.single == (said ?? .personal))
                let summary = try #require(try await test.engine.summary(of: member, in: test.programme))
                #expect(summary.profile.level == standing.choice.storageLevel)
                #expect(try await Self.rows("event", name, test) == (said == nil ? 1 : 0), "\(name)")
                let left = try await test.database.read {
                    try ProfilingStore(programme: test.programme).choices(of: [visitor], $0)
                }
                #expect(left.isEmpty)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func theOneSwitchAndThePurposesAreOneChoiceAndErasureTakesIt(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let member = try await test.member("ann")
            _ = try await test.engine.take([test.event("1", user: "ann")], in: test.programme)
            #expect(try await test.engine.profiling(of: member, in: test.programme)?.choice.isAsked == false)
            #expect(try await Self.rows("profiling_choice", "ann", test) == 0, "no row without a word")
            // Waved away: the level stays, and it is not asked again.
            try await Self.choose(ProfilingChange(isAsked: true), "ann", test)
            let waved = try #require(try await test.engine.profiling(of: member, in: test.programme)).choice
            #expect(waved.isAsked && waved.single == .session)
            try await Self.choose(ProfilingChange(levels: [.rewards: .persona], surprise: .more), "ann", test)
            _ = try await test.engine.perform(
                .profile(ProfileChange(level: .off)), member: member, in: test.programme)
            let off = try #require(try await test.engine.profiling(of: member, in: test.programme)).choice
            #expect(off.single == .off && off.surprise == .more && off.isAsked)
            try await test.erasure.erase(member, in: test.programme, by: .server)
            let left = try await test.database.read { try $0.first("SELECT count(*) FROM profiling_choice")?.int(0) }
            #expect(left == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func eachLevelThatIsSaidIsNotedAndNothingElse(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let notes = Notes()
            test.engine.consents.use { await notes.add($0) }
            try await Self.choose(.all(.persona), "ann", test)
            try await Self.choose(ProfilingChange(surprise: .half, pause: .open), "ann", test)
            try await Self.choose(ProfilingChange(levels: [.messages: .off]), "ann", test)
            let told = await notes.all.map { "\($0.purpose.rawValue) \($0.step.after.rawValue) \($0.isWithdrawal)" }
            #expect(
                told == [
                    "messages persona false", "recommendations persona false", "rewards persona false",
                    "messages off true",
                ])
        }
    }

    private actor Notes {
        private(set) var all: [ConsentNote] = []

        func add(_ notes: [ConsentNote]) { all += notes }
    }
}
