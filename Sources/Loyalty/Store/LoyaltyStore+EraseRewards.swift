import Primitives
import Storage

extension LoyaltyStore {
    /// What an erased member had of what all share: open redemptions and offers give it back, what was confirmed stays
    /// taken as a figure of the programme. A code that was never shown is free again; one that was shown is spent.
    func eraseRewards(
        of member: MemberID, _ totals: inout ErasedTotals, _ connection: any Connection
    ) throws {
        let key: [SQLValue] = [.member(member), .text(programme.name)]
        var records: [ID128: RedemptionRecord] = [:]
        var amounts: [ID128: Int64] = [:]
        for row in try connection.query(
            "SELECT hold_id, reward, state, amount FROM hold WHERE member_id = ? AND programme_id = ? AND reward <> ?",
            key + [.text(TransferTerms.gift)])
        {
            guard let state = Hold.State(rawValue: try row.int(2)) else {
                throw LoyaltyStoreProblem.unreadable(table: "hold")
            }
            let id = try row.id(0)
            records[id] = RedemptionRecord(id: id, reward: try row.text(1), state: state, day: 0)
            amounts[id] = try row.int(3)
        }
        for row in try connection.query(
            "SELECT \(Self.redemptionColumns) FROM redemption WHERE member_id = ? AND programme_id = ?", key)
        {
            guard var record = records[try row.id(1)] else { continue }
            try Self.fill(&record, row)
            records[record.id] = record
        }
        for record in records.values.sorted(by: { $0.id < $1.id }) {
            let place = RewardPlace(record.reward, slot: record.slot)
            switch record.state {
            case .open:
                try release(place, record.quantity, connection)
                if let code = record.code { try change(code, of: record.reward, to: .free, connection) }
            case .confirmed:
                totals.add(record.quantity, to: .place(place))
                if record.round != nil {
                    totals.add(amounts[record.id] ?? 0, to: .donation(reward: record.reward))
                }
                if let code = record.code { try change(code, of: record.reward, to: .given, connection) }
            case .refunded:
                if let code = record.code { try change(code, of: record.reward, to: .given, connection) }
            case .cancelled, .expired: break
            }
        }
        for (place, entry) in try waitingPlaces(member, connection) where entry.offeredUntil != nil {
            try release(place, entry.quantity, connection)
        }
        try connection.execute("DELETE FROM waiting_place WHERE member_id = ? AND programme_id = ?", key)
    }

    private func release(_ place: RewardPlace, _ quantity: Int64, _ connection: any Connection) throws {
        if place.slot.isEmpty {
            try connection.execute(
                "UPDATE reward_stock SET taken = taken - ? WHERE programme_id = ? AND reward = ?",
                [.integer(quantity), .text(programme.name), .text(place.reward)])
        } else {
            try connection.execute(
                "UPDATE reward_slot SET taken = taken - ? WHERE programme_id = ? AND reward = ? AND slot = ?",
                [.integer(quantity), .text(programme.name), .text(place.reward), .text(place.slot)])
        }
    }

    private func change(_ code: ID128, of reward: String, to state: CodeState, _ connection: any Connection) throws {
        // The text of a code that was shown goes: nobody needs it any more.
        let sealed = state == .given ? ", sealed = ?" : ""
        try connection.execute(
            """
            UPDATE reward_code SET state = ?, member_id = NULL, hold_id = NULL\(sealed)
            WHERE programme_id = ? AND reward = ? AND code_id = ?
            """,
            [.integer(state.rawValue)] + (state == .given ? [.blob([])] : [])
                + [.text(programme.name), .text(reward), .id(code)])
    }
}
