/// The form that looks for a member, with what was typed.
struct MemberSearchForm: Sendable, Equatable {
    enum Kind: String, Sendable, Equatable, CaseIterable { case pseudonym, user, email }

    var kind = Kind.pseudonym
    var text = ""
    var problem: String?

    /// Pasted texts bring blanks along.
    var trimmed: String { text.withoutOuterBlanks }
}

extension String {
    var withoutOuterBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}

/// Where staff name the member they look for. There is no list: nobody is found who was not looked for.
struct MemberSearchPage: Page {
    static let template = "members"

    var shell: Shell
    /// By what to look; `nil` where only the pseudonym is allowed.
    var kind: FieldView?
    var who: FieldView
    var errors: FormErrorsView?
    var csrf: String

    init(_ search: MemberSearch, form: MemberSearchForm, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.memberDesk
        if search.isThroughVault {
            kind = FieldView(
                choice: words.by, name: "by",
                options: [
                    (MemberSearchForm.Kind.pseudonym.rawValue, words.byPseudonym),
                    (MemberSearchForm.Kind.user.rawValue, words.byUser),
                    (MemberSearchForm.Kind.email.rawValue, words.byEmail),
                ], chosen: form.kind.rawValue, hint: words.vaultNote)
        }
        who = FieldView(
            search.isThroughVault ? words.who : words.byPseudonym, name: "who", value: form.text, hint: words.whoHint,
            error: form.problem, isRequired: true, longest: 255, autocomplete: "off")
        errors = FormErrorsView([who])
    }
}
