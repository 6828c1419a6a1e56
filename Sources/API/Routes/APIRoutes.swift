import HTTPTypes
public import Hummingbird
public import Primitives
import Runtime

/// The API as routes: made once by the composition root, added to its router.
///
/// ```swift
/// let api = APIRoutes(services, configuration)
/// api.add(to: router)
/// // … the routes of others …
/// router.add(middleware: api.unmatched(for: Context.self))
/// ```
public struct APIRoutes: Sendable {
    /// Every route, in the order of the document.
    public let endpoints: [Endpoint]
    /// The OpenAPI 3.1 document, as `GET /openapi.json` answers it.
    public var openAPI: JSONValue { OpenAPIDocument(endpoints: endpoints, configuration: configuration).json }
    private let configuration: APIConfiguration
    private let runner: EndpointRunner

    public init(_ services: APIServices, _ configuration: APIConfiguration) {
        let metrics = HTTPMetrics()
        endpoints =
            RouteTable(
                services: services, configuration: configuration, httpMetrics: metrics,
                segmentMetrics: SegmentMetrics()
            ).endpoints
        self.configuration = configuration
        runner = EndpointRunner(
            endpoints: endpoints, keys: services.keys, clock: services.engine.clock, configuration: configuration,
            metrics: metrics, owner: services.owner)
    }

    /// Registers every route; `GET` routes answer `HEAD` as well.
    public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        for (index, endpoint) in endpoints.enumerated() {
            let runner = self.runner
            let path = RouterPath(endpoint.template)
            router.on(path, method: endpoint.method) { request, context in
                await runner.respond(
                    index, request, parameters: context.parameters, requestID: context.id, isHead: false)
            }
            guard endpoint.method == .get else { continue }
            router.on(path, method: .head) { request, context in
                await runner.respond(
                    index, request, parameters: context.parameters, requestID: context.id, isHead: true)
            }
        }
    }

    /// Answers addresses and methods that nobody has taken. Add it to the outermost router after all routes.
    public func unmatched<Context: RequestContext>(for context: Context.Type = Context.self) -> Unmatched<Context> {
        Unmatched(endpoints: endpoints, configuration: configuration, metrics: runner.metrics)
    }
}
