import Loyalty
import Primitives
import Testing

/// Examples of several events, with a time each, and what the member has at the end.
@Suite struct WorkedExampleTests {
    private static let base: [String: String] = [
        "programme.yaml": """
        programme: sample
        name: { en: Sample }
        languages: [en]
        timezone: UTC
        units:
          ink: { kind: points, name: { en: ink }, pending: 2 days }
          loyalty: { kind: status, name: { en: loyalty } }
        tiers:
          unit: loyalty
          levels:
            silver: { at: 2, name: { en: Silver } }
        badges:
          reader: { name: { en: Reader } }

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
        when: event.share >= 0.7
        then:
          - award: { amount: 10, unit: ink }
        limits:
          - { per: member, period: day, amount: 25 }
        why: { en: You read. }

        """,
        "rules/with-us.yaml": """
        rule: with-us
        trigger: article.read
        then:
          - award: { amount: 1, unit: loyalty }
          - badge: reader
        limits:
          - { per: member, period: day, times: 1 }
        why: { en: You were with us. }

        """,
        "streaks/daily.yaml": """
        streak: daily
        name: { en: Daily }
        every: day
        count: article.read
        why: { en: Day after day. }

        """,
        "challenges/four.yaml": """
        challenge: four
        name: { en: Four }
        count: article.read
        target: 4
        why: { en: Four stories. }

        """,
    ]

    private static let example = """
        example: two-days
        member: { level: personal, timezone: Europe/Amsterdam }
        events:
          - type: article.read
            at: 2026-11-20T09:00:00Z
            data: { item: a-1, share: 0.9 }
            times: 3
            refused: [read, with-us]
          - { type: article.read, at: 2026-11-21T09:00:00Z, data: { item: a-2, share: 0.9 } }
        until: 2026-11-22T12:00:00Z
        then:
          balance: { ink: 25, loyalty: 2 }
          pending: { ink: 10 }
          tier: silver
          badges: [reader]
          streaks: { daily: 2 }
          challenges: { four: 1 }

        """

    private static func document(_ example: String) throws -> ProgrammeDocument {
        var texts = base
        texts["examples/two-days.yaml"] = example
        return try ProgrammeDocument(texts)
    }

    @Test func whatTheMemberHasAtTheEndComesOut() throws {
        let check = try Self.document(Self.example).check()
        #expect(check.errors.isEmpty, "\(check.errors)")
        let result = try #require(check.examples.first)
        #expect(result.passed && result.name == "example two-days")
        #expect(result.given == ["ink": 25, "loyalty": 2])
    }

    @Test(
        arguments: [
            ("ink: 25,", "ink: 26,", "balance 'ink' is 25, not 26"),
            ("pending: { ink: 10 }", "pending: { ink: 0 }", "pending 'ink' is 10, not 0"),
            ("tier: silver", "tier: none", "the tier is silver, not none"),
            ("badges: [reader]", "badges: []", "the badges are reader"),
            ("daily: 2", "daily: 1", "streak 'daily' is 2, not 1"),
            ("four: 1", "four: 0", "challenge 'four' is 1, not 0"),
            ("{ four: 1 }", "{ five: 1 }", "there is no challenge 'five'"),
            ("times: 3", "times: 2", "Nothing keeps 'read' back at event 1"),
            ("refused: [read,", "refused: [nobody,", "No rule 'nobody' looks at event 1."),
            ("share: 0.9 } }", "share: 7 } }", "Event 2 does not fit."),
        ])
    func whatDoesNotComeOutIsSaid(was: String, now: String, says: String) throws {
        let check = try Self.document(Self.example.replacing(was, with: now)).check()
        let result = try #require(check.examples.first)
        #expect(result.failure?.contains(says) == true, "\(result.failure ?? "it came out")")
        #expect(result.path == "examples/two-days.yaml" && result.line == 1)
        #expect(!ExampleReport(check).passed)
    }

    @Test func itIsExportedAndComparedLikeEverythingElse() throws {
        let document = try Self.document(Self.example)
        let programme = try document.programme()
        #expect(programme.workedExamples.count == 1)
        let again = try ProgrammeDocument.export(programme).programme()
        #expect(again.workedExamples == programme.workedExamples)
        var changed = programme
        changed.workedExamples[0].outcome.tier = ""
        let diff = ProgrammeDiff(from: programme, to: changed)
        #expect(diff.changes.map(\.thing) == ["example"])
        #expect(diff.changes.first?.to == "none")
        // Members notice nothing of it.
        #expect(diff.live.isEmpty)
    }

    @Test func mistakesHaveTheirPlace() throws {
        for (was, now, says) in [
            ("type: article.read\n", "typ: article.read\n", "There is no 'typ' in an event."),
            ("at: 2026-11-20T09:00:00Z", "at: yesterday", "'yesterday' is not a point in time."),
            ("times: 3", "times: 0", ""), ("tier: silver", "teir: silver", "There is no 'teir' in 'then'."),
        ] {
            let check = try Self.document(Self.example.replacing(was, with: now)).check()
            let here = check.errors.filter { $0.path == "examples/two-days.yaml" }
            #expect(here.contains { $0.message.contains(says) && $0.line > 1 && $0.column > 0 }, "\(check.errors)")
            // It is not run as well.
            #expect(check.examples.isEmpty)
        }
    }
}
