/// The privacy level, said plainly.
struct LevelView: Sendable, Equatable {
    var name: String
    /// What it means, to stand right after the name.
    var meaning: String

    init(_ level: PrivacyLevel, texts: Texts) {
        switch level {
        case .off: (name, meaning) = (texts.common.levelOff, texts.common.levelOffMeaning)
        case .session: (name, meaning) = (texts.common.levelSession, texts.common.levelSessionMeaning)
        case .persona: (name, meaning) = (texts.common.levelPersona, texts.common.levelPersonaMeaning)
        case .personal: (name, meaning) = (texts.common.levelPersonal, texts.common.levelPersonalMeaning)
        }
        name = texts.member.level(name)
        meaning = texts.sentenceGap + meaning + texts.sentenceGap + texts.member.levelEqual
    }
}
