public import Primitives
public import Storage

/// The tables of unlinkable earning. None of them names a member, an item or a moment.
public enum EarningSchema {
    public static let schema = Schema(
        room: "earning",
        migrations: [
            Migration(
                number: 1, name: "token keys, spent tokens",
                statements: [
                    """
                    CREATE TABLE earning_key (
                        programme_id {text} NOT NULL, day {int} NOT NULL, type {text} NOT NULL, class {text} NOT NULL,
                        public_key {blob} NOT NULL, sealed {blob} NOT NULL,
                        PRIMARY KEY (programme_id, day, type, class)
                    ) {clustered}
                    """,
                    // Clustered by a keyed hash: no order of arrival.
                    """
                    CREATE TABLE earning_spent (
                        token {id} NOT NULL, programme_id {text} NOT NULL, day {int} NOT NULL, PRIMARY KEY (token)
                    ) {clustered}
                    """,
                ])
        ])
}

/// A token that is redeemed: what is left of it when its signature has been checked.
public struct EarningCredit: Sendable, Hashable {
    /// The event type.
    public var type: String
    /// The class, see ``EarningClass/id``.
    public var classID: String
    /// The day for which it was issued, in the programme's calendar.
    public var day: Int32
    /// The keyed hash of its nonce.
    public var token: ID128

    public init(type: String, classID: String, day: Int32, token: ID128) {
        self.type = type
        self.classID = classID
        self.day = day
        self.token = token
    }
}

extension LoyaltyStore {
    /// Which of `tokens` are spent already.
    public func spentTokens(_ tokens: [ID128], _ connection: any Connection) throws -> Set<ID128> {
        let rows = try connection.query(
            "SELECT token FROM earning_spent WHERE token IN (?*)", keys: tokens.map { .id($0) })
        return Set(try rows.map { try $0.id(0) })
    }

    /// Forgets tokens and keys of days before `day`: they can be spent no more.
    ///
    /// - Returns: how many tokens.
    @discardableResult
    public func forgetTokens(before day: Int32, _ connection: any Connection) throws -> Int {
        let parameters: [SQLValue] = [.text(programme.name), .integer(Int64(day))]
        try connection.execute("DELETE FROM earning_key WHERE programme_id = ? AND day < ?", parameters)
        return try connection.execute("DELETE FROM earning_spent WHERE programme_id = ? AND day < ?", parameters)
    }
}
