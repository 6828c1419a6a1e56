/// Changes single values in the text of one YAML file where they stand: comments, order and everything else stay as they
/// are.
///
/// After every change the text is read again, and a change that says anything else than was asked is not made. Whoever is
/// refused edits the text itself.
public struct DocumentEditor: Sendable {
    /// What is written.
    public enum Value: Sendable, Hashable {
        /// A word, a number, a duration or a day.
        case word(String)
        /// A text for people, between quotes where it would read as something else.
        case text(String)
        /// A condition or an amount: in a block of its own where it has several lines or does not stand well on one.
        case expression(String)
        /// A mapping or list on one line, as YAML.
        case flow(String)
    }

    private var source: [Unicode.Scalar] = []
    private var starts: [Int] = []
    private var root: DocumentNode

    /// `nil` for a text that is no YAML, or no mapping.
    public init?(_ text: String) {
        let bytes = ProgrammeDocument.normalized(Array(text.utf8))
        guard let root = Self.read(bytes) else { return nil }
        self.root = root
        take(String(decoding: bytes, as: UTF8.self))
    }

    public var text: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: source)
        return text
    }

    // MARK: Reading

    /// The scalar that stands there, as it reads.
    public subscript(_ keys: [String]) -> String? {
        guard case .scalar(let scalar)? = find(keys) else { return nil }
        return scalar.text
    }

    /// Whether anything stands there that is no scalar.
    public func isRich(_ keys: [String]) -> Bool {
        switch find(keys) {
        case .list?, .mapping?: true
        case .scalar?, nil: false
        }
    }

    public func exists(_ keys: [String]) -> Bool { find(keys) != nil }

    /// How many elements the list there has; `nil` if there is no list.
    public func count(_ keys: [String]) -> Int? {
        guard case .list(let elements, _)? = find(keys) else { return nil }
        return elements.count
    }

    /// The keys of the mapping there, in their order.
    public func keys(of keys: [String] = []) -> [String] {
        guard case .mapping(let entries, _)? = find(keys) else { return [] }
        return entries.map(\.key.text)
    }

    /// The lines over which it stands, from 1; `nil` if nothing does.
    public func lines(of keys: [String]) -> ClosedRange<Int>? {
        guard let node = find(keys), let range = range(of: node) else { return nil }
        return line(at: range.lowerBound)...line(at: max(range.lowerBound, range.upperBound - 1))
    }

    /// Whether a place in the file, line and column from 1, lies in what stands there.
    public func holds(_ keys: [String], line: Int, column: Int) -> Bool {
        guard let node = find(keys), let range = range(of: node) else { return false }
        let place = offset(DocumentMark(line: line, column: max(1, column)))
        return range.contains(place) || place == range.upperBound
    }

    /// Line and column within the scalar there, both from 1, of a place in the file; `nil` if the place lies elsewhere.
    public func place(line: Int, column: Int, in keys: [String]) -> (line: Int, column: Int)? {
        guard let lines = lines(of: keys), lines.contains(line), case .scalar(let scalar)? = find(keys) else {
            return nil
        }
        switch scalar.style {
        case .plain, .quoted:
            return line == scalar.mark.line
                ? (1, max(1, column - scalar.mark.column + 1 - (scalar.style == .quoted ? 1 : 0))) : (1, 1)
        case .literal, .folded:
            guard let first = blockIndentation(scalar) else { return (1, 1) }
            return line > scalar.mark.line ? (line - scalar.mark.line, max(1, column - first)) : (1, 1)
        }
    }

    // MARK: Writing

    /// Writes a value, or takes it away.
    ///
    /// - Parameters:
    ///   - keys: from the root of the file; a number is a place in a list, and the number after the last adds to it.
    ///   - order: the order in which the keys of the file are usually written.
    /// - Returns: whether it could be done; if not, nothing has changed.
    @discardableResult
    public mutating func set(_ keys: [String], to value: Value?, order: [String] = []) -> Bool {
        guard !keys.isEmpty else { return false }
        if let value {
            if case .scalar(let scalar)? = find(keys), Self.reads(scalar, as: value) { return true }
        } else if find(keys) == nil {
            return true
        }
        let before = self
        let scope = value == nil || Int(keys.last ?? "") != nil ? Array(keys.prefix(1)) : keys
        let isWritten = value.map { write($0, at: keys, order) } ?? remove(keys)
        guard isWritten, let root = Self.read(Array(text.utf8)) else {
            self = before
            return false
        }
        self.root = root
        guard isAsAsked(keys, value), Self.leaves(root, without: scope) == Self.leaves(before.root, without: scope)
        else {
            self = before
            return false
        }
        return true
    }

    private func isAsAsked(_ keys: [String], _ value: Value?) -> Bool {
        guard let value else { return true }
        if case .flow = value { return find(keys) != nil }
        guard case .scalar(let scalar)? = find(keys) else { return false }
        return Self.reads(scalar, as: value)
    }

    private static func reads(_ scalar: DocumentNode.Scalar, as value: Value) -> Bool {
        switch value {
        case .word(let text): return scalar.text == text
        case .text(let text): return scalar.text == text && scalar.plainMeaning == .text
        case .expression(let text): return scalar.text.strippedOfFinalNewlines == text.strippedOfFinalNewlines
        case .flow: return false
        }
    }

    private mutating func write(_ value: Value, at keys: [String], _ order: [String]) -> Bool {
        if let node = find(keys) {
            guard let range = range(of: node) else { return false }
            return replace(node, range, by: value, at: keys)
        }
        guard let key = keys.last else { return false }
        let parent = Array(keys.dropLast())
        switch find(parent) {
        case nil:
            guard let flow = Self.flow(key, value) else { return false }
            return write(.flow(flow), at: parent, order)
        case .scalar(let scalar)?:
            guard scalar.plainMeaning == .null, let flow = Self.flow(key, value) else { return false }
            return write(.flow(flow), at: parent, order)
        case .list(let elements, let mark)?:
            guard Int(key) == elements.count else { return false }
            return append(value, to: elements, mark)
        case .mapping(let entries, let mark)?:
            return add(key, value, to: entries, mark, isInFlow: isInFlow(keys), parent.isEmpty ? order : [])
        }
    }

    /// `{ key: value }`, or `[value]` for the first of a list.
    private static func flow(_ key: String, _ value: Value) -> String? {
        let inline = inline(value, inFlow: true)
        if let index = Int(key) { return index == 0 ? "[\(inline)]" : nil }
        return "{ \(DocumentWriter.scalar(key, inFlow: true)): \(inline) }"
    }

    private mutating func replace(
        _ node: DocumentNode, _ range: Range<Int>, by value: Value, at keys: [String]
    ) -> Bool {
        let isInFlow = isInFlow(keys)
        let isEmpty = range.isEmpty
        var range = range
        var written = Self.inline(value, inFlow: isInFlow)
        if !isInFlow, let block = block(value, at: keys) {
            // What stands behind the value on its line is a comment, which may stand behind the bar, too.
            let end = lineEnd(range.upperBound)
            let isBlock = isBlockScalar(node)
            let comment = isBlock ? comment(ofBlockAt: range.lowerBound) : string(range.upperBound..<end)
            written = "|" + comment + "\n" + block
            if !isBlock { range = range.lowerBound..<end }
        } else if isBlockScalar(node) {
            written += comment(ofBlockAt: range.lowerBound)
        }
        if isEmpty, range.lowerBound > 0, ":-".unicodeScalars.contains(source[range.lowerBound - 1]) {
            written = " " + written
        }
        splice(range, written)
        return true
    }

    private mutating func append(_ value: Value, to elements: [DocumentNode], _ mark: DocumentMark) -> Bool {
        let start = offset(mark)
        let written = Self.inline(value, inFlow: true)
        if source[start] == "[" {
            guard let last = elements.last else {
                splice(start + 1..<start + 1, written)
                return true
            }
            guard let end = range(of: last)?.upperBound else { return false }
            splice(end..<end, ", " + written)
            return true
        }
        guard source[start] == "-", let last = elements.last, let end = range(of: last)?.upperBound else {
            return false
        }
        let line = Self.spaces(mark.column - 1) + "- " + written
        insertLine(line, after: end)
        return true
    }

    private mutating func add(
        _ key: String, _ value: Value, to entries: [DocumentNode.Entry], _ mark: DocumentMark, isInFlow: Bool,
        _ order: [String]
    ) -> Bool {
        let start = offset(mark)
        let name = DocumentWriter.scalar(key, inFlow: true)
        if source[start] == "{" {
            let inline = "\(name): \(Self.inline(value, inFlow: true))"
            guard let last = entries.last else {
                splice(start + 1..<start + 1, " \(inline) ")
                return true
            }
            guard let end = range(of: last.value)?.upperBound else { return false }
            splice(end..<end, ", " + inline)
            return true
        }
        // After the last of those that usually stand before it, or at the end.
        var last = entries.last
        if let place = order.firstIndex(of: key) {
            let earlier = order[..<place]
            if let found = entries.last(where: { earlier.contains($0.key.text) }) { last = found }
        }
        guard !isInFlow, let last, let end = range(of: last.value)?.upperBound else { return false }
        let indentation = mark.column - 1
        var line = Self.spaces(indentation) + name + ": "
        if let block = Self.block(value, indentation: indentation + 2) {
            line += "|\n" + block
        } else {
            line += Self.inline(value, inFlow: false)
        }
        insertLine(line, after: end)
        return true
    }

    private mutating func remove(_ keys: [String]) -> Bool {
        guard let key = keys.last, let node = find(keys), let range = range(of: node) else { return false }
        let parent = Array(keys.dropLast())
        switch find(parent) {
        case .mapping(let entries, let mark)?:
            guard let entry = entries.first(where: { $0.key.text == key }) else { return false }
            if entries.count == 1 { return parent.isEmpty ? false : remove(parent) }
            let start = offset(entry.key.mark)
            if source[offset(mark)] == "{" {
                return cut(start..<range.upperBound, isLast: entries.last?.key.text == key)
            }
            return cutLines(start..<range.upperBound, mayFollow: " ")
        case .list(let elements, let mark)?:
            if elements.count == 1 { return parent.isEmpty ? false : remove(parent) }
            if source[offset(mark)] == "[" { return cut(range, isLast: Int(key) == elements.count - 1) }
            return cutLines(range, mayFollow: " -")
        case .scalar?, nil: return false
        }
    }

    /// Takes something out of a list or mapping on one line, with its comma.
    private mutating func cut(_ range: Range<Int>, isLast: Bool) -> Bool {
        var (start, end) = (range.lowerBound, range.upperBound)
        if isLast {
            while start > 0, source[start - 1] != "," { start -= 1 }
            guard start > 0 else { return false }
            start -= 1
        } else {
            while end < source.count, source[end] != "," { end += 1 }
            guard end < source.count else { return false }
            end += 1
            while end < source.count, source[end] == " " { end += 1 }
        }
        splice(start..<end, "")
        return true
    }

    /// Takes whole lines out.
    private mutating func cutLines(_ range: Range<Int>, mayFollow allowed: String) -> Bool {
        let start = starts[line(at: range.lowerBound) - 1]
        guard source[start..<range.lowerBound].allSatisfy({ allowed.unicodeScalars.contains($0) }) else { return false }
        splice(start..<min(lineEnd(max(range.lowerBound, range.upperBound - 1)) + 1, source.count), "")
        return true
    }

    private mutating func insertLine(_ line: String, after place: Int) {
        let end = lineEnd(max(place - 1, 0))
        splice(end..<end, "\n" + line)
    }

    private mutating func splice(_ range: Range<Int>, _ text: String) {
        source.replaceSubrange(range, with: text.unicodeScalars)
        take(self.text)
    }

    // MARK: How values are written

    private static func inline(_ value: Value, inFlow: Bool) -> String {
        switch value {
        case .flow(let text): return text
        case .text(let text): return DocumentWriter.scalar(text, inFlow: inFlow)
        case .word(let text), .expression(let text):
            let text = text.strippedOfFinalNewlines
            return isWord(text) ? text : DocumentWriter.scalar(text, inFlow: inFlow)
        }
    }

    /// Nothing that YAML would read as anything but itself.
    private static func isWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        func isPlain(_ byte: UInt8) -> Bool {
            let isLetter = UInt8(ascii: "a") <= byte | 0x20 && byte | 0x20 <= UInt8(ascii: "z")
            return isLetter || UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
        }
        return isPlain(first) && isPlain(last)
            && text.utf8.allSatisfy { isPlain($0) || " .-_+:".utf8.contains($0) } && !text.contains(": ")
    }

    private func block(_ value: Value, at keys: [String]) -> String? {
        guard case .mapping(_, let mark)? = find(Array(keys.dropLast())) else { return nil }
        return Self.block(value, indentation: mark.column + 1)
    }

    private static func block(_ value: Value, indentation: Int) -> String? {
        guard case .expression(let text) = value else { return nil }
        let lines = text.strippedOfFinalNewlines.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count == 1, let line = lines.first {
            let line = String(line)
            // One line stands behind its key unless it needs quotes there.
            if isWord(line) || DocumentWriter.scalar(line, inFlow: false) == line || line.isEmpty { return nil }
        }
        guard lines.first?.first != " " else { return nil }
        return lines.map { $0.allSatisfy { $0 == " " } ? "" : spaces(indentation) + $0 }.joined(separator: "\n")
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    // MARK: Where things stand

    private func find(_ keys: [String]) -> DocumentNode? {
        var node = root
        for key in keys {
            switch node {
            case .mapping(let entries, _):
                guard let entry = entries.first(where: { $0.key.text == key }) else { return nil }
                node = entry.value
            case .list(let elements, _):
                guard let index = Int(key), elements.indices.contains(index) else { return nil }
                node = elements[index]
            case .scalar: return nil
            }
        }
        return node
    }

    /// Whether something around it is written between brackets.
    private func isInFlow(_ keys: [String]) -> Bool {
        keys.indices.contains { depth in
            switch find(Array(keys[..<depth])) {
            case .mapping(_, let mark)?: source[offset(mark)] == "{"
            case .list(_, let mark)?: source[offset(mark)] == "["
            case .scalar?, nil: false
            }
        }
    }

    /// From the first character to the one after the last; `nil` where it cannot be told, as behind an anchor.
    private func range(of node: DocumentNode) -> Range<Int>? {
        let start = offset(node.mark)
        guard start <= source.count else { return nil }
        switch node {
        case .scalar(let scalar):
            if start < source.count, "&*!".unicodeScalars.contains(source[start]), scalar.style != .quoted {
                return nil
            }
            return end(of: scalar).map { start..<max(start, $0) }
        case .list(let elements, _):
            guard start < source.count else { return nil }
            if source[start] == "[" { return closing("]", start, elements.last) }
            guard source[start] == "-", let last = elements.last, let range = range(of: last) else { return nil }
            return start..<range.upperBound
        case .mapping(let entries, _):
            guard start < source.count else { return nil }
            if source[start] == "{" { return closing("}", start, entries.last?.value) }
            guard !"&*!".unicodeScalars.contains(source[start]), let last = entries.last,
                let range = range(of: last.value)
            else { return nil }
            return start..<range.upperBound
        }
    }

    private func closing(_ bracket: Unicode.Scalar, _ start: Int, _ last: DocumentNode?) -> Range<Int>? {
        var position = start + 1
        if let last {
            guard let range = range(of: last) else { return nil }
            position = range.upperBound
        }
        while position < source.count {
            switch source[position] {
            case bracket: return start..<position + 1
            case " ", "\n", "\t", ",": position += 1
            case "#": position = lineEnd(position)
            default: return nil
            }
        }
        return nil
    }

    private func end(of scalar: DocumentNode.Scalar) -> Int? {
        let start = offset(scalar.mark)
        switch scalar.style {
        case .literal, .folded: return blockEnd(scalar)
        case .plain, .quoted:
            if scalar.style == .plain, scalar.text.isEmpty { return start }
            let lines = scalar.text.split(separator: "\n", omittingEmptySubsequences: false)
            let mark = DocumentLocator.mark(
                line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1, of: scalar,
                in: Array(text.utf8))
            let end = offset(mark)
            if scalar.style == .plain { return end > start ? end : nil }
            guard end < source.count, start < source.count, source[end] == source[start] else { return nil }
            // An empty one ends at the quote behind the first.
            return end == start ? nil : end + 1
        }
    }

    private func isBlockScalar(_ node: DocumentNode) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .literal || scalar.style == .folded
    }

    private func blockIndentation(_ scalar: DocumentNode.Scalar) -> Int? {
        var line = scalar.mark.line + 1
        while line <= starts.count {
            let text = source[starts[line - 1]..<lineEnd(starts[line - 1])]
            if let first = text.firstIndex(where: { $0 != " " }) { return first - starts[line - 1] }
            line += 1
        }
        return nil
    }

    private func blockEnd(_ scalar: DocumentNode.Scalar) -> Int? {
        guard let indentation = blockIndentation(scalar), indentation > 0 else { return nil }
        var end = lineEnd(offset(scalar.mark))
        var line = scalar.mark.line + 1
        while line <= starts.count {
            let start = starts[line - 1]
            let text = source[start..<lineEnd(start)]
            if let first = text.firstIndex(where: { $0 != " " }) {
                guard first - start >= indentation else { break }
                end = lineEnd(start)
            }
            line += 1
        }
        return end
    }

    /// What stands behind the bar of a block, with the space before it.
    private func comment(ofBlockAt start: Int) -> String {
        let header = string(start..<lineEnd(start))
        guard let mark = header.firstIndex(of: "#") else { return "" }
        return "   " + header[mark...]
    }

    private func offset(_ mark: DocumentMark) -> Int {
        guard mark.line >= 1, mark.line <= starts.count else { return source.count }
        return min(starts[mark.line - 1] + max(0, mark.column - 1), source.count)
    }

    private func line(at offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }

    private func lineEnd(_ offset: Int) -> Int {
        var end = offset
        while end < source.count, source[end] != "\n" { end += 1 }
        return end
    }

    private func string(_ range: Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: source[range])
        return text
    }

    private mutating func take(_ text: String) {
        source = Array(text.unicodeScalars)
        starts = [0]
        for (index, scalar) in source.enumerated() where scalar == "\n" { starts.append(index + 1) }
    }

    private static func read(_ bytes: [UInt8]) -> DocumentNode? {
        let (root, problems) = DocumentYAML.read(ProgrammeDocument.File(path: "x.yaml", bytes: bytes))
        guard problems.isEmpty, case .mapping? = root else { return nil }
        return root
    }

    /// Every scalar by its place, those below `scope` left out.
    private static func leaves(_ root: DocumentNode, without scope: [String]) -> [[String]: String] {
        var found: [[String]: String] = [:]
        func walk(_ node: DocumentNode, _ path: [String]) {
            guard !path.starts(with: scope) || path.count < scope.count else { return }
            switch node {
            case .scalar(let scalar):
                // An empty value gives way to what is put there.
                if !scope.starts(with: path) { found[path] = scalar.text }
            case .list(let elements, _):
                for (index, element) in elements.enumerated() { walk(element, path + [String(index)]) }
            case .mapping(let entries, _): for entry in entries { walk(entry.value, path + [entry.key.text]) }
            }
        }
        walk(root, [])
        return found
    }
}
