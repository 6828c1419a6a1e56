import Loyalty
import Primitives
import Runtime
import Site
import Vault

extension SiteAdapter {
    func rewards(of member: SiteMember, language: PageLanguage) async throws -> OfferedRewards {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let left = stockLeft(summary)
        let totals = try await engine.rewardStandings(in: programme)
        let offers = view.programme.rewards.filter { !$0.isWithdrawn }.map { reward in
            var offer = view.offer(reward, summary, left: left[reward.id])
            if reward.kind == .donation, let total = totals.first(where: { $0.reward.id == reward.id })?.donations,
                total.publishedAmount > 0
            {
                offer.donated = view.amount(total.publishedAmount, reward.unit)
            }
            return offer
        }
        // What can be had comes first, the rest stays in the programme's order.
        let sorted = offers.filter { $0.availability == .available } + offers.filter { $0.availability != .available }
        var shelf = OfferedRewards(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), balances: view.balances(summary), offers: sorted)
        shelf.hasRaffles = !view.programme.raffles.isEmpty
        return shelf
    }

    /// The choices that the page of one reward offers.
    func addChoices(
        to offer: inout RewardOffer, _ reward: Reward, _ view: SiteView, of member: SiteMember
    ) async throws {
        let programme = member.programme.id
        offer.quantity = reward.quantity
        if reward.slots != nil {
            let left = try await engine.slotsLeft(of: reward, in: programme)
            offer.slots = left.map { slot, left in
                OfferedSlot(
                    id: slot.id,
                    when: LocalMoment(LocalDay(daysSinceEpoch: Int(slot.day)), minute: slot.minutes), left: left)
            }
        }
        guard reward.kind.isSent else { return }
        offer.asksAddress = try await !knowsAddress(of: member)
    }

    private func knowsAddress(of member: SiteMember) async throws -> Bool {
        let known = try await home.vault.persons.reveal(
            [member.member], fields: [.address], programme: member.programme.id, purpose: .ownPage,
            actor: "member:" + member.member.description, now: engine.clock.now())
        return known.values.contains { $0[.address] != nil }
    }

    func wish(_ id: String, _ isWished: Bool, for member: SiteMember) async throws -> Bool? {
        let programme = member.programme.id
        guard engine.host[programme]?.rewards[id] != nil else { return nil }
        _ = try await engine.perform(.wish(reward: id, isWished: isWished), member: member.member, in: programme)
        return isWished
    }

    func held(by member: SiteMember, language: PageLanguage) async throws -> HeldRewards {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let zone = summary.profile.timeZone ?? view.programme.timeZone
        let all = try await engine.redemptions(of: member.member, in: programme)
        return HeldRewards(
            today: LocalDay(daysSinceEpoch: Int(summary.day)),
            rewards: all.map { one in
                let reward = view.compiled.rewards[one.record.reward]?.reward
                return HeldReward(
                    id: one.record.id.description,
                    title: reward.map { view.wording($0.name, or: $0.id) } ?? Wording(one.record.reward, ""),
                    state: Self.state(of: one.record), when: view.moment(one.hold.openedAt, zone: zone),
                    quantity: one.record.quantity, slot: Self.moment(of: one.record.slot, reward), code: one.code,
                    ticket: one.record.fulfilment == .admitted ? nil : one.ticket?.text,
                    tracking: one.tracking.map {
                        [$0.carrier, $0.number].compactMap { $0 }.joined(separator: " · ")
                    })
            })
    }

    static func moment(of slot: String, _ reward: Reward?) -> LocalMoment? {
        guard let slot = reward?.allSlots.first(where: { $0.id == slot }) else { return nil }
        return LocalMoment(LocalDay(daysSinceEpoch: Int(slot.day)), minute: slot.minutes)
    }

    private static func state(of record: RedemptionRecord) -> HeldReward.State {
        switch record.state {
        case .open: .held
        case .cancelled, .expired: .cancelled
        case .refunded: .refunded
        case .confirmed:
            switch record.fulfilment {
            case .requested: .requested
            case .packed: .packed
            case .sent: .sent
            case .delivered: .delivered
            case .returned: .returned
            case .admitted: .used
            case nil: .confirmed
            }
        }
    }

    /// Counts what stood first and was taken. It is done by then: nothing here can undo it.
    private func tookChosen(_ id: String, _ choice: RedeemChoice, _ member: SiteMember) async {
        guard let seal = choice.seal else { return }
        let programme = member.programme.id
        guard let day = try? await engine.summary(of: member.member, in: programme)?.day else { return }
        _ = try? await home.choices.took(id, seal: seal, by: member.member, in: programme, day: day)
    }

    func redeem(
        _ id: String, _ choice: RedeemChoice, for member: SiteMember, key: String
    ) async throws -> RedeemOutcome? {
        let programme = member.programme.id
        guard let reward = engine.host[programme]?.rewards[id]?.reward else { return nil }
        if reward.kind.isSent {
            if let address = choice.address {
                try await home.vault.persons.store(
                    [Persons.Change(member.member, [.address: address])], programme: programme)
            } else if try await !knowsAddress(of: member) {
                return .refused(.closed)
            }
        }
        let hold = engine.holdID(programme: programme, member: member.member, key: key)
        let chosen = RedemptionChoice(quantity: choice.quantity, slot: choice.slot, unit: choice.unit)
        do {
            _ = try await engine.perform(
                .redeem(reward: id, hold: hold, choice: chosen), member: member.member, in: programme)
            _ = try await engine.perform(.confirm(hold: hold), member: member.member, in: programme)
            await tookChosen(id, choice, member)
            return .redeemed(id: hold.description)
        } catch PipelineProblem.command(let problem) {
            switch problem {
            case .outOfStock: return .refused(.outOfStock)
            case .ledger(.insufficient(_, let needed, let spendable)): return .refused(.short(by: needed - spendable))
            case .unknownReward: return nil
            default: return .refused(.closed)
            }
        }
    }
}
