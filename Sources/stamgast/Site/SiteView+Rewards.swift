import Catalogue
import Loyalty
import Primitives
import Runtime
import Site

extension SiteView {
    func offer(_ reward: Reward, _ summary: MemberSummary, left: Int64?) -> RewardOffer {
        let state = summary.rewards.first { $0.reward == reward.id }
        let spendable = summary.balances.first { $0.unit == reward.unit }?.spendable ?? 0
        let availability: RewardOffer.Availability =
            if left == 0 {
                .outOfStock
            } else if state?.canRedeem == true {
                .available
            } else if let state, spendable < state.price, state.conditionMet {
                .short(by: state.price - spendable)
            } else {
                .closed
            }
        var offer = RewardOffer(
            id: reward.id, title: wording(reward.name, or: reward.id), summary: reward.text.wording(language),
            picture: publisher.map { _ in WebLink(path: ["media", "reward", reward.id + ".svg"]) },
            giver: reward.maker.flatMap { MakerID($0) }.flatMap { face($0) },
            price: amount(state?.price ?? reward.price, reward.unit), balance: max(0, spendable),
            availability: availability, left: left, isWished: state?.isWished ?? false)
        offer.otherPrices = reward.prices.dropFirst().map { price in
            let each = price.amount(tier: summary.tier, ladder: programme.tiers?.tiers ?? [])
            return RewardOffer.Price(unit: price.unit, amount: amount(each, price.unit))
        }
        return offer
    }

    /// The nearest thing that is a privilege rather than a purchase: a preview, a question to a maker, a visit.
    func privilege(_ summary: MemberSummary) -> Privilege? {
        let near = programme.rewards.compactMap { reward -> (Reward, MemberSummary.RewardState)? in
            guard [.preview, .questions].contains(reward.kind),
                let state = summary.rewards.first(where: { $0.reward == reward.id }), state.conditionMet,
                isOpen(reward), !state.isLimited,
                reward.entitlement.map({ summary.entitlements[$0] == nil }) ?? true
            else { return nil }
            return (reward, state)
        }
        guard let (reward, state) = near.max(by: { ($0.1.share, $1.0.id) < ($1.1.share, $0.0.id) }) else { return nil }
        let item = reward.item.flatMap { ItemID($0) }.flatMap { catalogue.item($0) }
        let spendable = summary.balances.first { $0.unit == reward.unit }?.spendable ?? 0
        return Privilege(
            kind: reward.kind == .preview ? .preview : .questions, title: wording(reward.name, or: reward.id),
            summary: reward.text.wording(language), host: reward.maker.flatMap { MakerID($0) }.flatMap { face($0) },
            when: reward.kind == .preview
                ? item?.content.publishedAt.map { moment($0, zone: summary.profile.timeZone ?? programme.timeZone) }
                : nil,
            state: state.canRedeem ? .open : steps(to: reward, missing: reward.price - spendable),
            link: WebLink(path: ["m", "rewards", reward.id]))
    }

    /// How often the first rule with words for it (`steps.RULE`) would have to give what is missing.
    private func steps(to reward: Reward, missing: Int64) -> Privilege.State {
        for rule in programme.rules where isOpen(rule) {
            guard let step = programme.texts["steps." + rule.id]?.wording(language) else { continue }
            for case .award(let text, let unitID) in rule.effects where unitID == reward.unit {
                if let each = Int64(text), each > 0 {
                    return .afterSteps(remaining: (max(1, missing) + each - 1) / each, step: step)
                }
            }
        }
        return .afterSteps(remaining: max(1, missing), step: unit(reward.unit).other)
    }

    /// The reward that fits best: what can be had now and costs most, else what is nearest.
    func bestReward(_ summary: MemberSummary, left: [String: Int64]) -> RewardOffer? {
        let privilege = privilege(summary).map(\.title)
        let open = programme.rewards.filter { reward in
            isOpen(reward) && wording(reward.name, or: reward.id) != privilege && left[reward.id] != 0
        }
        func state(_ reward: Reward) -> MemberSummary.RewardState? {
            summary.rewards.first { $0.reward == reward.id }
        }
        let affordable = open.filter { state($0)?.canRedeem == true }.max { ($0.price, $1.id) < ($1.price, $0.id) }
        let nearest = open.filter { state($0)?.conditionMet == true && state($0)?.canRedeem == false }
            .filter { state($0)?.isLimited == false }
            .max { (state($0)?.share ?? 0, $1.id) < (state($1)?.share ?? 0, $0.id) }
        return (affordable ?? nearest).map { offer($0, summary, left: left[$0.id]) }
    }

    private func isOpen(_ reward: Reward) -> Bool {
        !reward.isWithdrawn && (reward.validFrom.map { $0 <= now } ?? true)
            && (reward.validUntil.map { $0 > now } ?? true)
    }

    func isOpen(_ rule: Rule) -> Bool {
        (rule.validFrom.map { $0 <= now } ?? true) && (rule.validUntil.map { $0 > now } ?? true)
    }
}
