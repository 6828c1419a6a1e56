import CEL
import Primitives
import Testing

@testable import Loyalty

/// How a type's events are taken apart, and what keeps them together.
@Suite struct EarningPlanTests {
    private static func programme(_ rules: [Rule], _ challenges: [Challenge] = []) throws -> CompiledProgramme {
        var programme = Programme(
            id: try #require(ProgrammeID("plan")), name: LocalizedText([.en: "Plan"]), timeZone: "UTC",
            dayStartMinutes: 0, units: [Unit(id: "ink"), Unit(id: "loyalty", kind: .status)],
            tiers: TierLadder(unit: "loyalty", tiers: [.init(id: "silver", at: 10)]))
        programme.events = [
            EventType(
                id: "article.read",
                fields: [
                    .init(id: "item", type: .item), .init(id: "share", type: .fraction), .init(id: "n", type: .integer),
                ])
        ]
        programme.rules = rules
        programme.challenges = challenges
        return try CompiledProgramme(programme, version: 1)
    }

    private static func rule(
        _ id: String, _ condition: String?, amount: String = "5", cooldown: DurationSpan? = nil,
        exclusive: String? = nil
    ) -> Rule {
        Rule(
            id: id, trigger: "article.read", condition: condition, effects: [.award(amount: amount, unit: "ink")],
            cooldown: cooldown, exclusive: exclusive)
    }

    private static func plan(_ rules: [Rule], _ challenges: [Challenge] = []) throws -> EarningPlan {
        try #require(try programme(rules, challenges).earning["article.read"])
    }

    @Test func conjunctsGoToWhoeverDecidesThem() throws {
        let plan = try Self.plan([
            Self.rule("both", "event.share >= 0.7 && (member.tier == 'silver' || member.paused) && event.n > 1")
        ])
        #expect(plan.obstacles.isEmpty)
        let one = try #require(plan["rule/both"])
        #expect(one.event.map(\.source) == ["event.share >= 0.7", "event.n > 1"])
        #expect(one.member.count == 1)
        #expect(one.member.first?.reads.contains { $0.text.hasPrefix("event.") } == false)
        #expect(one.counter.name == "both")
    }

    private static let closing: [(String?, String, DurationSpan?, EarningObstacle.Reason)] = [
        ("event.share >= 0.7 || member.tier == 'silver'", "5", nil, .mixedCondition),
        (nil, "event.n", nil, .eventAmount), (nil, "5", .hours(6), .cooldown),
    ]

    @Test(arguments: closing)
    func whatNeedsEventAndMemberTogetherClosesTheType(
        condition: String?, amount: String, cooldown: DurationSpan?, reason: EarningObstacle.Reason
    ) throws {
        let plan = try Self.plan([
            Self.rule("fine", "event.share > 0.5"),
            Self.rule("odd", condition, amount: amount, cooldown: cooldown),
        ])
        #expect(!plan.isPossible)
        #expect(plan.obstacles == [EarningObstacle(source: "rule/odd", reason: reason)])
    }

    @Test func aCooldownOfADayAndAnAmountByTheMemberAreNone() throws {
        let plan = try Self.plan([
            Self.rule("daily", nil, cooldown: .days(1)), Self.rule("old", nil, amount: "member.joinedDays / 10"),
        ])
        #expect(plan.isPossible)
        #expect(plan.classes.map(\.id).sorted() == ["rule/daily", "rule/old"])
    }

    @Test func anExclusiveGroupIsDecidedByTheEventOrNotAtAll() throws {
        #expect(
            try Self.plan([
                Self.rule("a", "event.share > 0.9", exclusive: "one"), Self.rule("b", nil, exclusive: "one"),
            ]).isPossible)
        let plan = try Self.plan([
            Self.rule("a", "member.tier == 'silver'", exclusive: "one"), Self.rule("b", nil, exclusive: "one"),
        ])
        #expect(plan.obstacles.map(\.reason) == [.exclusive, .exclusive])
    }

    @Test func aRuleWithoutPointsHasNobodyWhoCountsItsEarners() throws {
        var rule = Self.rule("badge", nil)
        rule.effects = [.badge("reader")]
        #expect(try Self.plan([rule]).obstacles == [EarningObstacle(source: "rule/badge", reason: .uncounted)])
    }
}
