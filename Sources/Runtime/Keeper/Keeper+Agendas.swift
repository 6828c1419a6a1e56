import Loyalty
import Primitives
import Storage

extension Keeper {
    /// Writes down when something next falls due for every member, page by page, after a version moved what falls due.
    static func reviewAgendas(_ engine: Engine, _ programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        var last: MemberID?
        while true {
            let start = last
            let members = try await engine.database.read {
                try store.memberPage(after: start, limit: page, $0)
            }
            guard let end = members.last else { return }
            let now = engine.clock.now()
            try refusal(
                in: try await engine.submit(
                    members.map { Command(programme: programme, member: $0, action: .settle, now: now) }))
            last = end
        }
    }
}
