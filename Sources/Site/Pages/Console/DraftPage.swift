internal import Loyalty

/// What one document changes of another, with what must be decided first.
struct DifferenceView: Sendable, Equatable {
    struct Change: Sendable, Equatable {
        var thing: String
        var field: String?
        var from: String
        var to: String
    }

    var changes: [Change]
    var hasChanges: Bool
    var problems: [String]
    var hasProblems: Bool
    /// What members notice and nobody has to decide.
    var effects: [String]
    var hasEffects: Bool

    init(_ difference: ProgrammeDifference, _ texts: Texts) {
        let words = texts.editor
        changes = difference.changes.map { change in
            Change(
                thing: change.thing, field: change.field.isEmpty ? nil : change.field,
                from: change.kind == .added ? words.nothing : change.from ?? words.nothing,
                to: change.kind == .removed
                    ? words.gone : change.kind == .added ? words.new : change.to ?? words.nothing)
        }
        hasChanges = !changes.isEmpty
        problems = difference.problems.map { words.sentence($0, texts) }
        hasProblems = !problems.isEmpty
        effects = difference.questions.filter { !$0.isStated }.map { $0.id + ": " + $0.says }
        hasEffects = !effects.isEmpty
    }

    /// The questions about members who are in the middle of something.
    static func questions(
        _ difference: ProgrammeDifference, terms: StepTerms, _ texts: Texts
    ) -> [FieldView] {
        difference.questions.filter(\.isStated).map { question in
            FieldView(
                choice: question.id, id: "live-" + question.id, name: "live." + question.id,
                options: question.choices.map { (value: $0.rawValue, label: texts.editor.choice($0)) },
                chosen: (terms.choices[question.id] ?? question.choices.first)?.rawValue, hint: question.says)
        }
    }
}

/// The draft: what it changes, what is wrong with it, and how it comes into force.
struct DraftPage: Page {
    static let template = "console-draft"

    enum Outcome: String { case saved, planned, unplanned, rebased }

    struct Line: Sendable, Equatable {
        var source: String
        var outcome: String
        var amounts: String?
        var isGood: Bool
    }

    /// What was filled in, and what came of it.
    struct Typed: Sendable, Equatable {
        var terms = StepTerms()
        var day = ""
        var dayError: String?
        var event = ""
        var data = ""
        var trial: DraftTrial?
        var problems: [EditProblem] = []
        var note: String?
    }

    var shell: Shell
    var csrf: String
    var key: String
    var revision: String
    var about: String
    var note: String?
    var isGood: Bool
    var state: String?
    var difference: DifferenceView
    var questions: [FieldView]
    var hasQuestions: Bool
    /// Why it changes, for members.
    var because: [FieldView]
    var outdated: String?
    var conflicts: [String]
    var hasConflicts: Bool
    var canApply: Bool
    var isPlanned: Bool
    var mayChange: Bool
    var canPlanBack: Bool
    var when: FieldView
    var canTry: Bool
    var event: FieldView
    var data: FieldView
    var lines: [Line]
    var hasLines: Bool
    var nothingTried: String?

    init(
        _ sheet: DraftSheet, typed: Typed = Typed(), shell: Shell, texts: Texts, csrf: String, key: String,
        outcome: Outcome? = nil
    ) {
        let words = texts.editor
        self.shell = shell
        self.csrf = csrf
        self.key = key
        revision = String(sheet.note.revision)
        about = words.draftBy(sheet.note.by, texts.moment(sheet.note.when, today: sheet.today))
        switch outcome {
        case .saved?: note = words.saved
        case .planned?: note = words.planDone
        case .unplanned?: note = words.planBack
        case .rebased?: note = words.rebased
        case nil: note = typed.note
        }
        isGood = outcome != nil
        state = words.standing(of: sheet.note, today: sheet.today, texts)
        var all = sheet.difference
        all.problems += typed.problems.filter { !all.problems.contains($0) }
        difference = DifferenceView(all, texts)
        questions = DifferenceView.questions(sheet.difference, terms: typed.terms, texts)
        hasQuestions = !questions.isEmpty
        because = Language.allCases.filter { sheet.because[$0] != nil }.map { language in
            FieldView(
                words.because + " (" + Shell.ownName(of: language) + ")", name: "because." + language.rawValue,
                value: typed.terms.because[language] ?? sheet.because[language] ?? "", longest: 500)
        }
        let isOutdated = sheet.note.basedOn != sheet.version
        outdated =
            isOutdated ? words.outdatedDraft(texts.number(sheet.note.basedOn), texts.number(sheet.version)) : nil
        conflicts = sheet.conflicts
        hasConflicts = !sheet.conflicts.isEmpty
        isPlanned = sheet.note.planned != nil
        mayChange = sheet.mayChange
        let isWhole = sheet.difference.problems.isEmpty
        canApply = sheet.mayChange && isWhole && !isOutdated && !isPlanned && !sheet.difference.changes.isEmpty
        canPlanBack = sheet.mayChange && isPlanned
        when = FieldView(
            words.when, name: "at", type: "datetime-local", value: typed.day, hint: words.whenComes,
            error: typed.dayError)
        canTry = isWhole && !sheet.events.isEmpty
        event = FieldView(
            choice: words.field("trigger"), name: "event", options: sheet.events.map { ($0, $0) },
            chosen: typed.event.isEmpty ? sheet.events.first : typed.event)
        data = FieldView(
            area: words.data, name: "data", value: typed.data.isEmpty ? "{ }" : typed.data, hint: words.dataHint,
            error: typed.trial?.problem, longest: 4_000)
        lines = (typed.trial?.lines ?? []).map { line in
            Line(
                source: line.source, outcome: words.outcome(line.outcome),
                amounts: line.amounts.isEmpty
                    ? nil : line.amounts.map { texts.amount($0) }.joined(separator: texts.dates.join),
                isGood: line.outcome == .gives)
        }
        hasLines = !lines.isEmpty
        nothingTried = typed.trial.flatMap { $0.lines.isEmpty && $0.problem == nil ? words.nothingLooks : nil }
    }
}

/// The versions of a programme.
struct EditionsPage: Page {
    static let template = "console-versions"

    var shell: Shell
    var table: TableView?
    var older: String?

    init(_ list: EditionList, shell: Shell, texts: Texts) {
        let words = texts.editor
        self.shell = shell
        let today = list.today
        let columns: [TableColumn<ProgrammeEdition>] = [
            TableColumn("version", words.version) { edition in
                TableView.Cell(
                    texts.number(edition.number), href: "/console/programme/versions/\(edition.number)")
            },
            TableColumn("when", words.since) { TableView.Cell(texts.moment($0.when, today: today)) },
            TableColumn("by", words.byWhom) { edition in
                TableView.Cell(edition.by, more: edition.note.isEmpty ? nil : edition.note)
            },
        ]
        table =
            list.editions.isEmpty
            ? nil
            : TableView(
                list.editions, columns, caption: words.versions, query: TableQuery(),
                path: "/console/programme/versions", texts: texts, perPage: max(list.editions.count, 1))
        older = list.older.map { "/console/programme/versions?before=\($0)" }
    }
}

/// One version: what it changed, and the way back to it.
struct EditionPage: Page {
    static let template = "console-version"

    var shell: Shell
    var csrf: String
    var title: String
    var about: String
    var note: String?
    var changed: DifferenceView?
    var isFirst: Bool
    var back: DifferenceView?
    var backTitle: String
    var isSame: Bool
    var questions: [FieldView]
    var hasQuestions: Bool
    var canGoBack: Bool
    var current: String
    var action: String

    init(
        _ sheet: EditionSheet, terms: StepTerms = StepTerms(), problems: [EditProblem] = [],
        note: String? = nil, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.editor
        self.shell = shell
        self.csrf = csrf
        self.note = note
        let number = texts.number(sheet.edition.number)
        title = words.versionNumber(number)
        about =
            words.sinceBy(texts.moment(sheet.edition.when, today: sheet.today), sheet.edition.by)
            + (sheet.edition.note.isEmpty ? "" : " · " + sheet.edition.note)
        changed = sheet.changed.map { DifferenceView($0, texts) }
        isFirst = sheet.changed == nil
        var all = sheet.back
        all?.problems += problems
        back = all.map { DifferenceView($0, texts) }
        backTitle = words.backTo(number)
        isSame = sheet.back.map { $0.changes.isEmpty && $0.problems.isEmpty } ?? false
        questions = sheet.back.map { DifferenceView.questions($0, terms: terms, texts) } ?? []
        hasQuestions = !questions.isEmpty
        canGoBack = sheet.mayChange && (sheet.back.map { $0.problems.isEmpty && !$0.changes.isEmpty } ?? false)
        current = String(sheet.current)
        action = "/console/programme/versions/\(sheet.edition.number)"
    }
}
