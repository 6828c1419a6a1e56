public import Primitives

/// What becomes of a lot besides its dates: an event it waits for, activity that keeps it alive. Stored with the lot,
/// because what members have keeps its terms when the programme changes.
///
/// An object: most lots have none, and those that do are few members' few lots.
public final class LotTerms: Sendable, Hashable {
    /// The local day on which it was earned.
    public let earned: Int32
    public let awaits: AwaitedEvent?
    /// The first day after the window in which the event may come.
    public let windowEnd: Int32
    /// What joins it to events: a keyed hash of the field's value; `nil`: any event of the type.
    public let reference: Int64?
    /// How long without activity it lives.
    public let inactive: DurationSpan?
    public let resetBy: [Activity]
    /// How long after the end it is posted: until then an event that happened before may still come in.
    public let graceMilliseconds: Int64
    /// Which checks look at it; `nil`: none.
    public let watch: LotWatch?
    /// Set while it waits for a review.
    public let review: LotReview?

    public init(
        earned: Int32, awaits: AwaitedEvent? = nil, windowEnd: Int32 = 0, reference: Int64? = nil,
        inactive: DurationSpan? = nil, resetBy: [Activity] = [], graceMilliseconds: Int64,
        watch: LotWatch? = nil, review: LotReview? = nil
    ) {
        self.earned = earned
        self.awaits = awaits
        self.windowEnd = windowEnd
        self.reference = reference
        self.inactive = inactive
        self.resetBy = resetBy
        self.graceMilliseconds = graceMilliseconds
        self.watch = watch
        self.review = review
    }

    public static func == (left: LotTerms, right: LotTerms) -> Bool { left === right || left.text == right.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The same without the event: what staff give is not waited for.
    var withoutEvent: LotTerms? {
        inactive == nil
            ? nil
            : LotTerms(earned: earned, inactive: inactive, resetBy: resetBy, graceMilliseconds: graceMilliseconds)
    }

    /// Whether an event on `day` with this reference is one that it waits for.
    func isMet(on day: Int32, reference other: Int64?) -> Bool {
        guard day < windowEnd else { return false }
        guard let reference else { return day >= earned }
        return other == reference
    }

    /// The stored form: `key=value` joined by `|`, which no name of an event type can hold.
    public var text: String {
        var parts = ["day=\(earned)", "grace=\(graceMilliseconds)"]
        if let awaits {
            parts += ["until=\(awaits.until)", "end=\(windowEnd)", "else=\(awaits.otherwise.rawValue)"]
            if let type = awaits.cancelledBy { parts.append("off=\(type)") }
            if let field = awaits.match { parts.append("match=\(field)") }
            if let reference { parts.append("ref=\(reference)") }
        }
        if let inactive {
            parts.append("idle=\(inactive.documentText)")
            parts.append("reset=\(resetBy.map(\.text).joined(separator: ","))")
        }
        if let watch { parts += watch.parts }
        if let review { parts.append(review.part) }
        return parts.joined(separator: "|")
    }

    /// `nil` if the text is not such terms.
    public convenience init?(text: String) {
        var values: [Substring: String] = [:]
        for part in text.split(separator: "|") {
            guard let equals = part.firstIndex(of: "=") else { return nil }
            values[part[..<equals]] = String(part[part.index(after: equals)...])
        }
        guard let earned = values["day"].flatMap({ Int32($0) }), let grace = values["grace"].flatMap({ Int64($0) })
        else { return nil }
        var awaits: AwaitedEvent?
        var end: Int32 = 0
        if let until = values["until"] {
            guard let windowEnd = values["end"].flatMap({ Int32($0) }),
                let otherwise = values["else"].flatMap({ AwaitedEvent.Outcome(rawValue: $0) })
            else { return nil }
            end = windowEnd
            awaits = AwaitedEvent(
                until: until, cancelledBy: values["off"], match: values["match"], within: .days(0),
                otherwise: otherwise)
        }
        var inactive: DurationSpan?
        if let idle = values["idle"] {
            guard let span = DurationSpan(documentText: idle) else { return nil }
            inactive = span
        }
        self.init(
            earned: earned, awaits: awaits, windowEnd: end, reference: values["ref"].flatMap { Int64($0) },
            inactive: inactive,
            resetBy: (values["reset"] ?? "").split(separator: ",").map { Activity(text: String($0)) },
            graceMilliseconds: grace, watch: LotWatch(values), review: LotReview(values["review"]))
    }
}

extension Lot {
    /// Whether it waits, for a day or an event.
    public func isPending(at now: Instant) -> Bool { lapses || activeAt.map { $0 > now } ?? false }

    /// Whether nothing of it can be had any more, whether or not the calendar was carried out.
    public func isOver(at now: Instant) -> Bool {
        if let expiresAt = expiresNow, expiresAt <= now { return true }
        guard lapses, let due = activationDue else { return false }
        return due <= now
    }

    /// Whether the end of its pending time cancels it instead of making it spendable.
    var lapses: Bool { activeAt != nil && terms?.awaits?.otherwise == .cancel && !isInReview }

    /// When the end of its pending time is carried out.
    var activationDue: Instant? {
        activeAt.map { lapses ? $0.adding(milliseconds: terms?.graceMilliseconds ?? 0) : $0 }
    }

    /// When its expiry is posted. It cannot be spent from ``expiresAt`` on, but a sign of life from before may come late.
    var expiryDue: Instant? {
        expiresNow.map { terms?.inactive == nil ? $0 : $0.adding(milliseconds: terms?.graceMilliseconds ?? 0) }
    }
}
