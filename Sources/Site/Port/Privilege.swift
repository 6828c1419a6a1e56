/// Something that points do not buy: an early preview, a question to a maker, a visit.
public struct Privilege: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// Open to this member now.
        case open
        /// Comes with `remaining` more steps of `step`, worded in the programme ("finish a podcast").
        case afterSteps(remaining: Int64, step: Wording)
        /// Opens at this day for everyone who qualifies, this member included.
        case opens(LocalDay)
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case preview, questions, visit, other
    }

    public var kind: Kind
    public var title: Wording
    public var summary: Wording?
    public var host: Face?
    /// When it takes place, if it takes place.
    public var when: LocalMoment?
    public var state: State
    public var link: WebLink?

    public init(
        kind: Kind, title: Wording, summary: Wording? = nil, host: Face? = nil, when: LocalMoment? = nil, state: State,
        link: WebLink? = nil
    ) {
        self.kind = kind
        self.title = title
        self.summary = summary
        self.host = host
        self.when = when
        self.state = state
        self.link = link
    }
}
