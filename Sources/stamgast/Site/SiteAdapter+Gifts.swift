import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Gifts on the member's page.
extension SiteAdapter {
    func gifts(of member: SiteMember, language: PageLanguage) async throws -> GiftDesk {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let calendar = view.compiled.calendar(of: summary.profile, offsets: engine.zones)
        let store = LoyaltyStore(programme: programme)
        let holds = try await home.database.read { connection in
            try store.load([member.member], joinedDay: 0, connection)[member.member]?.wallet.holds ?? []
        }
        return GiftDesk(
            today: LocalDay(daysSinceEpoch: Int(summary.day)),
            offers: view.programme.units.compactMap { unit in
                guard let terms = unit.transfers else { return nil }
                return GiftDesk.Offer(
                    id: unit.id, unit: view.unit(unit.id),
                    spendable: summary.balances.first { $0.unit == unit.id }?.spendable ?? 0, minimum: terms.minimum,
                    fee: terms.fee)
            },
            waiting: holds.filter { $0.isGift && $0.expiresAt > view.now }.map { hold in
                GiftDesk.Waiting(
                    id: hold.id.description, amount: view.amount(hold.amount, hold.unit),
                    until: LocalDay(daysSinceEpoch: Int(calendar.day(of: hold.expiresAt))))
            },
            wallets: try await engine.wallets(of: member.member, in: programme).map { self.wallet($0, view) },
            kinds: view.programme.walletKinds.map { GiftDesk.Kind(id: $0.id, name: view.wording($0.name, or: $0.id)) })
    }

    private func wallet(_ shared: WalletView, _ view: SiteView) -> GiftDesk.Wallet {
        let membership = shared.membership
        let filled = shared.balances.filter { $0.spendable > 0 }
        return GiftDesk.Wallet(
            id: membership.wallet.description,
            name: view.wording(
                view.compiled.walletKinds[membership.kind]?.name ?? ProgrammeText([:]), or: membership.kind),
            members: shared.memberCount, balances: filled.map { view.amount($0.spendable, $0.unit) },
            given: membership.given.sorted { $0.key < $1.key }.filter { $0.value > 0 }
                .map { view.amount($0.value, $0.key) },
            units: shared.maySpend ? filled.map(\.unit) : [], shows: membership.shows,
            mayLeave: membership.role != .owner || shared.memberCount <= 1)
    }

    func wallet(
        _ id: String, _ request: WalletRequest, for member: SiteMember, key: String
    ) async throws -> GiftOutcome {
        let programme = member.programme.id
        // From the form's key, so that the same form sent twice is the same request.
        func derived(_ what: String) -> ID128 {
            engine.holdID(programme: programme, member: member.member, key: what + "\n" + key)
        }
        var wallet = ID128(id).map { MemberID($0) }
        var outcome = GiftOutcome.changed
        let action: WalletAction
        switch request {
        case .open(let kind):
            let code = SharingCode(derived("invitation"))
            wallet = MemberID(derived("wallet").asUUID(version: 8))
            outcome = .opened(code: code.spaced)
            action = .open(kind: kind, invitation: engine.invitationID(code, in: programme))
        case .leave: action = .leave(id: derived("leave"))
        case .show(let shows): action = .show(shows)
        case .draw(let unit, let amount): action = .draw(unit: unit, amount: amount, id: derived("draw"))
        }
        guard let wallet else { return .unknown }
        do {
            _ = try await engine.perform(.wallet(wallet, action), member: member.member, in: programme)
            return outcome
        } catch PipelineProblem.command {
            return .refused
        }
    }

    func offerGift(
        unit: String, amount: Int64, for member: SiteMember, key: String, language: PageLanguage
    ) async throws -> GiftOutcome {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        // From the form's key, so that the same form sent twice is the same gift.
        let code = SharingCode(engine.holdID(programme: programme, member: member.member, key: "gift\n" + key))
        do {
            _ = try await engine.perform(
                .offerGift(unit: unit, amount: amount, gift: engine.giftID(code, in: programme)),
                member: member.member, in: programme)
            return .offered(code: code.spaced, view.amount(amount, unit))
        } catch PipelineProblem.command {
            return .refused
        }
    }

    func acceptGift(code: String, for member: SiteMember, language: PageLanguage) async throws -> GiftOutcome {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let code = SharingCode(typed: code), case let gift = engine.giftID(code, in: programme),
            let giver = try await engine.giver(of: gift, in: programme)
        else { return try await join(code, member) }
        do {
            let answer = try await engine.perform(
                .acceptGift(gift, from: giver), member: member.member, in: programme)
            guard let received = answer.effects.first(where: { $0.kind == .received }) else { return .unknown }
            return .accepted(view.amount(received.amount, received.subject))
        } catch PipelineProblem.command(.ledger) {
            return .unknown
        } catch PipelineProblem.command {
            return .refused
        }
    }

    private func join(_ typed: String, _ member: SiteMember) async throws -> GiftOutcome {
        let programme = member.programme.id
        guard let code = SharingCode(typed: typed), case let invitation = engine.invitationID(code, in: programme),
            let wallet = try await engine.wallet(invitation: invitation, in: programme)
        else { return .unknown }
        do {
            _ = try await engine.perform(
                .wallet(wallet, .join(invitation: invitation)), member: member.member, in: programme)
            return .joined
        } catch PipelineProblem.command {
            return .refused
        }
    }

    func withdrawGift(_ id: String, for member: SiteMember) async throws -> GiftOutcome {
        guard let gift = ID128(id) else { return .unknown }
        do {
            _ = try await engine.perform(.withdrawGift(gift), member: member.member, in: member.programme.id)
            return .withdrawn
        } catch PipelineProblem.command {
            return .unknown
        }
    }
}
