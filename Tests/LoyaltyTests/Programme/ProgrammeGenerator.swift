import Loyalty
import Primitives
import Testing

import enum Catalogue.ItemKind

/// Programmes that no person would write, but that a document can hold: every field of every thing, with texts that are
/// hard to quote.
struct ProgrammeGenerator {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func chance(_ part: Int, of whole: Int = 4) -> Bool { number(1...whole) <= part }
    mutating func pick<T>(_ values: [T]) -> T { values[number(0...values.count - 1)] }
    private mutating func maybe<T>(_ make: (inout ProgrammeGenerator) -> T) -> T? { chance(2) ? make(&self) : nil }
    private mutating func many<T>(_ most: Int, _ make: (inout ProgrammeGenerator, Int) -> T) -> [T] {
        (0..<number(0...most)).map { make(&self, $0) }
    }

    private static let pieces = [
        "a", "é", "漢字", "😀", " ", "  ", ":", ": ", " #", "#", "'", "\"", "\\", "\n", "\n\n", "\t", "-", "- ", "?", "[",
        "]",
        "{",
        "}", ",", "&", "*", "!", "|", ">", "%", "@", "`", "=", "<<", "~", "null", "true", "no", "1", "1.5", "0x1",
        "1e3",
        "\u{A0}", "---", "...", "word", "Ja.",
    ]

    /// Any text that is not empty.
    mutating func text() -> String {
        let count = number(1...6)
        var text = ""
        for _ in 0..<count { text += pick(Self.pieces) }
        return text
    }

    private mutating func expression() -> String {
        if chance(2) {
            return pick([
                "true", "event.share >= 0.7", "event.share >= 0.7\n  && event.seconds > 30", "'a' in event.topics", "1",
                "!member.paused", "[1, 2].exists(x, x > 1)", "{'a': 1}.size() > 0",
            ])
        }
        var text = text()
        while text.hasSuffix("\n") { text.removeLast() }
        return text.isEmpty ? "x" : text
    }

    private mutating func localized() -> LocalizedText {
        var values: [Language: String] = [:]
        for language in Language.allCases where chance(3) { values[language] = text() }
        return LocalizedText(values)
    }

    private mutating func word(_ stem: String, _ index: Int) -> String { "\(stem)-\(index)" }

    private mutating func span() -> DurationSpan {
        switch number(0...4) {
        case 0: .months(number(1...1_200))
        case 1: .days(number(1...36_600))
        case 2: .hours(Int64(number(1...100_000)))
        case 3: .minutes(Int64(number(1...100_000)))
        default: .milliseconds(Int64(number(1...1_000_000_000)))
        }
    }

    private mutating func days() -> DurationSpan { chance(2) ? .months(number(1...240)) : .days(number(1...4_000)) }

    private mutating func monthDays() -> [MonthDay] {
        var days: Set<MonthDay> = []
        for _ in 0...number(0...4) {
            if let day = MonthDay(month: number(1...12), day: number(1...29)) { days.insert(day) }
        }
        return days.sorted()
    }

    private mutating func pending(isUnit: Bool) -> PendingTerm {
        switch number(0...3) {
        case 0: return .after(isUnit ? span() : days())
        case 1: return .next(pick(TermPeriod.allCases))
        case 2: return .on(monthDays())
        default:
            return .event(
                AwaitedEvent(
                    until: pick(["article.read", "Order Completed"]), cancelledBy: maybe { _ in "order.returned" },
                    match: maybe { _ in "order" }, within: days(), otherwise: pick(AwaitedEvent.Outcome.allCases)))
        }
    }

    private mutating func expires(isUnit: Bool) -> ExpiryTerm {
        switch number(0...3) {
        case 0: .after(isUnit ? span() : days(), endOf: nil)
        case 1: .after(days(), endOf: pick(TermPeriod.allCases))
        case 2: .on(monthDays())
        default: .inactive(days(), resetBy: chance(2) ? [.earning, .spending] : [.event("article.read")])
        }
    }

    private mutating func notices() -> UnitNotices {
        UnitNotices(expiring: maybe { $0.days() }, activated: chance(2), webhook: maybe { _ in "crm" })
    }

    private mutating func instant() -> Instant {
        let span = Int(Instant.latest.milliseconds - Instant.earliest.milliseconds)
        return Instant(milliseconds: Instant.earliest.milliseconds + Int64(number(0...span)))
    }

    private mutating func json(_ depth: Int = 0) -> JSONValue {
        switch number(0...(depth < 3 ? 8 : 6)) {
        case 0: return .null
        case 1: return .bool(chance(2))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: return .unsigned(UInt64.random(in: UInt64(Int64.max) + 1 ... .max, using: &random))
        case 4: return .double(pick([0.5, 1.0, -0.0, 1e300, 1e-300, 0.1, 123_456_789.123, -1e-7]))
        case 5, 6: return .string(chance(1) ? "" : text())
        case 7: return .array(many(3) { generator, _ in generator.json(depth + 1) })
        default: return object(depth + 1)
        }
    }

    private mutating func object(_ depth: Int = 0) -> JSONValue {
        .object(JSONObject(many(3) { generator, _ in (generator.text(), generator.json(depth + 1)) }))
    }

    private mutating func scalarType() -> FieldType {
        pick([.boolean, .integer, .number, .fraction, .duration, .text, .timestamp, .topic])
    }

    mutating func effect() -> Effect {
        switch number(0...6) {
        case 6: return .nudge(word("nudge", 0))
        case 0: return .award(amount: chance(2) ? "\(number(1...1_000_000_000))" : expression(), unit: word("unit", 0))
        case 1: return .progress(challenge: word("challenge", 1), by: Int64(number(1...9)))
        case 2: return .badge(word("badge", 0))
        case 3: return .entitlement("preview.X:1", lasts: maybe { $0.span() })
        case 4: return .trait("trait_1", value: json())
        default: return .webhook(word("hook", 1))
        }
    }

    private mutating func limit() -> Limit {
        let period = pick(PeriodUnit.allCases)
        switch number(0...2) {
        case 0: return Limit(kind: .amount(Int64(number(1...1_000))), period: period)
        case 1: return Limit(kind: .times(Int64(number(1...1_000))), period: period)
        default: return Limit(kind: .perEvent(Int64(number(1...1_000))), period: .ever)
        }
    }

    mutating func programme() throws -> Programme {
        let name = pick(["test", "a-1", "no", "null"])
        let id = try #require(ProgrammeID(name))
        var languages = Language.allCases.shuffled(using: &random)
        languages.removeLast(number(0...2))
        var programme = Programme(id: id, name: localized(), languages: languages)
        programme.timeZone = pick(["UTC", "Europe/Amsterdam", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
        programme.dayStartMinutes = number(0...1_439)
        programme.lateness = span()
        programme.units = many(3) { g, n in
            Unit(
                id: g.word("unit", n), kind: g.pick(Unit.Kind.allCases), name: g.localized(),
                pending: g.maybe { $0.pending(isUnit: true) }, expires: g.maybe { $0.expires(isUnit: true) },
                notify: g.maybe { $0.notices() }, reversal: g.pick(ReversalPolicy.allCases))
        }
        if chance(2) {
            let tiers = many(4) { g, n in
                TierLadder.Tier(
                    id: g.word("tier", n),
                    at: g.chance(1) ? TierLadder.Tier.unreachable : Int64(n * 100 + g.number(0...99)),
                    name: g.localized(), gives: g.chance(1) ? ["preview.X:1"] : [])
            }
            programme.tiers = TierLadder(
                unit: "unit-0", tiers: tiers, counts: pick(TierLadder.Counts.allCases), cycle: maybe { $0.cycle() })
        }
        programme.traits = many(3) { g, n in
            Trait(id: "trait_\(n)", type: g.chance(2) ? g.scalarType() : .list(g.scalarType()))
        }
        programme.budgets = many(2) { g, n in
            Budget(
                id: g.word("budget", n), unit: "unit-0", period: g.pick(PeriodUnit.allCases),
                amount: Int64(g.number(1...1_000_000)))
        }
        programme.badges = many(3) { g, n in Badge(id: g.word("badge", n), name: g.localized(), why: g.localized()) }
        programme.webhooks = many(2) { g, n in Webhook(id: g.word("hook", n), url: "https://x.example/a?b=\(n)#c") }
        programme.events = many(3) { g, n in g.event(n) }
        programme.rules = many(4) { g, n in g.rule(n) }
        programme.challenges = many(3) { g, n in g.challenge(n) }
        programme.streaks = many(3) { g, n in g.streak(n) }
        programme.rewards = many(3) { g, n in g.reward(n) }
        programme.gates = many(3) { g, n in g.gate(n) }
        people(in: &programme)
        urge(in: &programme)
        programme.quizzes = many(3) { g, n in g.quiz(n) }
        programme.contests = many(3) { g, n in g.contest(n) }
        programme.counterEvents = many(2) { g, n in "Bought \(n)" }
        for number in 0..<number(0...3) {
            let text = localized()
            if !text.isEmpty { programme.texts["page.text-\(number):x"] = text }
        }
        if chance(1) {
            let choices = LiveChange.Choice.allCases
            programme.changes = ProgrammeChanges(
                from: Int64(number(1...99)), challenges: chance(2) ? ["a-1": pick(choices), "b": pick(choices)] : [:],
                streaks: chance(2) ? ["daily": pick(choices)] : [:],
                tiers: chance(2) ? ["gold": pick(choices)] : [:], ladder: chance(2) ? pick(choices) : nil)
        }
        return programme
    }

    private mutating func cycle() -> TierCycle {
        let periods: [TierCycle.Period] = [
            .calendar(months: 3), .calendar(months: 6), .calendar(months: 12), .anniversary,
            .rolling(months: number(1...36)),
            .dates([.init(month: 2, day: 29), .init(month: number(3...12), day: number(1...30))]),
        ]
        var cycle = TierCycle(period: pick(periods))
        cycle.lasts = .cycle
        if chance(1) { cycle.lasts = .span(pick([.days(number(1...90)), .months(number(1...24))])) }
        if case .calendar = cycle.period, chance(2) { cycle.lasts = .nextCycle }
        cycle.downgrade = pick(TierCycle.Downgrade.allCases)
        cycle.grace = maybe { .days($0.number(1...90)) }
        cycle.notice = maybe { .days($0.number(1...90)) }
        return cycle
    }

    private mutating func event(_ number: Int) -> EventType {
        var event = EventType(id: "Event \(number).x_y", purpose: pick(["loyalty", "personal.offers"]))
        if chance(2) { event.keep = [.personal: span()] }
        event.popularity = chance(2)
        event.fields = many(6) { g, n in
            let type: FieldType = g.chance(1) ? .item : g.chance(1) ? .list(g.scalarType()) : g.scalarType()
            var field = EventType.Field(id: "field_\(n)", type: type)
            field.required = g.chance(2)
            if type == .duration { field.unit = g.pick(["s", "ms", "min", "h"]) }
            if [.integer, .number, .duration].contains(type) {
                field.minimum = g.maybe { Double($0.number(-5...5)) }
                field.maximum = g.maybe { Double($0.number(6...9)) + 0.25 }
            }
            if type == .text, g.chance(2) { field.oneOf = ["a", g.text() + "b"] }
            if g.chance(2) { field.meaning = g.text() }
            return field
        }
        return event
    }

    private mutating func rule(_ number: Int) -> Rule {
        var rule = Rule(id: word("rule", number), trigger: pick(["article.read", "Order Completed", "page"]))
        rule.condition = maybe { $0.expression() }
        rule.effects = [effect()] + many(3) { g, _ in g.effect() }
        for (index, effect) in rule.effects.enumerated() {
            if case .award = effect { rule.awardTerms[index] = maybe { $0.awardTerms() } ?? nil }
        }
        rule.limits = many(3) { g, _ in g.limit() }
        rule.cooldown = maybe { $0.span() }
        let instants = [instant(), instant()].sorted()
        if instants[0] < instants[1] {
            rule.validFrom = chance(2) ? instants[0] : nil
            rule.validUntil = chance(2) ? instants[1] : nil
        }
        rule.priority = chance(2) ? self.number(-1_000_000...1_000_000) : 0
        rule.exclusive = maybe { _ in "group-1" }
        rule.budget = maybe { _ in "budget-0" }
        rule.pending = maybe { $0.chance(4) ? .atOnce : $0.pending(isUnit: false) }
        rule.expires = maybe { $0.chance(4) ? .never : $0.expires(isUnit: false) }
        rule.reversal = maybe { $0.pick(ReversalPolicy.allCases) }
        rule.holdoutBasisPoints = pick([0, 1, 10, 500, 9_999, 10_000, self.number(0...10_000)])
        rule.why = localized()
        rule.examples = many(2) { g, _ in
            var gives: [String: Int64] = [:]
            for unit in 0..<g.number(0...2) { gives[g.word("unit", unit)] = Int64(g.number(1...100)) }
            return Rule.Example(event: g.object(), member: g.object(), gives: gives)
        }
        return rule
    }

    private mutating func awardTerms() -> AwardTerms? {
        var terms = AwardTerms()
        terms.pending = maybe { $0.pending(isUnit: false) }
        terms.expires = maybe { $0.chance(4) ? .never : $0.expires(isUnit: false) }
        terms.tiers = many(2) { g, n in
            AwardTerms.ForTier(
                tier: g.word("tier", n), hundredths: g.pick([0, 1, 10, 50, 100, 105, 150, 10_000]),
                pending: g.maybe { $0.pending(isUnit: false) }, expires: g.maybe { $0.expires(isUnit: false) })
        }
        return terms == AwardTerms() ? nil : terms
    }

    private mutating func challenge(_ number: Int) -> Challenge {
        var challenge = Challenge(id: word("challenge", number), name: localized(), count: nil, target: 1)
        if chance(3) {
            challenge.count = "article.read"
            challenge.condition = maybe { $0.expression() }
        }
        challenge.target = Int64(self.number(1...1_000_000_000))
        challenge.every = pick(PeriodUnit.allCases)
        challenge.reward = many(3) { g, _ in g.effect() }
        challenge.why = localized()
        extend(&challenge)
        return challenge
    }

    private mutating func extend(_ challenge: inout Challenge) {
        var hasSteps = false
        if challenge.count != nil {
            if chance(2) { challenge.also = ["visit", "podcast.listen"] }
            switch number(0...2) {
            case 0: challenge.measure = .sum(expression())
            case 1:
                challenge.measure = .distinct(
                    Challenge.Distinct(
                        value: expression(), within: many(3) { g, _ in g.pick(["opera", "2024", "no"]) },
                        device: maybe { $0.expression() }))
            default: break
            }
        } else if chance(2) {
            let steps = many(3) { g, n in
                Challenge.Step(
                    name: g.localized(), event: "step.\(n)", condition: g.maybe { $0.expression() },
                    count: Int64(g.number(1...9)))
            }
            if !steps.isEmpty {
                hasSteps = true
                challenge.measure = .steps(steps, inOrder: chance(2))
                challenge.target = Int64(steps.count)
            }
        }
        if !hasSteps, chance(2) {
            challenge.stages = (1...number(1...3)).map { stage in
                Challenge.Stage(
                    id: "tier-\(stage)", name: localized(), at: Int64(stage * 5), reward: many(2) { g, _ in g.effect() }
                )
            }
            challenge.reward = []
            challenge.target = challenge.finish
        }
        if chance(2) {
            challenge.every = .ever
            challenge.cycle = chance(2) ? .days(Int32(number(1...60)), from: 20_000) : .rolling(Int32(number(1...60)))
        }
        switch number(0...2) {
        case 0: challenge.season = .once(from: 20_000, to: 20_000 + Int32(number(0...90)))
        case 1: challenge.season = .yearly(from: .init(month: 12, day: 1), to: .init(month: 2, day: number(1...29)))
        default: break
        }
        challenge.after = many(3) { g, n in
            g.pick([.challenge(g.word("challenge", n)), .badge(g.word("badge", n)), .tier("gold")])
        }
        challenge.starts = many(2) { g, n in g.word("challenge", n) }
        challenge.isJoined = chance(2)
        challenge.goal = maybe { g in 1...Int64(g.number(1...99)) }
        challenge.rollsBack = !chance(3)
    }

    private mutating func streak(_ number: Int) -> Streak {
        var streak = Streak(id: word("streak", number), name: localized())
        streak.every = pick([.day, .week, .month])
        func measure(_ g: inout ProgrammeGenerator, _ id: String) -> Streak.Measure {
            Streak.Measure(
                id: id, event: "article.read", condition: g.maybe { $0.expression() }, sum: g.maybe { $0.expression() },
                needs: Int64(g.number(1...1_000)))
        }
        if chance(2) {
            streak.measures = [measure(&self, "count")]
        } else {
            streak.measures = (0...self.number(0...2)).map { index in measure(&self, "measure-\(index)") }
            streak.needsAll = chance(2)
        }
        streak.days = maybe { g in
            let days = [g.number(1...31), g.number(1...31), g.number(1...31)].sorted()
            return g.chance(2)
                ? Streak.Days(usual: days[1]) : Streak.Days(usual: days[1], least: days[0], most: days[2])
        }
        streak.freezes = maybe { g in
            let counts = [g.number(0...100), g.number(1...100)].sorted()
            return Streak.Freezes(
                initial: counts[0], earnedEvery: g.maybe { $0.number(1...10_000) }, maximum: max(1, counts[1]))
        }
        streak.milestones = [3, 7, 100].prefix(self.number(0...3)).map { at in
            Streak.Milestone(at: at, effects: [effect(), effect()])
        }
        streak.repairs = many(2) { g, _ in
            let first = Int32(g.number(0...40_000))
            return DaySpan(first: first, last: first + Int32(g.number(0...30)))
        }
        streak.why = localized()
        return streak
    }

    private mutating func people(in programme: inout Programme) {
        programme.signers = many(3) { g, n in
            Signer(
                id: g.word("signer", n), name: g.text(), role: g.localized(), maker: g.maybe { _ in "maker \(n)" },
                writers: g.many(2) { g, _ in g.text() })
        }
        programme.occasions = many(4) { g, n in g.occasion(n) }
        if chance(2) {
            programme.letters = LetterTerms(
                perDay: number(1...200), restDays: number(1...730), withinDays: number(1...90))
        }
        programme.proposals = maybe { g in
            ProposalTerms(
                from: g.maybe { $0.word("tier", 1) }, memberDays: g.number(0...400), openPerMember: g.number(1...20),
                days: g.number(1...365), quorum: Int64(g.number(1...1_000)), counts: g.pick([.live, .closed]))
        }
        programme.announcements = many(2) { g, n in
            Announcement(day: Int32(20_000 + n), what: g.localized(), because: g.localized())
        }.filter { !$0.what.isEmpty }
    }

    private mutating func urge(in programme: inout Programme) {
        programme.nudges = many(4) { g, n in
            let id = g.word("nudge", n)
            let occasions: [Nudge.Occasion] = [
                .rule,
                .challenge(
                    g.word("challenge", 0), before: g.number(1...31), missing: g.maybe { Int64($0.number(1...9)) }),
                .streak(g.word("streak", 0), before: g.number(1...31)),
            ]
            var nudge = Nudge(
                id: id, occasion: g.pick(occasions), text: g.localized(), webhook: g.maybe { $0.word("hook", 0) })
            if nudge.occasion == .rule { (nudge.within, nudge.rest) = (g.number(1...31), g.number(1...366)) }
            return nudge
        }
        guard chance(2) else { return }
        programme.pressure = PressureTerms(
            perDay: Int64(number(0...20)), perWeek: Int64(number(0...100)),
            quiet: maybe { g in QuietHours(from: g.number(720...1_439), until: g.number(0...719)) },
            counts: Array(Urging.Kind.allCases.shuffled(using: &random).prefix(number(1...7))))
        if chance(1) { programme.pressure = .unbounded }
    }

    private mutating func occasion(_ number: Int) -> Occasion {
        let moments: [Occasion.Moment] = [
            .anniversary, .birthday, .tier(word("tier", 1)), .regular(days: self.number(1...7), within: 7),
            .comeback(after: self.number(2...365), pause: maybe { $0.number(1...92) }),
            .streak(word("streak", 1), lengths: [3, 30]),
            .count(
                .init(
                    event: "event.\(number)", condition: maybe { $0.expression() }, at: [1, 10],
                    since: maybe { _ in 20_000 }, isPerMaker: chance(2))),
        ]
        var message = localized()
        if message.isEmpty { message.values[.en] = "x" }
        return Occasion(
            id: word("occasion", number), moment: pick(moments), isByHand: chance(2),
            signers: many(2) { g, n in g.word("signer", n) }, message: message,
            award: maybe { .init(amount: Int64($0.number(1...100)), unit: "unit-0") },
            webhook: maybe { $0.word("hook", 0) }, why: localized())
    }

    private mutating func gate(_ number: Int) -> Gate {
        var gate = Gate(id: word("gate", number), name: localized())
        gate.scope = maybe { g in
            Gate.Scope(
                kinds: g.many(2) { g, _ in g.pick(ItemKind.allCases) }, topics: g.many(2) { _, n in "film \(n)" },
                series: g.many(2) { _, n in "s-\(n)" }, items: g.many(2) { _, n in "1\(n)" },
                access: g.many(2) { _, n in n == 0 ? "subscriber" : "tier:gold" }, isEarly: g.chance(2))
        }
        gate.opens = [condition(depth: 2)] + many(3) { g, _ in g.condition(depth: 2) }
        gate.offers = many(2) { g, n in g.word("reward", n) }
        gate.why = localized()
        return gate
    }

    private mutating func condition(depth: Int) -> Gate.Condition {
        switch number(0...(depth > 0 ? 10 : 8)) {
        case 0: .tier(word("tier", 1))
        case 1: .badge(word("badge", 1))
        case 2: .entitlement("hall:x.1")
        case 3: .balance(unit: "unit-0", atLeast: Int64(number(1...1_000_000_000)))
        case 4: .trait("trait_1", is: pick([.bool(true), .bool(false), .string("yes"), .integer(7)]))
        case 5: .reward(word("reward", 1))
        case 6: .window(from: Instant(seconds: 1_700_000_000), until: maybe { _ in Instant(seconds: 1_800_000_000) })
        case 7: .meter(free: Int64(number(1...1_000)), per: pick(PeriodUnit.allCases))
        case 8: .when(expression())
        case 9: .any([condition(depth: depth - 1), condition(depth: depth - 1)])
        default: .all([condition(depth: depth - 1)])
        }
    }

    private mutating func reward(_ number: Int) -> Reward {
        var reward = Reward(id: word("reward", number), kind: pick(Reward.Kind.allCases), unit: "unit-0", price: 5)
        reward.name = localized()
        reward.text = localized()
        reward.price = Int64(self.number(1...1_000_000_000))
        reward.stock = maybe { Int64($0.number(0...100)) }
        reward.perMember = maybe { Int64($0.number(1...100)) }
        reward.condition = maybe { $0.expression() }
        reward.holds = chance(2) ? span() : .minutes(15)
        reward.maker = maybe { _ in "Maker: é, 1" }
        reward.item = maybe { $0.pick(["0012", "a b", "true", "https://x.example/#1"]) }
        reward.topics = many(3) { g, _ in g.pick(["opera", "2024", "no", "jazz & blues"]) }
        reward.entitlement = maybe { _ in "ticket.x" }
        if reward.entitlement != nil { reward.entitlementLasts = maybe { $0.span() } }
        makeRich(&reward)
        return reward
    }

    /// What makes sense for the kind.
    private mutating func makeRich(_ reward: inout Reward) {
        let hasTime = [.ticket, .experience, .workshop, .advice, .stream, .questions].contains(reward.kind)
        if [.workshop, .advice].contains(reward.kind) { reward.maker = "maker-1" }
        if [.conversion, .minutes].contains(reward.kind) {
            reward.into = Reward.UnitAmount(unit: "unit-9", amount: Int64(number(1...99)))
        }
        if reward.kind == .credit || (reward.kind == .donation && chance(1)) {
            reward.value = Reward.Money(amount: Int64(number(1...9_999)), currency: "EUR")
        }
        if chance(2) {
            reward.prices[0].tiers = [Reward.TierPrice(tier: "gold", amount: Int64(number(0...9)))]
            reward.prices.append(Reward.Price(unit: "unit-7", amount: Int64(number(1...9))))
        }
        if hasTime, chance(2) {
            reward.stock = nil
            reward.slots =
                chance(2)
                ? .list([Slot(day: 20_800, minutes: number(0...1_439), capacity: Int64(number(1...50)))])
                : .weekly(
                    from: 20_800, until: 20_820, weekdays: chance(2) ? [1, 5] : [], times: [600, 840],
                    capacity: Int64(number(1...9)))
        }
        if reward.kind != .donation, reward.stock != nil || reward.slots != nil {
            reward.waitingList = maybe {
                Reward.WaitingList(offer: $0.span(), most: Int64($0.number(1...1_000)))
            }
        }
        if ![.donation, .conversion, .minutes, .physical].contains(reward.kind), chance(3) {
            reward.codes = Reward.CodePool(low: maybe { Int64($0.number(1...9)) })
        } else {
            if reward.kind.allowsRefund { reward.refund = maybe { $0.chance(2) ? .never : .within($0.span()) } }
            if chance(2) {
                reward.quantity = chance(2) ? 1...Int64(number(2...9)) : 2...Int64(number(2...9))
                if let most = reward.perMember { reward.perMember = most + 9 }
            }
        }
        if reward.perMember != nil { reward.perMemberPeriod = pick([.ever, .day, .week, .month, .year]) }
        reward.after = maybe { $0.span() }
        reward.isWithdrawn = chance(4)
        if chance(2) {
            reward.validFrom = RFC3339.parse("2026-12-01T09:00:00Z")
            reward.early = [Reward.EarlyWindow(tier: "gold", span: span())]
        }
    }
}
