/// A kind of interest that a member can declare: subjects with weights, named by an editor. It says what somebody comes for,
/// never who they are, and nobody's behaviour is in it.
public struct Persona: Sendable, Hashable {
    /// The fewest members of any persona that figures are shown of.
    public static let leastMembers = Int(PublishedCount.least)
    public static let standardMinimum = 20

    public var id: String
    /// By its subjects: "Evenings in town", not "culture lovers".
    public var name: LocalizedText
    public var about: LocalizedText
    /// What it is about, the heaviest first, then by name; at least one.
    public var topics: [Topic]
    /// Below so many members nothing is said of them: no number, no figure.
    public var minimum: Int

    public struct Topic: Sendable, Hashable {
        public var id: String
        /// Percent, 1 to 100.
        public var weight: Int

        public init(_ id: String, weight: Int) {
            self.id = id
            self.weight = weight
        }
    }

    public init(
        id: String, name: LocalizedText = LocalizedText([:]), about: LocalizedText = LocalizedText([:]),
        topics: [Topic] = [], minimum: Int = Persona.standardMinimum
    ) {
        self.id = id
        self.name = name
        self.about = about
        self.topics = topics
        self.minimum = minimum
    }
}
