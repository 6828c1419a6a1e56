import Catalogue
import Loyalty
import Primitives
import Storage

extension Pipeline {
    /// Reads, in one go, everything the batch's decisions need.
    ///
    /// - Parameter rosters: teams of which every member is needed; see ``RosterMissing``.
    func load(_ commands: [Command], rosters: Rosters) async throws -> Work {
        var work = Work()
        var missing: [ProgrammeID: [MemberID]] = [:]
        var claims: [ProgrammeID: [ID128]] = [:]
        var tokens: [ProgrammeID: [ID128]] = [:]
        var requests: [(Int, IdempotencyRecords.Request)] = []
        var wantedHolds: [(ProgrammeID, MemberID, ID128)] = []
        var wantedCodes: [ProgrammeID: [String: Int]] = [:]
        var wantedBooks: [ProgrammeID: [Reward]] = [:]
        var amended: [(programme: ProgrammeID, member: MemberID, amendment: ID128, awards: [ID128])] = []
        var judged: [Judged] = []
        var wantedBudgets: [ProgrammeID: Set<BudgetBook.Key>] = [:]
        work.now = commands.last?.now
        work.received = commands.first?.received
        // Who is new joins on the day of their own first command.
        var joining: [MemberID: Int32] = [:]
        work.pausesCalendar = host.pausesCalendar
        for (index, command) in commands.enumerated() {
            guard let compiled = host[command.programme] else { continue }
            if work.days[command.programme] == nil {
                work.days[command.programme] = calendars.programmeDay(compiled, command.now)
            }
            for member in command.members where work.states[member] == nil {
                if let state = cache.take(member) {
                    work.states[member] = state
                } else if joining[member] == nil {
                    missing[command.programme, default: []].append(member)
                    joining[member] = calendars.programmeDay(compiled, command.now)
                }
            }
            if let record = command.record { requests.append((index, record.request)) }
            if case .reverse(let effect) = command.action {
                judged.append(Judged(programme: command.programme, member: command.member, effect: effect))
            }
            switch command.action {
            case .event(_, let claim), .replay(_, let claim, _), .bulk(_, let claim), .open(_, let claim):
                claims[command.programme, default: []].append(claim)
            case .earn(let credit): tokens[command.programme, default: []].append(credit.token)
            case .confirm(let hold), .cancel(let hold), .refund(let hold), .fulfil(let hold, _, _):
                wantedHolds.append((command.programme, command.member, hold))
            case .reverse(let effect): work.wantedAwards.append((command.programme, command.member, effect))
            case .offerGift(_, _, let gift): wantedHolds.append((command.programme, command.member, gift))
            case .amend(let amendment):
                let own = MemberState.amendment(of: amendment.claim)
                claims[command.programme, default: []] += [amendment.claim, own]
                guard let type = compiled.eventTypes[amendment.original.type] else { break }
                let awards = MemberState.awardIDs(
                    of: type, claim: amendment.claim, member: command.member, programme: command.programme)
                amended.append((command.programme, command.member, own, awards))
                judged.append(
                    Judged(
                        programme: command.programme, member: command.member, at: amendment.original.time,
                        type: type, amendment: own, claim: amendment.claim))
            case .redeem(let reward, let hold, _):
                if compiled.rewards[reward]?.reward.codes != nil {
                    wantedCodes[command.programme, default: [:]][reward, default: 0] += 1
                }
                wantedHolds.append((command.programme, command.member, hold))
            case .human(let action):
                work.wantedHuman.append(
                    WantedHuman(
                        programme: command.programme, member: command.member, action: action,
                        day: work.days[command.programme] ?? 0))
            default: break
            }
            if rewardBooks[command.programme] == nil { wantedBooks[command.programme] = compiled.programme.rewards }
            if !compiled.budgets.isEmpty {
                let day = calendars.programmeDay(compiled, command.now)
                for budget in compiled.budgets.values {
                    let key = BudgetBook.Key(
                        budget: budget.id, day: DayPeriods().firstDay(of: budget.period, containing: day))
                    if !(loadedBudgets[command.programme]?.contains(key) ?? false) {
                        wantedBudgets[command.programme, default: []].insert(key)
                    }
                }
            }
        }
        if missing.isEmpty && claims.isEmpty && requests.isEmpty && wantedHolds.isEmpty && wantedBudgets.isEmpty
            && tokens.isEmpty && wantedBooks.isEmpty && work.wantedAwards.isEmpty
        {
            return try await note(work, rosters)
        }
        let records = self.records
        let (missingMembers, wantedClaims, joinedDays) = (missing, claims, work.days)
        let wantedTokens = tokens
        let (keys, holds, spent) = (requests, wantedHolds, wantedBudgets)
        let (codes, books) = (wantedCodes, wantedBooks)
        let toAmend = amended
        struct Loaded: Sendable {
            var states: [MemberID: MemberState] = [:]
            var claimed: Set<ID128> = []
            var outcomes: [(Int, IdempotencyRecords.Outcome)] = []
            var holds: [ID128: Hold] = [:]
            var codes: [ProgrammeID: [String: [ID128]]] = [:]
            var books: [ProgrammeID: RewardBook] = [:]
            var stored: [ID128: StoredAwards] = [:]
            var spent: [ProgrammeID: [BudgetBook.Key: Int64]] = [:]
        }
        let loaded = try await database.read { connection in
            var loaded = Loaded()
            for (programme, members) in missingMembers {
                loaded.states.merge(
                    try LoyaltyStore(programme: programme).load(
                        members, joinedDay: joinedDays[programme] ?? 0, connection)
                ) { first, _ in first }
            }
            for (programme, claims) in wantedClaims {
                loaded.claimed.formUnion(try LoyaltyStore(programme: programme).claimed(claims, connection))
            }
            for (programme, tokens) in wantedTokens {
                loaded.claimed.formUnion(try LoyaltyStore(programme: programme).spentTokens(tokens, connection))
            }
            for (index, request) in keys { loaded.outcomes.append((index, try records.find(connection, request))) }
            for (programme, member, id) in holds {
                loaded.holds[id] = try LoyaltyStore(programme: programme).hold(id, of: member, connection)
            }
            for (programme, member, amendment, awards) in toAmend {
                let store = LoyaltyStore(programme: programme)
                var stored = StoredAwards()
                for id in awards {
                    stored.effects[id] = try store.explanation(id, of: member, connection)
                    stored.transfers[id] = try store.transfer(id, of: member, connection)
                }
                loaded.stored[amendment] = stored
            }
            for (programme, rewards) in books {
                loaded.books[programme] = try LoyaltyStore(programme: programme).rewardBook(rewards, connection)
            }
            for (programme, rewards) in codes {
                for (reward, count) in rewards {
                    loaded.codes[programme, default: [:]][reward] = try LoyaltyStore(programme: programme).freeCodes(
                        of: reward, count: count, connection)
                }
            }
            for (programme, keys) in spent {
                loaded.spent[programme] = try LoyaltyStore(programme: programme).spent(Array(keys), connection)
            }
            return loaded
        }
        for (member, state) in loaded.states {
            var state = state
            if !state.isStored, let day = joining[member] { state.profile.joinedDay = day }
            work.states[member] = work.states[member] ?? state
        }
        work.claimed = loaded.claimed
        work.holds = loaded.holds
        work.stored = loaded.stored
        work.judged = judged
        for (programme, book) in loaded.books { rewardBooks[programme] = book }
        for (programme, rewards) in loaded.codes {
            for (reward, ids) in rewards { rewardBooks[programme]?.stock(ids, of: reward) }
        }
        for (index, outcome) in loaded.outcomes {
            switch outcome {
            case .new: break
            case .replay(let status, let response): work.replays[index] = (status, response)
            case .conflict: work.conflicts.insert(index)
            }
        }
        for (programme, spent) in loaded.spent {
            for (key, amount) in spent {
                budgets[programme, default: BudgetBook()].load(key, spent: amount)
                loadedBudgets[programme, default: []].insert(key)
            }
        }
        return try await note(work, rosters)
    }

    func note(_ work: Work, _ rosters: Rosters) async throws -> Work {
        var work = work
        try await loadRosters(rosters, &work)
        try await follow(&work)
        try await loadOfSurvivors(&work)
        try await loadWallets(&work)
        try await loadFormerLimits(&work)
        // Nothing is stored of who is new: what the calendar has for them is written with their first event.
        for (member, state) in work.states { work.due[member] = .some(state.isStored ? due(state, work) : nil) }
        return work
    }

    /// What lies with the record that a command is about once it is known which that is: letters and the like go along with a
    /// merge, what was given before it stays where it was given.
    func loadOfSurvivors(_ work: inout Work) async throws {
        guard !work.wantedHuman.isEmpty || !work.wantedAwards.isEmpty else { return }
        let humans = work.wantedHuman.map { wanted in
            var wanted = wanted
            wanted.member = work.root(of: wanted.member)
            return wanted
        }
        let awards = work.wantedAwards.map { programme, member, id in
            (programme: programme, records: Array(Set([member, work.root(of: member)])), id: id)
        }
        let loaded = try await database.read { connection in
            var awarded: [ID128: (AppliedEffect, Transfer)] = [:]
            var reversed: Set<ID128> = []
            for (programme, records, id) in awards {
                let store = LoyaltyStore(programme: programme)
                for record in records {
                    if let effect = try store.explanation(id, of: record, connection),
                        let transfer = try store.transfer(id, of: record, connection)
                    {
                        awarded[id] = (effect, transfer)
                    }
                    // It may have been taken back before the merge, or after it.
                    for step in ["reverse", "amendment"] {
                        let derived = EffectID.derived(from: id, step: step)
                        if try store.explanation(derived, of: record, connection) != nil { reversed.insert(id) }
                    }
                }
            }
            return (awarded, reversed, try Self.load(humans, connection))
        }
        (work.awards, work.reversed, work.human) = loaded
    }

    /// A record that was taken over answers as the one that took it over.
    func follow(_ work: inout Work) async throws {
        // Each round follows one merge further.
        for _ in 0..<64 {
            var missing: [ProgrammeID: [MemberID]] = [:]
            for state in work.states.values {
                guard let into = state.profile.mergedInto else { continue }
                work.successors[state.id] = into
                guard work.states[into] == nil else { continue }
                if let cached = cache.take(into) {
                    work.states[into] = cached
                } else {
                    missing[state.programme, default: []].append(into)
                }
            }
            guard !missing.isEmpty else { return }
            let wanted = missing
            let found = try await database.read { connection in
                var found: [MemberID: MemberState] = [:]
                for (programme, members) in wanted {
                    found.merge(
                        try LoyaltyStore(programme: programme).load(members, joinedDay: 0, connection)
                    ) { first, _ in first }
                }
                return found
            }
            work.states.merge(found) { first, _ in first }
        }
    }

    /// When the calendar has something to do for a member next.
    func due(_ state: MemberState, _ work: Work) -> Instant? {
        guard let compiled = host[state.programme], let now = work.now else { return state.wallet.nextDue }
        return state.nextDue(context(compiled, state.profile, now))
    }

    func context(
        _ compiled: CompiledProgramme, _ profile: MemberProfile, _ now: Instant
    ) -> DecisionContext {
        var context = calendars.context(compiled, profile, now)
        context.reference = reference
        return context
    }
}
