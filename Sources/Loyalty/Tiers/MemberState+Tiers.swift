import Primitives

/// How a member's tier is kept where the ladder has periods or goes by balance: in counters of theirs.
///
/// | Counter | Holds |
/// |---|---|
/// | `tiers/credits` | what came (slot 0) and went (slot 1) on which day |
/// | `tiers/told` | `granted`: the last move of the tier that the member was told of, by ``TierStatus/Move/key`` |
/// | `tiers/word` | the end of the tier that is to be told; see ``PressureCounters`` |
/// | `tiers/invited/TIER` | `granted`: the state of the invitation; one mark: its day, size the last day of the tier, or 0 |
enum TierCounters {
    static let credits = "tiers/credits"
    static let told = "tiers/told"
    static let word = "tiers/word"
    static let invitedPrefix = "tiers/invited/"

    static func invited(_ tier: String) -> String { invitedPrefix + tier }

    /// The end of a tier that is to be told; see ``PressureCounters``.
    static func word(of move: TierStatus.Move) -> Counter {
        var counter = Counter(granted: Int64(move.end ?? move.day), refused: move.key)
        counter.add(CounterMark(day: move.day, slot: 0, wanted: move.credits))
        counter.add(CounterMark(day: move.day, slot: 1, wanted: move.needed))
        return counter
    }

    /// What was counted, net, by day.
    static func days(_ counter: Counter?) -> [Int32: Int64] {
        (counter?.marks ?? []).reduce(into: [:]) { days, mark in
            days[mark.day, default: 0] += mark.slot == 0 ? mark.count : -mark.count
        }
    }

    static func invitation(_ tier: String, _ counter: Counter?) -> TierInvitation? {
        guard let counter, let state = TierInvitation.State(rawValue: counter.granted), let mark = counter.marks.last
        else { return nil }
        return TierInvitation(
            tier: tier, state: state, day: mark.day, until: mark.wanted > 0 ? Int32(clamping: mark.wanted) : nil)
    }

    static func counter(_ invitation: TierInvitation) -> Counter {
        Counter(
            marks: [CounterMark(day: invitation.day, wanted: Int64(invitation.until ?? 0))],
            granted: invitation.state.rawValue)
    }

    static func history(of ladder: TierLadder, joined: Int32, _ counter: (String) -> Counter?) -> TierHistory {
        TierHistory(
            days: days(counter(credits)), joined: joined,
            invitations: ladder.tiers.compactMap { tier in
                tier.isInvited ? invitation(tier.id, counter(invited(tier.id))) : nil
            })
    }
}

extension MemberState {
    /// What the member's tier is worked out from, on a ladder that keeps count of days.
    public func tierHistory(_ ladder: TierLadder) -> TierHistory {
        TierCounters.history(of: ladder, joined: profile.joinedDay) { counters[$0] }
    }

    /// Where the member stands on a local day: exact whether or not anything has run since.
    public func tierStatus(in programme: CompiledProgramme, today: Int32) -> TierStatus? {
        guard let ladder = programme.programme.tiers else { return nil }
        if ladder.keepsDays { return TierCalculator(ladder).status(tierHistory(ladder), today: today) }
        var status = TierStatus()
        let standing = standing(ladder.unit)
        let earned = ladder.tier(for: standing.effective)
        let invited = ladder.tiers.last { tier in
            tier.isInvited
                && TierCounters.invitation(tier.id, counters[TierCounters.invited(tier.id)])?.holds(on: today) ?? false
        }
        let places = [earned, invited].compactMap { tier in ladder.tiers.firstIndex { $0.id == tier?.id } }
        status.tier = places.max().map { ladder.tiers[$0].id } ?? ""
        status.credits = standing.credits
        status.next = ladder.tiers.first { !$0.isInvited && $0.at > standing.effective }.map {
            ($0.id, $0.at - standing.credits)
        }
        return status
    }

    /// The name of the tier on a local day; empty without one.
    public func tier(in programme: CompiledProgramme, today: Int32) -> String {
        tierStatus(in: programme, today: today)?.tier ?? ""
    }

    /// Entitlements that the tier of a day gives, with those of the tiers below it, and when they end.
    public func tierEntitlements(
        in programme: CompiledProgramme, calendar: MemberCalendar, today: Int32
    ) -> [String: EntitlementGrant] {
        guard let ladder = programme.programme.tiers, ladder.tiers.contains(where: { !$0.gives.isEmpty }),
            let status = tierStatus(in: programme, today: today)
        else { return [:] }
        let since = status.moves.last { $0.kind != .willEnd }?.day ?? profile.joinedDay
        let grant = EntitlementGrant(
            day: since, expiresAt: status.endsOn.map { calendar.start(of: $0) },
            effect: EffectID.derived(
                programme: self.programme, source: "tier/" + status.tier,
                cause: ID128(high: 0, low: UInt64(UInt32(bitPattern: since))),
                member: id))
        var grants: [String: EntitlementGrant] = [:]
        for tier in ladder.upTo(status.tier) {
            for name in tier.gives { grants[name] = grant }
        }
        return grants
    }

    // MARK: Counting

    /// Keeps by day what the ledger did to the ladder's unit since it was last asked, and tells the member what that did
    /// to their tier. Called after each command.
    public mutating func trackTiers(_ context: DecisionContext, into changes: inout Changes) {
        guard let ladder = context.programme.programme.tiers, ladder.keepsDays else { return }
        let fresh = changes.journal.entries[min(changes.trackedEntries, changes.journal.entries.count)...]
        changes.trackedEntries = changes.journal.entries.count
        let kind: AccountKind = ladder.counts == .credits ? .issued : .active
        for entry in fresh where entry.unit == ladder.unit && entry.kind == kind {
            guard let transfer = changes.journal.transfers.last(where: { $0.id == entry.transfer }) else { continue }
            let amount = ladder.counts == .credits ? -entry.amount : entry.amount
            guard amount != 0 else { continue }
            counters[TierCounters.credits, default: .empty].add(
                CounterMark(
                    day: context.calendar.day(of: transfer.at), slot: amount > 0 ? 0 : 1, wanted: 1, count: abs(amount))
            )
            changes.counters.insert(TierCounters.credits)
            tierDue = nil
        }
        if context.settles { settleTiers(context, into: &changes) }
    }

    /// What the ledger did is kept in the counters that come over with another record.
    mutating func skipTracking(_ context: DecisionContext, into changes: inout Changes) {
        guard context.programme.programme.tiers?.keepsDays ?? false else { return }
        changes.trackedEntries = changes.journal.entries.count
    }

    // MARK: The calendar

    /// When the tier next ends, or word of that is due: a function of what is kept, whatever the time is.
    func nextTierMove(_ context: DecisionContext) -> Instant? {
        if let tierDue { return tierDue }
        return untoldMoves(context).first.map { context.calendar.start(of: $0.day) }
    }

    private func untoldMoves(_ context: DecisionContext) -> [TierStatus.Move] {
        guard let ladder = context.programme.programme.tiers, ladder.keepsDays,
            counters.keys.contains(where: { $0.hasPrefix("tiers/") })
        else { return [] }
        let told = counters[TierCounters.told]?.granted ?? .min
        let day = Int32(clamping: max(told, 0) >> 32)
        return TierCalculator(ladder).eventual(tierHistory(ladder), after: day).filter { $0.key > told }
    }

    /// Tells the member, once, that their tier went up, will end or went down, and why.
    mutating func settleTiers(_ context: DecisionContext, into changes: inout Changes) {
        if tierDue == nil { tierDue = .some(nextTierMove(context)) }
        guard case .some(.some(let due)) = tierDue, due <= context.now else { return }
        let today = context.calendar.day(of: context.now)
        for move in untoldMoves(context) where move.day <= today {
            counters[TierCounters.told, default: .empty].granted = move.key
            changes.counters.insert(TierCounters.told)
            if move.kind == .willEnd {
                // It urges, so the budget says when it is told.
                counters[TierCounters.word] = TierCounters.word(of: move)
                changes.counters.insert(TierCounters.word)
                continue
            }
            changes.effects.append(
                AppliedEffect(
                    id: EffectID.derived(
                        programme: programme, source: TierCounters.told,
                        cause: ID128(high: 0, low: UInt64(bitPattern: move.key)), member: id),
                    kind: .notice, source: "tier/" + (move.kind == .down ? move.from : move.to),
                    version: context.programme.version, subject: move.kind.rawValue, amount: move.credits,
                    wanted: move.needed, at: context.calendar.start(of: move.day), day: move.day))
        }
        tierDue = nil
        tierDue = .some(nextTierMove(context))
    }

    // MARK: Invitations

    /// The invitation to a tier, whatever has become of it.
    public func invitation(to tier: String) -> TierInvitation? {
        TierCounters.invitation(tier, counters[TierCounters.invited(tier)])
    }

    /// Invites the member to a tier that nobody reaches by credits. A new invitation takes the place of an older one that
    /// was not accepted, or is over.
    ///
    /// - Parameter until: its last day.
    public mutating func invite(
        to tierID: String, until: Int32?, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        try checkInvited(tierID, context)
        let today = context.calendar.day(of: context.now)
        if let until, until < today { throw .invitationOver }
        if let known = invitation(to: tierID), known.holds(on: today) {
            guard known.until == until else { throw .invitationHolds }
            return
        }
        put(TierInvitation(tier: tierID, state: .offered, day: today, until: until), into: &changes)
    }

    /// Says yes or no to an invitation; no also ends one that was accepted.
    public mutating func answerInvitation(
        to tierID: String, accepts: Bool, _ context: DecisionContext, into changes: inout Changes
    ) throws(CommandProblem) {
        try checkInvited(tierID, context)
        guard var invitation = invitation(to: tierID), invitation.state != .ended else { throw .notInvited }
        let today = context.calendar.day(of: context.now)
        if accepts {
            if invitation.state == .accepted { return }
            if let until = invitation.until, until < today { throw .invitationOver }
            invitation.state = .accepted
        } else {
            invitation.state = .ended
        }
        invitation.day = today
        put(invitation, into: &changes)
    }

    private func checkInvited(_ tierID: String, _ context: DecisionContext) throws(CommandProblem) {
        guard let tier = context.programme.programme.tiers?.tiers.first(where: { $0.id == tierID }), tier.isInvited
        else {
            throw .unknownTier
        }
    }

    private mutating func put(_ invitation: TierInvitation, into changes: inout Changes) {
        let name = TierCounters.invited(invitation.tier)
        counters[name] = TierCounters.counter(invitation)
        changes.counters.insert(name)
        tierDue = nil
    }

    /// Joins what two records of one person have of tiers.
    mutating func mergeTierCounter(_ name: String, mine: Counter, theirs: Counter, merged: inout Counter) {
        tierDue = nil
        if name == TierCounters.told {
            merged.granted = max(mine.granted, theirs.granted)
        } else if name.hasPrefix(TierCounters.invitedPrefix) {
            // What was accepted stays; else the word of the record that goes on.
            let theirsHolds = theirs.granted == TierInvitation.State.accepted.rawValue
            merged = mine.marks.isEmpty || (theirsHolds && mine.granted != theirs.granted) ? theirs : mine
        }
    }
}
