/// The service desk's queue.
struct ServiceQueuePage: Page {
    static let template = "service-queue"

    struct Figures: Sendable, Equatable {
        var heading: String
        var facts: [String]
        var waiting: [String]
    }

    var shell: Shell
    var tabs: [TabView]
    var figures: Figures?
    var table: TableView?

    init(_ queue: ServiceQueue, query: TableQuery, shell: Shell, texts: Texts) {
        let words = texts.service
        self.shell = shell
        tabs = HelpState.allCases.map { state in
            TabView(
                words.state(state), href: Self.path(state), isCurrent: state == queue.state,
                count: queue.counts[state].map { texts.number($0) })
        }
        figures = queue.figures.map { Self.figures($0, texts) }
        if !queue.entries.isEmpty { table = Self.table(queue, query, texts) }
    }

    static func path(_ state: HelpState) -> String {
        state == .open ? StamgastSite.service : StamgastSite.service + "?state=" + state.rawValue
    }

    /// So much time, in words: hours and minutes up to two days, days beyond.
    static func time(_ minutes: Int64, _ texts: Texts) -> String {
        let days = minutes / 1_440
        return days >= 2
            ? texts.service.days(days, texts.number(days)) : texts.duration(seconds: Int(clamping: minutes * 60))
    }

    private static func figures(_ figures: ServiceQueue.Figures, _ texts: Texts) -> Figures {
        let words = texts.service
        var facts: [String] = []
        if let answers = figures.answers { facts.append(words.answered(answers, texts.number(answers))) }
        if let median = figures.medianMinutes { facts.append(words.median(time(median, texts))) }
        if let ninety = figures.ninetyMinutes { facts.append(words.ninety(time(ninety, texts))) }
        if facts.isEmpty { facts = [words.answeredFew] }
        let ages = [words.waitingHour, words.waitingDay, words.waitingThree, words.waitingLonger]
        return Figures(
            heading: words.figures(texts.number(Int64(figures.days))), facts: facts,
            waiting: zip(ages, figures.waiting).map { $0(texts.number($1)) })
    }

    private static func table(_ queue: ServiceQueue, _ query: TableQuery, _ texts: Texts) -> TableView {
        let words = texts.service
        let today = queue.today
        var columns: [TableColumn<ServiceQueue.Entry>] = [
            TableColumn("member", words.member) { entry in
                TableView.Cell(
                    String(entry.member.prefix(8)), more: entry.isAboutLine ? words.about : words.aboutOther,
                    isCode: true, href: WebLink(path: ["console", "service", entry.id]).address)
            },
            TableColumn<ServiceQueue.Entry>("since", words.since) { TableView.Cell(texts.day($0.day, today: today)) }
                .sorted { .number(Double($0.day.daysSinceEpoch)) },
        ]
        if queue.state == .open {
            columns.append(
                TableColumn<ServiceQueue.Entry>("waits", words.waits, isNumber: true) { entry in
                    TableView.Cell(entry.waitingMinutes.map { time($0, texts) } ?? "–")
                }.sorted { .number(Double($0.waitingMinutes ?? 0)) })
        }
        if queue.state == .closed {
            columns.append(
                TableColumn("helped", words.helpedColumn) { entry in
                    TableView.Cell(entry.helped.map { $0 ? texts.common.yes : texts.common.no } ?? "–")
                })
        }
        columns.append(
            TableColumn<ServiceQueue.Entry>("taken", words.takenBy) { entry in
                TableView.Cell(entry.isMine ? words.mineNow : entry.takenBy ?? words.nobody)
            }.sorted { .text($0.takenBy ?? "") })
        return TableView(
            queue.entries, columns, caption: words.state(queue.state), query: query, path: path(queue.state),
            texts: texts, perPage: 25)
    }
}

/// One question, with the member's explanations at hand.
struct ServiceCasePage: Page {
    static let template = "service-case"

    var shell: Shell
    var csrf: String
    var key: String
    var heading: String
    var facts: [String]
    var done: String?
    var line: HistoryPageModel.Line?
    var said: [SaidView]
    var isOpen: Bool
    var isMine: Bool
    var action: String
    var stepAction: String
    var errors: FormErrorsView?
    var field: FieldView
    /// The member's page in parts, as the page of members has it.
    var sections: [ConsoleMemberPage.Section]
    var entries: [ConsoleMemberPage.Entry]
    var hasEntries: Bool
    var keptNote: String?
    var memberPage: String?
    var subject: String?

    init(_ found: ServiceCase, form: HelpForm, done: String? = nil, shell: Shell, texts: Texts, csrf: String) {
        let words = texts.service
        let conversation = found.conversation
        let today = conversation.today
        self.shell = shell
        self.csrf = csrf
        self.done = done
        key = form.key
        subject = conversation.subject
        heading = words.noSubject(texts.date(conversation.begun, today: today))
        facts = [
            words.state(conversation.state),
            found.waitingMinutes.map { words.waitsFor(ServiceQueuePage.time($0, texts)) },
            words.takenBy + ": " + (found.isMine ? words.mineNow : found.takenBy ?? words.nobody),
            conversation.helped.map { words.helpedColumn + ": " + ($0 ? texts.common.yes : texts.common.no) },
        ].compactMap { $0 }
        line = conversation.line.map { HistoryPageModel.view(of: $0, today: today, texts: texts) }
        said = conversation.messages.map { SaidView($0, today: today, isDesk: true, texts: texts) }
        isOpen = conversation.state != .closed
        isMine = found.isMine
        let path = WebLink(path: ["console", "service", conversation.id]).address
        (action, stepAction) = (path, path + "/step")
        field = FieldView(
            area: words.answer, name: "text", value: form.question.text, hint: words.answerHint,
            error: form.textProblem, isRequired: true, longest: HelpQuestion.longestText)
        errors = FormErrorsView([field])
        let desk = found.member.map { member in
            ConsoleMemberPage(member, form: PointsForm(key: ""), shell: shell, texts: texts, csrf: csrf)
        }
        sections = desk?.sections ?? []
        entries = desk?.entries ?? []
        hasEntries = !entries.isEmpty
        keptNote = desk?.keptNote
        memberPage = found.member.map { WebLink(path: ["console", "members", $0.id]).address }
    }
}
