/// What an item is to its audience.
public enum ItemKind: String, Sendable, Hashable, CaseIterable, Comparable {
    case article
    case video
    /// One instalment of a podcast or of a programme.
    case episode
    /// A podcast as a whole: what one subscribes to.
    case podcast
    /// Something to attend, in a hall or online.
    case event
    case newsletter
    case gallery
    case other

    public static func < (left: ItemKind, right: ItemKind) -> Bool { left.rawValue < right.rawValue }
}
