internal import Hummingbird
internal import Loyalty

/// The programme, entry by entry: what is changed gathers in a draft, which is looked at before it comes into force.
extension StamgastSite {
    static var programme: String { "/console/programme" }
    /// A file in a form, every byte of it written as `%XX`.
    static let fileFormBytes = 3 * ProgrammeDocument.Limit.fileBytes + 16_384
    /// A whole document; larger ones go over HTTP or the command line.
    static let documentFormBytes = 6_000_000

    func addEditor<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/programme") { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.programmeDesk(for: visit.person, language: visit.texts.language)
            return html(
                ProgrammePage(
                    desk, shell: shell(visit, path: Self.programme), texts: visit.texts,
                    outcome: told("was", in: request)))
        }
        router.get("/console/programme/entry") { request, _ in
            let visit = try await staff(of: request)
            let query = request.uri.queryParameters
            let place = EntryPlace(
                query["file"].map(String.init) ?? "", id: query["id"].map(String.init) ?? "")
            return try await entryPage(
                visit, place, showsYAML: query["view"] == "yaml", outcome: told("was", in: request))
        }
        router.get("/console/programme/new") { request, _ in
            let visit = try await staff(of: request)
            guard let kind = request.uri.queryParameters["kind"].flatMap({ EntryForm.Kind(rawValue: String($0)) })
            else { throw SiteProblem.notFound }
            let sheet = try await data.newEntry(kind, for: visit.person, language: visit.texts.language)
            return newPage(visit, sheet)
        }
        router.post("/console/programme/new") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.fileFormBytes)
            return try await create(visit, fields)
        }
        router.post("/console/programme/entry") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.fileFormBytes)
            return try await changeEntry(visit, fields)
        }
        router.get("/console/programme/document") { request, _ in
            let visit = try await staff(of: request)
            let sheet = try await data.documentSheet(for: visit.person)
            return html(
                DocumentPage(sheet, shell: editorShell(visit), texts: visit.texts, csrf: visit.csrf))
        }
        router.post("/console/programme/document") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(
                request, secret: cookies.value(of: .staff, in: request), limit: Self.documentFormBytes)
            return try await changeDocument(visit, fields)
        }
        router.get("/console/programme/draft") { request, _ in
            let visit = try await staff(of: request)
            return try await draftPage(visit, DraftPage.Typed(), outcome: told("was", in: request))
        }
        router.post("/console/programme/draft") { request, _ in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request), limit: 65_536)
            return try await changeDraft(visit, fields)
        }
        router.get("/console/programme/versions") { request, _ in
            let visit = try await staff(of: request)
            let before = request.uri.queryParameters["before"].flatMap { Int64($0) }
            let list = try await data.editions(before: before, for: visit.person)
            return html(EditionsPage(list, shell: editorShell(visit), texts: visit.texts))
        }
        router.get("/console/programme/versions/{number}") { request, context in
            let visit = try await staff(of: request)
            return try await editionPage(visit, parameter("number", of: context))
        }
        router.post("/console/programme/versions/{number}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request), limit: 65_536)
            return try await rollBack(visit, parameter("number", of: context), fields)
        }
    }

    private func editorShell(_ visit: Visit<SiteStaff>) -> Shell { shell(visit, path: Self.programme) }

    /// Browsers send texts with CR LF.
    private static func lines(_ text: String?) -> String? { text?.replacing("\r\n", with: "\n") }

    private static func revision(_ fields: [String: String]) throws -> Int64 {
        guard let revision = fields["revision"].flatMap({ Int64($0) }) else { throw SiteProblem.formUnreadable }
        return revision
    }

    // MARK: Entries

    private func entryPage(
        _ visit: Visit<SiteStaff>, _ place: EntryPlace, showsYAML: Bool, typed: EntryPage.Typed = EntryPage.Typed(),
        outcome: EntryPage.Outcome? = nil
    ) async throws -> Response {
        guard let sheet = try await data.entry(place, for: visit.person, language: visit.texts.language) else {
            throw SiteProblem.notFound
        }
        let page = EntryPage(
            sheet, showsYAML: showsYAML, typed: typed, shell: editorShell(visit), texts: visit.texts,
            csrf: visit.csrf, outcome: outcome)
        return html(page, status: typed == EntryPage.Typed() ? .ok : .unprocessableContent)
    }

    private func newPage(
        _ visit: Visit<SiteStaff>, _ sheet: EntrySheet, _ typed: EntryPage.Typed = EntryPage.Typed()
    ) -> Response {
        let page = EntryPage(
            sheet, isNew: true, showsYAML: false, typed: typed, shell: editorShell(visit), texts: visit.texts,
            csrf: visit.csrf)
        return html(page, status: typed == EntryPage.Typed() ? .ok : .unprocessableContent)
    }

    /// What was filled in of the fields that a sheet has. A box that is not ticked is not sent.
    private static func values(_ fields: [String: String], of sheet: EntrySheet) -> [String: String] {
        var values: [String: String] = [:]
        for name in sheet.values.keys {
            if let value = lines(fields[name]) {
                values[name] = name.hasPrefix("when") ? value : value.trimmingSpaces()
            } else if name == "withdrawn" {
                values[name] = ""
            }
        }
        return values
    }

    private func create(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        guard let kind = fields["entry-kind"].flatMap({ EntryForm.Kind(rawValue: $0) }), let id = fields["id"] else {
            throw SiteProblem.formUnreadable
        }
        let sheet = try await data.newEntry(kind, for: visit.person, language: visit.texts.language)
        var typed = EntryPage.Typed(values: Self.values(fields, of: sheet), id: id)
        let outcome = try await data.edit(
            .create(kind, id: id, typed.values ?? [:]), revision: Self.revision(fields), for: visit.person)
        if case .saved(let place) = outcome {
            return redirect(to: place.map { $0.address() + "&was=saved" } ?? Self.programme)
        }
        say(outcome, visit.texts.editor, in: &typed)
        if outcome == .badName {
            typed.note = nil
            typed.idError = visit.texts.editor.badName
        }
        return newPage(visit, sheet, typed)
    }

    private func changeEntry(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        guard let path = fields["file"], let id = fields["entry"], let step = fields["do"] else {
            throw SiteProblem.formUnreadable
        }
        let place = EntryPlace(path, id: id)
        let revision = try Self.revision(fields)
        guard let sheet = try await data.entry(place, for: visit.person, language: visit.texts.language) else {
            // Taken out by the first of two equal forms.
            if step == "remove" { return redirect(to: Self.programme + "?was=removed") }
            throw SiteProblem.notFound
        }
        var typed = EntryPage.Typed()
        let edit: ProgrammeEdit
        switch step {
        case "form":
            let values = Self.values(fields, of: sheet)
            typed.values = values
            edit = .form(place, values)
        case "yaml":
            guard let text = Self.lines(fields["yaml"]) else { throw SiteProblem.formUnreadable }
            typed.yaml = text
            edit = .file(path: path, text: text)
        case "copy":
            typed.copyID = fields["as"] ?? ""
            edit = .duplicate(place, as: typed.copyID)
        case "remove": edit = .remove(place)
        case "on", "off": edit = .turn(place, on: step == "on")
        default: throw SiteProblem.formUnreadable
        }
        let outcome = try await data.edit(edit, revision: revision, for: visit.person)
        if case .saved(let now) = outcome {
            if step == "remove" { return redirect(to: Self.programme + "?was=removed") }
            return redirect(to: (now ?? place).address(step == "yaml" ? "yaml" : nil) + "&was=saved")
        }
        say(outcome, visit.texts.editor, in: &typed)
        if step == "copy", outcome == .badName {
            typed.note = nil
            typed.copyError = visit.texts.editor.badName
        }
        return try await entryPage(visit, place, showsYAML: step == "yaml", typed: typed)
    }

    /// What an outcome other than success means, said on the page.
    private func say(_ outcome: EditOutcome, _ words: EditorTexts, in typed: inout EntryPage.Typed) {
        if case .wrong(let problems) = outcome {
            typed.problems = problems
            typed.note = words.notSaved
        } else {
            typed.note = words.said(outcome)
        }
    }

    // MARK: The document

    private func changeDocument(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        guard let text = Self.lines(fields["yaml"]) else { throw SiteProblem.formUnreadable }
        let outcome = try await data.edit(.document(text), revision: Self.revision(fields), for: visit.person)
        if case .saved = outcome { return redirect(to: Self.programme + "/draft?was=saved") }
        var problems: [EditProblem] = []
        if case .wrong(let found) = outcome { problems = found }
        let page = DocumentPage(
            try await data.documentSheet(for: visit.person), typed: text, problems: problems,
            note: visit.texts.editor.said(outcome), shell: editorShell(visit), texts: visit.texts, csrf: visit.csrf)
        return html(page, status: .unprocessableContent)
    }

    // MARK: The draft

    private func draftPage(
        _ visit: Visit<SiteStaff>, _ typed: DraftPage.Typed, outcome: DraftPage.Outcome? = nil, isWrong: Bool = false
    ) async throws -> Response {
        guard let sheet = try await data.draftSheet(for: visit.person, language: visit.texts.language) else {
            return redirect(to: Self.programme + "?was=gone")
        }
        let page = DraftPage(
            sheet, typed: typed, shell: editorShell(visit), texts: visit.texts, csrf: visit.csrf, key: randomHex(),
            outcome: outcome)
        return html(page, status: isWrong ? .unprocessableContent : .ok)
    }

    private static func terms(_ fields: [String: String]) -> StepTerms {
        var terms = StepTerms()
        for (name, value) in fields where name.hasPrefix("live.") {
            terms.choices[String(name.dropFirst("live.".count))] = LiveChange.Choice(rawValue: value)
        }
        for language in Language.allCases {
            let text = fields["because." + language.rawValue]?.trimmingSpaces() ?? ""
            if !text.isEmpty { terms.because[language] = text }
        }
        return terms
    }

    private func changeDraft(_ visit: Visit<SiteStaff>, _ fields: [String: String]) async throws -> Response {
        let revision = try Self.revision(fields)
        let words = visit.texts.editor
        var typed = DraftPage.Typed(terms: Self.terms(fields), day: fields["at"] ?? "")
        func edit(_ edit: ProgrammeEdit, _ was: String) async throws -> Response {
            let outcome = try await data.edit(edit, revision: revision, for: visit.person)
            if case .saved = outcome { return redirect(to: was) }
            typed.note = words.said(outcome)
            return try await draftPage(visit, typed, isWrong: true)
        }
        switch fields["do"] {
        case "apply":
            let outcome = try await data.apply(draft: revision, typed.terms, for: visit.person)
            if case .applied = outcome { return redirect(to: Self.programme + "?was=applied") }
            if outcome == .gone { return redirect(to: Self.programme + "?was=gone") }
            if case .wrong(let problems) = outcome { typed.problems = problems }
            typed.note = words.said(outcome)
            return try await draftPage(visit, typed, isWrong: true)
        case "plan":
            guard let moment = LocalMoment(field: typed.day) else {
                typed.dayError = words.badTime
                return try await draftPage(visit, typed, isWrong: true)
            }
            let outcome = try await data.plan(
                draft: revision, at: moment, typed.terms, for: visit.person)
            if case .saved = outcome { return redirect(to: Self.programme + "/draft?was=planned") }
            if outcome == .badTime { typed.dayError = words.badTime } else { typed.note = words.said(outcome) }
            return try await draftPage(visit, typed, isWrong: true)
        case "unplan": return try await edit(.unplan, Self.programme + "/draft?was=unplanned")
        case "rebase-own":
            return try await edit(.rebase(keepsOwn: true), Self.programme + "/draft?was=rebased")
        case "rebase-other":
            return try await edit(.rebase(keepsOwn: false), Self.programme + "/draft?was=rebased")
        case "discard": return try await edit(.discard, Self.programme + "?was=discarded")
        case "try":
            (typed.event, typed.data) = (fields["event"] ?? "", fields["data"] ?? "")
            typed.trial = try await data.tryEvent(
                typed.event, data: typed.data, for: visit.person, language: visit.texts.language)
            return try await draftPage(visit, typed, isWrong: typed.trial?.problem != nil)
        case "backtest":
            if let id = try await data.backtestDraft(for: visit.person, key: formKey(fields)) {
                return redirect(to: "\(Self.backtests)/\(id)")
            }
            typed.note = visit.texts.backtests.refused
            return try await draftPage(visit, typed, isWrong: true)
        default: throw SiteProblem.formUnreadable
        }
    }

    // MARK: Versions

    private func editionPage(
        _ visit: Visit<SiteStaff>, _ number: String, terms: StepTerms = StepTerms(),
        problems: [EditProblem] = [], note: String? = nil
    ) async throws -> Response {
        guard let number = Int64(number), let sheet = try await data.edition(number, for: visit.person) else {
            throw SiteProblem.notFound
        }
        let page = EditionPage(
            sheet, terms: terms, problems: problems, note: note, shell: editorShell(visit), texts: visit.texts,
            csrf: visit.csrf)
        return html(page, status: note == nil ? .ok : .unprocessableContent)
    }

    private func rollBack(
        _ visit: Visit<SiteStaff>, _ number: String, _ fields: [String: String]
    ) async throws -> Response {
        guard let target = Int64(number), let current = fields["current"].flatMap({ Int64($0) }) else {
            throw SiteProblem.formUnreadable
        }
        let terms = Self.terms(fields)
        let outcome = try await data.rollBack(to: target, from: current, terms, for: visit.person)
        var problems: [EditProblem] = []
        switch outcome {
        case .applied: return redirect(to: Self.programme + "?was=applied")
        case .gone: throw SiteProblem.notFound
        case .wrong(let found): problems = found
        case .undecided, .outdated, .planned: break
        }
        return try await editionPage(
            visit, number, terms: terms, problems: problems, note: visit.texts.editor.said(outcome))
    }
}

extension EditorTexts {
    func said(_ outcome: EditOutcome) -> String {
        let words = self
        return switch outcome {
        case .saved: words.saved
        case .wrong: words.notSaved
        case .needsText: words.needsText
        case .badName: words.badName
        case .outdated: words.outdated
        case .planned: words.plannedClosed
        case .badTime: words.badTime
        case .gone: words.draftGone
        }
    }

    func said(_ outcome: ApplyOutcome) -> String {
        let words = self
        return switch outcome {
        case .applied: words.applied
        case .wrong: words.notApplied
        case .undecided: words.refusal(.undecided)
        case .outdated: words.outdated
        case .planned: words.plannedClosed
        case .gone: words.draftGone
        }
    }
}
