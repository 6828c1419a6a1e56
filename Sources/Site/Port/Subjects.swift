public import Primitives

/// A persona as a page shows it: subjects, declared by an editor.
public struct PersonaFace: Sendable, Hashable {
    public var id: String
    public var title: Wording
    public var about: Wording?
    /// The heaviest first.
    public var topics: [Wording]
    /// Below so many members nothing is said of them.
    public var minimum: Int

    public init(id: String, title: Wording, about: Wording? = nil, topics: [Wording], minimum: Int) {
        self.id = id
        self.title = title
        self.about = about
        self.topics = topics
        self.minimum = minimum
    }
}

/// What a member can say about subjects, and what they said: all that is known of their tastes below `personal`.
public struct SubjectDesk: Sendable, Hashable {
    public struct Topic: Sendable, Hashable {
        public enum Wish: String, Sendable, Hashable, CaseIterable { case more, less, none }

        public var id: String
        public var title: Wording
        public var wish: Wish

        public init(id: String, title: Wording, wish: Wish = .none) {
            self.id = id
            self.title = title
            self.wish = wish
        }
    }

    public var personas: [PersonaFace]
    /// The persona that the member declared.
    public var chosen: String?
    public var topics: [Topic]
    /// The level that holds for what to read.
    public var level: PrivacyLevel

    public init(personas: [PersonaFace] = [], chosen: String? = nil, topics: [Topic] = [], level: PrivacyLevel) {
        self.personas = personas
        self.chosen = chosen
        self.topics = topics
        self.level = level
    }
}

/// What a member says about subjects: in place of what they said before.
public struct SubjectChoice: Sendable, Hashable {
    public var persona: String?
    public var wishes: [String: SubjectDesk.Topic.Wish]

    public init(persona: String? = nil, wishes: [String: SubjectDesk.Topic.Wish] = [:]) {
        self.persona = persona
        self.wishes = wishes
    }
}

/// What everybody may know of a programme's personas.
public struct PersonaSheet: Sendable, Hashable {
    public var programme: ProgrammeFace
    public var personas: [PersonaFace]

    public init(programme: ProgrammeFace, personas: [PersonaFace]) {
        self.programme = programme
        self.personas = personas
    }
}
