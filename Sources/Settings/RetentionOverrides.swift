/// How long raw events are kept, where the operator decides otherwise than the programme: per event type, by name.
///
/// An override can only be written for types that are named; every other type keeps what its programme declares.
public struct RetentionOverrides: Sendable, Hashable {
    /// Event type to time kept; zero keeps no raw event of the type.
    public let durations: [String: Duration]

    public init(_ durations: [String: Duration] = [:]) {
        self.durations = durations
    }

    /// Reads `article.read=30d,comment.posted=0`; `nil` when an entry is malformed or a type is named twice.
    public init?(_ text: String) {
        var durations: [String: Duration] = [:]
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let duration = Amount.duration(parts[1]),
                durations.updateValue(duration, forKey: String(parts[0])) == nil
            else { return nil }
        }
        self.durations = durations
    }
}
