/// Twelve questions about what somebody enjoys, and what comes of them. Works without a script.
struct StylePage: Page {
    static let template = "play-style"

    enum Outcome: String { case kept, removed }

    struct Question: Sendable, Equatable {
        var field: String
        var text: String
    }

    struct Option: Sendable, Equatable {
        var value: String
        var label: String
    }

    struct Result: Sendable, Equatable {
        var lines: [String]
        /// What the form sends to keep it.
        var code: String
    }

    var shell: Shell
    var csrf: String
    var outcome: String?
    var error: String?
    var result: Result?
    /// Where the answers say nothing.
    var isEven: Bool
    var kept: [String]
    var hasKept: Bool
    var questions: [Question]
    var options: [Option]
    var asks: Bool

    /// - Parameter found: what the answers came to; `nil` before they are given.
    init(
        kept: [PlayStyle], found: [PlayStyle]? = nil, isUnanswered: Bool = false, shell: Shell, texts: Texts,
        csrf: String, outcome: Outcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.styles
        self.outcome = outcome.map { $0 == .kept ? words.kept : words.removed }
        error = isUnanswered ? words.unanswered : nil
        result = found.flatMap { found in
            found.isEmpty ? nil : Result(lines: found.map { words.activity($0) }, code: Self.code(found))
        }
        isEven = found?.isEmpty == true
        self.kept = kept.map { words.activity($0) }
        hasKept = !kept.isEmpty
        asks = found == nil
        questions = words.questions.enumerated().map { Question(field: "q\($0 + 1)", text: $1) }
        options = words.answers.enumerated().map { Option(value: String($0 + 1), label: $1) }
    }

    static func code(_ styles: [PlayStyle]) -> String { styles.map(\.rawValue).joined(separator: ".") }

    /// - Returns: `nil` for what is no code.
    static func styles(_ code: String) -> [PlayStyle]? {
        if code == "even" { return [] }
        let styles = code.split(separator: ".").map { PlayStyle(rawValue: String($0)) }
        guard (1...3).contains(styles.count), Set(styles).count == styles.count else { return nil }
        return styles.contains(nil) ? nil : styles.compactMap(\.self)
    }
}
