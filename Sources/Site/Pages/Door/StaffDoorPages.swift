internal import Access

/// Where staff sign in with a name and a password, or with an account elsewhere.
struct StaffSignInPage: Page {
    static let template = "staff-signin"

    /// What is said above the form.
    enum Note: Sendable, Equatable {
        /// Whatever was wrong: it is the same for every cause.
        case failed
        case busy
        /// Of the code.
        case expired
        case unlinked
        case providerFailed
    }

    var shell: Shell
    var csrf: String
    var note: String?
    var fields: [FieldView]
    /// The button of the provider.
    var provider: String?

    init(
        _ doors: SignInDoors, note: Note? = nil, login: String = "", shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.staffDoor
        let host = doors.staffProvider ?? ""
        self.shell = shell
        self.csrf = csrf
        switch note {
        case .failed: self.note = words.failed
        case .busy: self.note = words.busy
        case .expired: self.note = words.expired
        case .unlinked: self.note = words.unlinked(host)
        case .providerFailed: self.note = words.providerFailed(host)
        case nil: self.note = nil
        }
        fields = [
            FieldView(
                words.login, name: "login", value: login, isRequired: true, longest: 64, autocomplete: "username"),
            FieldView(
                words.password, name: "password", type: "password", isRequired: true,
                longest: StaffSecrets.maximumPasswordBytes, autocomplete: "current-password"),
        ]
        provider = doors.staffProvider.map { words.with($0) }
    }
}

/// The second step: a code.
struct StaffCodePage: Page {
    static let template = "staff-code"

    var shell: Shell
    var csrf: String
    var note: String?
    var code: FieldView

    init(isWrong: Bool = false, shell: Shell, texts: Texts, csrf: String) {
        let words = texts.staffDoor
        self.shell = shell
        self.csrf = csrf
        note = isWrong ? words.failed : nil
        code = FieldView(words.code, name: "code", isRequired: true, longest: 32, autocomplete: "one-time-code")
    }
}
