public import Primitives
public import Storage

/// What one transaction writes of rewards, beside the ledger's rows of the same members.
public struct RewardRows: Sendable {
    private let programme: ProgrammeID
    private var redemptions = RowBatch(Self.redemption)
    private var shared = RewardBook.Changes()
    private var limits: [RewardPlace: Int64] = [:]
    private var bases: [RewardPlace: Int64] = [:]
    private var totals: [String: DonationTotal] = [:]

    static let redemption = BulkStatement.insert(
        into: "redemption",
        columns: [
            ("member_id", .id), ("hold_id", .id), ("programme_id", .text), ("quantity", .integer), ("slot", .text),
            ("day", .integer), ("ended_day", .integer), ("code_id", .id), ("fulfilment", .integer),
            ("tracking", .blob), ("round", .integer),
        ],
        onConflict: .update(keys: ["member_id", "hold_id"], set: ["ended_day", "fulfilment", "tracking", "round"]))

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// Redemptions of a member that changed.
    public mutating func add(_ changed: Set<ID128>, of state: MemberState) {
        for id in changed.sorted() {
            guard let record = state.redemptions[id] else { continue }
            redemptions.append(
                .id(state.id.value), .id(id), .text(programme.name), .integer(record.quantity), .text(record.slot),
                .integer(Int64(record.day)), record.endedDay.map { .integer(Int64($0)) } ?? .null,
                record.code.map { .id($0) } ?? .null, record.fulfilment.map { .integer($0.rawValue) } ?? .null,
                record.tracking.isEmpty ? .null : .blob(record.tracking), record.round.map { .integer($0) } ?? .null)
        }
    }

    /// What changed in what all share.
    public mutating func add(_ book: RewardBook, _ programme: Programme) {
        shared = book.changes
        for (place, change) in shared.taken {
            let reward = programme.rewards.first { $0.id == place.reward }
            if let capacity = reward.flatMap({ book.capacity($0, slot: place.slot) }) { limits[place] = capacity }
            // What was taken before it was counted, for a row that is not there yet.
            bases[place] = (book.taken[place] ?? 0) - change
        }
        for reward in shared.donations { totals[reward] = book.donations[reward] }
    }

    /// Writes everything. Called inside the transaction that also checks the lease.
    ///
    /// - Throws: ``LoyaltyStoreProblem/stockTaken(_:)`` when there is less than was decided on: load and decide again.
    public func write(_ connection: any Connection) throws {
        for (place, change) in shared.taken.sorted(by: { $0.key < $1.key }) {
            try writeTaken(place, change, connection)
        }
        for (key, change) in shared.codes.sorted(by: { ($0.key.reward, $0.key.code) < ($1.key.reward, $1.key.code) }) {
            let changed = try connection.execute(
                """
                UPDATE reward_code SET state = ?, member_id = ?, hold_id = ?
                WHERE programme_id = ? AND reward = ? AND code_id = ? AND state = ?
                """,
                [
                    .integer(change.to.rawValue), change.member.map { .id($0.value) } ?? .null,
                    change.hold.map { .id($0) } ?? .null, .text(programme.name), .text(key.reward), .id(key.code),
                    .integer(change.from.rawValue),
                ])
            guard changed == 1 else { throw LoyaltyStoreProblem.stockTaken(key.reward) }
        }
        let places = shared.waiting.sorted { ($0.key.place, $0.key.member) < ($1.key.place, $1.key.member) }
        for (key, entry) in places {
            let row: [SQLValue] = [
                .text(programme.name), .text(key.place.reward), .text(key.place.slot), .id(key.member.value),
            ]
            try connection.execute(
                "DELETE FROM waiting_place WHERE programme_id = ? AND reward = ? AND slot = ? AND member_id = ?", row)
            guard let entry else { continue }
            try connection.execute(
                """
                INSERT INTO waiting_place
                (programme_id, reward, slot, member_id, number, quantity, day, offered_until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                row + [
                    .integer(entry.number), .integer(entry.quantity), .integer(Int64(entry.day)),
                    entry.offeredUntil.map { .integer($0.milliseconds) } ?? .null,
                ])
        }
        for (place, number) in shared.numbers.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                """
                INSERT INTO waiting_list (programme_id, reward, slot, last) VALUES (?, ?, ?, ?)
                ON CONFLICT (programme_id, reward, slot) DO UPDATE SET last = excluded.last
                """, [.text(programme.name), .text(place.reward), .text(place.slot), .integer(number)])
        }
        for (reward, total) in totals.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                """
                INSERT INTO donation_total
                (programme_id, reward, amount, quantity, published_amount, published_quantity, donors, round)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (programme_id, reward) DO UPDATE SET amount = excluded.amount,
                quantity = excluded.quantity, published_amount = excluded.published_amount,
                published_quantity = excluded.published_quantity, donors = excluded.donors, round = excluded.round
                """,
                [
                    .text(programme.name), .text(reward), .integer(total.amount), .integer(total.quantity),
                    .integer(total.publishedAmount), .integer(total.publishedQuantity), .integer(total.donors),
                    .integer(total.round),
                ])
        }
        if !redemptions.isEmpty { try connection.enqueue(Self.redemption, redemptions) }
    }

    private func writeTaken(_ place: RewardPlace, _ change: Int64, _ connection: any Connection) throws {
        let (table, filter) =
            place.slot.isEmpty ? ("reward_stock", "") : ("reward_slot", " AND slot = ?")
        var key: [SQLValue] = [.text(programme.name), .text(place.reward)]
        if !place.slot.isEmpty { key.append(.text(place.slot)) }
        let columns = place.slot.isEmpty ? "programme_id, reward" : "programme_id, reward, slot"
        let marks = place.slot.isEmpty ? "?, ?, ?" : "?, ?, ?, ?"
        try connection.execute(
            "INSERT INTO \(table) (\(columns), taken) VALUES (\(marks)) ON CONFLICT DO NOTHING",
            key + [.integer(bases[place] ?? 0)])
        // A capacity that was lowered keeps what was given; only more may not be taken.
        let limit = change > 0 ? limits[place] ?? .max : .max
        let changed = try connection.execute(
            "UPDATE \(table) SET taken = taken + ? WHERE programme_id = ? AND reward = ?\(filter) AND taken + ? <= ?",
            [.integer(change)] + key + [.integer(change), .integer(limit)])
        guard changed == 1 else { throw LoyaltyStoreProblem.stockTaken(place.reward) }
    }
}
