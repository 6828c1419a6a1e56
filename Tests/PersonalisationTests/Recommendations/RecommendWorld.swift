import Loyalty
import Primitives
import Recommending
import Testing

@testable import Catalogue
@testable import Personalisation

/// An invented catalogue, the same for the same seed.
struct RecommendWorld {
    static let now = Instant(seconds: 1_780_000_000)

    let shelf: RecommendationShelf
    let items: [Item]
    let topics: [String]
    let makers: [MakerID]

    init(seed: UInt64, items count: Int = 300) throws {
        var random = SplitMix64(seed: seed)
        let topics = (0..<12).map { "topic-\($0)" }
        let makers = (0..<20).map { MakerID(unchecked: "maker-\($0)") }
        var snapshot = CatalogueSnapshot(programme: try #require(ProgrammeID("evening")))
        var items: [Item] = []
        for index in 0..<count {
            var content = ItemContent()
            content.kind = .article
            content.title = Catalogue.LocalizedText([try #require(LanguageTag("nl")): "Café \(index)"])
            content.language = LanguageTag("nl")
            content.topics = Set((0..<(1 + random.index(below: 3))).map { _ in topics[random.index(below: 12)] })
                .sorted()
            content.makers = [makers[random.index(below: 20)]]
            content.publishedAt = Self.now.adding(milliseconds: -Int64(random.index(below: 90 * 86_400_000)))
            content.isSensitive = index % 17 == 0
            items.append(Item(id: try #require(ItemID("i\(index)")), state: .live, content: content, revision: 1))
        }
        snapshot.apply(items)
        let popular = items.prefix(200).enumerated().map { rank, item in
            PopularItem(item: item, score: 1_000 / Double(rank + 1), count: Int64(1_000 / (rank + 1)))
        }
        // Everybody's readings: neighbours in number read each other.
        var readings = Readings()
        for reader in 0..<400 {
            let start = (reader * 7) % (count - 8)
            readings.add((0..<8).map { (items[start + $0].id, Self.now.adding(milliseconds: Int64($0))) })
        }
        shelf = RecommendationShelf(
            catalogue: snapshot, popular: popular, model: .trained(on: readings, least: 5, now: Self.now),
            viewer: .anonymous, now: Self.now)
        self.items = items
        self.topics = topics
        self.makers = makers
    }

    /// What an invented reader has read and said.
    func facts(_ random: inout SplitMix64) -> RecommendationFacts {
        func some(_ most: Int) -> [ItemID] {
            (0..<random.index(below: most + 1)).map { _ in items[random.index(below: items.count)].id }
        }
        var facts = RecommendationFacts(visit: some(4), history: some(30))
        if random.chance(0.5) { facts.moreTopics = [topics[random.index(below: 12)]] }
        if random.chance(0.3) { facts.lessTopics = [topics[random.index(below: 12)]] }
        if random.chance(0.5) { facts.makers = [makers[random.index(below: 20)]] }
        if random.chance(0.5) {
            let first = random.index(below: 12)
            facts.persona = PersonaTopics(id: "p", topics: [topics[first]: 1, topics[(first + 5) % 12]: 0.5])
        }
        return facts
    }

    func list(
        _ level: PrivacyLevel, _ facts: RecommendationFacts, _ editorial: EditorialPolicy = EditorialPolicy(),
        surprise: Int = 0, limit: Int = 10, seed: UInt64 = 1
    ) -> [RecommendedItem] {
        Recommend.decide(
            level: level, facts: facts, shelf: shelf, editorial: editorial, surprise: surprise,
            request: RecommendationRequest(limit: limit), now: Self.now, seed: seed)
    }
}
