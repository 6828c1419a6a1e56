/// A thing of a programme as it is written: the form that both the export and the comparison of programmes use.
indirect enum DocumentTree: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        var key: String
        var value: DocumentTree
    }

    /// Written as it is: a number, a boolean, a keyword.
    case raw(String)
    /// A text, quoted where YAML or our reader would take it for something else.
    case text(String)
    case list([DocumentTree])
    case mapping([Entry])
    /// A mapping from ids to things, always one under the other.
    case things([Entry])

    /// A mapping without the entries that are `nil`.
    static func mapping(_ entries: (String, DocumentTree?)...) -> DocumentTree {
        .mapping(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
    }

    /// Every scalar with its path, in the order it is written; empty lists and mappings count as scalars.
    var leaves: [(path: String, text: String)] {
        switch self {
        case .raw(let text), .text(let text): [("", text)]
        case .list(let elements) where elements.isEmpty: [("", "[]")]
        case .mapping(let entries) where entries.isEmpty, .things(let entries) where entries.isEmpty: [("", "{}")]
        case .list(let elements):
            elements.enumerated().flatMap { index, element in Self.under("\(index + 1)", element) }
        case .mapping(let entries), .things(let entries):
            entries.flatMap { Self.under($0.key, $0.value) }
        }
    }

    private static func under(_ key: String, _ tree: DocumentTree) -> [(path: String, text: String)] {
        tree.leaves.map { (path: $0.path.isEmpty ? key : "\(key).\($0.path)", text: $0.text) }
    }

    var isScalar: Bool {
        switch self {
        case .raw, .text: true
        case .list, .mapping, .things: false
        }
    }
}
