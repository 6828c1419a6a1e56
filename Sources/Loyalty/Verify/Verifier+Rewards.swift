import Primitives
import Storage

/// What redemptions say of stock, slots, codes and gifts to causes, summed over all members.
struct RewardTally: Sendable {
    var taken: [RewardPlace: Int64] = [:]
    var donations: [String: Int64] = [:]
    /// The code of a redemption, and whether the member has seen it.
    var codes: [RewardBook.CodeKey: (hold: ID128, isGiven: Bool)] = [:]

    mutating func add(_ hold: Hold, _ kept: RedemptionRecord?, of member: MemberID) {
        // Points set aside for somebody else are no redemption.
        guard !hold.isGift else { return }
        let quantity = kept?.quantity ?? 1
        if hold.state == .open || hold.state == .confirmed {
            taken[RewardPlace(hold.reward, slot: kept?.slot ?? ""), default: 0] += quantity
        }
        if hold.state == .confirmed, kept?.round != nil { donations[hold.reward, default: 0] += hold.amount }
        guard let code = kept?.code, hold.state != .cancelled, hold.state != .expired else { return }
        codes[RewardBook.CodeKey(reward: hold.reward, code: code)] = (hold.id, hold.state != .open)
    }
}

extension Verifier {
    /// Stock, slots, code pools, waiting lists and gifts to causes, against what members have.
    func checkRewards(
        _ database: any Database, _ tally: RewardTally, _ report: inout VerificationReport
    ) async throws {
        struct Stored: Sendable {
            var taken: [RewardPlace: Int64] = [:]
            var codes: [(key: RewardBook.CodeKey, state: Int64, hold: ID128?)] = []
            var waiting: [(place: RewardPlace, entry: WaitingPlace)] = []
            var donations: [String: DonationTotal] = [:]
        }
        let programme = programme
        let stored = try await database.read { connection in
            var stored = Stored()
            let store = LoyaltyStore(programme: programme)
            let key: [SQLValue] = [.text(programme.name)]
            for row in try connection.query("SELECT reward, taken FROM reward_stock WHERE programme_id = ?", key) {
                stored.taken[RewardPlace(try row.text(0))] = try row.int(1)
            }
            for row in try connection.query("SELECT reward, slot, taken FROM reward_slot WHERE programme_id = ?", key) {
                stored.taken[RewardPlace(try row.text(0), slot: try row.text(1))] = try row.int(2)
            }
            for row in try connection.query(
                "SELECT reward, code_id, state, hold_id FROM reward_code WHERE programme_id = ?", key)
            {
                stored.codes.append(
                    (
                        RewardBook.CodeKey(reward: try row.text(0), code: try row.id(1)), try row.int(2),
                        try row.idOrNil(3)
                    ))
            }
            stored.waiting = try store.waitingPlaces(nil, connection)
            stored.donations = try store.donations(connection)
            return stored
        }
        func differ(_ kind: Difference.Kind, _ subject: String, _ stored: Int64, _ recomputed: Int64) {
            guard stored != recomputed else { return }
            report.add(
                Difference(kind: kind, member: nil, subject: subject, stored: stored, recomputed: recomputed))
        }
        var taken = tally.taken
        var numbers: [RewardPlace: Set<Int64>] = [:]
        for (place, entry) in stored.waiting {
            if entry.offeredUntil != nil { taken[place, default: 0] += entry.quantity }
            if !numbers[place, default: []].insert(entry.number).inserted {
                differ(.waitingList, place.reward, entry.number, 0)
            }
        }
        for (place, amount) in stored.taken.sorted(by: { $0.key < $1.key }) {
            report.rewards += 1
            differ(
                .stock, place.slot.isEmpty ? place.reward : place.reward + " " + place.slot, amount, taken[place] ?? 0)
        }
        // A slot is counted from its first booking on.
        for (place, amount) in taken.sorted(by: { $0.key < $1.key })
        where !place.slot.isEmpty && stored.taken[place] == nil {
            differ(.stock, place.reward + " " + place.slot, 0, amount)
        }
        var known: Set<RewardBook.CodeKey> = []
        for (key, state, hold) in stored.codes {
            known.insert(key)
            let held = tally.codes[key]
            let wanted = held.map { $0.isGiven ? CodeState.given : .reserved }
            if let wanted {
                differ(.codePool, key.reward, state, wanted.rawValue)
                if hold != held?.hold { differ(.codePool, key.reward, 1, 0) }
            } else if state == CodeState.reserved.rawValue || hold != nil {
                differ(.codePool, key.reward, state, CodeState.free.rawValue)
            }
        }
        for key in tally.codes.keys where !known.contains(key) { differ(.codePool, key.reward, 0, 1) }
        for reward in Set(stored.donations.keys).union(tally.donations.keys).sorted() {
            differ(.donation, reward, stored.donations[reward]?.amount ?? 0, tally.donations[reward] ?? 0)
        }
    }
}
