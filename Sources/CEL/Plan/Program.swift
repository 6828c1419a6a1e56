/// A plan for values: the fastest way to run an expression on many frames.
///
/// Immutable; any number of threads may use one program at once.
///
/// ```swift
/// let program = try environment.check("event.share >= 0.7").plan()
/// var frame = Frame(layout: environment.layout)
/// frame.set(share, double: 0.9)
/// let holds = try program.evaluateBool(frame)
/// ```
public struct Program: Sendable {
    private let plan: ValuePlan

    init(_ tree: CheckedTree, _ limits: Limits) { plan = ValuePlan(tree, limits) }

    /// The value of the expression.
    /// - Parameter frame: a frame of the environment's layout, or of one that was extended from it.
    /// - Throws: why there is no value, with the place in the expression.
    public func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        do throws(Failure) {
            return try plan.value(frame)
        } catch {
            throw plan.tree.error(error)
        }
    }

    /// The truth value of the expression: a comparison of slots with constants takes a few nanoseconds.
    /// - Throws: as ``evaluate(_:)``, and `notABoolean` when the value is of another type.
    public func evaluateBool(_ frame: Frame) throws(EvaluationError) -> Bool {
        do throws(Failure) {
            return try plan.bool(frame)
        } catch {
            throw plan.tree.error(error)
        }
    }

    /// As ``evaluateBool(_:)``, with the bare code of a failure: for hosts that run many rules on incomplete facts and
    /// need the reason only of some.
    public func truth(_ frame: Frame) -> Result<Bool, EvaluationError.Code> {
        do throws(Failure) {
            return .success(try plan.bool(frame))
        } catch {
            return .failure(error.code)
        }
    }
}

extension EvaluationError.Code: Error {}

extension CheckedExpression {
    /// Plans evaluations for values.
    /// - Parameter limits: limits on each evaluation; those of the environment if nil.
    /// - Complexity: linear in the expression; do it once.
    public func plan(limits: Limits? = nil) -> Program { Program(tree, limits ?? self.limits) }
}

/// The nodes of a program.
final class ValuePlan: Sendable {
    let tree: CheckedTree
    private let limits: Limits
    private let root: PlanNode
    private let decision: DecisionPlan?
    private let hasDecision: Bool
    private let usesNodes: Bool
    private let slotCount: Int

    init(_ tree: CheckedTree, _ limits: Limits) {
        let planner = Planner(tree: tree, limits: limits)
        self.tree = tree
        self.limits = limits
        root = planner.node(tree.syntax.root)
        let decision = DecisionPlan(tree, planner)
        self.decision = decision
        hasDecision = decision != nil
        usesNodes = decision?.usesNodes ?? false
        slotCount = tree.layout.count
    }

    deinit { decision?.deallocate() }

    @inline(__always)
    private func check(_ frame: Frame) throws(Failure) {
        guard frame.storage.count >= slotCount else { throw Failure(.wrongFrame) }
    }

    func bool(_ frame: Frame) throws(Failure) -> Bool {
        try check(frame)
        if let result = decide(frame) { return result }
        return try boolFromNodes(frame)
    }

    @inline(__always)
    private func decide(_ frame: Frame) -> Bool? {
        guard hasDecision else { return nil }
        if usesNodes { return decideWithNodes(frame) }
        return decision?.run(frame.storage.cells) { _ in nil }
    }

    @inline(never)
    private func decideWithNodes(_ frame: Frame) -> Bool? {
        guard let decision else { return nil }
        var context = makeContext(frame)
        return decision.run(frame.storage.cells) { node in decision.evaluate(node, &context) }
    }

    private func makeContext(_ frame: Frame) -> PlanContext {
        PlanContext(frame.storage, limits: limits, zones: tree.zones, localCount: tree.localCount)
    }

    private func boolFromNodes(_ frame: Frame) throws(Failure) -> Bool {
        var context = makeContext(frame)
        if tree.types[tree.syntax.root] == .bool { return try root.bool(&context) }
        guard case .bool(let flag) = try root.value(&context) else { throw Failure(.notABoolean) }
        return flag
    }

    func value(_ frame: Frame) throws(Failure) -> Value {
        try check(frame)
        if let result = decide(frame) { return .bool(result) }
        var context = makeContext(frame)
        let value = try root.value(&context)
        var elements = limits.resultElements
        var bytes = Int.max
        guard value.fits(&elements, &bytes) else { throw Failure(.resultTooLarge) }
        return value
    }
}
