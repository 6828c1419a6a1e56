internal import Crypto
public import Primitives
internal import Storage
internal import Vault

/// Signing in with a password, and with a code after it. Whatever is wrong, the answer is the same, after the same work.
extension StaffSecrets {
    /// - Parameters:
    ///   - device: the cookie of a browser that signed in before.
    ///   - needsSecondFactor: whether an account without one is refused.
    ///   - old: the session cookie that came with the request; it ends.
    /// - Throws: `.unauthenticated(.unknown)` whatever is wrong; `StaffSecretProblem.busy`.
    public func signIn(
        login text: String, password: String, device: String?, needsSecondFactor: Bool,
        replacing old: SecretToken? = nil, now: Instant
    ) async throws -> Entry {
        let login = PasswordRules.login(text)
        let found = try await database.read { connection in
            try login.flatMap { try Self.load("login = ?", .text($0), connection) }
        }
        let known = found.flatMap { trusted(device, $0.staff, now: now) }
        let guess = try await begin(found?.staff, known, now: now)
        let isShort = password.utf8.count <= PasswordRules.maximumBytes
        let hash = found.flatMap { row in self.text(row.sealed, of: row.staff) }.flatMap { PasswordHash($0) }
        let isRight = try await hasher.isRight(isShort ? password : "", for: isShort ? hash : nil)
        guard let found, isRight, guess.mayGoOn else {
            if let found { try await tell(guess, of: found.staff, now: now) }
            throw AccessProblem.unauthenticated(.unknown)
        }
        let step = try await database.write { connection -> Entry? in
            // Right: this one was no guess. Those before it count until somebody has come in.
            if guess.isCounted { try Self.takeBack(found.staff, connection) }
            guard let account = try StaffAccounts.load(found.staff, connection), account.principal != nil else {
                return nil
            }
            let hasFactor =
                try connection.first(
                    "SELECT staff_id FROM staff_second_factor WHERE staff_id = ?", [.id(found.staff)]) != nil
            if hasFactor {
                let until = now.adding(milliseconds: Self.ticketMilliseconds).milliseconds
                return .needsCode(
                    ticket: try tickets.seal("\(found.staff)\n\(until)\n\(found.changedAt.milliseconds)"))
            }
            return needsSecondFactor ? nil : try self.enter(found.staff, old, known, now, connection)
        }
        guard let step else { throw AccessProblem.unauthenticated(.unknown) }
        return step
    }

    /// The second step: a code of the app, or a recovery code, which is used up by it.
    ///
    /// - Throws: as ``signIn(login:password:device:needsSecondFactor:replacing:now:)``; `.unauthenticated(.expired)` for a
    ///   ticket that is too old or not ours.
    public func signIn(
        code text: String, ticket: String, device: String?, replacing old: SecretToken? = nil, now: Instant
    ) async throws -> Entry {
        guard let parts = tickets.open(ticket)?.split(separator: "\n"), parts.count == 3, let staff = ID128(parts[0]),
            let until = Int64(parts[1]), now.milliseconds < until, let changed = Int64(parts[2])
        else { throw AccessProblem.unauthenticated(.expired) }
        let known = trusted(device, staff, now: now)
        let guess = try await begin(staff, known, now: now)
        guard guess.mayGoOn else { throw AccessProblem.unauthenticated(.unknown) }
        let entry = try await database.write { connection -> Entry? in
            guard let row = try Self.load("staff_id = ?", .id(staff), connection),
                row.changedAt.milliseconds == changed
            else { throw AccessProblem.unauthenticated(.expired) }
            guard try self.use(text, of: staff, now: now, connection) else { return nil }
            return try self.enter(staff, old, known, now, connection)
        }
        guard let entry else {
            try await tell(guess, of: staff, now: now)
            throw AccessProblem.unauthenticated(.unknown)
        }
        return entry
    }

    /// Whether a code is good; uses it up.
    private func use(_ typed: String, of staff: ID128, now: Instant, _ connection: any Connection) throws -> Bool {
        if let letters = RecoveryCodes.normalized(typed) {
            for hash in codes.all(letters)
            where try connection.execute(
                "DELETE FROM staff_recovery_code WHERE staff_id = ? AND code_hash = ?", [.id(staff), .blob(hash)]) == 1
            {
                try Self.audit(connection, "staff.recovery-code", staff, .server, now)
                return true
            }
            return false
        }
        guard
            let row = try connection.first(
                "SELECT sealed, last_step FROM staff_second_factor WHERE staff_id = ?", [.id(staff)]),
            let secret = text(try row.blob(0), of: staff).flatMap({ Base64URL.decode($0) }),
            let step = OneTimeCodes.step(of: Self.digits(typed), secret: secret, after: try row.int(1), now: now)
        else { return false }
        // Of two that come with the same code at once, one moves the step on.
        return try connection.execute(
            "UPDATE staff_second_factor SET last_step = ? WHERE staff_id = ? AND last_step < ?",
            [.integer(step), .id(staff), .integer(step)]) == 1
    }

    private func enter(
        _ staff: ID128, _ old: SecretToken?, _ known: ID128?, _ now: Instant, _ connection: any Connection
    ) throws -> Entry {
        try connection.execute(
            "UPDATE staff_password SET failures = 0, paused_until = 0 WHERE staff_id = ?", [.id(staff)])
        let (token, session) = try sessions.start(.staff(staff), replacing: old, now: now, connection)
        let until = now.adding(milliseconds: Self.deviceMilliseconds).milliseconds
        let mark = known ?? random.id()
        return .entered(
            token: token, session: session, device: try devices.seal("\(staff)\n\(until)\n\(mark)"))
    }

    // MARK: Guesses

    private struct Row {
        let staff: ID128
        let sealed: [UInt8]
        let changedAt: Instant
    }

    private static func load(_ condition: String, _ value: SQLValue, _ connection: any Connection) throws -> Row? {
        try connection.first(
            "SELECT staff_id, sealed, changed_at FROM staff_password WHERE " + condition, [value]
        ).map { Row(staff: try $0.id(0), sealed: try $0.blob(1), changedAt: try $0.instant(2)) }
    }

    private struct Guess {
        let mayGoOn: Bool
        /// Whether it was counted against the account.
        var isCounted = false
        /// Whether it is the first that a pause follows, if it is wrong.
        var isLastFree = false
    }

    /// The browser that a cookie stands for, if this account signed in with it before.
    private func trusted(_ device: String?, _ staff: ID128, now: Instant) -> ID128? {
        guard let parts = device.flatMap({ devices.open($0) })?.split(separator: "\n"), parts.count == 3,
            ID128(parts[0]) == staff, let until = Int64(parts[1]), now.milliseconds < until
        else { return nil }
        return ID128(parts[2])
    }

    /// Counts a guess before it is looked at, so that many at once are no way around the pause.
    ///
    /// Strangers are paused together, for a quarter of an hour at most; a browser that its owner signed in with before
    /// goes on, so nobody can keep somebody out.
    private func begin(_ staff: ID128?, _ known: ID128?, now: Instant) async throws -> Guess {
        guard let staff else { return Guess(mayGoOn: false) }
        if let known {
            return Guess(mayGoOn: deviceAttempts.take(known, now: now).isAllowed)
        }
        return try await database.write { connection in
            // Writing before reading makes guesses of one account wait for each other on both engines.
            let counted = try connection.execute(
                "UPDATE staff_password SET failures = failures + 1 WHERE staff_id = ? AND paused_until <= ?",
                [.id(staff), .instant(now)])
            guard counted == 1,
                let row = try connection.first("SELECT failures FROM staff_password WHERE staff_id = ?", [.id(staff)])
            else { return Guess(mayGoOn: false) }
            let failures = try row.int(0)
            let pause = SignInPause.milliseconds(after: failures)
            if pause > 0 {
                try connection.execute(
                    "UPDATE staff_password SET paused_until = ? WHERE staff_id = ?",
                    [.instant(now.adding(milliseconds: pause)), .id(staff)])
            }
            return Guess(mayGoOn: true, isCounted: true, isLastFree: failures == Int64(SignInPause.free))
        }
    }

    /// Tells the audit log that an account is paused, once for a row of wrong guesses.
    private func tell(_ guess: Guess, of staff: ID128, now: Instant) async throws {
        guard guess.isLastFree else { return }
        try await database.write { try Self.audit($0, "staff.sign-in-paused", staff, .server, now) }
    }

    private static func takeBack(_ staff: ID128, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE staff_password SET failures = CASE WHEN failures > 0 THEN failures - 1 ELSE 0 END, paused_until = 0
            WHERE staff_id = ?
            """, [.id(staff)])
    }

    /// The present password, asked for before anything is changed: an open desk must not be enough.
    ///
    /// It has a limit of its own: strangers who guess at the door do not keep its owner from changing it.
    func check(current: String?, of staff: ID128, now: Instant, needsOne: Bool = false) async throws {
        let row = try await database.read { try Self.load("staff_id = ?", .id(staff), $0) }
        guard let row else {
            if needsOne { throw StaffSecretProblem.passwordMissing }
            return
        }
        let mayGoOn = deviceAttempts.take(staff, now: now).isAllowed
        let hash = text(row.sealed, of: staff).flatMap { PasswordHash($0) }
        let isShort = (current ?? "").utf8.count <= PasswordRules.maximumBytes
        guard try await hasher.isRight(isShort ? current ?? "" : "", for: isShort ? hash : nil), mayGoOn else {
            throw StaffSecretProblem.currentWrong
        }
    }
}
