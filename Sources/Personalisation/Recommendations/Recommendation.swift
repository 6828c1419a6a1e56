public import Catalogue

/// Why an item is recommended. Each case is a fact that counted: without it the item would stand lower.
public enum RecommendationReason: Sendable, Hashable {
    /// Editors put it first for everybody.
    case chosenByEditors
    /// Read by itself or with others of its own history: an item beside one that the member read (`personal` only).
    case besideRead
    /// The same subject as something read in this visit, or on `personal` in the member's own history.
    case sameTopic(String)
    /// A subject that the member asked for.
    case declaredTopic(String)
    case followedMaker(MakerID)
    /// A subject of the persona that the member declared.
    case personaTopic(String)
    /// Opened most these days by all members together.
    case popularNow
    /// Newly published, and nothing else.
    case recent
    /// Outside of what fits, as the surprise dial asks.
    case surprise

    /// The name in the API.
    public var kind: String {
        switch self {
        case .chosenByEditors: "editors"
        case .besideRead: "beside"
        case .sameTopic: "topic"
        case .declaredTopic: "subject"
        case .followedMaker: "maker"
        case .personaTopic: "persona"
        case .popularNow: "popular"
        case .recent: "recent"
        case .surprise: "surprise"
        }
    }

    public static let kinds = [
        "editors", "beside", "topic", "subject", "maker", "persona", "popular", "recent", "surprise",
    ]
}

/// A reason, and what it rests on.
public struct RecommendationCause: Sendable, Hashable {
    public var reason: RecommendationReason
    /// Items of the visit or of the member's own history, at most five. Never a sensitive one.
    public var because: [ItemID]

    public init(_ reason: RecommendationReason, because: [ItemID] = []) {
        self.reason = reason
        self.because = because
    }
}

/// An item put before somebody, and why.
public struct RecommendedItem: Sendable {
    public var item: Item
    /// Never empty. Without them the item would stand lower: almost always one is enough to name, and where an item is far
    /// ahead of all others, as many as it takes, the most telling first.
    public var causes: [RecommendationCause]

    public init(item: Item, causes: [RecommendationCause]) {
        self.item = item
        self.causes = causes
    }
}

/// What may be asked of a list of recommendations.
public struct RecommendationRequest: Sendable, Hashable {
    public static let most = 50

    public var limit: Int
    /// Empty: every kind.
    public var kinds: Set<ItemKind>
    public var language: LanguageTag?

    public init(limit: Int = 10, kinds: Set<ItemKind> = [], language: LanguageTag? = nil) {
        self.limit = min(max(limit, 1), Self.most)
        self.kinds = kinds
        self.language = language
    }
}

/// What a list for somebody may rest on. Which of it is used, the level says.
public struct RecommendationFacts: Sendable {
    /// Items of this visit, the latest first, as the page sends them: used from `session` on and kept nowhere.
    public var visit: [ItemID]
    /// What the member read, the latest first: used on `personal` alone.
    public var history: [ItemID]
    /// Subjects that the member asked for more of.
    public var moreTopics: Set<String>
    /// Subjects that the member asked for less of: from `session` on, nothing of them is recommended but what editors pinned.
    public var lessTopics: Set<String>
    public var makers: Set<MakerID>
    /// The persona that the member declared: used from `persona` on.
    public var persona: PersonaTopics?
    public var viewer: Viewer

    public init(
        visit: [ItemID] = [], history: [ItemID] = [], moreTopics: Set<String> = [], lessTopics: Set<String> = [],
        makers: Set<MakerID> = [], persona: PersonaTopics? = nil, viewer: Viewer = .anonymous
    ) {
        self.visit = visit
        self.history = history
        self.moreTopics = moreTopics
        self.lessTopics = lessTopics
        self.makers = makers
        self.persona = persona
        self.viewer = viewer
    }
}
