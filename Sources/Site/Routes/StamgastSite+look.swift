internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Loyalty
internal import NIOCore

/// The look of programmes: style sheets of themes, the app on a home screen, and the console's page to change it.
extension StamgastSite {
    func addLookFiles<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/look/{hash}/{file}") { _, context in
            guard let sheet = assets.named("site.css"), try context.parameters.require("hash") == sheet.hash,
                let file = try context.parameters.require("file").removingPercentEncoding, file.hasSuffix(".css"),
                let theme = ThemeSheet.theme(code: String(file.dropLast(".css".count)))
            else { throw HTTPError(.notFound) }
            let bytes = sheet.bytes + Array(ThemeSheet.tokens(of: theme).utf8)
            return answer(bytes, type: "text/css; charset=utf-8", caching: .forever)
        }
        // At the root, because a worker serves only what lies below its own address.
        router.get("/sw.js") { _, _ in
            guard let worker = assets.named("sw.js") else { throw HTTPError(.notFound) }
            return answer(worker.bytes, type: worker.type, caching: .check)
        }
    }

    func addApp<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/app.webmanifest") { request, _ in
            let visit = try await member(of: request)
            let manifest = AppManifest(visit.person.programme, language: visit.texts.language, assets: assets)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return answer(
                Array(try encoder.encode(manifest)), type: "application/manifest+json", caching: .never)
        }
        // What the app shows without a network: nothing about anybody, so that a browser may keep it.
        router.get("/m/offline") { request, _ in
            let visit = try await member(of: request)
            let words = visit.texts.look
            let shell = Shell(
                language: visit.texts.language, title: words.offlineTitle, programme: visit.person.programme.name,
                path: nil, look: visit.person.programme.look)
            return html(OfflinePage(shell: shell))
        }
    }

    func addLookConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/look") { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.look(for: visit.person)
            return html(
                LookPage(
                    desk, shell: shell(visit, path: "/console/look"), texts: visit.texts, csrf: visit.csrf,
                    outcome: request.uri.queryParameters["was"].flatMap { LookPage.Outcome(rawValue: String($0)) }))
        }
        router.post("/console/look") { request, _ in
            let visit = try await staff(of: request)
            // A logo of markup grows when it is sent: `<` comes as `%3C`.
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: 6 * Theme.logoBytes + 16_384)
            guard let file = fields["file"], let version = fields["version"].flatMap({ Int64($0) }),
                let act = fields["do"], ["preview", "apply"].contains(act)
            else { throw SiteProblem.formUnreadable }
            // Browsers send texts with CR LF.
            let text = file.replacing("\r\n", with: "\n")
            let desk = try await data.look(for: visit.person)
            let draft = try await data.check(look: text, for: visit.person)
            if act == "apply", draft.problems.isEmpty {
                let isDone = try await data.take(look: text, basedOn: version, for: visit.person)
                if isDone { return redirect(to: "/console/look?was=done") }
            }
            let page = LookPage(
                desk, shell: shell(visit, path: "/console/look"), texts: visit.texts, csrf: visit.csrf,
                draft: (text, draft), outcome: act == "apply" && draft.problems.isEmpty ? .outdated : nil)
            return html(page, status: draft.problems.isEmpty ? .ok : .unprocessableContent)
        }
    }

    private func answer(_ bytes: [UInt8], type: String, caching: SecurityHeaders.Caching) -> Response {
        Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", type), ("cache-control", caching.rawValue), ("x-content-type-options", "nosniff"),
                ("cross-origin-resource-policy", "same-origin"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// What a phone keeps of the app on its home screen (W3C Web Application Manifest).
struct AppManifest: Encodable {
    struct Icon: Encodable {
        var src: String
        var sizes: String
        var type: String
        var purpose: String
    }

    var id = "/m/"
    var name: String
    var shortName: String
    var lang: String
    var startUrl = "/m/"
    var scope = "/"
    var display = "standalone"
    var backgroundColor: String
    var themeColor: String
    var icons: [Icon]

    init(_ programme: ProgrammeFace, language: Language, assets: Assets) {
        name = programme.name
        let own = Loyalty.Language(rawValue: language.rawValue).map { programme.look.theme.name.text($0) } ?? ""
        shortName = own.isEmpty ? programme.name : own
        lang = language.rawValue
        let paper = "#" + Palette(programme.look.theme, .light).paper.hex
        (backgroundColor, themeColor) = (paper, paper)
        if let logo = programme.look.logo {
            icons = [Icon(src: logo.address, sizes: "any", type: "image/svg+xml", purpose: "any")]
        } else {
            icons = [
                ("mark.svg", "any", "image/svg+xml"), ("icon-192.png", "192x192", "image/png"),
                ("icon-512.png", "512x512", "image/png"),
            ].compactMap { name, sizes, type in
                assets.named(name).map { Icon(src: $0.path, sizes: sizes, type: type, purpose: "any") }
            }
        }
    }
}
