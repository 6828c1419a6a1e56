public import Primitives
public import Storage

/// Everything that one transaction writes: rows of many members, collected after their decisions and sent as sets.
public struct LoyaltyBatch: Sendable {
    let programme: ProgrammeID
    private var members = RowBatch(Statements.member)
    private var due = RowBatch(Statements.due)
    private var accounts = RowBatch(Statements.account)
    private var transfers = RowBatch(Statements.transfer)
    private var entries = RowBatch(Statements.entry)
    private var lots = RowBatch(Statements.lot)
    private var lotUses = RowBatch(Statements.lotUse)
    private var holds = RowBatch(Statements.hold)
    private var counters = RowBatch(Statements.counter)
    private var badges = RowBatch(Statements.badge)
    private var entitlements = RowBatch(Statements.entitlement)
    private var explanations = RowBatch(Statements.explanation)
    private var exposures = RowBatch(Statements.exposure)
    private var claims = RowBatch(Statements.claim)
    private var spentTokens = RowBatch(Statements.spentToken)
    private var events = RowBatch(Statements.event)
    private var quarantined = RowBatch(Statements.quarantine)
    var sharing = SharingRows()
    private var reviews = ReviewRows()
    var boards = BoardRows()
    var referrals = RowBatch(ReferralStatements.referral)
    var human = HumanRows()
    private var leaving = LeavingPersonal()
    private var revokedBadges: [(member: MemberID, badge: String)] = []
    private var forgotten: [(member: MemberID, claim: ID128)] = []
    private var ruleDays: [RuleDay: (count: Int64, amount: Int64)] = [:]
    private var budgets: [BudgetBook.Key: (change: Int64, limit: Int64)] = [:]

    private struct RuleDay: Hashable {
        var day: Int32
        var source: String
        var kind: AppliedEffect.Kind
    }

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// Rows so far, for logs and benchmarks.
    public var rowCount: Int { rowCounts.reduce(0) { $0 + $1.count } }

    /// Rows so far, by table.
    public var rowCounts: [(table: String, count: Int)] {
        [
            ("member", members.count), ("member_due", due.count), ("account", accounts.count),
            ("transfer", transfers.count), ("entry", entries.count), ("lot", lots.count), ("lot_use", lotUses.count),
            ("hold", holds.count), ("counter", counters.count), ("badge", badges.count),
            ("entitlement", entitlements.count), ("explanation", explanations.count), ("exposure", exposures.count),
            ("event_claim", claims.count), ("event", events.count), ("quarantine", quarantined.count),
            ("earning_spent", spentTokens.count), ("rule_day", ruleDays.count), ("budget_spent", budgets.count),
        ] + sharing.counts + reviews.counts + [("referral", referrals.count)] + human.counts
    }

    /// Claims an event; the transaction fails if another one has claimed it meanwhile.
    public mutating func claim(_ claim: ID128) {
        claims.add(claim)
        claims.add(programme)
    }

    /// Spends a token; the transaction fails if it was spent meanwhile.
    public mutating func spend(_ credit: EarningCredit) {
        spentTokens.append(.id(credit.token), .text(programme.name), .integer(Int64(credit.day)))
    }

    /// Keeps a raw event for as long as its type says.
    public mutating func keep(
        event claim: ID128, type: String, at: Instant, payload: [UInt8], member: MemberID, until expiresAt: Instant
    ) {
        events.add(member)
        events.add(at)
        events.add(claim)
        events.add(programme)
        events.add(type)
        events.add(bytes: payload)
        events.add(expiresAt)
    }

    /// Forgets a raw event that did not happen as it was sent.
    public mutating func forget(event claim: ID128, of member: MemberID) { forgotten.append((member, claim)) }

    /// Keeps an event that cannot be taken, sealed.
    public mutating func quarantine(
        _ id: ID128, day: Int32, type: String, problem: EventProblem, sealed: [UInt8], until expiresAt: Instant
    ) {
        quarantined.append(
            .id(id), .text(programme.name), .integer(Int64(day)), .text(type), .text(problem.code.rawValue),
            problem.field.map { .text($0) } ?? .null, .text(problem.detail), .blob(sealed),
            .integer(expiresAt.milliseconds))
    }

    /// What a budget gave or got back.
    public mutating func budget(_ key: BudgetBook.Key, changes amount: Int64, limit: Int64) {
        budgets[key] = ((budgets[key]?.change ?? 0) + amount, limit)
    }

    /// Something that a member is told who is not decided on in this batch.
    public mutating func tell(_ notice: AppliedEffect, to member: MemberID, zoneData: ZoneDataHistory.Stamp? = nil) {
        let key = RuleDay(day: notice.day, source: notice.source, kind: notice.kind)
        let sum = ruleDays[key] ?? (0, 0)
        ruleDays[key] = (sum.count + 1, sum.amount)
        addExplanation(notice, of: member, zoneData: zoneData?.number(of: notice, level: .session))
    }

    /// A member's changes.
    ///
    /// - Parameters:
    ///   - state: as it is after them.
    ///   - previousDue: when the calendar had something to do before them.
    ///   - nextDue: when it has after them; see ``MemberState/nextDue(_:)``.
    ///   - day: today in the programme's time zone, for exposures; effects are counted under their own day, so that an
    ///     import's batch of many days counts each where it belongs.
    ///   - zoneData: under which version of the time zone data they were decided.
    public mutating func add(
        _ changes: Changes, of state: MemberState, previousDue: Instant?, nextDue: Instant?, day: Int32,
        zoneData: ZoneDataHistory.Stamp? = nil
    ) {
        let member = state.id
        if !state.isStored || changes.profileChanged { addMember(state) }
        if nextDue != previousDue || changes.reschedules {
            due.append(
                .id(member.value), .text(programme.name), nextDue.map { .integer($0.milliseconds) } ?? .null)
        }
        addLedger(changes.journal, of: state)
        sharing.add(changes, of: state)
        reviews.add(changes, of: state)
        human.add(changes.letters, of: programme)
        human.forgetMakers(in: changes.forgottenOccasions, of: member, programme)
        if let calendar = changes.leavesPersonal { leaving.add(member, calendar) }
        for name in changes.counters.sorted() {
            let counter = state.counters[name] ?? .empty
            counters.add(member)
            counters.add(name)
            counters.add(programme)
            counters.add(bytes: counter.encodedMarks)
            counters.add(counter.granted)
            counters.add(counter.refused)
        }
        for name in changes.badges.sorted() {
            guard let grant = state.badges[name] else {
                revokedBadges.append((member, name))
                continue
            }
            badges.append(
                .id(member.value), .text(name), .text(programme.name), .integer(Int64(grant.day)), .id(grant.effect))
        }
        for name in changes.entitlements.sorted() {
            guard let grant = state.entitlements[name] else { continue }
            entitlements.append(
                .id(member.value), .text(name), .text(programme.name), .integer(Int64(grant.day)),
                grant.expiresAt.map { .integer($0.milliseconds) } ?? .null, .id(grant.effect))
        }
        for rule in changes.exposures.sorted() {
            exposures.append(.id(member.value), .text(rule), .text(programme.name), .integer(Int64(day)))
        }
        for effect in changes.effects {
            let key = RuleDay(day: effect.day, source: effect.source, kind: effect.kind)
            let sum = ruleDays[key] ?? (0, 0)
            let amount = effect.kind == .progress || effect.kind == .completed ? 0 : effect.amount
            ruleDays[key] = (sum.count + 1, sum.amount + amount)
            if effect.isKept {
                addExplanation(
                    effect, of: member, zoneData: zoneData?.number(of: effect, level: state.profile.level))
            }
        }
    }

    private mutating func addMember(_ state: MemberState) {
        members.append(
            .id(state.id.value), .text(programme.name), .integer(state.profile.level.stored),
            state.profile.timeZone.map { .text($0) } ?? .null,
            state.profile.dayStartMinutes.map { .integer(Int64($0)) } ?? .null,
            state.profile.language.map { .text($0.rawValue) } ?? .null, .integer(Int64(state.profile.joinedDay)),
            .integer(state.profile.isPaused ? 1 : 0), state.profile.mergedInto.map { .id($0.value) } ?? .null,
            .text(
                String(
                    decoding: JSONValue.object(JSONObject(state.traits.map { ($0.key, $0.value) })).canonicalBytes(),
                    as: UTF8.self)))
    }

    private mutating func addLedger(_ journal: LedgerJournal, of state: MemberState) {
        guard !journal.isEmpty else { return }
        let member = state.id
        for transfer in journal.transfers {
            transfers.add(member)
            transfers.add(transfer.id)
            transfers.add(programme)
            transfers.add(transfer.kind.rawValue)
            transfers.add(transfer.unit)
            transfers.add(transfer.amount)
            transfers.add(transfer.at)
            transfers.add(transfer.source)
            transfers.add(transfer.sourceVersion)
            if let refers = transfer.refers { transfers.add(refers) } else { transfers.addNull() }
            if let budget = transfer.budget { transfers.add(budget) } else { transfers.addNull() }
            if let day = transfer.budgetDay { transfers.add(Int64(day)) } else { transfers.addNull() }
        }
        for entry in journal.entries {
            entries.add(member)
            entries.add(entry.unit)
            entries.add(entry.kind.rawValue)
            entries.add(entry.version)
            entries.add(programme)
            entries.add(entry.transfer)
            entries.add(entry.amount)
            entries.add(entry.balance)
        }
        for account in state.wallet.accounts
        where journal.entries.contains(where: { $0.kind == account.kind && $0.unit == account.unit }) {
            accounts.add(member)
            accounts.add(account.unit)
            accounts.add(account.kind.rawValue)
            accounts.add(programme)
            accounts.add(account.balance)
            accounts.add(account.version)
        }
        for lot in journal.lots.values.sorted(by: { $0.id < $1.id }) {
            lots.add(member)
            lots.add(lot.id)
            lots.add(programme)
            lots.add(lot.unit)
            lots.add(lot.granted)
            lots.add(lot.remaining)
            lots.add(lot.held)
            if let activeAt = lot.activeAt { lots.add(activeAt) } else { lots.addNull() }
            if let expiresAt = lot.expiresAt { lots.add(expiresAt) } else { lots.addNull() }
            lots.add(Int64(lot.isOpen ? 1 : 0))
            if let terms = lot.terms { lots.add(terms.text) } else { lots.addNull() }
        }
        for use in journal.lotUses {
            lotUses.append(
                .id(member.value), .id(use.lot), .id(use.transfer), .text(programme.name), .integer(use.amount))
        }
        for hold in journal.holds.values.sorted(by: { $0.id < $1.id }) {
            holds.append(
                .id(member.value), .id(hold.id), .text(programme.name), .text(hold.unit), .integer(hold.amount),
                .text(hold.reward), .blob(Hold.encode(hold.parts)), .integer(hold.state.rawValue),
                .integer(hold.openedAt.milliseconds), .integer(hold.expiresAt.milliseconds))
        }
    }

    private mutating func addExplanation(_ effect: AppliedEffect, of member: MemberID, zoneData: Int64?) {
        explanations.add(member)
        explanations.add(Int64(effect.day))
        explanations.add(effect.id)
        explanations.add(programme)
        explanations.add(effect.kind.rawValue)
        explanations.add(effect.source)
        explanations.add(effect.version)
        explanations.add(effect.subject)
        explanations.add(effect.amount)
        explanations.add(effect.wanted)
        if let refusal = effect.refusal { explanations.add(refusal.text) } else { explanations.addNull() }
        explanations.add(effect.at)
        if effect.proof.isEmpty { explanations.addNull() } else { explanations.add(bytes: effect.proof) }
        if let zoneData { explanations.add(zoneData) } else { explanations.addNull() }
    }

    /// Writes everything. Called inside the transaction that also checks the lease.
    ///
    /// - Throws: ``LoyaltyStoreProblem`` when a budget or a stock has less than was decided on, because another node took
    ///   some: load again and decide again.
    public func write(_ connection: any Connection) throws {
        func send(_ statement: BulkStatement, _ rows: RowBatch) throws {
            if !rows.isEmpty { try connection.enqueue(statement, rows) }
        }
        for (key, budget) in budgets.sorted(by: { ($0.key.budget, $0.key.day) < ($1.key.budget, $1.key.day) }) {
            try connection.execute(
                "INSERT INTO budget_spent (programme_id, budget, day, spent) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
                [.text(programme.name), .text(key.budget), .integer(Int64(key.day))])
            let changed = try connection.execute(
                """
                UPDATE budget_spent SET spent = spent + ?
                WHERE programme_id = ? AND budget = ? AND day = ? AND spent + ? <= ?
                """,
                [
                    .integer(budget.change), .text(programme.name), .text(key.budget), .integer(Int64(key.day)),
                    .integer(budget.change), .integer(budget.change <= 0 ? .max : budget.limit),
                ])
            guard changed == 1 else { throw LoyaltyStoreProblem.budgetTaken(key.budget) }
        }
        for (member, claim) in forgotten {
            try connection.execute(
                "DELETE FROM event WHERE member_id = ? AND claim = ? AND programme_id = ?",
                [.id(member.value), .id(claim), .text(programme.name)])
        }
        try send(Statements.claim, claims)
        try send(Statements.spentToken, spentTokens)
        try send(Statements.event, events)
        try send(Statements.member, members)
        try send(Statements.due, due)
        try send(Statements.transfer, transfers)
        try send(Statements.entry, entries)
        try send(Statements.account, accounts)
        try send(Statements.lot, lots)
        try send(Statements.lotUse, lotUses)
        try send(Statements.hold, holds)
        try send(Statements.counter, counters)
        for (member, badge) in revokedBadges {
            try connection.execute(
                "DELETE FROM badge WHERE member_id = ? AND badge = ? AND programme_id = ?",
                [.member(member), .text(badge), .text(programme.name)])
        }
        try send(Statements.badge, badges)
        try send(Statements.entitlement, entitlements)
        try send(Statements.explanation, explanations)
        try send(Statements.exposure, exposures)
        try send(Statements.quarantine, quarantined)
        try sharing.write(connection)
        try reviews.write(connection)
        try boards.write(programme, connection)
        if !referrals.isEmpty { try connection.enqueue(ReferralStatements.referral, referrals) }
        try human.write(connection)
        var days = RowBatch(Statements.ruleDay)
        let ordered = ruleDays.sorted {
            ($0.key.day, $0.key.source, $0.key.kind.rawValue) < ($1.key.day, $1.key.source, $1.key.kind.rawValue)
        }
        for (key, sum) in ordered {
            days.append(
                .text(programme.name), .integer(Int64(key.day)), .text(key.source), .text(key.kind.rawValue),
                .integer(sum.count), .integer(sum.amount))
        }
        try send(Statements.ruleDay, days)
        try leaving.write(programme, connection)
    }
}

/// Why a transaction must be decided again.
public enum LoyaltyStoreProblem: Error, Sendable, Hashable {
    case budgetTaken(String)
    case stockTaken(String)
    /// A stored row does not hold what this release writes.
    case unreadable(table: String)
}

extension PrivacyLevel {
    var stored: Int64 {
        switch self {
        case .off: 0
        case .session: 1
        case .persona: 2
        case .personal: 3
        }
    }

    init?(stored: Int64) {
        switch stored {
        case 0: self = .off
        case 1: self = .session
        case 2: self = .persona
        case 3: self = .personal
        default: return nil
        }
    }
}

extension Hold {
    /// Sixteen bytes of lot and eight of amount per part.
    static func encode(_ parts: [Part]) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += part.lot.bytes
            bytes += ID128(high: UInt64(bitPattern: part.amount), low: 0).bytes.prefix(8)
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]) -> [Part]? {
        guard bytes.count % 24 == 0 else { return nil }
        return stride(from: 0, to: bytes.count, by: 24).compactMap { start in
            guard let lot = ID128(bytes: bytes[start..<start + 16]) else { return nil }
            let amount = bytes[start + 16..<start + 24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Part(lot: lot, amount: Int64(bitPattern: amount))
        }
    }
}
