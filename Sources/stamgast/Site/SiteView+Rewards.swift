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

    /// What is a privilege rather than a purchase: previews, and questions to makers.
    func privileges(_ summary: MemberSummary) -> [(reward: Reward, state: MemberSummary.RewardState)] {
        programme.rewards.compactMap { reward -> (reward: Reward, state: MemberSummary.RewardState)? in
            guard [.preview, .questions].contains(reward.kind),
                let state = summary.rewards.first(where: { $0.reward == reward.id }), state.conditionMet,
                isOpen(reward), !state.isLimited,
                reward.entitlement.map({ summary.entitlements[$0] == nil }) ?? true
            else { return nil }
            return (reward, state)
        }
    }

    /// The one that is nearest.
    ///
    /// - Parameter chosen: what is put first where several are within reach.
    func privilege(_ summary: MemberSummary, chosen: RewardChoices.Chosen? = nil) -> Privilege? {
        let near = privileges(summary)
        guard
            let (reward, state) = near.first(where: { $0.reward.id == chosen?.reward })
                ?? near.max(by: { ($0.state.share, $1.reward.id) < ($1.state.share, $0.reward.id) })
        else { return nil }
        let item = reward.item.flatMap { ItemID($0) }.flatMap { catalogue.item($0) }
        let spendable = summary.balances.first { $0.unit == reward.unit }?.spendable ?? 0
        return Privilege(
            kind: reward.kind == .preview ? .preview : .questions, title: wording(reward.name, or: reward.id),
            summary: reward.text.wording(language), host: reward.maker.flatMap { MakerID($0) }.flatMap { face($0) },
            when: reward.kind == .preview
                ? item?.content.publishedAt.map { moment($0, zone: summary.profile.timeZone ?? programme.timeZone) }
                : nil,
            state: state.canRedeem ? .open : steps(to: reward, missing: reward.price - spendable),
            link: link(to: reward, chosen?.seal))
    }

    private func link(to reward: Reward, _ seal: String?) -> WebLink? {
        WebLink(WebLink(path: ["m", "rewards", reward.id]).address + (seal.map { "?from=" + $0 } ?? ""))
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
    ///
    /// - Parameters:
    ///   - privilege: stands elsewhere on the page.
    ///   - chosen: what is put first of what can be had now.
    func bestReward(
        _ summary: MemberSummary, left: [String: Int64], beside privilege: Privilege?,
        chosen: RewardChoices.Chosen? = nil
    ) -> RewardOffer? {
        let open = offered(left: left).filter { wording($0.name, or: $0.id) != privilege?.title }
        func state(_ reward: Reward) -> MemberSummary.RewardState? {
            summary.rewards.first { $0.reward == reward.id }
        }
        if let chosen, let reward = open.first(where: { $0.id == chosen.reward }) {
            var offer = offer(reward, summary, left: left[reward.id])
            offer.seal = chosen.seal
            return offer
        }
        let affordable = open.filter { state($0)?.canRedeem == true }.max { ($0.price, $1.id) < ($1.price, $0.id) }
        let nearest = open.filter { state($0)?.conditionMet == true && state($0)?.canRedeem == false }
            .filter { state($0)?.isLimited == false }
            .max { (state($0)?.share ?? 0, $1.id) < (state($1)?.share ?? 0, $0.id) }
        return (affordable ?? nearest).map { offer($0, summary, left: left[$0.id]) }
    }

    private func offered(left: [String: Int64]) -> [Reward] {
        programme.rewards.filter { isOpen($0) && left[$0.id] != 0 }
    }

    /// What can be had now. Privileges have a place of their own where they are within reach.
    func affordable(_ summary: MemberSummary, left: [String: Int64]) -> [Reward] {
        let privileges = Set(privileges(summary).filter { $0.state.canRedeem }.map { $0.reward.id })
        return offered(left: left).filter { reward in
            !privileges.contains(reward.id)
                && summary.rewards.first { $0.reward == reward.id }?.canRedeem == true
        }
    }

    private func isOpen(_ reward: Reward) -> Bool {
        !reward.isWithdrawn && (reward.validFrom.map { $0 <= now } ?? true)
            && (reward.validUntil.map { $0 > now } ?? true)
    }

    func isOpen(_ rule: Rule) -> Bool {
        (rule.validFrom.map { $0 <= now } ?? true) && (rule.validUntil.map { $0 > now } ?? true)
    }
}
