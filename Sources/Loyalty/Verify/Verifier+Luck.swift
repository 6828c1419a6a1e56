import Primitives
import Storage

/// Raffles and referrals against what was published and what members have.
extension Verifier {
    /// A closed list has the root that was published, a seed is the one that was committed to, and as many referrals were
    /// rewarded as friends have it noted.
    func checkLuck(_ database: any Database, _ report: inout VerificationReport) async throws {
        let store = LoyaltyStore(programme: programme)
        let (wrong, stored, noted) = try await database.read { connection in
            var wrong: [String] = []
            for record in try store.raffles(connection).values.sorted(by: { $0.raffle < $1.raffle }) {
                guard record.closedDay != nil else { continue }
                let entries = try store.raffleHolders(record.raffle, connection).map(\.entry)
                let isCommitted = record.seed.map { RaffleDraw.commitment(to: $0) == record.commitment } ?? true
                if RaffleDraw.tree(entries).root != record.root || !isCommitted { wrong.append(record.raffle) }
            }
            let stored = try store.referralCounts(connection)[.rewarded, default: 0]
            var noted: Int64 = 0
            for row in try connection.query(
                "SELECT marks FROM counter WHERE programme_id = ? AND name = ?",
                [.text(programme.name), .text(ReferralCounters.settled)])
            {
                guard let counter = Counter(encodedMarks: try row.blob(0), granted: 0, refused: 0) else {
                    throw LoyaltyStoreProblem.unreadable(table: "counter")
                }
                for mark in counter.marks where Int64(mark.slot) == ReferralState.rewarded.rawValue {
                    noted += mark.count
                }
            }
            return (wrong, stored, noted)
        }
        for raffle in wrong {
            report.add(Difference(kind: .raffle, member: nil, subject: raffle, stored: 1, recomputed: 0))
        }
        if stored != noted {
            report.add(
                Difference(kind: .referrals, member: nil, subject: "referral", stored: stored, recomputed: noted))
        }
    }
}
