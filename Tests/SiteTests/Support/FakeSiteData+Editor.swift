import Hummingbird
import Loyalty
import Synchronization

@testable import Site

/// A draft with one changed rule. What is done to it is noted, and who may only look is refused.
extension FakeSiteData {
    private func note(_ what: String, _ staff: SiteStaff) throws {
        guard staff.staff != "reader" else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append(what) }
    }

    func programmeDesk(for staff: SiteStaff, language: Site.Language) async throws -> ProgrammeDesk {
        Samples.programmeDesk(language)
    }

    func entry(_ place: EntryPlace, for staff: SiteStaff, language: Site.Language) async throws -> EntrySheet? {
        switch place.path {
        case "rules/read.yaml": Samples.ruleSheet
        case "events/read.yaml": EntrySheet(place: place, name: "read", yaml: "event: read\n", revision: 4)
        case "programme.yaml" where place.id == "gold": Samples.tierSheet
        default: nil
        }
    }

    func newEntry(
        _ kind: EntryForm.Kind, for staff: SiteStaff, language: Site.Language
    ) async throws -> EntrySheet {
        var sheet = Samples.ruleSheet
        (sheet.place, sheet.name, sheet.yaml, sheet.kind) = (EntryPlace(""), "", nil, kind)
        return sheet
    }

    func documentSheet(for staff: SiteStaff) async throws -> DocumentSheet {
        DocumentSheet(text: "--- # programme.yaml\nprogramme: <a>\n", revision: 4)
    }

    /// Finds fault with a condition that says "wrong".
    func edit(_ edit: ProgrammeEdit, revision: Int64, for staff: SiteStaff) async throws -> EditOutcome {
        try note("\(edit)", staff)
        guard revision == 4 else { return .outdated }
        switch edit {
        case .form(_, let values) where values["when"]?.contains("wrong") == true:
            return .wrong([
                EditProblem(
                    field: "when", path: "rules/read.yaml", line: 2, column: 7, message: "There is no 'wrong'.",
                    fix: "Did you mean <share>?")
            ])
        case .create(_, let id, _) where id == "read": return .badName
        case .create(let kind, let id, _): return .saved(EntryPlace("\(kind.rawValue)s/\(id).yaml"))
        case .duplicate(_, let id) where id == "read": return .badName
        case .duplicate(_, let id): return .saved(EntryPlace("rules/\(id).yaml"))
        case .file(_, let text) where text.contains("wrong"):
            return .wrong([EditProblem(path: "rules/read.yaml", line: 3, column: 1, message: "This is not YAML.")])
        default: return .saved(nil)
        }
    }

    func draftSheet(for staff: SiteStaff, language: Site.Language) async throws -> DraftSheet? { Samples.draftSheet }

    func tryEvent(
        _ type: String, data: String, for staff: SiteStaff, language: Site.Language
    ) async throws -> DraftTrial? {
        data.hasPrefix("{") ? Samples.trial(language) : DraftTrial(problem: "This is no JSON object.")
    }

    func backtestDraft(for staff: SiteStaff, key: String) async throws -> String? {
        try note("backtest", staff)
        return "b1"
    }

    func apply(
        draft revision: Int64, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> ApplyOutcome {
        try note("apply \(terms.choices["challenge.five"]?.rawValue ?? "-") \(terms.because[.en] ?? "-")", staff)
        return revision == 4 ? .applied(9) : .outdated
    }

    func plan(
        draft revision: Int64, at moment: LocalMoment, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> EditOutcome {
        try note("plan \(moment.field)", staff)
        return moment.day.year < 2025 ? .badTime : .saved(nil)
    }

    func editions(before: Int64?, for staff: SiteStaff) async throws -> EditionList { Samples.editions }

    func edition(_ number: Int64, for staff: SiteStaff) async throws -> EditionSheet? {
        (1...8).contains(number) ? Samples.editionSheet : nil
    }

    func rollBack(
        to number: Int64, from current: Int64, _ terms: StepTerms, for staff: SiteStaff
    ) async throws -> ApplyOutcome {
        try note("back \(number) \(current)", staff)
        return current == 8 ? .applied(9) : .outdated
    }
}

extension Samples {
    static let choices = EditorChoices(events: ["read", "watched"], units: ["ink"], languages: [.nl, .en])
    static let draftNote = DraftNote(
        revision: 4, basedOn: 8, by: "Noor <b>", when: LocalMoment(today, minute: 600))
    static let edition = ProgrammeEdition(
        number: 8, when: LocalMoment(today, minute: 540), by: "Sam", note: "console")

    static func programmeDesk(_ language: Site.Language) -> ProgrammeDesk {
        let place = EntryPlace("rules/read.yaml")
        let title = say(language, nl: "Gelezen", en: "Read <b>", ja: "読了")
        return ProgrammeDesk(
            today: today, version: edition,
            sections: [
                ProgrammeDesk.Section(
                    name: "rules", kind: .rule,
                    entries: [
                        ProgrammeDesk.Entry(place: place, name: "read", title: title, state: .off, isChanged: true),
                        ProgrammeDesk.Entry(place: place, name: "other"),
                    ]), ProgrammeDesk.Section(name: "rewards", kind: .reward, entries: []),
            ], draft: draftNote)
    }

    static let ruleSheet = EntrySheet(
        place: EntryPlace("rules/read.yaml"), name: "read", kind: .rule,
        values: [
            "why.nl": "Gelezen", "why.en": "Read <b>", "trigger": "read", "when": "event.share >= 0.7", "amount": "10",
            "unit": "ink", "limit": "amount", "limit-number": "50", "limit-period": "day",
            "from": "2025-11-01T09:00", "until": "",
        ], yaml: "rule: read\n", choices: choices, revision: 4, canTurn: true)

    static let tierSheet = EntrySheet(
        place: EntryPlace("programme.yaml", id: "gold"), name: "gold", kind: .tier,
        values: ["name.nl": "Goud", "name.en": "Gold", "at": "150"], choices: choices, revision: 4)

    static let rewardSheet = EntrySheet(
        place: EntryPlace("rewards/tote.yaml"), name: "tote", kind: .reward,
        values: [
            "name.nl": "Tas", "name.en": "Bag", "text.nl": "", "text.en": "", "kind": "physical", "price": "100",
            "price-unit": "ink", "stock": "9", "per-member": "1", "when": "", "from": "", "until": "",
            "withdrawn": "yes",
        ], yaml: "reward: tote\n", choices: choices, revision: 4, state: .off, canTurn: true)

    static let difference = ProgrammeDifference(
        problems: [EditProblem(path: "rules/a.yaml", line: 2, column: 3, message: "It is <wrong>.", fix: "Mend it.")],
        changes: [
            DocumentChange(thing: "rule read", field: "then.0.award.amount", from: "10", to: "12"),
            DocumentChange(kind: .added, thing: "rule new"), DocumentChange(kind: .removed, thing: "badge voice"),
        ],
        questions: [
            LiveQuestion(id: "challenge.five", says: "The target is nearer.", choices: [.keep, .restart]),
            LiveQuestion(id: "rule.read", says: "Its limits change.", choices: [.keep], isStated: false),
        ])

    static var whole: ProgrammeDifference {
        var whole = difference
        whole.problems = []
        return whole
    }

    static let draftSheet = DraftSheet(
        today: today, note: draftNote, version: 8, difference: whole, events: ["read", "watched"],
        because: [.en: "Because <b>", .nl: ""])

    static func trial(_ language: Site.Language) -> DraftTrial {
        DraftTrial(lines: [
            DraftTrial.Line(source: "rule read", outcome: .gives, amounts: [Amount(12, ink(language))]),
            DraftTrial.Line(source: "rule other", outcome: .notMet),
        ])
    }

    static let editions = EditionList(today: today, editions: [edition], older: 8)
    static let editionSheet = EditionSheet(
        today: today, edition: edition, changed: whole, current: 8, back: whole)

    /// The pages of the programme editor, for the tests of all pages.
    static func editorPages(_ language: Site.Language, _ shell: Shell) -> [any Page] {
        let texts = Texts.of(language)
        let trial = trial(language)
        var outdated = DraftSheet(
            today: today, note: draftNote, version: 9, difference: difference, conflicts: ["rules/a.yaml"])
        outdated.note.refusal = .undecided
        var planned = draftSheet
        planned.note.planned = LocalMoment(today, minute: 700)
        var closed = ruleSheet
        closed.isPlanned = true
        let challenge = EntrySheet(
            place: EntryPlace("challenges/five.yaml"), name: "five", kind: .challenge,
            values: [
                "name.nl": "Vijf", "why.nl": "x", "count": "read", "when": "", "target": "5", "every": "week",
                "join": "", "amount": "3", "unit": "ink",
            ], yaml: "challenge: five\n", choices: choices)
        let wrong = EntryPage.Typed(
            values: ["when": "wrong <b>"], id: "a", idError: "x", copyID: "b", copyError: "y",
            problems: [
                EditProblem(field: "when", line: 1, column: 2, message: "m", fix: "f"),
                EditProblem(path: "rules/read.yaml", line: 1, column: 2, message: "n"),
            ], note: "z")
        return [
            ProgrammePage(programmeDesk(language), shell: shell, texts: texts, outcome: .gone),
            ProgrammePage(
                ProgrammeDesk(today: today, version: edition, mayChange: false), shell: shell, texts: texts),
            EntryPage(ruleSheet, showsYAML: false, typed: wrong, shell: shell, texts: texts, csrf: "c"),
            EntryPage(ruleSheet, showsYAML: true, typed: wrong, shell: shell, texts: texts, csrf: "c"),
            EntryPage(closed, showsYAML: false, shell: shell, texts: texts, csrf: "c", outcome: .saved),
            EntryPage(ruleSheet, isNew: true, showsYAML: false, typed: wrong, shell: shell, texts: texts, csrf: "c"),
            EntryPage(tierSheet, showsYAML: true, shell: shell, texts: texts, csrf: "c"),
            EntryPage(rewardSheet, showsYAML: false, shell: shell, texts: texts, csrf: "c"),
            EntryPage(challenge, showsYAML: false, shell: shell, texts: texts, csrf: "c"),
            EntryPage(
                EntrySheet(place: EntryPlace("events/read.yaml"), name: "read", yaml: "event: read\n"),
                showsYAML: false, shell: shell, texts: texts, csrf: "c"),
            DocumentPage(
                DocumentSheet(text: "x"), typed: "<y>", problems: difference.problems, note: "n", shell: shell,
                texts: texts, csrf: "c"),
            DocumentPage(DocumentSheet(text: "x", isPlanned: true), shell: shell, texts: texts, csrf: "c"),
            DraftPage(
                draftSheet, typed: DraftPage.Typed(dayError: "d", trial: trial, note: "n"), shell: shell, texts: texts,
                csrf: "c", key: "k"),
            DraftPage(
                draftSheet, typed: DraftPage.Typed(trial: DraftTrial()), shell: shell, texts: texts, csrf: "c",
                key: "k", outcome: .saved),
            DraftPage(outdated, shell: shell, texts: texts, csrf: "c", key: "k"),
            DraftPage(planned, shell: shell, texts: texts, csrf: "c", key: "k", outcome: .planned),
            EditionsPage(editions, shell: shell, texts: texts),
            EditionsPage(EditionList(today: today), shell: shell, texts: texts),
            EditionPage(editionSheet, problems: difference.problems, note: "n", shell: shell, texts: texts, csrf: "c"),
            EditionPage(editionSheet, shell: shell, texts: texts, csrf: "c"),
            EditionPage(
                EditionSheet(today: today, edition: edition, current: 8), shell: shell, texts: texts, csrf: "c"),
        ]
    }

    /// The texts of the editor that take values, with values that can be recognised.
    static func editorWords(_ texts: Texts) -> [String: String] {
        [
            "editor.inForce": texts.editor.inForce("‹1›", "‹2›", "‹3›"),
            "editor.versionNumber": texts.editor.versionNumber("‹1›"),
            "editor.sinceBy": texts.editor.sinceBy("‹1›", "‹2›"),
            "editor.backTo": texts.editor.backTo("‹1›"),
            "editor.draftBy": texts.editor.draftBy("‹1›", "‹2›"),
            "editor.outdatedDraft": texts.editor.outdatedDraft("‹1›", "‹2›"),
            "editor.plannedFor": texts.editor.plannedFor("‹1›"),
            "editor.place": texts.editor.place("‹1›", "‹2›"),
            "editor.newEntry": texts.editor.newEntry("‹1›"),
            "editor.section": texts.editor.section("rules"),
            "editor.kindName": texts.editor.kindName("rule"),
            "editor.field": texts.editor.field("why"),
            "editor.limit": texts.editor.limit("times"),
            "editor.period": texts.editor.period("day"),
            "editor.join": texts.editor.join("member"),
            "editor.rewardKind": texts.editor.rewardKind("donation"),
            "editor.state": texts.editor.state(.off),
            "editor.choice": texts.editor.choice(.restart),
            "editor.outcome": texts.editor.outcome(.notMet),
            "editor.refusal": texts.editor.refusal(.role),
        ]
    }
}
