/// A behaviour that the programme wants to change, held by a member against their own beginning and nobody else's.
public struct OwnMeasure: Sendable, Hashable {
    public var title: Wording
    public var why: Wording?
    /// Shares from 0 to 1; `nil` while there is too little to say.
    public var before: Double?
    public var since: Double?
    /// The first day after the beginning; `nil` before anything happened.
    public var begun: LocalDay?

    public init(title: Wording, why: Wording?, before: Double? = nil, since: Double? = nil, begun: LocalDay? = nil) {
        self.title = title
        self.why = why
        self.before = before
        self.since = since
        self.begun = begun
    }
}
