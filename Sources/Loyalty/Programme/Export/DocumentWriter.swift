/// Writes a tree as YAML that people like to read: short mappings on one line, long ones in blocks, conditions of several
/// lines as they are.
struct DocumentWriter {
    /// Beyond this column a mapping or list is written as a block.
    static let width = 110

    private(set) var text = ""

    static func text(of root: DocumentTree) -> String {
        var writer = DocumentWriter()
        if case .mapping(let entries) = root { writer.block(entries, indentation: 0) }
        return writer.text
    }

    private mutating func block(_ entries: [DocumentTree.Entry], indentation: Int, firstIsOpen: Bool = false) {
        for (index, entry) in entries.enumerated() {
            if !(firstIsOpen && index == 0) { text += Self.spaces(indentation) }
            let key = Self.scalar(entry.key, inFlow: false)
            text += key + ":"
            value(entry.value, indentation: indentation, column: indentation + key.count + 1)
        }
    }

    /// A value after `key:`.
    private mutating func value(_ tree: DocumentTree, indentation: Int, column: Int) {
        if case .text(let lines) = tree, Self.isBlockText(lines) {
            text += " |-\n"
            for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
                text += line.isEmpty ? "\n" : Self.spaces(indentation + 2) + line + "\n"
            }
            return
        }
        if let flow = flow(tree, room: Self.width - column - 1) {
            text += " " + flow + "\n"
            return
        }
        text += "\n"
        switch tree {
        case .mapping(let entries), .things(let entries): block(entries, indentation: indentation + 2)
        case .list(let elements):
            for element in elements {
                text += Self.spaces(indentation + 2) + "-"
                self.element(element, indentation: indentation + 2)
            }
        case .raw, .text: break
        }
    }

    /// An element of a list after its `-`.
    private mutating func element(_ tree: DocumentTree, indentation: Int) {
        if case .mapping(let entries) = tree,
            entries.count == 1 || flow(tree, room: Self.width - indentation - 2) == nil
        {
            text += " "
            block(entries, indentation: indentation + 2, firstIsOpen: true)
        } else {
            value(tree, indentation: indentation, column: indentation + 1)
        }
    }

    /// The tree on one line, if it belongs there and fits: scalars always, lists of scalars, mappings without lists of
    /// mappings.
    private func flow(_ tree: DocumentTree, room: Int) -> String? {
        if tree.isScalar { return Self.inline(tree, inFlow: false) }
        guard tree.isFlow else { return nil }
        let line = Self.inline(tree, inFlow: true)
        return line.unicodeScalars.count <= room ? line : nil
    }

    private static func inline(_ tree: DocumentTree, inFlow: Bool) -> String {
        switch tree {
        case .raw(let text): return text
        case .text(let text): return scalar(text, inFlow: inFlow)
        case .list(let elements): return "[" + elements.map { inline($0, inFlow: true) }.joined(separator: ", ") + "]"
        case .mapping(let entries), .things(let entries):
            guard !entries.isEmpty else { return "{}" }
            let parts = entries.map { "\(scalar($0.key, inFlow: true)): \(inline($0.value, inFlow: true))" }
            return "{ " + parts.joined(separator: ", ") + " }"
        }
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    // MARK: Scalars

    /// Whether a text of several lines can stand in a literal block and come back unchanged.
    private static func isBlockText(_ text: String) -> Bool {
        guard text.contains("\n"), !text.hasPrefix(" "), !text.hasPrefix("\n"), !text.hasSuffix("\n"),
            !text.hasPrefix("\t"), isPrintable(text, allowingLineEnds: true)
        else { return false }
        return text.split(separator: "\n").allSatisfy { line in
            line.contains { $0 != " " } && !line.contains("\t") && !line.hasSuffix(" ")
        }
    }

    /// A scalar in the plainest style that reads back as this text.
    static func scalar(_ text: String, inFlow: Bool) -> String {
        if isPlain(text, inFlow: inFlow) { return text }
        guard isPrintable(text, allowingLineEnds: false) else { return doubleQuoted(text) }
        return "'" + text.replacing("'", with: "''") + "'"
    }

    private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        let scalar = DocumentNode.Scalar(text: text, style: .plain, mark: DocumentMark(line: 1, column: 1))
        guard scalar.plainMeaning == .text, !scalar.isOldBoolean, isPrintable(text, allowingLineEnds: false),
            let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, first != " ", last != " ",
            last != ":", !"-?:,[]{}#&*!|>'\"%@`=<.~".unicodeScalars.contains(first), !text.contains(": "),
            !text.contains(" #")
        else { return false }
        return !inFlow || !text.unicodeScalars.contains { ",[]{}:?\"'".unicodeScalars.contains($0) }
    }

    private static func isPrintable(_ text: String, allowingLineEnds: Bool) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A: allowingLineEnds
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
            default: true
            }
        }
    }

    private static func doubleQuoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if isPrintable(String(scalar), allowingLineEnds: false) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                }
            }
        }
        return quoted + "\""
    }
}

extension DocumentTree {
    /// Whether it can be read well on one line.
    fileprivate var isFlow: Bool {
        switch self {
        case .raw, .text: true
        case .list(let elements): elements.allSatisfy(\.isScalar)
        case .mapping(let entries): entries.allSatisfy { $0.value.isFlow }
        case .things(let entries): entries.isEmpty
        }
    }
}
