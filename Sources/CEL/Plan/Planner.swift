/// Turns a checked tree into plan nodes: constants folded, operators specialised by the types that the checker found.
struct Planner {
    let tree: CheckedTree
    let limits: Limits

    func node(_ id: NodeID) -> PlanNode {
        switch tree[id].kind {
        case .literal(let value): return ConstantNode(id, value)
        case .name: return reference(id, .value) ?? FailureNode(id, .undeclaredReference)
        case .select(let operand, let field, let mode):
            if let node = reference(id, mode) { return node }
            return folded(id, [node(operand)]) { SelectNode(id, $0[0], field, mode) }
        case .call(let function, let target, let arguments): return call(id, function, target, arguments)
        case .and(let operands): return LogicNode(id, operands.map(node), deciding: false)
        case .or(let operands): return LogicNode(id, operands.map(node), deciding: true)
        case .conditional(let condition, let then, let other):
            let test = node(condition)
            if case .bool(let flag)? = (test as? ConstantNode)?.constant { return node(flag ? then : other) }
            return ConditionalNode(id, test, node(then), node(other))
        case .list(let elements):
            return folded(id, elements.map { node($0.value) }) { parts in
                CollectionNode(id, parts) { values, budget throws(Failure) in
                    try Interpreter.list(values, elements, &budget)
                }
            }
        case .map(let entries):
            return folded(id, entries.flatMap { [node($0.key), node($0.value)] }) { parts in
                CollectionNode(id, parts) { values, budget throws(Failure) in
                    try Interpreter.map(values, entries, &budget)
                }
            }
        case .message: return FailureNode(id, .undeclaredReference)
        case .comprehension(let loop):
            return LoopNode(
                id, loop.kind, node(loop.range), first: tree.firstLocal[id] ?? 0, isPair: loop.second != nil,
                loop.filter.map(node), node(loop.body))
        case .bind(_, let value, let body):
            return BindNode(id, first: tree.firstLocal[id] ?? 0, [node(value)], node(body))
        case .block(let values, let body):
            return BindNode(id, first: tree.firstLocal[id] ?? 0, values.map(node), node(body))
        case .optionalMap(let target, _, let body, let isFlat):
            return OptionalMapNode(id, node(target), local: tree.firstLocal[id] ?? 0, node(body), isFlat: isFlat)
        }
    }

    private func reference(_ id: NodeID, _ mode: SelectMode) -> PlanNode? {
        switch tree.references[id] {
        case .none: return nil
        case .constant(let value): return ConstantNode(id, value)
        case .undeclared: return FailureNode(id, .undeclaredReference)
        case .local(let index): return LocalNode(id, index)
        case .anySlot(let slots): return PresenceNode(id, slots)
        case .slot(let slot):
            switch mode {
            case .value: return SlotNode(id, slot)
            case .presence: return PresenceNode(id, [slot])
            case .optional: return OptionalSlotNode(id, slot)
            }
        }
    }

    /// A node over its parts, or its value if all parts are constant and it has one.
    private func folded(_ id: NodeID, _ parts: [PlanNode], _ make: ([PlanNode]) -> PlanNode) -> PlanNode {
        let node = make(parts)
        guard parts.allSatisfy({ $0 is ConstantNode }) else { return node }
        var small = limits
        small.steps = min(limits.steps, 10_000)
        small.stringBytes = min(limits.stringBytes, 10_000)
        var context = PlanContext(
            Frame(layout: FrameLayout()).storage, limits: small, zones: tree.zones, localCount: 0)
        do throws(Failure) {
            return ConstantNode(id, try node.value(&context))
        } catch {
            // It fails when it is evaluated, if it is.
            return node
        }
    }

    private func call(_ id: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]) -> PlanNode {
        guard let call = tree.calls[id], let function = call.function, let implementation = function.implementation
        else { return FailureNode(id, .unboundFunction) }
        let operands = tree.arguments(of: call, target: target, arguments)
        guard function.takes(operands.count) else { return FailureNode(id, .noSuchOverload) }
        return folded(id, operands.map(node)) { parts in
            specialised(id, function.name, operands, parts) ?? CallNode(id, implementation, parts)
        }
    }

    private func isAll(_ operands: [NodeID], _ type: CELType) -> Bool {
        operands.allSatisfy { tree.types[$0] == type }
    }

    /// The node of a function that has one of its own for these types.
    private func specialised(
        _ id: NodeID, _ function: String, _ operands: [NodeID], _ parts: [PlanNode]
    ) -> PlanNode? {
        if function == Operators.not { return NotNode(id, parts[0]) }
        guard parts.count == 2 else { return nil }
        if let relation = Relation(function: function) {
            if isAll(operands, .int) { return IntRelationNode(id, relation, parts[0], parts[1]) }
            if isAll(operands, .double) { return DoubleRelationNode(id, relation, parts[0], parts[1]) }
            if isAll(operands, .string), relation == .equal || relation == .notEqual {
                return StringEqualityNode(id, isEqual: relation == .equal, parts[0], parts[1])
            }
        }
        if let operation = Arithmetic(function: function) {
            if isAll(operands, .int) { return IntArithmeticNode(id, operation, parts[0], parts[1]) }
            if isAll(operands, .double) { return DoubleArithmeticNode(id, operation, parts[0], parts[1]) }
        }
        if function == Operators.contained, let list = (parts[1] as? ConstantNode)?.constant,
            let members = ConstantSet(list)
        {
            switch (members, tree.types[operands[0]]) {
            case (.ints, .int), (.strings, .string): return ConstantSetNode(id, parts[0], members)
            default: break
            }
        }
        if isAll(operands, .string), let test = StringTestNode.Test(rawValue: function) {
            return StringTestNode(id, test, parts[0], parts[1])
        }
        if function == "matches", case .string(let pattern)? = (parts[1] as? ConstantNode)?.constant,
            let regex = try? Regex.compile(pattern, limits: limits)
        {
            return MatchNode(id, parts[0], regex)
        }
        return BinaryNode.operation(function).map { BinaryNode(id, parts[0], parts[1], $0) }
    }
}
