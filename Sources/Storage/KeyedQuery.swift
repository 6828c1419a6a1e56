/// The `IN (?*)` of a keyed query, as each engine writes it.
enum KeyedQuery {
    static let mark = "IN (?*)"

    /// The query for one key, which is the argument after `argumentCount` others.
    static func sqlite(_ sql: String, argumentCount: Int) throws(StorageProblem) -> String {
        let (head, tail) = try parts(sql)
        return "\(head)= ?\(argumentCount + 1)\(tail)"
    }

    /// The query for an array of keys, which is the argument after `argumentCount` others.
    static func postgres(_ sql: String, argumentCount: Int) throws(StorageProblem) -> String {
        let (head, tail) = try parts(sql)
        return "\(head)= ANY($\(argumentCount + 1))\(tail)"
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

    private static func parts(_ sql: String) throws(StorageProblem) -> (Substring, Substring) {
        guard let range = sql.firstRange(of: mark), !sql[range.upperBound...].contains(mark),
            !sql[..<range.lowerBound].hasSuffix("NOT ")
        else { throw .invalid("a keyed query needs exactly one \(mark): \(sql)") }
        return (sql[..<range.lowerBound], sql[range.upperBound...])
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
