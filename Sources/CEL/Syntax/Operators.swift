/// The operators that are calls, under the names the specification gives their functions.
enum Operators {
    static let add = "_+_"
    static let subtract = "_-_"
    static let multiply = "_*_"
    static let divide = "_/_"
    static let modulo = "_%_"
    static let equals = "_==_"
    static let notEquals = "_!=_"
    static let less = "_<_"
    static let lessOrEqual = "_<=_"
    static let greater = "_>_"
    static let greaterOrEqual = "_>=_"
    static let contained = "@in"
    static let not = "!_"
    static let negate = "-_"
    static let index = "_[_]"
    static let optionalIndex = "_[?_]"

    /// Binary operators as written, and how tightly they bind: 3 relations, 4 sums, 5 products.
    static let binary: [String: (function: String, precedence: Int)] = [
        "+": (add, 4), "-": (subtract, 4), "*": (multiply, 5), "/": (divide, 5), "%": (modulo, 5),
        "==": (equals, 3), "!=": (notEquals, 3), "<": (less, 3), "<=": (lessOrEqual, 3), ">": (greater, 3),
        ">=": (greaterOrEqual, 3), "in": (contained, 3),
    ]

    /// How a binary operator's function is written.
    static let symbols: [String: (symbol: String, precedence: Int)] = {
        var table: [String: (symbol: String, precedence: Int)] = [:]
        for (symbol, entry) in binary { table[entry.function] = (symbol, entry.precedence) }
        return table
    }()

    /// The operator or function as a person would name it.
    static func display(_ function: String) -> String {
        switch function {
        case not: "!"
        case negate: "-"
        case index: "[]"
        case optionalIndex: "[?]"
        default: symbols[function]?.symbol ?? function
        }
    }
}

/// Words of the grammar.
enum Keywords {
    /// Never identifiers, but allowed as field names after a dot.
    static let literals: Set<String> = ["true", "false", "null", "in"]

    /// Kept for host languages: not identifiers, allowed as field and method names after a dot.
    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]
}
