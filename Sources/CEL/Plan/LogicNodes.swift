/// `&&` (deciding operand: false) and `||` (deciding operand: true).
///
/// A failure counts only if no operand decides.
final class LogicNode: PlanNode, @unchecked Sendable {
    private let operands: [PlanNode]
    private let deciding: Bool

    init(_ id: NodeID, _ operands: [PlanNode], deciding: Bool) {
        self.operands = operands
        self.deciding = deciding
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        var first: Failure?
        for operand in operands {
            do throws(Failure) {
                if try operand.bool(&context) == deciding { return deciding }
            } catch {
                if error.code.isFatal { throw error }
                if first == nil { first = error }
            }
        }
        if let first { throw first }
        return !deciding
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// `!a`
final class NotNode: PlanNode, @unchecked Sendable {
    private let operand: PlanNode

    init(_ id: NodeID, _ operand: PlanNode) {
        self.operand = operand
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool { try !operand.bool(&context) }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// `a ? b : c`
final class ConditionalNode: PlanNode, @unchecked Sendable {
    private let condition: PlanNode
    private let then: PlanNode
    private let other: PlanNode

    init(_ id: NodeID, _ condition: PlanNode, _ then: PlanNode, _ other: PlanNode) {
        self.condition = condition
        self.then = then
        self.other = other
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        try condition.bool(&context) ? try then.value(&context) : try other.value(&context)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        try condition.bool(&context) ? try then.bool(&context) : try other.bool(&context)
    }

    override func int(_ context: inout PlanContext) throws(Failure) -> Int64 {
        try condition.bool(&context) ? try then.int(&context) : try other.int(&context)
    }

    override func double(_ context: inout PlanContext) throws(Failure) -> Double {
        try condition.bool(&context) ? try then.double(&context) : try other.double(&context)
    }
}

/// How two operands are compared.
enum Relation: Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    init?(function: String) {
        switch function {
        case Operators.equals: self = .equal
        case Operators.notEquals: self = .notEqual
        case Operators.less: self = .less
        case Operators.lessOrEqual: self = .lessOrEqual
        case Operators.greater: self = .greater
        case Operators.greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
    }

    /// The relation that holds between the operands the other way round.
    var mirrored: Relation {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    @inline(__always)
    func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

/// A comparison of two ints.
final class IntRelationNode: PlanNode, @unchecked Sendable {
    private let relation: Relation
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, _ relation: Relation, _ left: PlanNode, _ right: PlanNode) {
        self.relation = relation
        self.left = left
        self.right = right
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let first = try left.int(&context)
        return relation.holds(first, try right.int(&context))
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// A comparison of two doubles.
final class DoubleRelationNode: PlanNode, @unchecked Sendable {
    private let relation: Relation
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, _ relation: Relation, _ left: PlanNode, _ right: PlanNode) {
        self.relation = relation
        self.left = left
        self.right = right
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let first = try left.double(&context)
        return relation.holds(first, try right.double(&context))
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// Equality of two strings, by their bytes.
final class StringEqualityNode: PlanNode, @unchecked Sendable {
    private let isEqual: Bool
    private let left: PlanNode
    private let right: PlanNode

    init(_ id: NodeID, isEqual: Bool, _ left: PlanNode, _ right: PlanNode) {
        self.isEqual = isEqual
        self.left = left
        self.right = right
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let first = try left.string(&context)
        let second = try right.string(&context)
        if first.utf8.count > 64 { try charge(first, &context) }
        return first.hasSameBytes(as: second) == isEqual
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// Membership of a value in constants of one kind: ints, or strings.
final class ConstantSetNode: PlanNode, @unchecked Sendable {
    private let operand: PlanNode
    let members: ConstantSet

    init(_ id: NodeID, _ operand: PlanNode, _ members: ConstantSet) {
        self.operand = operand
        self.members = members
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        switch members {
        case .ints(let set): return set.contains(try operand.int(&context))
        case .strings(let set):
            let text = try operand.string(&context)
            if text.utf8.count > 64 { try charge(text, &context) }
            return set.contains(ByteString(text))
        }
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// The constants of an `in`.
enum ConstantSet: Sendable {
    case ints(Set<Int64>)
    case strings(Set<ByteString>)

    /// The set of a constant list, nil unless all its elements are ints or all are strings.
    init?(_ list: Value) {
        guard case .list(let elements) = list, let first = elements.first else { return nil }
        switch first {
        case .int:
            var set = Set<Int64>()
            for element in elements {
                guard case .int(let number) = element else { return nil }
                set.insert(number)
            }
            self = .ints(set)
        case .string:
            var set = Set<ByteString>()
            for element in elements {
                guard case .string(let text) = element else { return nil }
                set.insert(ByteString(text))
            }
            self = .strings(set)
        default: return nil
        }
    }
}
