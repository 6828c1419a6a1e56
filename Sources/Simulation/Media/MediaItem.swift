public import Primitives

/// Something that the media house made: an article, a video, an episode, an evening.
public struct MediaItem: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case article, video, episode, podcast, event, newsletter
    }

    /// A window before publication in which some may see the item already.
    public struct EarlyAccess: Hashable, Sendable {
        public let from: Instant
        /// For whom, as the catalogue writes it: `entitlement:NAME`, `badge:NAME` or `tier:NAME`.
        public let audience: String
    }

    public let id: String
    public let kind: Kind
    public let title: Words
    public let standfirst: Words
    /// Paragraphs in the item's language.
    public let body: [String]
    public let language: String
    /// The first is the main one.
    public let topics: [Topic]
    public let makers: [String]
    public let series: String?
    public let publishedAt: Instant
    public let earlyAccess: EarlyAccess?
    /// `free` or `subscriber`.
    public let access: String
    /// Of a video or an episode; for an event, its length.
    public let durationSeconds: Int?
    /// When an event takes place.
    public let takesPlaceAt: Instant?
    /// How good the simulated audience finds it, around 1: a known truth, not part of the document.
    public let appeal: Double

    /// Words of the body, or a plausible number for an item without one.
    public var wordCount: Int {
        let counted = body.reduce(0) { $0 + $1.split(separator: " ").count }
        return max(counted, 120)
    }

    /// Seconds that a steady reader, viewer or listener needs: 230 words a minute (Brysbaert, "How many words do we
    /// read per minute?", Journal of Memory and Language 2019: 238 for non-fiction in English).
    public var seconds: Int { durationSeconds ?? max(30, wordCount * 60 / 230) }

    /// The item as the catalogue's documents have it (`PUT /v1/items`).
    ///
    /// - Parameters:
    ///   - pages: address of the publisher's pages, without a slash at its end; the item's id follows. `nil` gives
    /// none.   - covers: address under which covers are served, likewise.
    public func document(pages: String? = nil, covers: String? = nil) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id), "kind": .string(kind.rawValue), "title": title.document,
            "standfirst": standfirst.document,
        ]
        if !body.isEmpty {
            object["body"] = .object(JSONObject([(language, .string(body.joined(separator: "\n\n")))]))
        }
        object["url"] = pages.map { .string("\($0)/\(id)") }
        object["image"] = covers.map { .string("\($0)/\(id).svg") }
        object["series"] = series.map(JSONValue.string)
        object["makers"] = .array(makers.map(JSONValue.string))
        object["topics"] = .array(topics.map { .string($0.id) })
        object["language"] = .string(language)
        object["access"] = .string(access)
        object["published_at"] = .string(RFC3339.format(publishedAt))
        if let earlyAccess {
            object["early_access"] = [
                "from": .string(RFC3339.format(earlyAccess.from)), "for": .string(earlyAccess.audience),
            ]
        }
        object["duration_seconds"] = durationSeconds.map { .integer(Int64($0)) }
        if kind == .article { object["word_count"] = .integer(Int64(wordCount)) }
        return .object(object)
    }
}
