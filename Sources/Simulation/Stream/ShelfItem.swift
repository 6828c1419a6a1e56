public import Primitives

/// Something that people can read, watch or attend, as the planner and the engine need it.
public struct ShelfItem: Hashable, Sendable {
    public let id: String
    /// As the behaviour's events name it: `article`, `video`, `item`.
    public let kind: String
    /// Ids of subjects; the first is the main one.
    public let topics: [String]
    public let makers: [String]
    public let series: String?
    public let language: String
    public let publishedAt: Instant
    /// Seconds that somebody needs for the whole of it.
    public let seconds: Int
    public let takesPlaceAt: Instant?
    /// How good people find it, around 1: a known truth.
    public let appeal: Double

    init(_ item: MediaItem) {
        id = item.id
        kind = item.kind.rawValue
        topics = item.topics.map(\.id)
        makers = item.makers
        series = item.series
        language = item.language
        publishedAt = item.publishedAt
        seconds = item.seconds
        takesPlaceAt = item.takesPlaceAt
        appeal = item.appeal
    }

    private init(
        id: String, kind: String, topic: String, language: String, publishedAt: Instant, seconds: Int, appeal: Double
    ) {
        self.id = id
        self.kind = kind
        topics = [topic]
        makers = []
        series = topic
        self.language = language
        self.publishedAt = publishedAt
        self.seconds = seconds
        takesPlaceAt = nil
        self.appeal = appeal
    }

    /// Items for a programme that has no house: twelve of each kind and subject, spread over the time.
    static func made(
        kinds: [String], subjects: [String], language: String, from: Instant, until: Instant, seed: UInt64
    ) -> [ShelfItem] {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 12))
        let span = max(1, until.milliseconds - from.milliseconds)
        return kinds.flatMap { kind in
            (subjects.isEmpty ? ["thing"] : subjects).flatMap { subject in
                (1...12).map { number in
                    // The first is there from the beginning.
                    let share = number == 1 ? 0 : random.uniform()
                    return ShelfItem(
                        id: "\(kind)-\(subject)-\(number)", kind: kind, topic: subject, language: language,
                        publishedAt: from.adding(milliseconds: Int64(Double(span) * share)),
                        seconds: 60 + random.index(below: 840), appeal: 0.4 + 1.2 * random.uniform())
                }
            }
        }
    }
}
