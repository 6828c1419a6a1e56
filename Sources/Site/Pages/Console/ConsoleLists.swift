/// Rules with what they have done.
struct RulesPage: Page {
    static let template = "rules"

    struct Row: Sendable, Equatable {
        var title: WordingView
        var id: String
        var trigger: String
        var version: String
        var off: Bool
        var matched: String
        var awarded: String
        var limited: String
    }

    var shell: Shell
    var rows: [Row]
    var hasRows: Bool

    init(_ rules: [RuleHits], shell: Shell, texts: Texts) {
        self.shell = shell
        rows = rules.map { rule in
            Row(
                title: WordingView(rule.title, on: texts.language), id: rule.id, trigger: rule.trigger,
                version: texts.history.version(texts.number(Int64(rule.version))), off: !rule.active,
                matched: texts.number(rule.matched), awarded: texts.number(rule.awarded),
                limited: texts.number(rule.limited))
        }
        hasRows = !rows.isEmpty
    }
}

/// Events that were not accepted, each with the field that failed and, for whom it is for, a button to try again.
struct QuarantineModel: Page {
    static let template = "quarantine"

    struct Entry: Sendable, Equatable {
        var received: String
        var day: String
        var source: String?
        var type: String
        var field: String?
        var problem: WordingView
        var attempts: String
        var action: String
        var label: String
    }

    /// What came of the replay just asked for.
    struct Result: Sendable, Equatable {
        var text: String
        var good: Bool
    }

    var shell: Shell
    var total: String
    var entries: [Entry]
    var hasEntries: Bool
    var mayReplay: Bool
    var older: String?
    var csrf: String
    var result: Result?

    init(_ data: QuarantinePage, shell: Shell, texts: Texts, csrf: String, outcome: ReplayOutcome? = nil) {
        self.shell = shell
        total = texts.console.quarantineTotal(data.total, texts.number(data.total))
        entries = data.entries.map { entry in
            Entry(
                received: texts.moment(entry.received, today: data.today), day: entry.received.day.iso,
                source: entry.source.isEmpty ? nil : entry.source, type: entry.type, field: entry.field,
                problem: WordingView(entry.problem, on: texts.language),
                attempts: texts.number(Int64(entry.attempts)),
                action: WebLink(path: ["console", "quarantine", entry.id]).address,
                label: texts.console.replayLabel(entry.type))
        }
        hasEntries = !entries.isEmpty
        mayReplay = data.mayReplay
        older = data.older.map { "/console/quarantine?after=\(WebLink.encode($0))" }
        self.csrf = csrf
        result = outcome.map { outcome in
            switch outcome {
            case .accepted: Result(text: texts.console.replayAccepted, good: true)
            case .refused: Result(text: texts.console.replayRefused, good: false)
            case .gone: Result(text: texts.console.replayGone, good: false)
            }
        }
    }
}

/// Items that the catalogue does not know yet.
struct StubsPage: Page {
    static let template = "stubs"

    struct Row: Sendable, Equatable {
        var id: String
        var firstSeen: String
        var mentions: String
    }

    var shell: Shell
    var total: String
    var rows: [Row]
    var hasRows: Bool

    init(_ data: StubList, shell: Shell, texts: Texts) {
        self.shell = shell
        total = texts.console.stubsTotal(data.total, texts.number(data.total))
        rows = data.stubs.map { stub in
            Row(
                id: stub.id, firstSeen: texts.day(stub.firstSeen, today: data.today),
                mentions: texts.number(stub.mentions))
        }
        hasRows = !rows.isEmpty
    }
}
