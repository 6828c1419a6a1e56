public import Loyalty
public import Primitives
public import Vault

/// An event with the names that its sender has for the person.
public struct EventEnvelope: Sendable {
    public var event: IncomingEvent
    /// The publisher's user, if known; else ``anonymous`` is used.
    public var user: ExternalIdentity?
    public var anonymous: ExternalIdentity?
    /// The member, where it is known already; goes before every name.
    public var member: MemberID?

    public init(
        event: IncomingEvent, user: ExternalIdentity?, anonymous: ExternalIdentity?, member: MemberID? = nil
    ) {
        self.event = event
        self.user = user
        self.anonymous = anonymous
        self.member = member
    }

    var namesSomebody: Bool { member != nil || user != nil || anonymous != nil }
}

/// What became of one event.
public struct EventResult: Sendable {
    public enum Status: String, Sendable, Hashable { case accepted, duplicate, quarantined }

    public var id: String
    public var status: Status
    public var effects: [AppliedEffect]
    public var problem: EventProblem?

    public init(id: String, status: Status, effects: [AppliedEffect] = [], problem: EventProblem? = nil) {
        self.id = id
        self.status = status
        self.effects = effects
        self.problem = problem
    }
}
