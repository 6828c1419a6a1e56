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
}
