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
        let source = Self.source(of: request, context, trustsProxy: trustsProxy)
        guard let attempt = attempt(of: request, source) else { return try await next(request, context) }
        let now = clock.now()
        let wait =
            switch attempt {
            case .door: limiter.attempt(source: source, now: now)
            case .subject(let subject): limiter.attempt(subject: subject, source: source, now: now)
            }
        guard let wait else { return try await next(request, context) }
        let seconds = String((wait + 999) / 1_000)
        var response = try await pages.handle(request, context: context) { _, _ in
            throw HTTPError(.tooManyRequests, headers: [.retryAfter: seconds], message: "Too many attempts to sign in.")
        }
        response.headers[.retryAfter] = seconds
        return response
    }

    private enum Attempt {
        /// Whom a mail is asked for stands in the form: the mail door limits that.
        case door
        case subject(String)
    }

    /// What is tried, if it is to be limited; `nil` for every other request.
    ///
    /// A link is tried as itself, from wherever. The doors below are everybody's: they are limited by source alone, and
    /// accounts have limits of their own.
    private func attempt(of request: Request, _ source: String) -> Attempt? {
        let path = request.uri.path
        switch (request.method, path) {
        case (.post, "/signin"): return .door
        // A code needs a right password before it, and is counted with its account.
        case (.post, "/console/signin"): return .subject(path + " " + source)
        case (.get, StamgastSite.providerReturn): return .subject(path + " " + source)
        case (.post, _) where path.hasPrefix("/signin/"): return .subject(path)
        default: return nil
        }
    }

    /// The last entry of `X-Forwarded-For` is the proxy's own word; those before it anybody may have written.
    static func source(of request: Request, _ context: ServerContext, trustsProxy: Bool) -> String {
        if trustsProxy, let name = HTTPField.Name("x-forwarded-for"),
            let last = request.headers[values: name].last?.split(separator: ",").last
        {
            return String(last.filter { $0 != " " })
        }
        return context.remoteAddress?.ipAddress ?? ""
    }
}
