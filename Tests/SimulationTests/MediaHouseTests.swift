import Primitives
import Testing

@testable import Simulation

@Suite struct MediaHouseTests {
    static let house = World.house
    static let until = World.start.adding(milliseconds: 60 * World.day)

    @Test func `there is something of everything`() {
        #expect((230...250).contains(Self.house.items.count))
        #expect(Self.house.makers.count == 14)
        let kinds = Dictionary(grouping: Self.house.items, by: \.kind).mapValues(\.count)
        #expect(kinds[.article] == 124)
        #expect(kinds[.video] == 40)
        #expect(kinds[.episode] == 60)
        #expect(kinds[.event] == 10)
        #expect(kinds[.newsletter] == 3)
        #expect(Story.all.count >= 12)
        #expect(Story.all.allSatisfy { $0.paragraphs.count >= 4 && $0.body.utf8.count > 1_200 })
    }

    @Test func `ids are unique and everything referred to exists`() {
        let house = Self.house
        #expect(Set(house.items.map(\.id)).count == house.items.count)
        #expect(Set(house.makers.map(\.id)).count == house.makers.count)
        let series = Set(house.series.map(\.id))
        for item in house.items {
            #expect(!item.topics.isEmpty)
            #expect(!item.makers.isEmpty)
            for maker in item.makers { #expect(house.maker(maker) != nil, "\(item.id): \(maker)") }
            if let id = item.series { #expect(series.contains(id), "\(item.id): \(id)") }
            #expect(house.item(item.id) == item)
        }
        for one in house.series { for maker in one.makers { #expect(house.maker(maker) != nil) } }
        // Every topic has someone who writes about it first of all.
        for topic in Topic.allCases { #expect(house.makers.contains { $0.topics.first == topic }, "\(topic)") }
    }

    @Test func `every text is there in three languages, with nothing left open`() {
        var texts: [String] = []
        for item in Self.house.items {
            texts += [item.title, item.standfirst].flatMap { [$0.nl, $0.en, $0.ja] } + item.body
        }
        for maker in Self.house.makers { texts += [maker.role, maker.biography].flatMap { [$0.nl, $0.en, $0.ja] } }
        for series in Self.house.series { texts += [series.title, series.about].flatMap { [$0.nl, $0.en, $0.ja] } }
        for text in texts {
            #expect(!text.isEmpty)
            #expect(!text.contains("{") && !text.contains("}"), "\(text)")
            #expect(!text.contains("  ") && !text.contains("\n"), "\(text)")
        }
        let titles = Self.house.items.map(\.title.nl)
        #expect(Set(titles).count == titles.count)
        #expect(titles.allSatisfy { $0.first?.isLowercase != true })
    }

    @Test func `everything is published by today but what was announced`() {
        let announced = Self.house.items.filter { $0.publishedAt > Self.until }
        #expect((4...10).contains(announced.count))
        for item in announced {
            #expect(item.earlyAccess?.audience == "entitlement:early-access")
            #expect((item.earlyAccess?.from).map { $0 < Self.until } == true)
        }
        #expect(Self.house.items.filter { $0.earlyAccess != nil }.count == announced.count)
        let evenings = Self.house.items.filter { $0.kind == .event }
        #expect(evenings.contains { ($0.takesPlaceAt ?? .earliest) > Self.until })
        #expect(evenings.contains { ($0.takesPlaceAt ?? .latest) < Self.until })
        let fresh = Self.house.items.filter {
            $0.publishedAt <= Self.until && Self.until - $0.publishedAt < 7 * World.day && $0.kind == .article
        }
        #expect(fresh.count >= 8)
    }

    @Test func `the documents have the catalogue's fields`() throws {
        let document = try JSONValue(
            parsing: Self.house.document(pages: "https://example.org/a", covers: "https://example.org/c").bytes())
        let items = try #require(document["items"]?.arrayValue)
        let known: Set<String> = [
            "id", "kind", "title", "standfirst", "body", "url", "image", "series", "makers", "topics", "language",
            "access", "published_at", "early_access", "duration_seconds", "word_count",
        ]
        for item in items {
            let keys = Set(item.objectValue?.keys ?? [])
            #expect(keys.isSubset(of: known))
            #expect(item["published_at"]?.stringValue.flatMap { RFC3339.parse($0) } != nil)
            #expect(item["url"]?.stringValue?.hasPrefix("https://example.org/a/") == true)
        }
        let makers = try #require(document["makers"]?.arrayValue)
        #expect(makers.allSatisfy { $0["face"]?.stringValue?.hasPrefix("<svg ") == true })
        #expect(document["series"]?.arrayValue?.count == 11)
    }

    @Test func `words that come to the front get a capital`() {
        #expect(
            Words.fill("{0} is terug. {0}, zegt {0}.", ["de otter"]) == "De otter is terug. De otter, zegt de otter.")
        #expect(Words.fill("Over {0}", ["regen"]) == "Over regen")
    }
}
