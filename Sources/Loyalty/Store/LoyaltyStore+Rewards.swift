public import Primitives
public import Storage

extension LoyaltyStore {
    static let redemptionColumns =
        "member_id, hold_id, quantity, slot, day, ended_day, code_id, fulfilment, tracking, round"

    /// Fills in what is kept of redemptions beside their holds.
    static func loadRedemptions(
        _ keys: [SQLValue], into states: inout [MemberID: MemberState], _ connection: any Connection
    ) throws {
        for row in try connection.query(
            "SELECT \(redemptionColumns) FROM redemption WHERE member_id IN (?*)", keys: keys)
        {
            let member = try row.member(0)
            guard var record = states[member]?.redemptions[try row.id(1)] else { continue }
            try fill(&record, row)
            states[member]?.redemptions[record.id] = record
        }
    }

    static func fill(_ record: inout RedemptionRecord, _ row: Row) throws {
        record.quantity = try row.int(2)
        record.slot = try row.text(3)
        record.day = Int32(clamping: try row.int(4))
        record.endedDay = try row.intOrNil(5).map { Int32(clamping: $0) }
        record.code = try row.idOrNil(6)
        record.fulfilment = try row.intOrNil(7).flatMap { Fulfilment(rawValue: $0) }
        record.tracking = try row.blobOrNil(8) ?? []
        record.round = try row.intOrNil(9)
    }

    /// What all members share in a programme's rewards.
    public func rewardBook(_ rewards: [Reward], _ connection: any Connection) throws -> RewardBook {
        let key: [SQLValue] = [.text(programme.name)]
        var taken: [RewardPlace: Int64] = [:]
        for row in try connection.query("SELECT reward, taken FROM reward_stock WHERE programme_id = ?", key) {
            taken[RewardPlace(try row.text(0))] = try row.int(1)
        }
        for row in try connection.query("SELECT reward, slot, taken FROM reward_slot WHERE programme_id = ?", key) {
            taken[RewardPlace(try row.text(0), slot: try row.text(1))] = try row.int(2)
        }
        // Stock that was declared after redemptions had been made: they count.
        for reward in rewards where reward.stock != nil && taken[RewardPlace(reward.id)] == nil {
            taken[RewardPlace(reward.id)] = try countTaken(reward.id, connection)
        }
        var free: [String: Int64] = [:]
        if rewards.contains(where: { $0.codes != nil }) {
            for row in try connection.query(
                "SELECT reward, count(*) FROM reward_code WHERE programme_id = ? AND state = 0 GROUP BY reward", key)
            {
                free[try row.text(0)] = try row.int(1)
            }
        }
        var waiting: [RewardPlace: [WaitingPlace]] = [:]
        for (place, entry) in try waitingPlaces(nil, connection) { waiting[place, default: []].append(entry) }
        var numbers: [RewardPlace: Int64] = [:]
        for row in try connection.query("SELECT reward, slot, last FROM waiting_list WHERE programme_id = ?", key) {
            numbers[RewardPlace(try row.text(0), slot: try row.text(1))] = try row.int(2)
        }
        return RewardBook(
            taken: taken, freeCodes: free, waiting: waiting, numbers: numbers, donations: try donations(connection),
            supply: try supply(connection))
    }

    private func countTaken(_ reward: String, _ connection: any Connection) throws -> Int64 {
        let holds = try connection.first(
            """
            SELECT CAST(COALESCE(SUM(COALESCE(r.quantity, 1)), 0) AS BIGINT) FROM hold h
            LEFT JOIN redemption r ON r.member_id = h.member_id AND r.hold_id = h.hold_id
            WHERE h.programme_id = ? AND h.reward = ? AND h.state IN (1, 2)
            """, [.text(programme.name), .text(reward)])
        let erased = try connection.first(
            "SELECT amount FROM erased_total WHERE programme_id = ? AND kind = 'stock' AND subject = ? AND part = 0",
            [.text(programme.name), .text(reward)])
        return (try holds?.int(0) ?? 0) + (try erased?.int(0) ?? 0)
    }

    /// Places in waiting lists, in order of their numbers.
    ///
    /// - Parameter member: only this member's; `nil` for all.
    public func waitingPlaces(
        _ member: MemberID?, _ connection: any Connection
    ) throws -> [(place: RewardPlace, entry: WaitingPlace)] {
        var sql = """
            SELECT reward, slot, member_id, number, quantity, day, offered_until FROM waiting_place
            WHERE programme_id = ?
            """
        var arguments: [SQLValue] = [.text(programme.name)]
        if let member {
            sql += " AND member_id = ?"
            arguments.append(.id(member.value))
        }
        return try connection.query(sql + " ORDER BY reward, slot, number", arguments).map { row in
            (
                RewardPlace(try row.text(0), slot: try row.text(1)),
                WaitingPlace(
                    member: try row.member(2), number: try row.int(3), quantity: try row.int(4),
                    day: Int32(clamping: try row.int(5)),
                    offeredUntil: try row.intOrNil(6).map { Instant(milliseconds: $0) })
            )
        }
    }

    /// Whether an offer's time is over at `now`.
    public func hasLapsedOffer(at now: Instant, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM waiting_place WHERE programme_id = ? AND offered_until <= ? LIMIT 1",
            [.text(programme.name), .integer(now.milliseconds)]) != nil
    }

    /// How many wait before a place.
    public func waitingBefore(
        _ place: RewardPlace, number: Int64, _ connection: any Connection
    ) throws -> Int64 {
        try connection.first(
            "SELECT count(*) FROM waiting_place WHERE programme_id = ? AND reward = ? AND slot = ? AND number < ?",
            [.text(programme.name), .text(place.reward), .text(place.slot), .integer(number)])?.int(0) ?? 0
    }

    /// What was given to causes, by reward.
    public func donations(_ connection: any Connection) throws -> [String: DonationTotal] {
        var totals: [String: DonationTotal] = [:]
        for row in try connection.query(
            """
            SELECT reward, amount, quantity, published_amount, published_quantity, donors, round
            FROM donation_total WHERE programme_id = ?
            """, [.text(programme.name)])
        {
            totals[try row.text(0)] = DonationTotal(
                amount: try row.int(1), quantity: try row.int(2), publishedAmount: try row.int(3),
                publishedQuantity: try row.int(4), donors: try row.int(5), round: try row.int(6))
        }
        return totals
    }

    // MARK: Codes

    /// Up to `count` free codes of a pool.
    public func freeCodes(of reward: String, count: Int, _ connection: any Connection) throws -> [ID128] {
        try connection.query(
            "SELECT code_id FROM reward_code WHERE programme_id = ? AND reward = ? AND state = 0 LIMIT ?",
            [.text(programme.name), .text(reward), .integer(Int64(count))]
        ).map { try $0.id(0) }
    }

    /// How many codes of each pool are free, reserved and given.
    public func codeCounts(_ connection: any Connection) throws -> [String: [CodeState: Int64]] {
        var counts: [String: [CodeState: Int64]] = [:]
        for row in try connection.query(
            "SELECT reward, state, count(*) FROM reward_code WHERE programme_id = ? GROUP BY reward, state",
            [.text(programme.name)])
        {
            guard let state = CodeState(rawValue: try row.int(1)) else {
                throw LoyaltyStoreProblem.unreadable(table: "reward_code")
            }
            counts[try row.text(0), default: [:]][state] = try row.int(2)
        }
        return counts
    }

    /// Adds sealed codes to a pool; those that are there already are left alone.
    ///
    /// - Returns: how many are new.
    public func addCodes(
        _ codes: [(id: ID128, sealed: [UInt8])], to reward: String, _ connection: any Connection
    ) throws -> Int {
        var added = 0
        for code in codes {
            added += try connection.execute(
                """
                INSERT INTO reward_code (programme_id, reward, code_id, sealed, state) VALUES (?, ?, ?, ?, 0)
                ON CONFLICT DO NOTHING
                """, [.text(programme.name), .text(reward), .id(code.id), .blob(code.sealed)])
        }
        return added
    }

    /// The sealed form of one code.
    public func sealedCode(_ id: ID128, of reward: String, _ connection: any Connection) throws -> [UInt8]? {
        try connection.first(
            "SELECT sealed FROM reward_code WHERE programme_id = ? AND reward = ? AND code_id = ?",
            [.text(programme.name), .text(reward), .id(id)])?.blob(0)
    }

    // MARK: Fulfilment

    /// What is to be packed, sent or followed, oldest day first.
    public func fulfilments(
        _ states: [Fulfilment], after: (day: Int32, hold: ID128)?, limit: Int, _ connection: any Connection
    ) throws -> [(member: MemberID, record: RedemptionRecord)] {
        let wanted = states.map { String($0.rawValue) }.joined(separator: ", ")
        var sql = """
            SELECT r.member_id, r.hold_id, r.quantity, r.slot, r.day, r.ended_day, r.code_id, r.fulfilment,
                r.tracking, r.round, h.reward, h.state
            FROM redemption r JOIN hold h ON h.member_id = r.member_id AND h.hold_id = r.hold_id
            WHERE r.programme_id = ? AND r.fulfilment IN (\(wanted)) AND h.state = 2
            """
        var arguments: [SQLValue] = [.text(programme.name)]
        if let after {
            sql += " AND (r.ended_day > ? OR (r.ended_day = ? AND r.hold_id > ?))"
            arguments += [.integer(Int64(after.day)), .integer(Int64(after.day)), .id(after.hold)]
        }
        sql += " ORDER BY r.ended_day, r.hold_id LIMIT ?"
        arguments.append(.integer(Int64(limit)))
        return try connection.query(sql, arguments).map { row in
            guard let state = Hold.State(rawValue: try row.int(11)) else {
                throw LoyaltyStoreProblem.unreadable(table: "hold")
            }
            var record = RedemptionRecord(id: try row.id(1), reward: try row.text(10), state: state, day: 0)
            try Self.fill(&record, row)
            return (try row.member(0), record)
        }
    }
}
