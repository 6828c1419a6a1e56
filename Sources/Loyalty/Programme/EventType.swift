/// A kind of event that a programme accepts: its fields, the purpose that allows it and how long its raw form is kept.
public struct EventType: Sendable, Hashable {
    public var id: String
    /// The consent purpose under which the event is processed.
    public var purpose: String
    /// How long the raw event is kept, by privacy level. Absent means: not at all.
    public var keep: [PrivacyLevel: DurationSpan]
    public var fields: [Field]
    /// Whether the event counts towards the popularity of the item it names.
    public var popularity: Bool

    public init(
        id: String, purpose: String = "loyalty", keep: [PrivacyLevel: DurationSpan] = [:], fields: [Field] = [],
        popularity: Bool = true
    ) {
        self.id = id
        self.purpose = purpose
        self.keep = keep
        self.fields = fields
        self.popularity = popularity
    }

    public struct Field: Sendable, Hashable {
        public var id: String
        public var type: FieldType
        public var required: Bool
        /// The unit of a number as senders give it (`s`, `ms`, `min`), for durations.
        public var unit: String?
        public var minimum: Double?
        public var maximum: Double?
        public var oneOf: [String]
        public var meaning: String

        public init(
            id: String, type: FieldType, required: Bool = true, unit: String? = nil, minimum: Double? = nil,
            maximum: Double? = nil, oneOf: [String] = [], meaning: String = ""
        ) {
            self.id = id
            self.type = type
            self.required = required
            self.unit = unit
            self.minimum = minimum
            self.maximum = maximum
            self.oneOf = oneOf
            self.meaning = meaning
        }
    }
}

/// The type of a declared field or trait.
public indirect enum FieldType: Sendable, Hashable {
    case boolean
    case integer
    case number
    /// A number from 0 to 1.
    case fraction
    /// A length of time; in conditions a number of whole seconds.
    case duration
    case text
    case timestamp
    /// A topic of the catalogue.
    case topic
    /// An item of the catalogue; in conditions a record of its class (`kind`, `topics`, `language`) and its identity
    /// (`id`, `series`, `makers`). Below the level `personal` the identity is looked at in memory and never kept.
    case item
    case list(FieldType)
}

/// How far personalisation goes for one member, chosen by the member. Points are equal on all of them.
public enum PrivacyLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    case off, session, persona, personal

    private var rank: Int {
        switch self {
        case .off: 0
        case .session: 1
        case .persona: 2
        case .personal: 3
        }
    }

    public static func < (left: PrivacyLevel, right: PrivacyLevel) -> Bool { left.rank < right.rank }
}
