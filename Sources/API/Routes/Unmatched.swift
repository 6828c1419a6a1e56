import HTTPTypes
public import Hummingbird

/// Answers addresses and methods that no route has: 404, 405 with `Allow`, and `OPTIONS`.
///
/// Added to the outermost router after all routes, so that only what nothing else took comes here. Addresses outside the
/// API are left to others when the caller asks for a page.
public struct Unmatched<Context: RequestContext>: RouterMiddleware {
    let endpoints: [Endpoint]
    let configuration: APIConfiguration
    let metrics: HTTPMetrics

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let start = ContinuousClock.now
            let path = request.uri.path
            let matching = Endpoint.matching(path, in: endpoints)
            if matching.isEmpty, !path.hasPrefix("/v1/"), request.headers[.accept]?.contains("text/html") == true {
                throw error
            }
            var response = response(to: request, matching)
            response.headers[.requestID] = context.id
            let duration = ContinuousClock.now - start
            metrics.record(
                route: nil, status: response.status.code,
                seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
            AccessLog.write(
                configuration, method: Self.known(request.method), route: matching.first?.template ?? "unmatched",
                status: response.status.code, duration: duration, requestID: context.id)
            return response
        }
    }

    private func response(to request: Request, _ matching: [Endpoint]) -> Response {
        guard !matching.isEmpty else { return Self.response(.notFound("address")) }
        var methods = matching.map(\.method.rawValue)
        if methods.contains("GET") { methods.append("HEAD") }
        let allow = (methods + ["OPTIONS"]).joined(separator: ", ")
        var headers = HTTPFields()
        headers[.allow] = allow
        guard request.method == .options else {
            return Self.response(
                Problem(.methodNotAllowed, "This address takes \(allow).", headers: headers))
        }
        if matching.contains(where: \.allowsPages) { headers = PagePermission.preflight(allow: allow) }
        return Response(status: .noContent, headers: headers)
    }

    private static func response(_ problem: Problem) -> Response {
        let reply = problem.reply
        var headers = reply.headers
        headers[.contentType] = reply.mediaType
        return Response(
            status: HTTPResponse.Status(code: reply.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// A method as anyone may make one up does not go into the log.
    private static func known(_ method: HTTPRequest.Method) -> String {
        let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
        return known.contains(method) ? method.rawValue : "other"
    }
}
