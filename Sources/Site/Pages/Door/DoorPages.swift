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
        text = offer.kind == .member ? texts.signIn.memberText : texts.signIn.staffText
        action = WebLink(path: ["signin", token]).address
        self.csrf = csrf
    }
}

/// A page that says one thing: signed out, not found, gone, a fault.
struct NoticePage: Page {
    static let template = "notice"

    enum Notice: Sendable, Equatable {
        case signInNeeded, signedOut, notFound, gone, refused, busy, fault
    }

    var shell: Shell
    /// The HTTP status in small print; empty where it would only puzzle.
    var status: String?
    var heading: String
    var text: String

    init(_ notice: Notice, shell: Shell, texts: Texts) {
        self.shell = shell
        switch notice {
        case .signInNeeded: (heading, text) = (texts.signIn.neededTitle, texts.signIn.neededText)
        case .signedOut: (heading, text) = (texts.signIn.signedOutTitle, texts.signIn.signedOutText)
        case .notFound:
            (heading, text, status) = (texts.failure.notFoundTitle, texts.failure.notFoundText, "404")
        case .gone: (heading, text, status) = (texts.failure.goneTitle, texts.failure.goneText, "410")
        case .refused: (heading, text, status) = (texts.failure.refusedTitle, texts.failure.refusedText, "403")
        case .busy: (heading, text, status) = (texts.failure.busyTitle, texts.failure.busyText, "503")
        case .fault: (heading, text, status) = (texts.failure.faultTitle, texts.failure.faultText, "500")
        }
        self.shell.title = heading
    }
}
