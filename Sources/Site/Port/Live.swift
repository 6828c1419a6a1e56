/// One thing on a live stream.
public enum LiveSignal<Message: Sendable & Hashable>: Sendable, Hashable {
    /// `id` is what the browser sends back as `Last-Event-ID`.
    case message(id: String, Message)
    /// Keeps proxies from closing a quiet connection.
    case heartbeat
    /// What was missed can no longer be told: the page should be loaded anew.
    case missed
}

/// Something that has just happened to a member.
public struct MemberNews: Sendable, Hashable {
    public enum Effect: Sendable, Hashable {
        case earned(Amount)
        case spent(Amount)
        case badge(Wording)
        case progress(done: Int64, target: Int64)
    }

    public var effect: Effect
    public var why: Wording
    /// The balance after it, in the unit of the effect.
    public var balance: Balance?

    public init(effect: Effect, why: Wording, balance: Balance? = nil) {
        self.effect = effect
        self.why = why
        self.balance = balance
    }
}

/// One accepted or refused event on the console's stream: its class only, with nothing that names a member or an item.
public struct ConsoleEvent: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// At least one effect was given.
        case effects
        case noRule
        case limited
        case quarantined
        case duplicate
    }

    public var id: String
    public var at: LocalMoment
    /// The event type as declared in the programme, for example `article.read`.
    public var type: String
    public var outcome: Outcome
    /// Identifiers of the rules that gave something.
    public var rules: [String]
    public var points: Amount?

    public init(
        id: String, at: LocalMoment, type: String, outcome: Outcome, rules: [String] = [], points: Amount? = nil
    ) {
        self.id = id
        self.at = at
        self.type = type
        self.outcome = outcome
        self.rules = rules
        self.points = points
    }
}
