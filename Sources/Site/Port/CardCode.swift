/// What a member's card shows now.
public struct CardCode: Sendable, Hashable {
    /// Letters and digits, as a scanner reads them.
    public var code: String
    /// The same for people.
    public var grouped: String
    /// Until the code changes.
    public var seconds: Int

    public init(code: String, grouped: String, seconds: Int) {
        self.code = code
        self.grouped = grouped
        self.seconds = seconds
    }
}
