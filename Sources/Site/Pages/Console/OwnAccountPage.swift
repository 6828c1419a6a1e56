internal import Access

/// How somebody of the staff comes in: password, second factor, recovery codes, sessions.
struct OwnAccountPage: Page {
    static let template = "console-own"

    enum Outcome: String { case password, sessions }
    /// The form that a problem belongs to.
    enum Form: Sendable, Equatable { case password, codes }

    var shell: Shell
    var csrf: String
    var note: String?
    var errors: FormErrorsView?
    var passwordState: String
    /// What is still to be done before the password is of use.
    var passwordNeeds: String?
    var passwordFields: [FieldView]
    var secondState: String
    /// The way to setting it up; `nil` before there is a password.
    var secondLink: String?
    var codesState: String?
    var codesField: FieldView?
    var linked: String?
    var sessions: String

    init(
        _ account: OwnAccount, draft: PasswordChange? = nil, problem: StaffSecretProblem? = nil,
        in form: Form = .password, outcome: Outcome? = nil, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.staffDoor
        let hasPassword = account.login != nil
        self.shell = shell
        self.csrf = csrf
        switch outcome {
        case .password?: note = words.passwordSaved
        case .sessions?: note = words.sessionsEnded
        case nil: note = nil
        }
        passwordState =
            account.passwordChanged.map { words.passwordSince(texts.date($0, today: account.today)) }
            ?? words.passwordNone
        passwordNeeds = hasPassword && account.needsSecondFactor && !account.hasSecondFactor ? words.needsSecond : nil
        let inPassword = form == .password
        func passwordError(_ problems: [StaffSecretProblem]) -> String? {
            problem.flatMap { inPassword && problems.contains($0) ? words.problem($0) : nil }
        }
        passwordFields = [
            FieldView(
                words.login, name: "login", value: draft?.login ?? account.login ?? "", hint: words.loginHint,
                error: passwordError([.loginBad, .loginTaken]), isRequired: true, longest: 64, autocomplete: "username")
        ]
        if hasPassword {
            passwordFields.append(
                FieldView(
                    words.current, name: "current", type: "password", error: passwordError([.currentWrong]),
                    isRequired: true, longest: StaffSecrets.maximumPasswordBytes, autocomplete: "current-password"))
        }
        passwordFields.append(
            FieldView(
                words.newPassword, name: "password", type: "password",
                hint: words.newPasswordHint(texts.number(Int64(StaffSecrets.minimumPasswordCharacters))),
                error: passwordError([.passwordShort, .passwordLong, .passwordCommon, .busy]), isRequired: true,
                longest: StaffSecrets.maximumPasswordBytes, autocomplete: "new-password"))
        secondState =
            account.hasSecondFactor ? words.secondOn : hasPassword ? words.secondNone : words.secondNeedsPassword
        secondLink = hasPassword ? (account.hasSecondFactor ? words.secondRenew : words.secondStart) : nil
        if account.hasSecondFactor {
            codesState = words.codesLeft(account.recoveryCodes, texts.number(account.recoveryCodes))
            codesField = FieldView(
                words.current, id: "field-codes-current", name: "current", type: "password",
                error: problem.flatMap { inPassword ? nil : words.problem($0) }, isRequired: true,
                longest: StaffSecrets.maximumPasswordBytes, autocomplete: "current-password")
        }
        linked = account.linkedWith.map { words.linked($0) }
        sessions = texts.admin.sessionsOpen(account.sessions, texts.number(account.sessions))
        errors = FormErrorsView(passwordFields + [codesField].compactMap { $0 })
    }
}

/// A second factor that is being set up: the secret as a picture and as letters, and the first code.
struct SecondFactorPage: Page {
    static let template = "console-second"

    var shell: Shell
    var csrf: String
    var errors: FormErrorsView?
    var sealed: String
    /// In groups of four, to be typed.
    var letters: String
    var path: String?
    var box: String
    var fields: [FieldView]

    init(
        _ offer: StaffSecrets.Offer, problem: StaffSecretProblem? = nil, shell: Shell, texts: Texts, csrf: String
    ) {
        let words = texts.staffDoor
        self.shell = shell
        self.csrf = csrf
        sealed = offer.sealed
        letters = stride(from: 0, to: offer.secret.count, by: 4).map { offer.secret.dropFirst($0).prefix(4) }
            .joined(separator: " ")
        let picture = QRCode(offer.address)
        path = picture?.path
        box = "-4 -4 \((picture?.size ?? 0) + 8) \((picture?.size ?? 0) + 8)"
        let isOfPassword = problem == .currentWrong || problem == .busy
        fields = [
            FieldView(
                words.code, name: "code", error: isOfPassword ? nil : problem.map { words.problem($0) },
                isRequired: true, longest: 16, autocomplete: "one-time-code"),
            FieldView(
                words.currentPassword, name: "current", type: "password",
                error: isOfPassword ? problem.map { words.problem($0) } : nil, isRequired: true,
                longest: StaffSecrets.maximumPasswordBytes, autocomplete: "current-password"),
        ]
        errors = FormErrorsView(fields)
    }
}

/// Recovery codes, shown this once.
struct RecoveryCodesPage: Page {
    static let template = "console-codes"

    var shell: Shell
    var codes: [String]
}

/// How an account of staff comes in, on the page of who manages it.
struct AccountDoor: Sendable, Equatable {
    enum Outcome: String, CaseIterable { case reset, linked, unlinked, taken, bad }

    var state: String
    var doorNote: String?
    /// Where the form goes that takes password and second factor away; `nil` where there are none.
    var resetAction: String?
    var identityHeading: String?
    var identityState: String
    var identityAction: String
    var identity: FieldView
    var isLinked: Bool

    init(
        _ account: StaffDesk.Account, provider: String?, outcome: Outcome? = nil, typed: String = "", texts: Texts
    ) {
        let words = texts.staffDoor
        state = Self.way(account, texts)
        switch outcome {
        case .reset?: doorNote = words.resetDone
        case .linked?: doorNote = words.identityLinked
        case .unlinked?: doorNote = words.identityUnlinked
        case .taken?, .bad?, nil: doorNote = nil
        }
        let page = WebLink(path: ["console", "staff", account.id]).address
        resetAction = account.hasPassword || account.hasSecondFactor ? page + "/reset" : nil
        identityHeading = provider.map { words.identityHeading($0) }
        identityState = account.isLinked ? words.identityYes : words.identityNo
        identityAction = page + "/identity"
        identity = FieldView(
            words.identity, name: "identity", value: typed, hint: words.identityHint,
            error: outcome == .taken ? words.identityTaken : outcome == .bad ? words.identityBad : nil,
            longest: ExternalIdentities.longestName, autocomplete: "off")
        isLinked = account.isLinked
    }

    /// The ways in of an account, in a few words.
    static func way(_ account: StaffDesk.Account, _ texts: Texts) -> String {
        let words = texts.staffDoor
        var ways: [String] = []
        if account.hasPassword { ways.append(account.hasSecondFactor ? words.waySecond : words.wayPassword) }
        if account.isLinked { ways.append(words.wayProvider) }
        return ways.isEmpty ? words.wayLink : ways.joined(separator: ", ")
    }
}
