/// What a member typed for the service desk, and what was wrong with it.
struct HelpForm: Sendable, Equatable {
    /// Made for one form, so that sending it twice says nothing twice.
    var key: String
    var question = HelpQuestion()
    var subjectProblem: String?
    var textProblem: String?

    var isWrong: Bool { subjectProblem != nil || textProblem != nil }
}

/// A member's questions to the service desk, and the form for another one.
struct HelpPage: Page {
    static let template = "help"

    var shell: Shell
    var csrf: String
    var key: String
    /// The questions; for the list of links that other pages have too.
    var links: [HubLink]
    var hasQuestions: Bool
    var line: HistoryPageModel.Line?
    var lineID: String?
    var errors: FormErrorsView?
    var fields: [FieldView]

    init(_ desk: HelpDesk, form: HelpForm, shell: Shell, texts: Texts, csrf: String) {
        let words = texts.service
        self.shell = shell
        self.csrf = csrf
        key = form.key
        links = desk.questions.map { question in
            let state = question.isNew ? words.isNew : words.state(question.state)
            let day = texts.date(question.day, today: desk.today)
            return HubLink(
                question.subject ?? words.noSubject(day), state + " · " + day,
                href: WebLink(path: ["m", "me", "help", question.id]).address)
        }
        hasQuestions = !links.isEmpty
        line = desk.line.map { HistoryPageModel.view(of: $0, today: desk.today, texts: texts) }
        lineID = desk.line?.id
        fields = [
            FieldView(
                words.subject, name: "subject", value: form.question.subject, hint: words.subjectHint,
                error: form.subjectProblem, longest: HelpQuestion.longestSubject, autocomplete: "off"),
            FieldView(
                area: words.question, name: "text", value: form.question.text, hint: words.questionHint,
                error: form.textProblem, isRequired: true, longest: HelpQuestion.longestText),
        ]
        errors = FormErrorsView(fields)
    }
}

/// One thing that was said.
struct SaidView: Sendable, Equatable {
    var from: String
    var day: String
    var when: String
    /// In paragraphs.
    var text: [String]
    var isNote: Bool

    init(_ message: HelpConversation.Message, today: LocalDay, isDesk: Bool, texts: Texts) {
        let words = texts.service
        from =
            switch message.author {
            case .member: isDesk ? words.member : words.you
            case .desk: message.name ?? words.desk
            case .note: message.name.map { words.note + " · " + $0 } ?? words.note
            }
        day = message.day.iso
        when = texts.day(message.day, today: today)
        text = LettersPage.paragraphs(message.text)
        isNote = message.author == .note
    }
}

/// One question of a member's, with what was said.
struct HelpQuestionPage: Page {
    static let template = "help-question"

    var shell: Shell
    var csrf: String
    var key: String
    var heading: String
    var state: String
    var sent: String?
    var line: HistoryPageModel.Line?
    var said: [SaidView]
    var isOpen: Bool
    /// A message that came too late is shown once more, so that it is not lost.
    var showsForm: Bool
    var action: String
    var closeAction: String
    var mayClose: Bool
    /// Whether the member may say that it helped or not.
    var asksHelped: Bool
    var outcome: String?
    var errors: FormErrorsView?
    var field: FieldView

    init(
        _ conversation: HelpConversation, form: HelpForm, isSent: Bool = false, shell: Shell, texts: Texts,
        csrf: String
    ) {
        let words = texts.service
        let today = conversation.today
        self.shell = shell
        self.csrf = csrf
        key = form.key
        heading = conversation.subject ?? words.noSubject(texts.date(conversation.begun, today: today))
        state = words.state(conversation.state)
        sent = isSent ? words.sent : nil
        line = conversation.line.map { HistoryPageModel.view(of: $0, today: today, texts: texts) }
        said = conversation.messages.map { SaidView($0, today: today, isDesk: false, texts: texts) }
        isOpen = conversation.state != .closed
        showsForm = isOpen || form.isWrong
        let path = WebLink(path: ["m", "me", "help", conversation.id]).address
        (action, closeAction) = (path, path + "/close")
        let isAnswered = conversation.messages.contains { $0.author == .desk }
        asksHelped = isAnswered && conversation.helped == nil
        mayClose = isOpen || asksHelped
        outcome = conversation.helped.map { $0 ? words.saidHelped : words.saidNot }
        field = FieldView(
            area: words.moreLabel, name: "text", value: form.question.text, error: form.textProblem, isRequired: true,
            longest: HelpQuestion.longestText)
        errors = FormErrorsView([field])
    }
}
