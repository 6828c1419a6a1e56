/// A place in a file: line and column from 1, columns in Unicode scalars.
struct DocumentMark: Sendable, Hashable {
    var line: Int
    var column: Int
}

/// A value of a YAML file with its place. What a scalar means is decided by who reads it, by the rules of YAML 1.2.
enum DocumentNode: Sendable {
    struct Scalar: Sendable {
        enum Style: Sendable { case plain, quoted, literal, folded }

        var text: String
        var style: Style
        var mark: DocumentMark
    }

    struct Entry: Sendable {
        var key: Scalar
        var value: DocumentNode
    }

    case scalar(Scalar)
    case list([DocumentNode], DocumentMark)
    case mapping([Entry], DocumentMark)

    var mark: DocumentMark {
        switch self {
        case .scalar(let scalar): scalar.mark
        case .list(_, let mark), .mapping(_, let mark): mark
        }
    }

    /// What a person would call it, for messages.
    var kind: String {
        switch self {
        case .list: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.plainMeaning {
            case .null: "nothing"
            case .boolean: "true or false"
            case .integer, .number: "a number"
            case .text: "a text"
            }
        }
    }
}

extension DocumentNode.Scalar {
    /// What a plain scalar is by the core schema of YAML 1.2.2, section 10.3.2: only `true` and `false` are booleans, so
    /// `on`, `off`, `yes` and `no` are texts. Hexadecimal and octal numbers, `.inf` and `.nan` are texts here.
    enum Meaning: Sendable, Hashable {
        case null
        case boolean(Bool)
        case integer(Int64)
        case number(Double)
        case text
    }

    var plainMeaning: Meaning {
        guard style == .plain else { return .text }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: break
        }
        var bytes = text.utf8[...]
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            bytes = bytes.dropFirst()
        }
        guard let first = bytes.first, Self.isDigit(first) || first == UInt8(ascii: ".") else { return .text }
        if bytes.allSatisfy(Self.isDigit) {
            if let integer = Int64(text) { return .integer(integer) }
            return Double(text).map(Meaning.number) ?? .text
        }
        let allowed = Array("0123456789.eE+-".utf8)
        guard bytes.contains(where: Self.isDigit), bytes.allSatisfy(allowed.contains), let number = Double(text),
            number.isFinite
        else { return .text }
        return .number(number)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether this plain word is a boolean in YAML 1.1 and a text in YAML 1.2.
    var isOldBoolean: Bool {
        guard style == .plain else { return false }
        return ["yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }
}
