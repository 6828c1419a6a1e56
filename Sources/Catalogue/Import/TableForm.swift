public import Primitives

/// How a file of comma-separated values is laid out: the part that the mappings of items and of events share.
public struct TableForm: Hashable, Sendable {
    /// Between fields; may be several characters.
    public var separator = ","
    /// Between the entries of one list: topics, makers, regions.
    public var listSeparator = "|"
    public var hasHeadings = true
    /// Whether `"` begins a quoted field.
    public var hasQuotes = true

    public init() {}

    public static let settings = ["separator", "list_separator", "headings", "quotes"]

    /// Reads one setting of a mapping's document.
    ///
    /// - Returns: `false` for a setting that is not of the form.
    public mutating func read(_ member: JSONObject.Member) throws(MappingProblem) -> Bool {
        switch member.key {
        case "separator": separator = try member.text()
        case "list_separator": listSeparator = try member.text()
        case "headings": hasHeadings = try member.flag()
        case "quotes": hasQuotes = try member.flag()
        default: return false
        }
        return true
    }

    public func records(_ chunks: ByteChunks) -> CSVReader {
        CSVReader(chunks, separator: separator, quotes: hasQuotes)
    }
}

/// Where a value stands in a file.
public enum TableSource: Hashable, Sendable {
    /// The heading of the column.
    case column(String)
    /// The place of the column from 1, for files without headings: `#2`.
    case place(Int)
    /// The same for every row.
    case constant(String)

    /// Reads the name of a column, or its place.
    public init(column text: String) {
        if text.hasPrefix("#"), let place = Int(text.dropFirst()), place > 0 {
            self = .place(place)
        } else {
            self = .column(text)
        }
    }

    /// How a message calls it.
    public var name: String {
        switch self {
        case .column(let name): name
        case .place(let place): "#\(place)"
        case .constant: "constant"
        }
    }
}

/// The headings of a file, and with them the values of its rows.
public struct TableHeadings: Hashable, Sendable {
    private let places: [String: Int]
    public let names: [String]

    /// The first of two columns of one name counts.
    public init(_ names: [String] = []) {
        self.names = names
        places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    public func has(_ source: TableSource) -> Bool {
        if case .column(let name) = source { places[name] != nil } else { true }
    }

    /// The text as it stands there; `nil` where the row has no such column.
    public func text(_ source: TableSource?, in row: [String]) -> String? {
        switch source {
        case .constant(let text): text
        case .place(let place): row.indices.contains(place - 1) ? row[place - 1] : nil
        case .column(let name): places[name].flatMap { row.indices.contains($0) ? row[$0] : nil }
        case nil: nil
        }
    }
}

/// What is wrong with a mapping.
public struct MappingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path in the document: `columns.title`; empty for the document as a whole.
    public let field: String
    public let problem: String

    public init(field: String, problem: String) {
        self.field = field
        self.problem = problem
    }

    public var description: String { field.isEmpty ? problem : "\(field.quoted): \(problem)" }
}

extension JSONObject.Member {
    public func text() throws(MappingProblem) -> String {
        guard let text = value.stringValue, !text.isEmpty else {
            throw MappingProblem(field: key, problem: "it must be a text")
        }
        return text
    }

    public func flag() throws(MappingProblem) -> Bool {
        guard let flag = value.boolValue else { throw MappingProblem(field: key, problem: "it must be true or false") }
        return flag
    }
}
