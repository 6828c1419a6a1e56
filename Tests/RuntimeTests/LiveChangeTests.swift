import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing
import Vault

/// A new version says what becomes of members who are in the middle of something, and that is what becomes of them.
@Suite struct LiveChangeTests {
    private static let id = ProgrammeID("sample") ?? .fallback

    /// Runs `body` with an engine whose programme came through the chain of versions.
    private func with(
        _ kind: Storage.Engine, _ body: (TestEngine, ProgrammeUpdates) async throws -> Void
    ) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let updates = ProgrammeUpdates(
                engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
            let first = try ProgrammeDocument.export(SampleProgramme.programme)
            #expect(try await updates.apply(first, to: Self.id, basedOn: 0, by: "test").isApplied)
            try await body(test, updates)
        }
    }

    private func apply(
        _ updates: ProgrammeUpdates, basedOn version: Int64, _ changes: ProgrammeChanges?,
        from programme: Programme = SampleProgramme.programme, _ change: (inout Programme) -> Void
    ) async throws -> Programme {
        var next = programme
        change(&next)
        next.changes = changes
        let outcome = try await updates.apply(
            ProgrammeDocument.export(next), to: Self.id, basedOn: version, by: "test")
        #expect(outcome.isApplied)
        return next
    }

    private func read(_ test: TestEngine, _ user: String, _ numbers: ClosedRange<Int>) async throws {
        let events = numbers.map { test.event("\(user)-\($0)", user: user) }
        #expect(try await test.engine.take(events, in: test.programme).allSatisfy { $0.status == .accepted })
    }

    private func week(_ test: TestEngine, _ user: String) async throws -> MemberSummary.ChallengeProgress {
        let summary = try #require(try await test.engine.summary(of: test.member(user), in: test.programme))
        return try #require(summary.challenges.first { $0.challenge == "week" })
    }

    private func ink(_ test: TestEngine, _ user: String) async throws -> Int64 {
        let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.spendable ?? 0
    }

    @Test(arguments: TestDatabases.engines)
    func withoutAStatementNothingChangesAndTheLinesToAddAreGiven(kind: Storage.Engine) async throws {
        try await with(kind) { test, updates in
            try await read(test, "ann", 1...3)
            var next = SampleProgramme.programme
            next.challenges[0].target = 8
            next.tiers?.tiers[1].at = 60
            func refusal(_ changes: ProgrammeChanges?) async throws -> UndecidedChanges? {
                var document = next
                document.changes = changes
                do {
                    _ = try await updates.apply(
                        ProgrammeDocument.export(document), to: Self.id, basedOn: 1, by: "test")
                    return nil
                } catch let undecided as UndecidedChanges {
                    return undecided
                }
            }
            let undecided = try #require(try await refusal(nil))
            #expect(
                undecided.changes.map { "\($0.change.thing) \($0.change.id) \($0.members)" } == [
                    "challenge week 1", "tier gold 1",
                ])
            #expect(
                undecided.template == """
                    # What becomes of members who are in the middle of something, in the step from version 1.
                    from: 1
                    challenges:
                      week: keep   # keep or convert or restart
                    tiers:
                      gold: keep   # keep or convert

                    """)
            #expect(undecided.description.contains(undecided.template))
            #expect(try await updates.versions.current(Self.id)?.number == 1)
            #expect(test.engine.host[Self.id]?.version == 1)
            #expect(try await week(test, "ann").target == 4)
            // Half of it, an impossible choice, a word about something else, an older step: all refused.
            let all: [String: LiveChange.Choice] = ["week": .keep]
            for (changes, count, unused) in [
                (ProgrammeChanges(from: 1, challenges: all), 1, []),
                (ProgrammeChanges(from: 1, challenges: all, tiers: ["gold": .restart]), 1, []),
                (
                    ProgrammeChanges(from: 1, challenges: all, tiers: ["gold": .keep, "silver": .keep]), 0,
                    ["tiers.silver"]
                ),
                (ProgrammeChanges(from: 7, challenges: all, tiers: ["gold": .keep]), 2, []),
            ] as [(ProgrammeChanges, Int, [String])] {
                let found = try #require(try await refusal(changes))
                #expect(found.changes.count == count && found.unused == unused)
            }
            // The template itself will do, and gives what it says.
            var files = try ProgrammeDocument.export(next).files
            files.append(.init(path: "changes.yaml", bytes: Array(undecided.template.utf8)))
            #expect(
                try await updates.apply(ProgrammeDocument(files: files), to: Self.id, basedOn: 1, by: "test").isApplied)
            #expect(try await week(test, "ann").count == 3)
            #expect(try await week(test, "ann").target == 8)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whereNobodyIsInItNothingNeedBeSaid() async throws {
        try await with(.sqlite) { test, updates in
            _ = try await apply(updates, basedOn: 1, nil) {
                $0.challenges[0].target = 8
                $0.tiers?.tiers[1].at = 60
            }
            #expect(test.engine.host[Self.id]?.version == 2)
        }
    }

    /// Three of four, then the target is eight: three, six or none of eight.
    @Test(arguments: TestDatabases.engines, [("keep", 3), ("convert", 6), ("restart", 0)])
    func progressEndsAsStated(kind: Storage.Engine, words: (String, Int64)) async throws {
        let stated = (choice: try #require(LiveChange.Choice(rawValue: words.0)), count: words.1)
        try await with(kind) { test, updates in
            try await read(test, "ann", 1...3)
            try await read(test, "bob", 1...4)
            #expect(try await week(test, "bob").completions == 1)
            let paid = try await ink(test, "bob")
            let next = try await apply(
                updates, basedOn: 1, ProgrammeChanges(from: 1, challenges: ["week": stated.choice])
            ) { $0.challenges[0].target = 8 }
            #expect(try await week(test, "ann").count == stated.count)
            #expect(try await ink(test, "bob") == paid, "what was paid stays paid")
            #expect(try await week(test, "bob").completions == 1)
            #expect(try await test.verify().differenceCount == 0)

            // It counts on from there: the step that completes it is the one that was promised.
            let steps = Int(8 - stated.count)
            if steps > 1 { try await read(test, "ann", 11...(9 + steps)) }
            #expect(try await week(test, "ann").completions == 0)
            try await read(test, "ann", 91...91)
            #expect(try await week(test, "ann").completions == 1)
            // Bob completed it already: only whoever began anew can complete it again.
            try await read(test, "bob", 11...18)
            #expect(try await week(test, "bob").completions == (stated.choice == .restart ? 2 : 1))
            #expect(try await test.verify().differenceCount == 0)

            // And once more, within the same week: nothing collides.
            _ = try await apply(
                updates, basedOn: 2, ProgrammeChanges(from: 2, challenges: ["week": .restart]), from: next
            ) { $0.challenges[0].target = 2 }
            try await read(test, "bob", 21...22)
            try await read(test, "ann", 21...22)
            #expect(try await week(test, "bob").completions == (stated.choice == .restart ? 3 : 2))
            #expect(try await week(test, "ann").completions == 2)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anotherPeriodGathersDaysAndPaysNothingTwice(kind: Storage.Engine) async throws {
        try await with(kind) { test, updates in
            try await read(test, "bob", 1...4)
            try await read(test, "ann", 1...3)
            let paid = try await ink(test, "bob")
            let next = try await apply(
                updates, basedOn: 1, ProgrammeChanges(from: 1, challenges: ["week": .convert])
            ) { $0.challenges[0].every = .month }
            try await read(test, "bob", 11...14)
            #expect(try await week(test, "bob").completions == 1)
            try await read(test, "ann", 11...11)
            #expect(try await week(test, "ann").completions == 1)
            #expect(try await test.verify().differenceCount == 0)
            _ = paid
            // The challenge goes, and comes back as another one.
            var without = next
            without.challenges.removeFirst()
            _ = try await apply(
                updates, basedOn: 2, ProgrammeChanges(from: 2, challenges: ["week": .restart]), from: next
            ) { $0.challenges.removeFirst() }
            _ = try await apply(updates, basedOn: 3, nil, from: without) {
                $0.challenges.insert(next.challenges[0], at: 0)
            }
            #expect(try await week(test, "bob").count == 0)
            try await read(test, "bob", 21...24)
            #expect(try await week(test, "bob").completions == 2)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines, [("keep", "silver"), ("convert", "")])
    func aTierEndsAsStated(kind: Storage.Engine, words: (String, String)) async throws {
        let stated = (choice: try #require(LiveChange.Choice(rawValue: words.0)), tier: words.1)
        try await with(kind) { test, updates in
            func tier(_ user: String) async throws -> (String, Int64?) {
                let summary = try #require(try await test.engine.summary(of: test.member(user), in: test.programme))
                return (summary.tier, summary.nextTier?.missing)
            }
            try await read(test, "ann", 1...12)
            try await read(test, "bob", 1...3)
            #expect(try await tier("ann").0 == "silver")
            _ = try await apply(
                updates, basedOn: 1, ProgrammeChanges(from: 1, tiers: ["silver": stated.choice])
            ) { $0.tiers?.tiers[0].at = 20 }
            #expect(try await tier("ann").0 == stated.tier)
            #expect(try await tier("ann").1 == (stated.choice == .keep ? 18 : 8), "to gold at 30, or to silver at 20")
            #expect(try await tier("bob").0 == "")
            // Also after they were read from the store again, and after more of the same.
            try await test.engine.forget(test.programme)
            try await read(test, "ann", 21...22)
            #expect(try await tier("ann").0 == stated.tier)
            try await read(test, "ann", 31...36)
            #expect(try await tier("ann").0 == "silver")
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aMergeAfterARestartPaysOnceAndCollidesWithNothing() async throws {
        try await with(.sqlite) { test, updates in
            try await read(test, "ann", 1...4)
            let devices = ["d1", "d2"]
            for device in devices {
                _ = try await test.engine.take(
                    (1...4).map { test.event("\(device)-\($0)", anonymous: device) }, in: test.programme)
            }
            let next = try await apply(
                updates, basedOn: 1, ProgrammeChanges(from: 1, challenges: ["week": .restart])
            ) { $0.challenges[0].target = 3 }
            _ = next
            try await read(test, "ann", 11...12)
            for device in devices {
                _ = try await test.engine.take(
                    (11...13).map { test.event("\(device)-\($0)", anonymous: device) }, in: test.programme)
            }
            let ann = try #require(ExternalIdentity(.user, "ann"))
            for device in devices {
                _ = try await test.engine.identify(
                    user: ann, previous: ExternalIdentity(.anonymous, device), in: test.programme)
            }
            #expect(try await week(test, "ann").isComplete)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func reversingWhatAChallengeGaveLeavesItsCompletionsAlone(kind: Storage.Engine) async throws {
        try await TestEngine.with(kind, SampleProgramme.programme) { test in
            let results = try await test.engine.take(
                (1...4).map { test.event("e\($0)", user: "ann") }, in: test.programme)
            let award = try #require(
                results.flatMap(\.effects).first { $0.source == "challenge/week" && $0.kind == .award })
            _ = try await test.engine.perform(
                .reverse(effect: award.id), member: test.member("ann"), in: test.programme)
            try await read(test, "ann", 11...12)
            #expect(try await week(test, "ann").completions == 1)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func tiersThatBeginToComeAndGoLetMembersKeepWhatTheyHave(kind: Storage.Engine) async throws {
        try await with(kind) { test, updates in
            try await read(test, "ann", 1...12)
            func tier(_ user: String) async throws -> TierStatus {
                let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
                return try #require(summary?.tierStatus)
            }
            let before = try await tier("ann")
            #expect(before.tier == "silver")
            let next = try await apply(updates, basedOn: 1, ProgrammeChanges(from: 1, ladder: .convert)) {
                $0.tiers?.cycle = TierCycle(period: .calendar(months: 3), lasts: .cycle, notice: .days(10))
            }
            let after = try await tier("ann")
            #expect(after.tier == "silver")
            #expect(after.credits == before.credits)
            #expect(after.period == 20_727..<20_819)
            #expect(try await test.verify().differenceCount == 0)
            // What counts from now on, and when it ends: word on 22 December, the end on 1 January.
            try await read(test, "ann", 13...14)
            #expect(try await tier("ann").credits == before.credits + 2)
            let notices = try await kept(test, "ann").filter { $0.kind == .notice }
            #expect(notices.isEmpty)
            test.clock.set(try #require(RFC3339.parse("2027-01-02T12:00:00Z")))
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 1)
            #expect(try await tier("ann").tier == "")
            let told = try await kept(test, "ann").filter { $0.kind == .notice }
            // That it would end is not said any more.
            #expect(told.map(\.subject) == ["tier-down"])
            #expect(try await Keeper.settle(test.engine, test.programme, at: test.clock.now()) == 0)
            #expect(try await test.verify().differenceCount == 0)
            // And back: all credits ever count again.
            _ = try await apply(updates, basedOn: 2, ProgrammeChanges(from: 2, ladder: .convert), from: next) {
                $0.tiers?.cycle = nil
            }
            #expect(try await tier("ann").tier == "silver")
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    private func kept(_ test: TestEngine, _ user: String) async throws -> [AppliedEffect] {
        try await test.engine.history(of: test.member(user), in: test.programme, limit: 200)
    }

    @Test(arguments: TestDatabases.engines)
    func aStreakWhoseTermsChangeGoesOnOrBeginsAnew(kind: Storage.Engine) async throws {
        var programme = SampleProgramme.programme
        programme.streaks = [
            Streak(
                id: "daily", measures: [.init(event: "visit")],
                milestones: [.init(at: 2, effects: [.award(amount: "5", unit: "ink")])])
        ]
        for choice in [LiveChange.Choice.keep, .restart] {
            try await TestEngine.with(kind, programme) { test in
                let updates = ProgrammeUpdates(
                    engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
                _ = try await updates.apply(ProgrammeDocument.export(programme), to: Self.id, basedOn: 0, by: "test")
                func visit(_ day: Int, _ numbers: Range<Int> = 0..<1) async throws {
                    test.clock.set(TestEngine.start.adding(milliseconds: Int64(day) * 86_400_000))
                    for number in numbers {
                        let event = test.event("\(day)-\(number)", user: "ann", type: "visit", fields: ["points": 0])
                        #expect(try await test.engine.take([event], in: test.programme).first?.status == .accepted)
                    }
                }
                func streak() async throws -> StreakState {
                    let summary = try await test.engine.summary(of: test.member("ann"), in: test.programme)
                    return try #require(summary?.streaks.first)
                }
                for day in 0...2 { try await visit(day) }
                #expect(try await streak().current == 3)
                #expect(try await ink(test, "ann") == 5)
                _ = try await apply(
                    updates, basedOn: 1, ProgrammeChanges(from: 1, streaks: ["daily": choice]), from: programme
                ) {
                    $0.streaks[0].measures[0].needs = 2
                    $0.streaks[0].milestones.append(.init(at: 4, effects: [.award(amount: "7", unit: "ink")]))
                }
                // Today asks for two now; what was paid stays paid.
                #expect(try await streak().current == (choice == .keep ? 2 : 0))
                #expect(try await streak().longest == 3)
                #expect(try await ink(test, "ann") == 5)
                #expect(try await test.verify().differenceCount == 0)
                try await visit(2, 1..<3)
                try await visit(3, 0..<2)
                #expect(try await streak().current == (choice == .keep ? 4 : 2))
                #expect(try await ink(test, "ann") == (choice == .keep ? 12 : 10))
                #expect(try await test.verify().differenceCount == 0)
            }
        }
    }
}

extension ProgrammeApplication {
    var isApplied: Bool {
        if case .applied = self { true } else { false }
    }
}
