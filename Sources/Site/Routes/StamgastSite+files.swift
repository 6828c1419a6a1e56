internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives
internal import Vault

/// Style sheets, modules and pictures.
extension StamgastSite {
    func addFiles<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/assets/{name}") { request, context in
            guard let asset = assets.at(path: "/assets/" + (try context.parameters.require("name"))) else {
                throw HTTPError(.notFound)
            }
            return file(asset, caching: .forever, request)
        }
        // Under a name that does not change, because publishers write it into their pages.
        for name in ["widget.js", "gate.js", "earn.js"] {
            router.get(RouterPath("/" + name)) { request, _ in
                guard let asset = assets.named(name) else { throw HTTPError(.notFound) }
                var response = file(asset, caching: .minutes, request)
                let tag = "\"\(asset.hash)\""
                response.headers[.eTag] = tag
                if request.headers[.ifNoneMatch] == tag {
                    response.status = .notModified
                    response.body = ResponseBody()
                }
                return response
            }
        }
        router.get("/robots.txt") { _, _ in
            Response(
                status: .ok,
                headers: SecurityHeaders.fields([("content-type", "text/plain; charset=utf-8")]),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.robots_txt)))
        }
        router.get("/.well-known/gpc.json") { _, _ in
            Response(
                status: .ok,
                headers: SecurityHeaders.fields([
                    ("content-type", "application/json"), ("cache-control", "public, max-age=86400"),
                    ("access-control-allow-origin", "*"), ("x-content-type-options", "nosniff"),
                ]),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: GlobalPrivacyControl.statement.bytes())))
        }
    }

    private func file(_ asset: Assets.Asset, caching: SecurityHeaders.Caching, _ request: Request) -> Response {
        var response = Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", asset.type), ("cache-control", caching.rawValue),
                ("x-content-type-options", "nosniff"),
                // Other sites load the widget as a module, and modules are always fetched with CORS.
                ("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin"),
            ]),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
        if let compressed = asset.compressed {
            response.headers[.vary] = "accept-encoding"
            if Compression.isTaken(by: request) {
                response.headers[.contentEncoding] = "gzip"
                response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: compressed))
            }
        }
        return response
    }
}
