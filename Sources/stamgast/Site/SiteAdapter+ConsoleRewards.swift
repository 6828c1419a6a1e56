import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

extension SiteAdapter {
    /// The changes of stock that the page shows.
    private static let shownChanges = 10

    func rewards(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleRewards {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let standings = try await engine.rewardStandings(in: programme)
        let changes = try await engine.stockChanges(in: programme, limit: Self.shownChanges)
        let parcels = try await openParcels(of: programme)
        func title(_ id: String) -> Wording {
            view.compiled.rewards[id].map { view.wording($0.reward.name, or: id) } ?? Wording(id, "")
        }
        return ConsoleRewards(
            today: LocalDay(daysSinceEpoch: Int(programmeDay(view))),
            rewards: standings.map { standing in
                ConsoleRewards.Reward(
                    title: title(standing.reward.id), left: standing.left, taken: standing.taken,
                    waiting: standing.waiting,
                    codes: standing.reward.codes == nil ? nil : standing.codes[.free, default: 0],
                    isLow: standing.isLow, id: standing.reward.id, isCounted: standing.reward.stock != nil,
                    hasTicket: standing.reward.kind.hasTicket)
            },
            parcels: parcels.map { _, record in
                ConsoleRewards.Parcel(
                    id: record.id.description, title: title(record.reward), quantity: record.quantity,
                    since: LocalDay(daysSinceEpoch: Int(record.endedDay ?? record.day)),
                    state: record.fulfilment == .packed ? .packed : .requested)
            },
            changes: changes.map { change in
                ConsoleRewards.Change(
                    title: title(change.reward), amount: change.amount,
                    when: view.moment(change.at, zone: view.programme.timeZone), reason: change.reason)
            },
            mayReveal: try await may(.membersReveal, staff))
    }

    func parcel(_ id: String, _ step: ParcelStep, _ dispatch: ParcelTracking?, for staff: SiteStaff) async throws
        -> Bool
    {
        guard try await may(.rewardsHandOut, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let parcel = try await openParcel(id, of: programme) else { return false }
        let tracking = try dispatch.map {
            try engine.sealedTracking(
                Tracking(carrier: $0.carrier, number: $0.number), of: parcel.record.id, in: programme)
        }
        do {
            _ = try await engine.perform(
                .fulfil(hold: parcel.record.id, state: step == .packed ? .packed : .sent, tracking: tracking ?? []),
                member: parcel.member, in: programme)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    func address(ofParcel id: String, for staff: SiteStaff) async throws -> String? {
        guard try await may(.membersReveal, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let parcel = try await openParcel(id, of: programme) else { return nil }
        // The address lies with whoever the member is now.
        let member = try await engine.identities.canonical(parcel.member, programme: programme) ?? parcel.member
        let known = try await home.vault.persons.reveal(
            [member], fields: [.address], programme: programme, purpose: .delivery, actor: "staff:" + staff.staff,
            now: engine.clock.now())
        return known[member]?[.address]
    }

    private func openParcels(
        of programme: ProgrammeID
    ) async throws -> [(member: MemberID, record: RedemptionRecord)] {
        let store = LoyaltyStore(programme: programme)
        return try await home.database.read { connection in
            try store.fulfilments([.requested, .packed], after: nil, limit: 100, connection)
        }
    }

    private func openParcel(
        _ id: String, of programme: ProgrammeID
    ) async throws -> (member: MemberID, record: RedemptionRecord)? {
        guard let hold = ID128(id) else { return nil }
        return try await openParcels(of: programme).first { $0.record.id == hold }
    }

    func change(_ order: StockOrder, for staff: SiteStaff, key: String) async throws -> StockOutcome {
        let programme = staff.programme.id
        let principal = try await principal(of: staff)
        guard let principal, principal.allows(.programmeWrite, in: programme) else { throw HTTPError(.forbidden) }
        let id = engine.holdID(
            programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "stock\n\(order.reward)\n" + key)
        do {
            try await engine.changeStock(
                of: order.reward, by: order.amount, id: id, reason: order.reason, by: AuditActor(principal),
                in: programme)
            return .changed
        } catch PipelineProblem.command(.reward(.stockTaken(let left))) {
            return .tooFew(left)
        } catch PipelineProblem.command {
            return .refused
        }
    }

    func add(codes: [String], to reward: String, for staff: SiteStaff) async throws -> CodesOutcome? {
        let programme = staff.programme.id
        guard try await may(.programmeWrite, staff) else { throw HTTPError(.forbidden) }
        guard engine.host[programme]?.rewards[reward]?.reward.codes != nil else { return nil }
        let added = try await engine.addCodes(codes, to: reward, in: programme)
        return CodesOutcome(added: Int64(added), known: Int64(codes.count - added))
    }

    func ticket(
        _ text: String, admits: Bool, for staff: SiteStaff, language: PageLanguage
    ) async throws -> TicketFinding? {
        guard try await may(.rewardsHandOut, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let (one, state) = try await engine.check(ticket: text, admits: admits, in: programme) else { return nil }
        let reward = view.compiled.rewards[one.record.reward]?.reward
        return TicketFinding(
            title: reward.map { view.wording($0.name, or: $0.id) } ?? Wording(one.record.reward, ""),
            quantity: one.record.quantity, slot: Self.moment(of: one.record.slot, reward),
            state: TicketFinding.State(rawValue: state.rawValue) ?? .void)
    }
}
