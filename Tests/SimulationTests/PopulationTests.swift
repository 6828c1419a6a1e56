import Assignment
import Loyalty
import Primitives
import Testing

@testable import Simulation

/// A small house and population on fixed dates, shared by the tests.
enum World {
    static let day: Int64 = 86_400_000
    static let start = Instant(milliseconds: 1_785_542_400_000)  // 2026-08-01T00:00:00Z
    static let house = MediaHouse.avondpost(
        publishing: start.adding(milliseconds: -60 * day), until: start.adding(milliseconds: 60 * day))

    /// How the readers of De Avondpost behave, as their programme says.
    static let behaviour = behaviour(of: "avondpost")

    static func behaviour(of name: String) -> Behaviour {
        do {
            return try #require(try DemoProgrammes.document(name)).programme().behaviour
        } catch {
            Issue.record("\(name): \(error)")
            return Behaviour(id: name, source: name, places: [], rhythms: [], groups: [], channels: [], events: [])
        }
    }

    static func population(
        seed: UInt64 = 7, size: Int = 400, treatment: Treatment = .none, anonymousShare: Double = 0
    ) -> Population {
        Population(
            behaviour, seed: seed, size: size, start: start, until: day(60), house: house, treatment: treatment,
            anonymousShare: anonymousShare)
    }

    static func day(_ number: Int) -> Instant { start.adding(milliseconds: Int64(number) * day) }

    static func text(_ events: some Sequence<SimulatedEvent>) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for event in events { event.writeCloudEvent(to: &writer) }
        writer.endArray()
        return writer.bytes
    }
}

@Suite struct PopulationTests {
    @Test func `the same seed gives the same bytes, another one does not`() {
        let one = World.text(World.population().events(from: World.day(0), to: World.day(6)))
        let two = World.text(World.population().events(from: World.day(0), to: World.day(6)))
        let other = World.text(World.population(seed: 8).events(from: World.day(0), to: World.day(6)))
        #expect(one.count > 50_000)
        #expect(one == two)
        #expect(one != other)
    }

    @Test func `events come in order, inside their window, with ids of their own`() {
        let events = Array(World.population().events(from: World.day(1), to: World.day(8)))
        #expect(events.count > 1_000)
        #expect(Set(events.map(\.id)).count == events.count)
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(events.allSatisfy { $0.time >= World.day(1) && $0.time < World.day(8) && $0.arrival == $0.time })
        let kinds = Set(events.map(\.type))
        for kind in ["article.read", "video.watched", "episode.finished", "newsletter.opened", "subscription.renewed"] {
            #expect(kinds.contains(kind))
        }
    }

    @Test func `neighbouring stretches join without a seam`() {
        let population = World.population()
        let whole = Array(population.events(from: World.day(0), to: World.day(4)))
        for offset: Int64 in [0, 5_000_123] {
            let middle = World.day(2).adding(milliseconds: offset)
            let parts =
                Array(population.events(from: World.day(0), to: middle))
                + Array(population.events(from: middle, to: World.day(4)))
            #expect(whole == parts, "\(offset)")
        }
        #expect(Array(population.events(from: World.day(3), to: World.day(3))).isEmpty)
        #expect(Array(population.events(from: World.day(-9), to: World.day(0))).isEmpty)
    }

    @Test func `a visit that runs on past midnight belongs to both days' streams`() throws {
        let population = World.population(size: 20_000)
        let planner = DayPlanner(population: population, day: population.startDay)
        let midnight = World.day(1)
        var crossing: PlannedEvent?
        for index in 0..<population.size where crossing == nil {
            var planned: [PlannedEvent] = []
            planner.plan(population.member(index), into: &planned)
            crossing = planned.first { $0.time >= midnight.milliseconds }
        }
        let found = try #require(crossing)
        let smaller = World.population(size: Int(found.member) + 1)
        let until = Instant(milliseconds: found.time + 1)
        let ids = smaller.events(from: midnight, to: until).map(\.id)
        #expect(ids.contains(PersonKeys.text(found.id, digits: 13)))
    }

    @Test func `a larger population has the same first people`() {
        let small = World.population(size: 50)
        let large = World.population(size: 1_000_000)
        for index in [0, 1, 49] { #expect(small.member(index) == large.member(index)) }
        #expect(large.member(999_999).key != large.member(999_998).key)
    }

    @Test func `a person is found by its key`() {
        let population = World.population(size: 100_000)
        for index in stride(from: 0, to: 100_000, by: 997) {
            let member = population.member(index)
            #expect(population.member(key: member.key) == member)
            #expect(population.member(key: member.deviceKey) == nil)
        }
        #expect(World.population(size: 10).member(key: population.member(10).key) == nil)
        #expect(population.member(key: "p!!!!!!!!") == nil)
        #expect(population.member(key: "") == nil)
    }

    @Test func `fields say what was read, of items that were there`() throws {
        for event in World.population().events(from: World.day(0), to: World.day(3)) where event.type == "article.read"
        {
            let id = try #require(event.fields["item"]?.stringValue)
            let item = try #require(World.house.item(id))
            #expect(item.publishedAt <= event.time)
            #expect(item.kind == .article)
            let share = try #require(event.fields["share"]?.doubleValue)
            #expect((0...1).contains(share))
            #expect((event.fields["seconds"]?.intValue ?? 0) > 0)
            #expect(event.fields["topics"]?.arrayValue?.count == item.topics.count)
        }
    }

    @Test func `events are written as CloudEvents and as Segment messages`() throws {
        let events = Array(World.population(anonymousShare: 1).events(from: World.day(0), to: World.day(3)))
        for event in events.prefix(300) {
            var writer = JSONWriter()
            event.writeCloudEvent(to: &writer)
            let cloud = try JSONValue(parsing: writer.bytes)
            #expect(cloud == event.cloudEvent)
            #expect(cloud["time"]?.stringValue.flatMap { RFC3339.parse($0) } == event.time)
            writer.removeAll()
            event.writeSegmentMessage(to: &writer)
            let message = try JSONValue(parsing: writer.bytes)
            #expect(message["messageId"]?.stringValue == event.id)
            #expect(message["userId"] != nil || message["anonymousId"] != nil)
        }
        #expect(events.contains { $0.type == "member.identified" })
    }
}
