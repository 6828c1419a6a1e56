/// The parameters after the question mark, each at most once.
struct Query: Sendable {
    private let values: [String: String]

    static let empty = Query(values: [:])

    private init(values: [String: String]) {
        self.values = values
    }

    /// - Throws: a problem for a parameter that cannot be decoded, holds a NUL (no engine stores one) or is there twice.
    init(_ text: String?) throws(Problem) {
        guard let text, !text.isEmpty else {
            self = .empty
            return
        }
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0], plusIsSpace: true),
                let value = parts.count > 1 ? PercentCoding.decode(parts[1], plusIsSpace: true) : ""
            else { throw Problem(.malformedRequest, "The query is not percent-encoded UTF-8.") }
            guard !name.utf8.contains(0), !value.utf8.contains(0) else {
                throw Problem(.malformedRequest, "A parameter of the query holds a NUL character.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.malformedRequest, "A parameter of the query is there twice.")
            }
        }
        self.init(values: values)
    }

    subscript(name: String) -> String? { values[name] }
}

/// Which part of a list is wanted.
struct Page: Sendable {
    static let standardLimit = 50
    static let maximumLimit = 200

    /// 1 to ``maximumLimit``.
    let limit: Int
    /// The key behind which the page starts, decoded; `nil` for the first page.
    let after: String?

    init(_ query: Query, maximum: Int = maximumLimit) throws(Problem) {
        if let text = query["limit"] {
            guard let limit = Int(text), (1...maximum).contains(limit),
                text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
            else { throw .parameter("limit", "Use a whole number from 1 to \(maximum).") }
            self.limit = limit
        } else {
            limit = min(Self.standardLimit, maximum)
        }
        if let cursor = query["after"] {
            guard let key = Cursor.decode(cursor), !key.isEmpty else { throw Self.badCursor }
            after = key
        } else {
            after = nil
        }
    }

    /// A cursor is the address of a page; there is none at this one.
    static var badCursor: Problem {
        Problem(
            .notFound, "There is no such page.",
            errors: [Problem.FieldError("after", "Use the `next` of the page before.")])
    }
}
