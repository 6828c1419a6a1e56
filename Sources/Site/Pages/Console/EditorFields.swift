internal import Loyalty

/// A condition: a text area that a script may help with, and that works without.
struct ConditionField: Sendable, Equatable {
    var id: String
    var name: String
    var label: String
    var value: String
    var hint: String?
    var error: String?
    var describedBy: String
    /// What it is a condition of, as `cel.js` asks for it.
    var kind: String
    /// The name of the field that says which events it looks at; `nil` where it looks at none.
    var event: String?

    init(
        _ label: String, name: String, value: String, hint: String, error: String?, kind: ExpressionKind,
        event: String?
    ) {
        id = "field-" + name
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        self.error = error
        self.kind = kind.rawValue
        self.event = event
        describedBy = id + "-hint" + (error == nil ? "" : " " + id + "-error")
    }
}

/// A field of the form of an entry.
struct EntryField: Sendable, Equatable {
    var plain: FieldView?
    var condition: ConditionField?
    var flag: Flag?

    struct Flag: Sendable, Equatable {
        var name: String
        var label: String
        var isOn: Bool
    }
}

/// The fields of the form of an entry, in the order in which people think of them.
struct EntryFields {
    private let sheet: EntrySheet
    private let values: [String: String]
    private let problems: [EditProblem]
    private let texts: Texts

    init(_ sheet: EntrySheet, typed: [String: String]?, problems: [EditProblem], texts: Texts) {
        self.sheet = sheet
        values = sheet.values.merging(typed ?? [:]) { known, typed in typed }
        self.problems = problems
        self.texts = texts
    }

    private static let order: [EntryForm.Kind: [String]] = [
        .rule: [
            "why", "trigger", "when", "amount", "unit", "limit", "limit-number", "limit-period", "from", "until",
        ],
        .challenge: ["name", "why", "count", "when", "target", "every", "join", "amount", "unit"],
        .reward: [
            "name", "text", "kind", "price", "price-unit", "stock", "per-member", "when", "from", "until", "withdrawn",
        ],
        .tier: ["name", "at"], .text: ["text"],
    ]

    /// The names of the fields that the sheet has, texts in every language.
    var names: [String] {
        guard let kind = sheet.kind else { return sheet.values.keys.sorted() }
        return (Self.order[kind] ?? []).flatMap { name -> [String] in
            let languages = sheet.choices.languages.map { "\(name).\($0.rawValue)" }
            return ([name] + languages).filter { sheet.values[$0] != nil }
        }
    }

    var fields: [EntryField] { names.map(field) }

    private func error(of name: String) -> String? {
        guard let problem = problems.first(where: { $0.field == name }) else { return nil }
        let place =
            problem.line > 0 && problem.column > 0
            ? texts.editor.place(texts.number(Int64(problem.line)), texts.number(Int64(problem.column))) + " " : ""
        return place + problem.message + (problem.fix.map { " " + $0 } ?? "")
    }

    private func field(_ name: String) -> EntryField {
        let words = texts.editor
        let value = values[name] ?? ""
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        var label = words.field(parts.first ?? name)
        if parts.count == 2, let language = Language(rawValue: parts[1]) {
            label += " (" + Shell.ownName(of: language) + ")"
        }
        let error = error(of: name)
        func choice(_ options: [(String, String)]) -> EntryField {
            var options = options
            // What stands there and is no choice stays until another is taken.
            if !options.contains(where: { $0.0 == value }) { options.insert((value, value), at: 0) }
            return EntryField(
                plain: FieldView(
                    choice: label, name: name, options: options.map { (value: $0.0, label: $0.1) }, chosen: value,
                    error: error))
        }
        switch parts.first {
        case "when":
            return EntryField(
                condition: ConditionField(
                    label, name: name, value: value, hint: words.whenHint, error: error,
                    kind: sheet.kind == .rule ? .rule : sheet.kind == .challenge ? .challenge : .reward,
                    event: ["trigger", "count"].first { sheet.values[$0] != nil }))
        case "trigger", "count": return choice(sheet.choices.events.map { ($0, $0) })
        case "unit", "price-unit": return choice(sheet.choices.units.map { ($0, $0) })
        case "limit":
            return choice(["none", "amount", "times"].map { ($0, words.limit($0)) })
        case "limit-period": return choice(PeriodUnit.allCases.map { ($0.rawValue, words.period($0.rawValue)) })
        case "every":
            let periods = PeriodUnit.allCases.map { ($0.rawValue, words.period($0.rawValue)) }
            return choice((value.isEmpty ? [("", words.period("ever"))] : []) + periods)
        case "join":
            return choice(
                (value.isEmpty ? [("", words.join("automatic"))] : [])
                    + ["automatic", "member"].map { ($0, words.join($0)) })
        case "kind": return choice(Reward.Kind.allCases.map { ($0.rawValue, words.rewardKind($0.rawValue)) })
        case "withdrawn":
            return EntryField(flag: EntryField.Flag(name: name, label: label, isOn: value == "yes"))
        case "from", "until":
            return EntryField(
                plain: FieldView(label, name: name, type: "datetime-local", value: value, error: error))
        case "target", "at", "stock", "per-member", "limit-number", "price":
            return EntryField(plain: FieldView(label, name: name, type: "number", value: value, error: error))
        case "amount":
            return EntryField(
                plain: FieldView(
                    label, name: name, value: value, hint: words.amountHint, error: error, longest: 1_000,
                    autocomplete: "off"))
        default: return EntryField(plain: FieldView(label, name: name, value: value, error: error, longest: 2_000))
        }
    }
}
