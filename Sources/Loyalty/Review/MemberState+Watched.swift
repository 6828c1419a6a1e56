import Primitives

/// Badges, access, tickets and webhooks that come from watched events. What the member has of them is a function of the set
/// of days on which they were given and of what became of the cases of those days.
extension MemberState {
    /// How long a day is remembered: no case is open any longer, and none can be opened.
    private static let watchedDays: Int32 = 62

    /// Remembers that watched events give something.
    ///
    /// - Returns: whether it waits.
    mutating func watch(
        _ kind: WatchedKind, _ thing: String, by: String, day: Int32, value: Int64 = 1, count: Int64 = 1,
        _ context: DecisionContext, into changes: inout Changes
    ) -> Bool {
        guard !context.programme.checks(of: by).isEmpty else { return false }
        let verdict = reviewVerdict(by, day: day, context)
        let waits = verdict.isRefused || verdict.heldUntil != nil
        let name = kind.counter(thing, by: by)
        let oldest = context.calendar.day(of: context.now) - Self.watchedDays
        var marks = (counters[name] ?? .empty).watched.filter { $0.day >= oldest }
        if let index = marks.firstIndex(where: {
            $0.day == day && $0.value == value && ($0.state == .waits) == waits
        }) {
            marks[index].count += count
        } else {
            marks.append(WatchedMark(day: day, state: waits ? .waits : .given, value: value, count: count))
        }
        counters[name] = Counter(watched: marks)
        changes.counters.insert(name)
        return waits
    }

    /// Forgets what an event that was amended gave.
    ///
    /// - Returns: whether it had been waiting; `nil` if nothing is remembered of it.
    mutating func unwatch(
        _ kind: WatchedKind, _ thing: String, by: String, day: Int32, value: Int64 = 1, count: Int64 = 1,
        into changes: inout Changes
    ) -> Bool? {
        let name = kind.counter(thing, by: by)
        var marks = (counters[name] ?? .empty).watched
        guard
            let index = marks.firstIndex(where: { $0.day == day && $0.value == value && $0.count >= count })
        else { return nil }
        let waits = marks[index].state == .waits
        marks[index].count -= count
        if marks[index].count == 0 { marks.remove(at: index) }
        counters[name] = Counter(watched: marks)
        changes.counters.insert(name)
        return waits
    }

    /// How many things besides points wait because of a check and a day: badges, and all else.
    func watchedHeld(_ check: ReviewCheck, day: Int32, _ context: DecisionContext) -> (badges: Int64, others: Int64) {
        var (badges, others) = (Int64(0), Int64(0))
        for (name, counter) in counters {
            guard let (kind, by, _) = WatchedKind.parse(name), context.programme.checks(of: by).contains(check) else {
                continue
            }
            for one in counter.watched where one.day == day && one.state == .waits {
                if kind == .badge { badges += 1 } else { others += one.count }
            }
        }
        for settings in traitSettings.values
        where settings.contains(where: { setting in
            setting.day == day && setting.by.map { context.programme.checks(of: $0).contains(check) } ?? false
        }) {
            others += 1
        }
        return (badges, others)
    }

    /// Brings everything besides points that was given on a day to where its cases want it.
    mutating func applyWatched(
        on day: Int32, at: Instant, _ context: DecisionContext, into changes: inout Changes
    ) {
        for name in counters.keys.sorted() {
            guard let (kind, by, thing) = WatchedKind.parse(name) else { continue }
            let verdict = reviewVerdict(by, day: day, context)
            let waits = verdict.isRefused || verdict.heldUntil != nil
            var marks = (counters[name] ?? .empty).watched
            var moved = false
            for index in marks.indices where marks[index].day == day {
                let target: WatchedMark.State
                switch (kind, marks[index].state) {
                // What was sent can only be followed by word that it does not hold.
                case (.webhook, .given): target = verdict.isRefused ? .takenBack : .given
                case (_, .takenBack): target = .takenBack
                default: target = waits ? .waits : .given
                }
                guard target != marks[index].state else { continue }
                let before = marks[index].state
                marks[index].state = target
                marks[index].turn += 1
                moved = true
                let one = marks[index]
                let id = EffectID.derived(
                    programme: programme, source: name, cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: day))),
                    member: self.id, occurrence: Int64(one.turn))
                switch kind {
                case .tickets: moveTickets(one, of: thing, id: id, at: at, context, into: &changes)
                case .webhook: send(one, to: thing, wasSent: before == .given, id: id, at: at, context, into: &changes)
                case .badge, .access: break
                }
            }
            guard moved else { continue }
            counters[name] = Counter(watched: marks)
            changes.counters.insert(name)
            switch kind {
            case .badge: settleBadge(thing, released: waits ? nil : day, at: at, context, into: &changes)
            case .access: settleAccess(thing, released: waits ? nil : day, at: at, context, into: &changes)
            case .tickets, .webhook: break
            }
        }
    }

    private func marks(of kind: WatchedKind, _ thing: String) -> [(counter: String, mark: WatchedMark)] {
        counters.keys.sorted().flatMap { name -> [(counter: String, mark: WatchedMark)] in
            guard let found = WatchedKind.parse(name), found.kind == kind, found.thing == thing else { return [] }
            return (counters[name] ?? .empty).watched.map { (name, $0) }
        }
    }

    private func grantID(_ one: (counter: String, mark: WatchedMark)) -> ID128 {
        EffectID.derived(
            programme: programme, source: one.counter,
            cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: one.mark.day))), member: id,
            occurrence: Int64(one.mark.turn))
    }

    // MARK: Badges

    /// The badge is there if any day that does not wait gave it.
    ///
    /// - Parameter released: the day that waits no longer, of which the member is told; what earlier days gave was told.
    mutating func settleBadge(
        _ badge: String, released: Int32? = nil, at: Instant, _ context: DecisionContext, into changes: inout Changes
    ) {
        let all = marks(of: .badge, badge)
        let standing = all.filter { $0.mark.state == .given }.min { $0.mark.day < $1.mark.day }
        if let grant = badges[badge] {
            guard all.contains(where: { $0.mark.state == .waits && $0.mark.day == grant.day }),
                !all.contains(where: { $0.mark.state == .given && $0.mark.day == grant.day })
            else { return }
            badges[badge] = standing.map { BadgeGrant(day: $0.mark.day, effect: grantID($0)) }
            changes.badges.insert(badge)
        } else if let standing, context.programme.badges[badge] != nil, !isRevoked(badge) {
            let effect = grantID(standing)
            badges[badge] = BadgeGrant(day: standing.mark.day, effect: effect)
            changes.badges.insert(badge)
            guard standing.mark.day == released else { return }
            changes.effects.append(
                AppliedEffect(
                    id: effect, kind: .badge, source: "badge/" + badge, version: context.programme.version,
                    subject: badge, at: at, day: standing.mark.day))
        }
    }

    // MARK: Access

    /// What stands for access without an end.
    static let withoutEnd = Int64.max

    /// Remembers access that the member has from elsewhere, before a watched event gives more of it: a refusal must not
    /// take that away.
    mutating func keepAccess(
        _ name: String, by: String, _ context: DecisionContext, into changes: inout Changes
    ) {
        guard let present = entitlements[name] else { return }
        let value = present.expiresAt?.milliseconds ?? Self.withoutEnd
        let isKnown = marks(of: .access, name).contains { $0.mark.day == present.day && $0.mark.value == value }
        let kept = CounterMark(day: present.day, wanted: value)
        guard !isKnown, present.expiresAt.map({ $0 > context.now }) ?? true,
            !(counters[Self.besides(name)]?.marks.contains(kept) ?? false)
        else { return }
        // Of what came from elsewhere only the longest matters.
        counters[Self.besides(name)] = Counter(marks: [kept])
        changes.counters.insert(Self.besides(name))
    }

    /// The name of the counter of access that did not come from watched events.
    private static func besides(_ name: String) -> String { "beside-access/" + name }

    /// The access is the longest of what any day that does not wait gave.
    mutating func settleAccess(
        _ name: String, released: Int32? = nil, at: Instant, _ context: DecisionContext, into changes: inout Changes
    ) {
        let all = marks(of: .access, name)
        func value(_ grant: EntitlementGrant) -> Int64 { grant.expiresAt?.milliseconds ?? Self.withoutEnd }
        func end(_ value: Int64) -> Instant? { value == Self.withoutEnd ? nil : Instant(milliseconds: value) }
        var best: (grant: EntitlementGrant, isNew: Bool)?
        func consider(_ grant: EntitlementGrant, isNew: Bool) {
            if best.map({ value(grant) > value($0.grant) }) ?? true { best = (grant, isNew) }
        }
        if let present = entitlements[name] {
            let same = all.filter { $0.mark.day == present.day && $0.mark.value == value(present) }
            if same.isEmpty || same.contains(where: { $0.mark.state == .given }) { consider(present, isNew: false) }
        }
        for one in all where one.mark.state == .given {
            consider(
                EntitlementGrant(day: one.mark.day, expiresAt: end(one.mark.value), effect: grantID(one)), isNew: true)
        }
        for mark in counters[Self.besides(name)]?.marks ?? [] {
            let id = EffectID.derived(
                programme: programme, source: Self.besides(name),
                cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: mark.day))), member: id, occurrence: mark.wanted)
            consider(EntitlementGrant(day: mark.day, expiresAt: end(mark.wanted), effect: id), isNew: false)
        }
        guard let best else {
            guard entitlements[name].map({ $0.expiresAt.map { $0 > at } ?? true }) ?? false else { return }
            entitlements[name]?.expiresAt = at
            changes.entitlements.insert(name)
            return
        }
        guard entitlements[name] != best.grant else { return }
        entitlements[name] = best.grant
        changes.entitlements.insert(name)
        guard best.isNew, best.grant.day == released, best.grant.expiresAt.map({ $0 > context.now }) ?? true else {
            return
        }
        changes.effects.append(
            AppliedEffect(
                id: best.grant.effect, kind: .entitlement, source: "access/" + name,
                version: context.programme.version, subject: name, at: at, day: best.grant.day))
    }

    // MARK: Tickets and webhooks

    private mutating func moveTickets(
        _ one: WatchedMark, of id: String, id effect: ID128, at: Instant, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        guard let raffle = context.programme.raffles[id]?.raffle else { return }
        if one.state == .given {
            let before = tickets(in: raffle)
            add(one.count, to: raffle, .given, day: one.day, into: &changes)
            let gained = tickets(in: raffle) - before
            guard gained > 0 else { return }
            changes.effects.append(
                AppliedEffect(
                    id: effect, kind: .ticket, source: id, version: context.programme.version, subject: id,
                    amount: gained, at: at, day: one.day))
        } else {
            _ = removeTickets(one.count, from: id, day: one.day, into: &changes)
        }
    }

    /// Sends what had waited, or says of what was sent that it does not hold.
    private func send(
        _ one: WatchedMark, to webhook: String, wasSent: Bool, id: ID128, at: Instant, _ context: DecisionContext,
        into changes: inout Changes
    ) {
        for time in 0..<one.count {
            let effect = AppliedEffect(
                id: EffectID.derived(from: id, step: "webhook", occurrence: time),
                kind: wasSent ? .reversal : .webhook, source: "review", version: context.programme.version,
                subject: webhook, at: at, day: one.day)
            if !wasSent { changes.effects.append(effect) }
            changes.webhooks.append((webhook, effect))
        }
    }
}
