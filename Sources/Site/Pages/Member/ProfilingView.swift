/// How far profiling goes: the one switch, the purposes, the dial and the pause.
struct ProfilingView: Sendable, Equatable {
    struct Purpose: Sendable, Equatable {
        var id: String
        var title: String
        /// What is kept for it.
        var kept: String
        var levels: [Level]
    }

    struct Level: Sendable, Equatable {
        /// The name of the form's field.
        var field: String
        var id: String
        var title: String
        var text: String
        var chosen: Bool
    }

    struct Share: Sendable, Equatable {
        var value: String
        var label: String
        var chosen: Bool
    }

    /// What holds now, in one sentence.
    var now: String
    var pause: String?
    var switches: [Level]
    var purposes: [Purpose]
    var surprises: [Share]

    init(_ desk: ProfilingDesk, texts: Texts) {
        let words = texts.profiling
        switch desk.pause {
        case .none: pause = nil
        case .until(let day): pause = words.pausedUntil(texts.date(day, today: desk.today))
        case .open: pause = words.pausedOpen
        }
        if let single = desk.single {
            now = words.nowAll(Self.words(single, texts).title)
        } else {
            now = texts.list(
                ProfilingDesk.Purpose.allCases.map {
                    words.nowOne(Self.title($0, words), Self.words(desk.levels[$0] ?? .off, texts).title)
                })
        }
        switches = Self.levels("level", desk.single, texts)
        purposes = ProfilingDesk.Purpose.allCases.map { purpose in
            let (title, kept) = (Self.title(purpose, words), Self.kept(purpose, words))
            return Purpose(
                id: purpose.rawValue, title: title, kept: kept,
                levels: Self.levels(purpose.rawValue, desk.levels[purpose], texts))
        }
        surprises = ProfilingDesk.surprises.map { share in
            Share(
                value: String(share),
                label: share == 0 ? words.surpriseNone : texts.common.percent(texts.number(share)),
                chosen: share == desk.surprise)
        }
    }

    /// The words that stand beside a level of a purpose.
    static func shown(_ purpose: ProfilingDesk.Purpose, _ level: PrivacyLevel, _ texts: Texts) -> String {
        let (name, meaning) = words(level, texts)
        return [title(purpose, texts.profiling), kept(purpose, texts.profiling), name, meaning].joined(separator: "\n")
    }

    private static func levels(_ field: String, _ chosen: PrivacyLevel?, _ texts: Texts) -> [Level] {
        PrivacyLevel.allCases.map { level in
            let (title, text) = words(level, texts)
            return Level(field: field, id: level.rawValue, title: title, text: text, chosen: level == chosen)
        }
    }

    private static func words(_ level: PrivacyLevel, _ texts: Texts) -> (title: String, text: String) {
        let words = texts.common
        return switch level {
        case .off: (words.levelOff, words.levelOffMeaning)
        case .session: (words.levelSession, words.levelSessionMeaning)
        case .persona: (words.levelPersona, words.levelPersonaMeaning)
        case .personal: (words.levelPersonal, words.levelPersonalMeaning)
        }
    }

    private static func title(_ purpose: ProfilingDesk.Purpose, _ words: ProfilingTexts) -> String {
        switch purpose {
        case .recommendations: words.recommendations
        case .rewards: words.rewards
        case .messages: words.messages
        }
    }

    private static func kept(_ purpose: ProfilingDesk.Purpose, _ words: ProfilingTexts) -> String {
        switch purpose {
        case .recommendations: words.recommendationsKept
        case .rewards: words.rewardsKept
        case .messages: words.messagesKept
        }
    }
}
