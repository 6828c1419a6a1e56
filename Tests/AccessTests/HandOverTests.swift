import Crypto
import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Access

@Suite struct HandOverTests {
    private let secret = SymmetricKey(data: [UInt8](repeating: 5, count: 32))
    private let signer: Curve25519.Signing.PrivateKey

    init() throws {
        signer = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 6, count: 32))
    }

    private func trust() throws -> HandOverTrust {
        HandOverTrust(
            issuer: "https://courant.example", audience: "stamgast/courant",
            keys: [
                try #require(HandOverTrust.Key(.hmacSHA256(secret))),
                try #require(HandOverTrust.Key(id: "ed-1", .ed25519(signer.publicKey))),
            ])
    }

    private static var good: [String: Any] {
        [
            "iss": "https://courant.example", "aud": "stamgast/courant", "sub": "reader-é", "jti": "t1",
            "exp": noon.seconds + 300, "iat": noon.seconds,
        ]
    }

    private func claims(_ changes: [String: Any?] = [:]) throws -> [UInt8] {
        var all = Self.good
        for (name, value) in changes { all[name] = value }
        return Array(try JSONSerialization.data(withJSONObject: all))
    }

    private func token(_ header: String, _ payload: [UInt8], sign: ([UInt8]) throws -> [UInt8]) rethrows -> String {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(payload)
        return signed + "." + Base64URL.encode(try sign(Array(signed.utf8)))
    }

    private func hmac(_ payload: [UInt8]) -> String { hmac(#"{"alg":"HS256","typ":"JWT"}"#, payload) }

    private func hmac(_ header: String, _ payload: [UInt8]) -> String {
        token(header, payload) { Array(HMAC<SHA256>.authenticationCode(for: $0, using: secret)) }
    }

    @Test func bothAlgorithmsAreAccepted() throws {
        let one = try HandOver(hmac(claims()), trust: trust(), now: noon)
        #expect(one.subject == "reader-é")
        #expect(one.tokenID == "t1")
        #expect(one.expiresAt == after(seconds: 300))
        for header in [#"{"alg":"EdDSA"}"#, #"{"alg":"EdDSA","kid":"ed-1"}"#] {
            let text = try token(header, claims(["aud": ["other", "stamgast/courant"]])) {
                Array(try signer.signature(for: $0))
            }
            #expect(try HandOver(text, trust: trust(), now: noon) == one)
        }
    }

    /// RFC 7515, appendix A.1.
    @Test func rfc7515HMAC() throws {
        let key = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let trusted = try #require(HandOverTrust.Key(.hmacSHA256(SymmetricKey(data: key))))
        let text =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let payload = try SignedToken.payload(of: text, keys: [trusted])
        #expect(
            String(decoding: payload, as: UTF8.self)
                == "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}")
    }

    /// RFC 8037, appendix A.4.
    @Test func rfc8037Ed25519() throws {
        let raw = try #require(Base64URL.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
        let trusted = try #require(HandOverTrust.Key(.ed25519(.init(rawRepresentation: raw))))
        let text =
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        let payload = try SignedToken.payload(of: text, keys: [trusted])
        #expect(String(decoding: payload, as: UTF8.self) == "Example of Ed25519 signing")
    }

    @Test(arguments: [
        (#"{"alg":"none"}"#, AccessProblem.Reason.untrusted), (#"{"alg":"None"}"#, .untrusted),
        (#"{"alg":"HS512"}"#, .untrusted), (#"{"alg":"hs256"}"#, .untrusted), (#"{"alg":"EdDSA"}"#, .untrusted),
        (#"{"alg":"HS256","crit":["b64"],"b64":false}"#, .untrusted), (#"{"typ":"JWT"}"#, .malformed),
        (#"{"alg":["HS256"]}"#, .malformed), ("{}", .malformed), ("", .malformed),
    ])
    func headerThatAsksForSomethingElseIsRefused(header: String, reason: AccessProblem.Reason) throws {
        #expect(throws: AccessProblem.unauthenticated(reason)) {
            try HandOver(hmac(header, claims()), trust: trust(), now: noon)
        }
        let unsigned = try token(header, claims()) { _ in [] }
        #expect(throws: AccessProblem.unauthenticated(reason)) {
            try HandOver(unsigned, trust: trust(), now: noon)
        }
    }

    /// The classic confusion: the public key, which everybody knows, used as a shared secret.
    @Test func publicKeyIsNoSharedSecret() throws {
        let text = try token(#"{"alg":"HS256","kid":"ed-1"}"#, claims()) {
            Array(
                HMAC<SHA256>.authenticationCode(
                    for: $0, using: SymmetricKey(data: signer.publicKey.rawRepresentation)))
        }
        #expect(throws: AccessProblem.unauthenticated(.untrusted)) { try HandOver(text, trust: trust(), now: noon) }
    }

    @Test(
        arguments: [
            ("iss", "https://other.example", AccessProblem.Reason.untrusted), ("iss", nil, .malformed),
            ("aud", "stamgast/radio", .untrusted), ("aud", nil, .malformed), ("aud", "[]", .untrusted),
            ("sub", nil, .malformed), ("sub", "", .malformed), ("jti", nil, .malformed), ("jti", "", .malformed),
            ("exp", nil, .malformed), ("exp", "-31", .expired), ("exp", "700", .untrusted),
            ("exp", "1e300", .malformed),
            ("nbf", "31", .untrusted), ("iat", "31", .untrusted),
        ] as [(String, String?, AccessProblem.Reason)])
    func claimIsChecked(claim: String, value: String?, reason: AccessProblem.Reason) throws {
        let changed: Any?
        switch (claim, value) {
        case ("aud", "[]"?): changed = [String]()
        case ("exp", "1e300"?): changed = 1e300
        case ("exp", let value?), ("nbf", let value?), ("iat", let value?):
            changed = noon.seconds + (Int64(value) ?? 0)
        default: changed = value
        }
        #expect(throws: AccessProblem.unauthenticated(reason)) {
            try HandOver(hmac(claims([claim: changed])), trust: trust(), now: noon)
        }
    }

    @Test func clocksMayDifferALittle() throws {
        _ = try HandOver(hmac(claims(["exp": noon.seconds - 29])), trust: trust(), now: noon)
        _ = try HandOver(hmac(claims(["nbf": noon.seconds + 30])), trust: trust(), now: noon)
        _ = try HandOver(hmac(claims(["exp": Double(noon.seconds) + 100.5])), trust: trust(), now: noon)
    }

    @Test func everyChangedByteIsNoticed() throws {
        let text = hmac(try claims())
        for index in text.indices {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
            #expect(throws: AccessProblem.self) { try HandOver(changed, trust: trust(), now: noon) }
        }
        #expect(throws: AccessProblem.self) {
            try HandOver(hmac(claims(["x": String(repeating: "a", count: 9_000)])), trust: trust(), now: noon)
        }
    }

    @Test func shortSecretsAreNoKeys() {
        #expect(HandOverTrust.Key(.hmacSHA256(SymmetricKey(data: [UInt8](repeating: 1, count: 31)))) == nil)
    }

    @Test(arguments: TestDatabases.engines)
    func handOverWorksOnce(engine: Engine) async throws {
        try await withAccess(engine) { access, _ in
            let courant = try programme("courant")
            let member = MemberID(ID128(high: 1, low: 1))
            let handOver = try HandOver(hmac(claims()), trust: trust(), now: noon)
            let (token, session) = try await access.signIn.redeem(
                handOver, as: member, programme: courant, now: noon)
            #expect(session.principal == .member(programme: courant, member))
            _ = try await access.sessions.verify(token, now: noon)
            await #expect(throws: AccessProblem.unauthenticated(.used)) {
                try await access.signIn.redeem(handOver, as: member, programme: courant, now: noon)
            }
            // Remembered for as long as it would be accepted, and no longer.
            #expect(try await access.sessions.prune(now: after(seconds: 329)) == 0)
            #expect(try await access.sessions.prune(now: after(seconds: 330)) == 1)
        }
    }
}
