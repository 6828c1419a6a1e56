/// The index of a node in its ``SyntaxTree``.
typealias NodeID = Int

/// An expression after parsing: nodes in one array, children before their parents, macros recognised.
struct SyntaxTree: Sendable {
    var source: SourceText
    var nodes: [SyntaxNode] = []
    var root: NodeID = 0

    subscript(id: NodeID) -> SyntaxNode { nodes[id] }

    func text(of id: NodeID) -> String { source.text(nodes[id].range) }
}

/// One node of a syntax tree.
struct SyntaxNode: Sendable {
    var kind: Kind
    /// UTF-8 offsets of the whole sub-expression.
    var range: Range<Int>
    /// The offset a problem points at: the operator, the function's or the field's name.
    var position: Int
    /// The length of the longest path down to a leaf.
    var height: Int
    /// Whether parentheses surround it, which keeps `(a.b).c` from being the name `a.b.c`.
    var isGrouped = false

    indirect enum Kind: Sendable {
        case literal(Value)
        /// A name; a leading dot means the root scope.
        case name(String)
        case select(NodeID, field: String, SelectMode)
        /// A function, or an operator under its internal name such as `_+_`.
        case call(String, target: NodeID?, [NodeID])
        /// Operands of one unparenthesised `&&` chain, at least two.
        case and([NodeID])
        /// Operands of one unparenthesised `||` chain, at least two.
        case or([NodeID])
        case conditional(NodeID, then: NodeID, else: NodeID)
        case list([ListElement])
        case map([MapEntry])
        case message(String, [MessageField])
        case comprehension(Comprehension)
        /// `cel.bind(name, value, body)`.
        case bind(String, value: NodeID, body: NodeID)
        /// `cel.block([values], body)`: value *i* is the variable `@index<i>`.
        case block([NodeID], body: NodeID)
        /// `optMap`, or `optFlatMap` when `isFlat`.
        case optionalMap(NodeID, variable: String, body: NodeID, isFlat: Bool)
    }
}

/// What a field selection asks for.
enum SelectMode: Sendable {
    /// `a.b`
    case value
    /// `has(a.b)`
    case presence
    /// `a.?b`
    case optional
}

struct ListElement: Sendable {
    var value: NodeID
    var isOptional: Bool
}

struct MapEntry: Sendable {
    var key: NodeID
    var value: NodeID
    var isOptional: Bool
}

struct MessageField: Sendable {
    var name: String
    var value: NodeID
    var isOptional: Bool
}

/// A macro that visits the elements of a list or a map.
struct Comprehension: Sendable {
    enum Kind: String, Sendable {
        case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, sortBy
    }

    var kind: Kind
    /// The macro as written: `exists_one` and `existsOne` are one kind.
    var name: String
    var range: NodeID
    var variable: String
    var second: String?
    var filter: NodeID?
    var body: NodeID
}

extension SyntaxNode.Kind {
    /// The direct sub-expressions in the order they are written.
    var children: [NodeID] {
        switch self {
        case .literal, .name: []
        case .select(let operand, _, _): [operand]
        case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
        case .and(let operands), .or(let operands): operands
        case .conditional(let condition, let then, let other): [condition, then, other]
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .message(_, let fields): fields.map(\.value)
        case .comprehension(let loop): [loop.range] + (loop.filter.map { [$0] } ?? []) + [loop.body]
        case .bind(_, let value, let body): [value, body]
        case .block(let values, let body): values + [body]
        case .optionalMap(let target, _, let body, _): [target, body]
        }
    }
}
