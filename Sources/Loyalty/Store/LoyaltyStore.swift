public import Primitives
public import Storage

/// Reads members and events of one programme.
public struct LoyaltyStore: Sendable {
    public let programme: ProgrammeID

    public init(programme: ProgrammeID) {
        self.programme = programme
    }

    /// Which of `claims` are taken already.
    public func claimed(_ claims: [ID128], _ connection: any Connection) throws -> Set<ID128> {
        let rows = try connection.query(
            "SELECT claim FROM event_claim WHERE claim IN (?*)", keys: claims.map { .id($0) })
        return Set(try rows.map { try $0.id(0) })
    }

    /// Loads members; those that are not stored yet come as new ones.
    ///
    /// - Parameter joinedDay: the day that a new member gets.
    public func load(
        _ members: [MemberID], joinedDay: Int32, _ connection: any Connection
    ) throws -> [MemberID: MemberState] {
        let keys = members.map { SQLValue.id($0.value) }
        var states: [MemberID: MemberState] = [:]
        for member in members {
            states[member] = MemberState(
                programme: programme, id: member, profile: MemberProfile(joinedDay: joinedDay))
        }
        var stored: [SQLValue] = []
        for row in try connection.query(
            """
            SELECT member_id, level, time_zone, day_start, language, joined_day, paused, merged_into, traits
            FROM member WHERE programme_id = ? AND member_id IN (?*)
            """, [.text(programme.name)], keys: keys)
        {
            let member = try row.member(0)
            stored.append(.id(member.value))
            guard let level = PrivacyLevel(stored: try row.int(1)),
                let traits = try? JSONValue(parsing: try row.text(8)), case .object(let object) = traits
            else { throw LoyaltyStoreProblem.unreadable(table: "member") }
            states[member]?.isStored = true
            states[member]?.profile = MemberProfile(
                level: level, timeZone: try row.textOrNil(2), dayStartMinutes: try row.intOrNil(3).map { Int($0) },
                language: try row.textOrNil(4).flatMap { Language(rawValue: $0) },
                joinedDay: Int32(clamping: try row.int(5)), isPaused: try row.flag(6),
                mergedInto: try row.idOrNil(7).map { MemberID($0) })
            for trait in object { states[member]?.traits[trait.key] = trait.value }
        }
        guard !stored.isEmpty else { return states }
        try loadSharing(stored, into: &states, connection)
        try loadWallets(stored, into: &states, connection)
        for row in try connection.query(
            "SELECT member_id, name, marks, granted, refused FROM counter WHERE member_id IN (?*)", keys: stored)
        {
            guard
                let counter = Counter(
                    encodedMarks: try row.blob(2), granted: try row.int(3), refused: try row.int(4))
            else { throw LoyaltyStoreProblem.unreadable(table: "counter") }
            states[try row.member(0)]?.counters[try row.text(1)] = counter
        }
        for row in try connection.query(
            "SELECT member_id, badge, day, effect_id FROM badge WHERE member_id IN (?*)", keys: stored)
        {
            states[try row.member(0)]?.badges[try row.text(1)] = BadgeGrant(
                day: Int32(clamping: try row.int(2)), effect: try row.id(3))
        }
        for row in try connection.query(
            "SELECT member_id, name, day, expires_at, effect_id FROM entitlement WHERE member_id IN (?*)",
            keys: stored)
        {
            states[try row.member(0)]?.entitlements[try row.text(1)] = EntitlementGrant(
                day: Int32(clamping: try row.int(2)),
                expiresAt: try row.intOrNil(3).map { Instant(milliseconds: $0) }, effect: try row.id(4))
        }
        return states
    }

    private func loadWallets(
        _ keys: [SQLValue], into states: inout [MemberID: MemberState], _ connection: any Connection
    ) throws {
        var accounts: [MemberID: [Account]] = [:]
        var lots: [MemberID: [Lot]] = [:]
        var holds: [MemberID: [Hold]] = [:]
        for row in try connection.query(
            "SELECT member_id, unit, kind, balance, version FROM account WHERE member_id IN (?*)", keys: keys)
        {
            guard let kind = AccountKind(rawValue: try row.int(2)) else {
                throw LoyaltyStoreProblem.unreadable(table: "account")
            }
            accounts[try row.member(0), default: []].append(
                Account(unit: try row.text(1), kind: kind, balance: try row.int(3), version: try row.int(4)))
        }
        guard !accounts.isEmpty else { return }
        for row in try connection.query(
            """
            SELECT member_id, lot_id, unit, granted, remaining, held, active_at, expires_at, terms
            FROM lot WHERE is_open = 1 AND member_id IN (?*)
            """, keys: keys)
        {
            var terms: LotTerms?
            if let text = try row.textOrNil(8) {
                guard let read = LotTerms(text: text) else { throw LoyaltyStoreProblem.unreadable(table: "lot") }
                terms = read
            }
            lots[try row.member(0), default: []].append(
                Lot(
                    id: try row.id(1), unit: try row.text(2), granted: try row.int(3), remaining: try row.int(4),
                    held: try row.int(5), activeAt: try row.intOrNil(6).map { Instant(milliseconds: $0) },
                    expiresAt: try row.intOrNil(7).map { Instant(milliseconds: $0) }, terms: terms))
        }
        for row in try connection.query(
            """
            SELECT member_id, hold_id, unit, amount, reward, parts, state, opened_at, expires_at
            FROM hold WHERE member_id IN (?*)
            """, keys: keys)
        {
            let hold = try Self.hold(row)
            let member = try row.member(0)
            if hold.state == .open { holds[member, default: []].append(hold) }
            guard !hold.isGift else { continue }
            let day = Int32(clamping: hold.openedAt.milliseconds / 86_400_000)
            states[member]?.redemptions[hold.id] = RedemptionRecord(
                id: hold.id, reward: hold.reward, state: hold.state, day: day)
        }
        try Self.loadRedemptions(keys, into: &states, connection)
        for (member, list) in accounts {
            states[member]?.wallet = Wallet(
                accounts: list.sorted { ($0.unit, $0.kind.rawValue) < ($1.unit, $1.kind.rawValue) },
                lots: (lots[member] ?? []).sorted { $0.id < $1.id }, holds: holds[member] ?? [])
        }
    }

    static func hold(_ row: Row) throws -> Hold {
        guard let parts = Hold.decode(try row.blob(5)), let state = Hold.State(rawValue: try row.int(6)) else {
            throw LoyaltyStoreProblem.unreadable(table: "hold")
        }
        return Hold(
            id: try row.id(1), unit: try row.text(2), amount: try row.int(3), reward: try row.text(4), parts: parts,
            state: state, openedAt: try row.instant(7), expiresAt: try row.instant(8))
    }

    /// One redemption of one member, in whatever state; `nil` if there is none.
    public func hold(_ id: ID128, of member: MemberID, _ connection: any Connection) throws -> Hold? {
        try connection.first(
            """
            SELECT member_id, hold_id, unit, amount, reward, parts, state, opened_at, expires_at
            FROM hold WHERE member_id = ? AND hold_id = ? AND programme_id = ?
            """, [.id(member.value), .id(id), .text(programme.name)]
        ).map { try Self.hold($0) }
    }

    /// One transfer of one member.
    public func transfer(_ id: ID128, of member: MemberID, _ connection: any Connection) throws -> Transfer? {
        try connection.first(
            """
            SELECT transfer_id, kind, unit, amount, at, source, source_version, refers, budget, budget_day
            FROM transfer WHERE member_id = ? AND transfer_id = ? AND programme_id = ?
            """, [.id(member.value), .id(id), .text(programme.name)]
        ).map { row in
            guard let kind = Transfer.Kind(rawValue: try row.int(1)) else {
                throw LoyaltyStoreProblem.unreadable(table: "transfer")
            }
            return Transfer(
                id: try row.id(0), kind: kind, unit: try row.text(2), amount: try row.int(3), at: try row.instant(4),
                source: try row.text(5), sourceVersion: try row.int(6), refers: try row.idOrNil(7),
                budget: try row.textOrNil(8), budgetDay: try row.intOrNil(9).map { Int32(clamping: $0) })
        }
    }

    /// The member's explained effects, newest first.
    ///
    /// - Parameter before: continues a listing after this day and effect.
    public func explanations(
        of member: MemberID, before: (day: Int32, effect: ID128)? = nil, limit: Int, _ connection: any Connection
    ) throws -> [AppliedEffect] {
        var sql = """
            SELECT effect_id, kind, source, source_version, subject, amount, wanted, refusal, at, day, proof, zone_data
            FROM explanation WHERE member_id = ? AND programme_id = ?
            """
        var arguments: [SQLValue] = [.id(member.value), .text(programme.name)]
        if let before {
            sql += " AND (day < ? OR (day = ? AND effect_id < ?))"
            arguments += [.integer(Int64(before.day)), .integer(Int64(before.day)), .id(before.effect)]
        }
        sql += " ORDER BY day DESC, effect_id DESC LIMIT ?"
        arguments.append(.integer(Int64(limit)))
        let rows = try connection.query(sql, arguments)
        let zoneData = rows.isEmpty ? ZoneDataHistory() : try zoneData(connection)
        return try rows.map { row in
            var effect = try Self.effect(row)
            effect.zoneData = zoneData.names(of: try row.intOrNil(11), day: effect.day, at: effect.at)
            return effect
        }
    }

    /// One explained effect of one member.
    public func explanation(
        _ id: ID128, of member: MemberID, _ connection: any Connection
    ) throws -> AppliedEffect? {
        try connection.first(
            """
            SELECT effect_id, kind, source, source_version, subject, amount, wanted, refusal, at, day, proof
            FROM explanation WHERE member_id = ? AND effect_id = ? AND programme_id = ?
            """, [.id(member.value), .id(id), .text(programme.name)]
        ).map { try Self.effect($0) }
    }

    static func effect(_ row: Row) throws -> AppliedEffect {
        guard let kind = AppliedEffect.Kind(rawValue: try row.text(1)) else {
            throw LoyaltyStoreProblem.unreadable(table: "explanation")
        }
        return AppliedEffect(
            id: try row.id(0), kind: kind, source: try row.text(2), version: try row.int(3),
            subject: try row.text(4), amount: try row.int(5), wanted: try row.int(6),
            refusal: try row.textOrNil(7).flatMap { AppliedEffect.Refusal(text: $0) }, at: try row.instant(8),
            day: Int32(clamping: try row.int(9)), proof: try row.blobOrNil(10) ?? [])
    }

    /// What budgets have spent in the periods that start on the given days.
    public func spent(_ keys: [BudgetBook.Key], _ connection: any Connection) throws -> [BudgetBook.Key: Int64] {
        var result: [BudgetBook.Key: Int64] = [:]
        for key in keys {
            result[key] =
                try connection.first(
                    "SELECT spent FROM budget_spent WHERE programme_id = ? AND budget = ? AND day = ?",
                    [.text(programme.name), .text(key.budget), .integer(Int64(key.day))]
                )?.int(0) ?? 0
        }
        return result
    }

    /// How many of a reward are taken.
    public func taken(of reward: String, _ connection: any Connection) throws -> Int64 {
        try connection.first(
            "SELECT taken FROM reward_stock WHERE programme_id = ? AND reward = ?",
            [.text(programme.name), .text(reward)]
        )?.int(0) ?? 0
    }

    /// Members for whom the calendar has something to do at `now`, the most overdue first.
    public func due(at now: Instant, limit: Int, _ connection: any Connection) throws -> [MemberID] {
        try connection.query(
            "SELECT member_id FROM member_due WHERE due_at <= ? AND programme_id = ? ORDER BY due_at LIMIT ?",
            [.integer(now.milliseconds), .text(programme.name), .integer(Int64(limit))]
        ).map { try $0.member(0) }
    }

    /// Counts of effects by rule and kind on the days from `first`, for the console.
    public func ruleDays(from first: Int32, _ connection: any Connection) throws -> [RuleDayCount] {
        try connection.query(
            """
            SELECT day, source, kind, count, amount FROM rule_day WHERE programme_id = ? AND day >= ?
            ORDER BY day, source, kind
            """, [.text(programme.name), .integer(Int64(first))]
        ).map { row in
            RuleDayCount(
                day: Int32(clamping: try row.int(0)), source: try row.text(1), kind: try row.text(2),
                count: try row.int(3), amount: try row.int(4))
        }
    }

    /// Removes raw events whose declared retention is over. Returns how many.
    public func purgeEvents(at now: Instant, _ connection: any Connection) throws -> Int {
        try connection.execute(
            "DELETE FROM event WHERE expires_at <= ? AND programme_id = ?",
            [.integer(now.milliseconds), .text(programme.name)])
    }

    public func purgeQuarantine(at now: Instant, _ connection: any Connection) throws -> Int {
        try connection.execute(
            "DELETE FROM quarantine WHERE expires_at <= ? AND programme_id = ?",
            [.integer(now.milliseconds), .text(programme.name)])
    }

    /// Events in quarantine, the latest day first.
    public func quarantined(
        before: (day: Int32, id: ID128)? = nil, limit: Int, _ connection: any Connection
    ) throws -> [QuarantinedEvent] {
        var sql = """
            SELECT quarantine_id, day, type, code, field, detail, sealed FROM quarantine WHERE programme_id = ?
            """
        var arguments: [SQLValue] = [.text(programme.name)]
        if let before {
            sql += " AND (day < ? OR (day = ? AND quarantine_id < ?))"
            arguments += [.integer(Int64(before.day)), .integer(Int64(before.day)), .id(before.id)]
        }
        sql += " ORDER BY day DESC, quarantine_id DESC LIMIT ?"
        arguments.append(.integer(Int64(limit)))
        return try connection.query(sql, arguments).map { row in
            QuarantinedEvent(
                id: try row.id(0), day: Int32(clamping: try row.int(1)), type: try row.text(2),
                code: try row.text(3), field: try row.textOrNil(4), detail: try row.text(5), sealed: try row.blob(6))
        }
    }

    /// One event in quarantine.
    public func quarantined(_ id: ID128, _ connection: any Connection) throws -> QuarantinedEvent? {
        try connection.first(
            """
            SELECT quarantine_id, day, type, code, field, detail, sealed FROM quarantine
            WHERE programme_id = ? AND quarantine_id = ?
            """, [.text(programme.name), .id(id)]
        ).map { row in
            QuarantinedEvent(
                id: try row.id(0), day: Int32(clamping: try row.int(1)), type: try row.text(2),
                code: try row.text(3), field: try row.textOrNil(4), detail: try row.text(5), sealed: try row.blob(6))
        }
    }

    /// Takes an event out of quarantine, once it was taken or given up. Returns whether it was there.
    public func release(_ id: ID128, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM quarantine WHERE programme_id = ? AND quarantine_id = ?",
            [.text(programme.name), .id(id)]) == 1
    }

    /// How many members are stored.
    public func memberCount(_ connection: any Connection) throws -> Int64 {
        try connection.first(
            """
            SELECT count(*) FROM member WHERE programme_id = ? AND merged_into IS NULL
            AND NOT EXISTS (SELECT 1 FROM shared_wallet WHERE shared_wallet.member_id = member.member_id)
            """, [.text(programme.name)]
        )?.int(0) ?? 0
    }
}

/// Effects of one rule or challenge on one day.
public struct RuleDayCount: Sendable, Hashable {
    public var day: Int32
    public var source: String
    public var kind: String
    public var count: Int64
    public var amount: Int64
}

/// An event that could not be taken; its content is sealed.
public struct QuarantinedEvent: Sendable, Hashable {
    public var id: ID128
    public var day: Int32
    public var type: String
    public var code: String
    public var field: String?
    public var detail: String
    public var sealed: [UInt8]
}

extension AppliedEffect.Refusal {
    /// Reads the stored form.
    public init?(text: String) {
        if text == "cooldown" {
            self = .cooldown
        } else if text.hasPrefix("limit:"), let index = Int(text.dropFirst(6)) {
            self = .limit(index)
        } else if text.hasPrefix("budget:") {
            self = .budget(String(text.dropFirst(7)))
        } else if text.hasPrefix("pressure:"), let reason = PressureBudget.Reason(rawValue: String(text.dropFirst(9))) {
            self = .pressure(reason)
        } else {
            return nil
        }
    }
}
