import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Primitives
import Runtime
import ServiceLifecycle

/// Passes a request on to the server that owns its programme, so that any server of a database may be asked anything.
///
/// A request is tried here first. Whoever finds on the way that the programme is another's says so in the request's
/// `OwnerNote`, having changed nothing; then the same request, credentials included, goes to the owner and its answer
/// comes back as it is, streams too. It is passed on once: a server that gets a request that was passed on and does not
/// own its programme answers 503, and the client tries again.
struct OwnerForwarding<Context: RequestContext>: RouterMiddleware {
    let home: Home
    let client: HTTPClient
    let bodyLimit: Int
    /// How long the owner has to answer: as long as its lease lasts. If it does not, its lease may have run out.
    let timeout: Duration
    let logger: Logger

    /// A client for this purpose: answers come back as they are, and open streams do not use it up.
    static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.timeout.connect = .seconds(2)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = LiveHub.maximumStreams
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var request = request
        // A body that is too long is refused by whoever reads it; it is never passed on.
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= bodyLimit else { return try await next(request, context) }
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: bodyLimit)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        }
        let note = OwnerNote()
        let response = try await OwnerNote.$current.withValue(note) { try await next(request, context) }
        guard let programme = note.programme, request.headers[.forwardedToOwner] == nil,
            let address = try await home.ownership.address(ofOwnerOf: programme)
        else { return response }
        do {
            return try await forward(request, body, to: address)
        } catch {
            logger.warning("the owner of a programme does not answer", metadata: ["error": "\(type(of: error))"])
            let isUnsent = error is NIOConnectionError || (error as? HTTPClientError) == .connectTimeout
            guard isUnsent || Self.mayBeRepeated(request) else { return Self.unknownOutcome }
            // It may have stopped: then the programme is ours now, or another's to whom the client comes next.
            guard try await home.ownership.take(programme) else { return response }
            return try await next(request, context)
        }
    }

    /// Whether doing it twice is doing it once.
    private static func mayBeRepeated(_ request: Request) -> Bool {
        let path = request.uri.path
        return request.method == .get || request.method == .head || request.method == .put
            || request.headers[.idempotencyKey] != nil
            || ["events", "track", "identify", "page", "screen", "group", "alias", "batch"].contains {
                path == "/v1/" + $0
            }
    }

    private static var unknownOutcome: Response {
        let problem = """
            {"type":"about:blank","title":"Outcome unknown","status":504,"detail":"The server that owns this programme \
            did not answer in time. What was asked may have been done: look before you ask again."}
            """
        return Response(
            status: .gatewayTimeout, headers: [.contentType: "application/problem+json"],
            body: .init(byteBuffer: ByteBuffer(string: problem)))
    }

    private func forward(_ request: Request, _ body: ByteBuffer, to address: String) async throws -> Response {
        // The path and query only: a target in absolute form must not lead elsewhere.
        let query = request.uri.query.map { "?" + $0 } ?? ""
        var message = HTTPClientRequest(url: address + request.uri.path + query)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        let named = Self.namedByConnection(request.headers)
        for field in request.headers where !Self.isOfThisConnection(field.name, named) {
            message.headers.add(name: field.name.canonicalName, value: field.value)
        }
        // Forms compare it with where they were opened.
        if let host = request.head.authority { message.headers.replaceOrAdd(name: "host", value: host) }
        message.headers.add(name: HTTPField.Name.forwardedToOwner.canonicalName, value: "1")
        if body.readableBytes > 0 { message.body = .bytes(body) }
        let isStream = request.headers[.accept]?.contains("text/event-stream") ?? false
        let answer = try await client.execute(
            message, deadline: .now() + (isStream ? .hours(24) : TimeAmount(timeout)))
        var headers = HTTPFields()
        let withoutBody = request.method == .head || [204, 304].contains(answer.status.code)
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            if Self.isOfThisConnection(name, []), !(withoutBody && name == .contentLength) { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        let status = HTTPResponse.Status(code: Int(answer.status.code))
        guard !withoutBody else { return Response(status: status, headers: headers) }
        let content = answer.body
        return Response(
            status: status, headers: headers,
            body: ResponseBody { writer in
                // A server that stops ends its streams; browsers come back, to another one.
                for try await chunk in content.cancelOnGracefulShutdown() { try await writer.write(chunk) }
                try await writer.finish(nil)
            })
    }

    private static func namedByConnection(_ headers: HTTPFields) -> Set<String> {
        Set((headers[.connection] ?? "").split(separator: ",").map { $0.filter { $0 != " " }.lowercased() })
    }

    /// Fields that belong to one connection and not to the message (RFC 9110, section 7.6.1).
    private static func isOfThisConnection(_ name: HTTPField.Name, _ named: Set<String>) -> Bool {
        switch name {
        case .connection, .contentLength, .transferEncoding, .te, .trailer, .upgrade, .proxyAuthorization: true
        default: ["keep-alive", "host", "expect"].contains(name.canonicalName) || named.contains(name.canonicalName)
        }
    }
}

extension Home {
    /// As ``answer(for:)``, for pages: who cannot be passed on is asked to come back.
    func answerPage(for programme: ProgrammeID) async throws {
        do {
            try await answer(for: programme)
        } catch PipelineProblem.notOwner {
            throw HTTPError(.serviceUnavailable, headers: [.retryAfter: "2"])
        }
    }
}

extension HTTPField.Name {
    /// Marks a request that another server of the same database passed on.
    static let forwardedToOwner = HTTPField.Name("stamgast-forwarded") ?? .trailer
    fileprivate static let idempotencyKey = HTTPField.Name("idempotency-key") ?? .trailer
}
