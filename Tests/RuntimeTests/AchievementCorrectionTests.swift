import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// A challenge or a badge that changed, held to have been in force from an earlier day on.
@Suite struct AchievementCorrectionTests {
    private static func document(target: Int, choice: String? = nil, badge: Bool = false) throws -> ProgrammeDocument {
        var texts = [
            "programme.yaml": """
            programme: sample
            name: { en: Sample }
            languages: [en]
            timezone: Europe/Amsterdam
            units:
              ink: { kind: points, name: { en: ink } }
            badges:
              reader: { name: { en: Reader }, why: { en: You read. } }
              finisher: { name: { en: Finisher }, why: { en: You finished. } }

            """,
            "events/article.read.yaml": """
            event: article.read
            purpose: loyalty
            fields:
              item:  { type: item }
              share: { type: fraction }

            """,
            "rules/read.yaml": """
            rule: read
            trigger: article.read
            then:
              - award: { amount: 1, unit: ink }
            \(badge ? "  - badge: reader" : "")
            why: { en: You read. }

            """,
            "challenges/week.yaml": """
            challenge: week
            name: { en: A week of reading }
            count: article.read
            target: \(target)
            every: week
            reward:
              - award: { amount: 40, unit: ink }
              - badge: finisher
            why: { en: You kept reading. }

            """,
        ]
        if let choice {
            texts["changes.yaml"] = """
                from: 1
                challenges: { week: \(choice) }

                """
        }
        return try ProgrammeDocument(texts)
    }

    private static let day = Int32(CivilDate("2026-11-16")?.daysSinceEpoch ?? 0)

    private static func apply(_ test: TestEngine, _ document: ProgrammeDocument, basedOn: Int64) async throws {
        let updates = ProgrammeUpdates(
            engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
        let result = try await updates.apply(document, to: test.programme, basedOn: basedOn, by: "test")
        guard case .applied = result else { throw PipelineProblem.unprocessable }
    }

    /// Ann reads four times, Bob twice, Cy six times, in one week; five were asked for.
    private static func world(
        _ kind: Storage.Engine, _ changed: ProgrammeDocument, _ body: (TestEngine) async throws -> Void
    ) async throws {
        let first = try document(target: 5)
        try await TestEngine.with(kind, try first.programme()) { test in
            try await apply(test, first, basedOn: 0)
            for (user, reads) in [("ann-é", 4), ("bob-é", 2), ("cy-é", 6)] {
                _ = try await test.engine.take(
                    (0..<reads).map {
                        test.event("\(user)-\($0)", user: user, fields: ["item": "é", "share": .double(1)])
                    }, in: test.programme)
            }
            test.clock.advance(milliseconds: 86_400_000)
            try await apply(test, changed, basedOn: 1)
            try await body(test)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    private static func ink(_ test: TestEngine, _ user: String) async throws -> Int64 {
        let summary = try await test.engine.summary(of: try await test.member(user), in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.spendable ?? -1
    }

    private static func badges(_ test: TestEngine, _ user: String) async throws -> [String] {
        try await test.engine.summary(of: test.member(user), in: test.programme)?.badges.keys.sorted() ?? []
    }

    private static func correct(
        _ test: TestEngine, _ subject: Corrections.Subject, from: Int32, id: UInt64
    ) async throws -> Job {
        let corrections = Corrections(test.engine, test.programme)
        let seen = try await corrections.preview(subject, from: from)
        let order = try await corrections.order(
            subject, from: from, confirmation: seen.confirmation(in: test.programme), id: ID128(high: 4, low: id),
            by: "test")
        try await JobRunner.finish(test.engine, test.programme)
        let store = LoyaltyStore(programme: test.programme)
        return try #require(try await test.database.read { try store.job(order.id, $0) })
    }

    @Test(arguments: TestDatabases.engines)
    func aNearerTargetCountsAfterAllOnce(kind: Storage.Engine) async throws {
        try await Self.world(kind, try Self.document(target: 3, choice: "keep")) { test in
            let corrections = Corrections(test.engine, test.programme)
            let seen = try await corrections.preview(.challenge("week"), from: Self.day)
            #expect(seen.completions == 1 && seen.badges == ["finisher": 1] && seen.members == 3)
            #expect(seen.units.map(\.up) == [40] && seen.units.map(\.membersUp) == [1])
            #expect(seen.leftOut.count == 2)
            // Looking changes nothing, and from a later day on there is nothing.
            #expect(try await Self.ink(test, "ann-é") == 4)
            #expect(try await corrections.preview(.challenge("week"), from: Self.day + 5).completions == 0)
            let job = try await Self.correct(test, .challenge("week"), from: Self.day, id: 1)
            #expect(job.changed == 1 && job.unchanged == 2)
            #expect(try await Self.ink(test, "ann-é") == 44)
            #expect(try await Self.badges(test, "ann-é") == ["finisher"])
            #expect(try await Self.ink(test, "bob-é") == 2)
            // Who had it has it, and a second time posts nothing.
            #expect(try await Self.ink(test, "cy-é") == 46)
            #expect(try await Self.correct(test, .challenge("week"), from: Self.day, id: 2).changed == 0)
            // Bob had two: the next is the third, and that was counted all along.
            _ = try await test.engine.take(
                [test.event("bob-late", user: "bob-é", fields: ["item": "é", "share": .double(1)])], in: test.programme)
            #expect(try await Self.ink(test, "bob-é") == 43)
        }
    }

    @Test func whatWasBegunAnewIsNotBroughtBack() async throws {
        try await Self.world(.sqlite, try Self.document(target: 3, choice: "restart")) { test in
            await #expect(
                throws: Corrections.Problem.refused(
                    "Version 2 began it anew or worked it out again, and what was counted before is not kept.")
            ) { _ = try await Corrections(test.engine, test.programme).preview(.challenge("week"), from: Self.day) }
            // From the day after the change on there is nothing in the way, and nothing to do.
            test.clock.advance(milliseconds: 86_400_000)
            let later = try await Corrections(test.engine, test.programme).preview(
                .challenge("week"), from: Self.day + 6)
            #expect(later.completions == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aBadgeIsGivenToWhomItWouldHaveBeen(kind: Storage.Engine) async throws {
        try await Self.world(kind, try Self.document(target: 5, badge: true)) { test in
            let bob = try await test.member("bob-é")
            let seen = try await Corrections(test.engine, test.programme).preview(.badge("reader"), from: Self.day)
            #expect(seen.badges == ["reader": 3] && seen.units.isEmpty)
            #expect(try await Self.correct(test, .badge("reader"), from: Self.day, id: 1).changed == 3)
            #expect(try await Self.badges(test, "bob-é") == ["reader"])
            let history = try await test.engine.history(of: bob, in: test.programme, limit: 20)
            #expect(history.contains { $0.kind == .badge && $0.source == "read" && $0.version == 2 })
            #expect(try await Self.correct(test, .badge("reader"), from: Self.day, id: 2).changed == 0)
            let corrections = Corrections(test.engine, test.programme)
            await #expect(throws: Corrections.Problem.refused("There is no badge 'nope'.")) {
                _ = try await corrections.preview(.badge("nope"), from: Self.day)
            }
            await #expect(throws: Corrections.Problem.refused("The first day lies ahead.")) {
                _ = try await corrections.preview(.badge("reader"), from: Self.day + 50)
            }
        }
    }

    /// The marks of a day that a review holds or refused stay, and are no reason for a badge.
    @Test func whatAReviewHoldsOrRefusedGivesNoBadge() async throws {
        try await TestEngine.each(ReviewTests.programme) { test in
            let events = (1...4).map {
                test.event(
                    "e\($0)", user: "ann-é", type: "page.read",
                    fields: ["words": .integer(300), "seconds": .integer(120)])
            }
            _ = try await test.engine.take(events, in: test.programme)
            let corrections = Corrections(test.engine, test.programme)
            let held = try await corrections.preview(.badge("explorer"), from: Self.day)
            #expect(held.members == 1 && held.badges.isEmpty)
            #expect(held.leftOut.contains { $0.contains("'page'") })
            let (decided, _) = try await test.engine.decideReviews(
                ReviewFilter(check: "many"), releases: false, limit: 10, in: test.programme)
            #expect(decided.count == 1)
            #expect(try await corrections.preview(.badge("explorer"), from: Self.day).badges.isEmpty)
            #expect(try await Self.badges(test, "ann-é") == [])
        }
    }
}
