/// Arithmetic, comparison, membership and indexing.
enum OperatorFunctions {
    private static let a = CELType.parameter("A")
    private static let b = CELType.parameter("B")

    static func define(in library: inout FunctionLibrary) {
        let numbers: [CELType] = [.int, .uint, .double]
        let uniform = { (types: [CELType]) in types.map { Overload.global([$0, $0], $0) } }
        library.define(
            Operators.add,
            uniform(numbers + [.string, .bytes, .list(a), .duration]) + [
                .global([.timestamp, .duration], .timestamp), .global([.duration, .timestamp], .timestamp),
            ], cost: .linear
        ) { budget, arguments throws(Failure) in try add(arguments[0], arguments[1], &budget) }
        library.define(
            Operators.subtract,
            uniform(numbers + [.duration]) + [
                .global([.timestamp, .timestamp], .duration), .global([.timestamp, .duration], .timestamp),
            ]
        ) { _, arguments throws(Failure) in try subtract(arguments[0], arguments[1]) }
        library.define(Operators.multiply, uniform(numbers)) { _, arguments throws(Failure) in
            try multiply(arguments[0], arguments[1])
        }
        library.define(Operators.divide, uniform(numbers)) { _, arguments throws(Failure) in
            try divide(arguments[0], arguments[1])
        }
        library.define(Operators.modulo, uniform([.int, .uint])) { _, arguments throws(Failure) in
            try modulo(arguments[0], arguments[1])
        }
        library.define(Operators.negate, [.global([.int], .int), .global([.double], .double)]) {
            _, arguments throws(Failure) in try negate(arguments[0])
        }
        library.define(Operators.not, [.global([.bool], .bool)]) { _, arguments throws(Failure) in
            guard case .bool(let flag) = arguments[0] else { throw Failure(.noSuchOverload) }
            return .bool(!flag)
        }
        defineComparisons(in: &library, numbers)
        defineCollections(in: &library)
    }

    private static func defineComparisons(in library: inout FunctionLibrary, _ numbers: [CELType]) {
        library.define(Operators.equals, [.global([a, a], .bool)], cost: .linear) {
            budget, arguments throws(Failure) in .bool(try Value.areEqual(arguments[0], arguments[1], &budget))
        }
        library.define(Operators.notEquals, [.global([a, a], .bool)], cost: .linear) {
            budget, arguments throws(Failure) in .bool(try !Value.areEqual(arguments[0], arguments[1], &budget))
        }
        var ordered: [Overload] = [CELType.bool, .string, .bytes, .timestamp, .duration].map {
            .global([$0, $0], .bool)
        }
        for left in numbers { ordered += numbers.map { .global([left, $0], .bool) } }
        for name in [Operators.less, Operators.lessOrEqual, Operators.greater, Operators.greaterOrEqual] {
            library.define(name, ordered) { _, arguments throws(Failure) in
                .bool(satisfies(name, try Value.order(arguments[0], arguments[1])))
            }
        }
    }

    private static func defineCollections(in library: inout FunctionLibrary) {
        library.define(
            Operators.contained, [.global([a, .list(a)], .bool), .global([a, .map(a, b)], .bool)], cost: .linear
        ) { budget, arguments throws(Failure) in .bool(try contains(arguments[1], arguments[0], &budget)) }
        let list = CELType.list(a)
        let map = CELType.map(a, b)
        library.define(
            Operators.index,
            [
                .global([list, .int], a), .global([map, a], b), .global([.optional(list), .int], .optional(a)),
                .global([.optional(map), a], .optional(b)),
            ]
        ) { _, arguments throws(Failure) in try index(arguments[0], arguments[1]) }
        library.define(
            Operators.optionalIndex,
            [
                .global([list, .int], .optional(a)), .global([map, a], .optional(b)),
                .global([.optional(list), .int], .optional(a)), .global([.optional(map), a], .optional(b)),
            ]
        ) { _, arguments throws(Failure) in try optionalIndex(arguments[0], arguments[1]) }
    }

    /// Whether an ordering satisfies a relation, given by its operator's function.
    private static func satisfies(_ name: String, _ order: Ordering) -> Bool {
        switch name {
        case Operators.less: order == .less
        case Operators.lessOrEqual: order == .less || order == .equal
        case Operators.greater: order == .greater
        default: order == .greater || order == .equal
        }
    }

    // MARK: Arithmetic

    private static func checked<T: FixedWidthInteger>(
        _ result: (partialValue: T, overflow: Bool)
    ) throws(Failure) -> T {
        guard !result.overflow else { throw Failure(.overflow) }
        return result.partialValue
    }

    static func add(_ left: Value, _ right: Value, _ budget: inout Budget) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.addingReportingOverflow(b)))
        case (.uint(let a), .uint(let b)): return .uint(try checked(a.addingReportingOverflow(b)))
        case (.double(let a), .double(let b)): return .double(a + b)
        case (.string(let a), .string(let b)):
            try budget.chargeString(bytes: a.utf8.count + b.utf8.count)
            return .string(a + b)
        case (.bytes(let a), .bytes(let b)):
            try budget.chargeString(bytes: a.count + b.count)
            return .bytes(a + b)
        case (.list(let a), .list(let b)):
            try budget.chargeList(count: a.count + b.count)
            return .list(a + b)
        case (.timestamp(let instant), .duration(let span)), (.duration(let span), .timestamp(let instant)):
            guard let sum = instant.adding(span) else { throw Failure(.outOfRange) }
            return .timestamp(sum)
        case (.duration(let a), .duration(let b)):
            let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
            guard !overflow else { throw Failure(.outOfRange) }
            return .duration(TimeSpan(nanoseconds: sum))
        default: throw Failure(.noSuchOverload)
        }
    }

    static func subtract(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.subtractingReportingOverflow(b)))
        case (.uint(let a), .uint(let b)): return .uint(try checked(a.subtractingReportingOverflow(b)))
        case (.double(let a), .double(let b)): return .double(a - b)
        case (.timestamp(let a), .timestamp(let b)):
            guard let span = a.since(b) else { throw Failure(.outOfRange) }
            return .duration(span)
        case (.timestamp(let instant), .duration(let span)):
            // The least span has no opposite; it lies beyond every range anyway.
            guard span.nanoseconds != .min,
                let result = instant.adding(TimeSpan(nanoseconds: -span.nanoseconds))
            else { throw Failure(.outOfRange) }
            return .timestamp(result)
        case (.duration(let a), .duration(let b)):
            let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
            guard !overflow else { throw Failure(.outOfRange) }
            return .duration(TimeSpan(nanoseconds: difference))
        default: throw Failure(.noSuchOverload)
        }
    }

    static func multiply(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.multipliedReportingOverflow(by: b)))
        case (.uint(let a), .uint(let b)): return .uint(try checked(a.multipliedReportingOverflow(by: b)))
        case (.double(let a), .double(let b)): return .double(a * b)
        default: throw Failure(.noSuchOverload)
        }
    }

    static func divide(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            guard b != 0 else { throw Failure(.divisionByZero) }
            return .int(try checked(a.dividedReportingOverflow(by: b)))
        case (.uint(let a), .uint(let b)):
            guard b != 0 else { throw Failure(.divisionByZero) }
            return .uint(a / b)
        case (.double(let a), .double(let b)): return .double(a / b)
        default: throw Failure(.noSuchOverload)
        }
    }

    static func modulo(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            guard b != 0 else { throw Failure(.divisionByZero) }
            return .int(try checked(a.remainderReportingOverflow(dividingBy: b)))
        case (.uint(let a), .uint(let b)):
            guard b != 0 else { throw Failure(.divisionByZero) }
            return .uint(a % b)
        default: throw Failure(.noSuchOverload)
        }
    }

    static func negate(_ value: Value) throws(Failure) -> Value {
        switch value {
        case .int(let number):
            guard number != .min else { throw Failure(.overflow) }
            return .int(-number)
        case .double(let number): return .double(-number)
        default: throw Failure(.noSuchOverload)
        }
    }

    // MARK: Collections

    static func contains(_ collection: Value, _ value: Value, _ budget: inout Budget) throws(Failure) -> Bool {
        switch collection {
        case .list(let elements):
            for element in elements {
                try budget.charge(1)
                if try Value.areEqual(element, value, &budget) { return true }
            }
            return false
        case .map(let map): return map[value] != nil
        default: throw Failure(.noSuchOverload)
        }
    }

    /// `collection[key]`, through optionals.
    static func index(_ collection: Value, _ key: Value) throws(Failure) -> Value {
        if case .optional(let content) = collection {
            guard let content else { return .optional(nil) }
            return wrap(try find(content, key))
        }
        guard let value = try find(collection, key) else {
            if case .list = collection { throw Failure(.invalidIndex) }
            throw Failure(.noSuchKey)
        }
        return value
    }

    /// `collection[?key]`.
    static func optionalIndex(_ collection: Value, _ key: Value) throws(Failure) -> Value {
        if case .optional(let content) = collection {
            guard let content else { return .optional(nil) }
            return wrap(try find(content, key))
        }
        return wrap(try find(collection, key))
    }

    /// An optional of the value; an optional stays as it is.
    private static func wrap(_ value: Value?) -> Value {
        if let value, case .optional = value { return value }
        return .optional(value)
    }

    private static func find(_ collection: Value, _ key: Value) throws(Failure) -> Value? {
        switch collection {
        case .list(let elements):
            let position: Int?
            switch key {
            case .int(let number): position = Int(exactly: number)
            case .uint(let number): position = Int(exactly: number)
            case .double(let number): position = Int(exactly: number)
            default: throw Failure(.noSuchOverload)
            }
            guard let position, elements.indices.contains(position) else {
                if case .double(let number) = key, Int64(exactly: number) == nil { throw Failure(.invalidIndex) }
                return nil
            }
            return elements[position]
        case .map(let map): return map[key]
        default: throw Failure(.noSuchOverload)
        }
    }

    /// `operand.field`, through optionals.
    static func select(_ operand: Value, _ field: String) throws(Failure) -> Value {
        switch operand {
        case .map(let map):
            guard let value = map[.string(field)] else { throw Failure(.noSuchKey) }
            return value
        case .optional(let content):
            guard let content else { return .optional(nil) }
            return try optionalSelect(content, field)
        default: throw Failure(.noSuchField)
        }
    }

    /// `operand.?field`.
    static func optionalSelect(_ operand: Value, _ field: String) throws(Failure) -> Value {
        switch operand {
        case .map(let map): return wrap(map[.string(field)])
        case .optional(let content):
            guard let content else { return .optional(nil) }
            return try optionalSelect(content, field)
        default: throw Failure(.noSuchField)
        }
    }

    /// `has(operand.field)`.
    static func has(_ operand: Value, _ field: String) throws(Failure) -> Bool {
        switch operand {
        case .map(let map): return map[.string(field)] != nil
        case .optional(let content):
            guard let content else { return false }
            return try has(content, field)
        default: throw Failure(.noSuchField)
        }
    }
}
