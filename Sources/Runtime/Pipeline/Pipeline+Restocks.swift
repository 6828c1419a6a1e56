import Loyalty
import Primitives
import Storage

extension Pipeline {
    /// A member is told that what they wish for is there again, if it is there for them at this moment.
    func tellRestock(
        of id: String, number: Int64, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes
    ) {
        guard let reward = compiled.rewards[id]?.reward, let book = rewardBooks[compiled.id] else { return }
        let shelf = book.bestShelf(reward, from: context.programmeDay, for: state.id, at: context.now)
        state.tellRestock(of: id, number: number, shelf: shelf, context, into: &changes)
    }

    /// Writes what was seen of rewards that ran out or came back, under the lease.
    func note(_ restocks: [String: Restock], in programme: ProgrammeID) async throws {
        guard let lease else { throw PipelineProblem.notOwner }
        let store = LoyaltyStore(programme: programme)
        try await database.write { connection in
            try Leases.check(connection, lease)
            for (reward, restock) in restocks.sorted(by: { $0.key < $1.key }) {
                try store.set(restock, of: reward, connection)
            }
        }
    }
}
