import Crypto
import Foundation
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct AccessTokenTests {
    static let audience = "https://site.example"

    private static func make(
        _ access: Access, member: MemberID? = MemberID(ID128(high: 1, low: 2)), now: Instant = noon
    ) async throws -> String {
        try await access.accessTokens.sign(
            for: member, in: try programme("post"), issuer: "stamgast/post", audience: audience,
            gates: ["premium"], item: "a-1", now: now
        ).text
    }

    private static func verifier(_ access: Access, now: Instant = noon) async throws -> AccessTokenVerifier {
        AccessTokenVerifier(keySet: try await access.accessTokens.keySet(of: try programme("post"), now: now))
    }

    @Test(arguments: Engine.allCases) func aTokenIsCheckedWithThePublishedKeys(_ engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let text = try await Self.make(access)
            let token = try await Self.verifier(access).verify(text, audience: Self.audience, now: noon)
            #expect(token.gates == ["premium"])
            #expect(token.item == "a-1")
            #expect(token.expiresAt == after(seconds: 300))
            #expect(token.subject != nil)
        }
    }

    @Test func whatIsNotOursIsRefused() async throws {
        try await withAccess(.sqlite) { access, _ in
            let text = try await Self.make(access)
            let verifier = try await Self.verifier(access)
            let parts = text.split(separator: ".").map(String.init)
            func refused(_ text: String, audience: String = Self.audience, now: Instant = noon) -> Bool {
                do {
                    _ = try verifier.verify(text, audience: audience, now: now)
                    return false
                } catch { return true }
            }
            func header(_ json: JSONValue) -> String { Base64URL.encode(json.bytes()) }
            let header0 = try JSONValue(parsing: try #require(Base64URL.decode(parts[0])))
            let kid = try #require(header0["kid"])
            var claims = try JSONValue(parsing: try #require(Base64URL.decode(parts[1])))
            claims["gates"] = ["everything"]
            #expect(!refused(text))
            #expect(refused(parts[0] + "." + Base64URL.encode(claims.bytes()) + "." + parts[2]), "tampered")
            #expect(refused(header(["alg": "none"]) + "." + parts[1] + "."), "alg none")
            #expect(refused(header(["alg": "none", "kid": kid]) + "." + parts[1] + "." + parts[2]), "alg none, signed")
            #expect(
                refused(header(["alg": "HS256", "kid": kid]) + "." + parts[1] + "." + parts[2]), "another algorithm")
            #expect(refused(header(["alg": "ES256", "kid": "x"]) + "." + parts[1] + "." + parts[2]), "another key")
            #expect(refused(text, audience: "https://other.example"), "another audience")
            #expect(refused(text, now: after(seconds: 361)), "expired")
            #expect(!refused(text, now: after(seconds: 359)), "within the leeway")
            #expect(refused(text, now: after(seconds: -61)), "not yet")
            #expect(refused(String(text.dropLast())))
            let other = try await access.accessTokens.sign(
                for: nil, in: try programme("radio"), issuer: "x", audience: Self.audience, gates: [], now: noon)
            #expect(refused(other.text), "another programme")
        }
    }

    @Test func twoSitesHaveTwoNamesForOneReader() async throws {
        try await withAccess(.sqlite) { access, _ in
            let member = MemberID(ID128(high: 1, low: 2))
            func name(_ audience: String, _ programmeName: String = "post") throws -> String {
                access.accessTokens.subject(of: member, audience: audience, in: try programme(programmeName))
            }
            let names = try [name("https://a"), name("https://b"), name("https://a", "radio")]
            #expect(Set(names).count == 3)
            #expect(try name("https://a") == names[0])
            #expect(!names[0].contains(member.description))
        }
    }

    @Test(arguments: Engine.allCases) func keysAreReplacedBeforeAndPublishedAfter(_ engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            func kid(_ text: String) throws -> JSONValue? {
                let head = try #require(text.split(separator: ".").first)
                return try JSONValue(parsing: #require(Base64URL.decode(head)))["kid"]
            }
            func published(_ now: Instant) async throws -> Int {
                try await access.accessTokens.keySet(of: try programme("post"), now: now)["keys"]?.arrayValue?.count
                    ?? 0
            }
            #expect(try await published(noon) == 0)
            let first = try await Self.make(access)
            #expect(try await published(noon) == 1)
            let due = after(seconds: 30 * 86_400)
            // The successor is published before it signs.
            let still = try await Self.make(access, now: due)
            #expect(try kid(still) == kid(first))
            #expect(try await published(due) == 2)
            let later = due.adding(milliseconds: AccessTokenRotation.aheadMilliseconds)
            let second = try await Self.make(access, now: later)
            #expect(try kid(second) != kid(first))
            // A token of the old key that was made at the last moment can be checked until it is over.
            #expect(try await published(later.adding(milliseconds: 900_000)) == 2)
            #expect(try await published(later.adding(milliseconds: 960_001)) == 1)
        }
    }

    @Test func aRotationAtOnceEndsWhatIsOutThere() async throws {
        try await withAccess(.sqlite) { access, database in
            let text = try await Self.make(access)
            let kid = try await access.accessTokens.rotate(
                try programme("post"), atOnce: true, by: .commandLine, now: noon)
            let verifier = try await Self.verifier(access)
            #expect(throws: AccessProblem.unauthenticated(.untrusted)) {
                _ = try verifier.verify(text, audience: Self.audience, now: noon)
            }
            let after = try await Self.make(access)
            #expect(try verifier.verify(after, audience: Self.audience, now: noon).gates == ["premium"])
            #expect(try await dump("audit", database).contains(kid))
        }
    }

    @Test func aStolenDatabaseSignsNothing() async throws {
        try await withAccess(.sqlite) { access, database in
            _ = try await Self.make(access)
            // Another home's keys over the same rows.
            let thief = try Access(
                database: database, keys: HomeKeys(random: SeededRandomBytes(seed: 9)),
                random: SeededRandomBytes(seed: 10))
            let forged = try await Self.make(thief)
            let verifier = try await Self.verifier(access)
            #expect(throws: AccessProblem.unauthenticated(.untrusted)) {
                _ = try verifier.verify(forged, audience: Self.audience, now: noon)
            }
        }
    }
}
