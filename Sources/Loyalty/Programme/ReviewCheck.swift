/// A sign that points may have been earned by no reader. What it finds is neither refused nor thrown away: it waits until
/// somebody has looked, or until nobody did for long enough.
public struct ReviewCheck: Sendable, Hashable {
    /// What is suspicious about a member's day; each a function of the set of that day's events, never of their order.
    public enum Kind: Sendable, Hashable {
        /// More than so many events of a type in one window; windows divide the member's day.
        case velocity(event: String, atMost: Int64, windowSeconds: Int64)
        /// More of `length` (a field: words, seconds of sound) per minute of `seconds` than a person takes in.
        case speed(event: String, length: String, seconds: String, perMinute: Int64)
        /// More seconds in one day than there is time for: some of them ran side by side.
        case dwell(event: String, seconds: String, atMostSeconds: Int64)
        /// So many members on one device in one day.
        case devices(event: String, field: String, members: Int64)
        /// Other parts of the engine raise it.
        case raised
    }

    public var id: String
    public var kind: Kind
    /// After how many days without a decision everything is released.
    public var releaseAfterDays: Int
    /// What the member reads about it.
    public var why: LocalizedText

    /// The days if the document says none.
    public static let standardRelease = 14

    public init(
        id: String, kind: Kind, releaseAfterDays: Int = ReviewCheck.standardRelease,
        why: LocalizedText = LocalizedText([:])
    ) {
        self.id = id
        self.kind = kind
        self.releaseAfterDays = releaseAfterDays
        self.why = why
    }

    /// The event type that it looks at, and whose effects it holds.
    public var event: String? {
        switch kind {
        case .velocity(let event, _, _), .speed(let event, _, _, _), .dwell(let event, _, _), .devices(let event, _, _):
            event
        case .raised: nil
        }
    }

    /// The name of the counter of what it has seen.
    public var evidence: String { "review/" + id }
    /// The name of the counter of its cases: one mark per day, its size the ``ReviewState``, its count how often it changed.
    public static func cases(of check: String) -> String { "case/" + check }

    /// Whether a day's marks are suspicious.
    public func isSuspicious(_ marks: [CounterMark]) -> Bool {
        switch kind {
        case .velocity(_, let most, _):
            var slots: [Int32: Int64] = [:]
            for mark in marks { slots[mark.slot, default: 0] += mark.count }
            return slots.values.contains { $0 > most }
        case .dwell(_, _, let most): return marks.reduce(Int64(0)) { $0 + $1.count } > most
        case .speed, .devices, .raised: return !marks.isEmpty
        }
    }
}

/// What became of a suspicion about one member, one check and one day.
public enum ReviewState: Int64, Sendable, Hashable, CaseIterable {
    case open = 1
    /// An amendment took the reason away.
    case cleared = 2
    /// Staff found nothing wrong.
    case released = 3
    /// Staff took back what was held.
    case refused = 4
    /// Nobody looked in time.
    case lapsed = 5
    /// The record was taken over by another of the same person.
    case moved = 6

    public var name: String { String(describing: self) }
}
