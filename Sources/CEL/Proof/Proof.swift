/// Why an expression has its value: the tree of its sub-expressions with what each of them gave.
///
/// Literals are left out, they say what they are. Sub-expressions that were not evaluated, because the result was
/// settled without them, appear without children.
public struct Proof: Sendable, Hashable {
    /// What a sub-expression gave.
    public enum Result: Sendable, Hashable {
        case value(Value)
        /// It failed; a failure does not decide when `&&` or `||` absorbs it.
        case failed(EvaluationError.Code)
        /// It was evaluated, but its value derives from a redacted slot.
        case withheld
        /// It was evaluated, but its value is too large to keep.
        case omitted
        case notEvaluated
    }

    /// The sub-expression as it was written.
    public let text: String
    /// Where it stands, in UTF-8 offsets of the expression.
    public let range: Range<Int>
    public let result: Result
    /// Its parts in the order of evaluation; the body of a comprehension once for each of the first turns.
    public let children: [Proof]

    public init(text: String, range: Range<Int>, result: Result, children: [Proof]) {
        self.text = text
        self.range = range
        self.result = result
        self.children = children
    }
}

extension Proof.Result {
    private static let keptElements = 100
    private static let keptBytes = 1000

    init(_ outcome: Outcome, _ isTainted: Bool) {
        switch outcome {
        case .failure(let failure): self = .failed(failure.code)
        case .unknown: self = .notEvaluated
        case .value(let value):
            if case .bool = value {
                self = .value(value)
            } else if isTainted {
                self = .withheld
            } else {
                var elements = Self.keptElements
                var bytes = Self.keptBytes
                self = value.fits(&elements, &bytes) ? .value(value) : .omitted
            }
        }
    }
}

extension Value {
    /// Whether the value has at most so many parts and bytes of text; stops counting when it has more.
    func fits(_ elements: inout Int, _ bytes: inout Int) -> Bool {
        elements -= 1
        guard elements >= 0 else { return false }
        switch self {
        case .string(let text): bytes -= text.utf8.count
        case .bytes(let content): bytes -= content.count
        case .list(let list): for element in list where !element.fits(&elements, &bytes) { return false }
        case .map(let map):
            for entry in map.entries {
                guard entry.key.fits(&elements, &bytes), entry.value.fits(&elements, &bytes) else { return false }
            }
        case .optional(let content?): return content.fits(&elements, &bytes)
        default: break
        }
        return bytes >= 0
    }
}
