import CEL
import Catalogue
import Primitives
import Testing

@testable import Loyalty

/// The decision about a gate as a table: conditions, facts, what comes out.
@Suite struct EntitlementCheckTests {
    static let noon = Instant(seconds: 1_750_000_000)

    struct NoZones: ZoneOffsets {
        func offset(zone: String, at seconds: Int64) -> Int64? { zone == "UTC" ? 0 : nil }
    }

    static func programme(_ gates: [Gate] = []) throws -> CompiledProgramme {
        var programme = Programme(
            id: try #require(ProgrammeID("gates")), name: Loyalty.LocalizedText([.en: "Gates"]),
            units: [
                Unit(id: "ink", name: Loyalty.LocalizedText([.en: "ink", .nl: "inkt"])),
                Unit(id: "loyalty", kind: .status, name: Loyalty.LocalizedText([.en: "loyalty"])),
            ],
            tiers: TierLadder(
                unit: "loyalty",
                tiers: [
                    TierLadder.Tier(id: "bronze", at: 0), TierLadder.Tier(id: "silver", at: 100),
                    TierLadder.Tier(id: "gold", at: 200, name: Loyalty.LocalizedText([.en: "Gold", .ja: "ゴールド"])),
                ]),
            rewards: [
                Reward(id: "ticket", kind: .ticket, unit: "ink", price: 50, entitlement: "hall"),
                Reward(id: "gone", kind: .digital, unit: "ink", price: 1, validUntil: noon, entitlement: "hall"),
            ])
        programme.gates = gates
        return try CompiledProgramme(programme, version: 1)
    }

    static func state(
        ink: Int64 = 0, loyalty: Int64 = 0, badges: [String] = [], entitlements: [String: Instant?] = [:],
        traits: [String: JSONValue] = [:], redeemed: [String: Int64] = [:]
    ) throws -> MemberState {
        var state = MemberState(
            programme: try #require(ProgrammeID("gates")), id: MemberID(ID128(high: 0, low: 1)),
            profile: MemberProfile(joinedDay: 0))
        var journal = LedgerJournal()
        for (unit, amount) in [("ink", ink), ("loyalty", loyalty)] where amount > 0 {
            try state.wallet.issue(
                Transfer(
                    id: ID128(high: 9, low: UInt64(amount)), kind: .earn, unit: unit, amount: amount, at: noon,
                    source: "test", sourceVersion: 1), from: .issued, into: &journal)
        }
        for badge in badges { state.badges[badge] = BadgeGrant(day: 0, effect: ID128(high: 0, low: 0)) }
        for (name, end) in entitlements {
            state.entitlements[name] = EntitlementGrant(day: 0, expiresAt: end, effect: ID128(high: 0, low: 0))
        }
        state.traits = traits
        for (index, (reward, count)) in redeemed.sorted(by: { $0.key < $1.key }).enumerated() {
            let id = ID128(high: 8, low: UInt64(index))
            state.redemptions[id] = RedemptionRecord(
                id: id, reward: reward, state: .confirmed, quantity: count, day: 0)
        }
        return state
    }

    static func decide(
        _ opens: [Gate.Condition], _ state: MemberState?, now: Instant = noon, uses: [String: Int64] = [:],
        opened: Set<String> = [], offers: [String] = []
    ) throws -> EntitlementCheck.GateDecision {
        let gate = Gate(id: "g", opens: opens, offers: offers)
        let compiled = try programme([gate])
        return EntitlementCheck.decide(
            gate,
            GateFacts(
                state, programme: compiled, calendar: compiled.calendar(offsets: NoZones()), now: now,
                visitorUses: uses, opened: opened))
    }

    @Test func eachConditionOpensAndCloses() throws {
        let later = Self.noon.adding(milliseconds: 1_000)
        let rows: [(Gate.Condition, MemberState, MemberState)] = [
            (.tier("silver"), try Self.state(loyalty: 100), try Self.state(loyalty: 99)),
            (.tier("silver"), try Self.state(loyalty: 250), try Self.state()),
            (.badge("voice"), try Self.state(badges: ["voice"]), try Self.state(badges: ["other"])),
            (.entitlement("hall"), try Self.state(entitlements: ["hall": nil]), try Self.state()),
            (
                .entitlement("hall"), try Self.state(entitlements: ["hall": later]),
                try Self.state(entitlements: ["hall": Self.noon])
            ),
            (.balance(unit: "ink", atLeast: 10), try Self.state(ink: 10), try Self.state(ink: 9)),
            (
                .trait("plan", is: "digital"), try Self.state(traits: ["plan": "digital"]),
                try Self.state(traits: ["plan": "paper"])
            ),
            (
                .trait("subscriber", is: true), try Self.state(traits: ["subscriber": true]),
                try Self.state(traits: ["subscriber": false])
            ),
            (
                .trait("desks", is: "film"), try Self.state(traits: ["desks": ["film", "city"]]),
                try Self.state(traits: ["desks": ["city"]])
            ),
            (.reward("ticket"), try Self.state(redeemed: ["ticket": 1]), try Self.state()),
        ]
        for (condition, open, shut) in rows {
            #expect(try Self.decide([condition], open).isOpen, "\(condition)")
            #expect(try Self.decide([condition], open).because == condition)
            #expect(try !Self.decide([condition], shut).isOpen, "\(condition)")
            #expect(try !Self.decide([condition], nil).isOpen, "a visitor: \(condition)")
        }
    }

    @Test func anyAndAll() throws {
        let both: Gate.Condition = .all([.badge("a"), .any([.badge("b"), .badge("c")])])
        #expect(try Self.decide([both], try Self.state(badges: ["a", "c"])).isOpen)
        #expect(try !Self.decide([both], try Self.state(badges: ["a"])).isOpen)
        #expect(try !Self.decide([both], try Self.state(badges: ["b", "c"])).isOpen)
        #expect(try Self.decide([both, .badge("d")], try Self.state(badges: ["d"])).isOpen)
        #expect(try !Self.decide([], try Self.state()).isOpen)
    }

    @Test func untilWhen() throws {
        let (one, two) = (Self.noon.adding(milliseconds: 1_000), Self.noon.adding(milliseconds: 2_000))
        let state = try Self.state(badges: ["b"], entitlements: ["x": one, "y": two])
        #expect(try Self.decide([.entitlement("x"), .entitlement("y")], state).until == two)
        #expect(try Self.decide([.all([.entitlement("x"), .entitlement("y")])], state).until == one)
        #expect(try Self.decide([.entitlement("x"), .badge("b")], state).until == nil)
        #expect(try Self.decide([.window(from: nil, until: one)], nil).until == one)
        let window: Gate.Condition = .window(from: one, until: two)
        #expect(try !Self.decide([window], nil).isOpen)
        #expect(try Self.decide([window], nil).offers == [.wait(until: one)])
        #expect(try Self.decide([window], nil, now: one).isOpen)
        #expect(try !Self.decide([window], nil, now: two).isOpen)
        #expect(try Self.decide([window], nil, now: two).offers.isEmpty)
    }

    @Test func aMeterOpensOnlyWhereNothingElseDoes() throws {
        let meter: Gate.Condition = .meter(free: 2, per: .month)
        let open = try Self.decide([.badge("b"), meter], try Self.state(badges: ["b"]))
        #expect(open.isOpen && !open.isMetered && open.left == 2)
        for used in Int64(0)...3 {
            let visitor = try Self.decide([.badge("b"), meter], nil, uses: ["g": used])
            #expect(visitor.isOpen == (used < 2))
            #expect(visitor.isMetered == (used < 2))
            #expect(visitor.left == max(0, 2 - used))
        }
        // What was opened in the period stays open, and is not counted again.
        let again = try Self.decide([meter], nil, uses: ["g": 2], opened: ["g"])
        #expect(again.isOpen && !again.isMetered)
        #expect(try Self.decide([meter], nil, uses: ["g": 2]).offers.count == 1)
    }

    @Test func aMembersMeterCountsDaysOfThePeriod() throws {
        let gate = Gate(id: "g", opens: [.meter(free: 2, per: .month)])
        let compiled = try Self.programme([gate])
        var state = try Self.state()
        var changes = Changes()
        var now = Self.noon
        func context() -> DecisionContext {
            DecisionContext(
                programme: compiled, calendar: compiled.calendar(offsets: NoZones()), now: now, programmeDay: 0)
        }
        #expect(state.open(gate, context(), into: &changes))
        #expect(state.open(gate, context(), into: &changes))
        #expect(!state.open(gate, context(), into: &changes))
        #expect(state.counters["meter/g"]?.count == 2)
        now = Self.noon.adding(milliseconds: 31 * 86_400_000)
        #expect(state.open(gate, context(), into: &changes))
        #expect(state.counters["meter/g"]?.count == 3)
        #expect(changes.effects.isEmpty && changes.counters == ["meter/g"])
    }

    @Test func offersAreTheNearestHonestStep() throws {
        let gate: [Gate.Condition] = [.tier("gold"), .entitlement("hall"), .balance(unit: "ink", atLeast: 1_000)]
        let rich = try Self.decide(gate, try Self.state(ink: 60))
        #expect(rich.offers.first == .reward("ticket", price: 50, unit: "ink", missing: 0))
        // What is over is no offer.
        #expect(!rich.offers.contains { if case .reward("gone", _, _, _) = $0 { true } else { false } })
        let near = try Self.decide(gate, try Self.state(ink: 5, loyalty: 190))
        #expect(near.offers.first == .tier("gold", unit: "loyalty", missing: 10))
        // Of two things that are missing, one is not enough.
        let two = try Self.decide([.all([.badge("a"), .tier("gold")])], try Self.state())
        #expect(two.offers.isEmpty)
        let one = try Self.decide([.all([.badge("a"), .tier("gold")])], try Self.state(badges: ["a"]))
        #expect(one.offers == [.tier("gold", unit: "loyalty", missing: 200)])
        let chosen = try Self.decide([.badge("a")], try Self.state(), offers: ["ticket"])
        #expect(chosen.offers == [.reward("ticket", price: 50, unit: "ink", missing: 50), .badge("a")])
        // A trait is nobody's to reach.
        #expect(try Self.decide([.trait("subscriber", is: true)], nil).offers.isEmpty)
    }

    @Test func itemsAreJudgedByTheCatalogueAndByTheirGates() throws {
        let gates = [
            Gate(id: "early", scope: Gate.Scope(isEarly: true), opens: [.badge("b")]),
            Gate(id: "film", scope: Gate.Scope(topics: ["film"]), opens: [.badge("b")]),
            Gate(id: "paid", scope: Gate.Scope(access: ["subscriber"]), opens: [.trait("subscriber", is: true)]),
        ]
        let compiled = try Self.programme(gates)
        func item(
            topics: [String] = [], access: ItemAccess = .free, published: Int64 = -10, early: Int64? = nil,
            state: Item.State = .live
        ) throws -> Item {
            var content = ItemContent()
            content.kind = .article
            content.topics = topics
            content.access = access
            content.publishedAt = Self.noon.adding(milliseconds: published)
            content.earlyAccess = early.map {
                EarlyAccess(from: Self.noon.adding(milliseconds: $0), audience: .tier("gold"))
            }
            return Item(id: try #require(ItemID("a")), state: state, content: content, revision: 1)
        }
        func decide(_ item: Item?, _ state: MemberState?) -> EntitlementCheck.ItemDecision {
            let facts = GateFacts(
                state, programme: compiled, calendar: compiled.calendar(offsets: NoZones()), now: Self.noon)
            return EntitlementCheck.decide(item, facts, viewer: facts.viewer(region: nil, isSubscriber: false))
        }
        let member = try Self.state(badges: ["b"])
        #expect(decide(nil, member).reason == .unknown)
        #expect(decide(try item(state: .stub), member).reason == .unknown)
        #expect(decide(try item(state: .withdrawn), member).reason == .withdrawn)
        #expect(decide(try item(), nil).isOpen)
        #expect(decide(try item(topics: ["film"]), nil).reason == .gate)
        #expect(decide(try item(topics: ["film"]), member).isOpen)
        #expect(decide(try item(access: .subscriber), member).reason == .gate)
        #expect(decide(try item(access: .subscriber), try Self.state(traits: ["subscriber": true])).isOpen)
        #expect(decide(try item(access: .tier("gold")), member).reason == .restricted)
        #expect(decide(try item(access: .tier("gold")), try Self.state(loyalty: 200)).isOpen)
        // Both gates must open.
        let both = try item(topics: ["film"], access: .subscriber)
        #expect(!decide(both, member).isOpen)
        #expect(decide(both, try Self.state(badges: ["b"], traits: ["subscriber": true])).isOpen)
        // Before publication only the window counts.
        #expect(decide(try item(published: 10, early: -1), member).reason == .early)
        #expect(decide(try item(published: 10, early: -1), try Self.state(loyalty: 200)).reason == .early)
        #expect(decide(try item(published: 10, early: -1), nil).reason == .gate)
        let before = decide(try item(published: 10, early: 5), member)
        #expect(before.reason == .notYet)
        #expect(before.offers == [.wait(until: Self.noon.adding(milliseconds: 10))])
    }

    @Test(arguments: Language.allCases) func everythingIsSaidInEveryLanguage(_ language: Language) throws {
        let compiled = try Self.programme()
        let wording = GateWording(
            language, programme: compiled, calendar: compiled.calendar(offsets: NoZones()), now: Self.noon)
        let offers: [GateOffer] = [
            .reward("ticket", price: 50, unit: "ink", missing: 0),
            .reward("ticket", price: 50, unit: "ink", missing: 3),
            .balance(unit: "ink", missing: 2), .tier("gold", unit: "loyalty", missing: 7), .badge("voice"),
            .wait(until: Self.noon),
        ]
        var texts = offers.map { wording.offer($0) }
        texts += [.gate, .restricted, .notYet, .expired, .notInRegion, .withdrawn, .unknown].map {
            wording.closed($0 as EntitlementCheck.ItemReason)
        }
        texts += [wording.left(0), wording.left(2)]
        #expect(texts.allSatisfy { !$0.isEmpty })
        #expect(
            texts[1].contains("3") && texts[3].contains("7") && texts[5].contains("15") && texts[5].contains("2025"))
    }
}
