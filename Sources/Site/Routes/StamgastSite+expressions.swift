internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives

/// Conditions being written: a page that checks them, and what the module `cel.js` asks while they are typed.
extension StamgastSite {
    static var expressions: String { "/console/expression" }
    /// The longest expression a form takes, in UTF-16 code units, as its field says.
    static let longestExpression = 4_000
    /// Of a question, in bytes: an expression of which every character is escaped.
    static let questionBytes = 32_768

    func addExpressions<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/expression") { request, _ in
            let visit = try await staff(of: request)
            return try await expressionPage(visit, request)
        }
        router.post("/console/expression") { request, _ in
            let visit = try await staff(of: request)
            let draft = try await question(request)
            let sheet = try await data.expression(draft, for: visit.person, language: visit.texts.language)
            return json(ExpressionAnswer.of(sheet, draft, texts: visit.texts))
        }
        router.post("/console/expression/matches") { request, _ in
            let visit = try await staff(of: request)
            let draft = try await question(request)
            let finding = try await data.matches(of: draft, for: visit.person)
            return json(ExpressionAnswer.of(finding, draft, texts: visit.texts))
        }
    }

    private func expressionPage(_ visit: Visit<SiteStaff>, _ request: Request) async throws -> Response {
        // As a form writes them: a plus sign is a space, and one that was written is `%2B`.
        let query = request.uri.query ?? ""
        guard
            let fields = query.isEmpty
                ? [:] : try? URLEncodedFormDecoder().decode([String: String].self, from: query)
        else { throw SiteProblem.formUnreadable }
        let events = try await data.expressionEvents(for: visit.person)
        let text = (fields["when"] ?? "").replacing("\r\n", with: "\n")
        guard text.utf16.count <= Self.longestExpression, (fields["type"] ?? "").utf8.count <= 200 else {
            throw SiteProblem.formUnreadable
        }
        let kind = fields["kind"].flatMap { ExpressionKind(rawValue: $0) } ?? .rule
        let draft = ExpressionDraft(kind, event: fields["type"], text: text)
        let isAsked = !text.allSatisfy(\.isWhitespace)
        var sheet: ExpressionSheet?
        var finding: ExpressionFinding?
        if isAsked {
            sheet = try await data.expression(draft, for: visit.person, language: visit.texts.language)
            if kind.isMatched, let sheet, sheet.problems.allSatisfy({ !$0.isError }) {
                finding = try await data.matches(of: draft, for: visit.person)
            }
        }
        let page = ExpressionPage(
            draft, events: events, sheet: sheet, finding: finding, isAsked: isAsked,
            shell: shell(visit, path: Self.expressions), texts: visit.texts, csrf: visit.csrf)
        return try html(page, for: request)
    }

    /// What the module asks. The token of the page's forms comes in a header, which another site cannot send.
    private func question(_ request: Request) async throws -> ExpressionDraft {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type == "application/json" else { throw HTTPError(.unsupportedMediaType) }
        guard isSameOrigin(request), let secret = cookies.value(of: .staff, in: request),
            let name = HTTPField.Name("x-csrf-token"), let token = request.headers[name],
            seals.isFormToken(token, for: secret)
        else { throw SiteProblem.formRefused }
        guard let body = try? await request.body.collect(upTo: Self.questionBytes) else {
            throw HTTPError(.contentTooLarge)
        }
        guard let question = try? JSONValue(parsing: Array(buffer: body), maximumDepth: 2),
            let kind = question["kind"]?.stringValue.flatMap({ ExpressionKind(rawValue: $0) }),
            let text = question["text"]?.stringValue, text.utf16.count <= Self.longestExpression
        else { throw SiteProblem.formUnreadable }
        return ExpressionDraft(
            kind, event: question["type"]?.stringValue, text: text,
            cursor: question["cursor"]?.intValue.flatMap { Int(exactly: $0) })
    }

    private func json(_ value: JSONValue) -> Response {
        Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "application/json; charset=utf-8"), ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"), ("content-security-policy", "default-src 'none'"),
                ("cross-origin-resource-policy", "same-origin"), ("vary", "accept-language, cookie"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(string: value.text())))
    }
}
