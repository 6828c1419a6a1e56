public import Primitives

/// Where a lot came from, as far as a review must know: which checks look at it, and whom its refusal concerns.
public struct LotWatch: Sendable, Hashable {
    /// An event type, or `check:` and the name of one check.
    public var by: String
    /// The rule or challenge that gave it.
    public var source: String
    /// The counter of the rule's awards; empty if there is none.
    public var counter: String
    public var budget: String?
    public var budgetDay: Int32?
    /// Whether it goes to a shared wallet once nothing looks at it any more: it would have, had it not waited.
    public var goesToPool = false
    /// Set in a shared wallet: the lot that it was at its earner's, and a keyed hash of who that is. Nobody without the key
    /// can say whose it is, and it means nothing once they are erased.
    public var pooled: Pooled?

    public struct Pooled: Sendable, Hashable {
        public var lot: ID128
        public var earner: Int64
    }

    /// What stands before the name of a streak in ``by``.
    static let streak = "streak:"

    public init(by: String, source: String, counter: String = "", budget: String? = nil, budgetDay: Int32? = nil) {
        self.by = by
        self.source = source
        self.counter = counter
        self.budget = budget
        self.budgetDay = budgetDay
    }

    var parts: [String] {
        var parts = ["by=\(by)", "from=\(source)"]
        if !counter.isEmpty { parts.append("counter=\(counter)") }
        if let budget, let budgetDay { parts += ["budget=\(budget)", "paid=\(budgetDay)"] }
        if goesToPool { parts.append("pool=1") }
        if let pooled { parts += ["lot=\(pooled.lot)", "earner=\(pooled.earner)"] }
        return parts
    }

    init?(_ values: [Substring: String]) {
        guard let by = values["by"] else { return nil }
        self.init(
            by: by, source: values["from"] ?? "", counter: values["counter"] ?? "", budget: values["budget"],
            budgetDay: values["paid"].flatMap { Int32($0) })
        goesToPool = values["pool"] == "1"
        if let lot = values["lot"].flatMap({ ID128($0) }), let earner = values["earner"].flatMap({ Int64($0) }) {
            pooled = Pooled(lot: lot, earner: earner)
        }
    }
}

/// Set while a lot waits for a review.
public struct LotReview: Sendable, Hashable {
    /// When it would be spendable by its own terms; `nil`: at once.
    public var ownActiveAt: Instant?

    var part: String { "review=" + (ownActiveAt.map { String($0.milliseconds) } ?? "now") }

    init(ownActiveAt: Instant?) {
        self.ownActiveAt = ownActiveAt
    }

    init?(_ text: String?) {
        guard let text else { return nil }
        self.init(ownActiveAt: Int64(text).map { Instant(milliseconds: $0) })
    }
}

extension LotTerms {
    func watched(_ watch: LotWatch?, review: LotReview?) -> LotTerms {
        LotTerms(
            earned: earned, awaits: awaits, windowEnd: windowEnd, reference: reference, inactive: inactive,
            resetBy: resetBy, graceMilliseconds: graceMilliseconds, watch: watch, review: review)
    }
}

extension Lot {
    /// Whether it waits for a review.
    public var isInReview: Bool { terms?.review != nil }

    /// When the calendar ends it; not while it waits for a review, for then its time stands still.
    var expiresNow: Instant? { isInReview ? nil : expiresAt }

    /// When it becomes spendable by its own terms, whatever a review says.
    var ownActiveAt: Instant? {
        guard let review = terms?.review else { return activeAt }
        return review.ownActiveAt
    }
}

extension MemberState {
    /// The dates of points that a review may hold: pending from the start while a case of their day is open.
    func watched(
        _ dates: LotDates, of unit: String, by: String, source: String, counter: String = "", budget: String? = nil,
        budgetDay: Int32? = nil, day: Int32, _ context: DecisionContext
    ) -> LotDates {
        guard !context.programme.checks(of: by).isEmpty else { return dates }
        var watch = LotWatch(by: by, source: source, counter: counter, budget: budget, budgetDay: budgetDay)
        let terms =
            dates.terms ?? LotTerms(earned: day, graceMilliseconds: context.programme.terms.graceMilliseconds)
        var dates = dates
        let until = reviewVerdict(by, day: day, context).heldUntil
        watch.goesToPool = until != nil && pool(of: unit, in: context.programme) != nil
        // What comes late has the dates of what waited.
        if until == nil, dates.expiresAt != nil {
            dates.expiresAt = expiry(
                of: Lot(
                    id: ID128(high: 0, low: 0), unit: unit, granted: 0, remaining: 0, expiresAt: dates.expiresAt,
                    terms: terms), watch, context)
        }
        dates.terms = terms.watched(watch, review: until.map { _ in LotReview(ownActiveAt: dates.activeAt) })
        if let until { dates.activeAt = until }
        return dates
    }

    func watched(
        _ dates: LotDates, of unit: String, source: String, counter: String, budget: String?, budgetDay: Int32?,
        _ moment: Moment,
        _ context: DecisionContext
    ) -> LotDates {
        guard let type = moment.type else { return dates }
        return watched(
            dates, of: unit, by: type, source: source, counter: counter, budget: budget, budgetDay: budgetDay,
            day: moment.day,
            context)
    }

    /// After an event's effects: what comes under a refusal goes back at once, and open cases say how much they hold.
    mutating func finishReviews(
        of event: Event, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let checks = context.programme.reviewChecks[event.type.declaration.id] else { return }
        if reviewVerdict(event.type.declaration.id, day: day, context).isRefused {
            try applyReviews(on: day, context, budgets: &budgets, into: &changes)
        }
        noteHeld(by: checks, day: day, context, into: &changes)
    }

    /// After a milestone of a streak, which belongs to the day that reached it: the same for that day.
    mutating func finishReviews(
        ofStreak streak: String, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let by = LotWatch.streak + streak
        let checks = context.programme.checks(of: by)
        guard !checks.isEmpty else { return }
        if reviewVerdict(by, day: day, context).isRefused {
            try applyReviews(on: day, context, budgets: &budgets, into: &changes)
        }
        noteHeld(by: checks, day: day, context, into: &changes)
    }

    func noteHeld(
        by checks: [ReviewCheck], day: Int32, _ context: DecisionContext, into changes: inout Changes
    ) {
        for check in checks where reviewState(check.id, day: day) == .open {
            let held = heldByReview(check, day: day, context)
            changes.cases[ReviewKey(check: check.id, day: day)] = ReviewCase(
                check: check.id, day: day, state: .open, endsAt: reviewEnd(check, day: day, context),
                held: held.units, badges: held.badges, others: held.others)
        }
    }
}
