internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives
internal import Vault

/// A signed-in visitor of a page: who, in which language, and the token of the forms.
struct Visit<Person: Sendable>: Sendable {
    var person: Person
    var texts: Texts
    var csrf: String
    /// Whether the browser asked with this request that nobody is profiled; see ``GlobalPrivacyControl``.
    var globalPrivacyControl = false
}

extension Request {
    /// Whether it carries the signal ``GlobalPrivacyControl``.
    var globalPrivacyControl: Bool {
        GlobalPrivacyControl.isOn(HTTPField.Name(GlobalPrivacyControl.header).flatMap { headers[$0] })
    }
}

extension StamgastSite {
    // MARK: Answering

    func html<Model: Page>(
        _ page: Model, status: HTTPResponse.Status = .ok, caching: SecurityHeaders.Caching = .never,
        keepsAddressSecret: Bool = false
    ) -> Response {
        let rendered = renderer.render(page)
        assert(rendered.unknownNames.isEmpty, "\(Model.template) asks for \(rendered.unknownNames)")
        return Response(
            status: status,
            headers: SecurityHeaders.page(
                caching: caching, isSecure: configuration.isSecure, keepsAddressSecret: keepsAddressSecret),
            body: ResponseBody(byteBuffer: ByteBuffer(string: rendered.html)))
    }

    func notice(_ notice: NoticePage.Notice, status: HTTPResponse.Status, request: Request) -> Response {
        let texts = Texts.of(language(of: request, preferred: nil))
        let shell = Shell(language: texts.language, title: "", programme: "Stamgast", path: "/")
        let path = request.uri.path
        return html(
            NoticePage(notice, status: status.code, shell: shell, texts: texts, path: path), status: status,
            keepsAddressSecret: path.hasPrefix("/signin/") || path == "/handover")
    }

    /// To another page of ours, to be fetched with GET.
    func redirect(to path: String) -> Response {
        Response(
            status: .seeOther,
            headers: SecurityHeaders.fields([
                ("location", path), ("cache-control", "no-store"), ("referrer-policy", "no-referrer"),
            ]))
    }

    // MARK: Asking

    /// A part of the path that stands for an identifier, decoded: the router leaves `%2F` as it is.
    func parameter(_ name: String, of context: some RequestContext) throws -> String {
        guard let value = try context.parameters.require(name).removingPercentEncoding, value.utf8.count <= 512 else {
            throw SiteProblem.notFound
        }
        return value
    }

    /// The language of a page: what was chosen on this device, then the person's own, then the browser's, then ours.
    func language(of request: Request, preferred: Language?) -> Language {
        cookies.value(of: .language, in: request).flatMap { Language(rawValue: $0) } ?? preferred
            ?? request.headers[.acceptLanguage].flatMap { Language.preferred(acceptLanguage: $0) }
            ?? configuration.language
    }

    func member(of request: Request) async throws -> Visit<SiteMember> {
        guard let secret = cookies.value(of: .member, in: request),
            var member = try await data.member(session: secret)
        else { throw SiteProblem.signInNeeded }
        member.globalPrivacyControl = request.globalPrivacyControl
        return Visit(
            person: member, texts: .of(language(of: request, preferred: member.language)),
            csrf: seals.formToken(for: secret), globalPrivacyControl: request.globalPrivacyControl)
    }

    func staff(of request: Request) async throws -> Visit<SiteStaff> {
        guard let secret = cookies.value(of: .staff, in: request),
            let staff = try await data.staff(session: secret)
        else { throw try await noStaff(request) }
        // One place for all pages: whoever leads people sees none of them.
        guard !staff.isServiceOnly || ConsoleAccess.isForService(request.uri.path) else {
            throw SiteProblem.aggregatesOnly
        }
        guard
            !staff.seesAggregatesOnly || request.uri.path == Self.aggregates
                || (request.uri.path + "/").hasPrefix(Self.ownAccount + "/")
        else { throw SiteProblem.aggregatesOnly }
        return Visit(
            person: staff, texts: .of(language(of: request, preferred: staff.language)),
            csrf: seals.formToken(for: secret))
    }

    /// What became of the form that led here, as the address says it; `nil` for any other word.
    func told<Outcome: RawRepresentable<String>>(_ name: Substring, in request: Request) -> Outcome? {
        request.uri.queryParameters[name].flatMap { Outcome(rawValue: String($0)) }
    }

    // MARK: Forms

    /// The fields of a form, once it is sure that it came from a page of ours.
    ///
    /// Two checks: the browser's word on where the request comes from, and a token bound to `secret`, which another site
    /// can neither read nor guess.
    func form(_ request: Request, secret: String?, limit: Int = 16_384) async throws -> [String: String] {
        guard isSameOrigin(request) else { throw SiteProblem.formRefused }
        guard let body = try? await request.body.collect(upTo: limit) else { throw SiteProblem.formUnreadable }
        let text = String(buffer: body)
        guard let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: text) else {
            throw SiteProblem.formUnreadable
        }
        guard let secret, let token = fields["csrf"], seals.isFormToken(token, for: secret) else {
            throw SiteProblem.formRefused
        }
        return fields
    }

    /// Browsers say where a request comes from in `Sec-Fetch-Site` (all current ones) or `Origin` (on every POST).
    func isSameOrigin(_ request: Request) -> Bool {
        if let site = HTTPField.Name("sec-fetch-site").flatMap({ request.headers[$0] }) {
            return site == "same-origin" || site == "none"
        }
        guard let origin = request.headers[.origin] else { return true }
        let host = origin.split(separator: "/").last.map(String.init)
        return origin.lowercased() == configuration.origin.lowercased() || host == request.head.authority
    }

    /// Unguessable, 32 hexadecimal digits.
    func randomHex() -> String { random().description.replacing("-", with: "") }
}
