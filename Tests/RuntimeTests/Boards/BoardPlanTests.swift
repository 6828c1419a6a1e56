import Loyalty
import Primitives
import Runtime
import TestSupport
import Testing

/// What boards ask the database for grows with what they get, not with how many take part or what everybody counted.
@Suite struct BoardPlanTests {
    @Test func nothingReadsAWholeTableNorSortsIt() async throws {
        let programme = try #require(ProgrammeID("sample"))
        let store = LoyaltyStore(programme: programme)
        let member = MemberID(ID128(high: 1, low: 1))
        let place = FinalPlace(member: member, rank: 3, score: 9)
        let scans = try await TestDatabases.scans(Home.schemas) { connection in
            // Of a member's change: where they stand in finished periods, and that a prize is with them.
            _ = try store.boardPlaces(of: member, connection)
            _ = try store.boardPlaces(of: "week", member: member, connection)
            let stored = StoredPlace(board: "week", first: 3, cell: "", place: place, isPaid: false)
            try store.markPaid(stored, connection)
            _ = try store.friends(of: member, connection)
            // Of pages: the next of those who take part, of the places, of what is still to be given.
            _ = try store.participants(of: ["week"], after: member, limit: 500, connection)
            _ = try store.boardPlaces(of: "week", first: 3, cell: "", limit: 10, connection)
            _ = try store.boardPlaces(of: "week", first: 3, cell: "", after: place, limit: 500, connection)
            _ = try store.unpaidPlaces(limit: 500, connection)
            _ = try store.removePlaces(of: "week", first: 3, limit: 500, connection)
            _ = try store.boardPrizes(of: "week", first: 3, connection)
        }
        #expect(scans == [])
    }
}
