/// Functions on lists: `slice`, `flatten`, `distinct`, `sort`, `reverse`, `first`, `last`, `lists.range`.
enum ListFunctions {
    static func define(in library: inout FunctionLibrary) {
        let a = CELType.parameter("A")
        let list = CELType.list(a)
        library.define("slice", [.member([list, .int, .int], list)], cost: .linear) {
            budget, arguments throws(Failure) in
            guard case .list(let elements) = arguments[0], case .int(let start) = arguments[1],
                case .int(let end) = arguments[2]
            else { throw Failure(.noSuchOverload) }
            guard start >= 0, start <= end, end <= Int64(elements.count) else { throw Failure(.invalidIndex) }
            try budget.chargeList(count: Int(end - start))
            return .list(Array(elements[Int(start)..<Int(end)]))
        }
        library.define(
            "flatten", [.member([.list(list)], list), .member([.list(.dyn), .int], .list(.dyn))], cost: .linear
        ) { budget, arguments throws(Failure) in
            guard case .list(let elements) = arguments[0] else { throw Failure(.noSuchOverload) }
            var depth: Int64 = 1
            if arguments.count > 1 {
                guard case .int(let given) = arguments[1] else { throw Failure(.noSuchOverload) }
                guard given >= 0 else { throw Failure(.outOfRange) }
                depth = given
            }
            var result: [Value] = []
            try flatten(elements, depth, into: &result, &budget)
            return .list(result)
        }
        library.define("distinct", [.member([list], list)], cost: .product) { budget, arguments throws(Failure) in
            var kept: [Value] = []
            for element in try ListFunctions.list(arguments[0]) {
                var isKnown = false
                for other in kept where !isKnown {
                    try budget.charge(1)
                    isKnown = try Value.areEqual(element, other, &budget)
                }
                if !isKnown { kept.append(element) }
            }
            return .list(kept)
        }
        library.define("sort", [.member([list], list)], cost: .product) { budget, arguments throws(Failure) in
            let elements = try ListFunctions.list(arguments[0])
            return .list(try sorted(elements, by: elements, &budget))
        }
        // The strings extension has a `reverse` too.
        library.add(
            FunctionDeclaration(
                name: "reverse", overloads: [.member([list], list)],
                implementation: { budget, arguments throws(Failure) in try reverse(arguments[0], &budget) },
                cost: .linear))
        library.define("first", [.member([list], .optional(a))]) { _, arguments throws(Failure) in
            .optional(try ListFunctions.list(arguments[0]).first)
        }
        library.define("last", [.member([list], .optional(a))]) { _, arguments throws(Failure) in
            .optional(try ListFunctions.list(arguments[0]).last)
        }
        library.define("lists.range", [.global([.int], .list(.int))], cost: .linear) {
            budget, arguments throws(Failure) in
            guard case .int(let count) = arguments[0] else { throw Failure(.noSuchOverload) }
            guard count > 0 else { return .list([]) }
            try budget.chargeList(count: Int(clamping: count))
            return .list((0..<count).map { .int($0) })
        }
    }

    /// `reverse` of a string by code points, or of a list.
    static func reverse(_ value: Value, _ budget: inout Budget) throws(Failure) -> Value {
        switch value {
        case .string(let text):
            try budget.chargeString(bytes: text.utf8.count)
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: text.unicodeScalars.reversed())
            return .string(String(scalars))
        case .list(let elements):
            try budget.chargeList(count: elements.count)
            return .list(elements.reversed())
        default: throw Failure(.noSuchOverload)
        }
    }

    private static func list(_ value: Value) throws(Failure) -> [Value] {
        guard case .list(let elements) = value else { throw Failure(.noSuchOverload) }
        return elements
    }

    private static func flatten(
        _ elements: [Value], _ depth: Int64, into result: inout [Value], _ budget: inout Budget
    ) throws(Failure) {
        for element in elements {
            try budget.charge(1)
            if depth > 0, case .list(let inner) = element {
                try flatten(inner, depth - 1, into: &result, &budget)
            } else {
                result.append(element)
                if result.count > budget.listElements { throw Failure(.resultTooLarge) }
            }
        }
    }

    /// The elements in ascending order of their keys, equal keys in their given order.
    static func sorted(_ elements: [Value], by keys: [Value], _ budget: inout Budget) throws(Failure) -> [Value] {
        guard let first = keys.first else { return [] }
        for key in keys {
            // One comparable kind, so that the order is total.
            guard key.typeName == first.typeName, try Value.order(key, first) != .unordered else {
                throw Failure(.noSuchOverload)
            }
        }
        let width = Int.bitWidth - keys.count.leadingZeroBitCount
        for key in keys {
            try budget.charge(width)
            if case .string(let text) = key { try budget.charge(text.utf8.count >> 6 * width) }
        }
        let order = keys.indices.sorted { left, right in
            let ordering = (try? Value.order(keys[left], keys[right])) ?? .equal
            return ordering == .less || (ordering == .equal && left < right)
        }
        return order.map { elements[$0] }
    }
}
