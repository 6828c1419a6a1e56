import Access
import HTTPTypes
import Hummingbird
import Logging
import Primitives
import Runtime

/// Takes a request through everything that all routes share: key, rate, scope, body, handler, problem, headers, metrics
/// and the line in the log.
struct EndpointRunner: Sendable {
    let endpoints: [Endpoint]
    let keys: APIKeys
    let clock: any WallClock
    let configuration: APIConfiguration
    let metrics: HTTPMetrics
    let owner: @Sendable (ProgrammeID) async throws -> Void
    private let limiter: TokenBuckets<String>
    private let policy: String

    init(
        endpoints: [Endpoint], keys: APIKeys, clock: any WallClock, configuration: APIConfiguration,
        metrics: HTTPMetrics, owner: @escaping @Sendable (ProgrammeID) async throws -> Void
    ) {
        self.owner = owner
        self.endpoints = endpoints
        self.keys = keys
        self.clock = clock
        self.configuration = configuration
        self.metrics = metrics
        limiter = TokenBuckets(
            burst: configuration.rateBurst, count: configuration.ratePerSecond, perMilliseconds: 1_000)
        let window = max(1, (configuration.rateBurst + configuration.ratePerSecond - 1) / configuration.ratePerSecond)
        policy = "\"key\";q=\(configuration.rateBurst);w=\(window)"
    }

    /// What becomes known about a request on its way.
    private struct Progress {
        var key: APIKey?
        var rate: TokenBuckets<String>.Decision?
    }

    func respond(
        _ index: Int, _ request: Request, parameters: Parameters, requestID: String, isHead: Bool
    ) async -> Response {
        let start = ContinuousClock.now
        let endpoint = endpoints[index]
        var progress = Progress()
        var reply: Reply
        var failure: (any Error)?
        do {
            reply = try await answer(endpoint, request, parameters, &progress)
        } catch {
            var problem = Problem(for: error)
            if problem.type == .unauthenticated {
                problem.headers[.wwwAuthenticate] = "Bearer realm=\"stamgast\""
            }
            if problem.type == .fault {
                failure = error
                problem.extras["request"] = .string(requestID)
            }
            reply = problem.reply
        }
        var headers = reply.headers
        headers[.contentType] = reply.mediaType
        headers[.requestID] = requestID
        if let rate = progress.rate {
            headers[.rateLimitPolicy] = policy
            headers[.rateLimit] = "\"key\";r=\(rate.remaining);t=\((rate.resetMilliseconds + 999) / 1_000)"
        }
        if endpoint.allowsPages, progress.key?.kind != .live, request.headers[.origin] != nil {
            PagePermission.add(to: &headers)
        }
        // A request that is another server's is reported there.
        if OwnerNote.current?.programme == nil { report(index, endpoint, reply.status, start, requestID, failure) }
        let status = HTTPResponse.Status(code: reply.status)
        guard !isHead, reply.status != 204 else {
            if isHead { headers[.contentLength] = String(reply.body.count) }
            return Response(status: status, headers: headers)
        }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    private func answer(
        _ endpoint: Endpoint, _ request: Request, _ parameters: Parameters, _ progress: inout Progress
    ) async throws -> Reply {
        let now = clock.now()
        if case .key(let scopes) = endpoint.access {
            let key = try await authenticate(request.headers, now: now)
            progress.key = key
            let rate = limiter.take(key.id, now: now)
            progress.rate = rate
            guard rate.isAllowed else {
                throw Problem.retry(
                    .rateLimited, "Slow down: Retry-After says for how long.",
                    afterSeconds: Int((rate.retryAfterMilliseconds + 999) / 1_000))
            }
            guard scopes.isSubset(of: key.scopes) else {
                let missing = scopes.subtracting(key.scopes).sorted().map(\.rawValue).joined(separator: ", ")
                throw Problem(.missingScope, "The key needs the scope \(missing).")
            }
            if !endpoint.isAboutServer { try await owner(key.programme) }
        }
        let query = try Query(request.uri.query)
        var names: [String: String] = [:]
        for (name, value) in parameters {
            // Nothing is stored under a name with a NUL, so nothing can be found there.
            guard let decoded = PercentCoding.decode(value), !decoded.utf8.contains(0) else {
                throw Problem.notFound("address")
            }
            names[String(name)] = decoded
        }
        let mediaType = BodyReader.mediaType(request.headers)
        var body = ByteBuffer()
        if let expected = endpoint.body {
            let isThere = !mediaType.isEmpty || expected.isRequired
            if isThere, !expected.acceptsAny, !expected.contents.contains(where: { $0.mediaType == mediaType }) {
                let types = expected.contents.map(\.mediaType).joined(separator: " or ")
                throw Problem(.unsupportedMediaType, "Content-Type must be \(types).")
            }
            if isThere { body = try await BodyReader.read(request, limit: expected.limit) }
        }
        return try await endpoint.handle(
            Call(
                method: endpoint.method, path: request.uri.path, parameters: names, query: query,
                headers: request.headers, body: body, mediaType: mediaType,
                idempotencyKey: try Self.idempotencyKey(request.headers), now: now,
                maximumDepth: configuration.jsonDepth, key: progress.key))
    }

    private func authenticate(_ headers: HTTPFields, now: Instant) async throws -> APIKey {
        guard let authorization = headers[.authorization] else {
            throw Problem(
                .unauthenticated,
                "Send `Authorization: Bearer KEY`, or the key as the user name of basic authentication.")
        }
        guard let text = APIKeyText(authorization: authorization) else { throw Problem.badKey }
        return try await keys.verify(text, now: now)
    }

    /// draft-ietf-httpapi-idempotency-key-header: a structured string; the bare form that most clients send is the same
    /// key.
    private static func idempotencyKey(_ headers: HTTPFields) throws(Problem) -> String? {
        guard var key = headers[.idempotencyKey] else { return nil }
        if key.utf8.count > 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = String(key.dropFirst().dropLast()) }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .parameter("Idempotency-Key", "Send 1 to 255 visible ASCII characters.")
        }
        return key
    }

    private func report(
        _ index: Int, _ endpoint: Endpoint, _ status: Int, _ start: ContinuousClock.Instant,
        _ requestID: String, _ failure: (any Error)?
    ) {
        let duration = ContinuousClock.now - start
        metrics.record(
            route: index, status: status,
            seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
        AccessLog.write(
            configuration, method: endpoint.method.rawValue, route: endpoint.template, status: status,
            duration: duration, requestID: requestID, failure: failure)
    }
}

/// The line per request. Its fields are all there is: no path, no query, no body, no address, no value.
enum AccessLog {
    static func write(
        _ configuration: APIConfiguration, method: String, route: String, status: Int, duration: Duration,
        requestID: String, failure: (any Error)? = nil
    ) {
        let level: Logger.Level = status >= 500 ? .error : configuration.accessLogLevel
        guard level >= configuration.logger.logLevel else { return }
        let (seconds, attoseconds) = duration.components
        var metadata: Logger.Metadata = [
            "method": .string(method), "route": .string(route), "status": .string(String(status)),
            "microseconds": .string(String(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)),
            "request": .string(requestID),
        ]
        // The type only: what an error says could hold a value.
        if let failure { metadata["error"] = .string(String(describing: type(of: failure))) }
        configuration.logger.log(level: level, "request", metadata: metadata)
    }
}

/// Cross-origin requests of publishers' pages (the Fetch standard, "CORS protocol"). Any origin may send with a
/// publishable key: the key says for which programme, and no cookie is ever sent along.
enum PagePermission {
    static func add(to headers: inout HTTPFields) {
        headers[.accessControlAllowOrigin] = "*"
        headers[.accessControlExposeHeaders] = "RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    }

    /// The answer to the question before the request.
    static func preflight(allow: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.accessControlAllowOrigin] = "*"
        headers[.accessControlAllowMethods] = allow
        // `Authorization` is never covered by the asterisk.
        headers[.accessControlAllowHeaders] = "*, Authorization"
        headers[.accessControlMaxAge] = "86400"
        headers[.allow] = allow
        return headers
    }
}
