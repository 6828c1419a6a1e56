internal import Access

/// An account that is being asked for, with what is wrong with it.
struct InvitationDraft: Sendable, Equatable {
    var invitation = Invitation()
    var nameError: String?
}

/// The people who run a programme, and a form for one more.
struct StaffPage: Page {
    static let template = "console-staff"

    struct RoleLine: Sendable, Equatable {
        var name: String
        var meaning: String
    }

    var shell: Shell
    var csrf: String
    var key: String
    var note: String?
    var errors: FormErrorsView?
    var table: TableView?
    var fields: [FieldView]
    var roles: [RoleLine]

    init(
        _ desk: StaffDesk, draft: InvitationDraft = InvitationDraft(), shell: Shell, texts: Texts, csrf: String,
        key: String, isRemoved: Bool = false
    ) {
        let words = texts.admin
        self.shell = shell
        self.csrf = csrf
        self.key = key
        note = isRemoved ? words.removed : nil
        fields = [
            FieldView(
                words.name, name: "name", value: draft.invitation.name, hint: words.nameHint, error: draft.nameError,
                isRequired: true, longest: StaffAccounts.maximumNameBytes, autocomplete: "off"),
            FieldView(
                choice: words.role, name: "role", options: Role.allCases.map { ($0.rawValue, words.roleName($0)) },
                chosen: draft.invitation.role.rawValue),
            FieldView(
                choice: words.place, name: "where",
                options: [("here", words.ofProgramme)] + (desk.mayGiveAll ? [("all", words.everywhere)] : []),
                chosen: draft.invitation.isEverywhere ? "all" : "here"),
        ]
        errors = FormErrorsView(fields)
        roles = Role.allCases.map { RoleLine(name: words.roleName($0), meaning: words.roleMeans($0)) }
        table = desk.accounts.isEmpty ? nil : Self.table(desk, texts)
    }

    private static func table(_ desk: StaffDesk, _ texts: Texts) -> TableView {
        let words = texts.admin
        let today = desk.today
        let columns: [TableColumn<StaffDesk.Account>] = [
            TableColumn("name", words.name) { account in
                TableView.Cell(
                    account.name, pill: account.isSelf ? words.you : nil,
                    href: WebLink(path: ["console", "staff", account.id]).address)
            },
            TableColumn("role", words.role) { TableView.Cell(words.roleName($0.role)) },
            TableColumn("where", words.place) { TableView.Cell($0.isEverywhere ? words.everywhere : words.here) },
            TableColumn("since", words.since) { account in
                TableView.Cell(
                    texts.date(account.since, today: today),
                    more: account.ended.map { words.endedOn(texts.date($0, today: today)) })
            },
            TableColumn("way", texts.staffDoor.way) { TableView.Cell(AccountDoor.way($0, texts)) },
            TableColumn("sessions", words.sessions, isNumber: true) { TableView.Cell(texts.number($0.sessions)) },
        ]
        return TableView(
            desk.accounts, columns, caption: words.staffTitle, query: TableQuery(), path: "/console/staff",
            texts: texts, perPage: max(desk.accounts.count, 1))
    }
}

/// One account: its role, its sessions, a new way in, and its end.
struct AccountPage: Page {
    static let template = "console-account"

    var shell: Shell
    var csrf: String
    var name: String
    var action: String
    var linkAction: String
    var about: String
    var meaning: String
    var note: String?
    var isGood: Bool
    var isEnded: Bool
    var isForeign: Bool
    var mayChange: Bool
    var role: FieldView
    var sessions: String
    var reason: FieldView
    var unsure: String?
    /// How the account comes in.
    var door: AccountDoor?

    init(
        _ account: StaffDesk.Account, today: LocalDay, shell: Shell, texts: Texts, csrf: String,
        outcome: AccountOutcome? = nil, isUnsure: Bool = false, reason: String = ""
    ) {
        let words = texts.admin
        self.shell = shell
        self.csrf = csrf
        name = account.name
        action = WebLink(path: ["console", "staff", account.id]).address
        linkAction = action + "/link"
        let since = texts.date(account.since, today: today)
        about = [
            words.roleName(account.role), account.isEverywhere ? words.everywhere : words.here,
            words.sinceDay(since),
        ].joined(separator: " · ")
        meaning = words.roleMeans(account.role)
        switch outcome {
        case .role?: note = words.roleChanged
        case .sessions?: note = words.sessionsEnded
        case .lastOwner?: note = words.lastOwner
        case .removed?, nil: note = nil
        }
        isGood = outcome != .lastOwner
        isEnded = account.ended != nil
        mayChange = account.mayChange
        isForeign = !account.mayChange && !isEnded
        role = FieldView(
            choice: words.role, name: "role", options: Role.allCases.map { ($0.rawValue, words.roleName($0)) },
            chosen: account.role.rawValue)
        sessions = words.sessionsOpen(account.sessions, texts.number(account.sessions))
        self.reason = FieldView(
            words.reason, name: "reason", value: reason, hint: words.reasonHint, longest: AdminLimits.reason)
        unsure = isUnsure ? words.removeUnsure : nil
    }
}
