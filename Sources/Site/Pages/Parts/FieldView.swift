/// A field of a form with its name, a hint, what was entered, and what was wrong with that.
///
/// The error stands beside the field and is read out with it (WCAG 2.2, success criteria 3.3.1 and 3.3.3).
struct FieldView: Sendable, Equatable {
    struct Option: Sendable, Equatable {
        var value: String
        var label: String
        var isChosen: Bool
    }

    /// Unique on its page.
    var id: String
    var name: String
    var label: String
    var value: String
    /// Of an input: `text`, `number`, `date`, `email`, `search`.
    var type: String?
    var isArea: Bool
    var options: [Option]
    var isChoice: Bool
    var hint: String?
    var error: String?
    var isRequired: Bool
    var least: String?
    var most: String?
    var longest: String?
    var autocomplete: String?
    /// The elements that tell more about the field.
    var describedBy: String?

    /// A line of text, a number or a date.
    init(
        _ label: String, id: String? = nil, name: String, type: String = "text", value: String = "",
        hint: String? = nil, error: String? = nil, isRequired: Bool = false, least: String? = nil,
        most: String? = nil, longest: Int? = nil, autocomplete: String? = nil
    ) {
        self.init(
            label, id: id, name: name, type: type, value: value, isArea: false, options: nil, hint: hint, error: error,
            isRequired: isRequired)
        self.least = least
        self.most = most
        self.longest = longest.map { String($0) }
        self.autocomplete = autocomplete
    }

    /// Several lines of text.
    init(
        area label: String, id: String? = nil, name: String, value: String = "", hint: String? = nil,
        error: String? = nil, isRequired: Bool = false, longest: Int? = nil
    ) {
        self.init(
            label, id: id, name: name, type: nil, value: value, isArea: true, options: nil, hint: hint, error: error,
            isRequired: isRequired)
        self.longest = longest.map { String($0) }
    }

    /// One of several.
    init(
        choice label: String, id: String? = nil, name: String, options: [(value: String, label: String)],
        chosen: String? = nil, hint: String? = nil, error: String? = nil
    ) {
        self.init(
            label, id: id, name: name, type: nil, value: chosen ?? "", isArea: false,
            options: options.map { Option(value: $0.value, label: $0.label, isChosen: $0.value == chosen) }, hint: hint,
            error: error, isRequired: false)
    }

    private init(
        _ label: String, id: String?, name: String, type: String?, value: String, isArea: Bool, options: [Option]?,
        hint: String?, error: String?, isRequired: Bool
    ) {
        let id = id ?? "field-" + name
        self.id = id
        self.name = name
        self.label = label
        self.type = type
        self.value = value
        self.isArea = isArea
        self.options = options ?? []
        isChoice = options != nil
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
        let more = [hint.map { _ in id + "-hint" }, error.map { _ in id + "-error" }].compactMap { $0 }
        describedBy = more.isEmpty ? nil : more.joined(separator: " ")
    }
}

/// What was wrong with a form, above it, each with a link to its field.
struct FormErrorsView: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var text: String
        var href: String
    }

    var items: [Item]

    /// `nil` where nothing is wrong.
    init?(_ fields: [FieldView]) {
        items = fields.compactMap { field in
            field.error.map { Item(text: field.label + ": " + $0, href: "#" + field.id) }
        }
        if items.isEmpty { return nil }
    }
}
