public import Primitives
internal import Storage
internal import Vault

/// Passwords of staff, with a second factor and codes for the day on which it is lost.
///
/// An account has none of them at first: its owner comes in by a one-time link and chooses them. What is stored is sealed
/// under the home's session key, so a stolen database alone is good for no guess.
public struct StaffSecrets: Sendable {
    /// What an account has; no secret.
    public struct Standing: Sendable, Hashable {
        public var login: String?
        public var passwordChangedAt: Instant?
        public var hasSecondFactor = false
        public var recoveryCodes: Int64 = 0

        public init() {}
    }

    /// What a right password or code leads to.
    public enum Entry: Sendable {
        /// Signed in. `device` tells this browser from others that guess: it is kept in a cookie.
        case entered(token: SecretToken, session: Session, device: String)
        /// A code of the second factor is needed; `ticket` says that the password was right.
        case needsCode(ticket: String)
    }

    /// A second factor that is being set up.
    public struct Offer: Sendable, Hashable {
        /// The secret as the form carries it.
        public let sealed: String
        /// The secret as it can be typed into an app.
        public let secret: String
        /// The secret as an app reads it from a picture.
        public let address: String

        public init(sealed: String, secret: String, address: String) {
            self.sealed = sealed
            self.secret = secret
            self.address = address
        }
    }

    public static let minimumPasswordCharacters = PasswordRules.minimumCharacters
    public static let maximumPasswordBytes = PasswordRules.maximumBytes
    /// How long after the password the code may come.
    public static let ticketMilliseconds: Int64 = 5 * 60_000
    static let offerMilliseconds: Int64 = 30 * 60_000
    public static let deviceMilliseconds: Int64 = 180 * 86_400_000

    let database: any Database
    let seals: SealedText
    let tickets: SealedText
    let devices: SealedText
    let codes: SecretHashes
    let sessions: Sessions
    let random: any RandomBytes
    let hasher: PasswordHasher
    /// Browsers that signed in before may go on while others are paused; each so often.
    let deviceAttempts: TokenBuckets<ID128>

    init(
        database: any Database, ring: Keyring, sessions: Sessions, random: any RandomBytes, cost: PasswordHash.Cost
    ) throws(VaultProblem) {
        self.database = database
        self.sessions = sessions
        self.random = random
        seals = try SealedText(ring: ring, use: "staff secrets", random: random)
        tickets = try SealedText(ring: ring, use: "staff sign-in ticket", random: random)
        devices = try SealedText(ring: ring, use: "staff device", random: random)
        codes = try SecretHashes(ring: ring, use: "staff recovery code")
        hasher = PasswordHasher(cost: cost, random: random)
        deviceAttempts = TokenBuckets(burst: 10, count: 10, perMilliseconds: 3_600_000, maximumKeys: 10_000)
    }

    // MARK: What there is

    /// What every account has that has anything.
    public func standings() async throws -> [ID128: Standing] {
        try await database.read { try Self.standings($0, where: "", []) }
    }

    public func standing(of staff: ID128) async throws -> Standing {
        try await database.read {
            try Self.standings($0, where: " WHERE staff_id = ?", [.id(staff)])[staff] ?? Standing()
        }
    }

    private static func standings(
        _ connection: any Connection, where condition: String, _ values: [SQLValue]
    ) throws -> [ID128: Standing] {
        var found: [ID128: Standing] = [:]
        for row in try connection.query("SELECT staff_id, login, changed_at FROM staff_password" + condition, values) {
            found[try row.id(0), default: Standing()].login = try row.text(1)
            found[try row.id(0), default: Standing()].passwordChangedAt = try row.instant(2)
        }
        for row in try connection.query("SELECT staff_id FROM staff_second_factor" + condition, values) {
            found[try row.id(0), default: Standing()].hasSecondFactor = true
        }
        for row in try connection.query(
            "SELECT staff_id, count(*) FROM staff_recovery_code" + condition + " GROUP BY staff_id", values)
        {
            found[try row.id(0), default: Standing()].recoveryCodes = try row.int(1)
        }
        return found
    }

    // MARK: Choosing

    /// Gives an account its password; its other sessions and open links end.
    ///
    /// - Parameters:
    ///   - current: the password until now, where there is one.
    ///   - names: what the person and the programme are called: no good passwords.
    ///   - own: the session that asks; it stays.
    /// - Throws: `StaffSecretProblem`.
    public func setPassword(
        login text: String, password: String, current: String?, names: [String], for staff: ID128,
        beside own: SecretToken?, by actor: AuditActor, now: Instant
    ) async throws {
        guard let login = PasswordRules.login(text) else { throw StaffSecretProblem.loginBad }
        if let problem = PasswordRules.problem(password, names: names + [login]) { throw problem }
        try await check(current: current, of: staff, now: now)
        let sealed = try seal(try await hasher.hash(password).text, of: staff)
        let kept = own.map { sessions.hashes.all($0.bytes) } ?? []
        try await database.write { connection in
            guard try StaffAccounts.load(staff, connection)?.principal != nil else { throw AccessProblem.notFound }
            let holder = try connection.first("SELECT staff_id FROM staff_password WHERE login = ?", [.text(login)])
            guard try holder.map({ try $0.id(0) == staff }) ?? true else { throw StaffSecretProblem.loginTaken }
            try connection.execute(
                """
                INSERT INTO staff_password (staff_id, login, sealed, changed_at, failures, paused_until)
                VALUES (?, ?, ?, ?, 0, 0)
                ON CONFLICT (staff_id) DO UPDATE SET login = excluded.login, sealed = excluded.sealed,
                    changed_at = excluded.changed_at, failures = 0, paused_until = 0
                """, [.id(staff), .text(login), .blob(sealed), .instant(now)])
            try Self.endOthers(of: staff, keeping: kept, connection)
            try Self.audit(connection, "staff.password", staff, actor, now)
        }
    }

    /// A new secret for an authenticator app. Nothing is stored before a code of it has come.
    public func offer(for staff: ID128, account: String, issuer: String, now: Instant) throws -> Offer {
        try offer(random.bytes(OneTimeCodes.secretBytes), for: staff, account: account, issuer: issuer, now: now)
    }

    /// The same offer again, for a form that came back with a mistake; `nil` if it is too old or another account's.
    public func offer(again sealed: String, for staff: ID128, account: String, issuer: String, now: Instant) -> Offer? {
        guard let secret = secret(in: sealed, for: staff, now: now) else { return nil }
        let text = Base32.encode(secret)
        return Offer(
            sealed: sealed, secret: text.uppercased(),
            address: OneTimeCodes.address(text, account: account, issuer: issuer))
    }

    private func offer(
        _ secret: [UInt8], for staff: ID128, account: String, issuer: String, now: Instant
    ) throws -> Offer {
        let text = Base32.encode(secret)
        let until = now.adding(milliseconds: Self.offerMilliseconds).milliseconds
        return Offer(
            sealed: try seals.seal("offer\n\(staff)\n\(until)\n\(text)\n\(Base64URL.encode(secret))"),
            secret: text.uppercased(), address: OneTimeCodes.address(text, account: account, issuer: issuer))
    }

    private func secret(in sealed: String, for staff: ID128, now: Instant) -> [UInt8]? {
        guard let text = seals.open(sealed) else { return nil }
        let parts = text.split(separator: "\n")
        guard parts.count == 5, parts[0] == "offer", ID128(parts[1]) == staff, let until = Int64(parts[2]),
            now.milliseconds < until
        else { return nil }
        return Base64URL.decode(parts[4])
    }

    /// Takes a second factor into use, once a code shows that the app has it.
    ///
    /// - Returns: new recovery codes, shown once; those of before are void.
    /// - Throws: `StaffSecretProblem`.
    public func confirm(
        _ sealed: String, code: String, current: String?, for staff: ID128, by actor: AuditActor, now: Instant
    ) async throws -> [String] {
        guard let secret = secret(in: sealed, for: staff, now: now) else { throw StaffSecretProblem.formOld }
        try await check(current: current, of: staff, now: now, needsOne: true)
        guard let step = OneTimeCodes.step(of: Self.digits(code), secret: secret, after: -1, now: now) else {
            throw StaffSecretProblem.codeWrong
        }
        let stored = try seal(Base64URL.encode(secret), of: staff)
        let codes = newCodes()
        try await database.write { connection in
            // A form that is sent twice must not show a second set of codes for the same secret.
            let last = try connection.first(
                "SELECT sealed, last_step FROM staff_second_factor WHERE staff_id = ?", [.id(staff)])
            if let last, text(try last.blob(0), of: staff) == Base64URL.encode(secret) {
                throw StaffSecretProblem.formOld
            }
            try connection.execute(
                """
                INSERT INTO staff_second_factor (staff_id, sealed, confirmed_at, last_step) VALUES (?, ?, ?, ?)
                ON CONFLICT (staff_id) DO UPDATE SET sealed = excluded.sealed, confirmed_at = excluded.confirmed_at,
                    last_step = excluded.last_step
                """, [.id(staff), .blob(stored), .instant(now), .integer(step)])
            try self.store(codes, of: staff, connection)
            try Self.audit(connection, "staff.second-factor", staff, actor, now)
        }
        return codes
    }

    /// New recovery codes; those of before are void.
    ///
    /// - Throws: `StaffSecretProblem`.
    public func renewCodes(
        current: String?, for staff: ID128, by actor: AuditActor, now: Instant
    ) async throws -> [String] {
        try await check(current: current, of: staff, now: now, needsOne: true)
        let codes = newCodes()
        try await database.write { connection in
            try self.store(codes, of: staff, connection)
            try Self.audit(connection, "staff.recovery-codes", staff, actor, now)
        }
        return codes
    }

    private func newCodes() -> [String] {
        (0..<RecoveryCodes.count).map { _ in RecoveryCodes.text(random.bytes(RecoveryCodes.bytes)) }
    }

    private func store(_ texts: [String], of staff: ID128, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM staff_recovery_code WHERE staff_id = ?", [.id(staff)])
        for text in texts {
            guard let letters = RecoveryCodes.normalized(text) else { continue }
            try connection.execute(
                "INSERT INTO staff_recovery_code (staff_id, code_hash) VALUES (?, ?)",
                [.id(staff), .blob(codes.hash(letters))])
        }
    }

    // MARK: Taking away

    /// Takes password, second factor and codes away, with sessions and open links: what is left is a new link.
    public func reset(_ staff: ID128, by actor: AuditActor, now: Instant) async throws {
        try await database.write { connection in
            guard try StaffAccounts.load(staff, connection) != nil else { throw AccessProblem.notFound }
            try Self.forget(staff, connection)
            try Sessions.endAll(of: .staff(staff), connection)
            try Self.audit(connection, "staff.reset", staff, actor, now)
        }
    }

    /// Ends the account's sessions but the one that asks, and its open links.
    ///
    /// - Returns: how many sessions ended.
    public func endOthers(
        of staff: ID128, beside own: SecretToken, by actor: AuditActor, now: Instant
    ) async throws -> Int {
        let kept = sessions.hashes.all(own.bytes)
        return try await database.write { connection in
            let count = try Self.endOthers(of: staff, keeping: kept, connection)
            try Self.audit(connection, "staff.sign-out", staff, actor, now)
            return count
        }
    }

    static func forget(_ staff: ID128, _ connection: any Connection) throws {
        for table in ["staff_password", "staff_second_factor", "staff_recovery_code"] {
            try connection.execute("DELETE FROM \(table) WHERE staff_id = ?", [.id(staff)])
        }
    }

    @discardableResult
    private static func endOthers(
        of staff: ID128, keeping kept: [[UInt8]], _ connection: any Connection
    ) throws -> Int {
        var count = 0
        let rows = try connection.query(
            "SELECT token_hash FROM session WHERE subject_kind = 0 AND subject_id = ?", [.id(staff)])
        for row in rows {
            let hash = try row.blob(0)
            guard !kept.contains(hash) else { continue }
            count += try connection.execute("DELETE FROM session WHERE token_hash = ?", [.blob(hash)])
        }
        try connection.execute(
            "DELETE FROM sign_in_link WHERE subject_kind = 0 AND subject_id = ?", [.id(staff)])
        return count
    }

    // MARK: Sealing

    /// Bound to its account: a row that is moved to another one opens nothing.
    func seal(_ text: String, of staff: ID128) throws -> [UInt8] {
        try seals.seal(Array("kept\n\(staff)\n\(text)".utf8))
    }

    func text(_ sealed: [UInt8], of staff: ID128) -> String? {
        guard let bytes = seals.open(sealed) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard parts.count == 3, parts[0] == "kept", ID128(parts[1]) == staff else { return nil }
        return String(parts[2])
    }

    /// A code as it was typed, without the spaces that apps show.
    static func digits(_ code: String) -> String { code.filter { !$0.isWhitespace } }

    static func audit(
        _ connection: any Connection, _ action: String, _ staff: ID128, _ actor: AuditActor, _ now: Instant
    ) throws {
        try Audit.append(
            connection,
            AuditEntry(programme: nil, at: now, actor: actor, action: action, object: "staff:" + staff.description))
    }
}
