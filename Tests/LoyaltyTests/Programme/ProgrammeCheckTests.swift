import CEL
import Loyalty
import Primitives
import Testing

@Suite struct ProgrammeCheckTests {
    static let rule = "rules/reader.yaml"
    static let root = "programme.yaml"
    static let challenge = "challenges/five.yaml"
    static let reward = "rewards/preview.yaml"

    static let mistakes: [Mistake] = [
        // References.
        Mistake(rule, "trigger: article.read", "trigger: articel.read", at: "2:10", "Did you mean 'article.read'?"),
        Mistake(rule, "unit: ink", "unit: inc", at: "5:32", "There is no unit 'inc'. Did you mean 'ink'?"),
        Mistake(rule, "badge: voice", "badge: choir", at: "6:12", "There is no badge 'choir'. Known: voice."),
        Mistake(rule, "badge: voice", "webhook: crn", at: "6:14", "Did you mean 'crm'?"),
        Mistake(rule, "badge: voice", "progress: { challenge: fife }", at: "6:28", "Did you mean 'five'?"),
        Mistake(rule, "badge: voice", "trait: { name: fan, value: 1 }", at: "6:20", "Known: ambassador, topics."),
        Mistake(rule, "badge: voice", "trait: { name: ambassador, value: yes }", at: "6:39", "true or false"),
        Mistake(rule, "badge: voice", "trait: { name: topics, value: opera }", at: "6:35", "a list of topic"),
        Mistake(rule, "why:", "budget: summer\nwhy:", at: "7:9", "There is no budget 'summer'. Known: spring."),
        Mistake(
            rule, "unit: ink }\n  - badge: voice", "unit: loyalty }\nbudget: spring", at: "5:32",
            "is in ink, but this award is in loyalty"),
        Mistake(rule, "why:", "cooldown: 2 days\nwhy:", at: "7:11", "at most a day"),
        Mistake(rule, "why:", "cooldown: 1 month\nwhy:", at: "7:11", "period: month, times: 1"),
        Mistake(root, "unit: loyalty\n", "unit: ink\n", at: "10:9", "'ink' is points"),
        Mistake(root, "spring: { unit: ink", "spring: { unit: iink", at: "18:19", "Did you mean 'ink'?"),
        Mistake(challenge, "count: article.read\n", "", at: "1:1", "Nothing moves this challenge."),
        Mistake(challenge, "amount: 30", "amount: event.seconds", at: "7:22", "no single event"),
        Mistake(
            challenge, "- award: { amount: 30, unit: ink }", "- progress: { challenge: five }", at: "7:3", "circle"),
        Mistake(reward, "unit: ink", "unit: loyalty", at: "5:29", "cannot be spent"),
        // Conditions.
        Mistake(rule, "event.share >= 0.7", "event.shares >= 0.7", at: "3:13", "Did you mean `share`?"),
        Mistake(rule, "event.share >= 0.7", "event.share >= 'x'", at: "3:19", ""),
        Mistake(
            rule, "event.share >= 0.7", "event.share", at: "3:7", "of type double, but a condition is true or false"),
        Mistake(rule, "event.share >= 0.7", "event.share >=", at: "3:21", ""),
        Mistake(rule, "event.share >= 0.7", "evnt.share >= 0.7", at: "3:7", "Did you mean `event`?"),
        Mistake(
            rule, "event.share >= 0.7", "'event.share >= 0.7 && member.teir == ''gold'''", at: "3:37",
            "Did you mean `tier`?"),
        Mistake(
            rule, "event.share >= 0.7", "\"event.share\\t>= 0.7 && member.teir == 'gold'\"", at: "3:38",
            "Did you mean `tier`?"),
        Mistake(
            rule, "event.share >= 0.7", "event.share >= 0.7\n  && member.teir == 'gold'", at: "4:13",
            "Did you mean `tier`?"),
        Mistake(
            rule, "event.share >= 0.7", "|\n  event.share >= 0.7\n    && member.teir == 'gold'", at: "5:15",
            "Did you mean `tier`?"),
        Mistake(
            rule, "event.share >= 0.7", ">-\n\n    event.share >= 0.7\n    &&\n\n\n    member.teir == 'gold'",
            at: "9:12",
            "Did you mean `tier`?"),
        Mistake(rule, "amount: 15", "amount: event.share * 10.0", at: "5:22", "Convert it with int(…)"),
        Mistake(rule, "amount: 15", "amount: yes", at: "5:22", "Undeclared reference to `yes`"),
        Mistake(reward, "price:", "when: event.share > 0.5\nprice:", at: "5:7", "Undeclared reference to `event`"),
        Mistake(reward, "price:", "when: member.tier = 'gold'\nprice:", at: "5:19", ""),
        // Examples.
        Mistake(
            rule, "why:", "examples:\n  - { event: { share: 0.9 }, gives: nothing }\nwhy:", at: "8:5", "gives 15 ink"),
        Mistake(
            rule, "why:", "examples:\n  - { event: { shar: 0.9 }, gives: nothing }\nwhy:", at: "8:5",
            "no field 'shar'. Did you mean 'share'?"),
        Mistake(
            rule, "why:", "examples:\n  - { event: {}, gives: nothing }\nwhy:", at: "8:5", "it must say event.share."),
        Mistake(
            rule, "why:", "examples:\n  - { event: { share: 2 }, gives: nothing }\nwhy:", at: "8:5",
            "The field must lie from 0 to 1"),
        Mistake(
            rule, "why:",
            "examples:\n  - { event: { share: 0.9 }, member: { tier: god }, gives: { amount: 15, unit: ink } }\nwhy:",
            at: "8:5", "no tier 'god'"),
    ]

    @Test(arguments: mistakes) func aMistakeIsNamedAtItsPlace(mistake: Mistake) throws {
        let document = try Documents.replacing(mistake.old, by: mistake.new, in: mistake.path)
        let errors = document.check().errors
        let listed = errors.map(\.description).joined(separator: "\n")
        #expect(
            errors.contains { problem in
                problem.path == mistake.path && "\(problem.line):\(problem.column)" == mistake.place
                    && problem.description.contains(mistake.says)
            }, "\(listed)")
    }

    static let doubts: [Mistake] = [
        Mistake(rule, "event.share >= 0.7", "member.balance.ink > 100", at: "3:7", "earlier events change"),
        Mistake(rule, "event.share >= 0.7", "event.item.id == 'x'", at: "3:7", "the ledger shows who got it"),
        Mistake(
            rule, "why:", "limits:\n  - { per: event, amount: 5 }\nwhy:", at: "8:5", "smaller than the award of 15"),
        Mistake(rule, "why:", "holdout: 1\nwhy:", at: "7:10", "gives nobody anything"),
        Mistake(rule, "why:", "exclusive: alone\nwhy:", at: "7:12", "only rule of its group"),
        Mistake(rule, "why: { en: You read., nl: Je las. }", "why: { en: You read. }", at: "7:6", "missing in nl"),
        Mistake(rule, "why: { en: You read., nl: Je las. }", "", at: "1:1", "It has no 'why'."),
        Mistake(rule, "rule: reader", "rule: reading", at: "1:7", "is named 'reader' but declares 'reading'"),
        Mistake(
            rule, "  - badge: voice",
            "  - progress: { challenge: five }\nlimits:\n  - { per: member, period: day, times: 1 }",
            at: "6:5", "this progress counts every matching event"),
    ]

    @Test(arguments: doubts) func aDoubtIsNamedAtItsPlace(doubt: Mistake) throws {
        let document = try Documents.replacing(doubt.old, by: doubt.new, in: doubt.path)
        let check = document.check()
        let listed = check.problems.map(\.description).joined(separator: "\n")
        #expect(check.programme != nil, "\(listed)")
        #expect(
            check.warnings.contains { problem in
                problem.path == doubt.path && "\(problem.line):\(problem.column)" == doubt.place
                    && problem.description.contains(doubt.says)
            }, "\(listed)")
    }

    @Test func whatIsNeverUsedIsNamed() throws {
        var files = Documents.good
        files["rules/reader.yaml"] = nil
        files["badges/second.yaml"] = "badge: second\nname: { en: Second, nl: Tweede }\nwhy: { en: X., nl: X. }"
        files["events/never.yaml"] = "event: never"
        let warnings = try ProgrammeDocument(files).check().warnings.map(\.description)
        for expected in [
            "programme.yaml:20:3: warning: No rule and no challenge gives this badge.",
            "badges/second.yaml:1:1: warning: No rule and no challenge gives this badge.",
            "events/never.yaml:1:1: warning: No rule and no challenge looks at this event type.",
            "programme.yaml:18:3: warning: No rule draws on this budget.",
            "programme.yaml:22:3: warning: No rule calls this webhook.",
            "programme.yaml:8:3: warning: Nothing gives this unit.",
        ] { #expect(warnings.contains(expected), "\(warnings.joined(separator: "\n"))") }
    }

    @Test func exclusivityThatNamesDecideIsNamed() throws {
        var files = Documents.good
        let second = """
            rule: another
            trigger: article.read
            then: [{ badge: voice }]
            exclusive: one
            why: { en: X., nl: X. }
            """
        files["rules/another.yaml"] = second
        files["rules/reader.yaml"] = Documents.rule + "\nexclusive: one"
        var warnings = try ProgrammeDocument(files).check().warnings.map(\.description)
        #expect(warnings.contains { $0.contains("rules/reader.yaml:8:12") && $0.contains("It is never reached") })
        files["rules/another.yaml"] = second + "\nwhen: event.seconds > 5"
        warnings = try ProgrammeDocument(files).check().warnings.map(\.description)
        #expect(warnings.contains { $0.contains("rules/reader.yaml:8:12") && $0.contains("same priority") })
        files["rules/another.yaml"] = second + "\nwhen: event.seconds > 5\npriority: 5"
        warnings = try ProgrammeDocument(files).check().warnings.map(\.description)
        #expect(!warnings.contains { $0.contains("exclusive") || $0.contains("priority") })
    }

    @Test(arguments: [
        ("event.share >= 0.7 && !member.paused", RuleFacts.none, []),
        ("event.time.getHours() > 20 && event.channel == 'app'", .none, []),
        ("event.topics.exists(t, t == 'opera')", .class, []),
        ("event.item.kind == 'article' && event.item.language == 'nl'", .class, []),
        ("event.item.makers.exists(m, m == 'noor')", .item, []),
        ("event.item.series == 'x' || event.share > 0.5", .item, []),
        ("member.tier == 'gold' && member.progress.five > 2", .none, ["member.progress.five", "member.tier"]),
        ("size(member.badges) > 1", .none, ["member.badges"]),
        ("has(member.traits.topics) && member.joinedDays > 3", .none, []),
    ]) func theFactsOfARuleAreDerived(condition: String, facts: RuleFacts, ordered: [String]) throws {
        let check = try Documents.replacing("event.share >= 0.7", by: condition, in: Self.rule).check()
        #expect(check.errors == [])
        let summary = try #require(check.rules.first { $0.id == "reader" })
        #expect(summary.facts == facts)
        #expect(summary.dependsOnOrder == ordered)
        #expect(RuleFacts.allCases.map { $0.isServed(at: .persona) } == [true, true, true, false])
        #expect(RuleFacts.allCases.allSatisfy { $0.isServed(at: .personal) })
        #expect(summary.description.hasPrefix("rule reader: \(facts.rawValue), served at every level"))
    }

    @Test func aHistoryIsServedToThePersonalLevelOnly() {
        let facts = RuleFacts(reads: ["member.topics.last30days", "event.share"], of: nil)
        #expect(facts == .history)
        #expect(facts.sentence.contains("'personal' only"))
    }

    @Test func aFreeTextOfAnEventWithAnItemCountsAsTheItem() {
        var type = EventType(
            id: "e",
            fields: [EventType.Field(id: "item", type: .item), EventType.Field(id: "series", type: .text)])
        #expect(RuleFacts(reads: ["event.series"], of: type) == .item)
        type.fields[1].oneOf = ["a", "b"]
        #expect(RuleFacts(reads: ["event.series"], of: type) == .none)
        type.fields.remove(at: 0)
        type.fields[0].oneOf = []
        #expect(RuleFacts(reads: ["event.series"], of: type) == .none)
    }

    @Test func namesWithHyphensAreExplained() throws {
        var files = Documents.good
        files["challenges/big-five.yaml"] = Documents.challenge.replacing(
            "challenge: five", with: "challenge: big-five")
        files["rules/reader.yaml"] = Documents.rule.replacing(
            "event.share >= 0.7", with: "member.progress.big-five > 1")
        let errors = try ProgrammeDocument(files).check().errors
        #expect(
            errors.contains { $0.description.contains("between back quotes after the dot: `big-five`") }, "\(errors)")
        files["rules/reader.yaml"] = Documents.rule.replacing(
            "event.share >= 0.7", with: "member.progress.`big-five` > 1")
        #expect(try ProgrammeDocument(files).check().errors == [])
    }

    @Test func aConditionThatStartsWithAQuoteGetsAHint() throws {
        let document = try Documents.replacing("event.share >= 0.7", by: "'a' in event.topics", in: Self.rule)
        #expect(document.check().errors.first?.fix?.contains("on the next line") == true)
    }

    @Test func pagesAndScreensNeedNoDeclaration() throws {
        let document = try Documents.rule(
            """
            rule: reader
            trigger: page
            when: has(event.category) && event.category == 'archive'
            then: [{ award: { amount: 1, unit: ink } }]
            why: { en: X., nl: X. }
            examples:
              - event: { category: archive }
                gives: { amount: 1, unit: ink }
              - event: {}
                gives: nothing
            """)
        #expect(document.check().errors == [])
    }

    @Test func timeZonesAreLookedUpWhereTheyAreKnown() throws {
        struct Zones: TimeZoneSource {
            func utcOffset(of zone: String, at unixSeconds: Int64) -> Int? { zone == "Europe/Amsterdam" ? 3_600 : nil }
        }
        #expect(try ProgrammeDocument(Documents.good).check(zones: Zones()).errors == [])
        let document = try Documents.replacing("Europe/Amsterdam", by: "Europe/Rotterdam", in: Self.root)
        #expect(document.check().errors == [])
        let problem = try #require(document.check(zones: Zones()).errors.first)
        #expect(problem.description.hasPrefix("programme.yaml:4:11: error: This system knows no time zone"))
    }

    @Test func aBrokenFileDoesNotMakeItsUsersWrong() throws {
        let document = try Documents.with("events/article.read.yaml", "event: article.read\nfields:\n  share: [")
        let errors = document.check().errors
        #expect(errors.allSatisfy { $0.path == "events/article.read.yaml" }, "\(errors)")
        let partly = try Documents.replacing("type: fraction", by: "type: fractoin", in: "events/article.read.yaml")
        #expect(partly.check().errors.count == 1, "\(partly.check().errors)")
    }

    @Test(arguments: [
        String(repeating: "(", count: 5_000), String(repeating: "!", count: 9_000) + "true",
        "[" + String(repeating: "1,", count: 4_000) + "1].exists(a, a > 1)",
        "event.topics.exists(a, event.topics.exists(b, event.topics.exists(c, event.topics.exists(d, a + b + c == d))))",
        "'" + String(repeating: "a", count: 9_000) + "' == 'b'",
    ]) func conditionsThatCostTooMuchAreRefused(condition: String) throws {
        let indented = "|\n  " + condition
        let document = try Documents.replacing("event.share >= 0.7", by: indented, in: Self.rule)
        #expect(!document.check().errors.isEmpty)
        #expect(document.check().errors.allSatisfy { $0.line >= 3 && $0.path == Self.rule })
    }

    @Test func theResultIsThereForMachines() throws {
        let json = try Documents.replacing(
            "why:", by: "examples:\n  - { event: { share: 0.9 }, gives: nothing }\nwhy:", in: Self.rule
        ).check().json
        #expect(json["programme"] == .null)
        #expect(json["errors"] == 1)
        let problem = json["problems"]?.arrayValue?.first { $0["severity"] == "error" }
        #expect(problem?["path"] == .string(Self.rule) && problem?["line"] == 8 && problem?["column"] == 5)
        let rule = json["rules"]?[0]
        #expect(rule?["id"] == "reader" && rule?["facts"] == "none" && rule?["servedBelowPersonal"] == true)
        #expect(rule?["reads"] == ["event.share"])
        let example = json["examples"]?[0]
        #expect(example?["passed"] == false && example?["given"] == ["ink": 15])
    }
}
