/// A plan for values: the fastest way to run an expression on many frames.
///
/// Immutable; any number of threads may use one program at once.
public struct Program: Sendable {
    let tree: CheckedTree
    let limits: Limits

    /// Evaluates the expression on a frame of its environment's layout.
    public func evaluate(_ frame: Frame) throws(EvaluationError) -> Value {
        var interpreter = Interpreter(tree, frame, limits)
        return try tree.result(interpreter.run(), limits).get()
    }

    public func evaluateBool(_ frame: Frame) throws(EvaluationError) -> Bool {
        guard case .bool(let b) = try evaluate(frame) else { throw EvaluationError(code: .notABoolean) }
        return b
    }
}

extension CheckedExpression {
    public func plan(limits: Limits? = nil) -> Program { Program(tree: tree, limits: limits ?? self.limits) }
}
