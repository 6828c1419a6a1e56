public import Primitives

extension ItemDraft {
    /// Reads an item's document, as in `PUT /v1/items` and in JSON-lines files:
    ///
    /// ```json
    /// {"id": "article-123", "kind": "article", "title": {"nl": "Stamgasten", "en": "Regulars"}, "topics": ["opera"],
    ///  "language": "nl", "makers": ["anna"], "access": "tier:gold", "published_at": "2026-03-01T08:00:00Z",
    ///  "early_access": {"from": "2026-02-27T08:00:00Z", "for": "badge:cinephile"}}
    /// ```
    ///
    /// Only the kinds of the values are looked at here; what they say is checked when the draft is put.
    ///
    /// - Parameter index: the draft's place in its batch, for the faults.
    /// - Returns: the draft, or `nil` and all that is wrong.
    public static func read(_ value: JSONValue, index: Int) -> (draft: ItemDraft?, faults: [DraftFault]) {
        var check = FieldCheck(index: index)
        guard var fields = DocumentFields(value, check: &check) else { return (nil, check.faults) }
        let language = fields.string("language")
        var draft = ItemDraft(
            id: fields.string("id") ?? "", kind: fields.string("kind") ?? ItemKind.article.rawValue,
            title: fields.texts("title", language: language))
        draft.language = language
        draft.standfirst = fields.texts("standfirst", language: language)
        draft.body = fields.texts("body", language: language)
        draft.url = fields.string("url")
        draft.image = fields.string("image")
        draft.series = fields.string("series")
        draft.makers = fields.strings("makers")
        draft.topics = fields.strings("topics")
        draft.access = fields.string("access") ?? draft.access
        draft.regions = fields.strings("regions")
        draft.publishedAt = fields.instant("published_at")
        draft.expiresAt = fields.instant("expires_at")
        draft.isSensitive = fields.flag("sensitive") ?? false
        draft.durationSeconds = fields.integer("duration_seconds")
        draft.wordCount = fields.integer("word_count")
        if let early = fields.value("early_access") {
            draft.earlyAccess = readEarly(early, &fields.check)
        }
        fields.refuseOthers()
        return fields.check.faults.isEmpty ? (draft, []) : (nil, fields.check.faults)
    }

    private static func readEarly(_ value: JSONValue, _ check: inout FieldCheck) -> Early? {
        guard let object = value.objectValue, let from = object["from"]?.stringValue.flatMap({ DateText.read($0) }),
            let audience = object["for"]?.stringValue, object.count == 2
        else {
            check.fault(
                "early_access", "it does not say from when and for whom",
                "Send {\"from\": \"2026-02-27T08:00:00Z\", \"for\": \"tier:gold\"}")
            return nil
        }
        return Early(from: from, audience: audience)
    }

    /// The document that reads back as this draft; fields that say nothing are left out.
    public var document: JSONValue {
        var object = JSONObject([("id", .string(id)), ("kind", .string(kind)), ("title", .texts(title))])
        if !standfirst.isEmpty { object["standfirst"] = .texts(standfirst) }
        if !body.isEmpty { object["body"] = .texts(body) }
        object["url"] = url.map(JSONValue.string)
        object["image"] = image.map(JSONValue.string)
        object["series"] = series.map(JSONValue.string)
        if !makers.isEmpty { object["makers"] = .strings(makers) }
        if !topics.isEmpty { object["topics"] = .strings(topics) }
        object["language"] = language.map(JSONValue.string)
        if access != ItemAccess.free.text { object["access"] = .string(access) }
        if !regions.isEmpty { object["regions"] = .strings(regions) }
        object["published_at"] = publishedAt.map { .string(RFC3339.format($0)) }
        if let earlyAccess {
            object["early_access"] = [
                "from": .string(RFC3339.format(earlyAccess.from)), "for": .string(earlyAccess.audience),
            ]
        }
        object["expires_at"] = expiresAt.map { .string(RFC3339.format($0)) }
        if isSensitive { object["sensitive"] = true }
        object["duration_seconds"] = durationSeconds.map { .integer(Int64($0)) }
        object["word_count"] = wordCount.map { .integer(Int64($0)) }
        return .object(object)
    }

    /// What an item says, as a draft: what a publisher would send to get it.
    public init(_ item: Item) {
        let content = item.content
        self.init(id: item.id.text, kind: content.kind.rawValue, title: content.title.dictionary)
        standfirst = content.standfirst.dictionary
        url = content.url?.text
        image = content.image?.text
        series = content.series?.text
        makers = content.makers.map(\.text)
        topics = content.topics
        language = content.language?.name
        access = content.access.text
        regions = content.regions
        publishedAt = content.publishedAt
        earlyAccess = content.earlyAccess.map { Early(from: $0.from, audience: $0.audience.text) }
        expiresAt = content.expiresAt
        isSensitive = content.isSensitive
        durationSeconds = content.durationSeconds
        wordCount = content.wordCount
    }
}

extension JSONValue {
    static func strings(_ strings: [String]) -> JSONValue { .array(strings.map(JSONValue.string)) }

    /// Sorted by language, so that equal texts give equal documents.
    static func texts(_ texts: [String: String]) -> JSONValue {
        .object(JSONObject(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}

extension LocalizedText {
    var dictionary: [String: String] {
        Dictionary(versions.map { ($0.language.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}
