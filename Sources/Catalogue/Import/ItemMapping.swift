public import Primitives

/// How the columns of a file become the fields of items.
///
/// ```json
/// {"separator": ";", "list_separator": "|", "language": "nl",
///  "columns": {"id": "nummer", "title": "kop", "topics": "rubrieken", "published_at": "datum"},
///  "constants": {"kind": "article", "access": "subscriber"}}
/// ```
public struct ItemMapping: Hashable, Sendable {
    /// The fields a file can fill; the names of the items' own documents.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case id, kind, title, standfirst, body, url, image, series, makers, topics, language, access, regions
        case publishedAt = "published_at"
        case expiresAt = "expires_at"
        case sensitive
        case durationSeconds = "duration_seconds"
        case wordCount = "word_count"
    }

    /// Where a field's value stands.
    public enum Source: Hashable, Sendable {
        /// The heading of the column.
        case column(String)
        /// The place of the column from 1, for files without headings: `#2`.
        case place(Int)
        /// The same for every item.
        case constant(String)
    }

    public var sources: [Field: Source]
    public var separator = ","
    /// Between the entries of one list: topics, makers, regions.
    public var listSeparator = "|"
    public var hasHeadings = true
    /// Whether `"` begins a quoted field.
    public var hasQuotes = true
    /// Of the texts.
    public var language: String?
    /// Whether topics are brought into the form of names (`Kunst & Cultuur` to `kunst-&-cultuur`) instead of refused.
    public var tidiesTopics = true

    public init(sources: [Field: Source]) {
        self.sources = sources
    }

    /// The mapping of a file whose columns are called as the fields.
    public static let standard = ItemMapping(
        sources: Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0, .column($0.rawValue)) }))

    /// Films as in the `movies.dat` of MovieTweetings: `imdb_id::Title (Year)::Genre|Genre`.
    public static let movieTweetings: ItemMapping = {
        var mapping = ItemMapping(sources: [
            .id: .place(1), .title: .place(2), .topics: .place(3), .kind: .constant(ItemKind.video.rawValue),
        ])
        mapping.separator = "::"
        mapping.hasHeadings = false
        mapping.hasQuotes = false
        mapping.language = "en"
        return mapping
    }()

    /// Reads a mapping's document.
    ///
    /// - Throws: ``ItemMappingProblem`` for the first thing that is wrong.
    public init(document: JSONValue) throws(ItemMappingProblem) {
        guard let object = document.objectValue else { throw ItemMappingProblem(field: "", problem: "it is no object") }
        self.init(sources: [:])
        for member in object {
            switch member.key {
            case "columns": try read(member, Self.column)
            case "constants": try read(member, Source.constant)
            case "separator": separator = try Self.text(member)
            case "list_separator": listSeparator = try Self.text(member)
            case "language": language = try Self.text(member)
            case "headings": hasHeadings = try Self.flag(member)
            case "quotes": hasQuotes = try Self.flag(member)
            case "tidy_topics": tidiesTopics = try Self.flag(member)
            default: throw ItemMappingProblem(field: member.key, problem: "there is no such setting")
            }
        }
        guard sources[.id] != nil, sources[.title] != nil else {
            throw ItemMappingProblem(field: "columns", problem: "they must say at least where id and title stand")
        }
    }

    private mutating func read(
        _ member: JSONObject.Member, _ make: (String) -> Source
    ) throws(ItemMappingProblem) {
        guard let entries = member.value.objectValue else {
            throw ItemMappingProblem(field: member.key, problem: "it is no object of fields and columns")
        }
        for entry in entries {
            guard let field = Field(rawValue: entry.key) else {
                let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw ItemMappingProblem(
                    field: "\(member.key).\(entry.key)", problem: "there is no such field; use one of \(fields)")
            }
            sources[field] = make(try Self.text(entry))
        }
    }

    private static func column(_ text: String) -> Source {
        if text.hasPrefix("#"), let place = Int(text.dropFirst()), place > 0 { return .place(place) }
        return .column(text)
    }

    private static func text(_ member: JSONObject.Member) throws(ItemMappingProblem) -> String {
        guard let text = member.value.stringValue, !text.isEmpty else {
            throw ItemMappingProblem(field: member.key, problem: "it must be a text")
        }
        return text
    }

    private static func flag(_ member: JSONObject.Member) throws(ItemMappingProblem) -> Bool {
        guard let flag = member.value.boolValue else {
            throw ItemMappingProblem(field: member.key, problem: "it must be true or false")
        }
        return flag
    }
}

/// What is wrong with a mapping.
public struct ItemMappingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let field: String
    public let problem: String

    public var description: String { field.isEmpty ? problem : "\(field.quoted): \(problem)" }
}
