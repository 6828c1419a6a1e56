import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

extension SiteAdapter {
    func rewards(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleRewards {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let standings = try await engine.rewardStandings(in: programme)
        let store = LoyaltyStore(programme: programme)
        let parcels = try await home.database.read { connection in
            try store.fulfilments([.requested, .packed], after: nil, limit: 100, connection)
        }
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
                    isLow: standing.isLow)
            },
            parcels: parcels.map { _, record in
                ConsoleRewards.Parcel(
                    id: record.id.description, title: title(record.reward), quantity: record.quantity,
                    since: LocalDay(daysSinceEpoch: Int(record.endedDay ?? record.day)),
                    state: record.fulfilment == .packed ? .packed : .requested)
            })
    }

    func parcel(_ id: String, _ step: ParcelStep, for staff: SiteStaff) async throws -> Bool {
        guard try await may(.membersWrite, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        let store = LoyaltyStore(programme: programme)
        let parcels = try await home.database.read { connection in
            try store.fulfilments([.requested, .packed], after: nil, limit: 100, connection)
        }
        guard let hold = ID128(id), let parcel = parcels.first(where: { $0.record.id == hold }) else { return false }
        do {
            _ = try await engine.perform(
                .fulfil(hold: hold, state: step == .packed ? .packed : .sent), member: parcel.member, in: programme)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }
}
