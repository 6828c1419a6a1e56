/// A syntax tree with the meaning of its names, its types and its functions.
struct CheckedTree: Sendable {
    /// What a name or a field selection stands for.
    enum Reference: Sendable {
        /// Nothing special: a selection from a value, or a node that is no name.
        case none
        /// An attribute of the frame.
        case slot(Int)
        /// Slots of a record whose presence is asked.
        case anySlot([Int])
        /// A variable of a macro.
        case local(Int)
        case constant(Value)
        /// A name that nothing declares.
        case undeclared
    }

    /// What a call runs.
    struct Call: Sendable {
        /// Nil when nothing of that name exists.
        let function: FunctionDeclaration?
        /// Whether the receiver is an argument; not so for `math.abs(x)`.
        let passesTarget: Bool
    }

    var syntax: SyntaxTree
    /// By node; `.dyn` everywhere in expressions that were not checked.
    var types: [CELType]
    var references: [Reference]
    var calls: [NodeID: Call]
    /// The first local of each macro that introduces variables.
    var firstLocal: [NodeID: Int]
    /// How many locals are alive at once, at most.
    var localCount: Int
    var reads: Set<AttributePath>
    let layout: FrameLayout
    let zones: (any TimeZoneSource)?

    subscript(id: NodeID) -> SyntaxNode { syntax.nodes[id] }

    func location(of id: NodeID) -> (line: Int, column: Int) {
        guard syntax.nodes.indices.contains(id) else { return (0, 0) }
        return syntax.source.location(of: syntax[id].position)
    }

    /// The arguments a call passes, receiver first.
    func arguments(of call: Call, target: NodeID?, _ arguments: [NodeID]) -> [NodeID] {
        guard let target, call.passesTarget else { return arguments }
        return [target] + arguments
    }

    /// A failure for the host, with its place in the text.
    func error(_ failure: Failure) -> EvaluationError {
        let id = Int(failure.node)
        guard syntax.nodes.indices.contains(id) else { return EvaluationError(code: failure.code) }
        let place = location(of: id)
        var message = failure.code.explanation
        switch failure.code {
        case .noSuchAttribute: if case .slot(let slot) = references[id] { message += " `\(layout.paths[slot])`" }
        case .undeclaredReference: if case .name(let name) = syntax[id].kind { message += " to `\(name)`" }
        case .noSuchOverload, .unboundFunction:
            if case .call(let function, _, _) = syntax[id].kind { message += " of `\(Operators.display(function))`" }
        case .noSuchField, .noSuchKey:
            if case .select(_, let field, _) = syntax[id].kind { message += " `\(field)`" }
        default: break
        }
        return EvaluationError(code: failure.code, message: message, line: place.line, column: place.column)
    }
}
