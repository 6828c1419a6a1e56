/// Gives every node of a syntax tree its type and meaning, and collects what is wrong.
///
/// With `isStrict` off it only resolves names: types are `dyn`, and what cannot be resolved fails when evaluated.
/// - Complexity: linear in the nodes, times the overloads of the functions.
struct Checker {
    let environment: Environment
    let isStrict: Bool
    private(set) var tree: CheckedTree
    private(set) var problems: [Problem] = []
    var unifier = TypeUnifier()
    private var scopes: [(name: String, local: Int, type: CELType)] = []
    /// Where each name stands in `scopes`, the innermost last.
    private var positions: [String: [Int]] = [:]
    private var liveLocals = 0
    /// The path of every node that is a record.
    private var recordPaths: [NodeID: String] = [:]

    init(_ syntax: SyntaxTree, _ environment: Environment, isStrict: Bool) {
        self.environment = environment
        self.isStrict = isStrict
        tree = CheckedTree(
            syntax: syntax, types: Array(repeating: .dyn, count: syntax.nodes.count),
            references: Array(repeating: .none, count: syntax.nodes.count), calls: [:], firstLocal: [:],
            localCount: 0, reads: [], layout: environment.layout, zones: environment.timeZones)
    }

    mutating func run() {
        let root = tree.syntax.root
        _ = value(root)
        guard isStrict else {
            tree.types = Array(repeating: .dyn, count: tree.types.count)
            return
        }
        for id in tree.types.indices { tree.types[id] = unifier.resolve(tree.types[id], isFinal: true) }
    }

    /// The type of the whole where some variables of macros are in scope; unlike a value, it may be a record.
    mutating func run(with variables: [(name: String, type: CELType)]) -> CELType {
        for variable in variables { push(variable.name, variable.type) }
        let type = check(tree.syntax.root)
        return unifier.resolve(type, isFinal: true)
    }

    // MARK: Problems

    private var canReport: Bool { isStrict && problems.count < environment.limits.problems }

    mutating func report(_ message: String, at id: NodeID, suggestion: String? = nil) {
        guard canReport else { return }
        let place = tree.location(of: id)
        problems.append(Problem(line: place.line, column: place.column, message: message, suggestion: suggestion))
    }

    private func variable(near name: String) -> String? {
        let known = environment.variables.keys.sorted() + scopes.map(\.name).filter { $0.isPlainName }
        return Suggestion.nearest(to: name, among: known)
    }

    private func function(near name: String, isMember: Bool) -> String? {
        let known = environment.library.functions.values.filter { $0.accepts(isMember: isMember) }
        let names = known.map(\.name).filter { $0.first != "_" && $0.first != "@" && $0.first != "!" }
        return Suggestion.nearest(to: name, among: names.sorted())
    }

    // MARK: Nodes

    /// The type of a node that must be a value, which a record is not.
    private mutating func value(_ id: NodeID) -> CELType {
        let type = check(id)
        guard case .record(let fields) = type else { return type }
        let path = recordPaths[id] ?? "it"
        let example = fields.keys.min().map { ", such as `\(path).\($0)`" } ?? ""
        report("`\(path)` is an object; name one of its fields\(example)", at: id)
        tree.types[id] = .error
        return .error
    }

    private mutating func check(_ id: NodeID) -> CELType {
        let type = kindType(id, tree[id].kind)
        tree.types[id] = type
        return type
    }

    private mutating func kindType(_ id: NodeID, _ kind: SyntaxNode.Kind) -> CELType {
        switch kind {
        case .literal(let value): return Checker.type(of: value)
        case .name(let name): return nameType(id, name)
        case .select(let operand, let field, let mode): return selectType(id, operand, field, mode)
        case .call(let name, let target, let arguments): return callType(id, name, target, arguments)
        case .and(let operands), .or(let operands):
            for operand in operands { expectBool(operand) }
            return .bool
        case .conditional(let condition, let then, let other):
            expectBool(condition)
            let thenType = value(then)
            let otherType = value(other)
            if !isStrict { return .dyn }
            guard unifier.assign([thenType], to: [otherType]) else {
                return mismatch("the branches of `?:` have different types", thenType, otherType, at: id)
            }
            return unifier.join(thenType, otherType)
        case .list(let elements):
            var element: CELType?
            for item in elements {
                var type = value(item.value)
                if item.isOptional { type = optionalContent(type, at: item.value) }
                element = unifier.join(element, type)
            }
            return .list(element ?? unifier.freshVariable())
        case .map(let entries): return mapType(entries)
        case .message(let name, let fields):
            for field in fields { _ = value(field.value) }
            tree.references[id] = .undeclared
            report("there is no message type `\(name)`; this environment has no messages", at: id)
            return .error
        case .comprehension(let loop): return comprehensionType(id, loop)
        case .bind(let name, let value, let body):
            let type = self.value(value)
            return scoped([(name, type)], at: id) { checker in checker.value(body) }
        case .block(let values, let body):
            let first = liveLocals
            tree.firstLocal[id] = first
            for (index, item) in values.enumerated() {
                let type = value(item)
                push("@index\(index)", type)
            }
            let type = value(body)
            pop(values.count)
            liveLocals = first
            return type
        case .optionalMap(let target, let variable, let body, let isFlat):
            let type = value(target)
            let content = optionalContent(type, at: target)
            let result = scoped([(variable, content)], at: id) { checker in checker.value(body) }
            guard isFlat else { return .optional(result) }
            return .optional(optionalContent(result, at: body))
        }
    }

    private static func type(of value: Value) -> CELType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        default: .dyn
        }
    }

    private mutating func expectBool(_ id: NodeID) {
        let type = value(id)
        guard isStrict, !unifier.assign([type], to: [.bool]) else { return }
        report("expected bool, found \(unifier.resolve(type))", at: id)
    }

    private mutating func mismatch(_ message: String, _ left: CELType, _ right: CELType, at id: NodeID) -> CELType {
        report("\(message): \(unifier.resolve(left)) and \(unifier.resolve(right))", at: id)
        return .error
    }

    private mutating func optionalContent(_ type: CELType, at id: NodeID) -> CELType {
        let content = unifier.freshVariable()
        guard unifier.assign([type], to: [.optional(content)]) else {
            report("expected an optional, found \(unifier.resolve(type))", at: id)
            return .error
        }
        return content
    }

    private mutating func mapType(_ entries: [MapEntry]) -> CELType {
        var key: CELType?
        var content: CELType?
        for entry in entries {
            let type = unifier.resolve(value(entry.key))
            switch type {
            case .bool, .int, .uint, .string, .dyn, .error, .parameter: key = unifier.join(key, type)
            default:
                report("a map key is a bool, int, uint or string, not \(type)", at: entry.key)
                key = .error
            }
            var valueType = value(entry.value)
            if entry.isOptional { valueType = optionalContent(valueType, at: entry.value) }
            content = unifier.join(content, valueType)
        }
        return .map(key ?? unifier.freshVariable(), content ?? unifier.freshVariable())
    }

    // MARK: Scopes

    private mutating func push(_ name: String, _ type: CELType) {
        positions[name, default: []].append(scopes.count)
        scopes.append((name, liveLocals, type))
        liveLocals += 1
        tree.localCount = max(tree.localCount, liveLocals)
    }

    private mutating func pop(_ count: Int) {
        for _ in 0..<count {
            if let scope = scopes.popLast() { positions[scope.name]?.removeLast() }
        }
    }

    private mutating func scoped(
        _ variables: [(String, CELType)], at id: NodeID, _ body: (inout Checker) -> CELType
    ) -> CELType {
        let first = liveLocals
        tree.firstLocal[id] = first
        for (name, type) in variables { push(name, type) }
        let result = body(&self)
        pop(variables.count)
        liveLocals = first
        return result
    }

    private func isLocal(_ name: String) -> Bool { positions[name]?.isEmpty == false }

    private mutating func comprehensionType(_ id: NodeID, _ loop: Comprehension) -> CELType {
        let range = unifier.resolve(value(loop.range))
        var variables: [(String, CELType)]
        switch range {
        case .list(let element):
            variables = [(loop.variable, loop.second == nil ? element : .int)]
            if let second = loop.second { variables.append((second, element)) }
        case .map(let key, let content):
            variables = [(loop.variable, key)]
            if let second = loop.second { variables.append((second, content)) }
        default:
            if range.isParameter { _ = unifier.assign([range], to: [.dyn]) }
            if !range.isDynamic, !range.isParameter {
                report("`\(loop.name)` visits a list or a map, not \(range)", at: loop.range)
            }
            variables = [(loop.variable, .dyn)]
            if let second = loop.second { variables.append((second, .dyn)) }
        }
        if loop.kind == .sortBy, case .map = range { report("`sortBy` takes a list", at: loop.range) }
        return scoped(variables, at: id) { checker in
            if let filter = loop.filter { checker.expectBool(filter) }
            switch loop.kind {
            case .all, .exists, .existsOne:
                checker.expectBool(loop.body)
                return .bool
            case .filter:
                checker.expectBool(loop.body)
                if case .list = range { return range }
                return .list(variables[0].1)
            case .map, .transformList: return .list(checker.value(loop.body))
            case .transformMap: return .map(variables[0].1, checker.value(loop.body))
            case .transformMapEntry:
                let type = checker.unifier.resolve(checker.value(loop.body))
                if case .map = type { return type }
                if !type.isDynamic, !type.isParameter {
                    checker.report("`transformMapEntry` gives a map, not \(type)", at: loop.body)
                }
                return .map(.dyn, .dyn)
            case .sortBy:
                _ = checker.value(loop.body)
                return range
            }
        }
    }

    // MARK: Names

    private mutating func nameType(_ id: NodeID, _ name: String) -> CELType {
        if let found = positions[name]?.last.map({ scopes[$0] }) {
            tree.references[id] = .local(found.local)
            return found.type
        }
        if let type = declared(name, at: id) { return type }
        tree.references[id] = .undeclared
        report("undeclared reference to `\(name)`", at: id, suggestion: canReport ? variable(near: name) : nil)
        return .error
    }

    /// Resolves a name, simple or qualified, against the declared variables and the types.
    private mutating func declared(_ name: String, at id: NodeID) -> CELType? {
        for candidate in environment.candidates(name) {
            if let type = environment.variables[candidate] {
                if case .record = type {
                    recordPaths[id] = candidate
                } else if let slot = environment.layout.slot(candidate) {
                    read(slot, at: id)
                }
                return type
            }
            if let type = TypeNames.types[candidate] {
                tree.references[id] = .constant(.type(TypeName(candidate)))
                return .type(type)
            }
        }
        return nil
    }

    private mutating func read(_ slot: Int, at id: NodeID) {
        tree.references[id] = .slot(slot)
        tree.reads.insert(environment.layout.paths[slot])
    }

    private mutating func selectType(
        _ id: NodeID, _ operand: NodeID, _ field: String, _ mode: SelectMode
    ) -> CELType {
        if mode == .value, let name = tree.syntax.qualifiedName(id) {
            let root = String(name.prefix { $0 != "." })
            if root.isEmpty || !isLocal(root), let type = declared(name, at: id) { return type }
        }
        let type = check(operand)
        if case .record(let fields) = type { return fieldType(id, operand, fields, field, mode) }
        let result = contentType(unifier.resolve(type), field, at: id)
        switch mode {
        case .presence: return .bool
        case .value: return result
        case .optional: return .optional(result.optionalContent ?? result)
        }
    }

    private mutating func fieldType(
        _ id: NodeID, _ operand: NodeID, _ fields: [String: CELType], _ field: String, _ mode: SelectMode
    ) -> CELType {
        let path = (recordPaths[operand] ?? "") + "." + field
        guard let type = fields[field] else {
            report(
                "`\(recordPaths[operand] ?? "")` has no field `\(field)`", at: id,
                suggestion: canReport ? Suggestion.nearest(to: field, among: fields.keys.sorted()) : nil)
            tree.references[id] = .undeclared
            return mode == .presence ? .bool : .error
        }
        if case .record = type {
            recordPaths[id] = path
            if mode == .value { return type }
            let slots = environment.layout.paths.indices.filter {
                environment.layout.paths[$0].text.hasPrefix(path + ".")
            }
            tree.references[id] = .anySlot(slots)
            for slot in slots { tree.reads.insert(environment.layout.paths[slot]) }
            if mode == .optional { report("`\(path)` is an object; name one of its fields", at: id) }
            return .bool
        }
        if let slot = environment.layout.slot(path) { read(slot, at: id) }
        switch mode {
        case .presence: return .bool
        case .value: return type
        case .optional: return .optional(type.optionalContent ?? type)
        }
    }

    /// The type of a field of a value.
    private mutating func contentType(_ type: CELType, _ field: String, at id: NodeID) -> CELType {
        if let content = type.optionalContent {
            let inner = contentType(unifier.resolve(content), field, at: id)
            return .optional(inner.optionalContent ?? inner)
        }
        switch type {
        case .map(let key, let value):
            if !unifier.assign([.string], to: [key]) {
                report("the map has \(unifier.resolve(key)) keys and so no field `\(field)`", at: id)
            }
            return value
        case .dyn, .error: return .dyn
        case .parameter:
            _ = unifier.assign([.dyn], to: [type])
            return .dyn
        default:
            report("\(type) has no fields; there is no `\(field)`", at: id)
            return .error
        }
    }

    // MARK: Calls

    private mutating func callType(
        _ id: NodeID, _ name: String, _ target: NodeID?, _ arguments: [NodeID]
    ) -> CELType {
        if let target, let prefix = tree.syntax.qualifiedName(target) {
            let root = String(prefix.prefix { $0 != "." })
            if root.isEmpty || !isLocal(root), let function = function(prefix + "." + name),
                function.accepts(isMember: false)
            {
                tree.calls[id] = CheckedTree.Call(function: function, passesTarget: false)
                return resolve(id, function, isMember: false, arguments)
            }
        }
        let operands = (target.map { [$0] } ?? []) + arguments
        guard let function = target == nil ? function(name) : environment.library.functions[name],
            function.accepts(isMember: target != nil)
        else {
            tree.calls[id] = CheckedTree.Call(function: nil, passesTarget: true)
            for operand in operands { _ = value(operand) }
            report(
                "there is no function `\(name)`", at: id,
                suggestion: canReport ? function(near: name, isMember: target != nil) : nil)
            return .error
        }
        tree.calls[id] = CheckedTree.Call(function: function, passesTarget: true)
        return resolve(id, function, isMember: target != nil, operands)
    }

    private func function(_ name: String) -> FunctionDeclaration? {
        for candidate in environment.candidates(name) {
            if let function = environment.library.functions[candidate] { return function }
        }
        return nil
    }

    private mutating func resolve(
        _ id: NodeID, _ function: FunctionDeclaration, isMember: Bool, _ operands: [NodeID]
    ) -> CELType {
        let types = operands.map { value($0) }
        guard isStrict else { return .dyn }
        if function.check == .extremum { return extremumType(id, function, types) }
        var result: CELType?
        for overload in function.overloads where overload.isMember == isMember {
            guard overload.parameters.count == types.count else { continue }
            let instance = unifier.instantiate(overload.parameters + [overload.result])
            guard unifier.assign(types, to: Array(instance.dropLast())) else { continue }
            let type = unifier.resolve(instance[instance.count - 1])
            if let known = result, known != .dyn, known != type { result = .dyn } else { result = result ?? type }
        }
        if let result {
            if environment.validatesLiterals { validateLiterals(function, operands) }
            return result
        }
        if types.contains(.error) { return .error }
        let found = types.map { unifier.resolve($0).description }.joined(separator: ", ")
        let wanted = function.overloads.filter { $0.isMember == isMember }.prefix(4).map { overload in
            "(" + overload.parameters.map(\.description).joined(separator: ", ") + ")"
        }
        report(
            "`\(Operators.display(function.name))` does not take (\(found)); it takes "
                + wanted.joined(separator: " or "), at: id)
        return .error
    }

    private mutating func extremumType(
        _ id: NodeID, _ function: FunctionDeclaration, _ types: [CELType]
    ) -> CELType {
        let numbers: [CELType] = [.int, .uint, .double]
        var candidates = types.map { unifier.resolve($0) }
        if candidates.count == 1, case .list(let element) = candidates[0] {
            candidates = [unifier.resolve(element)]
        }
        guard !candidates.isEmpty,
            candidates.allSatisfy({ numbers.contains($0) || $0.isDynamic || $0.isParameter })
        else {
            let found = types.map { unifier.resolve($0).description }.joined(separator: ", ")
            report("`\(function.name)` takes numbers or a list of numbers, not (\(found))", at: id)
            return .error
        }
        return candidates.dropFirst().allSatisfy { $0 == candidates[0] } ? candidates[0] : .dyn
    }

    /// Reports literals that can never be converted: `duration('3 days')`, `'a'.matches('(')`.
    private mutating func validateLiterals(_ function: FunctionDeclaration, _ operands: [NodeID]) {
        guard let last = operands.last, case .literal(.string(let text)) = tree[last].kind else { return }
        switch (function.name, operands.count) {
        case ("matches", 2):
            do {
                _ = try Regex.compile(text, limits: environment.limits)
            } catch {
                report("invalid regular expression: \(error.message)", at: last)
            }
        case ("timestamp", 1) where Timestamp(rfc3339: text) == nil:
            report("a timestamp is written like 2026-01-31T12:00:00Z", at: last)
        case ("duration", 1) where TimeSpan(parsing: text) == nil:
            report("a duration is written like 90s, 1h30m or 250ms", at: last)
        default: break
        }
    }
}

/// The names of types in expressions.
enum TypeNames {
    static let types: [String: CELType] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
        "null_type": .null, "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
        "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
        "optional_type": .optional(.dyn), "net.IP": .ip, "net.CIDR": .cidr,
    ]
}
