/// A webhook as both pages show it.
struct HookView: Sendable, Equatable {
    var id: String
    var href: String
    var url: String
    var state: String
    var isBad: Bool
    var next: String?
    var aside: String?
    var spark: Sparkline?
    var day: String
    var waiting: String
    var lastTaken: String

    init(_ hook: Hook, today: LocalDay, texts: Texts) {
        let words = texts.integrations
        func moment(_ moment: LocalMoment) -> String { texts.moment(moment, today: today) }
        id = hook.id
        href = WebLink(path: ["console", "integrations", hook.id]).address
        url = hook.url
        (state, isBad, next) = ("", true, nil)
        switch hook.state {
        case .unused: (state, isBad) = (words.unused, false)
        case .healthy: (state, isBad) = (words.healthy, false)
        case .failing(let since, let until):
            state = words.failing(moment(since))
            next = until.map { words.nextTry(moment($0)) }
        case .gone: state = words.stoppedGone
        case .stopped: state = words.stoppedFailing
        }
        aside = hook.setAside > 0 ? words.aside(hook.setAside, texts.number(hook.setAside)) : nil
        day = words.taken(texts.number(hook.hours.reduce(0, +)), texts.number(hook.failed))
        spark = hook.hours.contains { $0 > 0 } ? Sparkline(hook.hours.map { Double($0) }, name: day) : nil
        waiting = hook.isMore ? words.waitingMore(texts.number(hook.backlog)) : texts.number(hook.backlog)
        lastTaken = hook.lastTaken.map(moment) ?? words.never
    }
}

/// A webhook that is being added, with what is wrong with it.
struct HookDraft: Sendable, Equatable {
    var id = ""
    var url = ""
    var idError: String?
    var urlError: String?
    /// What is wrong with neither.
    var problem: String?

    static let longestName = 64
    static let longestAddress = 2_000

    var isWrong: Bool { idError != nil || urlError != nil || problem != nil }

    /// As the programme names things.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return text.utf8.count <= longestName && letters.contains(first) && last != UInt8(ascii: "-")
            && text.utf8.allSatisfy {
                letters.contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// Whole and with nothing in it that an address cannot have; where it leads is judged by who applies it.
    static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("https://") && (10...longestAddress).contains(text.utf8.count)
            && !text.dropFirst("https://".count).hasPrefix("/") && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    }

    /// Says at its field what became of a change.
    mutating func take(_ outcome: HookChangeOutcome, _ words: IntegrationTexts) {
        switch outcome {
        case .done: break
        case .badName: idError = words.nameBad
        case .nameTaken: idError = words.nameTaken
        case .badAddress: urlError = words.addressBad
        case .addressInside: urlError = words.addressInside
        case .inUse: problem = words.inUse
        case .conflict: problem = words.conflict
        case .byHand: problem = words.byHand
        }
    }
}

/// The webhooks of a programme, and a form for one more.
struct IntegrationsPage: Page {
    static let template = "console-integrations"

    var shell: Shell
    var csrf: String
    var keys: String?
    var note: String?
    var problem: String?
    var errors: FormErrorsView?
    var hooks: [HookView]
    var hasHooks: Bool
    var mayChange: Bool
    var fields: [FieldView]

    /// - Parameter mayKeys: whether whoever looks may see keys.
    init(
        _ desk: HookDesk, draft: HookDraft = HookDraft(), shell: Shell, texts: Texts, csrf: String,
        isRemoved: Bool = false, mayKeys: Bool = false
    ) {
        let words = texts.integrations
        self.shell = shell
        self.csrf = csrf
        keys = mayKeys ? "/console/keys" : nil
        note = isRemoved ? words.removed : nil
        problem = draft.problem
        hooks = desk.hooks.map { HookView($0, today: desk.today, texts: texts) }
        hasHooks = !hooks.isEmpty
        mayChange = desk.mayChange
        fields = [
            FieldView(
                words.name, name: "id", value: draft.id, hint: words.nameHint, error: draft.idError, isRequired: true,
                longest: HookDraft.longestName, autocomplete: "off"),
            FieldView(
                words.address, name: "url", type: "url", value: draft.url, hint: words.addressHint,
                error: draft.urlError, isRequired: true, longest: HookDraft.longestAddress, autocomplete: "off"),
        ]
        errors = FormErrorsView(fields)
    }
}

/// What was asked on the page of a webhook, and what is wrong with it.
struct HookForm: Sendable, Equatable {
    /// Of the address: what just happened, or what could not be.
    enum Note: String, Sendable, CaseIterable {
        case sent, gone, queued, nothing, resumed, moved, rotated, conflict
        case inUse = "in-use"
        case byHand = "by-hand"
    }

    var note: Note?
    var message = ""
    var since = ""
    var url: String?
    var messageError: String?
    var sinceError: String?
    var urlError: String?
    var unsure: String?
    var showsFailed = false
    var query = TableQuery()

    var isWrong: Bool { messageError != nil || sinceError != nil || urlError != nil || unsure != nil }
}

/// One webhook: how it is doing, what was sent, and what can be done about it.
struct HookPage: Page {
    static let template = "console-hook"

    var shell: Shell
    var csrf: String
    var id: String
    var url: String
    var action: String
    var note: String?
    var problem: String?
    var errors: FormErrorsView?
    var state: String
    var isBad: Bool
    var next: String?
    var waiting: String
    var lastTaken: String
    var day: String
    var mayChange: Bool
    var mayResume: Bool
    var letters: TableView?
    var tabs: [TabView]
    var table: TableView?
    var one: FieldView
    var since: FieldView
    var address: FieldView
    var former: String?
    var generation: String
    var unsure: String?

    init(_ log: HookLog, form: HookForm = HookForm(), shell: Shell, texts: Texts, csrf: String) {
        let words = texts.integrations
        let view = HookView(log.hook, today: log.today, texts: texts)
        self.shell = shell
        self.csrf = csrf
        (id, url, action) = (view.id, view.url, view.href)
        (state, isBad, next) = (view.state, view.isBad, view.next)
        (waiting, lastTaken, day) = (view.waiting, view.lastTaken, view.day)
        mayChange = log.mayChange
        switch log.hook.state {
        case .unused, .healthy: mayResume = false
        case .failing, .gone, .stopped: mayResume = true
        }
        letters = log.letters.isEmpty ? nil : Self.letters(log, view.href, texts)
        let failed = log.attempts.filter { !$0.result.isTaken }
        tabs = [
            TabView(words.all, href: view.href, isCurrent: !form.showsFailed),
            TabView(
                words.failedOnly, href: view.href + "?show=failed", isCurrent: form.showsFailed,
                count: failed.isEmpty ? nil : texts.number(Int64(failed.count))),
        ]
        let shown = form.showsFailed ? failed : log.attempts
        table = shown.isEmpty ? nil : Self.table(shown, log, form, view.href, texts)
        one = FieldView(
            words.oneNumber, name: "message", type: "number", value: form.message, error: form.messageError,
            isRequired: true, least: "1")
        since = FieldView(
            words.sinceDay, name: "since", type: "date", value: form.since, error: form.sinceError, isRequired: true)
        address = FieldView(
            words.address, name: "url", type: "url", value: form.url ?? log.hook.url, hint: words.addressHint,
            error: form.urlError, isRequired: true, longest: HookDraft.longestAddress, autocomplete: "off")
        former = log.hook.formerUntil.map { words.formerUntil(texts.moment($0, today: log.today)) }
        generation = String(log.hook.generation)
        unsure = form.unsure
        let sure = FieldView(words.remove, name: "sure", error: form.unsure)
        errors = FormErrorsView([one, since, address, sure])
        (note, problem) = (nil, nil)
        switch form.note {
        case nil: break
        case .sent:
            // What the log says, not what an address says.
            if let last = log.attempts.first(where: { $0.attempt == 0 }) {
                let text = words.sent(
                    words.resultName(last.result), words.milliseconds(texts.number(last.milliseconds)))
                if last.result.isTaken { note = text } else { problem = text }
            }
        case .queued: note = words.queued
        case .resumed: note = words.resumed
        case .moved: note = words.moved
        case .gone: problem = words.gone
        case .nothing: problem = words.nothing
        case .rotated: problem = words.rotatedBefore
        case .conflict: problem = words.conflict
        case .inUse: problem = words.inUse
        case .byHand: problem = words.byHand
        }
    }

    /// A message's cell: for whoever may, a way to the form that sends it again.
    private static func cell(_ message: String, _ sequence: Int64?, _ log: HookLog, _ href: String) -> TableView.Cell {
        TableView.Cell(
            message, isCode: true,
            href: log.mayChange ? sequence.map { "\(href)?message=\($0)#again" } : nil)
    }

    private static func letters(_ log: HookLog, _ href: String, _ texts: Texts) -> TableView {
        let words = texts.integrations
        let columns: [TableColumn<HookLog.Letter>] = [
            TableColumn("message", words.message) { cell($0.message, $0.sequence, log, href) },
            TableColumn("kind", words.kind) { TableView.Cell($0.kind, isCode: true) },
            TableColumn("when", words.when) { TableView.Cell(texts.moment($0.at, today: log.today)) },
            TableColumn("attempts", words.attempts, isNumber: true) {
                TableView.Cell(texts.number(Int64($0.attempts)))
            },
            TableColumn("result", words.result) { TableView.Cell(words.resultName($0.result)) },
        ]
        return TableView(
            log.letters, columns, caption: words.asideHeading, query: TableQuery(), path: href, texts: texts,
            perPage: max(log.letters.count, 1))
    }

    private static func table(
        _ attempts: [HookLog.Attempt], _ log: HookLog, _ form: HookForm, _ href: String, _ texts: Texts
    ) -> TableView {
        let words = texts.integrations
        let columns: [TableColumn<HookLog.Attempt>] = [
            TableColumn("when", words.when) { TableView.Cell(texts.moment($0.at, today: log.today)) }
                .sorted { .number(Double($0.number)) },
            TableColumn("message", words.message) { cell($0.message, $0.sequence, log, href) },
            TableColumn("kind", words.kind) { TableView.Cell($0.kind, isCode: true) },
            TableColumn("attempt", words.attempt, isNumber: true) { attempt in
                TableView.Cell(attempt.attempt == 0 ? words.asked : texts.number(Int64(attempt.attempt)))
            },
            TableColumn("result", words.result) { TableView.Cell(words.resultName($0.result)) },
            TableColumn("took", words.took, isNumber: true) { attempt in
                TableView.Cell(words.milliseconds(texts.number(attempt.milliseconds)))
            }.sorted { .number(Double($0.milliseconds)) },
            TableColumn("size", words.size, isNumber: true) { TableView.Cell(words.bytes(texts.number($0.bytes))) }
                .sorted { .number(Double($0.bytes)) },
        ]
        return TableView(
            attempts, columns, caption: words.logHeading, query: form.query,
            path: form.showsFailed ? href + "?show=failed" : href, texts: texts)
    }
}

/// The secret of a webhook, shown this once.
struct HookSecretPage: Page {
    static let template = "console-hook-secret"

    var shell: Shell
    var title: String
    var about: String
    var secret: String
    var isChange: Bool
    var back: String

    /// - Parameter isChange: whether the webhook had another one.
    init(_ secret: String, of hook: String, isChange: Bool, shell: Shell, texts: Texts) {
        let words = texts.integrations
        self.shell = shell
        self.secret = secret
        self.isChange = isChange
        title = isChange ? words.secretNew : words.secretMade
        about = hook
        back = WebLink(path: ["console", "integrations", hook]).address
    }
}
