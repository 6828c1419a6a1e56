import Access
import HTTPTypes
import Hummingbird
import Primitives

/// Limits how many events one network address reports without a name. Nobody is named there, so there is nothing else to count by;
/// the address stays in memory, hashed under a key that ends with the process, for an hour at most.
struct AnonymousReportLimit: RouterMiddleware {
    /// More than a household reads, fewer than a machine makes.
    static let perHour = 600

    let limiter: SignInLimiter
    let clock: any WallClock
    let trustsProxy: Bool

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, request.uri.path == "/v1/anonymous/events",
            let wait = limiter.attempt(
                source: SignInLimit.source(of: request, context, trustsProxy: trustsProxy), now: clock.now())
        else { return try await next(request, context) }
        let seconds = (wait + 999) / 1_000
        var writer = JSONWriter(reservingCapacity: 128)
        writer.beginObject()
        writer.member("type", "about:blank")
        writer.member("title", "Too Many Requests")
        writer.member("status", 429)
        writer.member("detail", "Slow down: Retry-After says for how long.")
        writer.endObject()
        var headers: HTTPFields = [.contentType: "application/problem+json", .retryAfter: String(seconds)]
        // So that a page learns that it was too much, and not that something is broken.
        headers[.accessControlAllowOrigin] = "*"
        return Response(
            status: .tooManyRequests, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}
