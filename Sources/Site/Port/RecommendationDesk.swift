/// What editors see and decide about recommendations.
public struct RecommendationDesk: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        /// The item or the subject.
        public var id: String
        public var title: Wording
        /// The last day of a pin; `nil` without an end.
        public var until: LocalDay?

        public init(id: String, title: Wording, until: LocalDay? = nil) {
            self.id = id
            self.title = title
            self.until = until
        }
    }

    public struct Bounds: Sendable, Hashable {
        /// Percent, 1 to 100.
        public var topicShare: Int
        public var makerShare: Int
        public var oldestDays: Int?
        /// Percent, 0 to 50, the first at most the second.
        public var surpriseLeast: Int
        public var surpriseMost: Int

        public init(topicShare: Int, makerShare: Int, oldestDays: Int?, surpriseLeast: Int, surpriseMost: Int) {
            self.topicShare = topicShare
            self.makerShare = makerShare
            self.oldestDays = oldestDays
            self.surpriseLeast = surpriseLeast
            self.surpriseMost = surpriseMost
        }

        public var isSound: Bool {
            (1...100).contains(topicShare) && (1...100).contains(makerShare)
                && oldestDays.map { (1...3_650).contains($0) } ?? true
                && (0...50).contains(surpriseLeast) && (surpriseLeast...50).contains(surpriseMost)
        }
    }

    /// The beginning of what a persona's list holds.
    public struct Preview: Sendable, Hashable {
        public var persona: Wording
        public var items: [Wording]

        public init(persona: Wording, items: [Wording]) {
            self.persona = persona
            self.items = items
        }
    }

    public var today: LocalDay
    /// `nil` before the first training.
    public var trained: LocalMoment?
    /// How many members' histories it rests on; `nil` for too few to say.
    public var readers: Int64?
    public var items: Int
    /// How many of the items the model knows from readings.
    public var known: Int
    /// Percent of a training that goes on.
    public var progress: Int?
    public var pins: [Entry]
    public var excludedItems: [Entry]
    public var excludedTopics: [Entry]
    public var bounds: Bounds
    public var previews: [Preview]
    public var mayDecide: Bool

    public init(
        today: LocalDay, trained: LocalMoment? = nil, readers: Int64? = nil, items: Int = 0, known: Int = 0,
        progress: Int? = nil, pins: [Entry] = [], excludedItems: [Entry] = [], excludedTopics: [Entry] = [],
        bounds: Bounds, previews: [Preview] = [], mayDecide: Bool
    ) {
        self.today = today
        self.trained = trained
        self.readers = readers
        self.items = items
        self.known = known
        self.progress = progress
        self.pins = pins
        self.excludedItems = excludedItems
        self.excludedTopics = excludedTopics
        self.bounds = bounds
        self.previews = previews
        self.mayDecide = mayDecide
    }
}

/// One decision of an editor. The same one twice is one.
public enum RecommendationDecision: Sendable, Hashable {
    /// - Parameter days: for how long, 1 to 365; `nil`: until it is taken back.
    case pin(String, days: Int?)
    case unpin(String)
    case excludeItem(String)
    case admitItem(String)
    case excludeTopic(String)
    case admitTopic(String)
    case bounds(RecommendationDesk.Bounds)
}

public enum RecommendationOutcome: String, Sendable, Hashable {
    case done, unknown, refused, unsound
}
