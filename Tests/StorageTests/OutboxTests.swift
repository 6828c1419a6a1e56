import Primitives
import Storage
import TestSupport
import Testing

@Suite struct OutboxTests {
    static let outbox = Outbox(partition: 5)

    static func programme(_ name: String) throws -> ProgrammeID { try #require(ProgrammeID(name)) }

    static func messages(_ numbers: ClosedRange<Int>) -> [Outbox.Message] {
        numbers.map { number in
            Outbox.Message(
                kind: "webhook", time: Instant(milliseconds: Int64(number) * 1_000), payload: [UInt8(number & 255)])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func sequencesAreDensePerProgrammeAndPartition(engine: Engine) async throws {
        let (one, two) = (try Self.programme("één".replacing("é", with: "e")), try Self.programme("two"))
        try await TestDatabases.with(engine, [Outbox.schema]) { database in
            let last = try await database.write { connection in
                [
                    try Self.outbox.append(connection, one, Self.messages(1...3)),
                    try Self.outbox.append(connection, two, Self.messages(1...2)),
                    try Outbox(partition: 6).append(connection, one, Self.messages(9...9)),
                    try Self.outbox.append(connection, one, []),
                    try Self.outbox.append(connection, one, Self.messages(4...4)),
                ]
            }
            #expect(last == [3, 2, 1, nil, 4])
            // A transaction that fails leaves no gap.
            _ = try? await database.write { connection in
                try Self.outbox.append(connection, one, Self.messages(5...5))
                throw StorageProblem.busy
            }
            let entries = try await database.write { connection in
                try Self.outbox.append(connection, one, Self.messages(5...5))
                return try Self.outbox.read(connection, one, after: 2, limit: 10)
            }
            #expect(entries.map(\.sequence) == [3, 4, 5])
            #expect(entries.map(\.message) == Self.messages(3...5))
            let page = try await database.read { try Self.outbox.read($0, one, after: 0, limit: 2).map(\.sequence) }
            #expect(page == [1, 2])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aCursorMovesForwardOnly(engine: Engine) async throws {
        let one = try Self.programme("one")
        try await TestDatabases.with(engine, [Outbox.schema]) { database in
            let positions = try await database.write { connection in
                var positions = [try Self.outbox.position(connection, one, consumer: "sse")]
                for position: Int64 in [4, 2, 7] {
                    try Self.outbox.acknowledge(connection, one, consumer: "sse", upTo: position)
                    positions.append(try Self.outbox.position(connection, one, consumer: "sse"))
                }
                positions.append(try Self.outbox.position(connection, one, consumer: "mail"))
                return positions
            }
            #expect(positions == [0, 4, 4, 7, 0])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whatAllHaveAcknowledgedIsDeletedInBoundedRanges(engine: Engine) async throws {
        let one = try Self.programme("one")
        try await TestDatabases.with(engine, [Outbox.schema]) { database in
            func trim(before: Int64 = 0, rows: Int = 1_000, limit: Int = 100) async throws -> [Int] {
                try await database.write { connection in
                    let result = try Self.outbox.trim(
                        connection, one, before: Instant(milliseconds: before), maximumRows: rows, limit: limit)
                    return [result.deleted, result.undelivered]
                }
            }
            #expect(try await trim() == [0, 0])
            try await database.write { connection in
                try Self.outbox.append(connection, one, Self.messages(1...20))
                try Self.outbox.acknowledge(connection, one, consumer: "sse", upTo: 12)
                try Self.outbox.acknowledge(connection, one, consumer: "mail", upTo: 0)
            }
            #expect(try await trim() == [0, 0])
            try await database.write { try Self.outbox.acknowledge($0, one, consumer: "mail", upTo: 8) }
            #expect(try await trim(limit: 5) == [5, 0])
            #expect(try await trim(limit: 5) == [3, 0])
            #expect(try await trim() == [0, 0])
            // The retention bounds: too old (9 and 10), then too many (11 to 15); nobody had acknowledged them all.
            #expect(try await trim(before: 11_000) == [2, 2])
            #expect(try await trim(rows: 5) == [5, 5])
            try await database.write { try Self.outbox.remove($0, one, consumer: "mail") }
            try await database.write { try Self.outbox.remove($0, one, consumer: "sse") }
            #expect(try await trim() == [5, 0])
        }
    }

    @Test func noStatementOfTheOutboxReadsAWholeTable() async throws {
        let one = try Self.programme("one")
        let scans = try await TestDatabases.scans([Outbox.schema, Leases.schema, IdempotencyRecords.schema]) {
            connection in
            try Self.outbox.append(connection, one, Self.messages(1...20))
            _ = try Self.outbox.read(connection, one, after: 3, limit: 10)
            _ = try Self.outbox.position(connection, one, consumer: "sse")
            try Self.outbox.acknowledge(connection, one, consumer: "sse", upTo: 4)
            try Self.outbox.remove(connection, one, consumer: "sse")
            _ = try Self.outbox.trim(
                connection, one, before: Instant(milliseconds: 5_000), maximumRows: 10, limit: 10)
            let leases = Leases(owner: "a", durationMilliseconds: 1_000)
            if let lease = try leases.acquire(connection, partition: 1, now: Instant(milliseconds: 0)) {
                try Leases.check(connection, lease)
                try leases.release(connection, try leases.renew(connection, lease, now: Instant(milliseconds: 1)))
            }
            let records = try IdempotencyRecords(secret: [UInt8](repeating: 1, count: 32))
            let request = records.request(one, owner: ID128(high: 1, low: 1), key: "k", request: [1])
            try records.record(connection, request, status: 200, response: [])
            _ = try records.find(connection, request)
        }
        #expect(scans == [])
        // The recorder can tell.
        let found = try await TestDatabases.scans([Outbox.schema]) {
            _ = try $0.query("SELECT count(*) FROM outbox WHERE kind = ?", ["x"])
        }
        #expect(found.count == 1)
    }
}
