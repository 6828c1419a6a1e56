public import Primitives

/// An item as someone hands it in, by API, feed or file: nothing checked yet.
public struct ItemDraft: Hashable, Sendable {
    public var id: String
    /// One of ``ItemKind``.
    public var kind: String
    /// Text per language tag, e.g. `["nl": "Stamgasten"]`; `und` where the language is not known.
    public var title: [String: String]
    public var standfirst: [String: String] = [:]
    public var body: [String: String] = [:]
    public var url: String?
    public var image: String?
    public var series: String?
    public var makers: [String] = []
    public var topics: [String] = []
    public var language: String?
    /// `free`, `subscriber` or `tier:NAME`.
    public var access = "free"
    /// ISO 3166-1 alpha-2; empty means everywhere.
    public var regions: [String] = []
    public var publishedAt: Instant?
    public var earlyAccess: Early?
    public var expiresAt: Instant?
    public var isSensitive = false
    public var durationSeconds: Int?
    public var wordCount: Int?

    public struct Early: Hashable, Sendable {
        public var from: Instant
        /// `tier:NAME`, `badge:NAME` or `entitlement:NAME`.
        public var audience: String

        public init(from: Instant, audience: String) {
            self.from = from
            self.audience = audience
        }
    }

    public init(id: String, kind: String = ItemKind.article.rawValue, title: [String: String]) {
        self.id = id
        self.kind = kind
        self.title = title
    }
}
