import Loyalty
import Primitives
import Testing

/// `pressure` and `nudges`: read, written back, compared, checked.
@Suite struct PressureDocumentTests {
    private static let root = """
        programme: small
        name: Small
        languages: [en]
        units:
          ink: { name: ink }
        webhooks:
          app: { url: "https://app.example/hooks" }

        """
    private static let files = [
        "events/trip.made.yaml": "event: trip.made\nfields: { mode: text }",
        "challenges/week.yaml": """
        challenge: week
        name: Week
        count: trip.made
        target: 3
        every: week
        reward:
          - award: { amount: 1, unit: ink }
        why: A week.
        """,
        "challenges/ever.yaml": """
        challenge: ever
        name: Ever
        count: trip.made
        target: 3
        every: ever
        reward:
          - award: { amount: 1, unit: ink }
        why: Ever.
        """,
        "streaks/daily.yaml": """
        streak: daily
        name: Daily
        every: day
        count: trip.made
        milestones:
          5:
            - award: { amount: 1, unit: ink }
        why: Daily.
        """,
        "rules/short.yaml": """
        rule: short
        trigger: trip.made
        when: event.mode == 'car'
        then:
          - nudge: walk
        why: A short drive.
        """,
    ]
    private static let nudges = """
        nudges:
          walk: { text: "Such a trip is a nice walk.", within: 3 days, rest: 14 days, webhook: app }
          week: { challenge: week, before: 2 days, missing: 1, text: One more. }
          daily: { streak: daily, before: 1 day, text: A short trip counts. }

        """

    private func document(_ more: String) throws -> ProgrammeDocument {
        var files = Self.files
        files["programme.yaml"] = Self.root + more
        return try ProgrammeDocument(files)
    }

    @Test func whatIsWrittenReadsBack() throws {
        let pressure = """
            pressure: { per-day: 2, per-week: 4, quiet: { from: 22:30, until: 07:00 }, counts: [nudge, tier] }

            """
        let programme = try document(Self.nudges + pressure).programme()
        #expect(programme.pressure.perDay == 2)
        #expect(programme.pressure.perWeek == 4)
        #expect(programme.pressure.quiet == QuietHours(from: 1_350, until: 420))
        #expect(programme.pressure.counts == [.nudge, .tier])
        #expect(
            programme.nudges == [
                Nudge(
                    id: "walk", text: LocalizedText([.en: "Such a trip is a nice walk."]), within: 3, rest: 14,
                    webhook: "app"),
                Nudge(
                    id: "week", occasion: .challenge("week", before: 2, missing: 1),
                    text: LocalizedText([.en: "One more."])),
                Nudge(
                    id: "daily", occasion: .streak("daily", before: 1),
                    text: LocalizedText([.en: "A short trip counts."])),
            ])
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        let usual = try document(Self.nudges).programme()
        #expect(usual.pressure == .usual)
        let changes = ProgrammeDiff(from: usual, to: programme).changes
        #expect(changes.contains { $0.thing == "programme" && $0.field == "pressure.per-day" && $0.to == "2" })
        var other = programme
        other.nudges[0].within = 9
        #expect(
            ProgrammeDiff(from: programme, to: other).changes.map(\.description) == [
                "~ nudge walk: within: 3 days -> 9 days"
            ])
    }

    @Test func whatIsUsualIsGentleAndPasses() throws {
        #expect(PressureTerms.usual.perDay == 1)
        #expect(PressureTerms.usual.perWeek == 3)
        #expect(try document(Self.nudges).check().problems.isEmpty)
    }

    @Test(arguments: [
        ("pressure: unbounded\n", "switched off"), ("pressure: { per-day: 3 }\n", "more than anybody wants"),
        ("pressure: { per-week: 8 }\n", "will stop reading"), ("pressure: { quiet: none }\n", "quiet at night"),
        ("pressure: { counts: [tier, expiry, offer, wish, challenge, streak] }\n", "Not bounded: 'nudge'"),
    ])
    func aBudgetThatPressesPeopleIsNamed(text: String, says: String) throws {
        let check = try document(Self.nudges + text).check()
        #expect(check.errors.isEmpty, "\(check.errors)")
        #expect(check.warnings.count == 1)
        #expect(check.warnings.first?.message.contains(says) == true, "\(check.warnings)")
        #expect(check.warnings.first?.line == 12)
        let programme = try document(Self.nudges + text).programme()
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
    }

    @Test(arguments: [
        ("pressure: often\n", "is no budget"), ("pressure: { per-day: 21 }\n", "21"),
        ("pressure: { quiet: { from: 21:00, until: 21:00 } }\n", "never end"),
        ("pressure: { quiet: { from: 21:00 } }\n", "has no 'until'"),
        ("pressure: { counts: [] }\n", "Nothing would count"),
        ("pressure: { counts: [tier, tier] }\n", "given twice"), ("pressure: { counts: [letters] }\n", "'letters'"),
        ("nudges: { walk: { text: W., before: 1 day } }\n", "'before' is of nudges about a challenge"),
        ("nudges: { walk: { text: W. }, x: { challenge: none, text: X. } }\n", "There is no challenge 'none'"),
        ("nudges: { walk: { text: W. }, x: { challenge: ever, text: X. } }\n", "no period that ends"),
        ("nudges: { walk: { challenge: week, text: W. } }\n", "A rule cannot give it"),
        ("nudges: { walk: { text: W. }, x: { streak: daily, missing: 1, text: X. } }\n", "'missing' is not of"),
        ("nudges: { walk: { text: W., rest: 1 month } }\n", "'rest' is a number of days"),
        ("nudges: { walk: { text: W., webhook: none } }\n", "There is no webhook 'none'"),
        ("nudges: {}\n", "There is no nudge 'walk'"),
    ])
    func whatDoesNotFitIsRefusedAtItsPlace(text: String, says: String) throws {
        let found = try document(text.hasPrefix("pressure") ? Self.nudges + text : text).check().errors
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.message.contains(says) == true, "\(found)")
        #expect(found.first.map { $0.line > 0 && $0.column > 0 } == true)
    }
}
