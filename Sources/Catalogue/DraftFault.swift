/// Why one draft of a batch cannot be taken, and what to do about it.
public struct DraftFault: Hashable, Sendable, CustomStringConvertible {
    /// The draft's place in the batch or the feed, from 0; in a file, the record's place.
    public let index: Int
    /// As in the documents: `title.nl`, `early_access.from`; empty when the draft as a whole is at fault.
    public let field: String
    /// What is wrong, as a sentence without its full stop.
    public let problem: String
    /// What to do, as a sentence without its full stop.
    public let fix: String

    public init(index: Int, field: String, problem: String, fix: String) {
        self.index = index
        self.field = field
        self.problem = problem
        self.fix = fix
    }

    public var description: String {
        "[\(index)]\(field.isEmpty ? "" : ".\(field)"): \(problem). \(fix)."
    }

    static func tooMany(_ count: Int, limit: Int) -> DraftFault {
        DraftFault(
            index: limit, field: "", problem: "one call takes \(limit), not \(count)", fix: "Send them in several calls"
        )
    }
}
