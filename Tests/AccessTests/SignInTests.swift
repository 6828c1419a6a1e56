import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct SignInTests {
    private let anna = MemberID(ID128(high: 1, low: 1))
    private let day: Int64 = 86_400

    private func member() throws -> SignInSubject { .member(try programme("courant"), anna) }

    @Test(arguments: TestDatabases.engines)
    func linkWorksOnce(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let link = try await access.signIn.issueLink(for: member(), now: noon)
            let text = try #require(SecretToken(link.text))
            #expect(text == link)
            let (token, session) = try await access.signIn.redeemLink(text, now: noon)
            #expect(session.principal == .member(programme: try programme("courant"), anna))
            #expect(try await access.sessions.verify(token, now: noon) == session)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                try await access.signIn.redeemLink(link, now: noon)
            }
            let stored = try await dump("session", database) + dump("sign_in_link", database)
            #expect(!stored.contains("\(token.bytes)") && !stored.contains(token.text))
        }
    }

    @Test(arguments: TestDatabases.engines)
    func ofManyAtOnceOneGetsIn(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let link = try await access.signIn.issueLink(for: member(), now: noon)
            let wins = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 {
                    group.addTask { (try? await access.signIn.redeemLink(link, now: noon)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wins == 1)
        }
    }

    @Test(arguments: TestDatabases.engines)
    func linkExpires(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let link = try await access.signIn.issueLink(for: member(), lasting: 60_000, now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.expired)) {
                try await access.signIn.redeemLink(link, now: after(seconds: 60))
            }
            #expect(try await access.sessions.prune(now: after(seconds: 60)) == 1)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                try await access.signIn.redeemLink(link, now: noon)
            }
            await #expect(throws: AccessProblem.self) {
                try await access.signIn.issueLink(for: member(), lasting: 8 * day * 1_000, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func signingInEndsTheSessionThatWasThere(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let first = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: member(), now: noon), now: noon)
            let second = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: member(), now: noon), replacing: first.token, now: noon)
            #expect(first.token != second.token)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                try await access.sessions.verify(first.token, now: noon)
            }
            try await access.sessions.end(second.token)
            try await access.sessions.end(second.token)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) {
                try await access.sessions.verify(second.token, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func staffSessionEndsWhenIdleAndInAnyCase(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let owner = try await access.staff.create(
                name: "Noor", role: .owner, programmes: .all, by: .commandLine, now: noon)
            let (token, session) = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: .staff(owner.id), now: noon), now: noon)
            #expect(session.principal == .staff(id: owner.id, role: .owner, programmes: .all))
            // Used every hour it lasts twelve; unused for more than two it ends.
            for hour in 1...11 as ClosedRange<Int64> {
                _ = try await access.sessions.verify(token, now: after(seconds: hour * 3_600))
            }
            await #expect(throws: AccessProblem.unauthenticated(.expired)) {
                try await access.sessions.verify(token, now: after(seconds: 12 * 3_600))
            }
            let idle = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: .staff(owner.id), now: noon), now: noon)
            _ = try await access.sessions.verify(idle.token, now: after(seconds: 7_190))
            await #expect(throws: AccessProblem.unauthenticated(.expired)) {
                try await access.sessions.verify(idle.token, now: after(seconds: 7_190 + 7_321))
            }
            #expect(try await access.sessions.prune(now: after(seconds: 13 * 3_600)) == 2)
        }
    }

    /// What the main database keeps of a member's visits is the day.
    @Test(arguments: TestDatabases.engines)
    func memberSessionsAreRecordedByTheDay(engine: Engine) async throws {
        func stored(_ time: Instant) async throws -> [[Int64]] {
            var found: [[Int64]] = []
            try await withAccess(engine) { access, database in
                let (token, _) = try await access.signIn.redeemLink(
                    access.signIn.issueLink(for: member(), now: time), now: time)
                _ = try await access.sessions.verify(token, now: time.adding(milliseconds: day * 1_000))
                found = try await database.read {
                    try $0.query("SELECT seen_at, expires_at FROM session", []).map { [try $0.int(0), try $0.int(1)] }
                }
            }
            return found
        }
        let midnight = Instant(seconds: noon.seconds / day * day)
        let early = try await stored(midnight.adding(milliseconds: 1))
        let late = try await stored(midnight.adding(milliseconds: day * 1_000 - 1))
        #expect(early == late)
        #expect(early == [[(midnight.seconds + day) * 1_000, (midnight.seconds + 365 * day) * 1_000]])
    }

    @Test(arguments: TestDatabases.engines)
    func disabledAccountIsOutAtOnce(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let editor = try await access.staff.create(
                name: "Mees", role: .editor, programmes: .only([programme("courant")]), by: .commandLine, now: noon)
            let open = try await access.signIn.issueLink(for: .staff(editor.id), now: noon)
            let (token, _) = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: .staff(editor.id), now: noon), now: noon)
            try await access.staff.change(
                editor.id, role: .analyst, programmes: .all, by: .commandLine, reason: "moved", now: noon)
            let changed = try await access.sessions.verify(token, now: noon)
            #expect(changed.principal == .staff(id: editor.id, role: .analyst, programmes: .all))
            try await access.staff.disable(editor.id, by: .commandLine, now: noon)
            try await access.staff.disable(editor.id, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.self) { try await access.sessions.verify(token, now: noon) }
            await #expect(throws: AccessProblem.self) { try await access.signIn.redeemLink(open, now: noon) }
            let late = try await access.signIn.issueLink(for: .staff(editor.id), now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.revoked)) {
                try await access.signIn.redeemLink(late, now: noon)
            }
            #expect(try await access.staff.list().map(\.principal) == [nil])
            let audit = try await dump("audit", database)
            #expect(audit.contains("editor courant") && audit.contains("analyst *"))
            #expect(!audit.contains("Mees"))
            await #expect(throws: AccessProblem.notFound) {
                try await access.staff.disable(ID128(high: 9, low: 9), by: .commandLine, now: noon)
            }
        }
    }

    @Test(arguments: TestDatabases.engines)
    func endingAllSessionsEndsOnesOwnOnly(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let bo = SignInSubject.member(try programme("courant"), MemberID(ID128(high: 2, low: 2)))
            let elsewhere = SignInSubject.member(try programme("radio"), anna)
            var tokens: [SecretToken] = []
            for subject in [try member(), try member(), bo, elsewhere] {
                tokens.append(
                    try await access.signIn.redeemLink(
                        access.signIn.issueLink(for: subject, now: noon), now: noon
                    ).token)
            }
            try await access.sessions.endAll(of: member())
            var open: [Bool] = []
            for token in tokens { open.append((try? await access.sessions.verify(token, now: noon)) != nil) }
            #expect(open == [false, false, true, true])
        }
    }

    @Test(arguments: TestDatabases.engines)
    func requestTokenBelongsToItsSession(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let one = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: member(), now: noon), now: noon)
            let two = try await access.signIn.redeemLink(
                access.signIn.issueLink(for: member(), now: noon), now: noon)
            #expect(access.sessions.accepts(requestToken: one.session.requestToken, of: one.token))
            #expect(!access.sessions.accepts(requestToken: two.session.requestToken, of: one.token))
            for text in ["", "a", one.token.text, one.session.requestToken + "A"] {
                #expect(!access.sessions.accepts(requestToken: text, of: one.token))
            }
        }
    }

    @Test(arguments: [
        "", "a", String(repeating: "a", count: 42), String(repeating: "=", count: 43),
        String(repeating: "b", count: 43),
    ])
    func tokensHaveOneText(text: String) {
        #expect(SecretToken(text) == nil)
    }
}
