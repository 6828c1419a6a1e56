internal import Synchronization

/// The `IN (?*)` of a keyed query, as each engine writes it.
enum KeyedQuery {
    private static let mark = "IN (?*)"
    private static let known = Mutex<[Key: String]>([:])

    private struct Key: Hashable {
        let engine: Engine
        let sql: String
    }

    /// The statement with numbered placeholders; the keys come after the `argumentCount` other arguments.
    ///
    /// - Throws: `.invalid` when the text has no single mark or another number of placeholders.
    static func text(_ sql: String, argumentCount: Int, for engine: Engine) throws(StorageProblem) -> String {
        let key = Key(engine: engine, sql: sql)
        if let text = known.withLock({ $0[key] }) { return text }
        guard let range = sql.firstRange(of: mark), !sql[range.upperBound...].contains(mark),
            !sql[..<range.lowerBound].hasSuffix("NOT ")
        else { throw .invalid("a keyed query needs exactly one \(mark): \(sql)") }
        let place =
            switch engine {
            case .sqlite: "= \u{1}"
            case .postgres: "= ANY(\u{1})"
            }
        let (text, count) = Placeholders.number(sql.replacing(mark, with: place), for: engine)
        guard count == argumentCount else {
            throw .invalid("\(argumentCount) arguments for \(count) placeholders in: \(sql)")
        }
        let sign = engine == .sqlite ? "?" : "$"
        let result = text.replacing("\u{1}", with: "\(sign)\(count + 1)")
        // Texts are constants of the code, so this stays small; a caller who makes them up is not remembered.
        known.withLock { if $0.count < 4_096 { $0[key] = result } }
        return result
    }

    /// The keys that can match, each once, in their order.
    static func distinct(_ keys: [SQLValue]) throws(StorageProblem) -> [SQLValue] {
        guard keys.count > 1 else { return keys.filter { $0 != .null } }
        var seen = Set<SQLValue>(minimumCapacity: keys.count)
        var kind: Int?
        var result: [SQLValue] = []
        result.reserveCapacity(keys.count)
        for key in keys where key != .null && seen.insert(key).inserted {
            let own = key.kindNumber
            if let kind, kind != own { throw .invalid("the keys of one query are of different kinds") }
            kind = own
            result.append(key)
        }
        return result
    }
}

extension SQLValue {
    /// Equal for values that can stand in one array: an id is sixteen bytes.
    var kindNumber: Int {
        switch self {
        case .null: 0
        case .integer: 1
        case .real: 2
        case .text: 3
        case .blob, .id: 4
        }
    }
}
