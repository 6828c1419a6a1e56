/// Evaluates a checked tree node by node: the reference for what expressions mean, with missing facts and with reasons.
///
/// ``Program`` computes the same values faster; the tests hold the two against each other.
struct Interpreter {
    let tree: CheckedTree
    let frame: Frame.Storage
    /// Slots whose values are not known.
    let unknown: Set<Int>
    var budget: Budget
    private var locals: [Outcome]
    /// What is recorded for a proof, if it is.
    var recorder: ProofRecorder?
    /// Outcomes by node outside of comprehensions, kept for residual expressions.
    var outcomes: [NodeID: Outcome]?
    private var loopDepth = 0

    init(
        _ tree: CheckedTree, _ frame: Frame, _ limits: Limits, unknown: Set<Int> = [], recorder: ProofRecorder? = nil
    ) {
        self.tree = tree
        self.frame = frame.storage
        self.unknown = unknown
        self.recorder = recorder
        budget = Budget(limits: limits, zones: tree.zones)
        locals = Array(repeating: .failure(Failure(.undeclaredReference)), count: tree.localCount)
    }

    mutating func run() -> Outcome {
        guard frame.count >= tree.layout.count else { return .failure(Failure(.wrongFrame)) }
        return evaluate(tree.syntax.root)
    }

    mutating func evaluate(_ id: NodeID) -> Outcome {
        recorder?.enter()
        var outcome = self.outcome(of: id, tree[id].kind)
        if case .failure(let failure) = outcome { outcome = .failure(failure.at(Int32(truncatingIfNeeded: id))) }
        if recorder != nil {
            let tree = tree
            recorder?.leave(id, outcome, tree)
        }
        if loopDepth == 0 { outcomes?[id] = outcome }
        return outcome
    }

    private mutating func outcome(of id: NodeID, _ kind: SyntaxNode.Kind) -> Outcome {
        switch kind {
        case .literal(let value): return .value(value)
        case .name: return reference(id) ?? .failure(Failure(.undeclaredReference))
        case .select(let operand, let field, let mode):
            if let outcome = reference(id, mode) { return outcome }
            return strict([operand]) { _, values throws(Failure) in
                switch mode {
                case .value: try OperatorFunctions.select(values[0], field)
                case .presence: .bool(try OperatorFunctions.has(values[0], field))
                case .optional: try OperatorFunctions.optionalSelect(values[0], field)
                }
            }
        case .call(_, let target, let arguments): return call(id, target, arguments)
        case .and(let operands): return logical(operands, deciding: false)
        case .or(let operands): return logical(operands, deciding: true)
        case .conditional(let condition, let then, let other):
            let outcome = evaluate(condition)
            guard case .value(let value) = outcome else {
                skip([then, other])
                return outcome
            }
            guard case .bool(let flag) = value else {
                skip([then, other])
                return .failure(Failure(.noSuchOverload))
            }
            if !flag { skip([then]) }
            let result = evaluate(flag ? then : other)
            if flag { skip([other]) }
            return result
        case .list(let elements):
            return strict(elements.map(\.value)) { budget, values throws(Failure) in
                try Interpreter.list(values, elements, &budget)
            }
        case .map(let entries):
            return strict(entries.flatMap { [$0.key, $0.value] }) { budget, values throws(Failure) in
                try Interpreter.map(values, entries, &budget)
            }
        case .message: return .failure(Failure(.undeclaredReference))
        case .comprehension(let loop): return comprehension(id, loop)
        case .bind(_, let value, let body):
            let outcome = evaluate(value)
            if case .failure(let failure) = outcome, failure.code.isFatal { return outcome }
            setLocal(tree.firstLocal[id] ?? 0, outcome)
            return evaluate(body)
        case .block(let values, let body):
            for (index, value) in values.enumerated() {
                let outcome = evaluate(value)
                if case .failure(let failure) = outcome, failure.code.isFatal { return outcome }
                setLocal((tree.firstLocal[id] ?? 0) + index, outcome)
            }
            return evaluate(body)
        case .optionalMap(let target, _, let body, let isFlat):
            let outcome = evaluate(target)
            guard case .value(let value) = outcome else { return outcome }
            guard case .optional(let content) = value else { return .failure(Failure(.noSuchOverload)) }
            guard let content else {
                skip([body])
                return .value(value)
            }
            setLocal(tree.firstLocal[id] ?? 0, .value(content))
            let result = evaluate(body)
            guard case .value(let mapped) = result else { return result }
            if !isFlat { return .value(.optional(mapped)) }
            if case .optional = mapped { return result }
            return .failure(Failure(.noSuchOverload))
        }
    }

    /// Notes sub-expressions that are not evaluated.
    private mutating func skip(_ ids: [NodeID]) {
        guard recorder != nil else { return }
        let tree = tree
        recorder?.skip(ids, tree)
    }

    // MARK: Names

    private mutating func reference(_ id: NodeID, _ mode: SelectMode = .value) -> Outcome? {
        switch tree.references[id] {
        case .none: return nil
        case .constant(let value): return .value(value)
        case .undeclared: return .failure(Failure(.undeclaredReference))
        case .local(let index):
            recorder?.readLocal(index)
            return locals[index]
        case .anySlot(let slots):
            let missing = unknown.intersection(slots)
            for slot in slots where !unknown.contains(slot) {
                recorder?.readSlot(slot)
                if frame.value(slot) != nil { return .value(.bool(true)) }
            }
            return missing.isEmpty ? .value(.bool(false)) : .unknown(missing)
        case .slot(let slot):
            recorder?.readSlot(slot)
            if unknown.contains(slot) { return .unknown([slot]) }
            let value = frame.value(slot)
            switch mode {
            case .presence: return .value(.bool(value != nil))
            case .optional:
                if let value, case .optional = value { return .value(value) }
                return .value(.optional(value))
            case .value: return value.map { .value($0) } ?? .failure(Failure(.noSuchAttribute))
            }
        }
    }

    private mutating func setLocal(_ index: Int, _ outcome: Outcome) {
        locals[index] = outcome
        recorder?.setLocal(index)
    }

    // MARK: Operators

    /// Evaluates every operand, then computes; the first operand without a value is the outcome.
    private mutating func strict(
        _ operands: [NodeID], _ compute: (inout Budget, [Value]) throws(Failure) -> Value
    ) -> Outcome {
        var values: [Value] = []
        values.reserveCapacity(operands.count)
        var undecided = Undecided()
        for operand in operands {
            switch evaluate(operand) {
            case .value(let value): values.append(value)
            case .unknown(let slots): undecided.add(slots)
            case .failure(let failure):
                if failure.code.isFatal || unknown.isEmpty { return .failure(failure) }
                undecided.add(failure)
            }
        }
        if let outcome = undecided.outcome { return outcome }
        do {
            return .value(try compute(&budget, values))
        } catch {
            return .failure(error)
        }
    }

    private mutating func call(_ id: NodeID, _ target: NodeID?, _ arguments: [NodeID]) -> Outcome {
        guard let call = tree.calls[id], let function = call.function, let implementation = function.implementation
        else { return .failure(Failure(.unboundFunction)) }
        let operands = tree.arguments(of: call, target: target, arguments)
        guard function.takes(operands.count) else { return .failure(Failure(.noSuchOverload)) }
        return strict(operands) { budget, values throws(Failure) in
            for value in values { try budget.chargeRead(value) }
            return try implementation(&budget, values)
        }
    }

    /// `&&` and `||`: an operand equal to `deciding` is the result, whatever the others are.
    private mutating func logical(_ operands: [NodeID], deciding: Bool) -> Outcome {
        var undecided = Undecided()
        for (position, operand) in operands.enumerated() {
            switch evaluate(operand) {
            case .value(.bool(deciding)):
                skip(Array(operands[(position + 1)...]))
                return .value(.bool(deciding))
            case .value(.bool): break
            case .value: undecided.add(Failure(.noSuchOverload, node: operand))
            case .unknown(let slots): undecided.add(slots)
            case .failure(let failure):
                if failure.code.isFatal { return .failure(failure) }
                undecided.add(failure)
            }
        }
        return undecided.outcome ?? .value(.bool(!deciding))
    }

    // MARK: Literals

    static func list(
        _ values: [Value], _ elements: [ListElement], _ budget: inout Budget
    ) throws(Failure) -> Value {
        try budget.chargeList(count: values.count)
        guard elements.contains(where: \.isOptional) else { return .list(values) }
        var result: [Value] = []
        for (element, value) in zip(elements, values) {
            if element.isOptional {
                if let content = try OptionalFunctions.content(value) { result.append(content) }
            } else {
                result.append(value)
            }
        }
        return .list(result)
    }

    /// A map of alternating keys and values.
    static func map(_ values: [Value], _ entries: [MapEntry], _ budget: inout Budget) throws(Failure) -> Value {
        try budget.chargeList(count: values.count)
        var result: [(key: Value, value: Value)] = []
        result.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() {
            let key = values[position * 2]
            guard MapKey(key) != nil else { throw Failure(.unsupportedKey) }
            if entry.isOptional {
                guard let content = try OptionalFunctions.content(values[position * 2 + 1]) else { continue }
                result.append((key, content))
            } else {
                result.append((key, values[position * 2 + 1]))
            }
        }
        guard let map = MapValue(entries: result) else { throw Failure(.duplicateKey) }
        return .map(map)
    }

    // MARK: Comprehensions

    private mutating func comprehension(_ id: NodeID, _ loop: Comprehension) -> Outcome {
        let range = evaluate(loop.range)
        guard case .value(let collection) = range else { return range }
        loopDepth += 1
        defer { loopDepth -= 1 }
        var fold = Fold(loop.kind)
        let first = tree.firstLocal[id] ?? 0
        do {
            let items = try Fold.items(of: collection, isPair: loop.second != nil)
            recorder?.beginLoop()
            defer { recorder?.endLoop() }
            for item in items {
                try budget.charge(1)
                setLocal(first, .value(item.first))
                if let second = item.second { setLocal(first + 1, .value(second)) }
                recorder?.beginTurn()
                if let filter = loop.filter {
                    guard try fold.admit(evaluate(filter)) else { continue }
                }
                if let done = try fold.add(item, evaluate(loop.body), &budget) { return .value(done) }
            }
            return try fold.outcome(collection, &budget)
        } catch {
            return .failure(error)
        }
    }
}

extension FunctionDeclaration {
    /// Whether some overload takes that many arguments, the receiver included.
    func takes(_ count: Int) -> Bool {
        check == .extremum ? count > 0 : overloads.contains { $0.parameters.count == count }
    }
}

/// The running result of a comprehension.
struct Fold {
    struct Item {
        let first: Value
        let second: Value?
        /// The element itself, which `filter` and `sortBy` keep.
        let element: Value
    }

    private let kind: Comprehension.Kind
    private var undecided = Undecided()
    private var count = 0
    private var values: [Value] = []
    private var keys: [Value] = []
    private var entries: [(key: Value, value: Value)] = []

    init(_ kind: Comprehension.Kind) { self.kind = kind }

    /// What the variables stand for, turn by turn.
    static func items(of collection: Value, isPair: Bool) throws(Failure) -> [Item] {
        switch collection {
        case .list(let elements):
            return elements.enumerated().map { position, element in
                isPair
                    ? Item(first: .int(Int64(position)), second: element, element: element)
                    : Item(first: element, second: nil, element: element)
            }
        case .map(let map):
            return map.entries.map { Item(first: $0.key, second: isPair ? $0.value : nil, element: $0.key) }
        default: throw Failure(.noSuchOverload)
        }
    }

    /// Whether the turn's filter lets it through; an unknown one makes the whole result unknown.
    mutating func admit(_ outcome: Outcome) throws(Failure) -> Bool {
        switch outcome {
        case .value(.bool(let flag)): return flag
        case .value: throw Failure(.noSuchOverload)
        case .failure(let failure): throw failure
        case .unknown(let slots):
            undecided.add(slots)
            return false
        }
    }

    /// Adds a turn's body; the result when no further turn can change it.
    mutating func add(_ item: Item, _ outcome: Outcome, _ budget: inout Budget) throws(Failure) -> Value? {
        switch kind {
        case .all, .exists:
            let deciding = kind == .exists
            switch outcome {
            case .value(.bool(deciding)): return .bool(deciding)
            case .value(.bool): break
            case .value: undecided.add(Failure(.noSuchOverload))
            case .unknown(let slots): undecided.add(slots)
            case .failure(let failure):
                if failure.code.isFatal { throw failure }
                undecided.add(failure)
            }
        case .existsOne: if try admit(outcome) { count += 1 }
        case .filter: if try admit(outcome) { try append(item.element, &budget) }
        case .map, .transformList:
            if let value = try known(outcome) { try append(value, &budget) }
        case .sortBy:
            if let value = try known(outcome) {
                keys.append(value)
                try append(item.element, &budget)
            }
        case .transformMap:
            if let value = try known(outcome) { entries.append((item.first, value)) }
        case .transformMapEntry:
            guard let value = try known(outcome) else { break }
            guard case .map(let map) = value, map.count == 1, let entry = map.entries.first else {
                throw Failure(.noSuchOverload)
            }
            entries.append(entry)
        }
        return nil
    }

    private mutating func known(_ outcome: Outcome) throws(Failure) -> Value? {
        switch outcome {
        case .value(let value): return value
        case .failure(let failure): throw failure
        case .unknown(let slots):
            undecided.add(slots)
            return nil
        }
    }

    private mutating func append(_ value: Value, _ budget: inout Budget) throws(Failure) {
        values.append(value)
        if values.count > budget.listElements { throw Failure(.resultTooLarge) }
    }

    /// The result after the last turn.
    func outcome(_ collection: Value, _ budget: inout Budget) throws(Failure) -> Outcome {
        if let outcome = undecided.outcome { return outcome }
        switch kind {
        case .all: return .value(.bool(true))
        case .exists: return .value(.bool(false))
        case .existsOne: return .value(.bool(count == 1))
        case .map, .filter, .transformList: return .value(.list(values))
        case .sortBy:
            guard case .list = collection else { throw Failure(.noSuchOverload) }
            return .value(.list(try ListFunctions.sorted(values, by: keys, &budget)))
        case .transformMap, .transformMapEntry:
            guard let map = MapValue(entries: entries) else { throw Failure(.duplicateKey) }
            return .value(.map(map))
        }
    }
}
