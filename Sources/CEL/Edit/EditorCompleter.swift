/// Finds what could stand at one place of an unfinished text.
struct EditorCompleter {
    let environment: Environment
    let hints: EditorHints
    let tokens: EditorTokens
    /// In bytes.
    let cursor: Int

    /// - Returns: the bytes that a completion takes the place of, and the completions, the best first.
    func run() -> (Range<Int>, [EditorCompletion]) {
        // The token that the cursor is in or right after, and how many stand before it.
        var before = tokens.items.partitioningIndex { $0.range.upperBound >= cursor }
        var current: EditorTokens.Item?
        if tokens.items.indices.contains(before) {
            let item = tokens.items[before]
            if item.range.lowerBound < cursor, cursor < item.range.upperBound || item.word != nil || item.isOpen {
                current = item
            } else if item.range.upperBound == cursor {
                before += 1
                // Between two tokens that touch, the word after the cursor is the one that is written.
                if tokens.items.indices.contains(before), tokens.items[before].range.lowerBound == cursor,
                    tokens.items[before].word != nil
                {
                    current = tokens.items[before]
                }
            } else if item.range.lowerBound == cursor, item.word != nil {
                current = item
            }
        }
        let empty = cursor..<cursor
        if current == nil, isInComment(before) { return (empty, []) }
        let scopes = EditorScopes(tokens, before: before, environment)
        if let current, current.isString {
            guard cursor > current.range.lowerBound else { return (empty, []) }
            // A string without its end takes the rest of its line with it.
            let range = current.isOpen ? current.range.lowerBound..<cursor : current.range
            return (range, insideString(current, before, scopes))
        }
        if let current, current.word == nil { return (empty, []) }
        let prefix = current.map { String(decoding: tokens.bytes[$0.range.lowerBound..<cursor], as: UTF8.self) } ?? ""
        let range = current?.range ?? empty
        let next = before + (current == nil ? 0 : 1)
        let isCalled = tokens.items.indices.contains(next) && tokens.items[next].isSymbol("(")
        var found: [EditorCompletion]
        if let dot = tokens.dot(before: before) {
            found = members(before: dot, scopes)
        } else if before > 0, tokens.items[before - 1].endsOperand {
            found = operators(after: before - 1, scopes)
        } else {
            found = operands(before, next, scopes)
        }
        if isCalled {
            for index in found.indices where found[index].insertion.hasSuffix(")") {
                found[index].insertion = String(found[index].insertion.prefix { $0 != "(" })
                found[index].cursor = found[index].insertion.utf16.count
            }
        }
        return (range, Self.matching(prefix, found))
    }

    /// Those that begin with what is written before those that contain it.
    private static func matching(_ prefix: String, _ found: [EditorCompletion]) -> [EditorCompletion] {
        let wanted = prefix.lowercased().filter { $0 != "`" && $0 != "'" && $0 != "\"" }
        guard !wanted.isEmpty else { return found }
        var first: [EditorCompletion] = []
        var second: [EditorCompletion] = []
        for completion in found {
            let label = completion.label.lowercased().filter { $0 != "'" }
            if label.hasPrefix(wanted) {
                first.append(completion)
            } else if label.contains(wanted) {
                second.append(completion)
            }
        }
        return first + second
    }

    /// Whether the cursor stands behind two slashes on their line, between two tokens.
    private func isInComment(_ before: Int) -> Bool {
        let start = before > 0 ? tokens.items[before - 1].range.upperBound : 0
        guard start < cursor else { return false }
        let line = tokens.bytes[start..<cursor].reversed().prefix { $0 != 0x0a }
        return zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "/") }
    }

    // MARK: Values

    static func quoted(_ text: String) -> String {
        var result = "'"
        for character in text.unicodeScalars {
            switch character {
            case "\\", "'": result += "\\" + String(character)
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(character)
            }
        }
        return result + "'"
    }

    private func values(_ path: String?, _ scopes: EditorScopes) -> [EditorCompletion] {
        guard let path, let known = hints.values[scopes.attribute(path)] else { return [] }
        return known.map { text in
            EditorCompletion(kind: .value, label: Self.quoted(text), detail: path, insertion: Self.quoted(text))
        }
    }

    /// What a text at this place is compared with: `path == ''`, `path in ['']`, `'' in path`, `path.exists(x, x == '')`.
    private func comparedPath(_ before: Int, _ next: Int) -> String? {
        func symbol(_ index: Int) -> String? {
            guard tokens.items.indices.contains(index), case .symbol(let symbol) = tokens.items[index].kind else {
                return nil
            }
            return symbol
        }
        let isEquality = ["==", "!="]
        if let operation = symbol(before - 1), isEquality.contains(operation) {
            return tokens.path(endingAt: before - 2)
        }
        if let operation = symbol(before - 1), operation == "[" || operation == "," {
            var index = before - 1
            // Back over the elements before this one; they are values, so nothing nests.
            while index >= 0, symbol(index) == "," || tokens.items[index].isString { index -= 1 }
            if symbol(index) == "[", index > 0, tokens.items[index - 1].kind == .word("in") {
                return tokens.path(endingAt: index - 2)
            }
        }
        if let operation = symbol(next), isEquality.contains(operation) { return tokens.path(startingAt: next + 1) }
        if tokens.items.indices.contains(next), tokens.items[next].kind == .word("in") {
            return tokens.path(startingAt: next + 1)
        }
        return nil
    }

    private func insideString(
        _ item: EditorTokens.Item, _ before: Int, _ scopes: EditorScopes
    ) -> [EditorCompletion] {
        let text = String(decoding: tokens.bytes[item.range.lowerBound..<cursor], as: UTF8.self)
        let found = values(comparedPath(before, before + 1), scopes)
        return Self.matching(String(text.drop { $0 != "'" && $0 != "\"" }), found)
    }

    // MARK: Operands and operators

    private func operands(_ before: Int, _ next: Int, _ scopes: EditorScopes) -> [EditorCompletion] {
        var found = values(comparedPath(before, next), scopes)
        var seen: Set<String> = []
        for variable in scopes.variables.reversed() where seen.insert(variable.name).inserted {
            found.append(
                EditorCompletion(
                    kind: .variable, label: variable.name, detail: variable.type.description, insertion: variable.name))
        }
        for (name, type) in environment.variables.sorted(by: { $0.key < $1.key }) where seen.insert(name).inserted {
            var isRecord = false
            if case .record = type { isRecord = true }
            found.append(
                EditorCompletion(
                    kind: .variable, label: name, detail: type.description, note: hints.notes[name],
                    insertion: isRecord ? name + "." : name))
        }
        found.append(
            EditorCompletion(
                kind: .macro, label: "has", detail: "(a.b) -> bool", insertion: "has()", cursor: 4))
        for text in ["true", "false"] {
            found.append(EditorCompletion(kind: .value, label: text, detail: "bool", insertion: text))
        }
        var prefixes: Set<String> = []
        for function in environment.library.functions.values.sorted(by: { $0.name < $1.name })
        where function.accepts(isMember: false) && function.name.first?.isLetter == true {
            if let dot = function.name.firstIndex(of: ".") {
                let prefix = String(function.name[..<dot])
                guard prefixes.insert(prefix).inserted else { continue }
                found.append(
                    EditorCompletion(
                        kind: .function, label: prefix + ".", detail: "", insertion: prefix + "."))
            } else if let completion = call(function.name, function, isMember: false, on: nil) {
                found.append(completion)
            }
        }
        return found
    }

    private func operators(after index: Int, _ scopes: EditorScopes) -> [EditorCompletion] {
        var type: CELType?
        if let start = tokens.chainStart(endingAt: index) {
            type = scopes.type(of: tokens.text(start...index), environment)
        }
        let logic = ["&&", "||"]
        let symbols: [String]
        switch type {
        // What stands before is most often a whole comparison.
        case nil, .bool, .dyn: symbols = logic + ["==", "!=", "<", "<=", ">", ">=", "in"]
        case .string: symbols = ["==", "!=", "in"] + logic + ["+"]
        case .int, .uint, .double: symbols = [">=", "<=", ">", "<", "==", "!="] + logic + ["+", "-", "*", "/", "in"]
        case .timestamp, .duration: symbols = [">=", "<=", ">", "<", "==", "!=", "-", "+"] + logic
        case .list, .map: symbols = logic + ["==", "!="]
        case .record: symbols = []
        default: symbols = logic + ["==", "!="]
        }
        return symbols.map { EditorCompletion(kind: .operator, label: $0, insertion: $0 + " ") }
    }

    // MARK: After a dot

    private func members(before dot: Int, _ scopes: EditorScopes) -> [EditorCompletion] {
        guard let start = tokens.chainStart(endingAt: dot - 1) else { return [] }
        let path = tokens.path(endingAt: dot - 1)
        var found: [EditorCompletion] = []
        if let path, !scopes.variables.contains(where: { $0.name == path.prefix { $0 != "." } }) {
            found += prefixed(path + ".")
        }
        guard let type = scopes.type(of: tokens.text(start...(dot - 1)), environment) else { return found }
        if case .record(let fields) = type {
            return fields.sorted { $0.key < $1.key }.map { name, type in
                var isRecord = false
                if case .record = type { isRecord = true }
                let written = name.isPlainName ? name : "`\(name)`"
                return EditorCompletion(
                    kind: .field, label: name, detail: type.description,
                    note: path.flatMap { hints.notes[$0 + "." + name] }, insertion: isRecord ? written + "." : written)
            } + found
        }
        found += macros(on: type)
        for function in environment.library.functions.values.sorted(by: { $0.name < $1.name })
        where function.accepts(isMember: true) && function.name.first?.isLetter == true {
            if let completion = call(function.name, function, isMember: true, on: type) { found.append(completion) }
        }
        return found
    }

    /// Functions that are called with a prefix, such as `math.abs`.
    private func prefixed(_ prefix: String) -> [EditorCompletion] {
        environment.library.functions.values.filter { $0.name.hasPrefix(prefix) && $0.accepts(isMember: false) }
            .sorted { $0.name < $1.name }
            .compactMap { call(String($0.name.dropFirst(prefix.count)), $0, isMember: false, on: nil) }
            + (prefix == "cel." && environment.extensions.contains(.bindings)
                ? [
                    EditorCompletion(
                        kind: .macro, label: "bind", detail: "(name, value, expression)", insertion: "bind(x, )",
                        cursor: 8)
                ] : [])
    }

    private func macros(on type: CELType) -> [EditorCompletion] {
        func macro(_ name: String, _ detail: String) -> EditorCompletion {
            EditorCompletion(
                kind: .macro, label: name, detail: detail, insertion: name + "(x, )", cursor: name.utf16.count + 4)
        }
        switch type {
        case .list(let element):
            return [
                macro("exists", "(x, bool) -> bool"), macro("all", "(x, bool) -> bool"),
                macro("exists_one", "(x, bool) -> bool"), macro("filter", "(x, bool) -> \(type)"),
                macro("map", "(x, value) -> list"),
            ] + (environment.extensions.contains(.lists) ? [macro("sortBy", "(x, value) -> list(\(element))")] : [])
        case .map(let key, _):
            return [
                macro("exists", "(x, bool) -> bool"), macro("all", "(x, bool) -> bool"),
                macro("exists_one", "(x, bool) -> bool"), macro("filter", "(x, bool) -> list(\(key))"),
                macro("map", "(x, value) -> list"),
            ]
        default:
            guard type.optionalContent != nil, environment.extensions.contains(.optionals) else { return [] }
            return [macro("optMap", "(x, value) -> optional")]
        }
    }

    /// A call of a function, if one of its forms takes the receiver.
    private func call(
        _ label: String, _ function: FunctionDeclaration, isMember: Bool, on receiver: CELType?
    ) -> EditorCompletion? {
        if function.check == .extremum {
            guard !isMember else { return nil }
            return EditorCompletion(
                kind: .function, label: label, detail: "(number, …) -> number", insertion: label + "()",
                cursor: label.utf16.count + 1)
        }
        var details: [String] = []
        var takesNothing = true
        for overload in function.overloads where overload.isMember == isMember {
            var unifier = TypeUnifier()
            let types = unifier.instantiate(overload.parameters + [overload.result])
            if let receiver {
                guard let first = types.first, types.count > 1, unifier.assign([receiver], to: [first]) else {
                    continue
                }
            }
            let resolved = types.map { unifier.resolve($0).description }
            let parameters = resolved.dropLast().dropFirst(receiver == nil ? 0 : 1)
            takesNothing = takesNothing && parameters.isEmpty
            details.append("(\(parameters.joined(separator: ", "))) -> \(resolved.last ?? "dyn")")
        }
        guard let detail = details.first else { return nil }
        return EditorCompletion(
            kind: .function, label: label, detail: details.count > 1 ? detail + " …" : detail, insertion: label + "()",
            cursor: label.utf16.count + (takesNothing ? 2 : 1))
    }
}

extension Array {
    /// The first index whose element is true for `isBeyond`, which is false for all before it.
    fileprivate func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
