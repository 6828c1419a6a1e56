/// What can go wrong in the storage room.
///
/// No case carries a stored value: what an engine says is kept only where it cannot quote one.
public enum StorageProblem: Error, Hashable {
    /// The disk, or a quota on it, is full. Nothing of the transaction was kept.
    case full
    /// Somebody else holds the database or a row for longer than we wait.
    case busy
    /// The transaction lost against concurrent ones this many times in a row.
    case contention(attempts: Int)
    /// The database may only be read.
    case readOnly
    /// The file system or the disk failed; `code` is the engine's own. Nothing of the transaction was kept.
    case inputOutput(code: Int)
    /// The database file is damaged or is not a database.
    case corrupt
    /// A constraint refused a row.
    case constraint(Constraint, table: String?)
    /// The connection to the server broke before the transaction could be committed: nothing of it was kept.
    case connectionLost
    /// The database failed while committing. The transaction may or may not be (or become) visible: ask again by
    /// idempotency key.
    case outcomeUnknown
    /// The database is closed, or a connection was used outside the body it was given to.
    case closed
    /// More work waits than the written limit allows.
    case overloaded(limit: Int)
    /// The statement or the read ran longer than allowed.
    case timeout
    /// A column of a result does not hold what the code expects.
    case column(Int, expected: String)
    /// A value or a batch that no engine is asked to store, with the rule it breaks.
    case invalid(String)
    /// The engine refused a statement. `message` is empty where it could quote a value.
    case statement(code: String, message: String, sql: String)
    /// The engine does not promise durability; `setting` has the wrong `value`.
    case notDurable(setting: String, value: String)
    /// The database was written by a newer release.
    case newerSchema(room: String, number: Int)
    /// A migration that was already run is missing from this release or its text was changed.
    case editedMigration(room: String, number: Int)
    /// A migration's list is not usable: numbers must rise, rooms must be named once.
    case invalidSchema(room: String, reason: String)
    /// The caller no longer owns the partition: another node took it over.
    case leaseLost(partition: Int, epoch: Int64)

    /// The kinds of constraint.
    public enum Constraint: String, Sendable {
        case unique, notNull, foreignKey, check
        /// The value has another type than the column.
        case type
        case other
    }

    /// Whether trying the same work again later can succeed without anybody repairing anything.
    public var isTransient: Bool {
        switch self {
        case .busy, .contention, .connectionLost, .outcomeUnknown, .overloaded, .timeout: true
        default: false
        }
    }
}

extension StorageProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full: "the disk is full"
        case .busy: "the database is busy"
        case .contention(let attempts): "the transaction lost against concurrent ones \(attempts) times"
        case .readOnly: "the database is read-only"
        case .inputOutput(let code): "the disk failed (code \(code))"
        case .corrupt: "the database file is damaged or is not a database"
        case .constraint(let kind, let table): "a \(kind.rawValue) constraint\(table.map { " of \($0)" } ?? "") failed"
        case .connectionLost: "the connection to the database server was lost"
        case .outcomeUnknown: "the database failed while committing: the outcome is unknown"
        case .closed: "the database is closed"
        case .overloaded(let limit): "more than \(limit) requests are waiting for the database"
        case .timeout: "the statement took too long"
        case .column(let index, let expected): "column \(index) should hold \(expected)"
        case .invalid(let reason): reason
        case .statement(let code, let message, let sql): "\(code) \(message) in: \(sql)"
        case .notDurable(let setting, let value): "the database is not durable: \(setting) is \(value)"
        case .newerSchema(let room, let number):
            "the database was written by a newer release: it has migration \(number) of \(room)"
        case .editedMigration(let room, let number): "migration \(number) of \(room) was changed after it was run"
        case .invalidSchema(let room, let reason): "schema of \(room): \(reason)"
        case .leaseLost(let partition, let epoch): "the lease on partition \(partition) (epoch \(epoch)) is lost"
        }
    }
}
