internal import Loyalty

/// Where a one-time link lands. The link is used up by the button, so that a mail scanner that opens it does no harm.
struct SignInPage: Page {
    static let template = "signin"

    var shell: Shell
    var welcome: String
    var text: String
    var action: String
    var csrf: String

    init(_ offer: SignInOffer, shell: Shell, texts: Texts, token: String, csrf: String) {
        self.shell = shell
        welcome = texts.signIn.welcome(offer.programme.name)
        let own = offer.programme.look.text(.signIn, texts.language)
        text = offer.kind == .member ? own ?? texts.signIn.memberText : texts.signIn.staffText
        action = WebLink(path: ["signin", token]).address
        self.csrf = csrf
    }
}

/// A page that says one thing: signed out, not found, gone, a fault.
struct NoticePage: Page {
    static let template = "notice"

    enum Notice: Sendable, Equatable {
        case signInNeeded, notConfirmed, signedOut, erased, notFound, gone, refused, busy, fault
        case empty
    }

    var shell: Shell
    /// The HTTP status in small print; empty where it would only puzzle.
    var status: String?
    var heading: String
    var text: String
    /// Where to sign in, if that is what is missing.
    var door: Shell.Link?

    /// - Parameter path: of what was asked for.
    init(_ notice: Notice, status code: Int, shell: Shell, texts: Texts, path: String = "/") {
        self.shell = shell
        // Staff have a door of their own.
        if [.signInNeeded, .signedOut, .gone].contains(notice) {
            let isForStaff = path.hasPrefix("/console") || path.hasPrefix("/counter")
            door =
                isForStaff
                ? Shell.Link(label: texts.staffDoor.title, href: StamgastSite.staffSignIn, current: false)
                : Shell.Link(label: texts.signIn.button, href: "/signin", current: false)
        }
        if code >= 400, notice != .signInNeeded { status = String(code) }
        switch notice {
        case .signInNeeded: (heading, text) = (texts.signIn.neededTitle, texts.signIn.neededText)
        case .empty: (heading, text) = (texts.start.emptyTitle, texts.start.emptyText)
        case .notConfirmed: (heading, text) = (texts.staffDoor.refusedTitle, texts.staffDoor.refusedText)
        case .signedOut: (heading, text) = (texts.signIn.signedOutTitle, texts.signIn.signedOutText)
        case .erased: (heading, text) = (texts.own.goneTitle, texts.own.goneText)
        case .notFound: (heading, text) = (texts.failure.notFoundTitle, texts.failure.notFoundText)
        case .gone: (heading, text) = (texts.failure.goneTitle, texts.failure.goneText)
        case .refused: (heading, text) = (texts.failure.refusedTitle, texts.failure.refusedText)
        case .busy: (heading, text) = (texts.failure.busyTitle, texts.failure.busyText)
        case .fault: (heading, text) = (texts.failure.faultTitle, texts.failure.faultText)
        }
        self.shell.title = heading
    }
}
