import Access
import ArgumentParser
import AsyncHTTPClient
import Catalogue
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Primitives
import Settings

/// The identity provider of a home: OpenID Connect by the authorization code flow with PKCE (OpenID Connect Core 1.0,
/// section 3.1; RFC 7636; RFC 9700).
///
/// What the provider says of itself is fetched when it is needed and kept for an hour. No token is kept.
actor OpenIDProvider {
    /// Why somebody did not come in, for the log. Nothing of them is in it.
    enum Problem: String, Error {
        case unreachable
        /// A document that is none, or says it is another provider's.
        case badDocument
        /// The answer is another provider's (RFC 9207).
        case otherIssuer
        /// The provider does not give a token for the code.
        case codeRefused
        case tokenRefused
    }

    struct Parameters: Sendable {
        var issuer: String
        var clientID: String
        var clientSecret: String?
        var serves: Set<OpenIDPurpose>
        /// Whose members come in; the home's first, if `nil`.
        var programme: ProgrammeID?

        /// The provider's name, as people know it.
        var host: String { URL(string: issuer)?.host(percentEncoded: false) ?? issuer }

        /// - Returns: `nil` without a provider.
        /// - Throws: `ValidationError` for half of one.
        init?(_ configuration: Configuration) throws {
            guard let issuer = configuration[.openIDIssuer] else { return nil }
            guard let clientID = configuration[.openIDClientID] else {
                throw ValidationError("oidc-issuer needs oidc-client-id: what the provider calls this home.")
            }
            self.issuer = issuer
            self.clientID = clientID
            clientSecret = configuration[.openIDClientSecret]
            serves = Set(configuration[.openIDServes].compactMap { ["staff": .staff, "members": .member][$0] })
            if let name = configuration[.openIDProgramme] {
                guard let programme = ProgrammeID(name) else {
                    throw ValidationError("oidc-programme expects the name of a programme.")
                }
                self.programme = programme
            }
        }

        init(issuer: String, clientID: String, clientSecret: String?, serves: Set<OpenIDPurpose>) {
            self.issuer = issuer
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.serves = serves
        }
    }

    nonisolated let parameters: Parameters
    private let http: GuardedHTTP
    private let clock: any WallClock
    private let logger: Logger
    /// Where the provider sends people back to.
    private let returnAddress: @Sendable () -> String
    private var metadata: (document: Metadata, at: Instant)?
    private var keys: (set: OpenIDKeys, at: Instant)?

    private static let keptMilliseconds: Int64 = 3_600_000
    /// A token can name any key: it must not make us ask for the keys each time.
    private static let leastBetweenFetches: Int64 = 300_000
    private static let maximumBytes = 262_144
    private static let patience: TimeAmount = .seconds(10)

    init(
        _ parameters: Parameters, networks: NetworkPolicy, clock: any WallClock, logger: Logger,
        returnAddress: @escaping @Sendable () -> String
    ) {
        self.parameters = parameters
        http = GuardedHTTP(networks)
        self.clock = clock
        self.logger = logger
        self.returnAddress = returnAddress
    }

    /// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
    private struct Metadata: Decodable {
        let issuer: String
        let authorizationEndpoint: String
        let tokenEndpoint: String
        let keySet: String
        /// How we may prove to the token endpoint who we are.
        let tokenAuthentication: [String]?
        /// Whether its answers always say whose they are (RFC 9207).
        let namesIssuer: Bool?

        enum CodingKeys: String, CodingKey {
            case issuer
            case authorizationEndpoint = "authorization_endpoint"
            case tokenEndpoint = "token_endpoint"
            case keySet = "jwks_uri"
            case tokenAuthentication = "token_endpoint_auth_methods_supported"
            case namesIssuer = "authorization_response_iss_parameter_supported"
        }
    }

    private struct TokenAnswer: Decodable {
        let idToken: String

        enum CodingKeys: String, CodingKey { case idToken = "id_token" }
    }

    /// Where somebody goes to sign in there.
    func address(for attempt: OpenIDAttempt) async throws -> String {
        let metadata = try await currentMetadata()
        let query = Self.encode([
            ("response_type", "code"), ("client_id", parameters.clientID), ("redirect_uri", returnAddress()),
            ("scope", attempt.purpose == .staff ? "openid email" : "openid"), ("state", attempt.state),
            ("nonce", attempt.nonce), ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ])
        return metadata.authorizationEndpoint + (metadata.authorizationEndpoint.contains("?") ? "&" : "?") + query
    }

    /// Who came back with a code.
    ///
    /// - Parameter issuer: who the answer says it is from, if it does.
    func claims(code: String, issuer: String?, of attempt: OpenIDAttempt) async throws -> OpenIDToken.Claims {
        do {
            return try await fetchClaims(code: code, issuer: issuer, of: attempt)
        } catch let problem as Problem {
            logger.warning("sign-in with the identity provider failed", metadata: ["reason": "\(problem.rawValue)"])
            throw problem
        } catch let problem as AccessProblem {
            logger.warning("sign-in with the identity provider failed", metadata: ["reason": "\(problem)"])
            throw Problem.tokenRefused
        }
    }

    private func fetchClaims(
        code: String, issuer: String?, of attempt: OpenIDAttempt
    ) async throws -> OpenIDToken.Claims {
        let metadata = try await currentMetadata()
        let isTheirs = issuer.map { $0 == parameters.issuer } ?? (metadata.namesIssuer != true)
        guard isTheirs else { throw Problem.otherIssuer }
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress()),
            ("code_verifier", attempt.verifier),
        ]
        var headers: [(String, String)] = [("content-type", "application/x-www-form-urlencoded")]
        let methods = metadata.tokenAuthentication ?? ["client_secret_basic"]
        if let secret = parameters.clientSecret, methods.contains("client_secret_basic") {
            let both = Self.encode(parameters.clientID) + ":" + Self.encode(secret)
            headers.append(("authorization", "Basic " + Data(both.utf8).base64EncodedString()))
        } else {
            fields.append(("client_id", parameters.clientID))
            if let secret = parameters.clientSecret { fields.append(("client_secret", secret)) }
        }
        let bytes = try await fetch(
            metadata.tokenEndpoint, body: Self.encode(fields), headers: headers, otherwise: .codeRefused)
        guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(bytes)) else {
            throw Problem.codeRefused
        }
        let keys = try await currentKeys(metadata, for: OpenIDToken.keyID(of: answer.idToken))
        return try await OpenIDToken.verify(
            answer.idToken, keys: keys,
            expecting: OpenIDToken.Expectation(
                issuer: parameters.issuer, clientID: parameters.clientID, nonce: attempt.nonce), now: clock.now())
    }

    // MARK: What the provider says of itself

    private func currentMetadata() async throws -> Metadata {
        let now = clock.now()
        if let metadata, abs(now - metadata.at) < Self.keptMilliseconds { return metadata.document }
        let base = parameters.issuer.hasSuffix("/") ? String(parameters.issuer.dropLast()) : parameters.issuer
        let bytes = try await fetch(base + "/.well-known/openid-configuration")
        guard let document = try? JSONDecoder().decode(Metadata.self, from: Data(bytes)),
            document.issuer == parameters.issuer,
            [document.authorizationEndpoint, document.tokenEndpoint, document.keySet].allSatisfy({
                Self.isSafe($0)
            })
        else { throw Problem.badDocument }
        metadata = (document, now)
        return document
    }

    private func currentKeys(_ metadata: Metadata, for id: String?) async throws -> OpenIDKeys {
        let now = clock.now()
        if let keys {
            let age = abs(now - keys.at)
            if age < Self.leastBetweenFetches || (keys.set.has(id) && age < Self.keptMilliseconds) { return keys.set }
        }
        let bytes = try await fetch(metadata.keySet)
        guard let set = OpenIDKeys(json: bytes) else { throw Problem.badDocument }
        keys = (set, now)
        return set
    }

    // MARK: Asking

    /// HTTPS, and plain HTTP on this machine only.
    static func isSafe(_ address: String) -> Bool {
        guard let url = URL(string: address), let host = url.host(percentEncoded: false) else { return false }
        switch url.scheme?.lowercased() {
        case "https": return true
        case "http": return ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host)
        default: return false
        }
    }

    /// - Parameter problem: what another answer than 200 means.
    private func fetch(
        _ address: String, body: String? = nil, headers: [(String, String)] = [],
        otherwise problem: Problem = .badDocument
    ) async throws -> [UInt8] {
        guard Self.isSafe(address) else { throw Problem.badDocument }
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "Stamgast")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.method = .POST
            request.body = .bytes(ByteBuffer(string: body))
        }
        let message = request
        let outcome: Result<[UInt8], Problem>
        do {
            outcome = try await http.with(
                address, idleSeconds: 5, decompressedBytes: Self.maximumBytes
            ) { client -> Result<[UInt8], Problem> in
                do {
                    let answer = try await client.execute(message, timeout: Self.patience)
                    guard answer.status == .ok else { return .failure(problem) }
                    return .success(Array(buffer: try await answer.body.collect(upTo: Self.maximumBytes)))
                } catch {
                    return .failure(.unreachable)
                }
            }
        } catch {
            throw Problem.unreachable
        }
        return try outcome.get()
    }

    private static func encode(_ fields: [(String, String)]) -> String {
        fields.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
