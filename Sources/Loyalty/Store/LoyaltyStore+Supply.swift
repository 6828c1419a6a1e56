public import Primitives
public import Storage

/// A change of stock by staff, as it is stored.
public struct SupplyChange: Sendable, Hashable {
    public var id: ID128
    public var reward: String
    /// More than 0: put in; less: taken out.
    public var amount: Int64
    public var at: Instant
    public var reason: String

    public init(id: ID128, reward: String, amount: Int64, at: Instant, reason: String) {
        self.id = id
        self.reward = reward
        self.amount = amount
        self.at = at
        self.reason = reason
    }
}

extension LoyaltyStore {
    // MARK: Changes of stock

    /// What staff added to the stock of each reward, less what they took.
    func supply(_ connection: any Connection) throws -> [String: Int64] {
        var supply: [String: Int64] = [:]
        for row in try connection.query(
            """
            SELECT reward, CAST(SUM(amount) AS BIGINT) FROM reward_supply WHERE programme_id = ? GROUP BY reward
            """, [.text(programme.name)])
        {
            supply[try row.text(0)] = try row.int(1)
        }
        return supply
    }

    /// Stores a change, once for its identifier.
    ///
    /// - Returns: whether it is new.
    public func add(_ change: SupplyChange, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO reward_supply (programme_id, reward, change_id, amount, at, reason) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(programme.name), .text(change.reward), .id(change.id), .integer(change.amount),
                .instant(change.at), .text(change.reason),
            ]) == 1
    }

    /// Whether a change is stored.
    public func hasSupplyChange(_ id: ID128, of reward: String, _ connection: any Connection) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM reward_supply WHERE programme_id = ? AND reward = ? AND change_id = ?",
            [.text(programme.name), .text(reward), .id(id)]) != nil
    }

    /// The latest changes, the last one first.
    public func supplyChanges(limit: Int, _ connection: any Connection) throws -> [SupplyChange] {
        try connection.query(
            """
            SELECT change_id, reward, amount, at, reason FROM reward_supply WHERE programme_id = ?
            ORDER BY at DESC, change_id LIMIT ?
            """, [.text(programme.name), .integer(Int64(limit))]
        ).map { row in
            SupplyChange(
                id: try row.id(0), reward: try row.text(1), amount: try row.int(2), at: try row.instant(3),
                reason: try row.text(4))
        }
    }

    // MARK: Restocks

    public func restocks(_ connection: any Connection) throws -> [String: Restock] {
        var restocks: [String: Restock] = [:]
        for row in try connection.query(
            "SELECT reward, number, is_out, told FROM reward_restock WHERE programme_id = ?", [.text(programme.name)])
        {
            restocks[try row.text(0)] = Restock(
                number: try row.int(1), isOut: try row.int(2) == 1, told: try row.int(3))
        }
        return restocks
    }

    public func set(_ restock: Restock, of reward: String, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO reward_restock (programme_id, reward, number, is_out, told) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (programme_id, reward) DO UPDATE
            SET number = excluded.number, is_out = excluded.is_out, told = excluded.told
            """,
            [
                .text(programme.name), .text(reward), .integer(restock.number), .integer(restock.isOut ? 1 : 0),
                .integer(restock.told),
            ])
    }

    /// Members who have a reward on their wish list, in the order of their pseudonyms. Some may have taken it off since.
    public func wishing(
        for reward: String, after: MemberID?, limit: Int, _ connection: any Connection
    ) throws -> [MemberID] {
        // The condition of the index, word for word, so that it is used.
        var sql = """
            SELECT member_id FROM counter
            WHERE substr(name, 1, 5) = 'wish/' AND programme_id = ? AND name = ?
            """
        var arguments: [SQLValue] = [.text(programme.name), .text(MemberState.wish(reward))]
        if let after {
            sql += " AND member_id > ?"
            arguments.append(.member(after))
        }
        return try connection.query(
            sql + " ORDER BY member_id LIMIT ?", arguments + [.integer(Int64(limit))]
        ).map { try $0.member(0) }
    }
}
