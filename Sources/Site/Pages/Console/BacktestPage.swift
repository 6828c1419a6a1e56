/// A changed file held against history: choose it, change it, see the difference, run.
struct BacktestPage: Page {
    static let template = "backtest"

    struct Link: Sendable, Equatable {
        var label: String
        var href: String
    }

    struct Problem: Sendable, Equatable {
        var place: String
        var message: String
        var fix: String?
    }

    struct Change: Sendable, Equatable {
        var thing: String
        var from: String
        var to: String

        init(_ change: BacktestDraft.Change, _ words: BacktestTexts) {
            thing = change.field.isEmpty ? change.thing : change.thing + " · " + change.field
            from = change.from ?? words.nothing
            to = change.to ?? words.nothing
        }
    }

    struct Entry: Sendable, Equatable {
        var title: String
        var href: String
        var state: String
        var day: String
    }

    var shell: Shell
    var csrf: String
    var key: String
    var mayOrder: Bool
    var files: [Link]
    var path: String
    var text: String
    var note: String?
    var isChecked: Bool
    var problems: [Problem]
    var hasProblems: Bool
    var changes: [Change]
    var hasChanges: Bool
    var entries: [Entry]
    var hasEntries: Bool

    /// - Parameters:
    ///   - file: what stands in the form.
    ///   - draft: what was found in it; `nil` before anybody asked.
    ///   - isRefused: whether an order was.
    init(
        _ desk: BacktestDesk, file: (path: String, text: String)? = nil, draft: BacktestDraft? = nil,
        isRefused: Bool = false, shell: Shell, texts: Texts, csrf: String, key: String
    ) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        mayOrder = desk.mayOrder
        let words = texts.backtests
        files = desk.files.map { Link(label: $0, href: "/console/backtests?file=" + Self.encoded($0)) }
        path = file?.path ?? ""
        text = file?.text ?? ""
        let problems = draft?.problems ?? []
        let changes = draft?.changes ?? []
        self.problems = problems.map { problem in
            Problem(
                place: problem.line > 0 ? "\(problem.path):\(problem.line):\(problem.column)" : problem.path,
                message: problem.message, fix: problem.fix)
        }
        hasProblems = !problems.isEmpty
        self.changes = changes.map { Change($0, words) }
        hasChanges = !changes.isEmpty
        isChecked = draft != nil && problems.isEmpty
        note = isRefused ? words.refused : draft != nil && problems.isEmpty && changes.isEmpty ? words.same : nil
        entries = desk.entries.map { entry in
            Entry(
                title: entry.kind == .backtest ? words.backtest : words.replay,
                href: "/console/backtests/\(entry.id)", state: words.state(entry.state, texts),
                day: texts.day(entry.day, today: desk.today))
        }
        hasEntries = !entries.isEmpty
    }

    /// A path within a query: letters, digits, `-`, `.`, `_` and `/` stay.
    private static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isPlain =
                UInt8(ascii: "a") <= byte | 0x20 && byte | 0x20 <= UInt8(ascii: "z")
                || UInt8(ascii: "-") <= byte && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
            let hex = String(byte, radix: 16, uppercase: true)
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
        }
    }
}

extension BacktestTexts {
    func state(_ state: BacktestState, _ texts: Texts) -> String {
        switch state {
        case .running(let share): progress(texts.percent(share))
        case .done: texts.backtests.done
        case .cancelled: cancelled
        case .failed: failed
        }
    }
}
