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
    /// The editors put it first for everyone.
    case chosenByEditors
    /// Read by the same readers as something that this member read, in this visit or in their own history.
    case besideRead(Wording)
    /// About the same as something that this member read.
    case sameTopic(Wording)
    /// A subject of the persona that the member declared.
    case personaTopic(Wording)
    /// Outside of what fits, as the surprise dial asks.
    case surprise
}

/// Something to read, watch or hear, with its reason.
public struct Suggestion: Sendable, Hashable {
    public var item: ItemCard
    public var reason: SuggestionReason
    /// What it takes together with the reason to stand where it stands; usually nothing.
    public var also: [SuggestionReason]

    public init(item: ItemCard, reason: SuggestionReason, also: [SuggestionReason] = []) {
        self.item = item
        self.reason = reason
        self.also = also
    }
}
