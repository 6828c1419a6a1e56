internal import Access

/// The words of the console's administration.
extension Texts {
    static let enAdmin = AdminTexts(
        auditTitle: "Audit log",
        auditIntro:
            "Who changed what, when and why. Entries are only ever added; each is bound to the one before it by its hash.",
        ofProgramme: "This programme",
        ofHome: "The whole home",
        action: "Action",
        anyAction: "Any",
        object: "Object",
        actor: "Who",
        from: "From",
        to: "Up to and including",
        dayBad: "Give a day such as 2026-11-28.",
        dayTurned: "This day lies before the first one.",
        search: "Search",
        clear: "Clear",
        when: "When",
        change: "Change",
        reason: "Reason",
        chainIntact: { "The chain holds: verified up to entry \($0)." },
        chainBroken: {
            "The chain is broken: entry \($0) does not follow from the one before it, or is missing. Compare it with a back-up."
        },
        chainUnchecked: { "The chain has \($0) entries and was not checked just now." },
        chainCheck: "Check the chain",
        chainMark: "Last hash; keep it elsewhere:",
        auditNone: "Nothing found",
        auditNoneText: "No entry answers to this question.",
        newest: "Newest",
        exportCSV: "Download as CSV",
        exportLines: "Download as JSON lines",
        keysTitle: "API keys",
        keysIntro:
            "What your programs reach this programme with. Give a key no more than it needs, and revoke what nobody uses any more.",
        keysNone: "There are no keys yet.",
        keyNew: "New key",
        label: "Label",
        labelHint: "What the key is for, in your own words: shop, till in the hall.",
        labelBad: "Say on one line what the key is for, in at most 100 characters.",
        kind: "Kind",
        kindServer: "Secret, for a server",
        kindPage: "Publishable, in the source of pages",
        scopes: "What it may do",
        scopesHint: "A publishable key may only send events.",
        scopesBad: "Choose at least one thing that the key may do.",
        scopesPage: "A publishable key stands in the source of pages: choose events:write alone.",
        keyMake: "Make the key",
        keyMade: "The key is made",
        keyMadeText: "Keep it now: it cannot be seen again after this.",
        keyMadeNote: "Whoever has this key can do all that it may. Lost or leaked? Revoke it and make another.",
        keyMadeBefore:
            "This key was made already and was shown then. If you did not keep it, revoke it and make another.",
        state: "State",
        keyState: {
            switch $0 {
            case .active: "Active"
            case .expired: "Expired"
            case .revoked: "Revoked"
            }
        },
        created: "Made",
        lastUsed: "Last used",
        never: "never",
        expires: "Ends",
        number: "Identifier",
        keyRevoke: "Revoke",
        keyRevokeText: "From then on nothing is taken with this key. It cannot be undone; the key stays in the list.",
        keyRevokeSure: "Revoke this key",
        keyRevoked: "The key is revoked.",
        reasonHint: "Goes into the audit log. Write nothing about persons.",
        staffTitle: "Staff",
        staffIntro:
            "Who may do what here. A link that works once is the first way in; they choose a password themselves.",
        name: "Name",
        nameHint: "As colleagues say it.",
        nameBad: "Write a name on one line, in at most 100 characters.",
        role: "Role",
        place: "Where",
        here: "Assigned programmes only",
        everywhere: "Every programme",
        since: "Since",
        sinceDay: { "since \($0)" },
        endedOn: { "ended \($0)" },
        you: "you",
        sessions: "Open sessions",
        sessionsOpen: { $0 == 1 ? "\($1) open session." : "\($1) open sessions." },
        sessionsText: "Ending them signs out everywhere and makes unused links void.",
        sessionsEnd: "Sign out everywhere",
        sessionsEnded: "Signed out everywhere.",
        invite: "Invite somebody",
        inviteSave: "Make account and link",
        accountMadeBefore:
            "This account was made already and its link was shown then. Make another on the page of the account.",
        rolesHeading: "What each role may do",
        linkMade: "A link that works once",
        linkText: { "Good until \($0), and not to be seen again after this." },
        linkNote: "Give it over a channel you trust. Whoever has the link, has the account.",
        linkNew: "New link",
        linkNewText:
            "For somebody who cannot get in any more. Earlier links stay good until they are used or their time is over.",
        linkSave: "Make a link",
        roleChange: "Change the role",
        roleSave: "Save the role",
        roleChanged: "The role holds from now on, in open sessions too.",
        lastOwner: "That cannot be: somebody must be left to manage keys and staff. Make somebody else owner first.",
        notYours:
            "This account works for programmes that you do not manage, too; only somebody who manages those as well can change it.",
        accountEnded: "This account has ended and does not come back.",
        remove: "Remove",
        removeText:
            "Sessions and links end at once. The account stays in the list, because the audit log refers to it.",
        removeSure: "Yes, end this account for good",
        removeUnsure: "Tick the box to say that you are sure.",
        removeSave: "Remove the account",
        removed: "The account has ended.",
        scopeMeans: {
            switch $0 {
            case .eventsWrite: "Send events"
            case .membersRead: "Read what members have"
            case .membersWrite: "Change and erase members"
            case .programmeRead: "Read the programme"
            case .programmeWrite: "Change the programme"
            case .catalogueWrite: "Keep the catalogue"
            case .console: "Figures of the console"
            case .metricsRead: "Measurements of the server"
            case .counter: "Till or counter"
            case .aggregatesRead: "Figures over groups"
            }
        },
        roleName: {
            switch $0 {
            case .owner: "Owner"
            case .manager: "Manager"
            case .editor: "Editor"
            case .analyst: "Analyst"
            case .privacyOfficer: "Privacy officer"
            case .serviceAgent: "Service agent"
            case .clerk: "Clerk"
            case .teamLead: "Team lead"
            }
        },
        roleMeans: {
            switch $0 {
            case .owner: "Everything, and besides: see who members are, erase them, manage keys and staff."
            case .manager: "Manage members and the programme, and read the audit log."
            case .editor: "Keep the catalogue, and look."
            case .analyst: "Look only."
            case .privacyOfficer: "See who members are, erase them, and read the audit log."
            case .serviceAgent: "Help members, and see who they are."
            case .clerk: "Hand out rewards; no console."
            case .teamLead: "Figures over several members only."
            }
        })
}
