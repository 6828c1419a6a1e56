/// The tokens of a text that need not be an expression: what cannot be read is looked past.
/// - Complexity: O(n).
struct EditorTokens {
    struct Item {
        /// The token; what could not be read is a symbol of its own text.
        var kind: Token.Kind
        var range: Range<Int>
        /// Whether it is a string without its closing quote.
        var isOpen = false

        func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

        var word: String? {
            switch kind {
            case .word(let text), .quoted(let text): text
            default: nil
            }
        }

        var isString: Bool {
            if case .string = kind { true } else { isOpen }
        }

        /// Whether an operand can end here.
        var endsOperand: Bool {
            switch kind {
            case .word(let text): text != "in"
            case .symbol(let symbol): [")", "]", "}"].contains(symbol)
            case .end: false
            default: true
            }
        }
    }

    let bytes: [UInt8]
    private(set) var items: [Item] = []
    /// The bracket that closes or opens the one at an index.
    private(set) var partner: [Int: Int] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var lexer = Lexer(bytes)
        while lexer.position < bytes.count {
            let before = lexer.position
            do throws(SyntaxFailure) {
                let token = try lexer.next()
                if token.kind == .end { break }
                items.append(Item(kind: token.kind, range: token.range))
            } catch {
                let start = max(error.offset, before)
                if let string = Self.string(bytes, at: before) {
                    items.append(string)
                    lexer.skip(to: string.range.upperBound)
                } else {
                    lexer.skip(to: max(lexer.position, start + 1))
                }
            }
        }
        match()
    }

    /// A string that the lexer refuses: without its end, or with an escape that there is not. It stands after blanks and
    /// comments.
    private static func string(_ bytes: [UInt8], at offset: Int) -> Item? {
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        var start = offset
        while start < bytes.count {
            if [0x20, 0x09, 0x0a, 0x0c, 0x0d].contains(bytes[start]) {
                start += 1
            } else if byte(start) == UInt8(ascii: "/"), byte(start + 1) == UInt8(ascii: "/") {
                while start < bytes.count, bytes[start] != 0x0a { start += 1 }
            } else {
                break
            }
        }
        var position = start
        var isRaw = false
        while position < start + 2, "rRbB".utf8.contains(byte(position)) {
            if byte(position) | 0x20 == UInt8(ascii: "r") { isRaw = true }
            position += 1
        }
        let quote = byte(position)
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
        let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
        position += isTriple ? 3 : 1
        let content = position
        while position < bytes.count {
            let current = bytes[position]
            if current == quote, !isTriple || (byte(position + 1) == quote && byte(position + 2) == quote) {
                let text = String(decoding: bytes[content..<position], as: UTF8.self)
                return Item(kind: .string(text), range: start..<(position + (isTriple ? 3 : 1)))
            }
            if !isTriple, current == 0x0a || current == 0x0d { break }
            position += current == UInt8(ascii: "\\") && !isRaw ? 2 : 1
        }
        position = min(position, bytes.count)
        let text = String(decoding: bytes[content..<max(content, position)], as: UTF8.self)
        return Item(kind: .string(text), range: start..<max(content, position), isOpen: true)
    }

    private mutating func match() {
        var open: [(index: Int, symbol: String)] = []
        let closing = [")": "(", "]": "[", "}": "{"]
        for (index, item) in items.enumerated() {
            guard case .symbol(let symbol) = item.kind else { continue }
            if ["(", "[", "{"].contains(symbol) { open.append((index, symbol)) }
            guard let opener = closing[symbol], open.last?.symbol == opener, let last = open.popLast() else { continue }
            partner[index] = last.index
            partner[last.index] = index
        }
    }

    /// The first token of the chain of names, calls and brackets that ends with the one at `index`; nil if none does.
    /// - Complexity: linear in the chain.
    func chainStart(endingAt index: Int) -> Int? {
        var position = index
        while position >= 0 {
            let item = items[position]
            if item.isSymbol(")") || item.isSymbol("]") {
                guard let opener = partner[position] else { return nil }
                // A call's name, what an index stands behind, or nothing: then the bracket begins the chain.
                guard opener > 0, items[opener - 1].endsOperand else { return opener }
                position = opener - 1
                if items[position].isSymbol(")") || items[position].isSymbol("]") { continue }
            } else if !item.endsOperand || item.isSymbol("}") {
                return nil
            }
            guard position > 0, let dot = dot(before: position) else { return position }
            position = dot - 1
        }
        return nil
    }

    /// The dot before a token, also of `.?`.
    func dot(before index: Int) -> Int? {
        guard index > 0 else { return nil }
        if items[index - 1].isSymbol(".") { return index - 1 }
        if index > 1, items[index - 1].isSymbol("?"), items[index - 2].isSymbol(".") { return index - 2 }
        return nil
    }

    /// `a.b.c` of a chain of plain names that ends with the token at `index`.
    func path(endingAt index: Int) -> String? {
        guard index >= 0, let start = chainStart(endingAt: index) else { return nil }
        var names: [String] = []
        for position in start...index {
            if let word = items[position].word {
                names.append(word)
            } else if !items[position].isSymbol("."), !items[position].isSymbol("?") {
                return nil
            }
        }
        return names.joined(separator: ".")
    }

    /// `a.b.c` of a chain of plain names that begins with the token at `index`.
    func path(startingAt index: Int) -> String? {
        var position = index
        guard items.indices.contains(position), items[position].word != nil else { return nil }
        while items.indices.contains(position + 2), items[position + 1].isSymbol("."), items[position + 2].word != nil {
            position += 2
        }
        return path(endingAt: position)
    }

    func text(_ range: ClosedRange<Int>) -> [UInt8] {
        Array(bytes[items[range.lowerBound].range.lowerBound..<items[range.upperBound].range.upperBound])
    }
}
