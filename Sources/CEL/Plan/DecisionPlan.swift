/// A truth value as a chain of tests on slots, each with the test that follows when it holds and when it does not.
///
/// This is the hot path of rules: no calls, no reference counting, one small fixed-size instruction for each test. It
/// answers only while every slot holds what its test wants. Otherwise, or where a part of the expression fails, it gives
/// up and the nodes of the plan start over; expressions have no effects, so nothing but time is lost.
struct DecisionPlan: @unchecked Sendable {
    /// The results of a run; others are indices of tests.
    private static let isTrue: Int32 = -1
    private static let isFalse: Int32 = -2

    private enum Operation: UInt8 {
        case bool, present, int, uint, double, smallString, string, smallStringSet, stringSet, intSet, intSlots
        case doubleSlots, stringSlots, node
    }

    private struct Test {
        var operation: Operation
        var relation: Relation = .equal
        var slot: Int32 = 0
        var onTrue: Int32
        var onFalse: Int32
        /// What the slot's cell must hold.
        var tag: UInt64 = 0
        /// A number, the first word of a string, a second slot, or an index into a table.
        var first: UInt64 = 0
        /// The second word of a string, or the end of a range of a table.
        var second: UInt64 = 0
    }

    private let tests: UnsafeMutablePointer<Test>
    private let count: Int
    private let start: Int32
    /// Both words of the members of small sets.
    private let words: UnsafeMutablePointer<(UInt64, UInt64)>
    private let wordCount: Int
    private let strings: [String]
    private let intSets: [Set<Int64>]
    private let stringSets: [Set<ByteString>]
    private let nodes: [PlanNode]
    let usesNodes: Bool

    /// The plan of a node of type bool; nil when no part of it is a test of a slot.
    init?(_ tree: CheckedTree, _ planner: Planner) {
        var builder = Builder(tree: tree, planner: planner)
        let root = tree.syntax.root
        guard tree.types[root] == .bool else { return nil }
        start = builder.build(root, Self.isTrue, Self.isFalse)
        guard builder.tests.contains(where: { $0.operation != .node }) else { return nil }
        count = builder.tests.count
        tests = .allocate(capacity: count)
        tests.initialize(from: builder.tests, count: count)
        wordCount = builder.words.count
        words = .allocate(capacity: wordCount)
        words.initialize(from: builder.words, count: wordCount)
        strings = builder.strings
        intSets = builder.intSets
        stringSets = builder.stringSets
        nodes = builder.nodes
        usesNodes = !nodes.isEmpty
    }

    /// Frees the tables; the owner calls it once.
    func deallocate() {
        tests.deallocate()
        words.deallocate()
    }

    /// The result, or nil to start over with the nodes of the plan.
    /// - Parameter evaluateNode: the truth value of a part that is not a test of a slot, nil when it fails.
    @inline(__always)
    func run(_ cells: UnsafeMutablePointer<Frame.Cell>, _ evaluateNode: (Int32) -> Bool?) -> Bool? {
        var position = start
        while position >= 0 {
            let test = tests + Int(position)
            let cell = cells + Int(test.pointee.slot)
            let holds: Bool
            if test.pointee.operation == .node {
                guard let result = evaluateNode(Int32(truncatingIfNeeded: test.pointee.first)) else { return nil }
                holds = result
            } else if test.pointee.operation == .present {
                holds = cell.pointee.tag != Frame.Tag.unset
            } else {
                guard cell.pointee.tag == test.pointee.tag else { return nil }
                switch test.pointee.operation {
                case .bool: holds = cell.pointee.word != 0
                case .int:
                    holds = test.pointee.relation.holds(
                        Int64(bitPattern: cell.pointee.word), Int64(bitPattern: test.pointee.first))
                case .uint: holds = test.pointee.relation.holds(cell.pointee.word, test.pointee.first)
                case .double:
                    holds = test.pointee.relation.holds(
                        Double(bitPattern: cell.pointee.word), Double(bitPattern: test.pointee.first))
                case .smallString: holds = isSame(cell, test)
                case .smallStringSet: holds = isMember(cell, test)
                case .string: holds = strings[Int(test.pointee.first)].hasSameBytes(as: cell.pointee.text)
                case .stringSet: holds = stringSets[Int(test.pointee.first)].contains(ByteString(cell.pointee.text))
                case .intSet: holds = intSets[Int(test.pointee.first)].contains(Int64(bitPattern: cell.pointee.word))
                case .intSlots, .doubleSlots, .stringSlots:
                    let other = cells + Int(test.pointee.first)
                    guard other.pointee.tag == test.pointee.tag else { return nil }
                    holds = compare(cell, other, test)
                case .node, .present: return nil
                }
            }
            position = holds ? test.pointee.onTrue : test.pointee.onFalse
        }
        return position == Self.isTrue
    }

    @inline(__always)
    private func isSame(_ cell: UnsafeMutablePointer<Frame.Cell>, _ test: UnsafeMutablePointer<Test>) -> Bool {
        let raw = RawString(cell.pointee.text)
        if raw.first == test.pointee.first && raw.second == test.pointee.second { return true }
        return raw.isSmall ? false : isSameSlowly(cell, test.pointee.first, test.pointee.second)
    }

    @inline(__always)
    private func isMember(_ cell: UnsafeMutablePointer<Frame.Cell>, _ test: UnsafeMutablePointer<Test>) -> Bool {
        let raw = RawString(cell.pointee.text)
        var index = Int(test.pointee.first)
        let end = Int(test.pointee.second)
        guard raw.isSmall else {
            while index < end {
                if isSameSlowly(cell, words[index].0, words[index].1) { return true }
                index += 1
            }
            return false
        }
        while index < end {
            if words[index].0 == raw.first && words[index].1 == raw.second { return true }
            index += 1
        }
        return false
    }

    /// Compares a string that is not stored inline with the words of one that is.
    @inline(never)
    private func isSameSlowly(_ cell: UnsafeMutablePointer<Frame.Cell>, _ first: UInt64, _ second: UInt64) -> Bool {
        let count = Int(second >> 56 & 15)
        guard cell.pointee.text.utf8.count == count else { return false }
        var word = first
        for (index, byte) in cell.pointee.text.utf8.enumerated() {
            if index == 8 { word = second }
            guard UInt8(truncatingIfNeeded: word) == byte else { return false }
            word >>= 8
        }
        return true
    }

    @inline(__always)
    private func compare(
        _ left: UnsafeMutablePointer<Frame.Cell>, _ right: UnsafeMutablePointer<Frame.Cell>,
        _ test: UnsafeMutablePointer<Test>
    ) -> Bool {
        switch test.pointee.operation {
        case .doubleSlots:
            test.pointee.relation.holds(Double(bitPattern: left.pointee.word), Double(bitPattern: right.pointee.word))
        case .stringSlots:
            left.pointee.text.hasSameBytes(as: right.pointee.text) == (test.pointee.relation == .equal)
        default:
            test.pointee.relation.holds(Int64(bitPattern: left.pointee.word), Int64(bitPattern: right.pointee.word))
        }
    }

    /// The truth value of a part that is not a test of a slot, nil when it fails.
    func evaluate(_ node: Int32, _ context: inout PlanContext) -> Bool? {
        do throws(Failure) {
            return try nodes[Int(node)].bool(&context)
        } catch {
            return nil
        }
    }

    // MARK: Building

    private struct Builder {
        let tree: CheckedTree
        let planner: Planner
        var tests: [Test] = []
        var words: [(UInt64, UInt64)] = []
        var strings: [String] = []
        var intSets: [Set<Int64>] = []
        var stringSets: [Set<ByteString>] = []
        var nodes: [PlanNode] = []

        /// Adds the tests of a node; returns the first of them, or the target itself for a constant.
        mutating func build(_ id: NodeID, _ onTrue: Int32, _ onFalse: Int32) -> Int32 {
            switch tree[id].kind {
            case .literal(.bool(let flag)): return flag ? onTrue : onFalse
            case .and(let operands):
                return operands.reversed().reduce(onTrue) { build($1, $0, onFalse) }
            case .or(let operands):
                return operands.reversed().reduce(onFalse) { build($1, onTrue, $0) }
            case .conditional(let condition, let then, let other):
                let thenStart = build(then, onTrue, onFalse)
                let otherStart = build(other, onTrue, onFalse)
                return build(condition, thenStart, otherStart)
            case .call(Operators.not, _, let arguments): return build(arguments[0], onFalse, onTrue)
            default: break
            }
            var test = leaf(id) ?? other(id)
            test.onTrue = onTrue
            test.onFalse = onFalse
            if isInverted(id, test) { swap(&test.onTrue, &test.onFalse) }
            tests.append(test)
            return Int32(tests.count - 1)
        }

        /// Strings are tested for equality only; `!=` is the test with its targets exchanged.
        private func isInverted(_ id: NodeID, _ test: Test) -> Bool {
            guard test.operation == .smallString || test.operation == .string else { return false }
            return test.relation == .notEqual
        }

        private mutating func other(_ id: NodeID) -> Test {
            nodes.append(planner.node(id))
            return Test(operation: .node, onTrue: 0, onFalse: 0, first: UInt64(nodes.count - 1))
        }

        private func slot(_ id: NodeID) -> Int32? {
            guard case .slot(let slot) = tree.references[id] else { return nil }
            if case .select(_, _, let mode) = tree[id].kind, mode != .value { return nil }
            return Int32(slot)
        }

        private func constant(_ id: NodeID) -> Value? { (planner.node(id) as? ConstantNode)?.constant }

        private mutating func leaf(_ id: NodeID) -> Test? {
            if let slot = slot(id) {
                return Test(operation: .bool, slot: slot, onTrue: 0, onFalse: 0, tag: Frame.Tag.bool)
            }
            switch tree[id].kind {
            case .select(_, _, .presence):
                guard case .slot(let slot) = tree.references[id] else { return nil }
                return Test(operation: .present, slot: Int32(slot), onTrue: 0, onFalse: 0)
            case .call(let function, nil, let arguments) where arguments.count == 2:
                return comparison(function, arguments[0], arguments[1])
            default: return nil
            }
        }

        private mutating func comparison(_ function: String, _ left: NodeID, _ right: NodeID) -> Test? {
            if function == Operators.contained {
                guard let slot = slot(left), let list = constant(right), let members = ConstantSet(list) else {
                    return nil
                }
                return membership(slot, tree.types[left], members)
            }
            guard let relation = Relation(function: function), tree.types[left] == tree.types[right] else { return nil }
            let type = tree.types[left]
            if let slot = slot(left), let other = self.slot(right) { return between(slot, other, relation, type) }
            if let slot = slot(left), let value = constant(right) { return against(slot, value, relation, type) }
            if let slot = slot(right), let value = constant(left) {
                return against(slot, value, relation.mirrored, type)
            }
            return nil
        }

        private func between(_ left: Int32, _ right: Int32, _ relation: Relation, _ type: CELType) -> Test? {
            let operation: (Operation, UInt64)
            switch type {
            case .int: operation = (.intSlots, Frame.Tag.int)
            case .duration: operation = (.intSlots, Frame.Tag.duration)
            case .double: operation = (.doubleSlots, Frame.Tag.double)
            case .string where relation == .equal || relation == .notEqual:
                operation = (.stringSlots, Frame.Tag.string)
            default: return nil
            }
            return Test(
                operation: operation.0, relation: relation, slot: left, onTrue: 0, onFalse: 0, tag: operation.1,
                first: UInt64(right))
        }

        private mutating func against(_ slot: Int32, _ value: Value, _ relation: Relation, _ type: CELType) -> Test? {
            var test = Test(operation: .int, relation: relation, slot: slot, onTrue: 0, onFalse: 0)
            switch (value, type) {
            case (.int(let number), .int):
                test.tag = Frame.Tag.int
                test.first = UInt64(bitPattern: number)
            case (.duration(let span), .duration):
                test.tag = Frame.Tag.duration
                test.first = UInt64(bitPattern: span.nanoseconds)
            case (.uint(let number), .uint):
                test.operation = .uint
                test.tag = Frame.Tag.uint
                test.first = number
            case (.double(let number), .double):
                test.operation = .double
                test.tag = Frame.Tag.double
                test.first = number.bitPattern
            case (.string(let text), .string) where relation == .equal || relation == .notEqual:
                test.tag = Frame.Tag.string
                let raw = RawString(text)
                if RawString.isKnown, raw.isSmall {
                    test.operation = .smallString
                    (test.first, test.second) = (raw.first, raw.second)
                } else {
                    test.operation = .string
                    test.first = UInt64(strings.count)
                    strings.append(text)
                }
            default: return nil
            }
            return test
        }

        private mutating func membership(_ slot: Int32, _ type: CELType, _ members: ConstantSet) -> Test? {
            var test = Test(operation: .intSet, slot: slot, onTrue: 0, onFalse: 0)
            switch (members, type) {
            case (.ints(let set), .int):
                test.tag = Frame.Tag.int
                test.first = UInt64(intSets.count)
                intSets.append(set)
            case (.strings(let set), .string):
                test.tag = Frame.Tag.string
                let raws = set.map { RawString($0.string) }
                if RawString.isKnown, raws.count <= 8, raws.allSatisfy(\.isSmall) {
                    test.operation = .smallStringSet
                    test.first = UInt64(words.count)
                    words += raws.map { ($0.first, $0.second) }
                    test.second = UInt64(words.count)
                } else {
                    test.operation = .stringSet
                    test.first = UInt64(stringSets.count)
                    stringSets.append(set)
                }
            default: return nil
            }
            return test
        }
    }
}
