/// The publisher's own name for someone who makes: `anna-de-vries`.
public struct MakerID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// By the rules of ``ItemID``.
    public init?(_ text: some StringProtocol) {
        guard Identifier.isValid(text) else { return nil }
        self.text = String(text)
    }

    /// A key that nobody checked, to look up by.
    init(unchecked text: String) {
        self.text = text
    }

    public var description: String { text }

    public static func == (left: MakerID, right: MakerID) -> Bool { Identifier.same(left.text, right.text) }
    public func hash(into hasher: inout Hasher) { Identifier.hash(text, into: &hasher) }
    public static func < (left: MakerID, right: MakerID) -> Bool { Identifier.precedes(left.text, right.text) }
}

/// The publisher's own name for a series, a podcast or a column.
public struct SeriesID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// By the rules of ``ItemID``.
    public init?(_ text: some StringProtocol) {
        guard Identifier.isValid(text) else { return nil }
        self.text = String(text)
    }

    /// A key that nobody checked, to look up by.
    init(unchecked text: String) {
        self.text = text
    }

    public var description: String { text }

    public static func == (left: SeriesID, right: SeriesID) -> Bool { Identifier.same(left.text, right.text) }
    public func hash(into hasher: inout Hasher) { Identifier.hash(text, into: &hasher) }
    public static func < (left: SeriesID, right: SeriesID) -> Bool { Identifier.precedes(left.text, right.text) }
}
