/// A plan that gives a value together with its ``Proof``.
public struct ProofProgram: Sendable {
    let tree: CheckedTree
    let limits: Limits

    /// Evaluates on a frame and records why.
    ///
    /// - Parameters:
    ///   - frame: a frame of the environment's layout.
    ///   - redact: whether a slot's value must not appear. Nothing that derives from such a slot carries a value then,
    ///     except truth values; how often a comprehension over it turned is not shown.
    /// - Returns: the value or the error, which are not redacted, and the proof.
    public func evaluate(
        _ frame: Frame, redact: (_ slot: Int) -> Bool = { _ in false }
    ) -> (Result<Value, EvaluationError>, Proof) {
        withoutActuallyEscaping(redact) { redact in
            var interpreter = Interpreter(
                tree, frame, limits, recorder: ProofRecorder(localCount: tree.localCount, isRedacted: redact))
            let outcome = interpreter.run()
            let root = tree.syntax.root
            let proof =
                interpreter.recorder?.result
                ?? Proof(
                    text: tree.syntax.text(of: root), range: tree[root].range, result: Proof.Result(outcome, false),
                    children: [])
            return (tree.result(outcome, limits), proof)
        }
    }
}

extension CheckedExpression {
    /// Plans an evaluation that records its reasons: a hundred times slower than ``plan(limits:)``, with the same values.
    public func planProof(limits: Limits? = nil) -> ProofProgram {
        ProofProgram(tree: tree, limits: limits ?? self.limits)
    }
}

extension CheckedTree {
    /// The outcome as the host sees it.
    func result(_ outcome: Outcome, _ limits: Limits) -> Result<Value, EvaluationError> {
        switch outcome {
        case .value(let value):
            var elements = limits.resultElements
            var bytes = Int.max
            guard value.fits(&elements, &bytes) else { return .failure(error(Failure(.resultTooLarge))) }
            return .success(value)
        case .failure(let failure): return .failure(error(failure))
        case .unknown: return .failure(error(Failure(.noSuchAttribute)))
        }
    }
}
