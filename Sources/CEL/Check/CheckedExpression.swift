/// An expression whose names and types are known, ready to be planned in three ways:
/// ``plan(limits:)`` for values, ``planPartial(limits:)`` where facts may be missing, ``planProof(limits:)`` for reasons.
public struct CheckedExpression: Sendable {
    /// The type of its value; `.dyn` for expressions that were only parsed.
    public var type: CELType { tree.types[tree.syntax.root] }

    /// The attributes it may read, whether or not an evaluation gets that far.
    public var reads: Set<AttributePath> { tree.reads }

    /// What an evaluation costs at least and at most, in steps.
    public let cost: CostEstimate

    /// The expression as it was written.
    public var source: String { String(decoding: tree.syntax.source.bytes, as: UTF8.self) }

    let tree: CheckedTree
    let limits: Limits

    init(_ syntax: SyntaxTree, _ environment: Environment, isStrict: Bool) throws(Problems) {
        var checker = Checker(syntax, environment, isStrict: isStrict)
        checker.run()
        guard checker.problems.isEmpty else { throw Problems(checker.problems) }
        tree = checker.tree
        limits = environment.limits
        cost = CostEstimator.estimate(tree, limits)
        guard cost.max <= limits.estimatedCost else {
            let message = "the expression may take \(cost.max) steps; the limit is \(limits.estimatedCost)"
            throw Problems([Problem(line: 1, column: 1, message: message)])
        }
    }

    /// The expression in the canonical style: one space around operators, only the parentheses that are needed.
    ///
    /// Parsing this text and writing it again gives the same text.
    public func unparsed() -> String { Unparser.text(of: tree.syntax) }

    /// The operands of the outermost `&&` as they are written, or the whole expression where there is none. The expression
    /// is true where all of them are.
    public var conjuncts: [String] {
        guard case .and(let operands) = tree.syntax[tree.syntax.root].kind else { return [source] }
        return operands.map { tree.syntax.text(of: $0) }
    }
}
