public import Primitives
internal import Storage
internal import Synchronization
internal import Vault

/// API keys: made, listed, revoked and, on every request, verified.
public final class APIKeys: Sendable {
    /// How long this node may accept a key that another node revoked.
    public static let maximumStalenessMilliseconds: Int64 = 30_000
    public static let maximumLabelBytes = 100

    private struct Entry {
        var key: APIKey
        let hash: [UInt8]
        let hashVersion: Int
        let loadedAt: Instant
    }

    private let database: any Database
    private let hashes: SecretHashes
    private let random: any RandomBytes
    private let cache = Mutex(BoundedCache<String, Entry>(capacity: 10_000))

    init(database: any Database, hashes: SecretHashes, random: any RandomBytes) {
        self.database = database
        self.hashes = hashes
        self.random = random
    }

    /// Makes a key.
    ///
    /// - Parameter form: names the form that asks, so that sending it twice makes one key.
    /// - Returns: the key and its text, which cannot be shown again.
    /// - Throws: `.invalid` when a publishable key asks for more than sending events, when there is no scope, or when
    ///   the label or expiry make no sense; `.madeBefore` for a form that made its key already.
    public func create(
        programme: ProgrammeID, kind: APIKeyText.Kind, scopes: Set<Scope>, label: String, expiresAt: Instant? = nil,
        form: ID128? = nil, by actor: AuditActor, now: Instant
    ) async throws -> (key: APIKey, text: APIKeyText) {
        guard !scopes.isEmpty else { throw AccessProblem.invalid(field: "scopes", expected: "at least one scope") }
        guard kind == .live || scopes == [.eventsWrite] else {
            throw AccessProblem.invalid(
                field: "scopes", expected: "events:write alone, because the key stands in the source of pages")
        }
        guard (1...Self.maximumLabelBytes).contains(label.utf8.count), !label.utf8.contains(where: { $0 < 0x20 }) else {
            throw AccessProblem.invalid(field: "label", expected: "1 to \(Self.maximumLabelBytes) bytes on one line")
        }
        if let expiresAt, expiresAt <= now {
            throw AccessProblem.invalid(field: "expires", expected: "a time in the future")
        }
        let text = APIKeyText(kind: kind, form: form, random: random)
        let key = APIKey(
            id: text.id, kind: kind, programme: programme, scopes: scopes, label: label, createdAt: now,
            expiresAt: expiresAt, revokedAt: nil, lastUsedDay: nil)
        let hash = hashes.hash(text.secret)
        let version = hashes.current.id
        try await database.write { connection in
            let made = try connection.execute(
                """
                INSERT INTO api_key (key_id, programme_id, kind, scopes, label, hash, hash_version, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                [
                    .text(key.id), .programme(programme), .text(kind.rawValue), .text(Self.text(scopes)), .text(label),
                    .blob(hash), .integer(Int64(version)), .instant(now), SQLValue(expiresAt?.milliseconds),
                ])
            guard made == 1 else { throw AccessProblem.madeBefore }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: actor, action: "api-key.create", object: "key:" + key.id,
                    after: "\(kind.rawValue) \(Self.text(scopes))"))
        }
        return (key, text)
    }

    /// Who a key stands for.
    ///
    /// Keys seen lately are checked in memory. Nothing about a key, not even that it exists, is told before its secret
    /// has proved right.
    ///
    /// - Throws: `.unauthenticated`; what the database throws: a key that cannot be checked is not accepted.
    public func verify(_ text: APIKeyText, now: Instant) async throws -> APIKey {
        var entry = cache.withLock { $0.value(text.id) }
        if entry.map({ abs(now - $0.loadedAt) > Self.maximumStalenessMilliseconds }) ?? true {
            entry = try await load(text.id, now: now)
            if let entry { cache.withLock { $0.insert(entry, for: text.id) } }
        }
        guard let entry, let hash = hashes.hash(text.secret, version: entry.hashVersion),
            ConstantTime.areEqual(hash, entry.hash), entry.key.kind == text.kind
        else { throw AccessProblem.unauthenticated(.unknown) }
        if entry.key.revokedAt != nil { throw AccessProblem.unauthenticated(.revoked) }
        if let expiry = entry.key.expiresAt, expiry <= now { throw AccessProblem.unauthenticated(.expired) }
        await noteUse(of: entry, now: now)
        return entry.key
    }

    /// The keys of a programme, latest first.
    public func list(programme: ProgrammeID) async throws -> [APIKey] {
        try await database.read { connection in
            try connection.query(
                Self.select + " WHERE programme_id = ? ORDER BY created_at DESC, key_id", [.programme(programme)]
            ).map { try Self.key($0) }
        }
    }

    /// Ends a key: here at once, on other nodes within ``maximumStalenessMilliseconds``. Idempotent.
    ///
    /// - Throws: `.notFound` when the programme has no such key.
    public func revoke(
        _ id: String, programme: ProgrammeID, by actor: AuditActor, reason: String? = nil, now: Instant
    ) async throws {
        defer { cache.withLock { $0.remove(id) } }
        try await database.write { connection in
            let changed = try connection.execute(
                "UPDATE api_key SET revoked_at = ? WHERE key_id = ? AND programme_id = ? AND revoked_at IS NULL",
                [.instant(now), .text(id), .programme(programme)])
            if changed == 0 {
                let row = try connection.first(
                    "SELECT 1 FROM api_key WHERE key_id = ? AND programme_id = ?", [.text(id), .programme(programme)])
                guard row != nil else { throw AccessProblem.notFound }
                return
            }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: actor, action: "api-key.revoke", object: "key:" + id,
                    reason: reason))
        }
    }

    private func load(_ id: String, now: Instant) async throws -> Entry? {
        try await database.read { connection in
            guard let row = try connection.first(Self.select + " WHERE key_id = ?", [.text(id)]) else { return nil }
            return Entry(
                key: try Self.key(row), hash: try row.blob(9), hashVersion: Int(try row.int(10)), loadedAt: now)
        }
    }

    /// Notes the day of use, at most once a day and key. A courtesy to whoever tidies keys up: when the disk is full,
    /// keys go on working.
    private func noteUse(of entry: Entry, now: Instant) async {
        let day = now.milliseconds / 86_400_000
        guard entry.key.lastUsedDay.map({ $0 < day }) ?? true else { return }
        let isFirst = cache.withLock { cache in
            guard var current = cache.value(entry.key.id), current.key.lastUsedDay.map({ $0 < day }) ?? true else {
                return false
            }
            current.key = current.key.used(on: day)
            cache.insert(current, for: entry.key.id)
            return true
        }
        guard isFirst else { return }
        let id = entry.key.id
        _ = try? await database.write { connection in
            try connection.execute(
                "UPDATE api_key SET last_used_day = ? WHERE key_id = ? AND (last_used_day IS NULL OR last_used_day < ?)",
                [.integer(day), .text(id), .integer(day)])
        }
    }

    private static let select = """
        SELECT key_id, kind, programme_id, scopes, label, created_at, expires_at, revoked_at, last_used_day, hash,
            hash_version
        FROM api_key
        """

    private static func key(_ row: Row) throws -> APIKey {
        APIKey(
            id: try row.text(0), kind: APIKeyText.Kind(rawValue: try row.text(1)) ?? .page,
            programme: try row.programme(2),
            scopes: Set(try row.text(3).split(separator: " ").compactMap { Scope(rawValue: String($0)) }),
            label: try row.text(4), createdAt: try row.instant(5),
            expiresAt: try row.intOrNil(6).map { Instant(milliseconds: $0) },
            revokedAt: try row.intOrNil(7).map { Instant(milliseconds: $0) }, lastUsedDay: try row.intOrNil(8))
    }

    private static func text(_ scopes: Set<Scope>) -> String {
        scopes.sorted().map(\.rawValue).joined(separator: " ")
    }
}

extension APIKey {
    fileprivate func used(on day: Int64) -> APIKey {
        APIKey(
            id: id, kind: kind, programme: programme, scopes: scopes, label: label, createdAt: createdAt,
            expiresAt: expiresAt, revokedAt: revokedAt, lastUsedDay: day)
    }
}
