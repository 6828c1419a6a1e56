public import Primitives

/// Items that belong together: a podcast, a video series, a column.
public struct Series: Hashable, Sendable {
    public let id: String
    public let kind: MediaItem.Kind
    public let title: Words
    public let about: Words
    public let topics: [Topic]
    public let makers: [String]

    /// The series as the catalogue's documents have it (`PUT /v1/series`), its picture drawn as SVG.
    public var document: JSONValue {
        [
            "id": .string(id), "title": title.document, "about": about.document,
            "image": .string(Cover.svg(id: id, topic: topics.first ?? .city)),
            "makers": .array(makers.map(JSONValue.string)),
        ]
    }
}
