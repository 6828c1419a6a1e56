public import Catalogue
public import Loyalty
public import Primitives
public import Storage

/// The one writer of a programme: takes commands in batches, decides each in memory, and commits the batch in one
/// transaction before anyone gets an answer.
///
/// Decisions are pure and happen between a read and a write; nothing else writes these members' rows, and the lease that
/// is checked inside the transaction sees to it that this stays true when another node takes over.
public actor Pipeline {
    /// Limits of the pipeline.
    public struct Limits: Sendable {
        /// The most commands of one transaction.
        public var batch = 1_000
        /// The most commands that wait.
        public var waiting = 20_000
        /// Members kept in memory, per generation.
        public var cachedMembers = 50_000

        public init() {}
    }

    let database: any Database
    private let host: ProgrammeHost
    private let catalogue: any CataloguePort
    private let sealer: any Sealer
    private let live: LiveHub
    private let records: IdempotencyRecords
    private let outbox: Outbox
    private let metrics: PipelineMetrics
    private(set) var lease: Lease?
    /// Members that were erased a moment ago: what was on its way to them finds nobody. See ``Alone``.
    var erased = ErasedMembers()
    private var cache: MemberCache
    private var calendars: CalendarCache
    private var budgets: [ProgrammeID: BudgetBook] = [:]
    private var loadedBudgets: [ProgrammeID: Set<BudgetBook.Key>] = [:]

    public init(
        database: any Database, host: ProgrammeHost, catalogue: any CataloguePort, offsets: any ZoneOffsets,
        sealer: any Sealer, live: LiveHub, records: IdempotencyRecords, metrics: PipelineMetrics,
        limits: Limits = Limits()
    ) {
        self.database = database
        self.host = host
        self.catalogue = catalogue
        calendars = CalendarCache(offsets: offsets)
        self.sealer = sealer
        self.live = live
        self.records = records
        self.outbox = Outbox()
        self.metrics = metrics
        cache = MemberCache(capacity: limits.cachedMembers)
    }

    /// The lease under which this pipeline commits; `nil` refuses everything.
    public func own(_ lease: Lease?) {
        if lease?.epoch != self.lease?.epoch { forget() }
        self.lease = lease
    }

    /// Forgets everything that was read; the next batch reads again.
    public func forget() {
        cache.removeAll()
        budgets = [:]
        loadedBudgets = [:]
    }

    /// Carries out a batch: each command has its own result, in order, and none is answered before all are on disk.
    public func process(_ commands: [Command]) async -> [Result<Answer, any Error>] {
        if let index = commands.firstIndex(where: \.isAlone) { return await around(index, commands) }
        var attempts = 0
        while true {
            do {
                return try await carryOut(commands)
            } catch {
                forget()
                attempts += 1
                switch Self.verdict(on: error) {
                case .again where attempts < 4: continue
                case .split where commands.count > 1:
                    metrics.bisected()
                    let middle = commands.count / 2
                    let first = await process(Array(commands[..<middle]))
                    return first + (await process(Array(commands[middle...])))
                case .again:
                    return commands.map { _ in .failure(PipelineProblem.unavailable) }
                case .split:
                    return commands.map { _ in .failure(PipelineProblem.unprocessable) }
                case .refuse(let problem):
                    if case .readOnly = problem { metrics.wrote(isReadOnly: true) }
                    return commands.map { _ in .failure(problem) }
                }
            }
        }
    }

    enum Verdict {
        case again, split
        case refuse(PipelineProblem)
    }

    static func verdict(on error: any Error) -> Verdict {
        switch error {
        case let problem as LoyaltyStoreProblem:
            switch problem {
            case .budgetTaken, .stockTaken: return .again
            case .unreadable: return .split
            }
        case let problem as StorageProblem:
            switch problem {
            case .full, .readOnly: return .refuse(.readOnly)
            case .leaseLost: return .refuse(.notOwner)
            case .constraint, .invalid: return .split
            case .busy, .contention, .connectionLost, .outcomeUnknown, .timeout: return .again
            case .overloaded: return .refuse(.overloaded)
            default: return .refuse(.unprocessable)
            }
        case is LedgerProblem: return .split
        default: return .split
        }
    }

    // MARK: One batch

    /// What a batch works on.
    private struct Work {
        var states: [MemberID: MemberState] = [:]
        var due: [MemberID: Instant?] = [:]
        var changes: [MemberID: Changes] = [:]
        var claimed: Set<ID128> = []
        var stock: [ProgrammeID: [String: Int64]] = [:]
        var batches: [ProgrammeID: LoyaltyBatch] = [:]
        var outbox: [ProgrammeID: [Outbox.Message]] = [:]
        var popularity: [ProgrammeID: [PopularityKey: Int64]] = [:]
        var stubs: [ProgrammeID: Set<ItemID>] = [:]
        /// Today in each programme's time zone.
        var days: [ProgrammeID: Int32] = [:]
        /// When the batch really came in; see ``Command/received``.
        var received: Instant?
        /// See ``ProgrammeHost/pausesCalendar``.
        var pausesCalendar = false
        var replays: [Int: (status: Int, body: [UInt8])] = [:]
        var conflicts: Set<Int> = []
        var holds: [ID128: Hold] = [:]
        var awards: [ID128: (AppliedEffect, Transfer)] = [:]
        /// Awards that were taken back already.
        var reversed: Set<ID128> = []
        var released: [(ProgrammeID, ID128)] = []
        var recorded: [(record: RequestRecord, answer: Answer)] = []
        var updates: [LiveUpdate] = []
        /// Members that exist from now on, if only because of an event without effect.
        var touched: Set<MemberID> = []
        /// Records that another record has taken over.
        var successors: [MemberID: MemberID] = [:]

        func root(of member: MemberID) -> MemberID {
            var member = member
            while let next = successors[member] { member = next }
            return member
        }
    }

    private func carryOut(_ commands: [Command]) async throws -> [Result<Answer, any Error>] {
        guard let lease else { throw StorageProblem.leaseLost(partition: 0, epoch: 0) }
        var work = try await load(commands)
        var answers: [Result<Answer, any Error>] = []
        answers.reserveCapacity(commands.count)
        for (index, command) in commands.enumerated() {
            answers.append(try decide(command, at: index, &work))
        }
        try collect(commands, &work)
        let finished = work
        let outbox = self.outbox
        let records = self.records
        let catalogue = self.catalogue
        try await database.write(.snapshot) { connection in
            try Leases.check(connection, lease)
            for (record, answer) in finished.recorded {
                let response = record.respond(answer)
                try records.record(connection, record.request, status: response.status, response: response.body)
            }
            for programme in finished.batches.keys.sorted() {
                try finished.batches[programme]?.write(connection)
            }
            for (programme, stubs) in finished.stubs.sorted(by: { $0.key < $1.key }) {
                try catalogue.ensureStubs(connection, programme, stubs.sorted(), day: finished.days[programme] ?? 0)
            }
            for (programme, counts) in finished.popularity.sorted(by: { $0.key < $1.key }) {
                try catalogue.addPopularity(connection, programme, counts)
            }
            for (programme, id) in finished.released {
                _ = try LoyaltyStore(programme: programme).release(id, connection)
            }
            for (programme, messages) in finished.outbox.sorted(by: { $0.key < $1.key }) {
                try outbox.append(connection, programme, messages)
            }
        }
        metrics.committed(commands: commands.count, rows: work.batches.values.flatMap(\.rowCounts))
        // While the commit was answered another node may have written and given the lease back: what was decided before
        // says nothing about what is stored now.
        guard self.lease?.epoch == lease.epoch else {
            forget()
            live.publish(work.updates)
            return answers
        }
        for (member, state) in work.states {
            var stored = state
            if work.touched.contains(member) || work.changes[member].map({ !$0.isEmpty }) ?? false {
                stored.isStored = true
            }
            cache.put(stored)
        }
        for programme in budgets.keys { budgets[programme]?.commit() }
        for (programme, counts) in work.popularity { catalogue.committed(programme, counts) }
        for (programme, stubs) in work.stubs { catalogue.committed(programme, stubs: stubs) }
        live.publish(work.updates)
        return answers
    }

    /// Reads, in one go, everything the batch's decisions need.
    private func load(_ commands: [Command]) async throws -> Work {
        var work = Work()
        var missing: [ProgrammeID: [MemberID]] = [:]
        var claims: [ProgrammeID: [ID128]] = [:]
        var requests: [(Int, IdempotencyRecords.Request)] = []
        var wantedHolds: [(ProgrammeID, MemberID, ID128)] = []
        var wantedAwards: [(ProgrammeID, MemberID, ID128)] = []
        var wantedStock: [(ProgrammeID, String)] = []
        var wantedBudgets: [ProgrammeID: Set<BudgetBook.Key>] = [:]
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

    private func note(_ work: Work) async throws -> Work {
        var work = work
        try await follow(&work)
        for (member, state) in work.states { work.due[member] = .some(state.wallet.nextDue) }
        return work
    }

    /// A record that was taken over answers as the one that took it over.
    private func follow(_ work: inout Work) async throws {
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

    private func context(
        _ compiled: CompiledProgramme, _ profile: MemberProfile, _ now: Instant
    ) -> DecisionContext {
        calendars.context(compiled, profile, now)
    }

    // MARK: Decisions

    /// - Throws: what makes the whole batch be decided again without this command's neighbours.
    private func decide(
        _ command: Command, at index: Int, _ work: inout Work
    ) throws -> Result<Answer, any Error> {
        if erased.contain(command) { return .failure(PipelineProblem.unknownMember) }
        if work.conflicts.contains(index) { return .failure(PipelineProblem.keyReused) }
        if let replay = work.replays[index] {
            return .success(
                Answer(status: .repeated(status: replay.status, body: replay.body), member: command.member))
        }
        guard let compiled = host[command.programme] else {
            return .failure(PipelineProblem.unknownProgramme(command.programme))
        }
        let member = Self.record(of: command, work)
        guard var state = work.states.removeValue(forKey: member) else {
            return .failure(PipelineProblem.unknownMember)
        }
        defer { work.states[state.id] = state }
        var changes = work.changes.removeValue(forKey: member) ?? Changes()
        defer { work.changes[state.id] = changes }
        var context = context(compiled, state.profile, command.now)
        context.settles = !work.pausesCalendar || command.now != command.received
        let firstEffect = changes.effects.endIndex
        var answer = Answer(status: .done, member: member)
        do {
            switch command.action {
            case .event(let incoming, let claim):
                answer.status = try take(
                    incoming, claim, quarantine: nil, received: command.received, compiled, context, &state, &changes,
                    &work)
            case .replay(let incoming, let claim, let quarantine):
                answer.status = try take(
                    incoming, claim, quarantine: quarantine, received: command.received, compiled, context, &state,
                    &changes, &work)
            case .redeem(let reward, let holdID):
                if let earlier = work.holds[holdID] {
                    answer.hold = earlier
                    break
                }
                let limit = compiled.rewards[reward]?.reward.stock
                let taken = work.stock[command.programme]?[reward] ?? 0
                let hold = try state.redeem(
                    reward, id: holdID, stockLeft: limit.map { $0 - taken }, context, into: &changes)
                if let limit {
                    work.stock[command.programme, default: [:]][reward] = taken + 1
                    work.batches[command.programme, default: LoyaltyBatch(programme: command.programme)].stock(
                        of: reward, changes: 1, limit: limit)
                }
                work.holds[holdID] = hold
                answer.hold = hold
            case .confirm(let hold): answer.hold = try end(hold, true, compiled, context, &state, &changes, &work)
            case .cancel(let hold): answer.hold = try end(hold, false, compiled, context, &state, &changes, &work)
            case .reverse(let effect):
                guard let (award, transfer) = work.awards[effect] else {
                    throw CommandProblem.unknownTransfer
                }
                if work.reversed.insert(effect).inserted {
                    _ = try state.reverse(
                        award, transfer, context, budgets: &budgets[command.programme, default: BudgetBook()],
                        into: &changes)
                }
            case .adjust(let unit, let amount, let id, let reason):
                try state.adjust(unit: unit, by: amount, id: id, reason: reason, context, into: &changes)
            case .merge(let from): try merge(from, compiled, context, command.now, &state, &changes, &work)
            case .profile(let change):
                state.apply(change)
                changes.profileChanged = true
            case .settle: try state.settle(context, into: &changes)
            case .reschedule: state.reschedule(context, into: &changes)
            // Taken out of the batch by `process`.
            case .alone: return .failure(PipelineProblem.unprocessable)
            }
            try collect(&state, context, &changes, compiled, command.now, &work)
        } catch let problem as CommandProblem {
            metrics.refused()
            return .failure(PipelineProblem.command(problem))
        }
        releaseExpired(compiled, changes, &work)
        answer.effects = Array(changes.effects[firstEffect...])
        if let record = command.record { work.recorded.append((record, answer)) }
        return .success(answer)
    }

    /// The record that a command is about: the one that took the member's over, but for what stayed with the old one, its
    /// holds and its calendar.
    private static func record(of command: Command, _ work: Work) -> MemberID {
        switch command.action {
        case .settle, .reschedule: return command.member
        case .confirm(let hold), .cancel(let hold):
            let isThere = work.states[command.member]?.wallet.holds.contains { $0.id == hold } ?? false
            return isThere ? command.member : work.root(of: command.member)
        default: return work.root(of: command.member)
        }
    }

    /// What a record gets back after another has taken it over belongs to that one.
    private func collect(
        _ state: inout MemberState, _ context: DecisionContext, _ changes: inout Changes,
        _ compiled: CompiledProgramme, _ now: Instant, _ work: inout Work
    ) throws {
        guard state.profile.mergedInto != nil, state.wallet.lots.contains(where: { $0.remaining > 0 }) else { return }
        let root = work.root(of: state.id)
        guard var survivor = work.states.removeValue(forKey: root) else { return }
        var theirs = work.changes.removeValue(forKey: root) ?? Changes()
        defer {
            work.states[root] = survivor
            work.changes[root] = theirs
        }
        try survivor.collect(
            &state, self.context(compiled, survivor.profile, now), context, into: &theirs, otherChanges: &changes)
    }

    private func take(
        _ incoming: IncomingEvent, _ claim: ID128, quarantine: ID128?, received: Instant,
        _ compiled: CompiledProgramme, _ context: DecisionContext, _ state: inout MemberState,
        _ changes: inout Changes, _ work: inout Work
    ) throws -> Answer.Status {
        let programme = compiled.id
        guard !work.claimed.contains(claim) else {
            metrics.event(.duplicate)
            if let quarantine { work.released.append((programme, quarantine)) }
            return .duplicate
        }
        let reader = EventReader(compiled) { [catalogue] id in catalogue.item(id, in: programme) }
        let event: Event
        do throws(EventProblem) {
            event = try reader.read(incoming, claim: claim, now: context.now, acceptsLate: quarantine != nil)
        } catch {
            metrics.event(.quarantined)
            guard quarantine == nil else { return .quarantined(error) }
            let content = QuarantinedContent(event: incoming, claim: claim, member: state.id).encoded
            work.batches[programme, default: LoyaltyBatch(programme: programme)].quarantine(
                claim, day: context.programmeDay, type: Self.printable(incoming.type), problem: error,
                sealed: try sealer.seal(content, programme: programme, id: claim),
                until: received.adding(milliseconds: 30 * 86_400_000))
            work.updates.append(update(incoming.type, [], "quarantined", state.id, programme, context.now))
            return .quarantined(error)
        }
        let firstEffect = changes.effects.endIndex
        try state.decide(
            event, context, budgets: &budgets[programme, default: BudgetBook()], into: &changes)
        work.claimed.insert(claim)
        work.touched.insert(state.id)
        work.batches[programme, default: LoyaltyBatch(programme: programme)].claim(claim)
        if let quarantine { work.released.append((programme, quarantine)) }
        keepRaw(event, incoming, state, context, &work)
        for item in event.items.compactMap({ $0 }) {
            if catalogue.isUnknown(item.id, in: programme) { work.stubs[programme, default: []].insert(item.id) }
            guard event.type.declaration.popularity else { continue }
            let key = PopularityKey(item: item.id, day: context.programmeDay)
            work.popularity[programme, default: [:]][key, default: 0] += 1
        }
        metrics.event(.accepted)
        let effects = Array(changes.effects[firstEffect...])
        work.updates.append(
            update(event.type.declaration.id, effects, "accepted", state.id, programme, context.now))
        return .done
    }

    /// Raw events are kept only where the type declares it for the member's level.
    private func keepRaw(
        _ event: Event, _ incoming: IncomingEvent, _ state: MemberState, _ context: DecisionContext,
        _ work: inout Work
    ) {
        guard state.profile.level == .personal, let keep = event.type.declaration.keep[.personal] else { return }
        let programme = context.programme.id
        work.batches[programme, default: LoyaltyBatch(programme: programme)].keep(
            event: event.claim, type: event.type.declaration.id, at: event.at,
            payload: JSONValue.object(incoming.fields).bytes(), member: state.id,
            until: context.calendar.instant(keep, after: context.calendar.day(of: event.at)))
    }

    private func end(
        _ id: ID128, _ confirms: Bool, _ compiled: CompiledProgramme, _ context: DecisionContext,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws -> Hold {
        guard let stored = work.holds[id] else { throw CommandProblem.ledger(.unknownHold) }
        let wanted: Hold.State = confirms ? .confirmed : .cancelled
        // A hold ends once: asking for the same end again changes nothing.
        if stored.state == wanted { return stored }
        guard stored.state == .open else { throw CommandProblem.ledger(.holdEnded(stored.state)) }
        let hold =
            confirms
            ? try state.confirm(hold: id, context, into: &changes)
            : try state.cancel(hold: id, context, into: &changes)
        work.holds[id] = hold
        if !confirms { giveBackStock(hold, compiled, &work) }
        return hold
    }

    private func giveBackStock(_ hold: Hold, _ compiled: CompiledProgramme, _ work: inout Work) {
        guard let limit = compiled.rewards[hold.reward]?.reward.stock else { return }
        work.stock[compiled.id, default: [:]][hold.reward, default: 0] -= 1
        work.batches[compiled.id, default: LoyaltyBatch(programme: compiled.id)].stock(
            of: hold.reward, changes: -1, limit: limit)
    }

    /// Holds that the calendar ended in this decision give their stock back.
    private func releaseExpired(_ compiled: CompiledProgramme, _ changes: Changes, _ work: inout Work) {
        for hold in changes.journal.holds.values where hold.state == .expired {
            guard work.holds[hold.id]?.state != .expired else { continue }
            work.holds[hold.id] = hold
            giveBackStock(hold, compiled, &work)
        }
    }

    private func merge(
        _ from: MemberID, _ compiled: CompiledProgramme, _ context: DecisionContext, _ now: Instant,
        _ state: inout MemberState, _ changes: inout Changes, _ work: inout Work
    ) throws {
        // Merging twice, or into itself, changes nothing.
        guard from != state.id, var other = work.states.removeValue(forKey: from) else { return }
        var otherChanges = work.changes.removeValue(forKey: from) ?? Changes()
        defer {
            work.states[from] = other
            work.changes[from] = otherChanges
        }
        guard other.profile.mergedInto == nil else { return }
        var otherContext = self.context(compiled, other.profile, now)
        otherContext.settles = context.settles
        try state.absorb(&other, context, otherContext, into: &changes, otherChanges: &otherChanges)
        work.successors[from] = state.id
    }

    private func update(
        _ type: String, _ effects: [AppliedEffect], _ status: String, _ member: MemberID, _ programme: ProgrammeID,
        _ now: Instant
    ) -> LiveUpdate {
        LiveUpdate(
            sequence: 0, programme: programme, member: member, eventType: Self.printable(type), effects: effects,
            status: status, at: now)
    }

    /// An event type as a sender wrote it may hold anything; what is shown of it is a name or nothing.
    private static func printable(_ type: String) -> String {
        let isName =
            type.utf8.count <= 80
            && type.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ".-_".utf8.contains($0)
            }
        return isName ? type : "(not a name)"
    }

    // MARK: Collecting rows

    private func zoneData(of programme: ProgrammeID, _ work: Work) -> ZoneDataHistory.Stamp? {
        guard let compiled = host[programme], let received = work.received else { return nil }
        return host.zoneData(of: programme).stamp(on: calendars.programmeDay(compiled, received))
    }

    private func collect(_ commands: [Command], _ work: inout Work) throws {
        for member in work.changes.keys.sorted() {
            guard let changes = work.changes[member], let state = work.states[member] else { continue }
            // A member is stored with their first event, even if it has no effect.
            guard !changes.isEmpty || (!state.isStored && work.touched.contains(member)) else { continue }
            let day = work.days[state.programme] ?? 0
            work.batches[state.programme, default: LoyaltyBatch(programme: state.programme)].add(
                changes, of: state, previousDue: work.due[member] ?? nil, day: day,
                zoneData: zoneData(of: state.programme, work))
            for (webhook, effect) in changes.webhooks {
                work.outbox[state.programme, default: []].append(
                    WebhookMessage(webhook: webhook, effect: effect, member: member).message)
            }
        }
        for (programme, book) in budgets {
            guard let compiled = host[programme] else { continue }
            for (key, change) in book.changes where change != 0 {
                work.batches[programme, default: LoyaltyBatch(programme: programme)].budget(
                    key, changes: change, limit: compiled.budgets[key.budget]?.amount ?? .max)
            }
        }
    }
}

extension MemberState {
    mutating func apply(_ change: ProfileChange) {
        if let level = change.level { profile.level = level }
        if let timeZone = change.timeZone { profile.timeZone = timeZone }
        if let dayStart = change.dayStartMinutes { profile.dayStartMinutes = dayStart }
        if let language = change.language { profile.language = language }
        if let isPaused = change.isPaused { profile.isPaused = isPaused }
        for (name, value) in change.traits {
            // A literal `nil` would be JSON's null here, and kept.
            if value == .null { traits.removeValue(forKey: name) } else { traits[name] = value }
        }
    }
}
