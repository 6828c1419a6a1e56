import Loyalty
import Primitives
import Storage

/// Looks at the stored state of every member of a programme, page by page; others get their turn in between. Records that
/// another has taken over and shared wallets are left out.
struct MemberScan {
    static let page = 500

    let engine: Engine
    let programme: ProgrammeID

    /// - Parameter body: is given a page of members, by identifier.
    /// - Complexity: memory for one page.
    func run(_ body: ([MemberState]) async throws -> Void) async throws {
        let store = LoyaltyStore(programme: programme)
        var last: MemberID?
        while true {
            let cursor = last
            let states = try await engine.database.read { connection in
                let page = try store.memberPage(after: cursor, limit: Self.page, connection)
                let states = try store.load(page, joinedDay: 0, connection)
                return page.compactMap { states[$0] }
            }
            try await body(states)
            guard states.count == Self.page else { return }
            last = states.last?.id
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
