import Primitives
import Testing

@testable import Loyalty

/// A dry run of a redemption as a pure function: every obstacle with its proof, and what a real one then does.
@Suite struct RedemptionSimulationTests {
    typealias Gates = EntitlementCheckTests

    private static func context(_ change: (inout Reward) -> Void) throws -> DecisionContext {
        var programme = try Gates.programme([]).programme
        var reward = Reward(id: "evening", kind: .ticket, unit: "ink", price: 50, stock: 3)
        change(&reward)
        programme.rewards.append(reward)
        let compiled = try CompiledProgramme(programme, version: 7)
        let calendar = compiled.calendar(offsets: Gates.NoZones())
        return DecisionContext(
            programme: compiled, calendar: calendar, now: Gates.noon, programmeDay: calendar.day(of: Gates.noon))
    }

    private static let id = ID128(high: 4, low: 4)

    private static func simulate(
        _ state: MemberState, _ context: DecisionContext, _ choice: RedemptionChoice = RedemptionChoice(),
        book: RewardBook = RewardBook()
    ) throws -> RedemptionSimulation {
        try state.simulatedRedemption(of: "evening", id: id, choice, book: book, context)
    }

    @Test func whatItPromisesIsWhatHappens() throws {
        let context = try Self.context {
            $0.quantity = 1...4
            $0.prices = [Reward.Price(unit: "ink", amount: 50, tiers: [Reward.TierPrice(tier: "silver", amount: 20)])]
            $0.entitlement = "hall"
        }
        let state = try Gates.state(ink: 60, loyalty: 100)
        let choice = RedemptionChoice(quantity: 2)
        let dry = try Self.simulate(state, context, choice)
        #expect(dry.obstacles.isEmpty)
        #expect(dry.tier == "silver")
        #expect(dry.prices == [.init(unit: "ink", each: 20, amount: 40, spendable: 60)])
        #expect(dry.left == 3 && dry.leftAfter == 1)
        var (real, changes) = (state, Changes())
        let shelf = RewardShelf(left: 3)
        let hold = try real.redeem("evening", id: Self.id, choice, shelf: shelf, context, into: &changes)
        #expect(dry.hold == hold)
        #expect(dry.effects == changes.effects)
        #expect(dry.confirmed.map(\.kind) == [.confirmation, .entitlement])
        #expect(state.wallet.spendable("ink", at: Gates.noon) == 60)
    }

    @Test func allThatStandsInTheWayIsThereWithItsProof() throws {
        let later = Gates.noon.adding(milliseconds: 9 * 86_400_000)
        let context = try Self.context {
            $0.validFrom = later
            $0.early = [Reward.EarlyWindow(tier: "gold", span: .days(2))]
            $0.condition = "member.badges.size() > 0 && 'voice' in member.badges"
            $0.perMember = 1
        }
        let state = try Gates.state(ink: 9, loyalty: 250, badges: ["reader"], redeemed: ["evening": 1])
        let full = RewardBook(taken: [RewardPlace("evening"): 3])
        let dry = try Self.simulate(state, context, book: full)
        #expect(dry.hold == nil && dry.leftAfter == nil && dry.effects.isEmpty)
        let codes = dry.obstacles.map(\.code)
        #expect(codes == ["not-yet", "out-of-stock", "member-limit", "condition-not-met", "insufficient-balance"])
        // The member's own window counts, not everybody's.
        let opens = RFC3339.format(later.adding(milliseconds: -2 * 86_400_000))
        #expect(dry.obstacles[0].facts["opens_at"] == .string(opens))
        #expect(dry.obstacles[1].facts["left"] == 0)
        #expect(dry.obstacles[2].facts["had"] == 1)
        #expect(dry.obstacles[3].failing == "'voice' in member.badges")
        #expect(!dry.obstacles[3].proof.isEmpty)
        #expect(dry.obstacles[4].facts["missing"] == 41)
        for language in Language.allCases {
            let wording = ObstacleWording(language, programme: context.programme, calendar: context.calendar)
            #expect(dry.obstacles.allSatisfy { !wording.sentence($0).isEmpty })
            #expect(Set(dry.obstacles.map { wording.sentence($0) }).count == dry.obstacles.count)
        }
    }

    @Test func whatTheCalendarEndsGivesBackFirst() throws {
        let context = try Self.context {
            $0.stock = 1
            $0.holds = .minutes(15)
        }
        var (state, changes) = (try Gates.state(ink: 60), Changes())
        _ = try state.redeem(
            "evening", id: ID128(high: 1, low: 1), shelf: RewardShelf(left: 1), context, into: &changes)
        let book = RewardBook(taken: [RewardPlace("evening"): 1])
        #expect(
            try Self.simulate(state, context, book: book).obstacles.map(\.code) == [
                "out-of-stock", "insufficient-balance",
            ])
        var later = context
        later.now = context.now.adding(milliseconds: 3 * 86_400_000)
        let dry = try Self.simulate(state, later, book: book)
        #expect(dry.obstacles.isEmpty, "\(dry.obstacles)")
        #expect(dry.leftAfter == 0)
    }
}
