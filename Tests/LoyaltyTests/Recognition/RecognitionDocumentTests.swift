import Loyalty
import Primitives
import Testing

/// `signers`, `letters`, `proposals`, `announcements` and `recognition/`: read, written back, compared, checked.
@Suite struct RecognitionDocumentTests {
    private static let root = """
        programme: small
        name: Small
        languages: [en]
        units:
          ink: { name: ink }
          loyalty: { kind: status, name: loyalty }
        tiers: { unit: loyalty, levels: { gold: { at: 5, name: Gold } } }
        signers:
          anna: { name: Anna Vos, role: editor, maker: anna-vos }
          joris: { name: Joris Kok }
        letters: { per-day: 3, rest: 30 days, within: 7 days }
        proposals: { from: gold, member-for: 30 days, open: 2, for: 10 days, quorum: 25, counts: live }
        announcements:
          - { date: 2027-01-01, what: Long reads give less., because: They gave too much. }

        """
    private static let events = """
        event: comment.posted
        fields: { item: { type: item }, words: integer }
        """
    private static let streak = """
        streak: daily
        name: Daily
        every: day
        count: comment.posted
        milestones:
          5:
            - award: { amount: 1, unit: ink }
        why: Daily.
        """

    private static func occasion(_ moment: String, _ rest: String = "", message: String = "Thank you.") -> String {
        """
        occasion: thanks
        moment: \(moment)
        \(rest.isEmpty ? "signed-by: [anna, joris]" : rest)
        message: "\(message)"
        why: It is a moment.
        """
    }

    private static func document(_ occasion: String) throws -> ProgrammeDocument {
        try ProgrammeDocument([
            "programme.yaml": root, "events/comment.posted.yaml": events, "streaks/daily.yaml": streak,
            "recognition/thanks.yaml": occasion,
        ])
    }

    @Test(arguments: [
        "{ anniversary: joining }", "{ birthday: given }", "{ tier: gold }", "{ streak: { streak: daily, at: [5] } }",
        "{ return: { after: 30 days, pause: 7 days } }", "{ return: { after: 30 days } }",
        "{ regular: { days: 12, within: 28 days } }",
        "{ count: { event: comment.posted, when: event.words > 10, at: [1, 100], since: 2026-01-01 } }",
        "{ count: { event: comment.posted, at: [10], since: 2026-01-01, per: maker } }",
    ])
    func whatIsWrittenReadsBack(moment: String) throws {
        let document = try Self.document(
            Self.occasion(moment, "by: hand\nsigned-by: [joris, anna]\naward: { amount: 5, unit: ink }"))
        let check = document.check()
        #expect(check.errors.isEmpty, "\(check.errors)")
        let programme = try document.programme()
        #expect(programme.occasions.count == 1)
        #expect(programme.occasions.first?.signers == ["joris", "anna"])
        #expect(programme.letters == LetterTerms(perDay: 3, restDays: 30, withinDays: 7))
        #expect(programme.proposals?.quorum == 25 && programme.proposals?.counts == .live)
        #expect(programme.announcements.first?.day == 20_819)
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
        var other = programme
        other.occasions[0].award?.amount = 7
        other.signers[0].name = "Anna de Vos"
        other.letters.perDay = 4
        let changes = ProgrammeDiff(from: programme, to: other).changes
        #expect(
            changes.map { "\($0.thing) \($0.field)" } == [
                "programme letters.per-day", "signer name", "occasion award.amount",
            ]
        )
    }

    @Test(arguments: [
        ("{ tier: golden }", "", "Thanks.", "There is no tier 'golden'."),
        ("{ streak: { streak: daily, at: [6] } }", "", "Thanks.", "The streak 'daily' has no milestone at 6."),
        ("{ birthday: given }", "signed-by: [zoe]", "Thanks.", "There is no signer 'zoe'."),
        ("{ birthday: given }", "signed-by: []", "Thanks.", "Nobody signs it."),
        ("{ birthday: given }", "", "{years} years!", "Nothing can be put in for '{years}'."),
        ("{ count: { event: nope, at: [1] } }", "", "Thanks.", "There is no event type 'nope'."),
        (
            "{ count: { event: comment.posted, at: [1], per: maker } }", "signed-by: [joris]", "Thanks.",
            "None of its signers is a maker."
        ),
        ("{ regular: { days: 9, within: 7 days } }", "", "Thanks.", "There are fewer days than that."),
        ("{ return: { after: 1 month } }", "", "Thanks.", "'after' is a number of days from 2 to 365."),
        ("{ tier: gold, birthday: given }", "", "Thanks.", "A moment is one thing."),
        (
            "{ birthday: given }", "signed-by: [anna]\naward: { amount: 101, unit: ink }", "Thanks.",
            "101 is outside 1 to 100."
        ),
    ])
    func mistakesAreNamed(moment: String, rest: String, message: String, problem: String) throws {
        let problems = try Self.document(Self.occasion(moment, rest, message: message)).check().errors
        #expect(problems.map(\.message).contains(problem), "\(problems.map(\.message))")
        #expect(problems.allSatisfy { $0.line > 0 && $0.column > 0 })
    }

    @Test func aFirstThatIsNoFirstIsWarnedOf() throws {
        let check = try Self.document(Self.occasion("{ count: { event: comment.posted, at: [1] } }")).check()
        #expect(check.problems.contains { $0.severity == .warning && $0.message.hasPrefix("It counts from when") })
    }
}

@Suite struct ProgrammeNewsTests {
    private static func programme(_ change: (inout Programme) -> Void = { _ in }) -> Programme {
        var programme = Programme(
            id: ProgrammeID("small") ?? ProgrammeID.any, name: LocalizedText([.en: "Small"]),
            units: [Unit(id: "ink", name: LocalizedText([.en: "ink", .nl: "inkt", .ja: "インク"]), expires: nil)],
            events: [EventType(id: "read", fields: [])],
            rules: [
                Rule(
                    id: "read", trigger: "read", effects: [.award(amount: "10", unit: "ink")],
                    why: LocalizedText([.en: "You read.", .nl: "Je las.", .ja: "読みました。"]))
            ],
            rewards: [Reward(id: "mug", kind: .physical, unit: "ink", price: 100)])
        programme.rewards[0].name = LocalizedText([.en: "A mug", .nl: "Een mok", .ja: "マグ"])
        change(&programme)
        return programme
    }

    @Test func onlyWhatMembersNoticeIsNews() {
        let old = Self.programme()
        let silent = Self.programme {
            $0.rules[0].holdoutBasisPoints = 500
            $0.rules[0].why.values[.en] = "You read it."
            $0.webhooks = [Webhook(id: "crm", url: "https://crm.example")]
            $0.traits = [Trait(id: "plan", type: .text)]
        }
        #expect(ProgrammeNews(from: old, to: silent).items.isEmpty)
        #expect(ProgrammeNews(from: old, to: old).items.isEmpty)
    }

    @Test func whatIsLessIsSaid() {
        let old = Self.programme()
        let cases: [((inout Programme) -> Void, String, Bool)] = [
            (
                { $0.rules[0].effects = [.award(amount: "5", unit: "ink")] }, "“You read.”: it gives 5 ink; it was 10.",
                true
            ),
            (
                { $0.rules[0].effects = [.award(amount: "15", unit: "ink")] },
                "“You read.”: it gives 15 ink; it was 10.", false
            ),
            ({ $0.rewards[0].price = 120 }, "A mug costs 120 ink; it was 100.", true),
            ({ $0.rewards[0].price = 80 }, "A mug costs 80 ink; it was 100.", false),
            ({ $0.rewards = [] }, "A mug is no longer there. What you got stays yours.", true),
            (
                { $0.units[0].expires = .after(.months(12), endOf: nil) },
                "ink: how long it stays valid has changed. What you had keeps its date.", true
            ),
        ]
        for (change, says, takesAway) in cases {
            let new = Self.programme(change)
            let items = ProgrammeNews(from: old, to: new).items
            #expect(items.map { NewsWording(.en, new).says($0) } == [says])
            #expect(items.first?.takesAway == takesAway, "\(says)")
            for language in Language.allCases {
                #expect(items.allSatisfy { !NewsWording(language, new).says($0).isEmpty })
            }
        }
    }
}

extension ProgrammeID {
    fileprivate static var any: ProgrammeID {
        guard let id = ProgrammeID("any") else { preconditionFailure("a valid name") }
        return id
    }
}
