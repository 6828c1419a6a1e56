import Foundation
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct APIKeyTests {
    @Test(arguments: APIKeyText.Kind.allCases)
    func textRoundTrips(kind: APIKeyText.Kind) throws {
        let key = APIKeyText(kind: kind, random: SeededRandomBytes(seed: 1))
        #expect(key.text.hasPrefix("sg_\(kind.rawValue)_\(key.id)_"))
        #expect(APIKeyText(key.text) == key)
        #expect(APIKeyText(authorization: "Bearer " + key.text) == key)
        #expect(APIKeyText(authorization: "bearer  " + key.text) == key)
        for password in ["", "x"] {
            let basic = Data((key.text + ":" + password).utf8).base64EncodedString()
            #expect(APIKeyText(authorization: "Basic " + basic) == key)
        }
        #expect(APIKeyText(authorization: "Digest " + key.text) == nil)
        #expect(APIKeyText(authorization: key.text) == nil)
        #expect(APIKeyText(authorization: "Basic !!!") == nil)
        #expect(APIKeyText(authorization: "Bearer " + String(repeating: "a", count: 1_000)) == nil)
    }

    @Test func printingTellsNothing() {
        let random = SeededRandomBytes(seed: 1)
        let (key, token) = (APIKeyText(kind: .live, random: random), SecretToken(random: random))
        var text = "\(key) \(token) \([key])"
        dump((key, token), to: &text)
        #expect(!text.contains(key.id) && !text.contains(token.text) && !text.contains("\(token.bytes[0])"))
    }

    @Test func everyTypingErrorIsNoticed() {
        let text = APIKeyText(kind: .live, random: SeededRandomBytes(seed: 2)).text
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            #expect(APIKeyText(String(decoding: changed, as: UTF8.self)) == nil)
            #expect(APIKeyText(String(decoding: bytes.prefix(index), as: UTF8.self)) == nil)
        }
        #expect(APIKeyText(text + "a") == nil)
        #expect(APIKeyText(text.uppercased()) == nil)
        #expect(APIKeyText(" " + text) == nil)
    }

    @Test(arguments: TestDatabases.engines)
    func keyWorksUntilItIsRevoked(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let courant = try programme("courant")
            let (key, text) = try await access.keys.create(
                programme: courant, kind: .live, scopes: [.eventsWrite, .membersRead], label: "Website é",
                by: .commandLine, now: noon)
            let verified = try await access.keys.verify(text, now: noon)
            #expect(verified.principal == key.principal)
            #expect(
                key.principal
                    == .apiKey(programme: courant, scopes: [.eventsWrite, .membersRead], keyID: text.id))
            await #expect(throws: AccessProblem.notFound) {
                try await access.keys.revoke(key.id, programme: programme("radio"), by: .commandLine, now: noon)
            }
            _ = try await access.keys.verify(text, now: noon)
            try await access.keys.revoke(key.id, programme: courant, by: .commandLine, reason: "leaked", now: noon)
            try await access.keys.revoke(key.id, programme: courant, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.revoked)) {
                try await access.keys.verify(text, now: noon)
            }
            #expect(try await access.keys.list(programme: courant).map(\.revokedAt) == [noon])
            let stored = try await dump("api_key", database)
            #expect(!stored.contains(text.text))
            #expect(!stored.contains(String(decoding: text.secret, as: UTF8.self)))
            let actions = try await database.read {
                try Audit.entries($0, programme: courant).map { $0.entry.action + " " + ($0.entry.reason ?? "") }
            }
            #expect(actions == ["api-key.revoke leaked", "api-key.create "])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func wrongSecretTellsNothing(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let courant = try programme("courant")
            let (key, text) = try await access.keys.create(
                programme: courant, kind: .live, scopes: [.eventsWrite], label: "a", by: .commandLine, now: noon)
            let stranger = APIKeyText(kind: .live, random: SeededRandomBytes(seed: 77))
            // The right id with another secret, and a well-formed checksum.
            let guess = try #require(APIKeyText(forged(id: key.id, secret: stranger.secret)))
            #expect(guess.id == text.id)
            for text in [stranger, guess] {
                for _ in 0..<2 {
                    await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                        try await access.keys.verify(text, now: noon)
                    }
                }
            }
            try await access.keys.revoke(key.id, programme: courant, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                try await access.keys.verify(guess, now: noon)
            }
        }
    }

    private func forged(id: String, secret: [UInt8]) -> String {
        // Anybody can compute the checksum.
        let head = "sg_live_\(id)_" + String(decoding: secret, as: UTF8.self)
        return head + APIKeyText.checksum(head)
    }

    @Test(arguments: TestDatabases.engines)
    func keyExpires(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let courant = try programme("courant")
            let (_, text) = try await access.keys.create(
                programme: courant, kind: .page, scopes: [.eventsWrite], label: "a", expiresAt: after(seconds: 60),
                by: .commandLine, now: noon)
            _ = try await access.keys.verify(text, now: after(seconds: 59))
            await #expect(throws: AccessProblem.unauthenticated(.expired)) {
                try await access.keys.verify(text, now: after(seconds: 60))
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func publishableKeySendsEventsOnly(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let courant = try programme("courant")
            for scopes in [Set(Scope.allCases), [.eventsWrite, .membersRead], [.membersRead], []] {
                await #expect(throws: AccessProblem.self) {
                    try await access.keys.create(
                        programme: courant, kind: .page, scopes: scopes, label: "a", by: .commandLine, now: noon)
                }
            }
            for label in ["", "a\nb", String(repeating: "a", count: 101)] {
                await #expect(throws: AccessProblem.self) {
                    try await access.keys.create(
                        programme: courant, kind: .page, scopes: [.eventsWrite], label: label, by: .commandLine,
                        now: noon)
                }
            }
            #expect(try await dump("api_key", database).isEmpty)
            #expect(try await dump("audit", database).isEmpty)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func otherNodeLearnsOfARevocationInTime(engine: Engine) async throws {
        try await TestDatabases.with(engine, Access.schemas) { database in
            let keys = HomeKeys(random: SeededRandomBytes(seed: 1))
            let one = try Access(database: database, keys: keys, random: SystemRandomBytes())
            let two = try Access(database: database, keys: keys, random: SystemRandomBytes())
            let courant = try programme("courant")
            let (key, text) = try await one.keys.create(
                programme: courant, kind: .live, scopes: [.eventsWrite], label: "a", by: .commandLine, now: noon)
            _ = try await two.keys.verify(text, now: noon)
            try await one.keys.revoke(key.id, programme: courant, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.revoked)) {
                try await two.keys.verify(text, now: after(seconds: 31))
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func cachedKeyNeedsNoDatabase(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let courant = try programme("courant")
            let (_, text) = try await access.keys.create(
                programme: courant, kind: .live, scopes: [.eventsWrite], label: "a", by: .commandLine, now: noon)
            _ = try await access.keys.verify(text, now: noon)
            let stored = try await access.keys.list(programme: courant)
            #expect(stored.map(\.lastUsedDay) == [noon.milliseconds / 86_400_000])
            await database.close()
            _ = try await access.keys.verify(text, now: after(seconds: 20))
            // Not accepted unchecked, either.
            await #expect(throws: StorageProblem.closed) {
                try await access.keys.verify(text, now: after(seconds: 40))
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func keysSurviveRotationOfTheSessionKey(engine: Engine) async throws {
        try await TestDatabases.withFolder { folder in
            try await TestDatabases.with(engine, Access.schemas) { database in
                func open() async throws -> Access {
                    let keys = try await HomeKeys.open(
                        folder: folder, environment: [:], databases: [.init(database, .main)],
                        random: SystemRandomBytes())
                    return try Access(database: database, keys: keys, random: SystemRandomBytes())
                }
                var access = try await open()
                let courant = try programme("courant")
                let (_, text) = try await access.keys.create(
                    programme: courant, kind: .live, scopes: [.eventsWrite], label: "a", by: .commandLine, now: noon)
                let member = SignInSubject.member(courant, MemberID(ID128(high: 1, low: 1)))
                let link = try await access.signIn.issueLink(for: member, now: noon)
                try HomeKeys.rotate(.session, folder: folder, environment: [:], random: SystemRandomBytes())
                access = try await open()
                _ = try await access.keys.verify(text, now: noon)
                let (token, session) = try await access.signIn.redeemLink(link, now: noon)
                try HomeKeys.rotate(.session, folder: folder, environment: [:], random: SystemRandomBytes())
                access = try await open()
                #expect(try await access.sessions.verify(token, now: noon).principal == session.principal)
                #expect(access.sessions.accepts(requestToken: session.requestToken, of: token))
            }
        }
    }
}
