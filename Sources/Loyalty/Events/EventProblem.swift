/// Why an event cannot be taken as it is. It is kept in quarantine and can be replayed after a fix.
public struct EventProblem: Error, Sendable, Hashable {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case unknownType = "unknown-type"
        case missingField = "missing-field"
        case unknownField = "unknown-field"
        case wrongType = "wrong-type"
        case outOfRange = "out-of-range"
        case tooLate = "too-late"
        case inFuture = "in-future"
    }

    public var code: Code
    /// The field that is wrong; `nil` if it is the event as a whole.
    public var field: String?
    /// What is wrong and what to do, without any value of the event.
    public var detail: String

    public init(_ code: Code, field: String? = nil, _ detail: String) {
        self.code = code
        self.field = field
        self.detail = detail
    }
}
