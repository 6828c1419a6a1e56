internal import CEL
internal import Primitives

extension ProgrammeChecker {
    /// What a reward names must be there, and what it promises must be possible.
    mutating func check(_ reward: Reward) {
        let name = "reward:\(reward.id)"
        let known = programme.units.map(\.id)
        for (index, price) in reward.prices.enumerated() where !price.unit.isEmpty {
            let place =
                sources.places["\(name).prices"] == nil ? "\(name).price" : "\(name).prices.\(index)"
            if resolve("unit", price.unit, among: known, at: "\(place).unit"), units[price.unit]?.kind == .status {
                report(
                    "'\(price.unit)' is a status: it cannot be spent.", at: "\(place).unit",
                    fix: "Name a unit of kind 'points'.")
            }
            for tier in price.tiers { checkTier(tier.tier, at: "\(place).tiers.\(tier.tier)") }
        }
        for window in reward.early { checkTier(window.tier, at: "\(name).early.\(window.tier)") }
        if let into = reward.into {
            resolve("unit", into.unit, among: known, at: "\(name).into.unit")
            if reward.prices.contains(where: { $0.unit == into.unit }) {
                report("A unit would become itself.", at: "\(name).into.unit", fix: "Name another unit.")
            }
        }
        if let condition = reward.condition {
            check(
                condition, .bool, in: RuleEnvironment.memberEnvironment(in: programme, zones: zones), at: "\(name).when"
            )
        }
        if let stock = reward.stock, let each = reward.perMember, each > stock {
            warn("One member may have \(each), but there are only \(stock).", at: "\(name).per-member")
        }
        if let stock = reward.stock, stock > 0, reward.quantity.lowerBound > stock {
            warn(
                "One redemption is for at least \(reward.quantity.lowerBound), but there are \(stock).",
                at: "\(name).stock")
        }
    }

    private mutating func checkTier(_ tier: String, at place: String) {
        resolve("tier", tier, among: programme.tiers?.tiers.map(\.id) ?? [], at: place)
    }
}
