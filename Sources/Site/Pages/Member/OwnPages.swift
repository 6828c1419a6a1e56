/// What is known about the member, the level, and the ways to export and erasure.
struct PrivacyPage: Page {
    static let template = "privacy"

    /// What became of what was just sent.
    enum Outcome: String, Sendable {
        case saved = "level"
        case profiling
        case tooYoung = "age"
    }

    struct Row: Sendable, Equatable {
        var name: WordingView
        var value: String
        /// Why it is kept, and how long.
        var why: String?
    }

    var shell: Shell
    var note: String?
    var refusal: String?
    var signal: Signal?
    var profiling: ProfilingView
    var vault: [Row]
    var traits: Traits?
    var kept: [Row]
    var notKept: [String]
    var csrf: String
    var device: DeviceView?

    struct Traits: Sendable, Equatable {
        var rows: [Row]
    }

    /// What the browser's signal does, and how to make it last.
    struct Signal: Sendable, Equatable {
        /// Whether there is something to confirm: asked, never assumed.
        var isOpen: Bool
    }

    init(
        _ data: OwnData, _ desk: ProfilingDesk, shell: Shell, texts: Texts, csrf: String, outcome: Outcome? = nil,
        globalPrivacyControl: Bool = false
    ) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.own
        switch outcome {
        case .saved: note = words.levelDone
        case .profiling: note = texts.profiling.done
        case .tooYoung: refusal = words.levelTooYoung
        case nil: break
        }
        signal = globalPrivacyControl ? Signal(isOpen: data.level != .off) : nil
        profiling = ProfilingView(desk, texts: texts)
        vault =
            data.identifiers.map { Row(name: WordingView(plain: Self.identifier($0.kind, words)), value: $0.value) }
            + data.fields.map { Row(name: WordingView(plain: Self.field($0.kind, words)), value: $0.value) }
        let told = data.traits.map { Row(name: WordingView($0.title, on: texts.language), value: $0.value) }
        traits = told.isEmpty ? nil : Traits(rows: told)
        kept = OwnData.Kind.allCases.map { kind in
            let (name, why) = Self.words(kind, words)
            return Row(
                name: WordingView(plain: name), value: texts.number(data.counts[kind] ?? 0),
                why: why + texts.sentenceGap + (kind == .events ? words.keepEvents : words.keepMember))
        }
        notKept = (data.level == .personal ? [] : [words.notReading]) + [words.notDevice, words.notOthers]
    }

    static func identifier(_ kind: String, _ words: OwnTexts) -> String {
        switch kind {
        case "user": words.identifierUser
        case "anonymous": words.identifierAnonymous
        case "email": words.identifierEmail
        default: words.identifierOther(kind)
        }
    }

    static func field(_ kind: String, _ words: OwnTexts) -> String {
        switch kind {
        case "name": words.fieldName
        case "email": words.fieldEmail
        case "phone": words.fieldPhone
        case "address": words.fieldAddress
        case "birthday": words.fieldBirthday
        case "age-band": words.fieldAge
        default: words.fieldOther(kind)
        }
    }

    static func words(_ kind: OwnData.Kind, _ words: OwnTexts) -> (name: String, why: String) {
        switch kind {
        case .points: (words.points, words.pointsWhy)
        case .history: (words.history, words.historyWhy)
        case .counters: (words.counters, words.countersWhy)
        case .events: (words.events, words.eventsWhy)
        case .rewards: (words.rewards, words.rewardsWhy)
        case .badges: (words.badges, words.badgesWhy)
        case .letters: (words.letters, words.lettersWhy)
        case .questions: (words.questions, words.questionsWhy)
        case .follows: (words.follows, words.followsWhy)
        case .experiments: (words.experiments, words.experimentsWhy)
        }
    }
}

/// What erasing means, and the form that does it.
struct ErasePage: Page {
    static let template = "erase"

    var shell: Shell
    /// What is wrong with the box.
    var error: String?
    var csrf: String

    init(shell: Shell, texts: Texts, csrf: String, isUnsure: Bool = false) {
        self.shell = shell
        self.csrf = csrf
        error = isUnsure ? texts.own.eraseMissing : nil
    }
}

/// Where the member is signed in.
struct SessionsPage: Page {
    static let template = "sessions"

    enum Outcome: String, Sendable { case ended, gone }

    struct Line: Sendable, Equatable {
        var title: String
        var begun: String
        var used: String
        /// What the button ends; `nil` for the browser that asks, which signs out in the menu.
        var end: String?
    }

    var shell: Shell
    var note: String?
    var lines: [Line]
    var hasOthers: Bool
    var csrf: String

    init(_ sessions: OwnSessions, shell: Shell, texts: Texts, csrf: String, outcome: Outcome? = nil) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.own
        note = outcome.map { $0 == .ended ? words.sessionEnded : words.sessionGone }
        lines = (sessions.sessions.filter(\.isThis) + sessions.sessions.filter { !$0.isThis }).map { session in
            Line(
                title: session.isThis ? words.sessionThis : words.sessionOther,
                begun: words.sessionBegun(texts.date(session.begun, today: sessions.today)),
                used: words.sessionUsed(texts.date(session.lastUsed, today: sessions.today)),
                end: session.isThis ? nil : session.id)
        }
        hasOthers = sessions.sessions.contains { !$0.isThis }
    }
}
