import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Events from before a limit changed, amended or taken back afterwards.
@Suite struct FormerLimitsTests {
    private static func document(most: Int, amount: Int = 10) throws -> ProgrammeDocument {
        try ProgrammeDocument([
            "programme.yaml": """
            programme: sample
            name: { en: Sample }
            languages: [en]
            timezone: Europe/Amsterdam
            lateness: 30 days
            units:
              ink: { kind: points, name: { en: ink } }

            """,
            "events/article.read.yaml": """
            event: article.read
            purpose: loyalty
            fields:
              item:    { type: item }
              share:   { type: fraction }
              seconds: { type: duration, unit: s }

            """,
            "rules/read.yaml": """
            rule: read
            trigger: article.read
            when: event.share >= 0.7
            then:
              - award: { amount: \(amount), unit: ink }
            limits:
              - { per: member, period: day, amount: \(most) }
            why: { en: You read. }

            """,
        ])
    }

    private static func read(_ test: TestEngine, _ id: String, day: Int) -> EventEnvelope {
        test.event(
            id, user: "ann", at: TestEngine.start.adding(milliseconds: Int64(day) * 86_400_000),
            fields: ["item": "é-1", "share": .double(0.9), "seconds": .integer(60)])
    }

    private static func apply(_ test: TestEngine, _ document: ProgrammeDocument, basedOn: Int64) async throws {
        let updates = ProgrammeUpdates(
            engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
        _ = try await updates.apply(document, to: test.programme, basedOn: basedOn, by: "test")
    }

    /// Five reads on each of three days at ten each, thirty a day; then sixty a day.
    private static func world(
        _ kind: Storage.Engine, then most: Int = 60, amount: Int = 10, _ body: (TestEngine) async throws -> Void
    ) async throws {
        let first = try document(most: 30)
        try await TestEngine.with(kind, try first.programme()) { test in
            try await apply(test, first, basedOn: 0)
            for day in 0..<3 {
                _ = try await test.engine.take((0..<5).map { read(test, "\(day)-\($0)", day: day) }, in: test.programme)
                test.clock.advance(milliseconds: 86_400_000)
            }
            try await apply(test, try document(most: most, amount: amount), basedOn: 1)
            try await body(test)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    private static func ink(_ test: TestEngine) async throws -> Int64 {
        let summary = try await test.engine.summary(of: test.member("ann"), in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.spendable ?? -1
    }

    private static func amend(_ test: TestEngine, _ id: String, day: Int) async throws {
        _ = try await test.engine.perform(
            .amend(
                Amendment(
                    original: read(test, id, day: day).event,
                    claim: test.engine.claim(programme: test.programme, source: "test", id: id), corrected: nil)),
            member: test.member("ann"), in: test.programme)
    }

    @Test(arguments: TestDatabases.engines)
    func anAmendmentChangesNothingButItsOwnDay(kind: Storage.Engine) async throws {
        try await Self.world(kind) { test in
            #expect(try await Self.ink(test) == 90)
            // Five reads, thirty a day: without the first of them there are still more than three.
            try await Self.amend(test, "0-0", day: 0)
            #expect(try await Self.ink(test) == 90)
            // Refusals that were not explained are judged by when they happened.
            try await Self.amend(test, "0-4", day: 0)
            #expect(try await Self.ink(test) == 90)
            try await Self.amend(test, "0-1", day: 0)
            #expect(try await Self.ink(test) == 80)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func anEventOfTheNewVersionRaisesNoOldDay(kind: Storage.Engine) async throws {
        try await Self.world(kind) { test in
            _ = try await test.engine.take([Self.read(test, "new", day: 3)], in: test.programme)
            #expect(try await Self.ink(test) == 100)
            try await Self.amend(test, "new", day: 3)
            #expect(try await Self.ink(test) == 90)
        }
    }

    @Test func aLowerLimitTakesNothingFromOldDays() async throws {
        try await Self.world(.sqlite, then: 10) { test in
            try await Self.amend(test, "1-4", day: 1)
            try await Self.amend(test, "1-3", day: 1)
            #expect(try await Self.ink(test) == 90)
            try await Self.amend(test, "1-2", day: 1)
            #expect(try await Self.ink(test) == 80)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatStaffTakesBackIsWhatItWasWorthThen(kind: Storage.Engine) async throws {
        try await Self.world(kind) { test in
            let member = try await test.member("ann")
            let history = try await test.engine.history(of: member, in: test.programme, limit: 50)
            let award = try #require(history.first { $0.kind == .award && $0.day == history.map(\.day).min() })
            // Two reads beyond the limit take its place.
            _ = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            #expect(try await Self.ink(test) == 90)
        }
    }

    /// After a correction the day lies under its terms: the amount of then is on no mark any more.
    @Test func anAmendmentAfterACorrectionFindsWhatTheCorrectionPutThere() async throws {
        try await Self.world(.sqlite, then: 60, amount: 15) { test in
            let corrections = Corrections(test.engine, test.programme)
            let day = Int32(CivilDate("2026-11-20")?.daysSinceEpoch ?? 0)
            let seen = try await corrections.preview(.rule("read"), from: day)
            _ = try await corrections.order(
                .rule("read"), from: day, confirmation: seen.confirmation(in: test.programme),
                id: ID128(high: 4, low: 1), by: "test")
            try await JobRunner.finish(test.engine, test.programme)
            #expect(try await Self.ink(test) == 180)
            // Five at fifteen, sixty a day: the fifth waits for a place.
            try await Self.amend(test, "0-0", day: 0)
            #expect(try await Self.ink(test) == 180)
            try await Self.amend(test, "0-1", day: 0)
            #expect(try await Self.ink(test) == 165)
        }
    }

    /// Thirty for everybody a month at ten each: what the budget refused was never given, and is not taken back.
    @Test(arguments: TestDatabases.engines)
    func whatABudgetRefusedIsNotTakenBack(kind: Storage.Engine) async throws {
        var programme = SampleProgramme.programme
        programme.budgets = [Budget(id: "little", unit: "ink", period: .month, amount: 25)]
        programme.rules = [
            Rule(
                id: "read", trigger: "article.read", effects: [.award(amount: "10", unit: "ink")], budget: "little"),
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "50", unit: "ink")]),
        ]
        programme.challenges = []
        try await TestEngine.with(kind, programme) { test in
            _ = try await test.engine.take(
                [test.event("v", user: "ann", type: "visit", fields: ["points": 0])], in: test.programme)
            _ = try await test.engine.take((0..<5).map { Self.read(test, "\($0)", day: 0) }, in: test.programme)
            #expect(try await Self.ink(test) == 75)
            // The last had nothing, and nobody was told a second time; the one before had nothing and was.
            try await Self.amend(test, "4", day: 0)
            #expect(try await Self.ink(test) == 75)
            try await Self.amend(test, "3", day: 0)
            #expect(try await Self.ink(test) == 75)
            // The third had five of ten.
            try await Self.amend(test, "2", day: 0)
            #expect(try await Self.ink(test) == 70)
            try await Self.amend(test, "0", day: 0)
            #expect(try await Self.ink(test) == 60)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    /// The same of what staff take back: the award as far as it was given, and the budget gets no more than it gave.
    @Test(arguments: TestDatabases.engines)
    func staffTakeNothingBackThatABudgetRefused(kind: Storage.Engine) async throws {
        var programme = SampleProgramme.programme
        programme.budgets = [Budget(id: "little", unit: "ink", period: .month, amount: 25)]
        programme.rules = [
            Rule(
                id: "read", trigger: "article.read", effects: [.award(amount: "10", unit: "ink")], budget: "little"),
            Rule(id: "visit", trigger: "visit", effects: [.award(amount: "50", unit: "ink")]),
        ]
        programme.challenges = []
        try await TestEngine.with(kind, programme) { test in
            _ = try await test.engine.take(
                [test.event("v", user: "ann", type: "visit", fields: ["points": 0])], in: test.programme)
            _ = try await test.engine.take((0..<3).map { Self.read(test, "\($0)", day: 0) }, in: test.programme)
            #expect(try await Self.ink(test) == 75)
            let member = try await test.member("ann")
            let history = try await test.engine.history(of: member, in: test.programme, limit: 50)
            let award = try #require(history.first { $0.kind == .award && $0.amount == 5 })
            _ = try await test.engine.perform(.reverse(effect: award.id), member: member, in: test.programme)
            #expect(try await Self.ink(test) == 70)
            let spent = try await test.database.read {
                try $0.first("SELECT sum(spent) FROM budget_spent WHERE programme_id = ?", [.text("sample")])?.int(0)
            }
            #expect(spent == 20)
            #expect(try await test.verify().differenceCount == 0)
        }
    }
}
