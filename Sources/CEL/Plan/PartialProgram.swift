/// What an expression comes to when some facts are not known.
public enum PartialResult: Sendable, Hashable {
    /// The value whatever the missing facts are.
    case value(Value)
    /// The error whatever the missing facts are.
    case failure(EvaluationError)
    /// It depends on missing facts.
    case unknown(Unknown)

    public struct Unknown: Sendable, Hashable {
        /// The missing attributes that the evaluation asked for and that still matter.
        public let attributes: Set<AttributePath>
        /// The same attributes as slots.
        public let slots: Set<Int>
        /// What is left of the expression once the known facts are put in, if it was asked for: evaluated where the
        /// missing facts are known, it gives the value.
        public let residual: String?
    }
}

/// A plan for frames of which some slots are not known.
///
/// `&&`, `||`, `? :`, `all` and `exists` absorb what is unknown as they absorb errors: `false && unknown` is false.
public struct PartialProgram: Sendable {
    let tree: CheckedTree
    let limits: Limits

    /// Evaluates as far as the known facts reach.
    ///
    /// - Parameters:
    ///   - frame: the known facts; what it holds in unknown slots does not matter.
    ///   - unknown: the slots whose values are not known. A slot that is neither here nor set is known to be absent.
    ///   - wantsResidual: whether an unknown result carries the residual expression.
    public func evaluate(_ frame: Frame, unknown: Set<Int>, wantsResidual: Bool = false) -> PartialResult {
        var interpreter = Interpreter(tree, frame, limits, unknown: unknown)
        if wantsResidual { interpreter.outcomes = [:] }
        let outcome = interpreter.run()
        guard case .unknown(let slots) = outcome else {
            switch tree.result(outcome, limits) {
            case .success(let value): return .value(value)
            case .failure(let error): return .failure(error)
            }
        }
        var residual: String?
        if let outcomes = interpreter.outcomes {
            var builder = ResidualBuilder(tree, outcomes, frame, unknown)
            residual = builder.text()
        }
        return .unknown(
            PartialResult.Unknown(
                attributes: Set(slots.map { tree.layout.paths[$0] }), slots: slots, residual: residual))
    }
}

extension CheckedExpression {
    /// Plans evaluations on frames with missing facts.
    public func planPartial(limits: Limits? = nil) -> PartialProgram {
        PartialProgram(tree: tree, limits: limits ?? self.limits)
    }
}

/// Builds the expression that is left after the known facts are put in.
struct ResidualBuilder {
    private static let literalElements = 200
    private static let literalBytes = 4000

    private let tree: CheckedTree
    private let outcomes: [NodeID: Outcome]
    private let frame: Frame
    private let unknown: Set<Int>
    private var output: SyntaxTree

    init(_ tree: CheckedTree, _ outcomes: [NodeID: Outcome], _ frame: Frame, _ unknown: Set<Int>) {
        self.tree = tree
        self.outcomes = outcomes
        self.frame = frame
        self.unknown = unknown
        output = SyntaxTree(source: tree.syntax.source)
    }

    mutating func text() -> String {
        output.root = reduce(tree.syntax.root)
        return Unparser.text(of: output)
    }

    private mutating func add(_ kind: SyntaxNode.Kind, _ id: NodeID) -> NodeID {
        var node = tree[id]
        node.kind = kind
        output.nodes.append(node)
        return output.nodes.count - 1
    }

    /// The value of a node if it is known and short enough to write down.
    private func known(_ id: NodeID) -> Value? {
        if case .value(let value)? = outcomes[id] { return short(value) }
        guard case .slot(let slot) = tree.references[id], !unknown.contains(slot) else { return nil }
        let value = slot < frame.count ? frame[slot] : nil
        guard case .select(_, _, let mode) = tree[id].kind, mode != .value else { return value.flatMap(short) }
        return mode == .presence ? .bool(value != nil) : nil
    }

    private func short(_ value: Value) -> Value? {
        var elements = Self.literalElements
        var bytes = Self.literalBytes
        return value.fits(&elements, &bytes) ? value : nil
    }

    private mutating func reduce(_ id: NodeID) -> NodeID {
        if let value = known(id) { return add(.literal(value), id) }
        switch tree[id].kind {
        case .literal, .name: return add(tree[id].kind, id)
        case .select(let operand, let field, let mode):
            // The parts of an attribute's path are no expressions of their own.
            if case .none = tree.references[id] { return add(.select(reduce(operand), field: field, mode), id) }
            return copyPath(id)
        case .call(let function, let target, let arguments):
            let isReceiver = tree.calls[id]?.passesTarget ?? true
            let newTarget = target.map { isReceiver ? reduce($0) : copyPath($0) }
            return add(.call(function, target: newTarget, arguments.map { reduce($0) }), id)
        case .and(let operands): return chain(id, operands, neutral: true) { .and($0) }
        case .or(let operands): return chain(id, operands, neutral: false) { .or($0) }
        case .conditional(let condition, let then, let other):
            if case .bool(let flag)? = known(condition) { return reduce(flag ? then : other) }
            return add(.conditional(reduce(condition), then: reduce(then), else: reduce(other)), id)
        case .list(let elements):
            let reduced = elements.map { ListElement(value: reduce($0.value), isOptional: $0.isOptional) }
            return add(.list(reduced), id)
        case .map(let entries):
            let reduced = entries.map {
                MapEntry(key: reduce($0.key), value: reduce($0.value), isOptional: $0.isOptional)
            }
            return add(.map(reduced), id)
        case .message(let name, let fields):
            let reduced = fields.map {
                MessageField(name: $0.name, value: reduce($0.value), isOptional: $0.isOptional)
            }
            return add(.message(name, reduced), id)
        case .comprehension(var loop):
            loop.range = reduce(loop.range)
            loop.filter = loop.filter.map { reduce($0) }
            loop.body = reduce(loop.body)
            return add(.comprehension(loop), id)
        case .bind(let name, let value, let body):
            let value = reduce(value)
            return add(.bind(name, value: value, body: reduce(body)), id)
        case .block(let values, let body):
            let values = values.map { reduce($0) }
            return add(.block(values, body: reduce(body)), id)
        case .optionalMap(let target, let variable, let body, let isFlat):
            let target = reduce(target)
            return add(.optionalMap(target, variable: variable, body: reduce(body), isFlat: isFlat), id)
        }
    }

    /// A chain without the operands that are known not to decide it.
    private mutating func chain(
        _ id: NodeID, _ operands: [NodeID], neutral: Bool, _ make: ([NodeID]) -> SyntaxNode.Kind
    ) -> NodeID {
        let open = operands.filter { known($0) != .bool(neutral) }
        var kept = open.map { reduce($0) }
        if open.count == 1 {
            if tree.types[open[0]] == .bool { return kept[0] }
            // The chain is what makes another value than a truth value an error.
            kept.insert(add(.literal(.bool(neutral)), id), at: 0)
        }
        return add(kept.isEmpty ? .literal(.bool(neutral)) : make(kept), id)
    }

    private mutating func copyPath(_ id: NodeID) -> NodeID {
        guard case .select(let operand, let field, let mode) = tree[id].kind else { return add(tree[id].kind, id) }
        return add(.select(copyPath(operand), field: field, mode), id)
    }
}
