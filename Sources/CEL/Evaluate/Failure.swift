/// Why an evaluation has no value, in the form that travels inside an evaluator.
struct Failure: Error, Equatable {
    let code: EvaluationError.Code
    /// The syntax node that failed, -1 when not known yet.
    var node: Int32 = -1

    init(_ code: EvaluationError.Code) { self.code = code }

    init(_ code: EvaluationError.Code, node: Int) {
        self.code = code
        self.node = Int32(truncatingIfNeeded: node)
    }

    /// This failure, blamed on `node` unless a deeper node is known.
    func at(_ node: Int32) -> Failure {
        guard self.node < 0 else { return self }
        var copy = self
        copy.node = node
        return copy
    }
}

/// Why an expression has no value for a frame.
///
/// Neither code nor message ever contains a value of the frame: they may be logged and shown.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of evaluation errors; the raw values are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A name that nothing declares (only in expressions that were not checked).
        case undeclaredReference = "undeclared_reference"
        /// A function that nothing declares or that the host gave no implementation.
        case unboundFunction = "unbound_function"
        /// No overload of the function takes values of these types.
        case noSuchOverload = "no_such_overload"
        /// The frame has no value for an attribute.
        case noSuchAttribute = "no_such_attribute"
        /// A map has no such key.
        case noSuchKey = "no_such_key"
        /// A value has no fields.
        case noSuchField = "no_such_field"
        /// A list index below zero, beyond the end, or not integral.
        case invalidIndex = "invalid_index"
        case divisionByZero = "division_by_zero"
        /// Integer arithmetic beyond 64 bits.
        case overflow = "overflow"
        /// A number, timestamp or duration outside its range.
        case outOfRange = "out_of_range"
        /// A conversion or parser that does not accept the value.
        case invalidValue = "invalid_value"
        /// A map with a key of a type that may not be one.
        case unsupportedKey = "unsupported_key"
        /// A map with the same key twice.
        case duplicateKey = "duplicate_key"
        /// A regular expression that cannot be read or is too large.
        case invalidPattern = "invalid_pattern"
        case unknownTimeZone = "unknown_time_zone"
        /// `value()` of an empty optional.
        case emptyOptional = "empty_optional"
        /// The evaluation took more steps than its limit.
        case budgetExceeded = "budget_exceeded"
        /// A string, list or map larger than its limit.
        case resultTooLarge = "result_too_large"
        /// The result is not a `bool` but was asked as one.
        case notABoolean = "not_a_boolean"
        /// The frame was made for another environment.
        case wrongFrame = "wrong_frame"

        /// Whether the evaluation stops at once: `true || …` does not absorb an exhausted budget.
        var isFatal: Bool { self == .budgetExceeded || self == .resultTooLarge || self == .wrongFrame }

        /// The error in words.
        var explanation: String {
            switch self {
            case .undeclaredReference: "undeclared reference"
            case .unboundFunction: "function without an implementation"
            case .noSuchOverload: "no such overload"
            case .noSuchAttribute: "no such attribute"
            case .noSuchKey: "no such key"
            case .noSuchField: "the value has no such field"
            case .invalidIndex: "index out of range"
            case .divisionByZero: "division by zero"
            case .overflow: "integer overflow"
            case .outOfRange: "out of range"
            case .invalidValue: "the value cannot be converted"
            case .unsupportedKey: "unsupported key type"
            case .duplicateKey: "the same key twice"
            case .invalidPattern: "invalid regular expression"
            case .unknownTimeZone: "unknown time zone"
            case .emptyOptional: "the optional is empty"
            case .budgetExceeded: "the evaluation takes too many steps"
            case .resultTooLarge: "the result is too large"
            case .notABoolean: "the result is not a boolean"
            case .wrongFrame: "the frame belongs to another environment"
            }
        }
    }

    public let code: Code
    /// What happened, without values.
    public let message: String
    /// The line of the expression, from 1; 0 when it is not known.
    public let line: Int
    /// The column in code points, from 1; 0 when it is not known.
    public let column: Int

    public init(code: Code, message: String? = nil, line: Int = 0, column: Int = 0) {
        self.code = code
        self.message = message ?? code.explanation
        self.line = line
        self.column = column
    }

    public var description: String { line > 0 ? "\(line):\(column): \(message)" : message }
}
