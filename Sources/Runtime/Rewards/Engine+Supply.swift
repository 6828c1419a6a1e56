public import Access
public import Loyalty
public import Primitives
import Storage
import Synchronization

extension Engine {
    /// Puts so many of a reward into stock beside what the programme says, or takes them out: once for an identifier. It
    /// stands in the audit log in the same transaction.
    ///
    /// - Parameters:
    ///   - amount: what is taken out (less than 0) must still be there.
    ///   - reason: which staff read later.
    /// - Throws: ``PipelineProblem/command(_:)`` with ``RewardProblem/noStock`` for what is not counted, with
    ///   ``RewardProblem/stockTaken(_:)`` where fewer are left.
    public func changeStock(
        of reward: String, by amount: Int64, id: ID128, reason: String, by actor: AuditActor, in programme: ProgrammeID
    ) async throws {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard let declared = compiled.rewards[reward]?.reward else { throw PipelineProblem.command(.unknownReward) }
        guard declared.stock != nil else { throw PipelineProblem.command(.reward(.noStock)) }
        guard !reason.isEmpty else { throw PipelineProblem.command(.reasonMissing) }
        let change = SupplyChange(id: id, reward: reward, amount: amount, at: clock.now(), reason: reason)
        let short = Mutex<Int64?>(nil)
        let store = LoyaltyStore(programme: programme)
        let work = Alone(write: { connection in
            short.withLock { $0 = nil }
            // What was done before is not asked about again: less may be left by now.
            guard try !store.hasSupplyChange(id, of: reward, connection) else { return }
            let left = max(0, try store.rewardBook([declared], connection).left(declared) ?? 0)
            guard amount > 0 || -amount <= left else {
                short.withLock { $0 = left }
                return
            }
            guard try store.add(change, connection) else { return }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: change.at, actor: actor, action: "reward.stock",
                    object: "reward:" + reward, before: "\(left)", after: "\(left + amount)", reason: reason))
        })
        _ = try await perform(.alone(work), member: MemberID(ID128(high: 0, low: 0)), in: programme)
        if let left = short.withLock({ $0 }) { throw PipelineProblem.command(.reward(.stockTaken(left))) }
    }

    /// The latest changes of stock by staff, the last one first.
    public func stockChanges(in programme: ProgrammeID, limit: Int) async throws -> [SupplyChange] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.supplyChanges(limit: limit, $0) }
    }
}
