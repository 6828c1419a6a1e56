extension Value {
    /// Whether the language's `==` holds between two values.
    ///
    /// Numbers compare across `int`, `uint` and `double`; `NaN` equals nothing; values of different kinds are unequal.
    /// - Complexity: O(n) in the smaller of both values; lists and maps that share their parts can make that exponential
    ///   in their depth, so programs use the variant that charges a ``Budget``.
    public func isEqual(to other: Value) -> Bool {
        var budget = Budget(limits: .unlimited, zones: nil)
        do {
            return try Value.areEqual(self, other, &budget)
        } catch {
            return false
        }
    }

    static func areEqual(_ left: Value, _ right: Value, _ budget: inout Budget) throws(Failure) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): return a == b
        case (.string(let a), .string(let b)): return a.hasSameBytes(as: b)
        case (.bool(let a), .bool(let b)): return a == b
        case (.null, .null): return true
        case (.bytes(let a), .bytes(let b)): return a == b
        case (.timestamp(let a), .timestamp(let b)): return a == b
        case (.duration(let a), .duration(let b)): return a == b
        case (.list(let a), .list(let b)):
            guard a.count == b.count else { return false }
            for index in a.indices {
                try budget.charge(1)
                guard try areEqual(a[index], b[index], &budget) else { return false }
            }
            return true
        case (.map(let a), .map(let b)):
            guard a.count == b.count else { return false }
            for entry in a.entries {
                try budget.charge(1)
                guard let value = b[entry.key], try areEqual(entry.value, value, &budget) else { return false }
            }
            return true
        case (.type(let a), .type(let b)): return a.name.hasSameBytes(as: b.name)
        case (.optional(let a), .optional(let b)):
            guard let a, let b else { return a == nil && b == nil }
            return try areEqual(a, b, &budget)
        case (.ip(let a), .ip(let b)): return a == b
        case (.cidr(let a), .cidr(let b)): return a == b
        default:
            return compareNumbers(left, right) == .equal
        }
    }

    /// The order of two values, or a `noSuchOverload` failure when they have none.
    static func order(_ left: Value, _ right: Value) throws(Failure) -> Ordering {
        switch (left, right) {
        case (.int(let a), .int(let b)): return Ordering(a, b)
        case (.string(let a), .string(let b)):
            return a.hasSameBytes(as: b) ? .equal : a.precedesByBytes(b) ? .less : .greater
        case (.bool(let a), .bool(let b)): return Ordering(a ? 1 : 0, b ? 1 : 0)
        case (.bytes(let a), .bytes(let b)):
            return a == b ? .equal : a.lexicographicallyPrecedes(b) ? .less : .greater
        case (.timestamp(let a), .timestamp(let b)): return Ordering(a, b)
        case (.duration(let a), .duration(let b)): return Ordering(a, b)
        default:
            guard let result = compareNumbers(left, right) else { throw Failure(.noSuchOverload) }
            return result
        }
    }

    /// The order of two numbers of whichever types, nil unless both are numbers.
    private static func compareNumbers(_ left: Value, _ right: Value) -> Ordering? {
        switch (left, right) {
        case (.int(let a), .int(let b)): Ordering(a, b)
        case (.uint(let a), .uint(let b)): Ordering(a, b)
        case (.double(let a), .double(let b)): Ordering(a, b)
        case (.int(let a), .uint(let b)): a < 0 ? .less : Ordering(UInt64(a), b)
        case (.uint(let a), .int(let b)): b < 0 ? .greater : Ordering(a, UInt64(b))
        case (.int(let a), .double(let b)): Ordering(Double(a), b)
        case (.double(let a), .int(let b)): Ordering(a, Double(b))
        case (.uint(let a), .double(let b)): Ordering(Double(a), b)
        case (.double(let a), .uint(let b)): Ordering(a, Double(b))
        default: nil
        }
    }
}

/// How two values stand to each other.
enum Ordering: Equatable {
    case less
    case equal
    case greater
    /// At least one is not a number.
    case unordered

    init<T: Comparable>(_ left: T, _ right: T) {
        self = left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }
}
