/// Values that may be absent.
enum OptionalFunctions {
    static func define(in library: inout FunctionLibrary, _ extensions: Extensions) {
        let a = CELType.parameter("A")
        let optional = CELType.optional(a)
        library.define("optional.none", [.global([], optional)]) { _, _ throws(Failure) in .optional(nil) }
        library.define("optional.of", [.global([a], optional)]) { _, arguments throws(Failure) in
            .optional(arguments[0])
        }
        library.define("optional.ofNonZeroValue", [.global([a], optional)]) { _, arguments throws(Failure) in
            .optional(isZero(arguments[0]) ? nil : arguments[0])
        }
        library.define("hasValue", [.member([optional], .bool)]) { _, arguments throws(Failure) in
            .bool(try content(arguments[0]) != nil)
        }
        library.define("value", [.member([optional], a)]) { _, arguments throws(Failure) in
            guard let value = try content(arguments[0]) else { throw Failure(.emptyOptional) }
            return value
        }
        library.define("or", [.member([optional, optional], optional)]) { _, arguments throws(Failure) in
            if try content(arguments[0]) != nil { return arguments[0] }
            _ = try content(arguments[1])
            return arguments[1]
        }
        library.define("orValue", [.member([optional, a], a)]) { _, arguments throws(Failure) in
            try content(arguments[0]) ?? arguments[1]
        }
        let unwrap = { @Sendable (budget: inout Budget, arguments: [Value]) throws(Failure) -> Value in
            guard case .list(let elements) = arguments[0] else { throw Failure(.noSuchOverload) }
            try budget.chargeList(count: elements.count)
            var result: [Value] = []
            for element in elements { if let value = try content(element) { result.append(value) } }
            return .list(result)
        }
        library.define("optional.unwrap", [.global([.list(optional)], .list(a))], cost: .linear) {
            budget, arguments throws(Failure) in try unwrap(&budget, arguments)
        }
        library.define("unwrapOpt", [.member([.list(optional)], .list(a))], cost: .linear) {
            budget, arguments throws(Failure) in try unwrap(&budget, arguments)
        }
    }

    static func content(_ value: Value) throws(Failure) -> Value? {
        guard case .optional(let content) = value else { throw Failure(.noSuchOverload) }
        return content
    }

    private static func isZero(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let elements): elements.isEmpty
        case .map(let map): map.count == 0
        case .duration(let span): span.nanoseconds == 0
        case .timestamp(let instant): instant.seconds == 0 && instant.nanoseconds == 0
        case .optional(let content): content == nil
        case .type, .ip, .cidr: false
        }
    }
}
