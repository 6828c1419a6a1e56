/// What the member comes for today, and what they want more or less of. Works without a script.
struct SubjectsPage: Page {
    static let template = "subjects"

    enum Outcome: String { case kept, removed }

    struct PersonaView: Sendable, Equatable {
        var id: String
        var title: WordingView
        var about: WordingView?
        var topics: String
        var minimum: String
        var isChosen: Bool

        init(_ persona: PersonaFace, isChosen: Bool, texts: Texts) {
            id = persona.id
            title = WordingView(persona.title, on: texts.language)
            about = persona.about.map { WordingView($0, on: texts.language) }
            topics = texts.list(persona.topics.map(\.text))
            minimum = texts.subjects.minimum(texts.number(Int64(persona.minimum)))
            self.isChosen = isChosen
        }
    }

    struct TopicView: Sendable, Equatable {
        var number: Int
        var field: String
        var title: WordingView
        var isMore: Bool
        var isLess: Bool
    }

    var shell: Shell
    var csrf: String
    var outcome: String?
    var personas: [PersonaView]
    var hasPersonas: Bool
    var isNobody: Bool
    /// Where the level does not let the persona count.
    var isWaiting: Bool
    var isOff: Bool
    var about: String
    var topics: [TopicView]
    var hasTopics: Bool
    var isEmpty: Bool
    var hasSaid: Bool
    var device: DeviceView?

    /// The start of a field's name for a topic; the rest is the topic.
    static let prefix = "topic."

    init(_ desk: SubjectDesk, programme: String, shell: Shell, texts: Texts, csrf: String, outcome: Outcome? = nil) {
        self.shell = shell
        self.csrf = csrf
        self.outcome = outcome.map { $0 == .kept ? texts.subjects.kept : texts.subjects.removed }
        personas = desk.personas.map { PersonaView($0, isChosen: $0.id == desk.chosen, texts: texts) }
        hasPersonas = !personas.isEmpty
        isNobody = !personas.contains(where: \.isChosen)
        isWaiting = hasPersonas && (desk.level == .session || desk.level == .off)
        isOff = desk.level == .off
        about = WebLink(path: ["personas", programme]).address
        topics = desk.topics.enumerated().map { number, topic in
            TopicView(
                number: number, field: Self.prefix + topic.id, title: WordingView(topic.title, on: texts.language),
                isMore: topic.wish == .more, isLess: topic.wish == .less)
        }
        hasTopics = !topics.isEmpty
        isEmpty = personas.isEmpty && topics.isEmpty
        hasSaid = !isNobody || topics.contains { $0.isMore || $0.isLess }
    }
}

/// Who counts for a persona, how many at least, what is known and how it was made: for everybody.
struct PersonasPage: Page {
    static let template = "personas"

    var shell: Shell
    var personas: [SubjectsPage.PersonaView]
    var isEmpty: Bool

    init(_ sheet: PersonaSheet, shell: Shell, texts: Texts) {
        self.shell = shell
        personas = sheet.personas.map { SubjectsPage.PersonaView($0, isChosen: false, texts: texts) }
        isEmpty = personas.isEmpty
    }
}
