import Catalogue
import HTTPTypes
import Hummingbird
import Loyalty
import NIOCore
import Primitives
import Runtime
import Simulation

/// Drawn pictures: the makers' faces from the catalogue, and covers for the demo's items.
struct MediaRoutes: Sendable {
    let home: Home
    /// Whose makers; the first programme where there is no demo.
    let programme: ProgrammeID?
    let drawsCovers: Bool

    func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/media/maker/{file}") { request, context in
            let first = try await home.programmes().first
            guard let id = Self.name(try context.parameters.require("file")).flatMap({ MakerID($0) }),
                let programme = programme ?? first, try await isOurs(programme),
                case .svg(let drawing)? = home.catalogue.store.snapshot(programme).maker(id)?.content.face
            else { throw HTTPError(.notFound) }
            return Self.drawing(drawing)
        }
        router.get("/media/logo/{file}") { _, context in
            guard let id = Self.name(try context.parameters.require("file")).flatMap({ ProgrammeID($0) }),
                try await home.programmes().contains(id), try await isOurs(id),
                let logo = home.engine.host[id]?.programme.theme?.logo
            else { throw HTTPError(.notFound) }
            return Self.drawing(logo)
        }
        guard drawsCovers else { return }
        router.get("/media/reward/{file}") { _, context in
            guard let name = Self.name(try context.parameters.require("file")), let programme,
                try await isOurs(programme), let reward = home.engine.host[programme]?.rewards[name]?.reward
            else { throw HTTPError(.notFound) }
            let topic: Topic =
                switch reward.kind {
                case .preview, .questions, .stream, .minutes: .film
                case .ticket, .physical, .experience, .workshop: .city
                case .digital, .analysis, .advice: .books
                case .donation, .conversion, .credit: .science
                }
            return Self.drawing(Cover.svg(id: name, topic: topic))
        }
        router.get("/media/cover/{file}") { request, context in
            guard let id = Self.name(try context.parameters.require("file")).flatMap({ ItemID($0) }),
                let programme, try await isOurs(programme), let item = home.catalogue.store.snapshot(programme).item(id)
            else { throw HTTPError(.notFound) }
            let topic = item.topics.lazy.compactMap { name in Topic.allCases.first { $0.id == name } }.first ?? .city
            return Self.drawing(Cover.svg(id: id.text, topic: topic))
        }
    }

    /// - Throws: 503 if another server owns the programme; what carries the request may pass it on.
    private func isOurs(_ programme: ProgrammeID) async throws -> Bool {
        try await home.answerPage(for: programme)
        return true
    }

    private static func name(_ file: String) -> String? {
        file.hasSuffix(".svg") ? String(file.dropLast(4)) : nil
    }

    /// The drawing in a document that may load nothing and run nothing, should somebody open it by itself.
    private static func drawing(_ svg: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "image/svg+xml"
        headers[.cacheControl] = "public, max-age=86400"
        for (name, value) in [
            ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
            ("x-content-type-options", "nosniff"),
            // The widget shows faces on the pages of other sites.
            ("cross-origin-resource-policy", "cross-origin"),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: svg)))
    }
}
