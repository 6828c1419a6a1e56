/// What one evaluation costs: a step for every operation, turn of a comprehension and 16 bytes that are read or copied.
///
/// Lists, maps and strings of the frame are assumed as long as ``Limits/assumedListLength`` and
/// ``Limits/assumedStringLength`` say; the estimate orders expressions, it does not promise times.
public struct CostEstimate: Sendable, Hashable {
    /// What every evaluation costs.
    public let min: UInt64
    /// What no evaluation on assumed sizes exceeds.
    public let max: UInt64
}

/// Bounds costs and sizes from the leaves up. Sums and products saturate.
/// - Complexity: O(n).
struct CostEstimator {
    /// What is known of a value: its cost, its length (elements or code points) and that of its elements.
    private struct Bound {
        var low: UInt64 = 1
        var high: UInt64 = 1
        var size: UInt64 = 1
        var elementSize: UInt64 = 1

        mutating func add(_ other: Bound) {
            low = low.saturatingAdd(other.low)
            high = high.saturatingAdd(other.high)
        }
    }

    private let tree: CheckedTree
    private let limits: Limits
    /// The sizes of the locals: of the variable and of its elements.
    private var locals: [Bound]

    static func estimate(_ tree: CheckedTree, _ limits: Limits) -> CostEstimate {
        var estimator = CostEstimator(tree, limits)
        let bound = estimator.bound(tree.syntax.root)
        return CostEstimate(min: bound.low, max: bound.high)
    }

    private init(_ tree: CheckedTree, _ limits: Limits) {
        self.tree = tree
        self.limits = limits
        locals = Array(repeating: Bound(), count: tree.localCount)
    }

    private func assumed(_ type: CELType) -> Bound {
        switch type {
        case .string, .bytes: return Bound(size: limits.assumedStringLength)
        case .list(let element): return Bound(size: limits.assumedListLength, elementSize: assumed(element).size)
        case .map(_, let value): return Bound(size: limits.assumedListLength, elementSize: assumed(value).size)
        case .dyn, .error, .parameter:
            return Bound(
                size: Swift.max(limits.assumedListLength, limits.assumedStringLength),
                elementSize: limits.assumedStringLength)
        default: return Bound()
        }
    }

    private mutating func bound(_ id: NodeID) -> Bound {
        switch tree[id].kind {
        case .literal(let value):
            switch value {
            case .string(let text): return Bound(size: UInt64(text.utf8.count))
            case .bytes(let bytes): return Bound(size: UInt64(bytes.count))
            default: return Bound()
            }
        case .name: return reference(id)
        case .select(let operand, _, let mode):
            if case .none = tree.references[id] {
                let inner = bound(operand)
                let size = mode == .presence ? 1 : inner.elementSize
                return Bound(
                    low: inner.low.saturatingAdd(1), high: inner.high.saturatingAdd(1), size: size,
                    elementSize: inner.elementSize)
            }
            return reference(id)
        case .call(let name, let target, let arguments): return callBound(id, name, target, arguments)
        case .and(let operands), .or(let operands):
            var result = Bound()
            for (index, operand) in operands.enumerated() {
                var part = bound(operand)
                if index > 0 { part.low = 0 }
                result.add(part)
            }
            return result
        case .conditional(let condition, let then, let other):
            var result = bound(condition)
            let left = bound(then)
            let right = bound(other)
            result.low = result.low.saturatingAdd(1).saturatingAdd(Swift.min(left.low, right.low))
            result.high = result.high.saturatingAdd(1).saturatingAdd(Swift.max(left.high, right.high))
            result.size = Swift.max(left.size, right.size)
            result.elementSize = Swift.max(left.elementSize, right.elementSize)
            return result
        case .list(let elements):
            return collection(elements.map(\.value), size: UInt64(elements.count))
        case .map(let entries):
            return collection(entries.flatMap { [$0.key, $0.value] }, size: UInt64(entries.count))
        case .message(_, let fields): return collection(fields.map(\.value), size: 1)
        case .comprehension(let loop): return comprehensionBound(id, loop)
        case .bind(_, let value, let body):
            let bound = bound(value)
            return withLocal(id, bound, body)
        case .block(let values, let body):
            var total = Bound()
            for (index, value) in values.enumerated() {
                let part = bound(value)
                locals[(tree.firstLocal[id] ?? 0) + index] = Bound(size: part.size, elementSize: part.elementSize)
                total.add(part)
            }
            var result = bound(body)
            result.add(total)
            return result
        case .optionalMap(let target, _, let body, _):
            let bound = bound(target)
            var result = withLocal(id, bound, body)
            result.low = bound.low
            return result
        }
    }

    private mutating func withLocal(_ id: NodeID, _ value: Bound, _ body: NodeID) -> Bound {
        locals[tree.firstLocal[id] ?? 0] = Bound(size: value.size, elementSize: value.elementSize)
        var result = bound(body)
        result.add(value)
        return result
    }

    private func reference(_ id: NodeID) -> Bound {
        switch tree.references[id] {
        case .local(let index): return locals[index]
        case .slot(let slot):
            if case .select(_, _, .presence) = tree[id].kind { return Bound() }
            return assumed(tree.layout.types[slot])
        default: return Bound()
        }
    }

    private mutating func collection(_ items: [NodeID], size: UInt64) -> Bound {
        var result = Bound(size: size)
        result.elementSize = 0
        for item in items {
            let part = bound(item)
            result.add(part)
            result.elementSize = Swift.max(result.elementSize, part.size)
        }
        return result
    }

    private mutating func callBound(
        _ id: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]
    ) -> Bound {
        guard let call = tree.calls[id] else { return Bound() }
        var result = Bound()
        var sizes: [UInt64] = []
        var elementSize: UInt64 = 1
        for operand in tree.arguments(of: call, target: target, arguments) {
            let part = bound(operand)
            result.add(part)
            sizes.append(part.size)
            elementSize = Swift.max(elementSize, part.elementSize)
        }
        let total = sizes.reduce(UInt64(0)) { $0.saturatingAdd($1) }
        switch call.function?.cost ?? .constant {
        case .constant: break
        case .linear: result.high = result.high.saturatingAdd(total / 8 + 1)
        case .product:
            let product = sizes.reduce(UInt64(1)) { $0.saturatingMultiply(Swift.max($1, UInt64(1))) }
            result.high = result.high.saturatingAdd(product / 8 + 1)
        }
        switch name {
        case Operators.index, Operators.optionalIndex:
            result.size = elementSize
        case "replace" where sizes.count >= 3: result.size = sizes[0].saturatingMultiply(sizes[2].saturatingAdd(1))
        case "join": result.size = sizes[0].saturatingMultiply(elementSize.saturatingAdd(sizes.dropFirst().first ?? 0))
        case "format": result.size = sizes[0].saturatingAdd(total.saturatingMultiply(elementSize))
        case "size": result.size = 1
        default: result.size = tree.types[id] == .bool || tree.types[id] == .int ? 1 : total
        }
        result.elementSize = elementSize
        return result
    }

    private mutating func comprehensionBound(_ id: NodeID, _ loop: Comprehension) -> Bound {
        let range = bound(loop.range)
        let first = tree.firstLocal[id] ?? 0
        let isPair = loop.second != nil
        locals[first] = Bound(size: isPair ? 1 : range.elementSize, elementSize: range.elementSize)
        if isPair { locals[first + 1] = Bound(size: range.elementSize, elementSize: range.elementSize) }
        var turn = bound(loop.body)
        let bodySize = turn.size
        if let filter = loop.filter { turn.add(bound(filter)) }
        var result = range
        let turns = range.size
        result.high = result.high.saturatingAdd(turns.saturatingMultiply(turn.high.saturatingAdd(1)))
        switch loop.kind {
        case .all, .exists, .existsOne: result.size = 1
        case .filter, .sortBy: break
        case .map, .transformList, .transformMap, .transformMapEntry: result.elementSize = bodySize
        }
        return result
    }
}

extension UInt64 {
    func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    func saturatingMultiply(_ other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
