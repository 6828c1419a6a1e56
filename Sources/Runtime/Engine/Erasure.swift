public import Access
import Loyalty
import Personalisation
public import Primitives
public import Storage
public import Vault

/// Erases members everywhere: tombstone, then the data key, then the main database.
///
/// The vault goes first and remembers what the main database has not confirmed. So a crash at any point leaves an
/// erasure that ``reconcile(_:)`` finishes, and a restored back-up in which tombstones were replayed is purged before it
/// serves.
public struct Erasure: Sendable {
    private let engine: Engine
    private let persons: Persons
    private let vaultDatabase: any Database

    /// - Parameter vaultDatabase: the vault's own, whose log is emptied at the end.
    public init(engine: Engine, persons: Persons, vaultDatabase: any Database) {
        self.engine = engine
        self.persons = persons
        self.vaultDatabase = vaultDatabase
    }

    /// Erases a member and every record that was merged into it. Idempotent.
    ///
    /// Afterwards nothing of the person is left but figures of the programme, and, in the vault, a tombstone and the log
    /// of who looked: a pseudonym that leads nowhere. Whoever comes back under the same name is a new member.
    ///
    /// - Throws: `VaultProblem.unknownMember` when there never was such a member.
    public func erase(_ member: MemberID, in programme: ProgrammeID, by actor: AuditActor) async throws {
        let now = engine.clock.now()
        let store = LoyaltyStore(programme: programme)
        let members: [MemberID]
        do {
            members = try await persons.erase(member, programme: programme, now: now)
        } catch VaultProblem.unknownMember {
            let records = try await engine.database.read { try store.records(of: member, $0) }
            guard !records.isEmpty else { throw VaultProblem.unknownMember }
            members = try await persons.erase(member, records: records, programme: programme, now: now)
        }
        try await purge(members, of: programme, by: actor)
    }

    /// Finishes erasures of a programme that the main database has not confirmed: after a crash, and after a restore.
    ///
    /// - Returns: how many members were purged.
    @discardableResult
    public func reconcile(_ programme: ProgrammeID) async throws -> Int {
        var total = 0
        while true {
            let pending = try await persons.pendingPurges(of: programme)
            guard !pending.isEmpty else { return total }
            try await purge(pending.map(\.member), of: programme, by: .server)
            total += pending.count
        }
    }

    private func purge(_ members: [MemberID], of programme: ProgrammeID, by actor: AuditActor) async throws {
        try await engine.purge(members, of: programme, by: actor)
        for member in members { try await persons.confirmPurge(member, programme: programme) }
        // Freed pages are zeroed, but the write-ahead log still holds what they were.
        for case let database as SQLiteDatabase in [engine.database, vaultDatabase] { try await database.checkpoint() }
    }
}

extension Engine {
    /// Rows that one look at outbox or quarantine takes.
    private static let page = 500

    /// Purges members from the main database and from memory.
    ///
    /// First the rows that are theirs, in one transaction between two batches; from then on commands that were on their
    /// way to them are refused, so that what is looked through afterwards cannot grow.
    func purge(_ members: [MemberID], of programme: ProgrammeID, by actor: AuditActor) async throws {
        guard let first = members.first else { return }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        let work = Alone(erases: members) { connection in
            var rows = try store.erase(members, connection)
            rows += try PrivacyRequestStore(programme: programme).erase(
                members, today: Int32(clamping: now.milliseconds / 86_400_000), connection)
            rows += try ServiceStore(programme: programme).erase(members, connection)
            rows += try ApprovalStore(programme: programme).erase(members, connection)
            rows += try ProfilingStore(programme: programme).erase(members, connection)
            for member in members {
                rows += try IdempotencyRecords.forget(connection, programme, owner: member.value)
                try Sessions.endAll(of: .member(programme, member), connection)
                try Cards.forget(connection, programme, member: member)
            }
            guard rows > 0 else { return }
            // Who asked and when, not about whom.
            try Audit.append(
                connection,
                AuditEntry(programme: programme, at: now, actor: actor, action: "member.erase", object: "member"))
        }
        guard
            let result = try await submit([
                Command(programme: programme, member: first, action: .alone(work), now: now)
            ]).first
        else { throw PipelineProblem.unprocessable }
        _ = try result.get()
        let gone = Set(members)
        live.forget(gone)
        try await purgeOutbox(gone, programme)
        try await purgeQuarantine(gone, programme)
    }

    private func purgeOutbox(_ members: Set<MemberID>, _ programme: ProgrammeID) async throws {
        let outbox = Outbox()
        var position: Int64 = 0
        while true {
            let start = position
            let entries = try await database.read {
                try outbox.read($0, programme, after: start, limit: Self.page)
            }
            guard let last = entries.last else { return }
            let theirs = entries.filter { WebhookMessage.names(members, in: $0.message.payload) }.map(\.sequence)
            if !theirs.isEmpty { try await database.write { try outbox.blank($0, programme, sequences: theirs) } }
            position = last.sequence
        }
    }

    /// Quarantined events say whose they are only inside their seal, so all of them are opened.
    private func purgeQuarantine(_ members: Set<MemberID>, _ programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        var before: (day: Int32, id: ID128)?
        while true {
            let start = before
            let events = try await database.read { try store.quarantined(before: start, limit: Self.page, $0) }
            guard let last = events.last else { return }
            let theirs = events.filter { event in
                guard let bytes = try? sealer.open(event.sealed, programme: programme, id: event.id),
                    let content = QuarantinedContent(encoded: bytes)
                else { return false }
                return members.contains(content.member)
            }.map(\.id)
            if !theirs.isEmpty { try await database.write { try store.release(theirs, $0) } }
            before = (last.day, last.id)
        }
    }
}

extension WebhookMessage {
    /// Whether a message's content names one of these members, in whatever field.
    static func names(_ members: Set<MemberID>, in payload: [UInt8]) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard payload.count >= 36 else { return false }
        for start in 0...payload.count - 36
        where payload[start + 8] == hyphen && payload[start + 13] == hyphen && payload[start + 18] == hyphen {
            if let member = MemberID(String(decoding: payload[start..<start + 36], as: UTF8.self)),
                members.contains(member)
            {
                return true
            }
        }
        return false
    }
}
