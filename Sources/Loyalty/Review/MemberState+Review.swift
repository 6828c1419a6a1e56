import CEL
public import Primitives

/// A case as the queue of the console lists it.
public struct ReviewCase: Sendable, Hashable {
    public var check: String
    public var day: Int32
    public var state: ReviewState
    /// When it is released if nobody looks.
    public var endsAt: Instant
    /// What is set aside, by unit.
    public var held: [String: Int64]
    /// Badges that are set aside.
    public var badges: Int64
    /// Access, tickets, traits and webhooks that are.
    public var others: Int64 = 0
}

/// Suspicion, and what becomes of it. A case is about one member, one check and one local day; whether it is open is a
/// function of the set of that day's events, of what staff decided and of the calendar.
extension MemberState {
    /// The subjects of notices.
    public enum ReviewNotice {
        public static let held = "review-held"
        public static let released = "review-released"
        public static let refused = "review-refused"
    }

    /// What became of a suspicion; `nil`: there never was one.
    public func reviewState(_ check: String, day: Int32) -> ReviewState? {
        counters[ReviewCheck.cases(of: check)]?.marks.first { $0.day == day }
            .flatMap { ReviewState(rawValue: $0.wanted) }
    }

    func reviewEnd(_ check: ReviewCheck, day: Int32, _ context: DecisionContext) -> Instant {
        context.calendar.start(of: day + 1 + Int32(check.releaseAfterDays))
    }

    // MARK: Evidence

    /// The mark that an event leaves with a check; `nil` for none.
    private func mark(
        of event: Event, _ check: ReviewCheck, day: Int32, _ context: DecisionContext
    ) -> CounterMark? {
        func number(_ field: String) -> Int64? {
            guard let index = event.type.fieldIndex[field], let value = event.values[index] else { return nil }
            switch value {
            case .int(let number): return number
            case .double(let number): return Int64(exactly: number.rounded(.down))
            default: return nil
            }
        }
        switch check.kind {
        case .velocity(_, _, let window):
            return CounterMark(
                day: day, slot: Int32(clamping: Int64(context.calendar.secondOfDay(event.at)) / max(1, window)),
                wanted: 1)
        case .speed(_, let length, let seconds, let perMinute):
            guard let length = number(length), let seconds = number(seconds), length > 0, seconds >= 0,
                // Bounded, so that no event can leave the range of numbers.
                min(length, 1_000_000_000) * 60 > perMinute * min(max(1, seconds), 366 * 86_400)
            else { return nil }
            return CounterMark(day: day, wanted: 1)
        case .dwell(_, let seconds, _):
            guard let seconds = number(seconds), seconds > 0 else { return nil }
            return CounterMark(day: day, wanted: 1, count: min(seconds, 86_400 * 366))
        case .devices, .raised: return nil
        }
    }

    /// What checks see in an event. Called before its rules are carried out.
    mutating func inspect(
        _ event: Event, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let checks = context.programme.reviewChecks[event.type.declaration.id] else { return }
        for check in checks {
            if case .devices(_, let field, _) = check.kind,
                let index = event.type.fieldIndex[field], case .string(let device)? = event.values[index],
                !device.isEmpty
            {
                // The day is part of what is hashed: tomorrow the same device is another.
                changes.devices.insert(
                    DeviceSighting(check: check.id, day: day, device: context.reference("device\n\(day)\n\(device)")))
            }
            if let mark = mark(of: event, check, day: day, context) {
                let oldest = Int64(context.calendar.day(of: context.now)) - 400
                if counters[check.evidence]?.marks.first.map({ Int64($0.day) < oldest }) ?? false {
                    counters[check.evidence] = Counter(
                        marks: (counters[check.evidence]?.marks ?? []).filter { Int64($0.day) >= oldest })
                }
                counters[check.evidence, default: .empty].add(mark)
                changes.counters.insert(check.evidence)
            }
            try judge(check, day: day, context, budgets: &budgets, into: &changes)
        }
    }

    /// Takes back what an event that was amended had left.
    mutating func unsee(
        _ event: Event, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let day = context.calendar.day(of: event.at)
        for check in context.programme.reviewChecks[event.type.declaration.id] ?? [] {
            guard let mark = mark(of: event, check, day: day, context) else { continue }
            if counters[check.evidence]?.remove(mark) ?? false { changes.counters.insert(check.evidence) }
            try judge(check, day: day, context, budgets: &budgets, into: &changes)
        }
    }

    /// Opens a case for reasons that no single event shows.
    public mutating func raiseReview(
        _ id: String, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let check = context.programme.reviewCheck(id) else { return }
        let mark = CounterMark(day: day, wanted: 1)
        guard !(counters[check.evidence]?.marks.contains(mark) ?? false) else { return }
        counters[check.evidence, default: .empty].add(mark)
        changes.counters.insert(check.evidence)
        try judge(check, day: day, context, budgets: &budgets, into: &changes)
    }

    /// Ends what was raised and is moot now.
    mutating func withdrawReviews(
        _ id: String, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        guard let check = context.programme.reviewCheck(id) else { return }
        let open = (counters[ReviewCheck.cases(of: id)]?.marks ?? []).filter {
            $0.wanted == ReviewState.open.rawValue
        }
        for mark in open {
            _ = counters[check.evidence]?.remove(CounterMark(day: mark.day, wanted: 1))
            changes.counters.insert(check.evidence)
            try judge(check, day: mark.day, context, budgets: &budgets, into: &changes)
        }
    }

    /// What staff decide about an open case. One that is not open stays as it is.
    public mutating func decideReview(
        _ id: String, day: Int32, releases: Bool, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        try settle(context, into: &changes)
        guard let check = context.programme.reviewCheck(id), reviewState(id, day: day) == .open else { return }
        try enter(releases ? .released : .refused, check, day: day, context, budgets: &budgets, into: &changes)
    }

    // MARK: Cases

    /// Brings a case to what the day's set says now.
    mutating func judge(
        _ check: ReviewCheck, day: Int32, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        let marks = counters[check.evidence]?.marks(in: day..<(day + 1)) ?? []
        let isOver = reviewEnd(check, day: day, context) <= context.now
        let suspicious = check.isSuspicious(marks)
        switch reviewState(check.id, day: day) {
        case nil, .cleared?, .moved?:
            if suspicious, !isOver {
                try enter(.open, check, day: day, context, budgets: &budgets, into: &changes)
            }
        case .open?:
            if isOver {
                try enter(.lapsed, check, day: day, context, budgets: &budgets, into: &changes)
            } else if !suspicious {
                try enter(.cleared, check, day: day, context, budgets: &budgets, into: &changes)
            }
        case .released?, .refused?, .lapsed?: break
        }
    }

    private mutating func enter(
        _ state: ReviewState, _ check: ReviewCheck, day: Int32, _ context: DecisionContext,
        budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let name = ReviewCheck.cases(of: check.id)
        var turns: Int64 = 1
        var counter = Counter(granted: counters[name]?.granted ?? 0)
        for mark in counters[name]?.marks ?? [] {
            if mark.day == day { turns += mark.count } else { counter.add(mark) }
        }
        counter.add(
            CounterMark(
                day: day, slot: releaseOffset(state, check, day: day, context), wanted: state.rawValue, count: turns))
        counters[name] = counter
        changes.counters.insert(name)
        let before = heldByReview(check, day: day, context)
        try applyReviews(on: day, context, budgets: &budgets, into: &changes)
        let held = heldByReview(check, day: day, context)
        changes.cases[ReviewKey(check: check.id, day: day)] = ReviewCase(
            check: check.id, day: day, state: state, endsAt: reviewEnd(check, day: day, context), held: held.units,
            badges: held.badges, others: held.others)
        let subject: String
        switch state {
        case .open: subject = ReviewNotice.held
        case .cleared, .released, .lapsed: subject = ReviewNotice.released
        case .refused: subject = ReviewNotice.refused
        case .moved: return
        }
        let today = context.calendar.day(of: context.now)
        let total = (state == .open ? held : before).units.values.reduce(0, +)
        changes.effects.append(
            AppliedEffect(
                id: EffectID.derived(
                    programme: programme, source: name, cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: day))),
                    member: id, occurrence: turns),
                kind: .notice, source: check.id, version: context.programme.version, subject: subject, amount: total,
                wanted: total, at: stamp(context.now, day: today, context), day: today))
    }

    /// How many days after a case's day its points were released: from then on their time runs. A release by the calendar is
    /// on its own day, whenever it is carried out.
    private func releaseOffset(
        _ state: ReviewState, _ check: ReviewCheck, day: Int32, _ context: DecisionContext
    ) -> Int32 {
        switch state {
        case .lapsed: 1 + Int32(check.releaseAfterDays)
        case .released: max(0, context.calendar.day(of: context.now) - day)
        case .open, .cleared, .refused, .moved: 0
        }
    }

    /// The day on which what waited on a day was released; `nil` if nothing waited.
    func releasedDay(_ by: String, day: Int32, _ context: DecisionContext) -> Int32? {
        context.programme.checks(of: by).compactMap { check in
            counters[ReviewCheck.cases(of: check.id)]?.marks.first { $0.day == day && $0.slot > 0 }
                .map { day + $0.slot }
        }.max()
    }

    /// What waits because of a check and a day.
    func heldByReview(
        _ check: ReviewCheck, day: Int32, _ context: DecisionContext
    ) -> (units: [String: Int64], badges: Int64, others: Int64) {
        var units: [String: Int64] = [:]
        for lot in wallet.lots where lot.isInReview && lot.terms?.earned == day && lot.remaining > 0 {
            guard let watch = lot.terms?.watch, context.programme.checks(of: watch.by).contains(check) else { continue }
            units[lot.unit, default: 0] += lot.remaining
        }
        let (badges, others) = watchedHeld(check, day: day, context)
        return (units, badges, others)
    }

    /// What all checks together say about what came from an event of a type on a day: a refusal wins, then a case that is
    /// open until the latest end.
    func reviewVerdict(
        _ by: String, day: Int32, _ context: DecisionContext
    ) -> (isRefused: Bool, heldUntil: Instant?) {
        var held: Instant?
        for check in context.programme.checks(of: by) {
            switch reviewState(check.id, day: day) {
            case .refused?: return (true, nil)
            case .open?: held = max(held ?? .earliest, reviewEnd(check, day: day, context))
            default: break
            }
        }
        return (false, held)
    }

    /// Brings everything that was given on a day to where its cases want it.
    mutating func applyReviews(
        on day: Int32, _ context: DecisionContext, budgets: inout BudgetBook, into changes: inout Changes
    ) throws(LedgerProblem) {
        let at = stamp(context.now, day: context.calendar.day(of: context.now), context)
        for lot in wallet.lots where lot.terms?.earned == day {
            guard let watch = lot.terms?.watch else { continue }
            let verdict = reviewVerdict(watch.by, day: day, context)
            if verdict.isRefused {
                try refuse(lot, watch, at: at, context, budgets: &budgets, into: &changes)
            } else if let end = verdict.heldUntil {
                guard !lot.isInReview || lot.activeAt != end else { continue }
                try wallet.suspend(lot: lot.id, until: end, at: at, into: &changes.journal)
            } else if lot.isInReview {
                let before = changes.journal.transfers.count
                try wallet.resume(
                    lot: lot.id, expiresAt: expiry(of: lot, watch, context), at: at, now: context.now,
                    into: &changes.journal)
                tellActivated(changes.journal.transfers[before...], context, into: &changes)
                try payDebt(lot.unit, context, into: &changes)
            }
        }
        try resolveAwaiting(context, into: &changes)
        applyWatched(on: day, at: at, context, into: &changes)
        applyTraitReviews(on: day, at: at, context, into: &changes)
    }

    /// When a lot that waited expires: its time runs from the release. One whose suspicion was unfounded from the start, by
    /// an amendment, has its own.
    func expiry(of lot: Lot, _ watch: LotWatch, _ context: DecisionContext) -> Instant? {
        guard lot.expiresAt != nil, let earned = lot.terms?.earned,
            let released = releasedDay(watch.by, day: earned, context)
        else { return lot.expiresAt }
        let rule = context.programme.programme.rules.first { $0.id == watch.source }
        let from = dates(of: lot.unit, earned: released, rule: rule, context).expiresAt
        return from.map { max($0, lot.expiresAt ?? $0) } ?? lot.expiresAt
    }

    /// Takes back what is left of a lot: it keeps its place under limits, so that nothing moves up, and its budget gets it
    /// back.
    private mutating func refuse(
        _ lot: Lot, _ watch: LotWatch, at: Instant, _ context: DecisionContext, budgets: inout BudgetBook,
        into changes: inout Changes
    ) throws(LedgerProblem) {
        guard lot.remaining > 0 else { return }
        let id = EffectID.derived(
            from: lot.id, step: "refuse", occurrence: wallet.transfers(of: .issued) + 1)
        let taken = try wallet.reverse(
            Transfer(
                id: id, kind: .reverse, unit: lot.unit, amount: lot.remaining, at: at, source: watch.source,
                sourceVersion: context.programme.version, refers: lot.id, budget: watch.budget,
                budgetDay: watch.budgetDay),
            lot: lot.id, at: context.now, into: &changes.journal)
        guard taken > 0 else { return }
        if !watch.counter.isEmpty {
            counters[watch.counter, default: .empty].granted -= taken
            counters[watch.counter, default: .empty].refused += taken
            changes.counters.insert(watch.counter)
            if let earned = lot.terms?.earned { noteWithheld(taken, of: watch.counter, on: earned, into: &changes) }
        }
        if let budget = watch.budget, let day = watch.budgetDay {
            budgets.giveBack(taken, budget: budget, day: day)
        }
        changes.effects.append(
            AppliedEffect(
                id: id, kind: .reversal, source: watch.source, version: context.programme.version, subject: lot.unit,
                amount: -taken, wanted: -lot.remaining, at: at, day: context.calendar.day(of: context.now)))
    }

    // MARK: Calendar and merging

    /// When the next open case is released by itself.
    func nextReviewEnd(_ context: DecisionContext) -> Instant? {
        var next: Instant?
        for check in context.programme.allReviews {
            for mark in counters[ReviewCheck.cases(of: check.id)]?.marks ?? []
            where mark.wanted == ReviewState.open.rawValue {
                let end = reviewEnd(check, day: mark.day, context)
                next = next.map { min($0, end) } ?? end
            }
        }
        return next
    }

    /// Releases what nobody looked at in time. Before the wallet's own calendar, so that lots are back under their terms.
    mutating func settleReviews(_ context: DecisionContext, into changes: inout Changes) throws(LedgerProblem) {
        var budgets = BudgetBook()
        for check in context.programme.allReviews {
            let open = (counters[ReviewCheck.cases(of: check.id)]?.marks ?? []).filter {
                $0.wanted == ReviewState.open.rawValue
            }
            for mark in open {
                try judge(check, day: mark.day, context, budgets: &budgets, into: &changes)
            }
        }
        // What was held under a check or a calendar that is not there any more.
        for lot in wallet.lots where lot.isInReview && lot.activeAt.map({ $0 <= context.now }) ?? true {
            let today = context.calendar.day(of: context.now)
            let ended = lot.activeAt.map { context.calendar.day(of: $0) } ?? today
            let expiresAt = dates(of: lot.unit, earned: ended, context).expiresAt
            try wallet.resume(
                lot: lot.id, expiresAt: lot.expiresAt.map { max($0, expiresAt ?? $0) },
                at: stamp(context.now, day: today, context), now: context.now, into: &changes.journal)
        }
    }

    /// Judges all days again, once two members have turned out to be one.
    mutating func joinReviews(
        of other: MemberState, _ context: DecisionContext, into changes: inout Changes, otherChanges: inout Changes
    ) throws(LedgerProblem) {
        var budgets = BudgetBook()
        for check in context.programme.allReviews {
            for mark in other.counters[ReviewCheck.cases(of: check.id)]?.marks ?? []
            where mark.wanted == ReviewState.open.rawValue {
                otherChanges.cases[ReviewKey(check: check.id, day: mark.day)] = ReviewCase(
                    check: check.id, day: mark.day, state: .moved,
                    endsAt: reviewEnd(check, day: mark.day, context), held: [:], badges: 0)
                if reviewState(check.id, day: mark.day) == .open {
                    let held = heldByReview(check, day: mark.day, context)
                    changes.cases[ReviewKey(check: check.id, day: mark.day)] = ReviewCase(
                        check: check.id, day: mark.day, state: .open,
                        endsAt: reviewEnd(check, day: mark.day, context), held: held.units, badges: held.badges,
                        others: held.others)
                }
            }
            for day in Set((counters[check.evidence]?.marks ?? []).map(\.day)).sorted() {
                try judge(check, day: day, context, budgets: &budgets, into: &changes)
            }
        }
    }

    /// The cases of two records: what staff decided about one holds for both.
    static func joinedCases(_ mine: Counter, _ theirs: Counter) -> Counter {
        var states: [Int32: CounterMark] = [:]
        for mark in mine.marks + theirs.marks {
            guard var known = states[mark.day] else {
                states[mark.day] = mark
                continue
            }
            known.count += mark.count
            let rank = { (wanted: Int64) -> Int in
                switch ReviewState(rawValue: wanted) {
                case .refused: 5
                case .released: 4
                case .lapsed: 3
                case .open: 2
                default: 1
                }
            }
            if rank(mark.wanted) > rank(known.wanted) {
                (known.wanted, known.slot) = (mark.wanted, mark.slot)
            } else if rank(mark.wanted) == rank(known.wanted) {
                known.slot = max(known.slot, mark.slot)
            }
            states[mark.day] = known
        }
        return Counter(marks: states.values.sorted())
    }
}

/// What names a case of one member.
public struct ReviewKey: Sendable, Hashable, Comparable {
    public var check: String
    public var day: Int32

    public init(check: String, day: Int32) {
        self.check = check
        self.day = day
    }

    public static func < (left: ReviewKey, right: ReviewKey) -> Bool {
        left.day != right.day ? left.day < right.day : left.check < right.check
    }
}

/// A device that a member used on a day, as a keyed hash that is another one tomorrow.
public struct DeviceSighting: Sendable, Hashable {
    public var check: String
    public var day: Int32
    public var device: Int64
}

extension CompiledProgramme {
    public func reviewCheck(_ id: String) -> ReviewCheck? { allReviews.first { $0.id == id } }

    /// The checks that look at what came from an event type, or the one check that is named.
    func checks(of by: String) -> [ReviewCheck] {
        if by.hasPrefix("check:") { return reviewCheck(String(by.dropFirst("check:".count))).map { [$0] } ?? [] }
        if by.hasPrefix(LotWatch.streak) { return streakChecks[String(by.dropFirst(LotWatch.streak.count))] ?? [] }
        return reviewChecks[by] ?? []
    }
}
