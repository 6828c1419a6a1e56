/// What a running plan may touch.
struct PlanContext {
    let frame: Frame.Storage
    var budget: Budget
    /// Variables of macros; a failure is thrown when its variable is read. Empty until a macro runs.
    private var locals: ContiguousArray<Result<Value, Failure>> = []
    private let localCount: Int

    init(_ frame: Frame.Storage, limits: Limits, zones: (any TimeZoneSource)?, localCount: Int) {
        self.frame = frame
        budget = Budget(limits: limits, zones: zones)
        self.localCount = localCount
    }

    /// Must be called before locals are set.
    mutating func prepareLocals() {
        if locals.isEmpty { locals = .init(repeating: .success(.null), count: localCount) }
    }

    mutating func setLocal(_ index: Int, _ result: Result<Value, Failure>) { locals[index] = result }

    func local(_ index: Int) throws(Failure) -> Value { try locals[index].get() }
}

/// A node of a plan: computes its value without looking at the syntax tree.
///
/// Nodes have an entry for each type that hot paths use; so `event.seconds >= 30` compares two machine integers and no
/// ``Value`` is made. Subclasses override the entries they do better than by way of ``value(_:)``. Nodes never change
/// after planning.
class PlanNode: @unchecked Sendable {
    /// The syntax node that failures are blamed on.
    let id: Int32

    init(_ id: NodeID) { self.id = Int32(truncatingIfNeeded: id) }

    func value(_ context: inout PlanContext) throws(Failure) -> Value { throw Failure(.noSuchOverload, node: Int(id)) }

    func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        guard case .bool(let flag) = try value(&context) else { throw fail(.noSuchOverload) }
        return flag
    }

    func int(_ context: inout PlanContext) throws(Failure) -> Int64 {
        guard case .int(let number) = try value(&context) else { throw fail(.noSuchOverload) }
        return number
    }

    func double(_ context: inout PlanContext) throws(Failure) -> Double {
        guard case .double(let number) = try value(&context) else { throw fail(.noSuchOverload) }
        return number
    }

    func string(_ context: inout PlanContext) throws(Failure) -> String {
        guard case .string(let text) = try value(&context) else { throw fail(.noSuchOverload) }
        return text
    }

    /// Charges a long string that is about to be compared.
    @inline(never)
    final func charge(_ text: String, _ context: inout PlanContext) throws(Failure) {
        do throws(Failure) {
            try context.budget.chargeRead(text)
        } catch {
            throw error.at(id)
        }
    }

    @inline(never)
    final func fail(_ code: EvaluationError.Code) -> Failure { Failure(code, node: Int(id)) }
}

/// A literal, or what constant parts of the expression came to.
final class ConstantNode: PlanNode, @unchecked Sendable {
    let constant: Value

    init(_ id: NodeID, _ constant: Value) {
        self.constant = constant
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { constant }
}

/// A part that always fails.
final class FailureNode: PlanNode, @unchecked Sendable {
    private let code: EvaluationError.Code

    init(_ id: NodeID, _ code: EvaluationError.Code) {
        self.code = code
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { throw fail(code) }
}

/// An attribute of the frame.
final class SlotNode: PlanNode, @unchecked Sendable {
    let slot: Int

    init(_ id: NodeID, _ slot: Int) {
        self.slot = slot
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        guard let value = context.frame.value(slot) else { throw fail(.noSuchAttribute) }
        return value
    }

    /// The failure of a slot that does not hold the wanted kind.
    private func mismatch(_ context: PlanContext) -> Failure {
        fail(context.frame.cells[slot].tag == Frame.Tag.unset ? .noSuchAttribute : .noSuchOverload)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        let cell = context.frame.cells + slot
        guard cell.pointee.tag == Frame.Tag.bool else { throw mismatch(context) }
        return cell.pointee.word != 0
    }

    override func int(_ context: inout PlanContext) throws(Failure) -> Int64 {
        let cell = context.frame.cells + slot
        guard cell.pointee.tag == Frame.Tag.int else { throw mismatch(context) }
        return Int64(bitPattern: cell.pointee.word)
    }

    override func double(_ context: inout PlanContext) throws(Failure) -> Double {
        let cell = context.frame.cells + slot
        guard cell.pointee.tag == Frame.Tag.double else { throw mismatch(context) }
        return Double(bitPattern: cell.pointee.word)
    }

    override func string(_ context: inout PlanContext) throws(Failure) -> String {
        let cell = context.frame.cells + slot
        guard cell.pointee.tag == Frame.Tag.string else { throw mismatch(context) }
        return cell.pointee.text
    }
}

/// Whether any of some slots is set.
final class PresenceNode: PlanNode, @unchecked Sendable {
    let slots: [Int]

    init(_ id: NodeID, _ slots: [Int]) {
        self.slots = slots
        super.init(id)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        for slot in slots where context.frame.cells[slot].tag != Frame.Tag.unset { return true }
        return false
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { .bool(try bool(&context)) }
}

/// An attribute as an optional: `event.?share`.
final class OptionalSlotNode: PlanNode, @unchecked Sendable {
    private let slot: Int

    init(_ id: NodeID, _ slot: Int) {
        self.slot = slot
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        let value = context.frame.value(slot)
        if let value, case .optional = value { return value }
        return .optional(value)
    }
}

/// A variable of a macro.
final class LocalNode: PlanNode, @unchecked Sendable {
    private let index: Int

    init(_ id: NodeID, _ index: Int) {
        self.index = index
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value { try context.local(index) }
}
