internal import Loyalty

extension EntryPlace {
    /// The page of the entry.
    func address(_ view: String? = nil) -> String {
        "/console/programme/entry?file=" + WebLink.encode(path) + (id.isEmpty ? "" : "&id=" + WebLink.encode(id))
            + (view.map { "&view=" + $0 } ?? "")
    }
}

/// The programme as it is written: every entry, and the draft.
struct ProgrammePage: Page {
    static let template = "console-programme"

    enum Outcome: String { case applied, discarded, gone, removed }

    struct Entry: Sendable, Equatable {
        var name: String
        var title: WordingView?
        var href: String
        var state: String?
        var changed: String?
    }

    struct Section: Sendable, Equatable {
        var id: String
        var title: String
        var count: String
        var entries: [Entry]
        var isEmptySection: Bool
        var add: String?
    }

    var shell: Shell
    var note: String?
    var isGood: Bool
    var inForce: String
    var draft: String?
    var draftMore: String?
    var isBad: Bool
    var sections: [Section]
    var mayChange: Bool

    init(_ desk: ProgrammeDesk, shell: Shell, texts: Texts, outcome: Outcome? = nil) {
        let words = texts.editor
        self.shell = shell
        mayChange = desk.mayChange
        isGood = outcome != .gone
        switch outcome {
        case .applied?: note = words.applied
        case .discarded?: note = words.discarded
        case .gone?: note = words.draftGone
        case .removed?: note = words.removed
        case nil: note = nil
        }
        inForce = words.inForce(
            texts.number(desk.version.number), texts.moment(desk.version.when, today: desk.today), desk.version.by)
        draft = desk.draft.map { words.draftBy($0.by, texts.moment($0.when, today: desk.today)) }
        draftMore = desk.draft.flatMap { words.standing(of: $0, today: desk.today, texts) }
        isBad = desk.draft?.refusal != nil
        let language = texts.language
        sections = desk.sections.map { section in
            Section(
                id: "section-" + section.name, title: words.section(section.name),
                count: texts.number(Int64(section.entries.count)),
                entries: section.entries.map { entry in
                    Entry(
                        name: entry.name, title: entry.title.map { WordingView($0, on: language) },
                        href: entry.place.address(), state: entry.state == .on ? nil : words.state(entry.state),
                        changed: entry.isChanged ? words.changedHere : nil)
                }, isEmptySection: section.entries.isEmpty,
                add: desk.mayChange ? section.kind.map { "/console/programme/new?kind=" + $0.rawValue } : nil)
        }
    }
}

extension EditorTexts {
    /// What is to become of a draft, or why nothing did.
    func standing(of draft: DraftNote, today: LocalDay, _ texts: Texts) -> String? {
        let words = texts.editor
        if let planned = draft.planned { return words.plannedFor(texts.moment(planned, today: today)) }
        return draft.refusal.map(words.refusal)
    }
}

/// One entry: as a form, and as it is written.
struct EntryPage: Page {
    static let template = "console-entry"

    enum Outcome: String { case saved }

    /// What stands in the forms of the page, and what is wrong with it.
    struct Typed: Sendable, Equatable {
        var values: [String: String]?
        var yaml: String?
        var id = ""
        var idError: String?
        var copyID = ""
        var copyError: String?
        var problems: [EditProblem] = []
        var note: String?
    }

    var shell: Shell
    var csrf: String
    var name: String
    var section: String
    var note: String?
    var isGood: Bool
    var tabs: [TabView]
    var hasTabs: Bool
    var action: String
    var file: String
    var id: String
    var kind: String?
    var revision: String
    var errors: FormErrorsView?
    var others: [String]
    var hasOthers: Bool
    var idField: FieldView?
    var fields: [EntryField]
    var isForm: Bool
    var yaml: FieldView?
    var noForm: String?
    var mayChange: Bool
    var isNew: Bool
    var canCopy: Bool
    /// A programme always has its own file.
    var canRemove: Bool
    var copy: FieldView?
    var turn: String?
    var turnTo: String
    var turnText: String?
    var hasDraft: Bool
    var isPlanned: Bool

    init(
        _ sheet: EntrySheet, isNew: Bool = false, showsYAML: Bool, typed: Typed = Typed(), shell: Shell, texts: Texts,
        csrf: String, outcome: Outcome? = nil
    ) {
        let words = texts.editor
        self.shell = shell
        self.csrf = csrf
        self.isNew = isNew
        let form = EntryFields(sheet, typed: typed.values, problems: typed.problems, texts: texts)
        let hasForm = !form.names.isEmpty
        let asText = showsYAML && sheet.yaml != nil || !hasForm
        name = isNew ? words.newEntry(words.kindName(sheet.kind?.rawValue ?? "")) : sheet.name
        section = sheet.place.path
        // What is wrong is said in a list of its own.
        note = typed.problems.isEmpty ? typed.note ?? (outcome == .saved ? words.saved : nil) : nil
        isGood = typed.note == nil
        action = isNew ? "/console/programme/new" : "/console/programme/entry"
        file = sheet.place.path
        id = sheet.place.id
        kind = isNew ? sheet.kind?.rawValue : nil
        revision = String(sheet.revision)
        mayChange = sheet.mayChange && !sheet.isPlanned
        isPlanned = sheet.isPlanned
        hasDraft = sheet.revision != 0
        // A tier is a part of the file of the programme: its YAML is that file.
        let isPart = sheet.yaml == nil && sheet.kind == .tier
        tabs =
            hasForm && (sheet.yaml != nil || isPart) && !isNew
            ? [
                TabView(words.form, href: sheet.place.address(), isCurrent: !asText),
                TabView(
                    words.yaml,
                    href: isPart ? EntryPlace(sheet.place.path).address() : sheet.place.address("yaml"),
                    isCurrent: asText),
            ] : []
        hasTabs = !tabs.isEmpty
        isForm = !asText
        fields = asText ? [] : form.fields
        idField =
            isNew
            ? FieldView(
                words.field("id"), name: "id", value: typed.id, hint: words.idHint, error: typed.idError,
                isRequired: true, longest: 64, autocomplete: "off") : nil
        let shown = asText ? [] : Set(form.names)
        others = typed.problems.filter { !shown.contains($0.field) }.map { words.sentence($0, texts) }
        hasOthers = !others.isEmpty
        yaml =
            asText
            ? FieldView(
                area: words.yaml, name: "yaml", value: typed.yaml ?? sheet.yaml ?? "", hint: words.yamlHint,
                error: hasOthers ? words.wrong : nil) : nil
        noForm = asText && !hasForm ? words.noForm : nil
        errors = FormErrorsView(
            [idField].compactMap { $0 } + fields.compactMap(\.plain)
                + fields.compactMap { field in
                    field.condition.flatMap { condition in
                        condition.error.map {
                            FieldView(condition.label, id: condition.id, name: condition.name, error: $0)
                        }
                    }
                })
        canCopy = mayChange && !isNew && sheet.place.id.isEmpty && sheet.kind != nil
        canRemove = sheet.place.path != "programme.yaml" || !sheet.place.id.isEmpty
        copy =
            canCopy
            ? FieldView(
                words.copyName, id: "copy-id", name: "as", value: typed.copyID, hint: words.idHint,
                error: typed.copyError, isRequired: true, longest: 64, autocomplete: "off") : nil
        let canTurn = mayChange && !isNew && sheet.canTurn
        turn = canTurn ? (sheet.state == .off ? words.turnOn : words.turnOff) : nil
        turnTo = sheet.state == .off ? "on" : "off"
        turnText = canTurn ? (sheet.state == .off ? words.turnOnText : words.turnOffText) : nil
    }
}

extension EditorTexts {
    /// A problem with its place.
    func sentence(_ problem: EditProblem, _ texts: Texts) -> String {
        var place = problem.path
        if problem.line > 0 {
            let here = self.place(texts.number(Int64(problem.line)), texts.number(Int64(problem.column)))
            place += place.isEmpty ? here : ", " + here
        }
        let said = problem.message + (problem.fix.map { " " + $0 } ?? "")
        return place.isEmpty ? said : place + (problem.line > 0 ? " " : ": ") + said
    }
}

/// The whole document as one text.
struct DocumentPage: Page {
    static let template = "console-document"

    var shell: Shell
    var csrf: String
    var revision: String
    var note: String?
    var problems: [String]
    var hasProblems: Bool
    var yaml: FieldView
    var mayChange: Bool
    var isPlanned: Bool

    init(
        _ sheet: DocumentSheet, typed: String? = nil, problems: [EditProblem] = [], note: String? = nil, shell: Shell,
        texts: Texts, csrf: String
    ) {
        let words = texts.editor
        self.shell = shell
        self.csrf = csrf
        self.note = note
        revision = String(sheet.revision)
        self.problems = problems.map { words.sentence($0, texts) }
        hasProblems = !problems.isEmpty
        yaml = FieldView(
            area: words.document, name: "yaml", value: typed ?? sheet.text, hint: words.documentHint,
            error: hasProblems ? words.wrong : nil)
        mayChange = sheet.mayChange && !sheet.isPlanned
        isPlanned = sheet.isPlanned
    }
}
