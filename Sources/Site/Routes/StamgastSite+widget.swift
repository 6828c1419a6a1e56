internal import Access
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives

/// The question that a widget on a publisher's page asks.
extension StamgastSite {
    func addWidget<Context: RequestContext>(to router: some RouterMethods<Context>) {
        // The pass travels in a header, so browsers ask first (Fetch standard, CORS preflight).
        router.on("/v1/widget", method: .options) { _, _ in
            Response(
                status: .noContent,
                headers: SecurityHeaders.fields([
                    ("access-control-allow-origin", "*"), ("access-control-allow-methods", "GET"),
                    ("access-control-allow-headers", "authorization"), ("access-control-max-age", "86400"),
                ]))
        }
        router.get("/v1/widget") { request, _ in try await widget(request) }
        router.on("/v1/widget/follow", method: .options) { _, _ in
            Response(
                status: .noContent,
                headers: SecurityHeaders.fields([
                    ("access-control-allow-origin", "*"), ("access-control-allow-methods", "POST"),
                    ("access-control-allow-headers", "authorization, content-type"),
                    ("access-control-max-age", "86400"),
                ]))
        }
        router.post("/v1/widget/follow") { request, _ in try await follow(request) }
    }

    /// Where a member writes to the house. On our own page, not in the widget: what somebody writes is no business of the
    /// page around it.
    static let askPage = "/m/me/help"

    private struct FollowRequest: Decodable {
        var maker: String
        var follows: Bool
    }

    /// Says that the member of a pass follows a maker, or no longer does. The pass is all that speaks for them: there is no
    /// cookie that a page could misuse. Asking twice is asking once.
    private func follow(_ request: Request) async throws -> Response {
        guard let pass = bearer(of: request).flatMap({ passes.read($0, now: clock.now()) }) else {
            return problem(.unauthorized, "A pass of the member is needed.")
        }
        guard let body = try? await request.body.collect(upTo: 2_048),
            let wish = try? JSONDecoder().decode(FollowRequest.self, from: Data(body.readableBytesView)),
            (1...512).contains(wish.maker.utf8.count)
        else { return problem(.badRequest, "The body is {\"maker\": text, \"follows\": true or false}.") }
        let member = SiteMember(programme: ProgrammeFace(id: pass.programme, name: ""), member: pass.member)
        guard try await data.follow(wish.maker, wish.follows, for: member) else {
            return problem(.notFound, "The catalogue does not know this maker.")
        }
        return try json(
            ["maker_followed": wish.follows], status: .ok, type: "application/json", caching: "no-store")
    }

    private func widget(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let language =
            query["lang"].flatMap { Language(tag: $0) } ?? language(of: request, preferred: nil)
        guard let item = query["item"], (1...512).contains(item.utf8.count), let key = query["key"],
            key.utf8.count <= 256
        else { return problem(.badRequest, "The parameters item and key are needed.") }
        guard let programme = try await data.programme(publishableKey: String(key)) else {
            return problem(.notFound, "This key belongs to no programme.")
        }
        // A pass of another programme, an old one or none at all: the answer is the one for everybody.
        let pass = bearer(of: request).flatMap { passes.read($0, now: clock.now()) }
        let member = pass.flatMap { $0.programme == programme ? $0.member : nil }
        guard
            let facts = try await data.widget(
                item: String(item), programme: programme, member: member, language: language)
        else { return problem(.notFound, "The catalogue does not know this item.") }
        return try json(
            WidgetAnswer(facts, texts: .of(language)), status: .ok, type: "application/json",
            caching: member == nil ? "public, max-age=60" : "no-store")
    }

    private func bearer(of request: Request) -> String? {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7))
    }

    /// A problem document (RFC 9457).
    private func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        struct Problem: Encodable {
            var status: Int
            var title: String
            var detail: String
        }
        let document = Problem(status: status.code, title: status.reasonPhrase, detail: detail)
        return
            (try? json(document, status: status, type: "application/problem+json", caching: "no-store"))
            ?? Response(status: status)
    }

    private func json(
        _ value: some Encodable, status: HTTPResponse.Status, type: String, caching: String
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status,
            headers: SecurityHeaders.fields([
                ("content-type", type), ("cache-control", caching), ("vary", "authorization, accept-language, cookie"),
                ("x-content-type-options", "nosniff"), ("access-control-allow-origin", "*"),
                ("cross-origin-resource-policy", "cross-origin"),
            ]),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
