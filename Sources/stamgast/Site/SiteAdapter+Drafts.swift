import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// How a draft comes into force, and how an earlier version does again.
extension SiteAdapter {
    /// The versions on a page.
    private static let shownVersions = 25

    // MARK: What changes

    private func difference(from old: ProgrammeDocument, to new: ProgrammeDocument) -> ProgrammeDifference {
        let check = new.check(zones: engine.zones)
        var difference = ProgrammeDifference(problems: check.errors.prefix(50).map { EditProblem($0) })
        guard let before = old.reading, let after = check.programme ?? new.reading else { return difference }
        let diff = ProgrammeDiff(from: before, to: after)
        difference.changes = diff.changes.map { change in
            DocumentChange(
                kind: change.kind == .added ? .added : change.kind == .removed ? .removed : .changed,
                thing: change.id.isEmpty ? change.thing : change.thing + " " + change.id, field: change.field,
                from: change.from, to: change.to)
        }
        if difference.changes.isEmpty {
            // Comments, order, looks: the text is another, and what it means to the rules is the same.
            difference.changes = ProgrammeDraft.changedPaths(old, new).filter { $0 != EditorList.changes }.map {
                DocumentChange(thing: $0, from: "", to: "")
            }
        }
        difference.questions = diff.live.map { change in
            LiveQuestion(
                id: change.id.isEmpty ? change.thing : change.thing + "." + change.id, says: change.says,
                choices: change.choices, isStated: change.isStated)
        }
        return difference
    }

    /// The document with what becomes of members in the step from a version.
    private func stated(
        _ document: ProgrammeDocument, from base: Int64, of current: ProgrammeDocument,
        _ terms: StepTerms
    ) throws(DocumentProblems) -> ProgrammeDocument {
        let reading = document.reading
        // What the draft says itself holds unless somebody chose.
        if terms == StepTerms(), reading?.changes?.from == base { return document }
        var files = document.files.filter { $0.path != EditorList.changes }
        if let before = current.reading, let reading {
            var changes = ProgrammeChanges(from: base)
            for (id, choice) in terms.choices {
                let parts = id.split(separator: ".", maxSplits: 1).map(String.init)
                switch (parts.first, parts.count) {
                case ("challenge", 2): changes.challenges[parts[1]] = choice
                case ("streak", 2): changes.streaks[parts[1]] = choice
                case ("tier", 2): changes.tiers[parts[1]] = choice
                case ("tier", 1): changes.ladder = choice
                default: break
                }
            }
            let live = ProgrammeDiff(from: before, to: reading).live
            let lines = ProgrammeChanges.template(live, from: base, stated: changes)
            if let text = Self.explained(lines ?? "from: \(base)\n", terms.because),
                lines != nil || !terms.because.isEmpty
            {
                files.append(ProgrammeDocument.File(path: EditorList.changes, bytes: Array(text.utf8)))
            }
        }
        return try ProgrammeDocument(files: files)
    }

    /// What is said of members, with why the programme changes.
    private static func explained(_ changes: String, _ because: [PageLanguage: String]) -> String? {
        guard var editor = DocumentEditor(changes) else { return nil }
        for (language, text) in because.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard editor.set(["because", language.rawValue], to: .text(text)) else { return nil }
        }
        return editor.text
    }

    /// Puts a document in force.
    private func putInForce(
        _ document: ProgrammeDocument, from base: Int64, of current: ProgrammeDocument,
        _ terms: StepTerms, note: String, _ staff: SiteStaff
    ) async throws -> ApplyOutcome {
        do {
            let whole = try stated(document, from: base, of: current, terms)
            switch try await home.apply(whole, to: staff.programme.id, basedOn: base, by: staff.staff, note: note) {
            case .applied(let version), .unchanged(let version): return .applied(version.number)
            case .conflict: return .outdated
            }
        } catch let problems as DocumentProblems {
            return .wrong(problems.problems.prefix(50).map { EditProblem($0) })
        } catch let problem as CompilationProblem {
            return .wrong([EditProblem(path: problem.place, message: problem.message)])
        } catch is UndecidedChanges {
            return .undecided
        }
    }

    // MARK: The draft

    func draftSheet(for staff: SiteStaff, language: PageLanguage) async throws -> DraftSheet? {
        let state = try await editorState(staff)
        guard let draft = state.draft else { return nil }
        var conflicts: [String] = []
        if draft.basedOn != state.version.number,
            let base = try await home.versions.load(staff.programme.id, version: draft.basedOn)?.document
        {
            conflicts = ProgrammeDraft.conflicts(of: draft.document, from: base, onto: state.current)
                .filter { $0 != EditorList.changes }
        }
        let reading = draft.document.reading
        var because: [PageLanguage: String] = [:]
        for language in reading?.languages ?? [] {
            let own = reading?.changes?.from == draft.basedOn ? reading?.changes?.because.values[language] : nil
            because[language.page] = own ?? ""
        }
        return DraftSheet(
            today: try today(of: staff), note: try await note(draft, staff), version: state.version.number,
            difference: difference(from: state.current, to: draft.document), conflicts: conflicts,
            events: reading?.events.map(\.id) ?? [], because: because,
            mayChange: try await may(.programmeWrite, staff))
    }

    func tryEvent(
        _ type: String, data: String, for staff: SiteStaff, language: PageLanguage
    ) async throws -> DraftTrial? {
        let state = try await editorState(staff)
        guard let draft = state.draft, let view = view(staff.programme.id, language) else { return nil }
        guard case .object(let fields)? = try? JSONValue(parsing: Array(data.utf8)) else {
            return DraftTrial(problem: "This is no JSON object.")
        }
        let compiled: CompiledProgramme
        do {
            compiled = try CompiledProgramme(
                draft.document.programme(zones: engine.zones), version: state.version.number + 1, zones: engine.zones)
        } catch is DocumentProblems {
            return nil
        } catch is CompilationProblem {
            return nil
        }
        // Nobody: what a first event of this kind gives.
        let name = home.random.id().description
        guard let nobody = ExternalIdentity(.anonymous, name) else { return nil }
        let event = IncomingEvent(
            source: "console", id: name, type: type, time: engine.clock.now(), fields: fields)
        let answer = try await engine.simulate(
            EventEnvelope(event: event, user: nil, anonymous: nobody), in: staff.programme.id, under: compiled)
        switch answer {
        case .duplicate: return DraftTrial()
        case .quarantined(let problem):
            return DraftTrial(problem: (problem.field.map { $0 + ": " } ?? "") + problem.detail)
        case .decided(let simulation, _, _):
            return DraftTrial(
                lines: simulation.verdicts.map { verdict in
                    DraftTrial.Line(
                        source: verdict.kind.rawValue + " " + verdict.source, outcome: verdict.outcome,
                        amounts: verdict.awards.filter { $0.given != 0 }.map { view.amount($0.given, $0.unit) })
                })
        }
    }

    func backtestDraft(for staff: SiteStaff, key: String) async throws -> String? {
        let principal = try await editor(staff)
        let state = try await editorState(staff)
        guard let draft = state.draft else { return nil }
        let programme = staff.programme.id
        let actor = AuditActor(principal)
        do {
            let id = engine.holdID(
                programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "simulation\n" + staff.staff + key)
            let run = try await SimulationOrder.backtest(draft.document, from: nil, to: nil).order(
                id: id, by: actor.description, in: programme, engine)
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: actor, action: "simulation.order",
                object: "simulation:\(run.id)")
            try await home.database.write { try Audit.append($0, entry) }
            return run.id.description
        } catch is DocumentProblems {
            return nil
        } catch is CompilationProblem {
            return nil
        } catch is SimulationOrder.Problem {
            return nil
        }
    }

    func apply(draft revision: Int64, _ terms: StepTerms, for staff: SiteStaff) async throws -> ApplyOutcome {
        _ = try await editor(staff)
        let state = try await editorState(staff)
        guard let draft = state.draft else { return .gone }
        guard draft.plan == nil else { return .planned }
        guard draft.revision == revision else { return .outdated }
        let outcome = try await putInForce(
            draft.document, from: draft.basedOn, of: state.current, terms, note: "console", staff)
        guard case .applied(let version) = outcome else { return outcome }
        let entry = try await audit("programme.apply", staff, after: "version \(version)")
        let programme = staff.programme.id
        try await home.database.write { connection in
            try ProgrammeDrafts.remove(programme, revision: revision, connection)
            try Audit.append(connection, entry)
        }
        return outcome
    }

    func plan(
        draft revision: Int64, at moment: LocalMoment, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> EditOutcome {
        _ = try await editor(staff)
        let state = try await editorState(staff)
        guard var draft = state.draft else { return .gone }
        guard let at = instant(moment, staff), at > engine.clock.now() else { return .badTime }
        if let plan = draft.plan { return plan.at == at && plan.by == staff.staff ? .saved(nil) : .planned }
        guard draft.revision == revision, draft.basedOn == state.version.number else { return .outdated }
        do {
            let whole = try stated(draft.document, from: draft.basedOn, of: state.current, terms)
            let errors = whole.check(zones: engine.zones).errors
            guard errors.isEmpty else { return .wrong(errors.prefix(50).map { EditProblem($0) }) }
            draft.document = whole
        } catch {
            return .wrong(error.problems.map { EditProblem($0) })
        }
        draft.plan = ProgrammeDraft.Plan(at: at, by: staff.staff)
        return try await save(draft, "draft.plan", what: RFC3339.format(at), staff) ? .saved(nil) : .outdated
    }

    // MARK: Versions

    func editions(before: Int64?, for staff: SiteStaff) async throws -> EditionList {
        guard try await may(.programmeRead, staff) else { throw HTTPError(.forbidden) }
        let found = try await home.versions.list(
            staff.programme.id, before: before ?? .max, limit: Self.shownVersions + 1)
        var list = EditionList(today: try today(of: staff))
        for version in found.prefix(Self.shownVersions) { list.editions.append(try await edition(version, staff)) }
        if found.count > Self.shownVersions { list.older = list.editions.last?.number }
        return list
    }

    func edition(_ number: Int64, for staff: SiteStaff) async throws -> EditionSheet? {
        let state = try await editorState(staff)
        let programme = staff.programme.id
        guard let found = try await home.versions.load(programme, version: number) else { return nil }
        var sheet = EditionSheet(
            today: try today(of: staff), edition: try await edition(found.version, staff),
            current: state.version.number, mayChange: try await may(.programmeWrite, staff))
        if let before = try await home.versions.load(programme, version: number - 1)?.document {
            sheet.changed = difference(from: before, to: found.document)
            // It was in force: what a later release says of it is for going back to it.
            sheet.changed?.problems = []
            sheet.changed?.questions = []
        }
        if number != state.version.number {
            sheet.back = difference(from: state.current, to: found.document)
        }
        return sheet
    }

    func rollBack(
        to number: Int64, from current: Int64, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> ApplyOutcome {
        _ = try await editor(staff)
        let state = try await editorState(staff)
        let programme = staff.programme.id
        guard let found = try await home.versions.load(programme, version: number),
            let base = try await home.versions.load(programme, version: current)?.document
        else { return .gone }
        guard number != current else { return .applied(number) }
        // What that version said of members was about another step.
        let document: ProgrammeDocument
        do {
            document = try ProgrammeDocument(files: found.document.files.filter { $0.path != EditorList.changes })
        } catch {
            return .wrong(error.problems.map { EditProblem($0) })
        }
        let outcome = try await putInForce(
            document, from: current, of: base, terms, note: "back to version \(number)", staff)
        if case .applied(let version) = outcome, version != state.version.number {
            let entry = try await audit("programme.roll-back", staff, after: "version \(version), as \(number)")
            try await home.database.write { try Audit.append($0, entry) }
        }
        return outcome
    }
}
