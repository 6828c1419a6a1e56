import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Primitives
import Runtime

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
            logger.warning(
                "the owner of a programme does not answer", metadata: ["error": "\(type(of: error))"])
            // It may have stopped meanwhile: then its programme is ours, or another's to whom the client comes next.
            guard try await home.ownership.take(programme) else { return response }
            return try await next(request, context)
        }
    }

    private func forward(_ request: Request, _ body: ByteBuffer, to address: String) async throws -> Response {
        var message = HTTPClientRequest(url: address + request.uri.string)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headers where !Self.isOfThisConnection(field.name) {
            message.headers.add(name: field.name.canonicalName, value: field.value)
        }
        message.headers.add(name: HTTPField.Name.forwardedToOwner.canonicalName, value: "1")
        if body.readableBytes > 0 { message.body = .bytes(body) }
        let isStream = request.headers[.accept]?.contains("text/event-stream") ?? false
        let answer = try await client.execute(
            message, deadline: .now() + (isStream ? .hours(24) : TimeAmount(timeout)))
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name), !Self.isOfThisConnection(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        let status = HTTPResponse.Status(code: Int(answer.status.code))
        guard request.method != .head, status.code != 204, status.code != 304 else {
            return Response(status: status, headers: headers)
        }
        let content = answer.body
        return Response(
            status: status, headers: headers,
            body: ResponseBody { writer in
                for try await chunk in content { try await writer.write(chunk) }
                try await writer.finish(nil)
            })
    }

    /// Fields that belong to one connection and not to the message (RFC 9110, section 7.6.1).
    private static func isOfThisConnection(_ name: HTTPField.Name) -> Bool {
        switch name {
        case .connection, .contentLength, .transferEncoding, .te, .trailer, .upgrade, .proxyAuthorization: true
        default: name.canonicalName == "keep-alive" || name.canonicalName == "host" || name.canonicalName == "expect"
        }
    }
}

extension HTTPField.Name {
    /// Marks a request that another server of the same database passed on.
    static let forwardedToOwner = HTTPField.Name("stamgast-forwarded") ?? .trailer
}
