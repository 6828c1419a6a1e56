internal import Loyalty
internal import Primitives

/// Where a member asks for a link by mail, and what is said once they have: the same whoever the address belongs to.
struct MailDoorPage: Page {
    static let template = "mail-door"

    struct Choice: Sendable, Equatable {
        var label: String
        var href: String
    }

    struct Ask: Sendable, Equatable {
        var programme: String
        var address: FieldView
        var csrf: String
    }

    var shell: Shell
    var heading: String
    var text: String
    var errors: FormErrorsView?
    var ask: Ask?
    /// Programmes to choose from.
    var choices: [Choice] = []
    var hasChoices = false
    /// What to do if nothing comes.
    var hint: String?
    /// The demo's letter box.
    var box: String?
    /// Back to the form.
    var again: String?
    /// The publisher's own site.
    var site: String?
    /// The button of the publisher's own accounts.
    var provider: String?

    /// The form; without mail, the way to the publisher's site.
    init(_ door: SignInDoor, typed: String, isWrong: Bool, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        heading = texts.signIn.welcome(door.programme.name)
        guard door.mail != .none else {
            text = texts.door.closedText
            site = door.programme.home?.address
            return
        }
        text = texts.door.text
        let field = FieldView(
            texts.door.address, name: "address", type: "email", value: typed,
            error: isWrong ? texts.door.addressBad : nil, isRequired: true, longest: 254, autocomplete: "email")
        errors = FormErrorsView([field])
        ask = Ask(programme: door.programme.id.name, address: field, csrf: csrf)
    }

    /// A mail is on its way.
    init(sent door: SignInDoor, shell: Shell, texts: Texts) {
        self.shell = shell
        heading = texts.door.sentTitle
        text = texts.door.sentText
        hint = texts.door.sentHint
        if door.mail == .boxed { box = "/demo/mail" }
        again = "/signin?programme=\(door.programme.id.name)"
    }

    init(choice programmes: [ProgrammeFace], shell: Shell, texts: Texts) {
        self.shell = shell
        heading = texts.door.chooseTitle
        text = texts.door.chooseText
        choices = programmes.map { Choice(label: $0.name, href: "/signin?programme=\($0.id.name)") }
        hasChoices = !choices.isEmpty
    }
}

/// The mails that the demo kept instead of sending them.
struct LetterBoxPage: Page {
    static let template = "letter-box"

    struct Mail: Sendable, Equatable {
        var subject: String
        var paragraphs: [String]
        var link: String?
    }

    var shell: Shell
    var mails: [Mail]
    var hasMails: Bool

    init(_ mails: [BoxedMail], shell: Shell) {
        self.shell = shell
        self.mails = mails.map { Mail(subject: $0.subject, paragraphs: $0.paragraphs, link: $0.link?.address) }
        hasMails = !mails.isEmpty
    }
}
