/// A maker as someone hands it in: nothing checked yet.
public struct MakerDraft: Hashable, Sendable {
    public var id: String
    public var name: String
    /// An `http(s)` address of a picture, or a drawing as SVG text.
    public var face: String?
    /// Text per language tag.
    public var role: [String: String] = [:]
    public var biography: [String: String] = [:]
    public var page: String?

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// A series as someone hands it in: nothing checked yet.
public struct SeriesDraft: Hashable, Sendable {
    public var id: String
    /// Text per language tag.
    public var title: [String: String]
    public var about: [String: String] = [:]
    /// An `http(s)` address of a picture, or a drawing as SVG text.
    public var image: String?
    public var page: String?
    public var makers: [String] = []

    public init(id: String, title: [String: String]) {
        self.id = id
        self.title = title
    }
}
