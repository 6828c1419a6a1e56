import Primitives

/// What editors decide about a list before a reader sees it.
public struct EditorialRules: Sendable, Hashable, Codable {
    /// What the rules look at.
    public struct Item: Sendable, Hashable {
        public var item: Int32
        public var score: Float
        /// Who made it.
        public var maker: Int32?
        public var topics: [Int32]
        /// A language tag; none when it needs none.
        public var language: String?
        /// Years.
        public var minimumAge: Int
        /// Unix seconds; the first moment, and the first moment no longer.
        public var availableFrom: Int64?
        public var availableUntil: Int64?

        public init(
            item: Int32, score: Float = 0, maker: Int32? = nil, topics: [Int32] = [], language: String? = nil,
            minimumAge: Int = 0, availableFrom: Int64? = nil, availableUntil: Int64? = nil
        ) {
            (self.item, self.score, self.maker, self.topics) = (item, score, maker, topics)
            (self.language, self.minimumAge) = (language, minimumAge)
            (self.availableFrom, self.availableUntil) = (availableFrom, availableUntil)
        }
    }

    /// Whom a list is for.
    public struct Reader: Sendable, Hashable {
        /// Years; none when not known: then only what is for all ages.
        public var age: Int?
        /// Empty for all.
        public var languages: Set<String>
        /// The share of slots from outside the list, in percent, 0 to 50.
        public var surprise: Int

        public init(age: Int? = nil, languages: Set<String> = [], surprise: Int = 0) {
            (self.age, self.languages, self.surprise) = (age, languages, surprise)
        }
    }

    public struct Slot: Sendable, Hashable {
        public enum Origin: String, Sendable, Hashable, Codable {
            case pinned
            case ranked
            case surprise
        }

        public var item: Int32
        public var origin: Origin
    }

    /// Come first, in this order, where the reader may have them.
    public var pins: [Int32]
    public var exclusions: Set<Int32>
    /// The most of one maker in a list.
    public var perMaker: Int?
    /// The most of one topic in a list.
    public var perTopic: Int?
    /// How much likeness to what is already in the list costs, 0 to 1: maximal marginal relevance with the overlap of
    /// topics (Carbonell and Goldstein, SIGIR 1998). Scores are brought to 0…1 first.
    public var diversity: Double

    public init(
        pins: [Int32] = [], exclusions: Set<Int32> = [], perMaker: Int? = nil, perTopic: Int? = nil,
        diversity: Double = 0
    ) {
        (self.pins, self.exclusions, self.perMaker, self.perTopic) = (pins, exclusions, perMaker, perTopic)
        self.diversity = diversity
    }

    /// A reader's list.
    ///
    /// - Parameters:
    ///   - candidates: the ranker's, with their scores, and the pinned items.
    ///   - outside: where surprises come from; what is a candidate or pinned is passed over.
    ///   - seed: the same seed gives the same surprises at the same places.
    public func list(
        _ candidates: [Item], outside: [Item], for reader: Reader, limit: Int, now: Int64, seed: UInt64
    ) -> [Slot] {
        var state = Filling(rules: self)
        let allowed = candidates.filter { isAllowed($0, for: reader, now: now) }
        for pin in pins where state.slots.count < limit {
            if let item = allowed.first(where: { $0.item == pin }) { state.take(item, .pinned) }
        }
        var random = SplitMix64(seed: seed)
        let inside = Set(candidates.map(\.item)).union(pins)
        var pool = outside.filter { !inside.contains($0.item) && isAllowed($0, for: reader, now: now) }
            .sorted { $0.item < $1.item }
        pool.shuffle(using: &random)
        let surprises = limit * min(50, max(0, reader.surprise)) / 100
        let places = Set(
            Array(state.slots.count..<max(limit, state.slots.count)).shuffled(using: &random).prefix(surprises))
        var ranked = allowed.filter { !pins.contains($0.item) }
        while state.slots.count < limit {
            if places.contains(state.slots.count), let next = pool.firstIndex(where: { state.fits($0) }) {
                state.take(pool.remove(at: next), .surprise)
            } else if let next = state.best(ranked) {
                state.take(ranked.remove(at: next), .ranked)
            } else {
                break
            }
        }
        return state.slots
    }

    /// Whether a reader may have an item at all.
    public func isAllowed(_ item: Item, for reader: Reader, now: Int64) -> Bool {
        guard !exclusions.contains(item.item), item.minimumAge <= reader.age ?? 0 else { return false }
        if let from = item.availableFrom, now < from { return false }
        if let until = item.availableUntil, now >= until { return false }
        guard let language = item.language, !reader.languages.isEmpty else { return true }
        return reader.languages.contains(language)
    }

    /// A list while it is filled.
    private struct Filling {
        let rules: EditorialRules
        var slots: [Slot] = []
        private var topics: [[Int32]] = []
        private var ofMaker: [Int32: Int] = [:]
        private var ofTopic: [Int32: Int] = [:]
        private var items: Set<Int32> = []

        init(rules: EditorialRules) { self.rules = rules }

        mutating func take(_ item: Item, _ origin: Slot.Origin) {
            slots.append(Slot(item: item.item, origin: origin))
            items.insert(item.item)
            topics.append(item.topics)
            if let maker = item.maker { ofMaker[maker, default: 0] += 1 }
            for topic in item.topics { ofTopic[topic, default: 0] += 1 }
        }

        func fits(_ item: Item) -> Bool {
            guard !items.contains(item.item) else { return false }
            if let most = rules.perMaker, let maker = item.maker, ofMaker[maker, default: 0] >= most { return false }
            if let most = rules.perTopic, item.topics.contains(where: { ofTopic[$0, default: 0] >= most }) {
                return false
            }
            return true
        }

        /// The place of what comes next; the earlier one when equal.
        func best(_ candidates: [Item]) -> Int? {
            let low = candidates.map(\.score).min() ?? 0
            let span = Double((candidates.map(\.score).max() ?? 0) - low)
            var (best, value) = (Int?.none, -Double.infinity)
            for (index, item) in candidates.enumerated() where fits(item) {
                let relevance = span > 0 ? Double(item.score - low) / span : 1
                let likeness = rules.diversity > 0 ? topics.map { Self.overlap(item.topics, $0) }.max() ?? 0 : 0
                let worth = (1 - rules.diversity) * relevance - rules.diversity * likeness
                if worth > value { (best, value) = (index, worth) }
            }
            return best
        }

        /// Shared topics over all topics of both (Jaccard).
        private static func overlap(_ a: [Int32], _ b: [Int32]) -> Double {
            let (a, b) = (Set(a), Set(b))
            let all = a.union(b).count
            return all == 0 ? 0 : Double(a.intersection(b).count) / Double(all)
        }
    }
}
