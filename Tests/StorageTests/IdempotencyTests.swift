import Primitives
import Storage
import TestSupport
import Testing

@Suite struct IdempotencyTests {
    static let owner = ID128(high: 1, low: 2)

    static func records(_ byte: UInt8 = 1) throws -> IdempotencyRecords {
        try IdempotencyRecords(secret: [UInt8](repeating: byte, count: 32))
    }

    @Test(arguments: TestDatabases.engines)
    func theSameRequestGetsTheSameAnswerAndAnotherUnderItsKeyIsAConflict(engine: Engine) async throws {
        let records = try Self.records()
        let (one, two) = (try #require(ProgrammeID("one")), try #require(ProgrammeID("two")))
        let request = records.request(one, owner: Self.owner, key: "key", request: Array("POST /redeem 5".utf8))
        let sameKey = records.request(one, owner: Self.owner, key: "key", request: Array("POST /redeem 6".utf8))
        let otherKey = records.request(one, owner: Self.owner, key: "key2", request: Array("POST /redeem 5".utf8))
        let otherOwner = records.request(
            one, owner: ID128(high: 1, low: 3), key: "key", request: Array("POST /redeem 5".utf8))
        let otherProgramme = records.request(
            two, owner: Self.owner, key: "key", request: Array("POST /redeem 5".utf8))
        try await TestDatabases.with(engine, [IdempotencyRecords.schema]) { database in
            let outcomes = try await database.write { connection in
                let before = try records.find(connection, request)
                try records.record(connection, request, status: 201, response: [7, 8])
                return [before]
                    + (try [request, sameKey, otherKey, otherOwner, otherProgramme].map {
                        try records.find(connection, $0)
                    })
            }
            #expect(outcomes == [.new, .replay(status: 201, response: [7, 8]), .conflict, .new, .new, .new])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func neitherKeyNorRequestIsStored(engine: Engine) async throws {
        let programme = try #require(ProgrammeID("one"))
        try await TestDatabases.with(engine, [IdempotencyRecords.schema]) { database in
            for secret: UInt8 in [1, 2] {
                let records = try Self.records(secret)
                let request = records.request(
                    programme, owner: Self.owner, key: "secret-key", request: Array("body".utf8))
                try await database.write { try records.record($0, request, status: 200, response: []) }
            }
            let lines = try await database.read { try LogicalDump.lines($0, excluding: ["schema_migration"]) }
            // Two secrets, two unrelated rows.
            #expect(lines.count == 3)
            #expect(!lines.joined().contains("secret-key"))
            #expect(!lines.joined().contains("626f6479"))
        }
    }

    @Test func aShortSecretIsRefused() {
        #expect(throws: StorageProblem.self) { try IdempotencyRecords(secret: [1, 2, 3]) }
    }

    /// The same request many times at once: one effect, one answer for all.
    @Test(arguments: TestDatabases.engines, [Isolation.serializable, .snapshot])
    func aRaceHasOneEffect(engine: Engine, isolation: Isolation) async throws {
        let records = try Self.records()
        let programme = try #require(ProgrammeID("one"))
        let request = records.request(programme, owner: Self.owner, key: "key", request: [1])
        try await TestDatabases.with(engine, [IdempotencyRecords.schema, ThingTable.schema]) { database in
            let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await database.write(isolation) { connection in
                            switch try records.find(connection, request) {
                            case .replay(_, let response): return response
                            case .conflict: return []
                            case .new:
                                try connection.execute(
                                    "INSERT INTO thing (id) VALUES (?)", [ThingTable.id(number)])
                                try records.record(connection, request, status: 200, response: [UInt8(number)])
                                return [UInt8(number)]
                            }
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            let count = try await database.read { try $0.first("SELECT count(*) FROM thing")?.int(0) }
            #expect(count == 1)
        }
    }
}
