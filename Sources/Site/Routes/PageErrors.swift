internal import HTTPTypes
public import Hummingbird
internal import Logging
internal import Runtime
internal import Storage

/// Turns what goes wrong into a page in the look of the others.
///
/// Around the pages it catches everything. Around a whole router it may stand too: then it also answers unknown
/// addresses, but leaves everything under `/v1/` and whatever does not ask for HTML to the API.
public struct PageErrors<Context: RequestContext>: RouterMiddleware {
    private let site: StamgastSite
    private let everything: Bool

    init(site: StamgastSite, everything: Bool) {
        self.site = site
        self.everything = everything
    }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error {
            guard everything || isPage(request) else { throw error }
            if case SiteProblem.begins = error { return site.redirect(to: StamgastSite.start) }
            let (notice, status) = Self.answer(to: error)
            if notice == .signInNeeded, let response = await site.toCounter(request) { return response }
            if notice == .fault {
                // The type only: a message could hold a value that identifies a person.
                context.logger.error("page failed", metadata: ["error": "\(type(of: error))"])
            }
            return site.notice(notice, status: status, request: request)
        }
    }

    private func isPage(_ request: Request) -> Bool {
        !request.uri.path.hasPrefix("/v1/") && request.headers[.accept]?.contains("text/html") == true
    }

    static func answer(to error: any Error) -> (NoticePage.Notice, HTTPResponse.Status) {
        switch error {
        case SiteProblem.signInNeeded: return (.signInNeeded, .unauthorized)
        case SiteProblem.aggregatesOnly: return (.refused, .forbidden)
        case SiteProblem.begins, SiteProblem.empty: return (.empty, .ok)
        case SiteProblem.notFound: return (.notFound, .notFound)
        case SiteProblem.gone: return (.gone, .gone)
        case SiteProblem.formRefused: return (.refused, .forbidden)
        case SiteProblem.formUnreadable: return (.refused, .badRequest)
        case is LiveProblem: return (.busy, .serviceUnavailable)
        case let error as PipelineProblem where error.isTransient: return (.busy, .serviceUnavailable)
        case let error as StorageProblem where error.isTransient: return (.busy, .serviceUnavailable)
        case let error as any HTTPResponseError:
            switch error.status.code {
            case 404: return (.notFound, .notFound)
            case 410: return (.gone, .gone)
            case 429, 503: return (.busy, error.status)
            case 400..<500: return (.refused, error.status)
            default: return (.fault, error.status)
            }
        default: return (.fault, .internalServerError)
        }
    }
}
