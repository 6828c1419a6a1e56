/// A call of a library function.
final class CallNode: PlanNode, @unchecked Sendable {
    private let function: FunctionDeclaration.Implementation
    private let arguments: [PlanNode]

    init(_ id: NodeID, _ function: @escaping FunctionDeclaration.Implementation, _ arguments: [PlanNode]) {
        self.function = function
        self.arguments = arguments
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        var values: [Value] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try argument.value(&context)) }
        do throws(Failure) {
            for value in values { try context.budget.chargeRead(value) }
            return try function(&context.budget, values)
        } catch {
            throw error.at(id)
        }
    }
}

/// An operator of two operands whose types are not known.
final class BinaryNode: PlanNode, @unchecked Sendable {
    typealias Operation = @Sendable (Value, Value, inout Budget) throws(Failure) -> Value

    private let operation: Operation
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, _ left: PlanNode, _ right: PlanNode, _ operation: @escaping Operation) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        let first = try left.value(&context)
        let second = try right.value(&context)
        do throws(Failure) {
            try context.budget.chargeRead(first)
            try context.budget.chargeRead(second)
            return try operation(first, second, &context.budget)
        } catch {
            throw error.at(id)
        }
    }

    /// The operation of an operator's function, nil for those that have better nodes or none.
    static func operation(_ function: String) -> Operation? {
        switch function {
        case Operators.add:
            return { left, right, budget throws(Failure) in try OperatorFunctions.add(left, right, &budget) }
        case Operators.subtract:
            return { left, right, _ throws(Failure) in try OperatorFunctions.subtract(left, right) }
        case Operators.multiply:
            return { left, right, _ throws(Failure) in try OperatorFunctions.multiply(left, right) }
        case Operators.divide:
            return { left, right, _ throws(Failure) in try OperatorFunctions.divide(left, right) }
        case Operators.modulo:
            return { left, right, _ throws(Failure) in try OperatorFunctions.modulo(left, right) }
        case Operators.index:
            return { left, right, _ throws(Failure) in try OperatorFunctions.index(left, right) }
        case Operators.contained:
            return { left, right, budget throws(Failure) in
                .bool(try OperatorFunctions.contains(right, left, &budget))
            }
        case Operators.equals:
            return { left, right, budget throws(Failure) in .bool(try Value.areEqual(left, right, &budget)) }
        case Operators.notEquals:
            return { left, right, budget throws(Failure) in .bool(try !Value.areEqual(left, right, &budget)) }
        default: return nil
        }
    }
}

/// Arithmetic on two ints.
final class IntArithmeticNode: PlanNode, @unchecked Sendable {
    private let operation: Arithmetic
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, _ operation: Arithmetic, _ left: PlanNode, _ right: PlanNode) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(id)
    }

    override func int(_ context: inout PlanContext) throws(Failure) -> Int64 {
        let first = try left.int(&context)
        let second = try right.int(&context)
        let result: (partialValue: Int64, overflow: Bool)
        switch operation {
        case .add: result = first.addingReportingOverflow(second)
        case .subtract: result = first.subtractingReportingOverflow(second)
        case .multiply: result = first.multipliedReportingOverflow(by: second)
        case .divide:
            guard second != 0 else { throw fail(.divisionByZero) }
            result = first.dividedReportingOverflow(by: second)
        case .modulo:
            guard second != 0 else { throw fail(.divisionByZero) }
            result = first.remainderReportingOverflow(dividingBy: second)
        }
        guard !result.overflow else { throw fail(.overflow) }
        return result.partialValue
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .int(try int(&context)) }
}

/// Arithmetic on two doubles.
final class DoubleArithmeticNode: PlanNode, @unchecked Sendable {
    private let operation: Arithmetic
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, _ operation: Arithmetic, _ left: PlanNode, _ right: PlanNode) {
        self.operation = operation
        self.left = left
        self.right = right
        super.init(id)
    }

    override func double(_ context: inout PlanContext) throws(Failure) -> Double {
        let first = try left.double(&context)
        let second = try right.double(&context)
        return switch operation {
        case .add: first + second
        case .subtract: first - second
        case .multiply: first * second
        case .divide: first / second
        case .modulo: throw fail(.noSuchOverload)
        }
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .double(try double(&context)) }
}

/// The arithmetic operators.
enum Arithmetic: Sendable {
    case add, subtract, multiply, divide, modulo

    init?(function: String) {
        switch function {
        case Operators.add: self = .add
        case Operators.subtract: self = .subtract
        case Operators.multiply: self = .multiply
        case Operators.divide: self = .divide
        case Operators.modulo: self = .modulo
        default: return nil
        }
    }
}

/// `startsWith`, `endsWith`, `contains`: a test of one string by another.
final class StringTestNode: PlanNode, @unchecked Sendable {
    enum Test: String, Sendable { case startsWith, endsWith, contains }

    private let test: Test
    private let text: PlanNode
    private let part: PlanNode

    init(_ id: NodeID, _ test: Test, _ text: PlanNode, _ part: PlanNode) {
        self.test = test
        self.text = text
        self.part = part
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let text = try text.string(&context)
        let part = try part.string(&context)
        do throws(Failure) {
            try context.budget.chargeRead(text)
            try context.budget.chargeRead(part)
        } catch {
            throw error.at(id)
        }
        switch test {
        case .startsWith: return text.utf8.starts(with: part.utf8)
        case .endsWith: return BasicFunctions.endsWith(text, part)
        case .contains:
            return BasicFunctions.contains(text, part)
        }
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// `text.matches('…')` with a constant pattern, compiled once.
final class MatchNode: PlanNode, @unchecked Sendable {
    private let text: PlanNode
    private let regex: Regex

    init(_ id: NodeID, _ text: PlanNode, _ regex: Regex) {
        self.text = text
        self.regex = regex
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let text = try text.string(&context)
        do throws(Failure) {
            return try regex.matches(text, &context.budget)
        } catch {
            throw error.at(id)
        }
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// A field of a value: `a.b`, `has(a.b)`, `a.?b`.
final class SelectNode: PlanNode, @unchecked Sendable {
    private let operand: PlanNode
    private let field: String
    private let mode: SelectMode

    init(_ id: NodeID, _ operand: PlanNode, _ field: String, _ mode: SelectMode) {
        self.operand = operand
        self.field = field
        self.mode = mode
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        let value = try operand.value(&context)
        do throws(Failure) {
            switch mode {
            case .value: return try OperatorFunctions.select(value, field)
            case .presence: return .bool(try OperatorFunctions.has(value, field))
            case .optional: return try OperatorFunctions.optionalSelect(value, field)
            }
        } catch {
            throw error.at(id)
        }
    }
}

/// A list or map literal, from the values of its parts.
final class CollectionNode: PlanNode, @unchecked Sendable {
    typealias Build = @Sendable ([Value], inout Budget) throws(Failure) -> Value

    private let parts: [PlanNode]
    private let build: Build

    init(_ id: NodeID, _ parts: [PlanNode], _ build: @escaping Build) {
        self.parts = parts
        self.build = build
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        var values: [Value] = []
        values.reserveCapacity(parts.count)
        for part in parts { values.append(try part.value(&context)) }
        do throws(Failure) {
            return try build(values, &context.budget)
        } catch {
            throw error.at(id)
        }
    }
}
