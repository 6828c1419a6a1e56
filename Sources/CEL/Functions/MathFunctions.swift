/// The `math.` functions.
enum MathFunctions {
    static func define(in library: inout FunctionLibrary) {
        for (name, wanted) in [("math.greatest", Ordering.greater), ("math.least", .less)] {
            library.add(
                FunctionDeclaration(
                    name: name, overloads: [], check: .extremum,
                    implementation: { budget, arguments throws(Failure) in
                        try extremum(arguments, wanted, &budget)
                    }, cost: .linear))
        }
        let rounding: [(String, @Sendable (Double) -> Double)] = [
            ("math.ceil", { $0.rounded(.up) }), ("math.floor", { $0.rounded(.down) }),
            ("math.round", { $0.rounded(.toNearestOrAwayFromZero) }), ("math.trunc", { $0.rounded(.towardZero) }),
        ]
        for (name, round) in rounding {
            library.define(name, [.global([.double], .double)]) { _, arguments throws(Failure) in
                .double(round(try double(arguments[0])))
            }
        }
        let tests: [(String, @Sendable (Double) -> Bool)] = [
            ("math.isNaN", { $0.isNaN }), ("math.isInf", { $0.isInfinite }), ("math.isFinite", { $0.isFinite }),
        ]
        for (name, test) in tests {
            library.define(name, [.global([.double], .bool)]) { _, arguments throws(Failure) in
                .bool(test(try double(arguments[0])))
            }
        }
        let numbers: [CELType] = [.int, .uint, .double]
        let unary = numbers.map { Overload.global([$0], $0) }
        library.define("math.abs", unary) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .int(let number):
                guard number != .min else { throw Failure(.overflow) }
                return .int(abs(number))
            case .uint: return arguments[0]
            case .double(let number): return .double(number.magnitude)
            default: throw Failure(.noSuchOverload)
            }
        }
        library.define("math.sign", unary) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .int(let number): return .int(number.signum())
            case .uint(let number): return .uint(number == 0 ? 0 : 1)
            case .double(let number):
                return .double(number.isNaN ? number : number > 0 ? 1 : number < 0 ? -1 : 0)
            default: throw Failure(.noSuchOverload)
            }
        }
        library.define("math.sqrt", numbers.map { .global([$0], .double) }) { _, arguments throws(Failure) in
            switch arguments[0] {
            case .int(let number): return .double(Double(number).squareRoot())
            case .uint(let number): return .double(Double(number).squareRoot())
            case .double(let number): return .double(number.squareRoot())
            default: throw Failure(.noSuchOverload)
            }
        }
        defineBits(in: &library)
    }

    private static func defineBits(in library: inout FunctionLibrary) {
        let binary: [Overload] = [.global([.int, .int], .int), .global([.uint, .uint], .uint)]
        let operations: [(String, @Sendable (UInt64, UInt64) -> UInt64)] = [
            ("math.bitAnd", { $0 & $1 }), ("math.bitOr", { $0 | $1 }), ("math.bitXor", { $0 ^ $1 }),
        ]
        for (name, operation) in operations {
            library.define(name, binary) { _, arguments throws(Failure) in
                switch (arguments[0], arguments[1]) {
                case (.int(let a), .int(let b)):
                    return .int(Int64(bitPattern: operation(UInt64(bitPattern: a), UInt64(bitPattern: b))))
                case (.uint(let a), .uint(let b)): return .uint(operation(a, b))
                default: throw Failure(.noSuchOverload)
                }
            }
        }
        library.define("math.bitNot", [.global([.int], .int), .global([.uint], .uint)]) {
            _, arguments throws(Failure) in
            switch arguments[0] {
            case .int(let number): return .int(~number)
            case .uint(let number): return .uint(~number)
            default: throw Failure(.noSuchOverload)
            }
        }
        let shifts: [(String, @Sendable (UInt64, UInt64) -> UInt64)] = [
            ("math.bitShiftLeft", { $0 << $1 }), ("math.bitShiftRight", { $0 >> $1 }),
        ]
        let shift: [Overload] = [.global([.int, .int], .int), .global([.uint, .int], .uint)]
        for (name, operation) in shifts {
            library.define(name, shift) { _, arguments throws(Failure) in
                guard case .int(let count) = arguments[1] else { throw Failure(.noSuchOverload) }
                guard count >= 0 else { throw Failure(.outOfRange) }
                // Shifts by 64 and more give zero, and so does Swift's `<<` and `>>` on unsigned numbers.
                switch arguments[0] {
                case .int(let number):
                    return .int(Int64(bitPattern: operation(UInt64(bitPattern: number), UInt64(count))))
                case .uint(let number): return .uint(operation(number, UInt64(count)))
                default: throw Failure(.noSuchOverload)
                }
            }
        }
    }

    private static func double(_ value: Value) throws(Failure) -> Double {
        guard case .double(let number) = value else { throw Failure(.noSuchOverload) }
        return number
    }

    private static func extremum(
        _ arguments: [Value], _ wanted: Ordering, _ budget: inout Budget
    ) throws(Failure) -> Value {
        var numbers = arguments
        if numbers.count == 1, case .list(let elements) = numbers[0] { numbers = elements }
        guard var best = numbers.first else { throw Failure(.invalidValue) }
        try budget.charge(numbers.count >> 2)
        for number in numbers {
            switch number {
            case .int, .uint, .double: break
            default: throw Failure(.noSuchOverload)
            }
            if try Value.order(number, best) == wanted { best = number }
        }
        return best
    }
}
