internal import Primitives
internal import Runtime

/// *My data*: what is known, who looked, and the rights.
struct DataPage: Page {
    static let template = "data"

    enum Outcome: String, Sendable { case corrected, sent, withdrawn }

    struct Look: Sendable, Equatable {
        var day: String
        var why: String
        var fields: String
    }

    struct Request: Sendable, Equatable {
        var id: String
        var kind: String
        var state: String
        var when: String
        var isOpen: Bool
        var csrf: String
    }

    /// A request that is being written, with what is wrong with it.
    struct Draft: Sendable, Equatable {
        var kind: String?
        var text = ""
        var problem: String?
    }

    var shell: Shell
    var note: String?
    var vault: [PrivacyPage.Row]
    var traits: PrivacyPage.Traits?
    var kept: [PrivacyPage.Row]
    var notKept: [String]
    var looks: [Look]
    var requests: [Request]
    var hasRequests: Bool
    var fields: [FieldView]
    var errors: FormErrorsView?
    var csrf: String
    var key: String

    init(
        _ known: OwnData, _ rights: OwnRights, draft: Draft = Draft(), outcome: Outcome? = nil, shell: Shell,
        texts: Texts, csrf: String, key: String
    ) {
        let words = texts.office
        self.shell = shell
        self.csrf = csrf
        self.key = key
        note = outcome.map { outcome in
            switch outcome {
            case .corrected: words.detailsDone
            case .sent: words.rightsSent
            case .withdrawn: words.withdrawn
            }
        }
        let own = texts.own
        func row(_ name: String, _ value: String, why: String? = nil) -> PrivacyPage.Row {
            PrivacyPage.Row(name: WordingView(plain: name), value: value, why: why)
        }
        vault =
            known.identifiers.map { row(PrivacyPage.identifier($0.kind, own), $0.value) }
            + known.fields.map { row(PrivacyPage.field($0.kind, own), $0.value) }
        let told = known.traits.map {
            PrivacyPage.Row(name: WordingView($0.title, on: texts.language), value: $0.value)
        }
        traits = told.isEmpty ? nil : PrivacyPage.Traits(rows: told)
        kept = OwnData.Kind.allCases.map { kind in
            let (name, why) = PrivacyPage.words(kind, own)
            return row(
                name, texts.number(known.counts[kind] ?? 0),
                why: why + texts.sentenceGap + (kind == .events ? own.keepEvents : own.keepMember))
        }
        notKept = (known.level == .personal ? [] : [own.notReading]) + [own.notDevice, own.notOthers]
        looks = rights.looks.map { look in
            Look(
                day: texts.date(look.day, today: rights.today), why: words.purpose(look.purpose),
                fields: look.fields.joined(separator: texts.dates.join))
        }
        requests = rights.requests.map { request in
            let day = request.endedDay ?? request.dueDay
            let date = texts.date(LocalDay(daysSinceEpoch: Int(day)), today: rights.today)
            return Request(
                id: request.id.description, kind: words.kind(request.kind.rawValue),
                state: words.state(request.state), when: request.state.isOver ? words.ended(date) : words.due(date),
                isOpen: request.state == .open, csrf: csrf)
        }
        hasRequests = !requests.isEmpty
        fields = [
            FieldView(
                choice: words.rightsKind, name: "kind",
                options: PrivacyRequest.Kind.allCases.map { ($0.rawValue, words.kind($0.rawValue)) },
                chosen: draft.kind),
            FieldView(
                area: words.rightsText, name: "text", value: draft.text, hint: words.rightsHint, error: draft.problem,
                longest: PrivacyRequests.longestText),
        ]
        errors = FormErrorsView(fields)
    }
}

/// What the member can correct, in the clear, after they asked for it.
struct OwnDetailsPage: Page {
    static let template = "own-details"

    var shell: Shell
    var fields: [FieldView]
    var errors: FormErrorsView?
    var csrf: String

    init(
        _ details: OwnDetails, wrong: Set<OwnDetails.Field> = [], shell: Shell, texts: Texts, csrf: String
    ) {
        self.shell = shell
        self.csrf = csrf
        fields = OwnDetails.Field.allCases.map { field in
            let (label, autocomplete) =
                switch field {
                case .name: (texts.own.fieldName, "name")
                case .phone: (texts.own.fieldPhone, "tel")
                case .address: (texts.own.fieldAddress, "street-address")
                }
            let problem = texts.office.detailsBad(texts.number(Int64(OwnDetails.longest)))
            return FieldView(
                label, name: field.rawValue, value: details.values[field] ?? "",
                error: wrong.contains(field) ? problem : nil, longest: OwnDetails.longest, autocomplete: autocomplete)
        }
        errors = FormErrorsView(fields)
    }
}
