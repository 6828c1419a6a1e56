import Primitives
import Storage
import TestSupport
import Testing

@testable import Access

@Suite struct AuditTests {
    private func entry(_ number: Int, _ programme: ProgrammeID?, after: String? = "x") -> AuditEntry {
        AuditEntry(
            programme: programme, at: noon.adding(milliseconds: Int64(number)), actor: .server, action: "test.do",
            object: "thing:\(number)", after: after)
    }

    private func fill(_ database: any Database, _ programme: ProgrammeID?, _ count: Int = 5) async throws {
        for number in 1...count {
            try await database.write { try Audit.append($0, entry(number, programme)) }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func chainHoldsAndPages(engine: Engine) async throws {
        try await withAccess(engine) { _, database in
            let courant = try programme("courant")
            #expect(
                try await Audit.verify(database, programme: courant)
                    == .intact(.init(sequence: 0, hash: [UInt8](repeating: 0, count: 32))))
            try await fill(database, courant)
            try await fill(database, nil, 2)
            guard case .intact(let head) = try await Audit.verify(database, programme: courant) else {
                Issue.record("broken")
                return
            }
            #expect(head.sequence == 5)
            let pages = try await database.read { connection in
                let first = try Audit.entries(connection, programme: courant, limit: 3)
                let second = try Audit.entries(
                    connection, programme: courant, before: first.last?.sequence ?? 0, limit: 3)
                return (first + second).map(\.entry)
            }
            #expect(pages == (1...5).reversed().map { entry($0, courant) })
        }
    }

    @Test(
        arguments: TestDatabases.engines,
        [
            ("UPDATE audit SET after_state = 'y' WHERE sequence = 3", 3 as Int64),
            ("UPDATE audit SET after_state = NULL WHERE sequence = 3", 3),
            ("UPDATE audit SET at = at + 1 WHERE sequence = 1", 1),
            ("UPDATE audit SET actor = 'system:other' WHERE sequence = 5", 5),
            ("DELETE FROM audit WHERE sequence = 2", 2), ("DELETE FROM audit WHERE sequence = 5", 5),
            ("DELETE FROM audit", 1), ("UPDATE audit SET sequence = 9 WHERE sequence = 5", 5),
            ("UPDATE audit_head SET sequence = 4", 6), ("DELETE FROM audit_head", 6),
        ])
    func everyChangeBreaksTheChain(engine: Engine, change: (sql: String, broken: Int64)) async throws {
        try await withAccess(engine) { _, database in
            let courant = try programme("courant")
            try await fill(database, courant)
            _ = try await database.write { try $0.execute(change.sql) }
            let verdict = try await Audit.verify(database, programme: courant)
            #expect(verdict == .broken(at: change.broken))
        }
    }

    @Test(arguments: TestDatabases.engines)
    func entryIsKeptOnlyWithItsChange(engine: Engine) async throws {
        try await withAccess(engine) { _, database in
            let courant = try programme("courant")
            await #expect(throws: Missing.self) {
                try await database.write { connection in
                    try Audit.append(connection, entry(1, courant))
                    throw Missing(what: "the change")
                }
            }
            try await fill(database, courant, 1)
            guard case .intact(let head) = try await Audit.verify(database, programme: courant) else {
                Issue.record("broken")
                return
            }
            #expect(head.sequence == 1)
            await #expect(throws: AccessProblem.self) {
                try await database.write {
                    try Audit.append($0, entry(2, courant, after: String(repeating: "x", count: 16_385)))
                }
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func concurrentWritersMakeOneChain(engine: Engine) async throws {
        try await withAccess(engine) { _, database in
            let courant = try programme("courant")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...12 {
                    group.addTask { try await database.write { try Audit.append($0, entry(number, courant)) } }
                }
                try await group.waitForAll()
            }
            guard case .intact(let head) = try await Audit.verify(database, programme: courant) else {
                Issue.record("broken")
                return
            }
            #expect(head.sequence == 12)
        }
    }
}
