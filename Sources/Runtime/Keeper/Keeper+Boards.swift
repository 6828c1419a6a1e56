import Loyalty
public import Primitives
import Storage

extension Keeper {
    /// Fixes periods of leaderboards that are over, and gives their prizes. Standings are stored before the first prize is
    /// given, and a prize has a counter of its own: what a crash cut off goes on where it was.
    ///
    /// - Returns: how many prizes were given.
    @discardableResult
    public static func finishBoards(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        guard let compiled = engine.host[programme], !compiled.leaderboards.isEmpty else { return 0 }
        let owes = try await engine.finishBoards(programme, at: now)
        try await engine.followBoards(programme, at: now)
        guard owes else { return 0 }
        let store = LoyaltyStore(programme: programme)
        var total = 0
        while true {
            let open = try await engine.database.read { try store.unpaidPlaces(limit: page, $0) }
            guard !open.isEmpty else {
                try await engine.paidPrizes(programme)
                return total
            }
            let commands = open.map { place in
                Command(
                    programme: programme, member: place.place.member,
                    action: .prize(place, compiled.prize(of: place)), now: now)
            }
            for answer in try await engine.submit(commands) {
                // Whoever was erased meanwhile has no prize any more.
                if case .failure(let error) = answer, error as? PipelineProblem != .unknownMember { throw error }
            }
            try await engine.markPaid(open, in: programme)
            total += open.count
        }
    }
}

extension CompiledProgramme {
    /// What a prize gives: as the board says now; nothing if the board, or the prize, is gone.
    fileprivate func prize(of place: StoredPlace) -> [Effect] {
        guard let board = leaderboards[place.board]?.board, let prize = place.place.prize,
            board.prizes.indices.contains(prize)
        else { return [] }
        return board.prizes[prize].reward
    }
}
