import Catalogue
import Loyalty
import Primitives
import Storage

extension Pipeline {
    /// Reads, in one go, everything the batch's decisions need.
    func load(_ commands: [Command]) async throws -> Work {
        var work = Work()
        var missing: [ProgrammeID: [MemberID]] = [:]
        var claims: [ProgrammeID: [ID128]] = [:]
        var requests: [(Int, IdempotencyRecords.Request)] = []
        var wantedHolds: [(ProgrammeID, MemberID, ID128)] = []
        var wantedAwards: [(ProgrammeID, MemberID, ID128)] = []
        var wantedStock: [(ProgrammeID, String)] = []
        var wantedBudgets: [ProgrammeID: Set<BudgetBook.Key>] = [:]
        work.now = commands.last?.now
        work.received = commands.first?.received
        work.pausesCalendar = host.pausesCalendar
        for (index, command) in commands.enumerated() {
            guard let compiled = host[command.programme] else { continue }
            if work.days[command.programme] == nil {
                work.days[command.programme] = calendars.programmeDay(compiled, command.now)
            }
            for member in command.members where work.states[member] == nil {
                if let state = cache.take(member) {
                    work.states[member] = state
                } else {
                    missing[command.programme, default: []].append(member)
                }
            }
            if let record = command.record { requests.append((index, record.request)) }
            switch command.action {
            case .event(_, let claim), .replay(_, let claim, _): claims[command.programme, default: []].append(claim)
            case .confirm(let hold), .cancel(let hold):
                wantedHolds.append((command.programme, command.member, hold))
            case .reverse(let effect): wantedAwards.append((command.programme, command.member, effect))
            case .redeem(let reward, let hold):
                wantedStock.append((command.programme, reward))
                wantedHolds.append((command.programme, command.member, hold))
            default: break
            }
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
        if missing.isEmpty && claims.isEmpty && requests.isEmpty && wantedHolds.isEmpty && wantedAwards.isEmpty
            && wantedBudgets.isEmpty
        {
            return try await note(work)
        }
        let records = self.records
        let (missingMembers, wantedClaims, joinedDays) = (missing, claims, work.days)
        let (keys, holds, awards, stock, spent) = (requests, wantedHolds, wantedAwards, wantedStock, wantedBudgets)
        struct Loaded: Sendable {
            var states: [MemberID: MemberState] = [:]
            var claimed: Set<ID128> = []
            var outcomes: [(Int, IdempotencyRecords.Outcome)] = []
            var holds: [ID128: Hold] = [:]
            var awards: [ID128: (AppliedEffect, Transfer)] = [:]
            var reversed: Set<ID128> = []
            var stock: [ProgrammeID: [String: Int64]] = [:]
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
            for (index, request) in keys { loaded.outcomes.append((index, try records.find(connection, request))) }
            for (programme, member, id) in holds {
                loaded.holds[id] = try LoyaltyStore(programme: programme).hold(id, of: member, connection)
            }
            for (programme, member, id) in awards {
                let store = LoyaltyStore(programme: programme)
                if let effect = try store.explanation(id, of: member, connection),
                    let transfer = try store.transfer(id, of: member, connection)
                {
                    loaded.awards[id] = (effect, transfer)
                }
                let reversal = EffectID.derived(from: id, step: "reverse")
                if try store.explanation(reversal, of: member, connection) != nil { loaded.reversed.insert(id) }
            }
            for (programme, reward) in stock {
                loaded.stock[programme, default: [:]][reward] = try LoyaltyStore(programme: programme).taken(
                    of: reward, connection)
            }
            for (programme, keys) in spent {
                loaded.spent[programme] = try LoyaltyStore(programme: programme).spent(Array(keys), connection)
            }
            return loaded
        }
        work.states.merge(loaded.states) { first, _ in first }
        work.claimed = loaded.claimed
        work.holds = loaded.holds
        work.awards = loaded.awards
        work.reversed = loaded.reversed
        work.stock = loaded.stock
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
        return try await note(work)
    }

    func note(_ work: Work) async throws -> Work {
        var work = work
        try await follow(&work)
        for (member, state) in work.states { work.due[member] = .some(due(state, work)) }
        return work
    }

    /// A record that was taken over answers as the one that took it over.
    func follow(_ work: inout Work) async throws {
        for _ in 0..<8 {
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
