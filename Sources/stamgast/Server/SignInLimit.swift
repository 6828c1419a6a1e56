import Access
import HTTPTypes
import Hummingbird
import Primitives
import Site

/// Limits how often sign-in is tried, per link and per network address: `sign-in-limit-per-hour`.
struct SignInLimit: RouterMiddleware {
    let limiter: SignInLimiter
    let clock: any WallClock
    /// Whether a proxy stands in front and names the address in `X-Forwarded-For`.
    let trustsProxy: Bool
    let pages: PageErrors<ServerContext>

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, request.uri.path.hasPrefix("/signin/") else {
            return try await next(request, context)
        }
        let wait = limiter.attempt(
            subject: String(request.uri.path), source: source(of: request, context), now: clock.now())
        guard let wait else { return try await next(request, context) }
        let seconds = String((wait + 999) / 1_000)
        var response = try await pages.handle(request, context: context) { _, _ in
            throw HTTPError(.tooManyRequests, headers: [.retryAfter: seconds], message: "Too many attempts to sign in.")
        }
        response.headers[.retryAfter] = seconds
        return response
    }

    /// The last entry of `X-Forwarded-For` is the proxy's own word; those before it anybody may have written.
    private func source(of request: Request, _ context: ServerContext) -> String {
        if trustsProxy, let name = HTTPField.Name("x-forwarded-for"),
            let last = request.headers[values: name].last?.split(separator: ",").last
        {
            return String(last.filter { $0 != " " })
        }
        return context.remoteAddress?.ipAddress ?? ""
    }
}
