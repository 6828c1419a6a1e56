internal import Access

/// A key that is being asked for, with what is wrong with it.
struct KeyDraft: Sendable, Equatable {
    var order = KeyOrder()
    var labelError: String?
    var scopesError: String?

    var isWrong: Bool { labelError != nil || scopesError != nil }

    /// What a scope's box is called in the form.
    static func name(of scope: Scope) -> String { "scope-" + scope.rawValue.replacing(":", with: "-") }
}

/// The API keys of a programme, and a form for one more.
struct KeysPage: Page {
    static let template = "console-keys"

    struct ScopeBox: Sendable, Equatable {
        var id: String
        var name: String
        var code: String
        var meaning: String
        var isChosen: Bool
    }

    var shell: Shell
    var csrf: String
    var key: String
    var note: String?
    var errors: FormErrorsView?
    var table: TableView?
    var label: FieldView
    var kind: FieldView
    var scopes: [ScopeBox]
    var scopesError: String?

    init(
        _ desk: KeyDesk, draft: KeyDraft = KeyDraft(), shell: Shell, texts: Texts, csrf: String, key: String,
        isRevoked: Bool = false
    ) {
        let words = texts.admin
        self.shell = shell
        self.csrf = csrf
        self.key = key
        note = isRevoked ? words.keyRevoked : nil
        label = FieldView(
            words.label, name: "label", value: draft.order.label, hint: words.labelHint, error: draft.labelError,
            isRequired: true, longest: APIKeys.maximumLabelBytes, autocomplete: "off")
        kind = FieldView(
            choice: words.kind, name: "kind", options: [("live", words.kindServer), ("page", words.kindPage)],
            chosen: draft.order.isPublishable ? "page" : "live")
        scopes = Scope.allCases.map { scope in
            ScopeBox(
                id: "field-" + KeyDraft.name(of: scope), name: KeyDraft.name(of: scope), code: scope.rawValue,
                meaning: words.scopeMeans(scope), isChosen: draft.order.scopes.contains(scope))
        }
        scopesError = draft.scopesError
        // The boxes are several fields: the link goes to the first.
        var box = FieldView(words.scopes, id: scopes.first?.id, name: "scopes", error: draft.scopesError)
        box.value = ""
        errors = FormErrorsView([label, box])
        table = desk.keys.isEmpty ? nil : Self.table(desk, texts)
    }

    private static func table(_ desk: KeyDesk, _ texts: Texts) -> TableView {
        let words = texts.admin
        let today = desk.today
        let columns: [TableColumn<KeyDesk.Key>] = [
            TableColumn("label", words.label) { key in
                TableView.Cell(key.label, more: key.id, href: WebLink(path: ["console", "keys", key.id]).address)
            },
            TableColumn("state", words.state) { TableView.Cell(words.keyState($0.state)) },
            TableColumn("scopes", words.scopes) { key in
                TableView.Cell(key.scopes.map(\.rawValue).joined(separator: " "), isCode: true)
            },
            TableColumn("created", words.created) { TableView.Cell(texts.date($0.created, today: today)) },
            TableColumn("used", words.lastUsed) { key in
                TableView.Cell(key.lastUsed.map { texts.date($0, today: today) } ?? words.never)
            },
        ]
        return TableView(
            desk.keys, columns, caption: words.keysTitle, query: TableQuery(), path: "/console/keys", texts: texts,
            perPage: max(desk.keys.count, 1))
    }
}

/// One key, and the way to end it.
struct KeyPage: Page {
    static let template = "console-key"

    var shell: Shell
    var csrf: String
    var label: String
    var id: String
    var action: String
    var state: String
    var kind: String
    var scopes: String
    var created: String
    var lastUsed: String
    var expires: String?
    var reason: FieldView
    var mayRevoke: Bool

    init(_ key: KeyDesk.Key, today: LocalDay, shell: Shell, texts: Texts, csrf: String) {
        let words = texts.admin
        self.shell = shell
        self.csrf = csrf
        label = key.label
        id = key.id
        action = WebLink(path: ["console", "keys", key.id]).address
        state = words.keyState(key.state)
        kind = key.isPublishable ? words.kindPage : words.kindServer
        scopes = key.scopes.map(\.rawValue).joined(separator: " ")
        created = texts.date(key.created, today: today)
        lastUsed = key.lastUsed.map { texts.date($0, today: today) } ?? words.never
        expires = key.expires.map { texts.date($0, today: today) }
        reason = FieldView(words.reason, name: "reason", hint: words.reasonHint, longest: AdminLimits.reason)
        mayRevoke = key.state != .revoked
    }
}

/// A secret, shown this once: an API key, or a link that signs in.
struct SecretPage: Page {
    static let template = "console-secret"

    var shell: Shell
    var title: String
    var text: String
    var about: String
    var secret: String
    var isLink: Bool
    var back: String
    var backLabel: String

    init(key: String, label: String, shell: Shell, texts: Texts) {
        let words = texts.admin
        self.shell = shell
        title = words.keyMade
        text = words.keyMadeText
        about = label
        secret = key
        isLink = false
        back = "/console/keys"
        backLabel = words.keysTitle
    }

    /// - Parameter until: when it ends.
    init(link: String, name: String, until: String, shell: Shell, texts: Texts) {
        let words = texts.admin
        self.shell = shell
        title = words.linkMade
        text = words.linkText(until)
        about = name
        secret = link
        isLink = true
        back = "/console/staff"
        backLabel = words.staffTitle
    }
}
