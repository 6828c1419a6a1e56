import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// A rule that changed, held to have been in force from an earlier day on.
@Suite struct CorrectionTests {
    /// - Parameters:
    ///   - amount: of each read.
    ///   - most: a day.
    private static func document(amount: Int, most: Int, condition: String = "event.share >= 0.7") throws
        -> ProgrammeDocument
    {
        try ProgrammeDocument([
            "programme.yaml": """
            programme: sample
            name: { en: Sample }
            languages: [en]
            timezone: Europe/Amsterdam
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
            when: \(condition)
            then:
              - award: { amount: \(amount), unit: ink }
            limits:
              - { per: member, period: day, amount: \(most) }
            why: { en: You read. }

            """,
        ])
    }

    private static let day = Int32(CivilDate("2026-11-20")?.daysSinceEpoch ?? 0)

    private func apply(_ test: TestEngine, _ document: ProgrammeDocument, basedOn: Int64) async throws {
        let updates = ProgrammeUpdates(
            engine: test.engine, versions: ProgrammeVersions(test.database), catalogue: test.catalogue)
        _ = try await updates.apply(document, to: test.programme, basedOn: basedOn, by: "test")
    }

    /// Each user's reads on three days, the rule at 10 with 30 a day; then the rule is changed.
    private func world(
        _ kind: Storage.Engine, amount: Int, most: Int, condition: String = "event.share >= 0.7",
        _ body: (TestEngine) async throws -> Void
    ) async throws {
        let first = try Self.document(amount: 10, most: 30)
        try await TestEngine.with(kind, try first.programme()) { test in
            try await apply(test, first, basedOn: 0)
            for day in 0..<3 {
                for (user, reads) in [("ann-é", 1), ("bob-é", 5)] {
                    let events = (0..<reads).map { test.event("\(user)-\(day)-\($0)", user: user) }
                    _ = try await test.engine.take(events, in: test.programme)
                }
                test.clock.advance(milliseconds: 86_400_000)
            }
            try await apply(
                test, try Self.document(amount: amount, most: most, condition: condition), basedOn: 1)
            try await body(test)
        }
    }

    private func ink(_ test: TestEngine, _ user: String) async throws -> Int64 {
        let summary = try await test.engine.summary(of: try await test.member(user), in: test.programme)
        return summary?.balances.first { $0.unit == "ink" }?.spendable ?? -1
    }

    private func correct(_ test: TestEngine, from: Int32, id: UInt64) async throws -> Job {
        let corrections = Corrections(test.engine, test.programme)
        let seen = try await corrections.preview(try await corrections.plan(rule: "read", from: from))
        let order = try await corrections.order(
            .rule("read"), from: from, confirmation: seen.confirmation(in: test.programme), id: ID128(high: 4, low: id),
            by: "test")
        try await JobRunner.finish(test.engine, test.programme)
        let store = LoyaltyStore(programme: test.programme)
        return try #require(try await test.database.read { try store.job(order.id, $0) })
    }

    @Test(arguments: TestDatabases.engines)
    func aRaisedAmountIsShownThenPostedOnce(kind: Storage.Engine) async throws {
        try await world(kind, amount: 15, most: 60) { test in
            #expect(try await ink(test, "ann-é") == 30)
            #expect(try await ink(test, "bob-é") == 90)
            let corrections = Corrections(test.engine, test.programme)
            // The first day stays as it was.
            let plan = try await corrections.plan(rule: "read", from: Self.day + 1)
            #expect(plan.limitsBefore == [Limit(kind: .amount(30), period: .day)])
            let seen = try await corrections.preview(plan)
            #expect(seen.members == 2)
            let unit = try #require(seen.units.first)
            #expect(seen.units.count == 1 && unit.unit == "ink")
            #expect(unit.membersUp == 2 && unit.up == 70 && unit.membersDown == 0 && unit.down == 0)
            // Looking changes nothing.
            #expect(try await ink(test, "ann-é") == 30)
            let job = try await correct(test, from: Self.day + 1, id: 1)
            #expect(job.state == .done && job.changed == 2)
            // Two days at 15 instead of 10; two days at 60 instead of 30.
            #expect(try await ink(test, "ann-é") == 40)
            #expect(try await ink(test, "bob-é") == 150)
            #expect(try await test.verify().differenceCount == 0)
            // The same again, and from a later day on, posts nothing.
            let again = try await correct(test, from: Self.day + 1, id: 2)
            #expect(again.changed == 0 && again.unchanged == 2)
            #expect(try await correct(test, from: Self.day + 2, id: 3).changed == 0)
            #expect(try await ink(test, "bob-é") == 150)
            // From an earlier day on it posts what is missing.
            #expect(try await correct(test, from: Self.day, id: 4).changed == 2)
            #expect(try await ink(test, "ann-é") == 45)
            #expect(try await ink(test, "bob-é") == 180)
            let history = try await test.engine.history(
                of: try await test.member("ann-é"), in: test.programme, limit: 50)
            let posted = history.filter { $0.kind == .correction }
            #expect(posted.map(\.amount).sorted() == [5, 10])
            #expect(posted.allSatisfy { $0.source == "read" && $0.version == 2 })
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aLowerAmountIsTakenBackAsFarAsItIsThere(kind: Storage.Engine) async throws {
        try await world(kind, amount: 4, most: 30) { test in
            let member = try await test.member("bob-é")
            _ = try await test.engine.perform(
                .adjust(unit: "ink", amount: -85, id: ID128(high: 9, low: 9), reason: "test"), member: member,
                in: test.programme)
            #expect(try await correct(test, from: Self.day, id: 1).changed == 2)
            #expect(try await ink(test, "ann-é") == 12)
            // 90 became 5 before; 30 of them were to be taken back.
            #expect(try await ink(test, "bob-é") == 0)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func aLateEventCountsUnderTheCorrectedTerms() async throws {
        try await world(.sqlite, amount: 15, most: 60) { test in
            _ = try await correct(test, from: Self.day, id: 1)
            #expect(try await ink(test, "ann-é") == 45)
            let late = test.event("late", user: "ann-é", at: test.clock.now().adding(milliseconds: -60 * 3_600_000))
            _ = try await test.engine.take([late], in: test.programme)
            #expect(try await ink(test, "ann-é") == 60)
            #expect(try await test.verify().differenceCount == 0)
        }
    }

    @Test func whatIsNotKeptIsNotGuessed() async throws {
        try await world(.sqlite, amount: 15, most: 30, condition: "event.share >= 0.5") { test in
            let corrections = Corrections(test.engine, test.programme)
            await #expect(
                throws: Corrections.Problem.refused(
                    "Since version 1 its condition changed, and what events said is not kept.")
            ) { _ = try await corrections.plan(rule: "read", from: Self.day) }
            await #expect(throws: Corrections.Problem.refused("There is no rule 'nope'.")) {
                _ = try await corrections.plan(rule: "nope", from: Self.day)
            }
            // From the day after the new condition came into force on there is nothing in the way.
            test.clock.advance(milliseconds: 86_400_000)
            _ = try await corrections.plan(rule: "read", from: Self.day + 4)
        }
        // Two sets of limits before the day: nobody can say which of them gave what.
        try await world(.sqlite, amount: 15, most: 60) { test in
            test.clock.advance(milliseconds: 86_400_000)
            await #expect(
                throws: Corrections.Problem.refused(
                    "The limits changed before that day as well. Choose a day on or before that change.")
            ) { _ = try await Corrections(test.engine, test.programme).plan(rule: "read", from: Self.day + 4) }
        }
    }

    @Test func somebodyMustHaveSeenTheDifference() async throws {
        try await world(.sqlite, amount: 15, most: 60) { test in
            let corrections = Corrections(test.engine, test.programme)
            let plan = try await corrections.plan(rule: "read", from: Self.day)
            let seen = try await corrections.preview(plan)
            let late = test.event("late", user: "ann-é", at: test.clock.now().adding(milliseconds: -36 * 3_600_000))
            _ = try await test.engine.take([late], in: test.programme)
            // The late event was decided under the new terms already: what is missing is what it was.
            let now = try await corrections.preview(plan)
            #expect(now.units == seen.units)
            await #expect(throws: Corrections.Problem.changed) {
                _ = try await corrections.order(
                    .rule("read"), from: Self.day + 1, confirmation: seen.confirmation(in: test.programme),
                    id: ID128(high: 4, low: 1), by: "test")
            }
        }
    }
}
