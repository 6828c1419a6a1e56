/// Why something is put before a member. Each case is a fact that the filler of the port holds; the pages only word it.
public enum SuggestionReason: Sendable, Hashable {
    case followsMaker(Face)
    case followsTopic(Wording)
    case followsSeries(Wording)
    /// Most read, watched or heard over the last `days` days by all members together, within `topic` if there is one.
    case mostPopular(topic: Wording?, days: Int)
    /// Published within the last `days` days; no other reason.
    case recent(days: Int)
    /// An editor chose it for everyone.
    case chosenBy(Face)
}

/// Something to read, watch or hear, with its reason.
public struct Suggestion: Sendable, Hashable {
    public var item: ItemCard
    public var reason: SuggestionReason

    public init(item: ItemCard, reason: SuggestionReason) {
        self.item = item
        self.reason = reason
    }
}
