/// A member's pseudonym within one programme. Only the vault can map it to a person.
public struct MemberID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let value: ID128

    public init(_ value: ID128) {
        self.value = value
    }

    /// Reads the UUID text form; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard let value = ID128(text) else { return nil }
        self.value = value
    }

    public var description: String { value.description }

    public static func < (left: MemberID, right: MemberID) -> Bool { left.value < right.value }
}
