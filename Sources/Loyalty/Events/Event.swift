public import CEL
public import Catalogue
public import Primitives

/// An event as a sender gave it, its person not yet replaced by a pseudonym, its fields not yet checked.
public struct IncomingEvent: Sendable {
    public var source: String
    public var id: String
    public var type: String
    public var time: Instant
    /// Where it happened: `web`, `app`, `podcast`, `counter`…; empty if unknown.
    public var channel: String
    public var fields: JSONObject
    /// Whether the member reads without trace: it counts as it would at the level `session`, whatever theirs is, nothing of
    /// it is kept but the points and the day, and nobody counts the item.
    public var isTraceless = false

    public init(source: String, id: String, type: String, time: Instant, channel: String = "", fields: JSONObject) {
        self.source = source
        self.id = id
        self.type = type
        self.time = time
        self.channel = channel
        self.fields = fields
    }
}

/// An event that fits its declaration. It names no person.
public struct Event: Sendable {
    /// The keyed hash of (programme, source, event id): the same event is the same claim, whoever sent it for whom.
    public var claim: ID128
    public var type: CompiledEventType
    public var at: Instant
    public var channel: String
    /// One value per declared field, in the order of the declaration; `nil` where an optional field is absent.
    public var values: [Value?]
    /// The items that its fields name, in the order of the declaration.
    public var items: [Item?]

    public init(
        claim: ID128, type: CompiledEventType, at: Instant, channel: String = "", values: [Value?], items: [Item?]
    ) {
        self.claim = claim
        self.type = type
        self.at = at
        self.channel = channel
        self.values = values
        self.items = items
    }
}
