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

    public var sources: [Field: TableSource]
    public var form = TableForm()
    /// Of the texts.
    public var language: String?
    /// Whether topics are brought into the form of names (`Kunst & Cultuur` to `kunst-&-cultuur`) instead of refused.
    public var tidiesTopics = true

    public init(sources: [Field: TableSource]) {
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
        mapping.form.separator = "::"
        mapping.form.hasHeadings = false
        mapping.form.hasQuotes = false
        mapping.language = "en"
        return mapping
    }()

    /// Reads a mapping's document.
    ///
    /// - Throws: ``MappingProblem`` for the first thing that is wrong.
    public init(document: JSONValue) throws(MappingProblem) {
        guard let object = document.objectValue else { throw MappingProblem(field: "", problem: "it is no object") }
        self.init(sources: [:])
        for member in object {
            if try form.read(member) { continue }
            switch member.key {
            case "columns": try read(member, TableSource.init(column:))
            case "constants": try read(member, TableSource.constant)
            case "language": language = try member.text()
            case "tidy_topics": tidiesTopics = try member.flag()
            default: throw MappingProblem(field: member.key, problem: "there is no such setting")
            }
        }
        guard sources[.id] != nil, sources[.title] != nil else {
            throw MappingProblem(field: "columns", problem: "they must say at least where id and title stand")
        }
    }

    private mutating func read(
        _ member: JSONObject.Member, _ make: (String) -> TableSource
    ) throws(MappingProblem) {
        guard let entries = member.value.objectValue else {
            throw MappingProblem(field: member.key, problem: "it is no object of fields and columns")
        }
        for entry in entries {
            guard let field = Field(rawValue: entry.key) else {
                let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingProblem(
                    field: "\(member.key).\(entry.key)", problem: "there is no such field; use one of \(fields)")
            }
            sources[field] = make(try entry.text())
        }
    }
}
