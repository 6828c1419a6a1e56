import Primitives
import Storage

/// What a change of a ladder that keeps days does to one member.
///
/// Where tiers come and go as before, days stay and everything is worked out again. Else what a member has counts as if it
/// had been earned on the day of the change: their tier begins anew with what it asks, or with what they earned if that
/// is more. A restart begins with nothing; a balance is what it is.
struct TierCycleMigration: Sendable {
    let old: TierLadder
    /// `nil`: there are no tiers any more.
    let new: TierLadder?
    let restarts: Bool
    /// The programme's local day of the change.
    let today: Int32

    /// Whether the days of before say nothing under the new terms.
    var isNeeded: Bool {
        guard let new else { return true }
        return restarts || old.unit != new.unit || old.counts != new.counts || old.cycle != new.cycle
    }

    /// What is kept of a member.
    ///
    /// - Parameters:
    ///   - tier: the member's tier before the change, and what counted.
    ///   - ledger: what the ledger says of the new unit: issued, or what can be spent.
    func carried(tier: String, credits: Int64, ledger: Int64) -> Counter {
        guard let new, new.keepsDays else { return .empty }
        var amount = ledger
        if new.counts == .credits {
            let kept = new.tiers.first { $0.id == tier && !$0.isInvited }?.at ?? 0
            amount = restarts ? 0 : old.unit == new.unit ? max(credits, kept) : max(ledger, kept)
        }
        var counter = Counter.empty
        if amount > 0 { counter.add(CounterMark(day: today, wanted: 1, count: amount)) }
        // What the days say and the ledger does not.
        counter.granted = max(0, amount) - ledger
        return counter
    }
}

extension ProgrammeMigration {
    func carry(_ migration: TierCycleMigration, _ connection: any Connection) throws {
        guard migration.isNeeded else { return }
        let unit = migration.new?.unit ?? migration.old.unit
        let kind: AccountKind = migration.new?.counts == .balance ? .active : .issued
        let store = LoyaltyStore(programme: new.id)
        var last = ID128(high: 0, low: 0)
        while true {
            let rows = try connection.query(
                """
                SELECT DISTINCT member_id FROM account
                WHERE programme_id = ? AND (unit = ? OR unit = ?) AND member_id > ? ORDER BY member_id LIMIT ?
                """, [programme, .text(migration.old.unit), .text(unit), .id(last), .integer(Int64(Self.page))])
            guard let end = rows.last else { return }
            last = try end.id(0)
            let states = try store.load(try rows.map { try $0.member(0) }, joinedDay: migration.today, connection)
            var batch = RowBatch(Statements.counter)
            for state in states.values.sorted(by: { $0.id < $1.id }) where state.profile.mergedInto == nil {
                let before: (tier: String, credits: Int64)
                if migration.old.keepsDays {
                    let status = TierCalculator(migration.old).status(
                        state.tierHistory(migration.old), today: migration.today)
                    before = (status.tier, status.credits)
                } else {
                    let standing = state.standing(migration.old.unit)
                    before = (migration.old.tier(for: standing.effective)?.id ?? "", standing.effective)
                }
                let balance = state.wallet.balance(unit, kind)
                let carried = migration.carried(
                    tier: before.tier, credits: before.credits, ledger: kind == .issued ? -balance : balance)
                add(TierCounters.credits, carried, of: state.id.value, to: &batch)
                // Nobody is told of what the change did: its author tells.
                let told = TierStatus.Move(
                    kind: .up, day: migration.today, from: "", to: "", credits: 0, needed: .max, end: nil)
                add(TierCounters.told, Counter(granted: told.key), of: state.id.value, to: &batch)
            }
            if !batch.isEmpty { try connection.bulk(Statements.counter, batch) }
        }
    }
}
