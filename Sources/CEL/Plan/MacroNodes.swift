/// `cel.bind` and `cel.block`: values that have names in a body.
final class BindNode: PlanNode, @unchecked Sendable {
    private let first: Int
    private let values: [PlanNode]
    private let body: PlanNode

    init(_ id: NodeID, first: Int, _ values: [PlanNode], _ body: PlanNode) {
        self.first = first
        self.values = values
        self.body = body
        super.init(id)
    }

    private func bind(_ context: inout PlanContext) throws(Failure) {
        context.prepareLocals()
        for (index, node) in values.enumerated() {
            do throws(Failure) {
                context.setLocal(first + index, .success(try node.value(&context)))
            } catch {
                // A value that fails matters only where it is used.
                if error.code.isFatal { throw error }
                context.setLocal(first + index, .failure(error))
            }
        }
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        try bind(&context)
        return try body.value(&context)
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        try bind(&context)
        return try body.bool(&context)
    }
}

/// `optMap` and `optFlatMap`.
final class OptionalMapNode: PlanNode, @unchecked Sendable {
    private let target: PlanNode
    private let local: Int
    private let body: PlanNode
    private let isFlat: Bool

    init(_ id: NodeID, _ target: PlanNode, local: Int, _ body: PlanNode, isFlat: Bool) {
        self.target = target
        self.local = local
        self.body = body
        self.isFlat = isFlat
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        let value = try target.value(&context)
        guard case .optional(let content) = value else { throw fail(.noSuchOverload) }
        guard let content else { return value }
        context.prepareLocals()
        context.setLocal(local, .success(content))
        let result = try body.value(&context)
        if !isFlat { return .optional(result) }
        guard case .optional = result else { throw fail(.noSuchOverload) }
        return result
    }
}

/// A comprehension.
final class LoopNode: PlanNode, @unchecked Sendable {
    private let kind: Comprehension.Kind
    private let range: PlanNode
    private let first: Int
    private let isPair: Bool
    private let filter: PlanNode?
    private let body: PlanNode

    init(
        _ id: NodeID, _ kind: Comprehension.Kind, _ range: PlanNode, first: Int, isPair: Bool, _ filter: PlanNode?,
        _ body: PlanNode
    ) {
        self.kind = kind
        self.range = range
        self.first = first
        self.isPair = isPair
        self.filter = filter
        self.body = body
        super.init(id)
    }

    override func value(_ context: inout PlanContext) throws(Failure) -> Value {
        switch kind {
        case .all, .exists: return .bool(try bool(&context))
        default:
            let collection = try range.value(&context)
            do throws(Failure) {
                return try fold(collection, &context)
            } catch {
                throw error.at(id)
            }
        }
    }

    override func bool(_ context: inout PlanContext) throws(Failure) -> Bool {
        guard kind == .all || kind == .exists else {
            guard case .bool(let flag) = try value(&context) else { throw fail(.noSuchOverload) }
            return flag
        }
        let deciding = kind == .exists
        let collection = try range.value(&context)
        var failure: Failure?
        context.prepareLocals()
        switch collection {
        case .list(let elements):
            var position: Int64 = 0
            for element in elements {
                if isPair {
                    context.setLocal(first, .success(.int(position)))
                    context.setLocal(first + 1, .success(element))
                    position += 1
                } else {
                    context.setLocal(first, .success(element))
                }
                if try turn(deciding, &failure, &context) { return deciding }
            }
        case .map(let map):
            for entry in map.entries {
                context.setLocal(first, .success(entry.key))
                if isPair { context.setLocal(first + 1, .success(entry.value)) }
                if try turn(deciding, &failure, &context) { return deciding }
            }
        default: throw fail(.noSuchOverload)
        }
        if let failure { throw failure.at(id) }
        return !deciding
    }

    /// Whether a turn of `all` or `exists` decides.
    private func turn(
        _ deciding: Bool, _ failure: inout Failure?, _ context: inout PlanContext
    ) throws(Failure) -> Bool {
        do throws(Failure) {
            try context.budget.charge(1)
            return try body.bool(&context) == deciding
        } catch {
            if error.code.isFatal { throw error.at(id) }
            failure = failure ?? error
            return false
        }
    }

    private func fold(_ collection: Value, _ context: inout PlanContext) throws(Failure) -> Value {
        var fold = Fold(kind)
        context.prepareLocals()
        for item in try Fold.items(of: collection, isPair: isPair) {
            try context.budget.charge(1)
            context.setLocal(first, .success(item.first))
            if let second = item.second { context.setLocal(first + 1, .success(second)) }
            if let filter, try !filter.bool(&context) { continue }
            _ = try fold.add(item, .value(try body.value(&context)), &context.budget)
        }
        guard case .value(let value) = try fold.outcome(collection, &context.budget) else {
            throw fail(.noSuchOverload)
        }
        return value
    }
}
