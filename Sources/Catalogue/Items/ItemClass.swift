/// What may be said about an item without saying which item it is: its kind, topics and language.
///
/// Below level `personal` this is all that may ever stand beside a member. It has no place for an id, a title, a series or
/// a maker, each of which can name a single item.
public struct ItemClass: Hashable, Sendable {
    public let kind: ItemKind
    /// Sorted, without repetition.
    public let topics: [String]
    public let language: LanguageTag?

    public init(kind: ItemKind, topics: some Sequence<String> = [], language: LanguageTag? = nil) {
        self.kind = kind
        self.topics = Set(topics).sorted()
        self.language = language
    }
}
