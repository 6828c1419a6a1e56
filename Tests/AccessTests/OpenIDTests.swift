import Crypto
import Foundation
import Primitives
import Storage
import TestSupport
import Testing
import Vault

@testable import Access

@Suite struct OpenIDTests {
    private static let key = P256.Signing.PrivateKey()
    private static let edKey = Curve25519.Signing.PrivateKey()
    private static let expected = OpenIDToken.Expectation(
        issuer: "https://login.courant.example", clientID: "stamgast", nonce: "n-1")

    private static func keys() throws -> OpenIDKeys {
        let (x, y) = AccessTokenKey.coordinates(of: key.publicKey)
        let ed = Base64URL.encode(Array(edKey.publicKey.rawRepresentation))
        let json = """
            {"keys": [
                {"kty": "EC", "crv": "P-256", "use": "sig", "kid": "ec", "x": "\(x)", "y": "\(y)"},
                {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": "\(ed)"},
                {"kty": "EC", "crv": "P-256", "use": "enc", "kid": "other", "x": "\(x)", "y": "\(y)"},
                {"kty": "oct", "kid": "shared", "k": "c2VjcmV0"},
                {"kty": "RSA", "kid": "short", "n": "AQAB", "e": "AQAB"}
            ]}
            """
        return try #require(OpenIDKeys(json: Array(json.utf8)))
    }

    private static func token(
        _ changes: [String: Any?] = [:], header: String = #"{"alg":"ES256","kid":"ec"}"#,
        sign: (([UInt8]) throws -> [UInt8])? = nil
    ) throws -> String {
        var claims: [String: Any] = [
            "iss": expected.issuer, "aud": "stamgast", "sub": "reader-é", "nonce": "n-1", "exp": noon.seconds + 300,
            "iat": noon.seconds, "email": "noor@courant.example", "email_verified": true,
        ]
        for (name, value) in changes { claims[name] = value }
        let payload = Array(try JSONSerialization.data(withJSONObject: claims))
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(payload)
        let signature =
            try sign?(Array(signed.utf8))
            ?? Array(try key.signature(for: Array(signed.utf8)).rawRepresentation)
        return signed + "." + Base64URL.encode(signature)
    }

    private static func verify(_ token: String, now: Instant = noon) async throws -> OpenIDToken.Claims {
        try await OpenIDToken.verify(token, keys: try keys(), expecting: expected, now: now)
    }

    @Test func aTokenOfTheProviderIsTaken() async throws {
        let claims = try await Self.verify(Self.token())
        #expect(claims.subject == "reader-é" && claims.email == "noor@courant.example" && claims.isEmailVerified)
        let both = try Self.token(["aud": ["stamgast", "other"], "azp": "stamgast", "email_verified": "true"])
        #expect(try await Self.verify(both).isEmailVerified)
        let ed = try Self.token(header: #"{"alg":"EdDSA","kid":"ed"}"#) { Array(try Self.edKey.signature(for: $0)) }
        #expect(try await Self.verify(ed) == claims)
        #expect(try await Self.verify(Self.token(header: #"{"alg":"ES256"}"#)) == claims)
    }

    @Test(
        arguments: [
            ["iss": "https://other.example"], ["aud": "other"], ["aud": ["stamgast", "other"]],
            ["aud": ["stamgast", "other"], "azp": "other"], ["azp": "other"], ["nonce": "n-2"], ["nonce": nil],
            ["sub": ""], ["iat": noon.seconds + 61], ["nbf": noon.seconds + 61],
        ] as [[String: (any Sendable)?]])
    func aTokenOfAnotherQuestionIsRefused(changes: [String: (any Sendable)?]) async throws {
        let token = try Self.token(changes)
        await #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try await Self.verify(token) }
    }

    @Test func timesAreThoseOfTheClock() async throws {
        let token = try Self.token()
        _ = try await Self.verify(token, now: after(seconds: 359))
        await #expect(throws: AccessProblem.unauthenticated(.expired)) {
            try await Self.verify(token, now: after(seconds: 361))
        }
        let old = try Self.token(["iat": noon.seconds - 601])
        await #expect(throws: AccessProblem.unauthenticated(.expired)) { try await Self.verify(old) }
    }

    @Test func noAlgorithmButThoseOfTheKeys() async throws {
        let (x, y) = AccessTokenKey.coordinates(of: Self.key.publicKey)
        // A public key taken for a shared secret, in every form that a library could.
        let secrets = [
            Array(Self.key.publicKey.pemRepresentation.utf8), Array(Self.key.publicKey.x963Representation),
            Array((x + y).utf8), [],
        ]
        for header in [#"{"alg":"HS256","kid":"ec"}"#, #"{"alg":"ES256","kid":"ec"}"#] {
            for secret in secrets {
                let forged = try Self.token(header: header) {
                    Array(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: secret)))
                }
                await #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try await Self.verify(forged) }
            }
        }
        for header in [#"{"alg":"none"}"#, #"{"alg":"None","kid":"ec"}"#, #"{"alg":"ES256","kid":"ec","crit":["x"]}"#] {
            for sign in [{ _ in [] }, nil] as [(([UInt8]) throws -> [UInt8])?] {
                let forged = try Self.token(header: header, sign: sign)
                await #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try await Self.verify(forged) }
            }
        }
        // Another algorithm than its key's; a key that is not there, is for something else, or is too short.
        for header in [
            #"{"alg":"EdDSA","kid":"ec"}"#, #"{"alg":"ES256","kid":"new"}"#, #"{"alg":"ES256","kid":"other"}"#,
            #"{"alg":"RS256","kid":"short"}"#,
        ] {
            let token = try Self.token(header: header)
            await #expect(throws: AccessProblem.unauthenticated(.unknown)) { try await Self.verify(token) }
        }
        let other = try Self.token { Array(try P256.Signing.PrivateKey().signature(for: $0).rawRepresentation) }
        await #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try await Self.verify(other) }
        for text in ["", "a.b", "a.b.c", try Self.token() + ".x", "." + (try Self.token())] {
            await #expect(throws: AccessProblem.unauthenticated(.malformed)) { try await Self.verify(text) }
        }
        #expect(OpenIDKeys(json: Array("[]".utf8)) == nil)
        #expect(try Self.keys().has("ec") && !(try Self.keys().has("new")) && (try Self.keys().has(nil)))
    }

    // MARK: States

    @Test(arguments: TestDatabases.engines)
    func anAnswerBelongsToOneQuestion(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let (attempt, cookie) = try access.openID.begin(.staff, now: noon)
            let (other, another) = try access.openID.begin(.member, now: noon)
            #expect(cookie.utf8.count <= 512 && attempt.challenge.utf8.count == 43 && attempt != other)
            func finish(_ cookie: String?, _ state: String, now: Instant = noon) async throws -> OpenIDAttempt {
                try await access.openID.finish(cookie: cookie, state: state, now: now)
            }
            for (kept, state) in [(cookie, other.state), (another, attempt.state), (cookie, "")] {
                await #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try await finish(kept, state) }
            }
            for kept in [nil, "", "x" + cookie] as [String?] {
                await #expect(throws: AccessProblem.unauthenticated(.malformed)) {
                    try await finish(kept, attempt.state)
                }
            }
            await #expect(throws: AccessProblem.unauthenticated(.expired)) {
                try await finish(cookie, attempt.state, now: after(seconds: 600))
            }
            #expect(try await finish(cookie, attempt.state) == attempt)
            await #expect(throws: AccessProblem.unauthenticated(.used)) { try await finish(cookie, attempt.state) }
            #expect(try await finish(another, other.state).purpose == .member)
            #expect(try await access.sessions.prune(now: after(seconds: 600)) == 2)
            _ = database
        }
    }

    // MARK: Identities

    private static func claims(
        _ subject: String, email: String? = nil, isVerified: Bool = true, issuer: String = expected.issuer
    ) -> OpenIDToken.Claims {
        OpenIDToken.Claims(issuer: issuer, subject: subject, email: email, isEmailVerified: isVerified)
    }

    @Test(arguments: TestDatabases.engines)
    func onlyWhoIsLinkedComesIn(engine: Engine) async throws {
        try await withAccess(engine) { access, database in
            let noor = try await access.staff.create(
                name: "Noor", role: .owner, programmes: .all, by: .commandLine, now: noon)
            let sam = try await access.staff.create(
                name: "Sam", role: .editor, programmes: .all, by: .commandLine, now: noon)
            let issuer = Self.expected.issuer
            func enter(_ claims: OpenIDToken.Claims) async throws -> Principal {
                let (token, _) = try await access.identities.signIn(claims, now: noon)
                return try await access.sessions.verify(token, now: noon).principal
            }
            await #expect(throws: AccessProblem.notFound) { try await enter(Self.claims("u1", email: "noor@x.org")) }
            try await access.identities.link(
                try #require(.init("Noor@X.org")), issuer: issuer, to: noor.id, by: .commandLine, now: noon)
            for claims in [
                Self.claims("u1", email: "noor@x.org", isVerified: false), Self.claims("u1"),
                Self.claims("u1", email: "noor@x.org", issuer: "https://other.example"), Self.claims("noor@x.org"),
            ] {
                await #expect(throws: AccessProblem.notFound) { try await enter(claims) }
            }
            #expect(try await enter(Self.claims("u1", email: "noor@x.org")) == noor.principal)
            // From now on it is the subject: whoever has the address later is somebody else.
            await #expect(throws: AccessProblem.notFound) { try await enter(Self.claims("u2", email: "noor@x.org")) }
            #expect(try await enter(Self.claims("u1", email: "new@x.org")) == noor.principal)
            #expect(try await access.identities.linked(issuer: issuer) == [noor.id])
            // Nobody takes another's.
            await #expect(throws: AccessProblem.self) {
                try await access.identities.link(
                    .subject("u1"), issuer: issuer, to: sam.id, by: .commandLine, now: noon)
            }
            try await access.identities.link(
                .subject("u3"), issuer: issuer, to: noor.id, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.notFound) { try await enter(Self.claims("u1")) }
            #expect(try await enter(Self.claims("u3")) == noor.principal)
            let stored = try await dump("external_identity", database) + dump("audit", database)
            #expect(!stored.contains("noor@") && !stored.contains("u3"))
            try await access.staff.disable(noor.id, by: .commandLine, now: noon)
            await #expect(throws: AccessProblem.notFound) { try await enter(Self.claims("u3")) }
            #expect(try await access.identities.unlink(sam.id, by: .commandLine, now: noon) == false)
        }
    }

    @Test func namesAreAddressesOrSubjects() {
        #expect(ExternalIdentities.Name("noor@x.org") == .email("noor@x.org"))
        #expect(ExternalIdentities.Name(" 12-ab ") == .subject("12-ab"))
        #expect(ExternalIdentities.Name("sub:noor@x.org") == .subject("noor@x.org"))
        for text in ["", "a@", "@b", "a@b@c", "sub:", String(repeating: "a", count: 256)] {
            #expect(ExternalIdentities.Name(text) == nil)
        }
    }
}
