/// Why a JSON text was refused, and where.
///
/// Carries positions and kinds only, never a piece of the text: the text may speak of a person.
public struct JSONProblem: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case unexpectedEnd
        case byteOrderMark
        case expectedValue
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case trailingBytes
        case invalidUTF8
        case unescapedControlCharacter
        case invalidEscape
        case loneSurrogate
        case invalidNumber
        /// A number beyond what its reader can hold: a double that would be infinite, an integer beyond 64 bits.
        case numberOutOfRange
        /// A number with a fraction where a whole one was asked for.
        case notWhole
        case duplicateKey
        case tooDeep(limit: Int)
        case wrongKind(expected: JSONKind, found: JSONKind)
        /// The caller asked for something that cannot come at this place, such as a key inside an array.
        case outOfTurn
    }

    public let reason: Reason
    /// Bytes before the problem.
    public let offset: Int
    /// Line of the problem, from 1; lines end with a line feed.
    public let line: Int
    /// Column of the problem, from 1, counted in Unicode scalars.
    public let column: Int

    public init(reason: Reason, offset: Int, line: Int, column: Int) {
        self.reason = reason
        self.offset = offset
        self.line = line
        self.column = column
    }
}

extension JSONProblem: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSONProblem.Reason: CustomStringConvertible {
    /// A clause that a developer can read after "line 3, column 14: ".
    public var description: String {
        switch self {
        case .unexpectedEnd: "the text ends too early"
        case .byteOrderMark: "the text starts with a byte order mark"
        case .expectedValue: "expected a value"
        case .expectedKey: "expected a key in double quotes"
        case .expectedColon: "expected a colon after the key"
        case .expectedCommaOrEnd: "expected a comma or the end of the array or object"
        case .trailingBytes: "there is more after the value"
        case .invalidUTF8: "the bytes are not UTF-8"
        case .unescapedControlCharacter: "a control character must be escaped"
        case .invalidEscape: "unknown escape sequence"
        case .loneSurrogate: "half of a surrogate pair"
        case .invalidNumber: "not a JSON number"
        case .numberOutOfRange: "the number is out of range"
        case .notWhole: "expected a whole number"
        case .duplicateKey: "the key occurs twice in this object"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .wrongKind(let expected, let found): "expected \(expected.withArticle), found \(found.withArticle)"
        case .outOfTurn: "a piece was asked for that cannot come here"
        }
    }
}

/// The six kinds of JSON value (RFC 8259, section 3).
public enum JSONKind: String, Hashable, Sendable {
    case object, array, string, number, bool, null

    var withArticle: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}
