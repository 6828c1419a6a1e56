internal import Catalogue
public import Primitives

/// What would open a closed gate: an honest next step, with what is missing.
public enum GateOffer: Sendable, Hashable {
    /// A reward that gives what the gate asks for.
    case reward(String, price: Int64, unit: String, missing: Int64)
    /// A balance to reach; nothing is taken.
    case balance(unit: String, missing: Int64)
    case tier(String, unit: String, missing: Int64)
    case badge(String)
    /// By itself, at this time.
    case wait(until: Instant)

    /// The word for it in answers.
    public var code: String {
        switch self {
        case .reward: "reward"
        case .balance: "balance"
        case .tier: "tier"
        case .badge: "badge"
        case .wait: "wait"
        }
    }

    /// What opens a gate, the nearest first: what can be had now, then what needs the smallest part more, then a badge,
    /// then waiting. At most one of each kind of thing with the same name.
    static func all(
        for outcome: EntitlementCheck.Outcome, of gate: Gate, _ facts: GateFacts
    ) -> [GateOffer] {
        var found: [(offer: GateOffer, distance: Double)] = []
        collect(outcome, facts, into: &found)
        for name in gate.offers { add(reward: name, facts, bonus: -1, into: &found) }
        return ordered(found)
    }

    /// What would let somebody in before publication.
    static func all(for audience: EarlyAudience, _ facts: GateFacts) -> [GateOffer] {
        let condition: Gate.Condition =
            switch audience {
            case .tier(let name): .tier(name)
            case .badge(let name): .badge(name)
            case .entitlement(let name): .entitlement(name)
            }
        var found: [(offer: GateOffer, distance: Double)] = []
        add(condition, changesAt: nil, facts, into: &found)
        return ordered(found)
    }

    private static func ordered(_ found: [(offer: GateOffer, distance: Double)]) -> [GateOffer] {
        var seen: Set<GateOffer> = []
        return found.enumerated().sorted { left, right in
            left.element.distance != right.element.distance
                ? left.element.distance < right.element.distance : left.offset < right.offset
        }.map(\.element.offer).filter { seen.insert($0).inserted }
    }

    private static func collect(
        _ outcome: EntitlementCheck.Outcome, _ facts: GateFacts,
        into found: inout [(offer: GateOffer, distance: Double)]
    ) {
        guard !outcome.isMet else { return }
        switch outcome.condition {
        case .any:
            for part in outcome.parts { collect(part, facts, into: &found) }
        case .all:
            // One step must be enough: with two things missing, an offer of one would be a promise that is not kept.
            let shut = outcome.parts.filter { !$0.isMet }
            if shut.count == 1 { collect(shut[0], facts, into: &found) }
        default: add(outcome.condition, changesAt: outcome.changesAt, facts, into: &found)
        }
    }

    private static func add(
        _ condition: Gate.Condition, changesAt: Instant?, _ facts: GateFacts,
        into found: inout [(offer: GateOffer, distance: Double)]
    ) {
        switch condition {
        case .tier(let name):
            guard let ladder = facts.missing(to: name), ladder.amount > 0 else { return }
            found.append(
                (
                    .tier(name, unit: ladder.unit, missing: ladder.amount),
                    Double(ladder.amount) / Double(max(1, ladder.at))
                ))
        case .badge(let name): found.append((.badge(name), 2))
        case .entitlement(let name):
            for reward in facts.programme.programme.rewards where reward.entitlement == name {
                add(reward: reward.id, facts, bonus: 0, into: &found)
            }
        case .balance(let unit, let least):
            let missing = max(0, least - facts.spendable(unit))
            found.append((.balance(unit: unit, missing: missing), Double(missing) / Double(max(1, least))))
        case .reward(let name): add(reward: name, facts, bonus: 0, into: &found)
        case .window, .meter:
            if let changesAt { found.append((.wait(until: changesAt), 3)) }
        // What a condition asks for is nothing that can be offered.
        case .trait, .when, .any, .all: break
        }
    }

    /// A reward that whoever it is may have, at their price: one that is over, or whose condition is not met, is no offer.
    private static func add(
        reward name: String, _ facts: GateFacts, bonus: Double,
        into found: inout [(offer: GateOffer, distance: Double)]
    ) {
        guard let compiled = facts.programme.rewards[name] else { return }
        let reward = compiled.reward
        let choice = RedemptionChoice(quantity: reward.quantity.lowerBound)
        var price = Reward.UnitAmount(unit: reward.unit, amount: reward.price)
        if let state = facts.state {
            let context = DecisionContext(
                programme: facts.programme, calendar: facts.calendar, now: facts.now,
                programmeDay: facts.calendar.day(of: facts.now))
            // How many are left is everybody's, and changes by the second: whoever follows the offer sees it.
            let obstacles = state.obstacles(compiled, choice, chosen: false, shelf: RewardShelf(), context)
            guard obstacles.isEmpty, let own = state.price(of: reward, choice, context) else { return }
            price = own
        } else if reward.isWithdrawn || reward.validFrom.map({ facts.now < $0 }) ?? false
            || reward.validUntil.map({ facts.now >= $0 }) ?? false
        {
            return
        }
        let missing = max(0, price.amount - facts.spendable(price.unit))
        found.append(
            (
                .reward(name, price: price.amount, unit: price.unit, missing: missing),
                Double(missing) / Double(max(1, price.amount)) + bonus
            ))
    }
}
