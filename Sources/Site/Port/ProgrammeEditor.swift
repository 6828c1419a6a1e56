public import Loyalty
public import Primitives

/// Where an entry of a programme's document stands.
public struct EntryPlace: Sendable, Hashable {
    /// The file.
    public var path: String
    /// A tier of the file of the programme, or the key of a text; empty for a file that is one entry.
    public var id: String

    public init(_ path: String, id: String = "") {
        self.path = path
        self.id = id
    }
}

/// The programme as it is written: what is in force, with a draft where there is one.
public struct ProgrammeDesk: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It works.
        case on
        /// It will.
        case later
        /// Its time is over, or it was taken out.
        case off
    }

    public struct Entry: Sendable, Hashable {
        public var place: EntryPlace
        public var name: String
        public var title: Wording?
        public var state: State
        /// Whether the draft says something else than what is in force.
        public var isChanged: Bool

        public init(
            place: EntryPlace, name: String, title: Wording? = nil, state: State = .on, isChanged: Bool = false
        ) {
            self.place = place
            self.name = name
            self.title = title
            self.state = state
            self.isChanged = isChanged
        }
    }

    public struct Section: Sendable, Hashable {
        /// The folder, or `tiers`, `texts` or `programme`.
        public var name: String
        /// What a new one here is; `nil` where a form makes none.
        public var kind: EntryForm.Kind?
        public var entries: [Entry]

        public init(name: String, kind: EntryForm.Kind? = nil, entries: [Entry]) {
            self.name = name
            self.kind = kind
            self.entries = entries
        }
    }

    public var today: LocalDay
    public var version: ProgrammeEdition
    public var sections: [Section]
    public var draft: DraftNote?
    public var mayChange: Bool

    public init(
        today: LocalDay, version: ProgrammeEdition, sections: [Section] = [], draft: DraftNote? = nil,
        mayChange: Bool = true
    ) {
        self.today = today
        self.version = version
        self.sections = sections
        self.draft = draft
        self.mayChange = mayChange
    }
}

/// One version of a programme.
public struct ProgrammeEdition: Sendable, Hashable {
    public var number: Int64
    public var when: LocalMoment
    /// A member of staff by name, or a word such as `cli`.
    public var by: String
    public var note: String

    public init(number: Int64, when: LocalMoment, by: String, note: String = "") {
        self.number = number
        self.when = when
        self.by = by
        self.note = note
    }
}

/// A draft in a few words.
public struct DraftNote: Sendable, Hashable {
    public var revision: Int64
    public var basedOn: Int64
    public var by: String
    public var when: LocalMoment
    /// When it comes into force.
    public var planned: LocalMoment?
    public var refusal: ProgrammeDraft.Refusal?

    public init(
        revision: Int64, basedOn: Int64, by: String, when: LocalMoment, planned: LocalMoment? = nil,
        refusal: ProgrammeDraft.Refusal? = nil
    ) {
        self.revision = revision
        self.basedOn = basedOn
        self.by = by
        self.when = when
        self.planned = planned
        self.refusal = refusal
    }
}

/// What a form may offer.
public struct EditorChoices: Sendable, Hashable {
    public var events: [String]
    public var units: [String]
    public var languages: [Language]

    public init(events: [String] = [], units: [String] = [], languages: [Language] = []) {
        self.events = events
        self.units = units
        self.languages = languages
    }
}

/// One entry as it stands in the draft, or in force where there is none.
public struct EntrySheet: Sendable, Hashable {
    public var place: EntryPlace
    public var name: String
    /// `nil` where there is no form for it.
    public var kind: EntryForm.Kind?
    /// The fields that a form can change, by name; a point in time as `2026-03-01T09:00`, in the programme's time zone.
    public var values: [String: String]
    /// Its YAML; `nil` for what is a part of a file with others.
    public var yaml: String?
    public var choices: EditorChoices
    /// Of the draft; 0 where there is none.
    public var revision: Int64
    public var state: ProgrammeDesk.State
    /// Whether it can be switched on and off.
    public var canTurn: Bool
    public var isPlanned: Bool
    public var mayChange: Bool

    public init(
        place: EntryPlace, name: String, kind: EntryForm.Kind? = nil, values: [String: String] = [:],
        yaml: String? = nil, choices: EditorChoices = EditorChoices(), revision: Int64 = 0,
        state: ProgrammeDesk.State = .on, canTurn: Bool = false, isPlanned: Bool = false, mayChange: Bool = true
    ) {
        self.place = place
        self.name = name
        self.kind = kind
        self.values = values
        self.yaml = yaml
        self.choices = choices
        self.revision = revision
        self.state = state
        self.canTurn = canTurn
        self.isPlanned = isPlanned
        self.mayChange = mayChange
    }
}

/// A change of the draft.
public enum ProgrammeEdit: Sendable, Hashable {
    /// The fields of an entry.
    case form(EntryPlace, [String: String])
    case create(EntryForm.Kind, id: String, [String: String])
    /// A whole file.
    case file(path: String, text: String)
    /// The whole document, as one stream.
    case document(String)
    case duplicate(EntryPlace, as: String)
    case remove(EntryPlace)
    case turn(EntryPlace, on: Bool)
    /// The draft's own changes on top of the version in force.
    case rebase(keepsOwn: Bool)
    case discard
    /// Takes a plan back.
    case unplan
}

/// Something wrong with what was filled in.
public struct EditProblem: Sendable, Hashable {
    /// The field of the form; empty where it is none of them.
    public var field: String
    public var path: String
    /// From 1, within the field for a condition and otherwise in the file; 0 without a place.
    public var line: Int
    public var column: Int
    public var message: String
    public var fix: String?

    public init(
        field: String = "", path: String = "", line: Int = 0, column: Int = 0, message: String, fix: String? = nil
    ) {
        self.field = field
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.fix = fix
    }
}

/// What became of a change of the draft.
public enum EditOutcome: Sendable, Hashable {
    /// It stands in the draft now, or did already.
    case saved(EntryPlace?)
    /// Nothing was stored.
    case wrong([EditProblem])
    /// The text says this in a way that a form cannot change.
    case needsText
    /// The name is taken, or no name.
    case badName
    /// Somebody changed the draft meanwhile.
    case outdated
    /// The draft is planned, and so not changed.
    case planned
    /// A point in time that is over, or that no clock of the programme shows.
    case badTime
    /// There is no such entry, or no draft.
    case gone
}

/// A question about members who are in the middle of something.
public struct LiveQuestion: Sendable, Hashable {
    /// Such as `challenge.five-stories`.
    public var id: String
    public var says: String
    public var choices: [LiveChange.Choice]
    public var isStated: Bool

    public init(id: String, says: String, choices: [LiveChange.Choice], isStated: Bool = true) {
        self.id = id
        self.says = says
        self.choices = choices
        self.isStated = isStated
    }
}

/// One change of a programme: what it means, not how it is written.
public struct DocumentChange: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case added, removed, changed }

    public var kind: Kind
    /// Such as `rule curious-reader`.
    public var thing: String
    /// Which part of it.
    public var field: String
    public var from: String?
    public var to: String?

    public init(kind: Kind = .changed, thing: String, field: String = "", from: String? = nil, to: String? = nil) {
        self.kind = kind
        self.thing = thing
        self.field = field
        self.from = from
        self.to = to
    }
}

/// What one document would change of another.
public struct ProgrammeDifference: Sendable, Hashable {
    public var problems: [EditProblem]
    public var changes: [DocumentChange]
    public var questions: [LiveQuestion]

    public init(
        problems: [EditProblem] = [], changes: [DocumentChange] = [], questions: [LiveQuestion] = []
    ) {
        self.problems = problems
        self.changes = changes
        self.questions = questions
    }
}

/// The draft held against what is in force.
public struct DraftSheet: Sendable, Hashable {
    public var today: LocalDay
    public var note: DraftNote
    public var version: Int64
    public var difference: ProgrammeDifference
    /// Files that both the draft and a version since changed.
    public var conflicts: [String]
    public var events: [String]
    /// Why the programme changes, for its members, in every language of the programme.
    public var because: [Language: String]
    public var mayChange: Bool

    public init(
        today: LocalDay, note: DraftNote, version: Int64, difference: ProgrammeDifference = ProgrammeDifference(),
        conflicts: [String] = [], events: [String] = [], because: [Language: String] = [:], mayChange: Bool = true
    ) {
        self.today = today
        self.note = note
        self.version = version
        self.difference = difference
        self.conflicts = conflicts
        self.events = events
        self.because = because
        self.mayChange = mayChange
    }
}

/// The whole document as one text.
public struct DocumentSheet: Sendable, Hashable {
    public var text: String
    public var revision: Int64
    public var isPlanned: Bool
    public var mayChange: Bool

    public init(text: String, revision: Int64 = 0, isPlanned: Bool = false, mayChange: Bool = true) {
        self.text = text
        self.revision = revision
        self.isPlanned = isPlanned
        self.mayChange = mayChange
    }
}

/// What is said of the step to a new version.
public struct StepTerms: Sendable, Hashable {
    /// What becomes of members, by the questions' ids.
    public var choices: [String: LiveChange.Choice]
    /// Why it changes, for members; empty to say nothing.
    public var because: [Language: String]

    public init(choices: [String: LiveChange.Choice] = [:], because: [Language: String] = [:]) {
        self.choices = choices
        self.because = because
    }
}

/// What became of a document that was to come into force.
public enum ApplyOutcome: Sendable, Hashable {
    case applied(Int64)
    /// The draft has errors, or the operator does not allow it.
    case wrong([EditProblem])
    case undecided
    case outdated
    case planned
    case gone
}

/// What an event would give somebody new under the draft.
public struct DraftTrial: Sendable, Hashable {
    public struct Line: Sendable, Hashable {
        public var source: String
        public var outcome: RuleVerdict.Outcome
        public var amounts: [Amount]

        public init(source: String, outcome: RuleVerdict.Outcome, amounts: [Amount] = []) {
            self.source = source
            self.outcome = outcome
            self.amounts = amounts
        }
    }

    public var lines: [Line]
    /// Why the event is no event of this programme.
    public var problem: String?

    public init(lines: [Line] = [], problem: String? = nil) {
        self.lines = lines
        self.problem = problem
    }
}

/// The versions of a programme, the newest first.
public struct EditionList: Sendable, Hashable {
    public var today: LocalDay
    public var editions: [ProgrammeEdition]
    /// Where the next page begins.
    public var older: Int64?

    public init(today: LocalDay, editions: [ProgrammeEdition] = [], older: Int64? = nil) {
        self.today = today
        self.editions = editions
        self.older = older
    }
}

/// One version: what it changed, and what going back to it would.
public struct EditionSheet: Sendable, Hashable {
    public var today: LocalDay
    public var edition: ProgrammeEdition
    /// Against the one before; `nil` for the first, and where it cannot be told.
    public var changed: ProgrammeDifference?
    /// The number of the version in force.
    public var current: Int64
    /// Against the version in force; `nil` for that one itself.
    public var back: ProgrammeDifference?
    public var mayChange: Bool

    public init(
        today: LocalDay, edition: ProgrammeEdition, changed: ProgrammeDifference? = nil, current: Int64,
        back: ProgrammeDifference? = nil, mayChange: Bool = true
    ) {
        self.today = today
        self.edition = edition
        self.changed = changed
        self.current = current
        self.back = back
        self.mayChange = mayChange
    }
}

extension LocalMoment {
    /// What a browser sends of a day and a time: `2026-03-01T09:00`, with or without seconds.
    public init?(field: String) {
        let parts = field.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(String(parts[0])),
            let day = LocalDay(year: date.year, month: date.month, day: date.day)
        else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(clock.count), clock.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(clock[0]), let minute = Int(clock[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        self.init(day, minute: hour * 60 + minute)
    }

    /// The same, for a browser.
    public var field: String {
        func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
        let minute = minute ?? 0
        return day.iso + "T" + two(minute / 60) + ":" + two(minute % 60)
    }
}

/// What the programme editor needs. Everything throws an HTTP error with the status 403 for staff who may not.
public protocol EditorSiteData: Sendable {
    func programmeDesk(for staff: SiteStaff, language: Language) async throws -> ProgrammeDesk
    /// `nil` if there is no such entry.
    func entry(_ place: EntryPlace, for staff: SiteStaff, language: Language) async throws -> EntrySheet?
    /// A form for a new entry.
    func newEntry(_ kind: EntryForm.Kind, for staff: SiteStaff, language: Language) async throws -> EntrySheet
    func documentSheet(for staff: SiteStaff) async throws -> DocumentSheet
    /// Changes the draft, and begins one where there is none.
    ///
    /// - Parameter revision: of the draft that the form showed; 0 if there was none.
    func edit(_ edit: ProgrammeEdit, revision: Int64, for staff: SiteStaff) async throws -> EditOutcome
    /// `nil` if there is no draft.
    func draftSheet(for staff: SiteStaff, language: Language) async throws -> DraftSheet?
    /// Decides an event under the draft for somebody who is new; `nil` without a usable draft.
    ///
    /// - Parameter data: JSON.
    func tryEvent(
        _ type: String, data: String, for staff: SiteStaff, language: Language
    ) async throws -> DraftTrial?
    /// Holds the draft against history; `nil` where that cannot be ordered.
    func backtestDraft(for staff: SiteStaff, key: String) async throws -> String?
    /// Puts the draft in force.
    func apply(draft revision: Int64, _ terms: StepTerms, for staff: SiteStaff) async throws -> ApplyOutcome
    func plan(
        draft revision: Int64, at moment: LocalMoment, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> EditOutcome
    func editions(before: Int64?, for staff: SiteStaff) async throws -> EditionList
    func edition(_ number: Int64, for staff: SiteStaff) async throws -> EditionSheet?
    /// Puts an earlier document in force as a new version.
    ///
    /// - Parameter current: the version that it was held against.
    func rollBack(
        to number: Int64, from current: Int64, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> ApplyOutcome
}
