internal import Primitives
internal import Runtime

/// The ways between the pages of the privacy office.
private func officeTabs(_ current: String, _ texts: Texts) -> [TabView] {
    let words = texts.office
    return [
        (words.requests, StamgastSite.privacyOffice), (words.recordsTitle, StamgastSite.privacyOffice + "/records"),
        (words.breachTitle, StamgastSite.privacyOffice + "/breach"),
    ].map { TabView($0.0, href: $0.1, isCurrent: $0.1 == current) }
}

/// The requests of data subjects, by their last day.
struct PrivacyOfficePage: Page {
    static let template = "privacy-office"

    struct Level: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// A letter that is being entered.
    struct Draft: Sendable, Equatable {
        var kind: String?
        var member = ""
        var received: String?
        var memberProblem: String?
        var receivedProblem: String?
        var isWrong: Bool { memberProblem != nil || receivedProblem != nil }
    }

    var shell: Shell
    var tabs: [TabView]
    var table: TableView?
    var fields: [FieldView]
    var errors: FormErrorsView?
    var levels: [Level]
    var csrf: String
    var key: String

    init(
        _ office: PrivacyOffice, draft: Draft = Draft(), query: TableQuery, shell: Shell, texts: Texts, csrf: String,
        key: String
    ) {
        let words = texts.office
        self.shell = shell
        self.csrf = csrf
        self.key = key
        tabs = officeTabs(StamgastSite.privacyOffice, texts)
        levels = office.levels.map { level in
            let name =
                switch level.level {
                case .off: texts.common.levelOff
                case .session: texts.common.levelSession
                case .persona: texts.common.levelPersona
                case .personal: texts.common.levelPersonal
                }
            return Level(name: name, value: level.members.map { texts.number($0) } ?? words.few)
        }
        fields = [
            FieldView(
                choice: words.rightsKind, name: "kind",
                options: PrivacyRequest.Kind.allCases.map { ($0.rawValue, words.kind($0.rawValue)) },
                chosen: draft.kind),
            FieldView(
                words.letterMember, name: "member", value: draft.member, hint: words.letterMemberHint,
                error: draft.memberProblem, longest: 36),
            FieldView(
                words.letterReceived, name: "received", type: "date",
                value: draft.received ?? Self.text(of: office.today), error: draft.receivedProblem, isRequired: true),
        ]
        errors = FormErrorsView(fields)
        if !office.requests.isEmpty { table = Self.table(office, query, texts) }
    }

    /// As a date field holds it.
    private static func text(of day: LocalDay) -> String {
        CivilDate(daysSinceEpoch: day.daysSinceEpoch).description
    }

    private static func table(_ office: PrivacyOffice, _ query: TableQuery, _ texts: Texts) -> TableView {
        let words = texts.office
        let today = office.today
        return TableView(
            office.requests,
            [
                TableColumn("kind", words.rightsKind) { request in
                    TableView.Cell(
                        words.kind(request.kind.rawValue),
                        more: request.isLetter ? words.letter : nil,
                        href: WebLink(path: ["console", "privacy", "requests", request.id.description]).address)
                },
                TableColumn<PrivacyRequest>("due", words.dueColumn) { request in
                    let due = LocalDay(daysSinceEpoch: Int(request.dueDay))
                    let isLate = !request.state.isOver && due < today
                    return TableView.Cell(texts.day(due, today: today), pill: isLate ? words.late : nil)
                }.sorted { .number(Double($0.dueDay)) },
                TableColumn<PrivacyRequest>("state", words.stateColumn) { TableView.Cell(words.state($0.state)) },
                TableColumn<PrivacyRequest>("identity", words.identityColumn) { request in
                    TableView.Cell(request.identity.map { words.identity($0) } ?? words.unchecked)
                },
            ], caption: words.requests, query: query, path: StamgastSite.privacyOffice, texts: texts, perPage: 25)
    }
}

/// One request with what can be done with it now.
struct PrivacyCasePage: Page {
    static let template = "privacy-case"

    struct Form: Sendable, Equatable {
        var step: String
        var field: FieldView
        var button: String
        var action: String
        var csrf: String
    }

    var shell: Shell
    var heading: String
    var facts: [String]
    var note: String?
    var refusal: String?
    var written: String
    var answer: String?
    var isOpen: Bool
    var forms: [Form]

    init(
        _ found: PrivacyCase, refusal: String? = nil, isDone: Bool = false, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.office
        let (request, today) = (found.request, found.today)
        func date(_ day: Int32) -> String { texts.date(LocalDay(daysSinceEpoch: Int(day)), today: today) }
        self.shell = shell
        self.refusal = refusal
        note = isDone ? words.stepDone : nil
        heading = words.kind(request.kind.rawValue)
        facts = [
            words.state(request.state), words.received(date(request.receivedDay)),
            request.endedDay.map { words.ended(date($0)) } ?? words.due(date(request.dueDay)),
            request.extended.map { words.extended($0) },
            request.identity.map { words.identity($0) } ?? words.unchecked,
            request.refusal.map { words.refusal($0) },
            request.member.map { words.member(String($0.description.prefix(8))) } ?? words.noMember,
            request.isLetter ? words.letter : nil,
        ].compactMap { $0 }
        written =
            !found.mayRead && (request.hasText || request.hasAnswer)
            ? words.sealed : found.text ?? words.nothingWritten
        answer = found.answer
        isOpen = !request.state.isOver
        let action = WebLink(path: ["console", "privacy", "requests", request.id.description]).address
        func form(_ step: String, _ button: String, _ field: FieldView) -> Form {
            Form(step: step, field: field, button: button, action: action, csrf: csrf)
        }
        forms = []
        if request.identity == nil, request.state == .open {
            forms.append(
                form(
                    "check", words.check,
                    FieldView(
                        choice: words.identityColumn, id: "field-check", name: "value",
                        options: PrivacyRequest.Identity.allCases.map { ($0.rawValue, words.identity($0)) },
                        hint: words.checkHint)))
        }
        if request.identity != nil {
            forms.append(
                form(
                    "complete", words.complete,
                    FieldView(
                        area: words.answerHeading, id: "field-complete", name: "value",
                        hint: request.kind == .erasure ? words.eraseHint : words.completeHint,
                        longest: PrivacyRequests.longestText)))
        }
        guard request.state == .open else { return }
        if request.extended == nil, LocalDay(daysSinceEpoch: Int(request.dueDay)) >= today {
            forms.append(
                form(
                    "extend", words.extend,
                    FieldView(
                        choice: words.reason, id: "field-extend", name: "value",
                        options: PrivacyRequest.Extension.allCases.map { ($0.rawValue, words.extended($0)) })))
        }
        forms.append(
            form(
                "refuse", words.refuse,
                FieldView(
                    choice: words.reason, id: "field-refuse", name: "value",
                    options: PrivacyRequest.Refusal.allCases.map { ($0.rawValue, words.refusal($0)) })))
        if !found.alike.isEmpty {
            forms.append(
                form(
                    "duplicate", words.duplicate,
                    FieldView(
                        choice: words.duplicateOf, id: "field-duplicate", name: "value",
                        options: found.alike.map { other in
                            (other.id.description, words.received(date(other.receivedDay)))
                        }, hint: words.duplicateHint)))
        }
    }
}

/// The record of processing with the facts of the impact assessment.
struct PrivacyRecordsPage: Page {
    static let template = "privacy-records"

    struct Event: Sendable, Equatable {
        var id: String
        var keep: String
        var fields: String
    }

    struct Purpose: Sendable, Equatable {
        var heading: String
        var events: [Event]
    }

    var shell: Shell
    var tabs: [TabView]
    var facts: [String]
    var purposes: [Purpose]
    var traits: [String]
    var recipients: [String]

    init(_ sheet: ProcessingSheet, shell: Shell, texts: Texts) {
        let words = texts.office
        self.shell = shell
        tabs = officeTabs(StamgastSite.privacyOffice + "/records", texts)
        facts = [
            words.recordsVersion(texts.number(sheet.version)), words.recordsDigest(sheet.digest),
            words.recordsFewest(texts.number(sheet.fewest)),
        ]
        purposes = sheet.purposes.map { purpose in
            Purpose(
                heading: words.recordsPurpose(purpose.id),
                events: purpose.events.map { event in
                    Event(
                        id: event.id,
                        keep: event.keep.isEmpty
                            ? words.recordsKeptNot : event.keep.joined(separator: texts.dates.join),
                        fields: event.fields.joined(separator: texts.dates.join))
                })
        }
        (traits, recipients) = (sheet.traits, sheet.recipients)
    }
}

/// What a leak would lay open, and what to do then.
struct PrivacyBreachPage: Page {
    static let template = "privacy-breach"

    var shell: Shell
    var tabs: [TabView]
    var facts: [String]
    var steps: [String]
    var table: TableView?

    init(_ set: AffectedSet, query: TableQuery, shell: Shell, texts: Texts) {
        let words = texts.office
        self.shell = shell
        let path = StamgastSite.privacyOffice + "/breach"
        tabs = officeTabs(path, texts)
        facts = [words.breachCounted(RFC3339.format(set.at)), words.breachClock(Self.deadline(of: set))]
        steps = words.breachList
        if !set.tables.isEmpty {
            table = TableView(
                set.tables,
                [
                    TableColumn("table", words.breachTable) { table in
                        TableView.Cell(table.name, more: words.domain(table.domain), isCode: true)
                    },
                    TableColumn<AffectedSet.Table>("members", words.breachMembers, isNumber: true) {
                        TableView.Cell(texts.number($0.members))
                    }.sorted { .number(Double($0.members)) },
                    TableColumn<AffectedSet.Table>("rows", words.breachRows, isNumber: true) {
                        TableView.Cell(texts.number($0.rows))
                    }.sorted { .number(Double($0.rows)) },
                    TableColumn("facts", words.breachFacts) { table in
                        TableView.Cell(table.columns.joined(separator: texts.dates.join))
                    },
                ], caption: words.breachTitle, query: query, path: path, texts: texts, perPage: 100)
        }
    }

    /// 72 hours after it was counted (article 33(1)), if the leak was found then.
    static func deadline(of set: AffectedSet) -> String {
        RFC3339.format(set.at.adding(milliseconds: 72 * 3_600_000))
    }
}
