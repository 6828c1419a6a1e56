/// A PostgreSQL session inside one transaction.
final class PostgresConnection: Connection {
    private var session: PostgresSession?
    /// What ended the transaction early: nothing more can be done in it.
    private(set) var failure: PostgresFailure?
    private(set) var problem: StorageProblem?

    init(_ session: PostgresSession) {
        self.session = session
    }

    var engine: Engine { .postgres }

    func invalidate() { session = nil }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> Int {
        try run { try $0.execute(sql, arguments) }
    }

    func query(_ sql: String, _ arguments: [SQLValue]) throws(StorageProblem) -> [Row] {
        try run { try $0.query(sql, arguments) }
    }

    func query(_ sql: String, _ arguments: [SQLValue], keys: [SQLValue]) throws(StorageProblem) -> [Row] {
        try run { session in
            let text = try KeyedQuery.text(sql, argumentCount: arguments.count, for: .postgres)
            let distinct = try KeyedQuery.distinct(keys)
            guard !distinct.isEmpty else { return [] }
            var all = try PostgresArguments(arguments)
            try all.append(array: distinct)
            return try session.query(text, all)
        }
    }

    func query(_ sql: String, each arguments: [[SQLValue]]) throws(StorageProblem) -> [[Row]] {
        try run { try $0.query(sql, each: arguments) }
    }

    @discardableResult
    func bulk(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) -> Int {
        try run { try Self.bulk($0, statement, rows, wanted: true) }
    }

    func enqueue(_ statement: BulkStatement, _ rows: RowBatch) throws(StorageProblem) {
        _ = try run { try Self.bulk($0, statement, rows, wanted: false) }
    }

    private static func bulk(
        _ session: PostgresSession, _ statement: BulkStatement, _ rows: RowBatch, wanted: Bool
    ) throws -> Int {
        try rows.check(for: statement)
        guard !rows.isEmpty else { return 0 }
        var changed = 0
        for round in rows.rounds(distinct: statement.distinct) {
            var arguments = PostgresArguments()
            arguments.append(columnsOf: rows, rows: round)
            changed += try session.bulk(statement.postgres, arguments, wanted: wanted)
        }
        return changed
    }

    private func run<T>(_ body: (PostgresSession) throws -> T) throws(StorageProblem) -> T {
        guard let session else { throw .closed }
        if let problem { throw problem }
        do {
            return try body(session)
        } catch let error as PostgresFailure {
            failure = error
            problem = error.problem
            throw error.problem
        } catch {
            let own = error as? StorageProblem ?? .connectionLost
            problem = own
            throw own
        }
    }
}

extension RowBatch {
    /// The rows split so that no key comes twice in one statement, which PostgreSQL refuses (upsert) or answers
    /// arbitrarily (update); each key's rows keep their order. `nil` stands for all rows.
    ///
    /// Keys are told apart by a hash: a collision costs a round and changes nothing.
    func rounds(distinct: [Int]) -> [[Int]?] {
        guard !distinct.isEmpty, count > 1 else { return [nil] }
        var last = [Int: Int](minimumCapacity: count)
        var rounds: [[Int]] = [[]]
        bytes.withUnsafeBytes { bytes in
            for row in 0..<count {
                var hasher = Hasher()
                var hasNull = false
                for column in distinct {
                    let cell = cells[row * types.count + column]
                    switch cell.kind {
                    case .null: hasNull = true
                    case .integer, .real: hasher.combine(cell.payload)
                    case .text, .blob:
                        let start = Int(cell.payload)
                        hasher.combine(cell.length)
                        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(cell.length)]))
                    }
                }
                // NULL equals nothing, not even NULL.
                if hasNull {
                    rounds[0].append(row)
                    continue
                }
                let key = hasher.finalize()
                let round = last[key].map { $0 + 1 } ?? 0
                last[key] = round
                if round == rounds.count { rounds.append([]) }
                rounds[round].append(row)
            }
        }
        return rounds.count == 1 ? [nil] : rounds
    }
}
