internal import Hummingbird

/// The service desk: a member asks, staff answer. What was typed is sent in the body of a form and never stands in an
/// address.
extension StamgastSite {
    static let service = "/console/service"
    private static let help = "/m/me/help"
    /// A text of 4,000 characters, every one of them four bytes that are written as `%XX`, and the other fields.
    private static let helpFormBytes = HelpQuestion.longestText * 12 + 8_192

    // MARK: The member's side

    func addHelp<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/help") { request, _ in
            let visit = try await member(of: request)
            let line = request.uri.queryParameters["line"].map(String.init)
            return try await helpPage(visit, HelpForm(key: randomHex(), question: HelpQuestion(line: line)))
        }
        router.post("/m/me/help") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .member, in: request), limit: Self.helpFormBytes)
            guard let subject = fields["subject"] else { throw SiteProblem.formUnreadable }
            var form = try helpForm(fields)
            form.question.subject = subject
            form.question.line = fields["line"]
            let words = visit.texts.service
            if subject.unicodeScalars.count > HelpQuestion.longestSubject {
                form.subjectProblem = words.subjectBad(visit.texts.number(Int64(HelpQuestion.longestSubject)))
            } else {
                switch try await data.ask(form.question, for: visit.person, key: form.key) {
                case .done(let id): return redirect(to: WebLink(path: ["m", "me", "help", id]).address + "?done=sent")
                case let outcome: form.textProblem = problem(outcome, visit.texts, isFirst: true)
                }
            }
            return try await helpPage(visit, form)
        }
        router.get("/m/me/help/{id}") { request, context in
            let visit = try await member(of: request)
            return try await questionPage(
                visit, parameter("id", of: context), HelpForm(key: randomHex()),
                isSent: request.uri.queryParameters["done"] == "sent")
        }
        router.post("/m/me/help/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .member, in: request), limit: Self.helpFormBytes)
            var form = try helpForm(fields)
            let id = try parameter("id", of: context)
            switch try await data.write(form.question.text, inQuestion: id, for: visit.person, key: form.key) {
            case .done: return redirect(to: WebLink(path: ["m", "me", "help", id]).address + "?done=sent")
            case let outcome: form.textProblem = problem(outcome, visit.texts, isFirst: false)
            }
            return try await questionPage(visit, id, form)
        }
        router.post("/m/me/help/{id}/close") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let word = fields["helped"], ["yes", "no", "none"].contains(word) else {
                throw SiteProblem.formUnreadable
            }
            let id = try parameter("id", of: context)
            let helped = word == "none" ? nil : word == "yes"
            guard try await data.close(question: id, helped: helped, for: visit.person) else {
                throw SiteProblem.notFound
            }
            return redirect(to: WebLink(path: ["m", "me", "help", id]).address)
        }
    }

    private func helpForm(_ fields: [String: String]) throws -> HelpForm {
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit), let text = fields["text"]
        else { throw SiteProblem.formUnreadable }
        return HelpForm(key: key, question: HelpQuestion(text: text))
    }

    private func problem(_ outcome: HelpOutcome, _ texts: Texts, isFirst: Bool) -> String? {
        switch outcome {
        case .done: nil
        case .unreadable: texts.service.textBad(texts.number(Int64(HelpQuestion.longestText)))
        case .tooMany: isFirst ? texts.service.tooManyQuestions : texts.service.tooManyMessages
        case .over: texts.service.over
        }
    }

    private func helpPage(_ visit: Visit<SiteMember>, _ form: HelpForm) async throws -> Response {
        let desk = try await data.help(
            of: visit.person, about: form.question.line, language: visit.texts.language)
        let page = HelpPage(
            desk, form: form, shell: shell(visit, title: visit.texts.service.help, path: Self.help),
            texts: visit.texts, csrf: visit.csrf)
        return html(page, status: form.isWrong ? .unprocessableContent : .ok)
    }

    private func questionPage(
        _ visit: Visit<SiteMember>, _ id: String, _ form: HelpForm, isSent: Bool = false
    ) async throws -> Response {
        guard let found = try await data.question(id, of: visit.person, language: visit.texts.language) else {
            throw SiteProblem.notFound
        }
        // The address of the list, so that another language does not lose the way; the subject is nobody else's.
        let page = HelpQuestionPage(
            found, form: form, isSent: isSent,
            shell: shell(
                visit, title: visit.texts.service.help, path: WebLink(path: ["m", "me", "help", id]).address),
            texts: visit.texts, csrf: visit.csrf)
        return html(page, status: form.isWrong ? .unprocessableContent : .ok)
    }

    // MARK: The desk's side

    func addService<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/service") { request, _ in
            let visit = try await staff(of: request)
            let state: HelpState = told("state", in: request) ?? .open
            let queue = try await data.serviceQueue(state, for: visit.person, language: visit.texts.language)
            return html(
                ServiceQueuePage(
                    queue, query: tableQuery(of: request), shell: shell(visit, path: Self.service),
                    texts: visit.texts))
        }
        router.get("/console/service/{id}") { request, context in
            let visit = try await staff(of: request)
            let words = visit.texts.service
            let done: String? =
                switch request.uri.queryParameters["done"].map(String.init) {
                case "answer": words.answerSent
                case "note": words.noteKept
                default: nil
                }
            return try await casePage(visit, parameter("id", of: context), HelpForm(key: randomHex()), done: done)
        }
        router.post("/console/service/{id}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.helpFormBytes)
            guard let kind = fields["as"], ["answer", "note"].contains(kind) else { throw SiteProblem.formUnreadable }
            var form = try helpForm(fields)
            let id = try parameter("id", of: context)
            switch try await data.answer(
                form.question.text, isNote: kind == "note", question: id, for: visit.person, key: form.key)
            {
            case .done: return redirect(to: WebLink(path: ["console", "service", id]).address + "?done=" + kind)
            case let outcome: form.textProblem = problem(outcome, visit.texts, isFirst: false)
            }
            return try await casePage(visit, id, form)
        }
        router.post("/console/service/{id}/step") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let step = fields["step"].flatMap({ ServiceStep(rawValue: $0) }) else {
                throw SiteProblem.formUnreadable
            }
            let id = try parameter("id", of: context)
            guard try await data.step(step, question: id, for: visit.person) else { throw SiteProblem.notFound }
            return redirect(to: WebLink(path: ["console", "service", id]).address)
        }
    }

    private func casePage(
        _ visit: Visit<SiteStaff>, _ id: String, _ form: HelpForm, done: String? = nil
    ) async throws -> Response {
        guard let found = try await data.serviceCase(id, for: visit.person, language: visit.texts.language) else {
            throw SiteProblem.notFound
        }
        let page = ServiceCasePage(
            found, form: form, done: done, shell: shell(visit, path: Self.service), texts: visit.texts,
            csrf: visit.csrf)
        return html(page, status: form.isWrong ? .unprocessableContent : .ok)
    }
}
