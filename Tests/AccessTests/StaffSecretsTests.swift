import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct StaffSecretsTests {
    private static let password = "meeuwen boven het wad"

    /// An account with a password and, if wanted, a second factor.
    private static func account(
        _ access: Access, login: String = "noor", withFactor: Bool = true, now: Instant = noon
    ) async throws -> (id: ID128, secret: [UInt8], codes: [String]) {
        let staff = try await access.staff.create(
            name: "Noor", role: .owner, programmes: .all, by: .commandLine, now: now)
        try await access.secrets.setPassword(
            login: login, password: password, current: nil, names: ["Noor"], for: staff.id, beside: nil,
            by: .commandLine, now: now)
        guard withFactor else { return (staff.id, [], []) }
        let offer = try access.secrets.offer(for: staff.id, account: login, issuer: "Stamgast", now: now)
        let secret = try #require(read(offer))
        let codes = try await access.secrets.confirm(
            offer.sealed, code: OneTimeCodes.code(secret, step: OneTimeCodes.step(now)), current: password,
            for: staff.id, by: .commandLine, now: now)
        return (staff.id, secret, codes)
    }

    /// What an app would read from the offer.
    private static func read(_ offer: StaffSecrets.Offer) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits) = (0, 0)
        for letter in offer.secret.lowercased().utf8 {
            let digit =
                letter >= UInt8(ascii: "a") ? Int(letter - UInt8(ascii: "a")) : Int(letter - UInt8(ascii: "2")) + 26
            buffer = buffer << 5 | digit
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(buffer >> bits & 255))
                buffer &= (1 << bits) - 1
            }
        }
        return Base32.encode(bytes) == offer.secret.lowercased() ? bytes : nil
    }

    private static func password(
        _ access: Access, _ login: String = "noor", _ password: String = Self.password, device: String? = nil,
        needs: Bool = true, now: Instant = noon
    ) async throws -> StaffSecrets.Entry {
        try await access.secrets.signIn(
            login: login, password: password, device: device, needsSecondFactor: needs, now: now)
    }

    private static func ticket(
        _ access: Access, device: String? = nil, now: Instant = noon
    ) async throws -> String {
        guard case .needsCode(let ticket) = try await password(access, device: device, now: now) else {
            throw Missing(what: "a ticket")
        }
        return ticket
    }

    private static func enters(
        _ access: Access, _ code: String, ticket: String, device: String? = nil, now: Instant
    ) async -> String? {
        let entry = try? await access.secrets.signIn(code: code, ticket: ticket, device: device, now: now)
        guard case .entered(let token, let session, let device)? = entry else { return nil }
        let verified = try? await access.sessions.verify(token, now: now)
        return verified == session ? device : nil
    }

    // MARK: Codes

    /// RFC 6238, appendix B (SHA-1), eight digits there.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func codesAreThoseOfTheStandard(seconds: Int64, code: String) {
        let secret = Array("12345678901234567890".utf8)
        let step = OneTimeCodes.step(Instant(seconds: seconds))
        #expect(OneTimeCodes.code(secret, step: step, digits: 8) == code)
        #expect(OneTimeCodes.code(secret, step: step) == String(code.suffix(6)))
    }

    /// RFC 4226, appendix D.
    @Test func countersGiveTheCodesOfTheStandard() {
        let codes = (0..<10).map { OneTimeCodes.code(Array("12345678901234567890".utf8), step: $0) }
        #expect(
            codes == [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
            ])
    }

    @Test func aCodeIsGoodOneStepEarlyOrLateAndOnce() {
        let secret = [UInt8](repeating: 7, count: 20)
        let step = OneTimeCodes.step(noon)
        for (offset, isGood) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
            let found = OneTimeCodes.step(
                of: OneTimeCodes.code(secret, step: step + offset), secret: secret, after: -1, now: noon)
            #expect(found == (isGood ? step + offset : nil))
        }
        let code = OneTimeCodes.code(secret, step: step)
        #expect(OneTimeCodes.step(of: code, secret: secret, after: step, now: noon) == nil)
        for text in ["", "12345", "1234567", "abcdef", code + "0"] {
            #expect(OneTimeCodes.step(of: text, secret: secret, after: -1, now: noon) == nil)
        }
    }

    @Test func theAddressFitsAPictureAndNamesWhoItIsFor() {
        let address = OneTimeCodes.address("ABCD", account: "noor@x.org", issuer: "De Avondpost")
        #expect(address == "otpauth://totp/noor%40x.org?secret=ABCD&issuer=De%20Avondpost")
        let long = OneTimeCodes.address(
            String(repeating: "A", count: 32), account: "noor", issuer: String(repeating: "常連", count: 40))
        #expect(long.utf8.count <= OneTimeCodes.longestAddress && long.contains("&issuer=%E5%B8%B8"))
    }

    // MARK: Hashes

    /// RFC 7914, section 12.
    @Test func hashesAreThoseOfTheStandard() throws {
        let cost = PasswordHash.Cost(logRounds: 10, blockSize: 8, parallelism: 16)
        let key = try PasswordHash.derive("password", salt: Array("NaCl".utf8), cost: cost)
        #expect(Array(key.prefix(8)) == [0xFD, 0xBA, 0xBE, 0x1C, 0x9D, 0x34, 0x72, 0x00])
        let kept = PasswordHash(cost: cost, salt: [1, 2, 3], key: key)
        #expect(PasswordHash(kept.text) == kept)
        // What would take a server's memory is no hash of ours.
        #expect(PasswordHash(kept.text.replacing("$10$", with: "$25$")) == nil)
        #expect(PasswordHash("") == nil)
    }

    @Test func aPasswordIsRightHoweverItsLettersAreComposed() async throws {
        let hasher = PasswordHasher(cost: .standard, random: SeededRandomBytes(seed: 3))
        let hash = try await hasher.hash("caf\u{E9} bij de haven")
        #expect(try await hasher.isRight("cafe\u{301} bij de haven", for: hash))
        #expect(try await hasher.isRight("cafe bij de haven", for: hash) == false)
        #expect(try await hasher.isRight("", for: nil) == false)
    }

    @Test(
        arguments: [
            ("kort wachtwo", nil), ("elf tekens!", .passwordShort), ("aaaabbbbaaaabbbb", .passwordCommon),
            ("password1234", .passwordCommon), ("P@ssw0rd!2026", .passwordCommon), ("Avondpost2026!", .passwordCommon),
            ("noornoor-2026", .passwordCommon), ("123456789012", .passwordCommon), ("welkom123456", .passwordCommon),
            ("meeuwen boven het wad", nil), ("correct horse battery password", nil),
            (String(repeating: "lang", count: 65) + "xyz", .passwordLong),
        ] as [(String, StaffSecretProblem?)])
    func passwordsThatEverybodyTriesAreRefused(password: String, problem: StaffSecretProblem?) {
        #expect(PasswordRules.problem(password, names: ["Noor", "De Avondpost"]) == problem)
    }

    @Test(
        arguments: [
            ("Noor", "noor"), (" noor@krant.example ", "noor@krant.example"), ("no", nil), ("noor/x", nil),
            ("常連さん", nil),
            (String(repeating: "a", count: 65), nil),
        ] as [(String, String?)])
    func namesToSignInWithAreSimple(text: String, login: String?) {
        #expect(PasswordRules.login(text) == login)
    }

    // MARK: Signing in

    @Test(arguments: TestDatabases.engines)
    func passwordAndCodeSignInAndNothingStoredIsEither(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let (id, secret, codes) = try await Self.account(access)
            let later = after(seconds: 60)
            let ticket = try await Self.ticket(access, now: later)
            let code = OneTimeCodes.code(secret, step: OneTimeCodes.step(later))
            #expect(await Self.enters(access, code, ticket: ticket, now: later) != nil)
            #expect(await Self.enters(access, code, ticket: ticket, now: later) == nil, "a code is good once")
            let standing = try await access.secrets.standing(of: id)
            #expect(standing.login == "noor" && standing.hasSecondFactor && standing.recoveryCodes == 10)
            #expect(try await access.secrets.standings() == [id: standing])
            var stored = ""
            for table in ["staff_password", "staff_second_factor", "staff_recovery_code", "audit"] {
                stored += try await dump(table, database)
            }
            for secret in [Self.password, "scrypt", "\(secret)", Base32.encode(secret)] + codes {
                #expect(!stored.contains(secret))
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func whateverIsWrongTheAnswerIsTheSame(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let (id, _, _) = try await Self.account(access, withFactor: false)
            let wrong = AccessProblem.unauthenticated(.unknown)
            for (login, password) in [
                ("noor", "another password"), ("nobody", Self.password), ("x", Self.password),
                ("noor", String(repeating: "x", count: 1_000)), ("noor", ""),
            ] {
                await #expect(throws: wrong) { try await Self.password(access, login, password, needs: false) }
            }
            // Without a second factor where one is needed.
            await #expect(throws: wrong) { try await Self.password(access) }
            guard case .entered = try await Self.password(access, "Noor ", needs: false) else {
                Issue.record("a password alone should do where that is allowed")
                return
            }
            try await access.staff.disable(id, by: .commandLine, now: noon)
            await #expect(throws: wrong) { try await Self.password(access, needs: false) }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aRecoveryCodeIsGoodOnce(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let (id, _, codes) = try await Self.account(access)
            #expect(codes.count == 10 && Set(codes).count == 10)
            let ticket = try await Self.ticket(access)
            let typed = codes[3].uppercased().replacing("-", with: " ")
            #expect(await Self.enters(access, typed, ticket: ticket, now: noon) != nil)
            #expect(await Self.enters(access, codes[3], ticket: ticket, now: noon) == nil)
            #expect(try await access.secrets.standing(of: id).recoveryCodes == 9)
            #expect(try await dump("audit", database).contains("staff.recovery-code"))
            let fresh = try await access.secrets.renewCodes(
                current: Self.password, for: id, by: .commandLine, now: noon)
            let again = try await Self.ticket(access)
            #expect(await Self.enters(access, codes[4], ticket: again, now: noon) == nil)
            #expect(await Self.enters(access, fresh[0], ticket: again, now: noon) != nil)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func ofManyWithOneCodeOneGetsIn(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let (_, secret, _) = try await Self.account(access)
            let later = after(seconds: 60)
            let ticket = try await Self.ticket(access, now: later)
            let code = OneTimeCodes.code(secret, step: OneTimeCodes.step(later))
            let wins = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { await Self.enters(access, code, ticket: ticket, now: later) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wins == 1)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func guessingIsPausedAndKeepsNobodyOut(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let (id, _, first) = try await Self.account(access)
            let device = try #require(
                await Self.enters(access, first[0], ticket: try await Self.ticket(access), now: noon))
            for _ in 0..<5 { _ = try? await Self.password(access, "noor", "another password") }
            let wrong = AccessProblem.unauthenticated(.unknown)
            await #expect(throws: wrong) { try await Self.password(access) }
            #expect(try await dump("audit", database).contains("staff.sign-in-paused"))
            // Whoever is signed in may go on changing things.
            let codes = try await access.secrets.renewCodes(
                current: Self.password, for: id, by: .commandLine, now: noon)
            // A browser that was signed in with before goes on, and has its own limit.
            let ticket = try await Self.ticket(access, device: device)
            #expect(await Self.enters(access, codes[1], ticket: ticket, device: device, now: noon) != nil)
            for _ in 0..<10 { _ = try? await Self.password(access, "noor", "another password", device: device) }
            await #expect(throws: wrong) { try await Self.password(access, device: device) }
            // Somebody else's cookie is none.
            _ = try await Self.account(access, login: "sam", now: noon)
            for _ in 0..<5 { _ = try? await Self.password(access, "sam", "another password") }
            await #expect(throws: wrong) { try await Self.password(access, "sam", device: device) }
            // And it is over by itself, however often it was tried meanwhile.
            for second in 1..<59 { _ = try? await Self.password(access, "sam", now: after(seconds: Int64(second))) }
            _ = try await Self.password(access, "sam", now: after(seconds: 61))
        }
    }

    @Test func pausesGrowToAQuarterOfAnHourAndNoFurther() {
        let pauses = [1, 4, 5, 6, 7, 8, 9, 10, 1_000].map { SignInPause.milliseconds(after: $0) / 60_000 }
        #expect(pauses == [0, 0, 1, 2, 4, 8, 15, 15, 15])
    }

    @Test(arguments: TestDatabases.engines)
    func manyGuessesAtOnceAreNoWayAroundThePause(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            _ = try await Self.account(access)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask { _ = try? await Self.password(access, "noor", "another password \(number)") }
                }
            }
            let failures = try await database.read {
                try $0.first("SELECT failures FROM staff_password", []).map { try $0.int(0) }
            }
            #expect(failures == 5)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aTicketEndsWithItsTimeAndWithThePassword(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let (id, _, codes) = try await Self.account(access)
            let ticket = try await Self.ticket(access)
            #expect(await Self.enters(access, codes[0], ticket: ticket, now: after(seconds: 300)) == nil)
            #expect(await Self.enters(access, codes[0], ticket: "x" + ticket, now: noon) == nil)
            try await access.secrets.setPassword(
                login: "noor", password: "a wholly new one", current: Self.password, names: [], for: id, beside: nil,
                by: .commandLine, now: after(seconds: 1))
            #expect(await Self.enters(access, codes[0], ticket: ticket, now: after(seconds: 2)) == nil)
        }
    }

    // MARK: Changing

    @Test(arguments: TestDatabases.engines)
    func changesAskForThePresentPasswordAndEndOtherSessions(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let (id, _, codes) = try await Self.account(access)
            func enter(_ code: String) async throws -> SecretToken {
                let entry = try await access.secrets.signIn(
                    code: code, ticket: try await Self.ticket(access), device: nil, now: noon)
                guard case .entered(let token, _, _) = entry else { throw Missing(what: "a session") }
                return token
            }
            let (own, other) = (try await enter(codes[0]), try await enter(codes[1]))
            let link = try await access.signIn.issueLink(for: .staff(id), now: noon)
            func change(_ current: String?) async throws {
                try await access.secrets.setPassword(
                    login: "noor", password: "a wholly new one", current: current, names: [], for: id, beside: own,
                    by: .commandLine, now: noon)
            }
            for current in [nil, "", "another password"] {
                await #expect(throws: StaffSecretProblem.currentWrong) { try await change(current) }
            }
            await #expect(throws: StaffSecretProblem.currentWrong) {
                try await access.secrets.renewCodes(current: nil, for: id, by: .commandLine, now: noon)
            }
            try await change(Self.password)
            _ = try await access.sessions.verify(own, now: noon)
            await #expect(throws: AccessProblem.self) { try await access.sessions.verify(other, now: noon) }
            await #expect(throws: AccessProblem.self) { try await access.signIn.redeemLink(link, now: noon) }
            try await access.secrets.reset(id, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.self) { try await access.sessions.verify(own, now: noon) }
            #expect(try await access.secrets.standing(of: id) == StaffSecrets.Standing())
            await #expect(throws: AccessProblem.notFound) {
                try await access.secrets.reset(ID128(high: 9, low: 9), by: .commandLine, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aLoginNameIsOnePersons(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let (id, _, _) = try await Self.account(access)
            await #expect(throws: StaffSecretProblem.loginTaken) { try await Self.account(access, login: "NOOR") }
            try await access.staff.disable(id, by: .commandLine, now: noon)
            _ = try await Self.account(access, login: "noor")
        }
    }

    @Test(arguments: TestDatabases.engines)
    func aSecondFactorIsTakenOnceItsCodeHasCome(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let bare = try await access.staff.create(
                name: "Bo", role: .editor, programmes: .all, by: .commandLine, now: noon)
            let early = try access.secrets.offer(for: bare.id, account: "bo", issuer: "S", now: noon)
            await #expect(throws: StaffSecretProblem.passwordMissing) {
                try await access.secrets.confirm(
                    early.sealed, code: "000000", current: nil, for: bare.id, by: .commandLine, now: noon)
            }
            let (id, _, _) = try await Self.account(access, withFactor: false)
            let offer = try access.secrets.offer(for: id, account: "noor", issuer: "S", now: noon)
            #expect(
                access.secrets.offer(again: offer.sealed, for: id, account: "noor", issuer: "S", now: noon) == offer)
            #expect(
                access.secrets.offer(again: offer.sealed, for: bare.id, account: "noor", issuer: "S", now: noon) == nil)
            let secret = try #require(Self.read(offer))
            let code = OneTimeCodes.code(secret, step: OneTimeCodes.step(noon))
            func confirm(
                _ sealed: String, _ code: String, _ current: String? = Self.password, now: Instant = noon
            ) async throws -> [String] {
                try await access.secrets.confirm(
                    sealed, code: code, current: current, for: id, by: .commandLine, now: now)
            }
            let wrong = code == "000000" ? "000001" : "000000"
            await #expect(throws: StaffSecretProblem.codeWrong) { try await confirm(offer.sealed, wrong) }
            await #expect(throws: StaffSecretProblem.currentWrong) { try await confirm(offer.sealed, code, nil) }
            // Another account's, and one that is too old.
            await #expect(throws: StaffSecretProblem.formOld) { try await confirm(early.sealed, code) }
            await #expect(throws: StaffSecretProblem.formOld) {
                try await confirm(offer.sealed, code, now: after(seconds: 1_800))
            }
            #expect(try await access.secrets.standing(of: id).hasSecondFactor == false)
            let spaced = code.prefix(3) + " " + code.suffix(3)
            #expect(try await confirm(offer.sealed, String(spaced)).count == 10)
            // Sent twice, it shows no second set of codes.
            await #expect(throws: StaffSecretProblem.formOld) { try await confirm(offer.sealed, code) }
        }
    }
}
