internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives
internal import Runtime

/// *My data* of the member, and the privacy office of the house.
extension StamgastSite {
    static let privacyOffice = "/console/privacy"
    private static let myData = "/m/me/data"
    /// A text of 4,000 characters, every one of them four bytes that are written as `%XX`, and the other fields.
    private static let rightsFormBytes = PrivacyRequests.longestText * 12 + 8_192

    // MARK: The member's side

    func addMyData<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/data") { request, _ in
            try await dataPage(try await member(of: request), outcome: told("done", in: request))
        }
        router.get("/m/me/data/export") { request, _ in try await readable(try await member(of: request)) }
        router.post("/m/me/data/details") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            // Shown for this once: no address leads to it, and nothing keeps it.
            guard fields["sure"] == "yes" else { return redirect(to: Self.myData) }
            return html(detailsPage(visit, try await data.details(of: visit.person)))
        }
        router.post("/m/me/data/details/save") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            var details = OwnDetails()
            for field in OwnDetails.Field.allCases {
                guard let value = fields[field.rawValue] else { throw SiteProblem.formUnreadable }
                details.values[field] = value
            }
            let wrong = details.values.filter { Self.isWrong($0.value) }.keys
            guard wrong.isEmpty else {
                return html(detailsPage(visit, details, wrong: Set(wrong)), status: .unprocessableContent)
            }
            try await data.correct(details, for: visit.person)
            return redirect(to: Self.myData + "?done=corrected")
        }
        router.post("/m/me/data/requests") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .member, in: request), limit: Self.rightsFormBytes)
            guard let kind = fields["kind"].flatMap({ PrivacyRequest.Kind(rawValue: $0) }), let text = fields["text"]
            else { throw SiteProblem.formUnreadable }
            let words = visit.texts.office
            var draft = DataPage.Draft(kind: kind.rawValue, text: text)
            switch try await data.ask(kind, text: text, for: visit.person, key: formKey(fields)) {
            case .done: return redirect(to: Self.myData + "?done=sent")
            case .tooMany: draft.problem = words.tooMany
            case .unreadable, .unknown, .refused:
                draft.problem = words.textBad(visit.texts.number(Int64(PrivacyRequests.longestText)))
            }
            return try await dataPage(visit, draft: draft)
        }
        router.post("/m/me/data/withdraw") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let id = fields["request"] else { throw SiteProblem.formUnreadable }
            guard try await data.withdraw(privacyRequest: id, for: visit.person) else { throw SiteProblem.notFound }
            return redirect(to: Self.myData + "?done=withdrawn")
        }
    }

    private static func isWrong(_ value: String) -> Bool {
        value.unicodeScalars.count > OwnDetails.longest
            || value.unicodeScalars.contains { $0.value < 0x20 && $0.value != 0x0A && $0.value != 0x0D }
    }

    private func dataPage(
        _ visit: Visit<SiteMember>, draft: DataPage.Draft = DataPage.Draft(), outcome: DataPage.Outcome? = nil
    ) async throws -> Response {
        let texts = visit.texts
        let shell = shell(visit, title: texts.office.dataTitle, path: Self.myData)
        let known = try await data.ownData(of: visit.person, language: texts.language)
        let page = DataPage(
            known, try await data.rights(of: visit.person), draft: draft, outcome: outcome, shell: shell, texts: texts,
            csrf: visit.csrf, key: randomHex())
        return html(page, status: draft.problem == nil ? .ok : .unprocessableContent)
    }

    private func detailsPage(
        _ visit: Visit<SiteMember>, _ details: OwnDetails, wrong: Set<OwnDetails.Field> = []
    ) -> OwnDetailsPage {
        OwnDetailsPage(
            details, wrong: wrong, shell: shell(visit, title: visit.texts.office.detailsTitle, path: Self.myData),
            texts: visit.texts, csrf: visit.csrf)
    }

    /// The export as a page: the same parts as the file of JSON, turned into markup as they come.
    private func readable(_ visit: Visit<SiteMember>) async throws -> Response {
        let (person, texts) = (visit.person, visit.texts)
        guard let first = try await data.export(of: person, after: nil, language: texts.language) else {
            throw SiteProblem.notFound
        }
        let head = ReadableExport.head(
            title: texts.office.dataTitle, intro: texts.own.intro, language: texts.language)
        return Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "text/html; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(person.programme.id.name)-member.html\""),
                ("cache-control", "no-store"), ("content-security-policy", "default-src 'none'"),
                ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
                ("cross-origin-resource-policy", "same-origin"),
            ]),
            body: ResponseBody { writer in
                var reader = ReadableExport()
                try await writer.write(ByteBuffer(bytes: head))
                var part: ExportPart? = first
                while let piece = part {
                    try await writer.write(ByteBuffer(bytes: reader.markup(piece.bytes)))
                    guard let next = piece.next else { break }
                    part = try await data.export(of: person, after: next, language: texts.language)
                    // Erased or gone in between: a file that is cut off must not look like a whole one.
                    if part == nil { throw SiteProblem.notFound }
                }
                try await writer.write(ByteBuffer(bytes: ReadableExport.end))
                try await writer.finish(nil)
            })
    }

    // MARK: The office

    func addPrivacyOffice<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/privacy") { request, _ in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            return try await officePage(visit, query: tableQuery(of: request))
        }
        router.post("/console/privacy") { request, _ in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let kind = fields["kind"].flatMap({ PrivacyRequest.Kind(rawValue: $0) }),
                let member = fields["member"], let received = fields["received"]
            else { throw SiteProblem.formUnreadable }
            let words = visit.texts.office
            var draft = PrivacyOfficePage.Draft(kind: kind.rawValue, member: member, received: received)
            let key = try formKey(fields)
            if !member.isEmpty, MemberID(member) == nil { draft.memberProblem = words.letterMemberBad }
            if let day = AuditForm.day(received) {
                if !draft.isWrong {
                    let letter = PrivacyLetter(kind: kind, member: member, received: day)
                    switch try await data.open(letter, for: visit.person, key: key) {
                    case .done(let id): return redirect(to: Self.address(of: id))
                    case .unknown: draft.memberProblem = words.letterMemberBad
                    case .unreadable, .tooMany, .refused: draft.receivedProblem = words.letterReceivedBad
                    }
                }
            } else {
                draft.receivedProblem = words.letterReceivedBad
            }
            return try await officePage(visit, draft: draft, query: TableQuery())
        }
        router.get("/console/privacy/requests/{id}") { request, context in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            return try await casePage(
                visit, parameter("id", of: context), isDone: request.uri.queryParameters["done"] != nil)
        }
        router.post("/console/privacy/requests/{id}") { request, context in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.rightsFormBytes)
            guard let step = Self.step(fields) else { throw SiteProblem.formUnreadable }
            let id = try parameter("id", of: context)
            switch try await data.take(step, privacyRequest: id, for: visit.person) {
            case .done(let id): return redirect(to: Self.address(of: id) + "?done=1")
            case .unknown: throw SiteProblem.notFound
            case .unreadable, .tooMany:
                return try await casePage(
                    visit, id, refusal: visit.texts.office.textBad(visit.texts.number(4_000)))
            case .refused(let problem):
                return try await casePage(visit, id, refusal: visit.texts.office.problem(problem))
            }
        }
        router.get("/console/privacy/records") { request, _ in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            let file = try await data.processing(for: visit.person)
            if request.uri.queryParameters["as"] == "json" { return jsonFile(file.json, "processing") }
            return html(
                PrivacyRecordsPage(
                    file.content, shell: shell(visit, path: Self.privacyOffice), texts: visit.texts))
        }
        router.get("/console/privacy/breach") { request, _ in
            let visit = try await administrator(of: request, \.handlesPrivacy)
            let file = try await data.affected(for: visit.person)
            if request.uri.queryParameters["as"] == "json" { return jsonFile(file.json, "affected") }
            return html(
                PrivacyBreachPage(
                    file.content, query: tableQuery(of: request), shell: shell(visit, path: Self.privacyOffice),
                    texts: visit.texts))
        }
    }

    private static func address(of request: ID128) -> String {
        WebLink(path: ["console", "privacy", "requests", request.description]).address
    }

    private static func step(_ fields: [String: String]) -> PrivacyStep? {
        guard let value = fields["value"] else { return nil }
        switch fields["step"] {
        case "check": return PrivacyRequest.Identity(rawValue: value).map { .check($0) }
        case "extend": return PrivacyRequest.Extension(rawValue: value).map { .extend($0) }
        case "refuse": return PrivacyRequest.Refusal(rawValue: value).map { .refuse($0) }
        case "complete": return .complete(answer: value)
        case "duplicate": return .duplicate(of: value)
        default: return nil
        }
    }

    private func officePage(
        _ visit: Visit<SiteStaff>, draft: PrivacyOfficePage.Draft = PrivacyOfficePage.Draft(), query: TableQuery
    ) async throws -> Response {
        let office = try await data.privacyOffice(for: visit.person)
        let page = PrivacyOfficePage(
            office, draft: draft, query: query, shell: shell(visit, path: Self.privacyOffice), texts: visit.texts,
            csrf: visit.csrf, key: randomHex())
        return html(page, status: draft.isWrong ? .unprocessableContent : .ok)
    }

    private func casePage(
        _ visit: Visit<SiteStaff>, _ id: String, refusal: String? = nil, isDone: Bool = false
    ) async throws -> Response {
        guard let found = try await data.privacyCase(id, for: visit.person) else { throw SiteProblem.notFound }
        let page = PrivacyCasePage(
            found, refusal: refusal, isDone: isDone, shell: shell(visit, path: Self.privacyOffice),
            texts: visit.texts, csrf: visit.csrf)
        return html(page, status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func jsonFile(_ text: String, _ name: String) -> Response {
        Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "application/json; charset=utf-8"),
                ("content-disposition", "attachment; filename=\"\(name).json\""), ("cache-control", "no-store"),
                ("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff"),
                ("vary", "accept-language, cookie"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
