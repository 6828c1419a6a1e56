/// Parses an expression by recursive descent, with a limit on nesting instead of on the stack.
/// - Complexity: O(n).
struct Parser {
    private var lexer: Lexer
    private var tree: SyntaxTree
    private var token: Token
    /// The end of the token before `token`.
    private var previousEnd = 0
    private var depth = 0
    private let limits: Limits
    let extensions: Extensions

    /// - Throws: ``Problems`` with the first thing wrong.
    static func parse(_ bytes: [UInt8], limits: Limits, extensions: Extensions) throws(Problems) -> SyntaxTree {
        guard bytes.count <= limits.expressionBytes else {
            let message = "the expression is longer than \(limits.expressionBytes) bytes"
            throw Problems([Problem(line: 1, column: 1, message: message)])
        }
        let source = SourceText(bytes)
        do throws(SyntaxFailure) {
            if let offset = invalidOffset(bytes) { throw SyntaxFailure("the text is not valid UTF-8", at: offset) }
            var parser = try Parser(source, limits: limits, extensions: extensions)
            return try parser.wholeExpression()
        } catch {
            let place = source.location(of: error.offset)
            throw Problems([Problem(line: place.line, column: place.column, message: error.message)])
        }
    }

    /// The offset of the first byte that is not UTF-8.
    private static func invalidOffset(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput, .error: return offset
            }
        }
    }

    private init(_ source: SourceText, limits: Limits, extensions: Extensions) throws(SyntaxFailure) {
        lexer = Lexer(source.bytes)
        tree = SyntaxTree(source: source)
        self.limits = limits
        self.extensions = extensions
        token = try lexer.next()
    }

    private mutating func wholeExpression() throws(SyntaxFailure) -> SyntaxTree {
        tree.root = try expression()
        guard token.kind == .end else { throw unexpected() }
        return tree
    }

    // MARK: Tokens

    private mutating func advance() throws(SyntaxFailure) {
        previousEnd = token.range.upperBound
        token = try lexer.next()
    }

    private func isAt(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

    private mutating func skip(_ symbol: String) throws(SyntaxFailure) -> Bool {
        guard isAt(symbol) else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ symbol: String) throws(SyntaxFailure) {
        guard try skip(symbol) else { throw unexpected("`\(symbol)`") }
    }

    private func unexpected(_ wanted: String? = nil) -> SyntaxFailure {
        let found =
            switch token.kind {
            case .end: "the end of the expression"
            case .string, .bytes: "a string"
            default: "`\(tree.source.text(token.range))`"
            }
        let message = wanted.map { "expected \($0), found \(found)" } ?? "unexpected \(found)"
        return SyntaxFailure(message, at: token.range.lowerBound)
    }

    // MARK: Nodes

    mutating func add(_ kind: SyntaxNode.Kind, from start: Int, position: Int) throws(SyntaxFailure) -> NodeID {
        let height = 1 + (kind.children.map { tree.nodes[$0].height }.max() ?? 0)
        guard height <= limits.nestingDepth else { throw tooDeep(at: position) }
        guard tree.nodes.count < limits.nodes else {
            throw SyntaxFailure("the expression has more than \(limits.nodes) parts", at: position)
        }
        tree.nodes.append(
            SyntaxNode(kind: kind, range: start..<previousEnd, position: position, height: height))
        return tree.nodes.count - 1
    }

    func node(_ id: NodeID) -> SyntaxNode { tree.nodes[id] }

    private func tooDeep(at offset: Int) -> SyntaxFailure {
        SyntaxFailure("the expression nests deeper than \(limits.nestingDepth) levels", at: offset)
    }

    // MARK: Grammar

    private mutating func expression() throws(SyntaxFailure) -> NodeID {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.nestingDepth else { throw tooDeep(at: token.range.lowerBound) }
        let start = token.range.lowerBound
        let condition = try logical("||", 1)
        guard isAt("?") else { return condition }
        let position = token.range.lowerBound
        try advance()
        let then = try logical("||", 1)
        try expect(":")
        let other = try expression()
        return try add(.conditional(condition, then: then, else: other), from: start, position: position)
    }

    /// A chain of `||` (level 1) over chains of `&&` (level 2) over relations.
    private mutating func logical(_ symbol: String, _ level: Int) throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        let first = level == 1 ? try logical("&&", 2) : try binary(3)
        guard isAt(symbol) else { return first }
        let position = token.range.lowerBound
        var operands = [first]
        while try skip(symbol) { operands.append(level == 1 ? try logical("&&", 2) : try binary(3)) }
        return try add(level == 1 ? .or(operands) : .and(operands), from: start, position: position)
    }

    private mutating func binary(_ minimum: Int) throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        var left = try unary()
        while let (function, precedence) = binaryOperator(), precedence >= minimum {
            let position = token.range.lowerBound
            try advance()
            let right = try binary(precedence + 1)
            left = try add(.call(function, target: nil, [left, right]), from: start, position: position)
        }
        return left
    }

    private func binaryOperator() -> (function: String, precedence: Int)? {
        switch token.kind {
        case .symbol(let symbol): Operators.binary[symbol]
        case .word("in"): Operators.binary["in"]
        default: nil
        }
    }

    private mutating func unary() throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        guard isAt("!") || isAt("-") else { return try member() }
        let symbol = isAt("!") ? "!" : "-"
        var positions: [Int] = []
        while isAt(symbol) {
            positions.append(token.range.lowerBound)
            try advance()
            guard positions.count <= limits.nestingDepth else { throw tooDeep(at: start) }
        }
        var operand: NodeID
        if symbol == "-", let last = positions.last, let literal = try negativeLiteral(from: last) {
            operand = try member(after: literal, from: last)
            positions.removeLast()
        } else {
            operand = try member()
        }
        for position in positions.reversed() {
            let function = symbol == "!" ? Operators.not : Operators.negate
            operand = try add(.call(function, target: nil, [operand]), from: position, position: position)
        }
        return operand
    }

    /// The literal after a minus sign, which belongs to the number: only so can the least integer be written.
    private mutating func negativeLiteral(from start: Int) throws(SyntaxFailure) -> NodeID? {
        switch token.kind {
        case .int(let magnitude):
            guard magnitude <= 1 << 63 else {
                throw SyntaxFailure("the number does not fit into an int", at: start)
            }
            try advance()
            return try add(.literal(.int(Int64(truncatingIfNeeded: 0 &- magnitude))), from: start, position: start)
        case .double(let number):
            try advance()
            return try add(.literal(.double(-number)), from: start, position: start)
        default: return nil
        }
    }

    private mutating func member() throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        let first = try primary()
        return try member(after: first, from: start)
    }

    private mutating func member(after first: NodeID, from start: Int) throws(SyntaxFailure) -> NodeID {
        var operand = first
        while true {
            let position = token.range.lowerBound
            if try skip(".") {
                operand = try selection(of: operand, from: start)
            } else if try skip("[") {
                let isOptional = try skip("?")
                if isOptional { try requireOptionals(at: position) }
                let index = try expression()
                try expect("]")
                let function = isOptional ? Operators.optionalIndex : Operators.index
                operand = try add(.call(function, target: nil, [operand, index]), from: start, position: position)
            } else if isAt("{"), let name = qualifiedName(operand) {
                operand = try message(name, from: start)
            } else {
                return operand
            }
        }
    }

    /// What follows a dot: a field, or a method with its arguments.
    private mutating func selection(of operand: NodeID, from start: Int) throws(SyntaxFailure) -> NodeID {
        let isOptional = try skip("?")
        if isOptional { try requireOptionals(at: previousEnd - 1) }
        let position = token.range.lowerBound
        switch token.kind {
        case .word(let name):
            guard !Keywords.literals.contains(name) else { throw unexpected("a field name") }
            try advance()
            if !isOptional, try skip("(") {
                let arguments = try self.arguments()
                return try call(name, target: operand, arguments, from: start, position: position)
            }
            return try add(
                .select(operand, field: name, isOptional ? .optional : .value), from: start, position: position)
        case .quoted(let name):
            try advance()
            return try add(
                .select(operand, field: name, isOptional ? .optional : .value), from: start, position: position)
        default: throw unexpected("a field name")
        }
    }

    private mutating func arguments() throws(SyntaxFailure) -> [NodeID] {
        var arguments: [NodeID] = []
        if try skip(")") { return arguments }
        repeat { arguments.append(try expression()) } while try skip(",")
        try expect(")")
        return arguments
    }

    private mutating func primary() throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        switch token.kind {
        case .symbol("("):
            try advance()
            let inner = try expression()
            try expect(")")
            tree.nodes[inner].range = start..<previousEnd
            tree.nodes[inner].isGrouped = true
            return inner
        case .symbol("["): return try listLiteral()
        case .symbol("{"): return try mapLiteral()
        case .symbol("."):
            try advance()
            guard case .word(let name) = token.kind else { throw unexpected("a name") }
            return try nameOrCall("." + name, from: start)
        case .word("true"): return try literal(.bool(true))
        case .word("false"): return try literal(.bool(false))
        case .word("null"): return try literal(.null)
        case .word(let name): return try nameOrCall(name, from: start)
        case .int(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                throw SyntaxFailure("the number does not fit into an int; write `u` after it for a uint", at: start)
            }
            return try literal(.int(value))
        case .uint(let value): return try literal(.uint(value))
        case .double(let value): return try literal(.double(value))
        case .string(let value): return try literal(.string(value))
        case .bytes(let value): return try literal(.bytes(value))
        case .symbol, .quoted, .end: throw unexpected()
        }
    }

    private mutating func literal(_ value: Value) throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        try advance()
        return try add(.literal(value), from: start, position: start)
    }

    /// A variable or a call of a global function.
    private mutating func nameOrCall(_ name: String, from start: Int) throws(SyntaxFailure) -> NodeID {
        let word = name.utf8.first == UInt8(ascii: ".") ? String(name.dropFirst()) : name
        guard !Keywords.literals.contains(word) else { throw unexpected() }
        guard !Keywords.reserved.contains(word) else {
            throw SyntaxFailure("`\(word)` is a reserved word", at: token.range.lowerBound)
        }
        let position = token.range.lowerBound
        try advance()
        guard try skip("(") else { return try add(.name(name), from: start, position: position) }
        let arguments = try self.arguments()
        return try call(name, target: nil, arguments, from: start, position: position)
    }

    private mutating func listLiteral() throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        try advance()
        var elements: [ListElement] = []
        while !isAt("]") {
            let isOptional = try optionalMark()
            elements.append(ListElement(value: try expression(), isOptional: isOptional))
            guard try skip(",") else { break }
        }
        try expect("]")
        return try add(.list(elements), from: start, position: start)
    }

    private mutating func mapLiteral() throws(SyntaxFailure) -> NodeID {
        let start = token.range.lowerBound
        try advance()
        var entries: [MapEntry] = []
        while !isAt("}") {
            let isOptional = try optionalMark()
            let key = try expression()
            try expect(":")
            entries.append(MapEntry(key: key, value: try expression(), isOptional: isOptional))
            guard try skip(",") else { break }
        }
        try expect("}")
        return try add(.map(entries), from: start, position: start)
    }

    private mutating func message(_ name: String, from start: Int) throws(SyntaxFailure) -> NodeID {
        try expect("{")
        var fields: [MessageField] = []
        while !isAt("}") {
            let isOptional = try optionalMark()
            let field: String
            switch token.kind {
            case .word(let name) where !Keywords.literals.contains(name): field = name
            case .quoted(let name): field = name
            default: throw unexpected("a field name")
            }
            try advance()
            try expect(":")
            fields.append(MessageField(name: field, value: try expression(), isOptional: isOptional))
            guard try skip(",") else { break }
        }
        try expect("}")
        return try add(.message(name, fields), from: start, position: start)
    }

    private mutating func optionalMark() throws(SyntaxFailure) -> Bool {
        let position = token.range.lowerBound
        guard try skip("?") else { return false }
        try requireOptionals(at: position)
        return true
    }

    private func requireOptionals(at offset: Int) throws(SyntaxFailure) {
        guard extensions.contains(.optionals) else { throw SyntaxFailure("optional syntax is not enabled", at: offset) }
    }

    /// `a.b.c` of a chain of names, nil for any other expression.
    func qualifiedName(_ id: NodeID) -> String? { tree.qualifiedName(id) }
}

extension SyntaxTree {
    /// `a.b.c` of a chain of plain selections on a name, nil for any other expression.
    func qualifiedName(_ id: NodeID) -> String? {
        var fields: [String] = []
        var current = id
        while true {
            switch nodes[current].kind {
            case .name(let name): return ([name] + fields.reversed()).joined(separator: ".")
            case .select(let operand, let field, .value):
                guard field.isPlainName, !nodes[current].isGrouped || current == id else { return nil }
                fields.append(field)
                current = operand
            default: return nil
            }
        }
    }
}
