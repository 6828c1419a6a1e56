import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// The programme editor: a draft of the document, changed entry by entry in its own text.
extension SiteAdapter {
    /// What is in force, and what is being made of it.
    struct EditorState {
        var version: ProgrammeVersion
        var current: ProgrammeDocument
        var draft: ProgrammeDraft?

        /// What is edited.
        var document: ProgrammeDocument { draft?.document ?? current }
    }

    func editorState(_ staff: SiteStaff) async throws -> EditorState {
        guard try await may(.programmeRead, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let current = try await home.versions.loadCurrent(programme) else { throw ProgrammeGone() }
        let draft = try await home.database.read { try ProgrammeDrafts.load(programme, $0) }
        return EditorState(version: current.version, current: current.document, draft: draft)
    }

    /// Who may change the programme; throws for everybody else.
    func editor(_ staff: SiteStaff) async throws -> Principal {
        guard let principal = try await principal(of: staff), principal.allows(.programmeWrite, in: staff.programme.id)
        else { throw HTTPError(.forbidden) }
        return principal
    }

    func zoneName(of staff: SiteStaff) -> String { engine.host[staff.programme.id]?.programme.timeZone ?? "UTC" }

    func today(of staff: SiteStaff) throws -> LocalDay {
        guard let view = view(staff.programme.id, .en) else { throw ProgrammeGone() }
        return LocalDay(daysSinceEpoch: Int(programmeDay(view)))
    }

    func localMoment(_ instant: Instant, _ staff: SiteStaff) -> LocalMoment {
        let zone = zoneName(of: staff)
        let local = instant.seconds + (engine.zones.offset(zone: zone, at: instant.seconds) ?? 0)
        let day = Int((Double(local) / 86_400).rounded(.down))
        return LocalMoment(LocalDay(daysSinceEpoch: day), minute: Int((local - Int64(day) * 86_400) / 60))
    }

    /// The point in time that the programme's clocks show as this; `nil` where a change of the clock skips it.
    func instant(_ moment: LocalMoment, _ staff: SiteStaff) -> Instant? {
        let zone = zoneName(of: staff)
        let local = Int64(moment.day.daysSinceEpoch) * 86_400 + Int64(moment.minute ?? 0) * 60
        var seconds = local
        for _ in 0..<2 { seconds = local - (engine.zones.offset(zone: zone, at: seconds) ?? 0) }
        return seconds + (engine.zones.offset(zone: zone, at: seconds) ?? 0) == local ? Instant(seconds: seconds) : nil
    }

    /// The name of a member of staff, or the word that is stored.
    func author(_ stored: String) async throws -> String {
        let id = stored.hasPrefix("staff:") ? String(stored.dropFirst("staff:".count)) : stored
        guard let id = ID128(id), let account = try await home.access.staff.find(id) else { return stored }
        return account.name
    }

    func edition(_ version: ProgrammeVersion, _ staff: SiteStaff) async throws -> ProgrammeEdition {
        ProgrammeEdition(
            number: version.number, when: localMoment(version.appliedAt, staff),
            by: try await author(version.appliedBy),
            note: version.note)
    }

    func note(_ draft: ProgrammeDraft, _ staff: SiteStaff) async throws -> DraftNote {
        DraftNote(
            revision: draft.revision, basedOn: draft.basedOn, by: try await author(draft.changedBy),
            when: localMoment(draft.changedAt, staff), planned: draft.plan.map { localMoment($0.at, staff) },
            refusal: draft.refusal)
    }

    // MARK: The list

    func programmeDesk(for staff: SiteStaff, language: PageLanguage) async throws -> ProgrammeDesk {
        let state = try await editorState(staff)
        var note: DraftNote?
        if let draft = state.draft { note = try await self.note(draft, staff) }
        let list = EditorList(
            document: state.document, current: state.current, reading: readings.reading(state.document),
            before: readings.reading(state.current), language: language, now: engine.clock.now())
        return ProgrammeDesk(
            today: try today(of: staff), version: try await edition(state.version, staff), sections: list.sections,
            draft: note, mayChange: try await may(.programmeWrite, staff))
    }

    // MARK: One entry

    func entry(_ place: EntryPlace, for staff: SiteStaff, language: PageLanguage) async throws -> EntrySheet? {
        let state = try await editorState(staff)
        let document = state.document
        let programme = readings.reading(document)
        var sheet = EntrySheet(
            place: place, name: place.id, choices: Self.choices(programme), revision: state.draft?.revision ?? 0,
            isPlanned: state.draft?.plan != nil, mayChange: try await may(.programmeWrite, staff))
        if place.path == EditorList.texts {
            guard let programme, let text = programme.texts[place.id] else { return nil }
            sheet.kind = .text
            for language in programme.languages {
                sheet.values["text.\(language.rawValue)"] = text.values[language] ?? ""
            }
            return sheet
        }
        guard let bytes = document[place.path], place.path != EditorList.changes else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let languages = programme?.languages ?? []
        if place.path == EditorList.root, !place.id.isEmpty {
            guard let editor = DocumentEditor(text), editor.exists(["tiers", "levels", place.id]) else { return nil }
            sheet.kind = .tier
            sheet.values = EntryForm(.tier, id: place.id, in: editor, languages: languages).values
            return sheet
        }
        guard place.id.isEmpty else { return nil }
        sheet.name = EditorList.name(of: place.path)
        sheet.yaml = text
        guard let kind = EntryForm.Kind(path: place.path), let editor = DocumentEditor(text) else { return sheet }
        sheet.kind = kind
        sheet.values = shown(EntryForm(kind, id: "", in: editor, languages: languages).values, staff)
        sheet.state = EditorList.state(of: place.path, in: programme, now: engine.clock.now())
        sheet.canTurn = kind == .rule || kind == .reward
        return sheet
    }

    func newEntry(_ kind: EntryForm.Kind, for staff: SiteStaff, language: PageLanguage) async throws -> EntrySheet {
        let state = try await editorState(staff)
        let programme = readings.reading(state.document)
        let choices = Self.choices(programme)
        var sheet = EntrySheet(
            place: EntryPlace(""), name: "", kind: kind, choices: choices, revision: state.draft?.revision ?? 0,
            isPlanned: state.draft?.plan != nil, mayChange: try await may(.programmeWrite, staff))
        let languages = programme?.languages ?? []
        if kind == .tier {
            sheet.values["at"] = ""
            for language in languages { sheet.values["name.\(language.rawValue)"] = "" }
        } else if kind == .text {
            for language in languages { sheet.values["text.\(language.rawValue)"] = "" }
        } else if let editor = DocumentEditor(Self.blank(kind, id: "new", choices)) {
            sheet.values = EntryForm(kind, id: "", in: editor, languages: languages).values
        }
        return sheet
    }

    static func blank(_ kind: EntryForm.Kind, id: String, _ choices: EditorChoices) -> String {
        EntryForm.blank(kind, id: id, event: choices.events.first ?? "event", unit: choices.units.first ?? "points")
    }

    static func choices(_ programme: Programme?) -> EditorChoices {
        EditorChoices(
            events: programme?.events.map(\.id) ?? [], units: programme?.units.map(\.id) ?? [],
            languages: programme?.languages.map(\.page) ?? [])
    }

    /// Points in time as the programme's clocks show them; what cannot be shown so is not offered.
    func shown(_ values: [String: String], _ staff: SiteStaff) -> [String: String] {
        var values = values
        for name in ["from", "until"] {
            guard let value = values[name], !value.isEmpty else { continue }
            values[name] = RFC3339.parse(value).map { localMoment($0, staff).field }
        }
        return values
    }

    func documentSheet(for staff: SiteStaff) async throws -> DocumentSheet {
        let state = try await editorState(staff)
        return DocumentSheet(
            text: state.document.stream, revision: state.draft?.revision ?? 0, isPlanned: state.draft?.plan != nil,
            mayChange: try await may(.programmeWrite, staff))
    }

    // MARK: Changing the draft

    func edit(_ edit: ProgrammeEdit, revision: Int64, for staff: SiteStaff) async throws -> EditOutcome {
        _ = try await editor(staff)
        let state = try await editorState(staff)
        switch edit {
        case .discard, .unplan, .rebase: return try await handle(edit, revision, state, staff)
        default: break
        }
        if state.draft?.plan != nil { return .planned }
        let change: EditorChange
        do {
            change = try EditorChange(edit, in: state.document, staff: staff, adapter: self)
        } catch let refusal as EditorChange.Refusal {
            return refusal.outcome
        } catch let problems as DocumentProblems {
            return .wrong(problems.problems.map { EditProblem($0) })
        }
        // Sent twice, it stands there already.
        if change.document == state.document { return .saved(change.place) }
        guard (state.draft?.revision ?? 0) == revision else { return .outdated }
        var draft =
            state.draft
            ?? ProgrammeDraft(
                document: change.document, basedOn: state.version.number, changedBy: staff.staff,
                changedAt: engine.clock.now())
        draft.document = change.document
        return try await save(draft, "draft.save", what: change.what, staff) ? .saved(change.place) : .outdated
    }

    private func handle(
        _ edit: ProgrammeEdit, _ revision: Int64, _ state: EditorState, _ staff: SiteStaff
    ) async throws -> EditOutcome {
        guard var draft = state.draft else { return edit == .discard ? .saved(nil) : .gone }
        if edit == .unplan, draft.plan == nil { return .saved(nil) }
        guard draft.revision == revision else { return .outdated }
        if edit != .unplan, draft.plan != nil { return .planned }
        switch edit {
        case .discard:
            let entry = try await audit("draft.discard", staff)
            let programme = staff.programme.id
            let isGone = try await home.database.write { connection in
                guard try ProgrammeDrafts.remove(programme, revision: revision, connection) else { return false }
                try Audit.append(connection, entry)
                return true
            }
            return isGone ? .saved(nil) : .outdated
        case .unplan:
            draft.plan = nil
            return try await save(draft, "draft.unplan", staff) ? .saved(nil) : .outdated
        case .rebase(let keepsOwn):
            guard let base = try await home.versions.load(staff.programme.id, version: draft.basedOn)?.document else {
                return .gone
            }
            do {
                draft.document = try ProgrammeDraft.rebased(
                    draft.document, from: base, onto: state.current, keepsOwn: keepsOwn)
            } catch {
                return .wrong(error.problems.map { EditProblem($0) })
            }
            draft.basedOn = state.version.number
            return try await save(draft, "draft.rebase", staff) ? .saved(nil) : .outdated
        default: return .gone
        }
    }

    func save(_ draft: ProgrammeDraft, _ action: String, what: String? = nil, _ staff: SiteStaff) async throws -> Bool {
        var draft = draft
        draft.changedBy = staff.staff
        draft.changedAt = engine.clock.now()
        draft.refusal = nil
        let entry = try await audit(action, staff, after: what)
        let programme = staff.programme.id
        return try await home.database.write { [draft] connection in
            guard try ProgrammeDrafts.save(draft, of: programme, connection) else { return false }
            try Audit.append(connection, entry)
            return true
        }
    }

    func audit(_ action: String, _ staff: SiteStaff, after: String? = nil) async throws -> AuditEntry {
        AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(try await editor(staff)),
            action: action, object: "programme:\(staff.programme.id.name)", after: after)
    }
}

/// The document after one change, with the text around it as it was.
struct EditorChange {
    var document: ProgrammeDocument
    var place: EntryPlace?
    /// For the audit log: names of files and entries, no texts.
    var what: String

    struct Refusal: Error { var outcome: EditOutcome }

    init(_ edit: ProgrammeEdit, in document: ProgrammeDocument, staff: SiteStaff, adapter: SiteAdapter) throws {
        self.document = document
        place = nil
        what = ""
        switch edit {
        case .form(let place, let values): try fill(place, values, staff, adapter)
        case .create(let kind, let id, let values): try create(kind, id, values, staff, adapter)
        case .file(let path, let text):
            guard document[path] != nil else { throw Refusal(outcome: .gone) }
            try put(path, text)
            place = EntryPlace(path)
            try check(path, nil, adapter)
        case .document(let text):
            self.document = try ProgrammeDocument(stream: text)
            what = "document"
            guard self.document.reading?.id == nil || self.document.reading?.id == staff.programme.id else {
                throw Refusal(
                    outcome: .wrong([
                        EditProblem(
                            path: EditorList.root,
                            message: "The document is of another programme than this console.")
                    ]))
            }
            // What cannot be read cannot be edited any further either.
            let problems = self.document.check(zones: adapter.engine.zones).errors
            guard problems.isEmpty else {
                throw Refusal(outcome: .wrong(problems.prefix(50).map { EditProblem($0) }))
            }
        case .duplicate(let place, let id): try copy(place, id, adapter)
        case .remove(let place): try remove(place)
        case .turn(let place, let isOn): try turn(place, isOn, adapter)
        case .rebase, .discard, .unplan: throw Refusal(outcome: .gone)
        }
    }

    private mutating func put(_ path: String, _ text: String?) throws {
        var files = document.files.filter { $0.path != path }
        if let text { files.append(ProgrammeDocument.File(path: path, bytes: Array(text.utf8))) }
        document = try ProgrammeDocument(files: files)
        what = path
    }

    private func editor(_ path: String) throws -> DocumentEditor {
        guard let bytes = document[path] else { throw Refusal(outcome: .gone) }
        guard let editor = DocumentEditor(String(decoding: bytes, as: UTF8.self)) else {
            throw Refusal(outcome: .needsText)
        }
        return editor
    }

    private mutating func fill(
        _ place: EntryPlace, _ values: [String: String], _ staff: SiteStaff, _ adapter: SiteAdapter
    ) throws {
        self.place = place
        let languages = document.reading?.languages ?? []
        if place.path == EditorList.texts { return try fillText(place.id, values, languages, adapter) }
        guard let kind = EntryForm.Kind(place) else { throw Refusal(outcome: .gone) }
        var editor = try editor(place.path)
        if kind == .tier, !editor.exists(["tiers", "levels", place.id]) { throw Refusal(outcome: .gone) }
        let known = EntryForm(kind, id: place.id, in: editor, languages: languages).values
        let written = try Self.written(values, known, staff, adapter)
        if EntryForm.write(written, kind, id: place.id, into: &editor, languages: languages) != nil {
            throw Refusal(outcome: .needsText)
        }
        try put(place.path, editor.text)
        try check(place.path, (kind, place.id), adapter)
        if kind == .tier { what = "tier " + place.id }
    }

    /// Points in time as the document has them; one that did not change is left as it is written.
    private static func written(
        _ values: [String: String], _ known: [String: String], _ staff: SiteStaff, _ adapter: SiteAdapter
    ) throws -> [String: String] {
        var written = values
        let shown = adapter.shown(known, staff)
        for name in ["from", "until"] {
            guard let value = values[name] else { continue }
            if value == shown[name] {
                written[name] = known[name]
            } else if !value.isEmpty {
                guard let instant = LocalMoment(field: value).flatMap({ adapter.instant($0, staff) }) else {
                    throw Refusal(
                        outcome: .wrong([EditProblem(field: name, message: "This is not a point in time.")]))
                }
                written[name] = RFC3339.format(instant)
            }
        }
        return written
    }

    private mutating func fillText(
        _ key: String, _ values: [String: String], _ languages: [DocumentLanguage], _ adapter: SiteAdapter
    ) throws {
        for language in languages {
            guard let value = values["text.\(language.rawValue)"] else { continue }
            let path = "texts/\(language.rawValue).yaml"
            if document[path] == nil {
                if !value.isEmpty { try put(path, "\(key): x\n") }
                if value.isEmpty { continue }
            }
            var editor = try editor(path)
            guard editor.set([key], to: value.isEmpty ? nil : .text(value)) else {
                throw Refusal(outcome: .needsText)
            }
            try put(path, editor.text)
            try check(path, nil, adapter)
        }
        what = "text " + key
    }

    private mutating func create(
        _ kind: EntryForm.Kind, _ id: String, _ values: [String: String], _ staff: SiteStaff, _ adapter: SiteAdapter
    ) throws {
        guard Self.isName(id, allowsDots: kind == .text) else { throw Refusal(outcome: .badName) }
        let before = document
        let languages = document.reading?.languages ?? []
        if kind == .text { return try createText(id, values, languages, adapter) }
        if let path = kind.path(of: id) {
            place = EntryPlace(path)
            guard
                var editor = DocumentEditor(
                    SiteAdapter.blank(kind, id: id, SiteAdapter.choices(document.reading)))
            else { throw Refusal(outcome: .needsText) }
            let known = EntryForm(kind, id: "", in: editor, languages: languages).values
            let written = try Self.written(values, known, staff, adapter)
            if EntryForm.write(written, kind, id: "", into: &editor, languages: languages) != nil {
                throw Refusal(outcome: .needsText)
            }
            try put(path, editor.text)
            if let taken = before[path] {
                // The same form again made it before.
                guard document[path] == taken else { throw Refusal(outcome: .badName) }
                return
            }
            try check(path, (kind, ""), adapter)
            return
        }
        place = EntryPlace(EditorList.root, id: id)
        var editor = try editor(EditorList.root)
        guard !editor.exists(["tiers", "levels", id]) else {
            let known = EntryForm(.tier, id: id, in: editor, languages: languages).values
            guard values.allSatisfy({ known[$0.key] == $0.value }) else { throw Refusal(outcome: .badName) }
            return
        }
        let names = languages.compactMap { language -> String? in
            guard let name = values["name.\(language.rawValue)"], !name.isEmpty else { return nil }
            return "\(language.rawValue): x"
        }
        let level = "{ at: 0" + (names.isEmpty ? "" : ", name: { \(names.joined(separator: ", ")) }") + " }"
        guard editor.set(["tiers", "levels", id], to: .flow(level)),
            EntryForm.write(values, .tier, id: id, into: &editor, languages: languages) == nil
        else { throw Refusal(outcome: .needsText) }
        try put(EditorList.root, editor.text)
        try check(EditorList.root, (.tier, id), adapter)
        what = "tier " + id
    }

    private mutating func createText(
        _ key: String, _ values: [String: String], _ languages: [DocumentLanguage], _ adapter: SiteAdapter
    ) throws {
        place = EntryPlace(EditorList.texts, id: key)
        if let taken = document.reading?.texts[key] {
            // The same form again made it before.
            let isSame = languages.allSatisfy { values["text.\($0.rawValue)"] ?? "" == taken.values[$0] ?? "" }
            guard isSame else { throw Refusal(outcome: .badName) }
            return
        }
        guard values.values.contains(where: { !$0.isEmpty }) else {
            let field = "text.\(languages.first?.rawValue ?? "")"
            throw Refusal(outcome: .wrong([EditProblem(field: field, message: "The text is empty.")]))
        }
        try fillText(key, values, languages, adapter)
    }

    private mutating func copy(_ place: EntryPlace, _ id: String, _ adapter: SiteAdapter) throws {
        guard let kind = EntryForm.Kind(path: place.path), let path = kind.path(of: id), Self.isName(id) else {
            throw Refusal(outcome: .badName)
        }
        var editor = try editor(place.path)
        guard editor.set([kind.rawValue], to: .word(id)) else { throw Refusal(outcome: .needsText) }
        self.place = EntryPlace(path)
        if let taken = document[path] {
            guard taken == Array(editor.text.utf8) else { throw Refusal(outcome: .badName) }
            return
        }
        try put(path, editor.text)
        try check(path, nil, adapter)
    }

    private mutating func remove(_ place: EntryPlace) throws {
        if place.path == EditorList.texts {
            for file in document.files where file.path.hasPrefix("texts/") {
                guard var editor = DocumentEditor(String(decoding: file.bytes, as: UTF8.self)),
                    editor.exists([place.id])
                else { continue }
                if editor.keys().count == 1 {
                    try put(file.path, nil)
                } else if editor.set([place.id], to: nil) {
                    try put(file.path, editor.text)
                } else {
                    throw Refusal(outcome: .needsText)
                }
            }
            what = "text " + place.id
            return
        }
        if !place.id.isEmpty {
            var editor = try editor(EditorList.root)
            guard editor.keys(of: ["tiers", "levels"]).count > 1, editor.set(["tiers", "levels", place.id], to: nil)
            else { throw Refusal(outcome: .needsText) }
            try put(EditorList.root, editor.text)
            what = "tier " + place.id
            return
        }
        guard document[place.path] != nil, place.path != EditorList.root else { throw Refusal(outcome: .gone) }
        try put(place.path, nil)
    }

    /// A rule's time ends now, or has no end; a reward is taken out of the shop, or put back.
    private mutating func turn(_ place: EntryPlace, _ isOn: Bool, _ adapter: SiteAdapter) throws {
        self.place = place
        guard let kind = EntryForm.Kind(path: place.path), kind == .rule || kind == .reward else {
            throw Refusal(outcome: .gone)
        }
        let now = adapter.engine.clock.now()
        let state = EditorList.state(of: place.path, in: document.reading, now: now)
        guard (state == .off) == isOn else { return }
        var editor = try editor(place.path)
        let isDone =
            switch (kind, isOn) {
            case (.reward, true) where editor.exists(["withdrawn"]): editor.set(["withdrawn"], to: nil)
            case (.reward, false): editor.set(["withdrawn"], to: .word("true"))
            case (_, true): editor.set(["valid", "until"], to: nil)
            case (_, false):
                editor.set(
                    ["valid", "until"], to: .word(RFC3339.format(Instant(seconds: now.seconds))),
                    order: ["rule", "trigger", "when", "then", "limits", "cooldown", "valid"])
            }
        guard isDone else { throw Refusal(outcome: .needsText) }
        try put(place.path, editor.text)
        try check(place.path, nil, adapter)
    }

    static func isName(_ id: String, allowsDots: Bool = false) -> Bool {
        let bytes = Array(id.utf8)
        func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
        return (1...64).contains(bytes.count) && isLetter(bytes[0]) && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy {
                isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
                    || allowsDots && $0 == UInt8(ascii: ".")
            }
    }

    /// Refuses a file with errors; each at the field that wrote what is wrong.
    private func check(_ path: String, _ form: (kind: EntryForm.Kind, id: String)?, _ adapter: SiteAdapter) throws {
        let errors = document.check(zones: adapter.engine.zones).errors.filter { $0.path == path }
        guard !errors.isEmpty else { return }
        var fields: [EntryForm.Field] = []
        let editor = document[path].flatMap { DocumentEditor(String(decoding: $0, as: UTF8.self)) }
        if let form, let editor {
            fields =
                EntryForm(form.kind, id: form.id, in: editor, languages: document.reading?.languages ?? []).fields
        }
        let problems = errors.map { error in
            var problem = EditProblem(error)
            guard let editor,
                let field = fields.first(where: {
                    !$0.keys.isEmpty && editor.holds($0.keys, line: error.line, column: error.column)
                })
            else { return problem }
            problem.field = field.name
            // A limit is one piece of YAML and three fields.
            if field.name == "limit" { problem.field = "limit-number" }
            let place =
                ["when", "amount"].contains(field.name)
                ? editor.place(line: error.line, column: error.column, in: field.keys) : nil
            (problem.line, problem.column) = place ?? (0, 0)
            return problem
        }
        throw Refusal(outcome: .wrong(problems))
    }
}

extension EditProblem {
    init(_ problem: DocumentProblem) {
        self.init(
            path: problem.path, line: problem.line, column: problem.column, message: problem.message, fix: problem.fix)
    }
}

extension EntryForm.Kind {
    /// What a form shows of a place; `nil` where there is none.
    init?(_ place: EntryPlace) {
        if place.path == EditorList.root, !place.id.isEmpty {
            self = .tier
        } else {
            self.init(path: place.path)
        }
    }
}
