internal import CPQ

/// One libpq connection in pipeline mode. Blocking, and used on one thread at a time: ``PostgresLink`` sees to both.
///
/// What is sent waits on our side until a result is needed; then everything goes out with one sync, and comes back in
/// one round trip.
final class PostgresSession {
    private enum Answer {
        /// Only failure is of interest.
        case nothing
        /// The statement that gets prepared.
        case prepared(String)
        case wanted
    }

    private struct Prepared {
        let name: String
        let types: [Oid]
    }

    private struct Translation {
        let text: String
        let placeholders: Int
        var prepared: [Prepared] = []
    }

    private static let maximumPrepared = 512

    private let pointer: OpaquePointer
    private var translations: [String: Translation] = [:]
    private var preparedCount = 0
    private var pending: [(answer: Answer, sql: String)] = []
    /// Set once the server has been told to commit.
    private(set) var isCommitting = false
    private(set) var isBroken = false

    // MARK: Opening

    /// - Throws: `.connectionLost` when no server answers or refuses us, `.busy` when it has no connection left,
    ///   `.notDurable`, `.readOnly` for a standby.
    init(uri: String, settings: PostgresDatabase.Settings) throws(StorageProblem) {
        // What comes later wins: the address can override all but the encoding.
        let parameters: [(String, String)] = [
            ("connect_timeout", "5"), ("tcp_user_timeout", "30000"), ("keepalives_idle", "30"),
            ("fallback_application_name", "stamgast"), ("dbname", uri), ("client_encoding", "UTF8"),
        ]
        let connection = Self.connect(parameters)
        guard let connection else { throw .connectionLost }
        pointer = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(connection))
            PQfinish(connection)
            throw message.contains("too many clients") || message.contains("remaining connection slots")
                ? .busy : .connectionLost
        }
        // Notices would go to standard error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        guard PQenterPipelineMode(connection) == 1 else {
            PQfinish(connection)
            throw .connectionLost
        }
        do {
            try prepareSession(settings)
        } catch {
            PQfinish(connection)
            throw (error as? PostgresFailure)?.problem ?? (error as? StorageProblem) ?? .connectionLost
        }
    }

    private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
        func withCStrings<R>(
            _ rest: ArraySlice<String>, _ done: [UnsafePointer<CChar>?],
            _ body: ([UnsafePointer<CChar>?]) -> R
        ) -> R {
            guard let first = rest.first else { return body(done + [nil]) }
            return first.withCString { withCStrings(rest.dropFirst(), done + [$0], body) }
        }
        return withCStrings(parameters.map(\.0)[...], []) { keywords in
            withCStrings(parameters.map(\.1)[...], []) { values in PQconnectdbParams(keywords, values, 1) }
        }
    }

    private func prepareSession(_ settings: PostgresDatabase.Settings) throws {
        for (name, value) in [
            ("statement_timeout", "\(settings.statementMilliseconds)"),
            ("lock_timeout", "\(settings.lockMilliseconds)"),
            // A node that stops in the middle of a transaction gives its locks back.
            ("idle_in_transaction_session_timeout", "\(settings.idleMilliseconds)"),
            ("standard_conforming_strings", "on"), ("timezone", "UTC"), ("client_min_messages", "warning"),
        ] {
            try send("SELECT CAST(set_config(?, ?, false) AS text)", [.text(name), .text(value)])
        }
        let row = try query(
            """
            SELECT current_setting('synchronous_commit'), current_setting('fsync'),
                current_setting('full_page_writes'), current_setting('server_encoding'), pg_is_in_recovery()
            """, []
        ).first
        guard let row else { throw StorageProblem.connectionLost }
        guard try row.int(4) == 0 else { throw StorageProblem.readOnly }
        guard try row.text(3) == "UTF8" else {
            throw StorageProblem.invalid("the PostgreSQL database has the encoding \(try row.text(3)) instead of UTF8")
        }
        for (index, name) in [(1, "fsync"), (2, "full_page_writes")] where try row.text(index) != "on" {
            throw StorageProblem.notDurable(setting: name, value: try row.text(index))
        }
        // Stronger than `on` is `remote_apply`; everything else acknowledges before it is on disk.
        guard !["on", "remote_apply"].contains(try row.text(0)) else { return }
        let now = try query(
            "SELECT CAST(set_config('synchronous_commit', 'on', false) AS text)", []
        ).first?.text(0)
        guard now == "on" else { throw StorageProblem.notDurable(setting: "synchronous_commit", value: now ?? "") }
    }

    func close() {
        isBroken = true
        PQfinish(pointer)
    }

    // MARK: Transactions

    func begin(_ statement: String) throws {
        isCommitting = false
        try send(statement, [])
    }

    /// Sends what is pending together with the commit.
    func commit() throws {
        try enqueue("COMMIT", PostgresArguments(), .wanted)
        isCommitting = true
        guard try flush().last?.command == "COMMIT" else { throw StorageProblem.connectionLost }
        isCommitting = false
    }

    /// Ends the transaction without keeping anything; a connection that cannot even do that is given up.
    func rollback() {
        guard !isBroken else { return }
        do {
            if !pending.isEmpty { _ = try? flush() }
            guard !isBroken else { return }
            try enqueue("ROLLBACK", PostgresArguments(), .wanted)
            _ = try flush()
        } catch {
            isBroken = true
        }
    }

    /// Whether no transaction is open and nothing is on its way: the state in which a connection is lent.
    var isIdle: Bool { !isBroken && pending.isEmpty && PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// Drops all prepared statements, after the tables changed under them.
    func forgetStatements() throws {
        translations.removeAll()
        preparedCount = 0
        // Not through the cache that is being emptied.
        guard PQsendQueryParams(pointer, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 1) == 1 else { throw broken() }
        pending.append((.wanted, "DEALLOCATE ALL"))
        _ = try flush()
    }

    // MARK: Statements

    /// Queues a statement whose result does not matter.
    func send(_ sql: String, _ values: [SQLValue]) throws {
        try enqueue(sql, PostgresArguments(values), .nothing)
    }

    func query(_ sql: String, _ values: [SQLValue]) throws -> [Row] {
        try enqueue(sql, PostgresArguments(values), .wanted)
        return try flush().last?.rows() ?? []
    }

    /// Sends many queries at once; a few hundred at a time, so that neither side has to hold too much for the other.
    func query(_ sql: String, each arguments: [[SQLValue]]) throws -> [[Row]] {
        var results: [[Row]] = []
        results.reserveCapacity(arguments.count)
        for start in stride(from: 0, to: arguments.count, by: 256) {
            for values in arguments[start..<min(start + 256, arguments.count)] {
                try enqueue(sql, PostgresArguments(values), .wanted)
            }
            for result in try flush() { results.append(try result.rows()) }
        }
        return results
    }

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try enqueue(sql, PostgresArguments(values), .wanted)
        return try flush().last?.changes ?? 0
    }

    func query(_ sql: String, _ arguments: PostgresArguments) throws -> [Row] {
        try enqueue(sql, arguments, .wanted, translated: true)
        return try flush().last?.rows() ?? []
    }

    func bulk(_ sql: String, _ arguments: PostgresArguments, wanted: Bool) throws -> Int {
        try enqueue(sql, arguments, wanted ? .wanted : .nothing, translated: true)
        return wanted ? try flush().last?.changes ?? 0 : 0
    }

    private func enqueue(
        _ sql: String, _ arguments: PostgresArguments, _ answer: Answer, translated: Bool = false
    ) throws {
        guard !isBroken else { throw StorageProblem.connectionLost }
        if translations[sql] == nil {
            let (text, placeholders) = translated ? (sql, arguments.count) : Placeholders.number(sql, for: .postgres)
            translations[sql] = Translation(text: text, placeholders: placeholders)
        }
        guard let translation = translations[sql] else { throw StorageProblem.closed }
        guard translation.placeholders == arguments.count else {
            throw StorageProblem.invalid(
                "\(arguments.count) arguments for \(translation.placeholders) placeholders in: \(sql)")
        }
        let name = try prepare(sql, translation, arguments.types)
        let sent = arguments.withPointers { values, lengths, formats in
            PQsendQueryPrepared(pointer, name, CInt(arguments.count), values, lengths, formats, 1)
        }
        guard sent == 1 else { throw broken() }
        pending.append((answer, sql))
    }

    /// The name of a statement prepared for these types; NULL fits any.
    private func prepare(_ sql: String, _ translation: Translation, _ types: [Oid]) throws -> String {
        let fitting = translation.prepared.first { prepared in
            zip(prepared.types, types).allSatisfy { $0 == $1 || $1 == PostgresType.unknown }
        }
        if let fitting { return fitting.name }
        if preparedCount >= Self.maximumPrepared, pending.isEmpty {
            try forgetStatements()
            translations[sql] = Translation(text: translation.text, placeholders: translation.placeholders)
        }
        preparedCount += 1
        serial += 1
        let name = "s\(serial)"
        guard PQsendPrepare(pointer, name, translation.text, CInt(types.count), types) == 1 else { throw broken() }
        pending.append((.prepared(name), sql))
        translations[sql]?.prepared.append(Prepared(name: name, types: types))
        return name
    }

    private var serial = 0

    // MARK: Results

    /// Sends everything that is pending and reads all answers.
    ///
    /// - Returns: the results of the statements for which they are wanted, in order.
    /// - Throws: the first failure, as `PostgresFailure`; `.connectionLost` when the server is gone.
    private func flush() throws -> [PostgresResultOwner] {
        let expected = pending
        pending = []
        guard PQpipelineSync(pointer) == 1 else { throw broken() }
        var failure: PostgresFailure?
        var wanted: [PostgresResultOwner] = []
        for (answer, sql) in expected {
            var succeeded = false
            while let result = PQgetResult(pointer) {
                let owner = PostgresResultOwner(result)
                switch PQresultStatus(result) {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                    succeeded = true
                    if case .wanted = answer { wanted.append(owner) }
                case PGRES_PIPELINE_ABORTED: break
                default: if failure == nil { failure = PostgresFailure(result, sql: sql) }
                }
                if failure?.isFatal == true { break }
            }
            if case .prepared(let name) = answer, !succeeded {
                translations[sql]?.prepared.removeAll { $0.name == name }
                preparedCount -= 1
            }
            if failure?.isFatal == true || PQstatus(pointer) != CONNECTION_OK {
                isBroken = true
                if let failure, !failure.state.isEmpty { throw failure }
                throw StorageProblem.connectionLost
            }
        }
        guard let sync = PQgetResult(pointer).map(PostgresResultOwner.init),
            PQresultStatus(sync.result.pointer) == PGRES_PIPELINE_SYNC
        else { throw broken() }
        if let failure { throw failure }
        return wanted
    }

    private func broken() -> StorageProblem {
        isBroken = true
        return .connectionLost
    }
}

/// Frees a libpq result when the last user is done with it.
final class PostgresResultOwner {
    let result: PostgresResult

    init(_ pointer: OpaquePointer) {
        result = PostgresResult(pointer: pointer)
    }

    deinit { PQclear(result.pointer) }

    var changes: Int { result.changes }
    var command: String { result.command }
    func rows() throws(StorageProblem) -> [Row] { try result.rows() }
}
