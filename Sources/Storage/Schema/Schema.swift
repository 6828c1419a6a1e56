/// The tables of one room: its migrations, in order.
public struct Schema: Sendable {
    /// The room's name, which never changes.
    public let room: String
    public let migrations: [Migration]

    public init(room: String, migrations: [Migration]) {
        self.room = room
        self.migrations = migrations
    }
}

/// One numbered step of a room's tables. Never edited once released: what it said is checked by its checksum.
///
/// Statements are portable, with `{id}`, `{blob}`, `{int}`, `{real}` and `{text}` for the column types. A
/// `CREATE TABLE` may end in `{clustered}`: its rows then lie in the order of the primary key (`WITHOUT ROWID` on
/// SQLite), which saves a look-up and keeps no order of insertion.
///
/// ```swift
/// Migration(number: 1, name: "balances", statements: [
///     """
///     CREATE TABLE balance (
///         member_id {id} NOT NULL, programme_id {text} NOT NULL, unit {text} NOT NULL, amount {int} NOT NULL,
///         PRIMARY KEY (member_id, unit)) {clustered}
///     """
/// ])
/// ```
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    public let statements: [String]
    /// Whether the release before this migration can go on working on the migrated tables (new tables, new columns
    /// with a default): it then accepts a database that has this migration.
    public let isAdditive: Bool

    public init(number: Int, name: String, statements: [String], isAdditive: Bool = false) {
        self.number = number
        self.name = name
        self.statements = statements
        self.isAdditive = isAdditive
    }
}
