public import Catalogue
public import Primitives
import Recommending

/// Everything that lists are decided from, of one programme at one moment: the same for everybody, and in memory. Made anew
/// every half minute, so that deciding a list looks things up and computes little.
public struct RecommendationShelf: Sendable {
    /// How many items of a topic, of a maker, of the popular and of the newest ones are candidates.
    static let reach = 200
    /// After so many days an item's novelty is down to a half.
    static let noveltyHalfLifeDays = 3.0

    public let catalogue: CatalogueSnapshot
    public let model: RecommendationModel
    public let madeAt: Instant
    /// How popular an item is, 0 to 1: 1 is the most popular, on a logarithmic scale.
    let popularity: [ItemID: Double]
    /// Most popular first.
    let popular: [Item]
    let newest: [Item]
    let byTopic: [String: [Item]]
    let byMaker: [MakerID: [Item]]
    /// How many items there are to recommend.
    public let itemCount: Int
    /// How many of them the model knows from readings; the others are cold.
    public let knownCount: Int
    /// How many items a topic has; what is rare says more.
    let topicCounts: [String: Int]

    /// - Parameters:
    ///   - popular: as ``Catalogue/Popularity`` ranks them, best first: sums over all members.
    ///   - viewer: whoever may open most; who asks is held against each item again.
    public init(
        catalogue: CatalogueSnapshot, popular: [PopularItem], model: RecommendationModel, viewer: Viewer,
        now: Instant
    ) {
        self.catalogue = catalogue
        self.model = model
        madeAt = now
        let most = popular.first?.score ?? 1
        var popularity = [ItemID: Double](minimumCapacity: popular.count)
        // log(pop + 10⁻⁴) of reference analytics.md section 3, moved to 0...1.
        for place in popular {
            popularity[place.item.id] = Self.scaled(place.score / max(most, .leastNonzeroMagnitude))
        }
        self.popularity = popularity
        self.popular = popular.prefix(Self.reach).map(\.item)
        let live = catalogue.latest(for: viewer, at: now, limit: .max)
        itemCount = live.count
        knownCount = live.count { model.knows($0.id) }
        newest = Array(live.prefix(Self.reach))
        var byTopic: [String: [Item]] = [:]
        var byMaker: [MakerID: [Item]] = [:]
        for item in live {
            for topic in item.topics { byTopic[topic, default: []].append(item) }
            for maker in item.makers { byMaker[maker, default: []].append(item) }
        }
        topicCounts = byTopic.mapValues(\.count)
        func standing(_ item: Item) -> Double { (popularity[item.id] ?? 0) + Self.novelty(of: item, at: now) / 2 }
        func best(_ items: [Item]) -> [Item] {
            guard items.count > Self.reach else { return items }
            var ranked: [(item: Item, standing: Double)] = items.map { ($0, standing($0)) }
            ranked.sort { left, right in
                left.standing == right.standing ? left.item.id < right.item.id : left.standing > right.standing
            }
            return ranked.prefix(Self.reach).map(\.item)
        }
        self.byTopic = byTopic.mapValues(best)
        self.byMaker = byMaker.mapValues(best)
    }

    /// The subjects that items are about, those of most items first.
    public func topics(limit: Int) -> [String] {
        let ranked = topicCounts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return ranked.prefix(limit).map(\.key)
    }

    /// 0 to 1 on a logarithmic scale over four decades.
    static func scaled(_ share: Double) -> Double {
        let floor = 1e-4
        return ExactMathematics.log((min(max(share, 0), 1) + floor) / floor) / ExactMathematics.log((1 + floor) / floor)
    }

    /// 1 for what is published now, half of it after ``noveltyHalfLifeDays``; 0 without a time.
    static func novelty(of item: Item, at now: Instant) -> Double {
        guard let published = item.content.publishedAt, published <= now else { return 0 }
        return ExactMathematics.pow(0.5, Double(now - published) / 86_400_000 / noveltyHalfLifeDays)
    }

    /// The items that are put before whoever declared a persona, best first: the same for everybody, so it can be cached
    /// anywhere. What is about its subjects, by popularity and novelty.
    public func candidates(
        of persona: PersonaTopics, editorial: EditorialPolicy, limit: Int, now: Instant
    ) -> [Item] {
        var scores: [ItemID: (item: Item, score: Double)] = [:]
        for topic in persona.topics.keys {
            for item in byTopic[topic] ?? [] where scores[item.id] == nil {
                guard !item.content.isSensitive, editorial.admits(item), !editorial.isTooOld(item, at: now),
                    item.availability(for: .anonymous, at: now).isListed, let match = persona.match(item)
                else { continue }
                let standing = (popularity[item.id] ?? 0) + Self.novelty(of: item, at: now) / 4
                scores[item.id] = (item, match.share * (1 + standing))
            }
        }
        let ranked = scores.values.sorted {
            $0.score == $1.score ? $0.item.id < $1.item.id : $0.score > $1.score
        }
        return ranked.prefix(limit).map(\.item)
    }

    /// Items to go on with after `item`: what the same readers read, and what is about the same, the rarer the subject the
    /// nearer. The same for everybody who may open the same.
    public func related(
        to item: Item, editorial: EditorialPolicy, viewer: Viewer, limit: Int, now: Instant
    ) -> [(item: Item, reason: RecommendationReason)] {
        guard !item.content.isSensitive else { return [] }
        var found: [ItemID: (item: Item, score: Double, reason: RecommendationReason)] = [:]
        let total = ExactMathematics.log(Double(max(itemCount, 2)))
        for topic in item.topics {
            guard let count = topicCounts[topic] else { continue }
            let rarity = max(0.1, 1 - ExactMathematics.log(Double(count)) / total)
            for other in byTopic[topic] ?? [] where other.id != item.id && !other.content.isSensitive {
                let standing = ((popularity[other.id] ?? 0) + Self.novelty(of: other, at: now)) / 10
                found[other.id, default: (other, standing, .sameTopic(topic))].score += rarity
            }
        }
        if let place = model.place(of: item.id) {
            for entry in model.beside.row(place) {
                guard model.items.indices.contains(Int(entry.item)),
                    let other = catalogue.item(model.items[Int(entry.item)]), other.id != item.id,
                    !other.content.isSensitive
                else { continue }
                var known = found[other.id] ?? (other, 0, .besideRead)
                known.score += 2 * Double(entry.weight)
                found[other.id] = known
            }
        }
        let ranked = found.values.filter {
            editorial.admits($0.item) && !editorial.isTooOld($0.item, at: now)
                && $0.item.availability(for: viewer, at: now).isOpen
        }.sorted { $0.score == $1.score ? $0.item.id < $1.item.id : $0.score > $1.score }
        return ranked.prefix(limit).map { ($0.item, $0.reason) }
    }
}

extension Availability {
    /// Whether an item may stand in a list that is for everybody: its pages ask for what opens it.
    fileprivate var isListed: Bool {
        switch self {
        case .open, .restricted: true
        default: false
        }
    }
}
