import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Primitives
import Synchronization

/// An identity provider over real HTTP, which keeps to the rules, or breaks one that it is told to.
final class FakeProvider: Sendable {
    /// What it does wrong.
    enum Fault: String, Sendable, CaseIterable {
        case nonce, audience, issuer, expired, algNone, publicKeyAsSecret, foreignKey, unknownKey
    }

    private struct State: Sendable {
        var fault: Fault?
        var subject = "u-1"
        var email: String?
        var isEmailVerified = true
        /// Codes with the question that each belongs to; good once.
        var codes: [String: (nonce: String, challenge: String)] = [:]
        var key = P256.Signing.PrivateKey()
        var keyID = "k1"
        var keyFetches = 0
        var tokens = 0
    }

    private let state = Mutex(State())
    let issuer: String
    let clock: any WallClock
    static let clientID = "stamgast"
    static let secret = "s3cr&t"

    private init(issuer: String, clock: any WallClock) {
        self.issuer = issuer
        self.clock = clock
    }

    var keyFetches: Int { state.withLock { $0.keyFetches } }
    var tokens: Int { state.withLock { $0.tokens } }

    func be(_ subject: String, email: String? = nil, isVerified: Bool = true, fault: Fault? = nil) {
        state.withLock {
            $0.subject = subject
            $0.email = email
            $0.isEmailVerified = isVerified
            $0.fault = fault
        }
    }

    /// Signs with a new key from now on.
    func rotate() {
        state.withLock {
            $0.key = P256.Signing.PrivateKey()
            $0.keyID = "k2"
        }
    }

    /// What somebody who signed in there brings back: the parameters of the question, answered.
    func answer(to address: String) throws -> (state: String, code: String, query: [String: String]) {
        let items = URLComponents(string: address)?.queryItems ?? []
        let query = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        let code = UUID().uuidString
        state.withLock {
            $0.codes[code] = (query["nonce"] ?? "", query["code_challenge"] ?? "")
        }
        return (query["state"] ?? "", code, query)
    }

    // MARK: Serving

    /// Serves while `body` runs.
    static func run(clock: any WallClock, _ body: (FakeProvider) async throws -> Void) async throws {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        let holder = Holder()
        router.get("/.well-known/openid-configuration") { _, _ in try holder.get().discovery() }
        router.get("/keys") { _, _ in try holder.get().keys() }
        router.post("/token") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 65_536))
            return try holder.get().token(body, authorization: request.headers[.authorization])
        }
        var logger = Logger(label: "fake provider")
        logger.logLevel = .error
        let app = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                told.yield(channel.localAddress?.port ?? 0)
                told.finish()
            }, logger: logger)
        let server = Task { try await app.run() }
        defer { server.cancel() }
        guard let port = await ports.first(where: { _ in true }) else { throw HTTPError(.serviceUnavailable) }
        let made = FakeProvider(issuer: "http://127.0.0.1:\(port)", clock: clock)
        holder.provider.withLock { $0 = made }
        try await body(made)
    }

    private final class Holder: Sendable {
        let provider = Mutex<FakeProvider?>(nil)

        func get() throws -> FakeProvider {
            guard let found = provider.withLock({ $0 }) else { throw HTTPError(.serviceUnavailable) }
            return found
        }
    }

    private static func json(_ value: [String: Any]) throws -> Response {
        let data = try JSONSerialization.data(withJSONObject: value)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    private func discovery() throws -> Response {
        try Self.json([
            "issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
            "jwks_uri": issuer + "/keys",
        ])
    }

    private static func base64(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func keys() throws -> Response {
        let (key, id) = state.withLock { state in
            state.keyFetches += 1
            return (state.key, state.keyID)
        }
        let point = Array(key.publicKey.rawRepresentation)
        return try Self.json([
            "keys": [
                [
                    "kty": "EC", "crv": "P-256", "use": "sig", "kid": id, "x": Self.base64(point.prefix(32)),
                    "y": Self.base64(point.suffix(32)),
                ]
            ]
        ])
    }

    /// A token for a code, to who has the secret and asked the question.
    private func token(_ body: String, authorization: String?) throws -> Response {
        let items = URLComponents(string: "?" + body)?.queryItems ?? []
        let form = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        let expected = "Basic " + Data("stamgast:s3cr%26t".utf8).base64EncodedString()
        let (question, state) = state.withLock { state in
            state.tokens += 1
            return (state.codes.removeValue(forKey: form["code"] ?? ""), state)
        }
        guard let question, authorization == expected, form["grant_type"] == "authorization_code",
            form["redirect_uri"] == "https://club.example/signin/return",
            Self.base64(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8))) == question.challenge
        else { throw HTTPError(.badRequest) }
        return try Self.json(["access_token": "x", "token_type": "Bearer", "id_token": idToken(state, question.nonce)])
    }

    private func idToken(_ state: State, _ nonce: String) throws -> String {
        let now = clock.now().seconds
        let fault = state.fault
        var claims: [String: Any] = [
            "iss": fault == .issuer ? "https://other.example" : issuer,
            "aud": fault == .audience ? "other" : Self.clientID, "sub": state.subject,
            "nonce": fault == .nonce ? "other" : nonce, "iat": now, "exp": fault == .expired ? now - 61 : now + 300,
        ]
        if let email = state.email {
            claims["email"] = email
            claims["email_verified"] = state.isEmailVerified
        }
        let algorithm =
            switch fault {
            case .algNone: "none"
            case .publicKeyAsSecret: "HS256"
            default: "ES256"
            }
        let header = ["alg": algorithm, "kid": fault == .unknownKey ? "k9" : state.keyID]
        let signed =
            Self.base64(try JSONSerialization.data(withJSONObject: header)) + "."
            + Self.base64(try JSONSerialization.data(withJSONObject: claims))
        let signature: [UInt8]
        switch fault {
        case .algNone: signature = []
        case .publicKeyAsSecret:
            let secret = SymmetricKey(data: Data(state.key.publicKey.pemRepresentation.utf8))
            signature = Array(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: secret))
        case .foreignKey:
            signature = Array(try P256.Signing.PrivateKey().signature(for: Data(signed.utf8)).rawRepresentation)
        default: signature = Array(try state.key.signature(for: Data(signed.utf8)).rawRepresentation)
        }
        return signed + "." + Self.base64(signature)
    }
}
