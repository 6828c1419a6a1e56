import Catalogue
import Primitives
import Recommending
import Storage
import TestSupport
import Testing

@testable import Personalisation

@Suite struct RecommendationModelTests {
    private static let now = Instant(seconds: 1_780_000_000)

    private func item(_ name: String) throws -> ItemID { try #require(ItemID(name)) }

    private func readings(_ readers: [[String]]) throws -> Readings {
        var readings = Readings()
        for read in readers {
            readings.add(
                try read.enumerated().map { (try item($1), Self.now.adding(milliseconds: Int64($0) * 1_000)) })
        }
        return readings
    }

    /// Nothing can be read from a list of what fewer than five members did.
    @Test func whatAFewReadIsInNoRow() throws {
        let four = [[String]](repeating: ["a", "b"], count: 4)
        let five = [[String]](repeating: ["c", "d"], count: 5)
        let model = RecommendationModel.trained(on: try readings(four + five + [["c", "a"]]), least: 5, now: Self.now)
        #expect(model.readers == 10)
        #expect(!model.knows(try item("b")))
        let place = try #require(model.place(of: try item("c")))
        #expect(model.beside.row(place).map { model.items[Int($0.item)].text } == ["d"])
        #expect(model.beside.row(place).map(\.weight) == [1])
        // Five members read it, but no five of them the same beside it.
        let a = try #require(model.place(of: try item("a")))
        #expect(model.beside.row(a).isEmpty)
    }

    @Test func bytesComeBackAndBrokenOnesAreRefused() throws {
        let readers = (0..<40).map { index in (0..<6).map { "ü-\((index / 8 + $0) % 12)" } }
        let model = RecommendationModel.trained(on: try readings(readers), least: 5, now: Self.now)
        #expect(model.beside.items.count > 10)
        let bytes = model.bytes
        #expect(RecommendationModel(bytes: bytes) == model)
        for cut in stride(from: 0, to: bytes.count, by: 37) {
            #expect(RecommendationModel(bytes: Array(bytes.prefix(cut))) == nil)
        }
        #expect(RecommendationModel(bytes: bytes + [0]) == nil)
        #expect(RecommendationModel(bytes: RecommendationModel.empty.bytes) == .empty)
    }

    @Test(arguments: TestDatabases.engines)
    func modelAndDecisionsAreKept(engine: Engine) async throws {
        try await TestDatabases.with(engine, [RecommendationSchema.schema]) { database in
            let (mine, other) = (
                RecommendationStore(programme: try #require(ProgrammeID("mine"))),
                RecommendationStore(programme: try #require(ProgrammeID("other")))
            )
            #expect(try await database.read { try mine.model($0) } == nil)
            #expect(try await database.read { try mine.policy($0) } == EditorialPolicy())
            let readers = [[String]](repeating: ["a", "b", "c"], count: 6)
            let model = RecommendationModel.trained(on: try readings(readers), least: 5, now: Self.now)
            let policy = EditorialPolicy(
                pins: [EditorialPin(try item("b")), EditorialPin(try item("a"), until: Self.now)],
                excludedItems: [try item("x"), try item("é")], excludedTopics: ["crime"], topicShare: 30,
                makerShare: 20,
                oldestDays: 14, surprise: 5...40)
            for _ in 0..<2 {
                try await database.write { try mine.write(model, $0) }
                try await database.write { try mine.write(policy, $0) }
            }
            #expect(try await database.read { try mine.model($0) } == model)
            #expect(try await database.read { try mine.policy($0) } == policy)
            #expect(try await database.read { try other.model($0) } == nil)
            #expect(try await database.read { try other.policy($0) } == EditorialPolicy())
        }
    }
}
