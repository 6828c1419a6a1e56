/// Writes a syntax tree as text that parses to the same tree.
struct Unparser {
    let tree: SyntaxTree

    static func text(of tree: SyntaxTree, _ id: NodeID? = nil) -> String {
        var output = ""
        Unparser(tree: tree).write(id ?? tree.root, 0, into: &output)
        return output
    }

    /// Precedences: 0 conditional, 1 or, 2 and, 3 relation, 4 sum, 5 product, 6 unary, 7 member.
    private func precedence(_ kind: SyntaxNode.Kind) -> Int {
        switch kind {
        case .conditional: 0
        case .or: 1
        case .and: 2
        case .call(Operators.not, _, _), .call(Operators.negate, _, _): 6
        case .call(let function, _, _): Operators.symbols[function]?.precedence ?? 7
        case .literal(.int(let value)) where value < 0: 6
        case .literal(.double(let value)) where value.sign == .minus: 6
        default: 7
        }
    }

    private func write(_ id: NodeID, _ minimum: Int, into output: inout String) {
        let kind = tree[id].kind
        let own = precedence(kind)
        var isEnclosed = own < minimum
        // `(a.b).c` is not `a.b.c`.
        if minimum == 7, tree[id].isGrouped, case .select(_, _, .value) = kind { isEnclosed = true }
        if isEnclosed { output += "(" }
        defer { if isEnclosed { output += ")" } }
        switch kind {
        case .literal(let value): output += LiteralText.text(of: value)
        case .name(let name): output += nameText(name)
        case .select(let operand, let field, let mode):
            if mode == .presence { output += "has(" }
            write(operand, 7, into: &output)
            output += mode == .optional ? ".?" : "."
            output += fieldText(field)
            if mode == .presence { output += ")" }
        case .call(let function, let target, let arguments):
            writeCall(function, target, arguments, own, into: &output)
        case .and(let operands): writeChain(operands, " && ", 3, into: &output)
        case .or(let operands): writeChain(operands, " || ", 2, into: &output)
        case .conditional(let condition, let then, let other):
            write(condition, 1, into: &output)
            output += " ? "
            write(then, 1, into: &output)
            output += " : "
            write(other, 0, into: &output)
        case .list(let elements):
            output += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += ", " }
                if element.isOptional { output += "?" }
                write(element.value, 0, into: &output)
            }
            output += "]"
        case .map(let entries):
            output += "{"
            for (index, entry) in entries.enumerated() {
                if index > 0 { output += ", " }
                if entry.isOptional { output += "?" }
                write(entry.key, 0, into: &output)
                output += ": "
                write(entry.value, 0, into: &output)
            }
            output += "}"
        case .message(let name, let fields):
            output += name + "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { output += ", " }
                if field.isOptional { output += "?" }
                output += fieldText(field.name) + ": "
                write(field.value, 0, into: &output)
            }
            output += "}"
        case .comprehension, .bind, .block, .optionalMap: writeMacro(kind, into: &output)
        }
    }

    private func writeChain(_ operands: [NodeID], _ separator: String, _ minimum: Int, into output: inout String) {
        for (index, operand) in operands.enumerated() {
            if index > 0 { output += separator }
            write(operand, minimum, into: &output)
        }
    }

    private func writeCall(
        _ function: String, _ target: NodeID?, _ arguments: [NodeID], _ own: Int, into output: inout String
    ) {
        if let (symbol, precedence) = Operators.symbols[function], target == nil, arguments.count == 2 {
            write(arguments[0], precedence, into: &output)
            output += " \(symbol) "
            write(arguments[1], precedence + 1, into: &output)
            return
        }
        switch function {
        case Operators.not, Operators.negate:
            output += function == Operators.not ? "!" : "-"
            // A minus before a number would become part of it.
            if function == Operators.negate, isNumber(arguments[0]) {
                output += "("
                write(arguments[0], 0, into: &output)
                output += ")"
            } else {
                write(arguments[0], isSameUnary(function, arguments[0]) ? 6 : 7, into: &output)
            }
        case Operators.index, Operators.optionalIndex:
            write(arguments[0], 7, into: &output)
            output += function == Operators.index ? "[" : "[?"
            write(arguments[1], 0, into: &output)
            output += "]"
        default:
            if let target {
                write(target, 7, into: &output)
                output += "."
            }
            output += function
            writeArguments([], arguments, into: &output)
        }
    }

    private func isNumber(_ id: NodeID) -> Bool {
        var current = id
        while true {
            switch tree[current].kind {
            case .literal(.int), .literal(.double): return true
            case .select(let operand, _, let mode) where mode != .presence: current = operand
            case .call(let function, let target, let arguments):
                if let target {
                    current = target
                } else if function == Operators.index || function == Operators.optionalIndex {
                    current = arguments[0]
                } else {
                    return false
                }
            case .comprehension(let loop): current = loop.range
            case .optionalMap(let target, _, _, _): current = target
            default: return false
            }
        }
    }

    private func isSameUnary(_ function: String, _ id: NodeID) -> Bool {
        if case .call(function, nil, _) = tree[id].kind { return true }
        return false
    }

    private func writeArguments(_ names: [String], _ arguments: [NodeID], into output: inout String) {
        output += "(" + names.joined(separator: ", ")
        for (index, argument) in arguments.enumerated() {
            if index > 0 || !names.isEmpty { output += ", " }
            write(argument, 0, into: &output)
        }
        output += ")"
    }

    private func writeMacro(_ kind: SyntaxNode.Kind, into output: inout String) {
        switch kind {
        case .comprehension(let loop):
            write(loop.range, 7, into: &output)
            output += "." + loop.name
            let names = [nameText(loop.variable)] + (loop.second.map { [nameText($0)] } ?? [])
            writeArguments(names, (loop.filter.map { [$0] } ?? []) + [loop.body], into: &output)
        case .bind(let name, let value, let body):
            output += "cel.bind"
            writeArguments([nameText(name)], [value, body], into: &output)
        case .block(let values, let body):
            output += "cel.block(["
            writeChain(values, ", ", 0, into: &output)
            output += "], "
            write(body, 0, into: &output)
            output += ")"
        case .optionalMap(let target, let variable, let body, let isFlat):
            write(target, 7, into: &output)
            output += isFlat ? ".optFlatMap" : ".optMap"
            writeArguments([nameText(variable)], [body], into: &output)
        default: break
        }
    }

    private func fieldText(_ field: String) -> String {
        field.isPlainName && !Keywords.literals.contains(field) ? field : "`\(field)`"
    }

    /// A name, or the macro that stands for an internal one.
    private func nameText(_ name: String) -> String {
        let parts = name.split(separator: ":")
        if name.hasPrefix("@index") { return "cel.index(\(name.dropFirst(6)))" }
        if name.hasPrefix("@it:"), parts.count == 3 { return "cel.iterVar(\(parts[1]), \(parts[2]))" }
        if name.hasPrefix("@ac:"), parts.count == 3 { return "cel.accuVar(\(parts[1]), \(parts[2]))" }
        return name
    }
}

/// Literals as text of the language.
enum LiteralText {
    /// The literal that reads back as `value`; kinds without literals use their conversion function.
    static func text(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): "\(number)u"
        case .double(let number): double(number)
        case .string(let text): quoted(text)
        case .bytes(let bytes): "b\"" + bytes.map(escaped).joined() + "\""
        case .timestamp(let instant): "timestamp(\"\(instant.rfc3339)\")"
        case .duration(let span): "duration(\"\(span.text)\")"
        case .list(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + map.entries.map { "\(text(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
        case .type(let name): name.name
        case .optional(let content): content.map { "optional.of(\(text(of: $0)))" } ?? "optional.none()"
        case .ip(let address): "ip(\"\(address.text)\")"
        case .cidr(let block): "cidr(\"\(block.text)\")"
        }
    }

    private static func double(_ number: Double) -> String {
        if number.isNaN { return "double(\"NaN\")" }
        if number.isInfinite { return "double(\"\(number < 0 ? "-" : "")Infinity\")" }
        let text = DoubleText.general(number)
        return text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") } ? text : text + ".0"
    }

    static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: output += escaped(UInt8(scalar.value))
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }

    private static func escaped(_ byte: UInt8) -> String {
        if byte >= 0x20, byte < 0x7f, byte != 0x22, byte != 0x5c { return String(Unicode.Scalar(byte)) }
        return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
