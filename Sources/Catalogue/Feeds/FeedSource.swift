public import Primitives

/// A feed that a programme follows.
public struct FeedSource: Hashable, Sendable {
    /// The programme's name for it: small letters, digits and hyphens.
    public let id: String
    public var url: WebAddress
    /// From ``minimumSeconds`` to ``maximumSeconds``.
    public var intervalSeconds: Int
    public var isEnabled: Bool
    public var defaults: FeedDefaults

    public static let minimumSeconds = 60
    public static let maximumSeconds = 7 * 86_400

    /// - Throws: ``CatalogueProblem/feedSettings(field:problem:fix:)``.
    public init(
        id: String, url: String, intervalSeconds: Int = 900, isEnabled: Bool = true,
        defaults: FeedDefaults = FeedDefaults()
    ) throws(CatalogueProblem) {
        guard Label(id) != nil else {
            throw .feedSettings(
                field: "id", problem: "`\(id.quoted)` is not a name in small letters without spaces",
                fix: "Use letters, digits and hyphens")
        }
        guard let address = WebAddress(url) else {
            throw .feedSettings(
                field: "url", problem: "`\(url.quoted)` is not a web address",
                fix: "Use an absolute http or https address")
        }
        guard (Self.minimumSeconds...Self.maximumSeconds).contains(intervalSeconds) else {
            throw .feedSettings(
                field: "interval_seconds", problem: "\(intervalSeconds) is out of range",
                fix: "Use \(Self.minimumSeconds) to \(Self.maximumSeconds)")
        }
        guard Identifier.maximumBytes - defaults.idPrefix.utf8.count >= 80 else {
            throw .feedSettings(
                field: "id_prefix", problem: "it leaves too little room for the items' own ids", fix: "Shorten it")
        }
        if let topic = defaults.topics.first(where: { Label($0) == nil }) {
            throw .feedSettings(
                field: "topics", problem: "`\(topic.quoted)` is not a topic", fix: "Use small letters without spaces")
        }
        self.id = id
        self.url = address
        self.intervalSeconds = intervalSeconds
        self.isEnabled = isEnabled
        self.defaults = defaults
    }
}

/// How a feed is doing.
public struct FeedStatus: Hashable, Sendable {
    public let source: FeedSource
    public let nextRunAt: Instant
    public let lastRunAt: Instant?
    /// What came of the last run, in a sentence's middle; `nil` before the first.
    public let lastOutcome: String?
    /// In a row.
    public let failures: Int
}

/// What came of one run.
public enum FeedRun: Hashable, Sendable {
    /// The document is the one we have.
    case unchanged
    case read(created: Int, updated: Int, unchanged: Int, skipped: Int)
    case failed(String)

    /// A clause for a list of feeds.
    public var text: String {
        switch self {
        case .unchanged: "not changed"
        case .read(let created, let updated, let unchanged, let skipped):
            "\(created) new, \(updated) changed, \(unchanged) the same, \(skipped) skipped"
        case .failed(let reason): "failed: \(reason)"
        }
    }
}

extension FeedDefaults {
    /// The form in documents; what is at its default is left out.
    public var document: JSONValue {
        var object = JSONObject()
        object["kind"] = kind.map { .string($0.rawValue) }
        object["language"] = language.map { .string($0.name) }
        if !topics.isEmpty { object["topics"] = .strings(topics) }
        object["series"] = series.map { .string($0.text) }
        if access != .free { object["access"] = .string(access.text) }
        if !idPrefix.isEmpty { object["id_prefix"] = .string(idPrefix) }
        if keepsBody { object["keep_body"] = true }
        return .object(object)
    }

    /// Reads the form in documents.
    ///
    /// - Throws: ``CatalogueProblem/feedSettings(field:problem:fix:)`` for the first thing that is wrong.
    public init(document: JSONValue) throws(CatalogueProblem) {
        self.init()
        var check = FieldCheck(index: 0)
        guard var fields = DocumentFields(document, check: &check) else { throw Self.problem(check.faults) }
        let kindName = fields.string("kind")
        if let name = fields.string("language") { language = fields.check.language("language", name) }
        for (index, topic) in fields.strings("topics").enumerated() {
            if let label = fields.check.label("topics[\(index)]", topic) { topics.append(label) }
        }
        if let name = fields.string("series") { series = fields.check.identifier("series", name, SeriesID.init) }
        let accessName = fields.string("access")
        idPrefix = fields.string("id_prefix") ?? ""
        keepsBody = fields.flag("keep_body") ?? false
        fields.refuseOthers()
        guard fields.check.faults.isEmpty else { throw Self.problem(fields.check.faults) }
        if let kindName {
            guard let kind = ItemKind(rawValue: kindName) else {
                let kinds = ItemKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw .feedSettings(
                    field: "kind", problem: "`\(kindName.quoted)` is not a kind of item", fix: "Use one of \(kinds)")
            }
            self.kind = kind
        }
        if let accessName {
            guard let access = ItemAccess(accessName) else {
                throw .feedSettings(
                    field: "access", problem: "`\(accessName.quoted)` is not a right of access",
                    fix: "Use free, subscriber or tier:NAME")
            }
            self.access = access
        }
    }

    private static func problem(_ faults: [DraftFault]) -> CatalogueProblem {
        let first = faults.first
        return .feedSettings(field: first?.field ?? "", problem: first?.problem ?? "it is wrong", fix: first?.fix ?? "")
    }
}
