/// A connection inside one transaction. Valid only in the body it is given to, on that body's thread.
///
/// SQL is portable: `?` placeholders, 64-bit integers, no functions that only one engine has. Use constant texts:
/// every text is prepared once per connection and kept.
public protocol Connection: AnyObject {
    var engine: Engine { get }

    /// Runs one statement.
    ///
    /// - Returns: the number of rows inserted, updated or deleted.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> Int

    /// Runs one statement and returns its rows.
    func query(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> [Row]

    /// Runs one query for a set of keys.
    ///
    /// `sql` contains exactly one `IN (?*)`, which stands for the keys: repeated point reads by a prepared statement on
    /// SQLite, `= ANY($n)` on PostgreSQL. The rows come in no particular order, and a `LIMIT` or an aggregate would be
    /// taken per key on one engine and over all keys on the other: don't use them. Equal keys count once and NULL keys
    /// match nothing.
    ///
    /// - Parameters:
    ///   - arguments: values of the ordinary `?` placeholders, in order.
    ///   - keys: values of one kind.
    func query(_ sql: String, _ arguments: [SQLValue], keys: [SQLValue]) throws(StorageProblem) -> [Row]

    /// Runs one query for each set of arguments, and returns the rows of each: point reads whose keys have several
    /// columns. On PostgreSQL they travel together.
    func query(_ sql: String, each arguments: [[SQLValue]]) throws(StorageProblem) -> [[Row]]

    /// Writes many rows as one set, in their order: raw binding on SQLite, arrays and `unnest` on PostgreSQL.
    ///
    /// - Returns: the number of rows inserted, updated or deleted.
    @discardableResult
    func bulk(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) -> Int

    /// As ``bulk(_:_:)`` for a caller that does not need the count: PostgreSQL sends it together with what follows,
    /// up to the next result or the commit, which then throws what went wrong here.
    func enqueue(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem)
}

extension Connection {
    public func query(_ sql: String, each arguments: [[SQLValue]]) throws(StorageProblem) -> [[Row]] {
        var results: [[Row]] = []
        results.reserveCapacity(arguments.count)
        for values in arguments { results.append(try query(sql, values)) }
        return results
    }

    @discardableResult
    public func execute(_ sql: String) throws(StorageProblem) -> Int { try execute(sql, []) }

    public func query(_ sql: String) throws(StorageProblem) -> [Row] { try query(sql, []) }

    public func query(_ sql: String, keys: [SQLValue]) throws(StorageProblem) -> [Row] {
        try query(sql, [], keys: keys)
    }

    /// The first row, if there is one.
    public func first(_ sql: String, _ arguments: [SQLValue] = []) throws(StorageProblem) -> Row? {
        try query(sql, arguments).first
    }
}
