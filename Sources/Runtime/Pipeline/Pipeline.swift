import Catalogue
import Loyalty
import Primitives
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
    let host: ProgrammeHost
    let catalogue: any CataloguePort
    let sealer: any Sealer
    let live: LiveHub
    let records: IdempotencyRecords
    let outbox: Outbox
    /// Joins events of one order without keeping its number.
    let reference: @Sendable (String) -> Int64
    let metrics: PipelineMetrics
    let standings: StandingCache
    private(set) var lease: Lease?
    /// Members that were erased a moment ago: what was on its way to them finds nobody. See ``Alone``.
    var erased = ErasedMembers()
    var cache: MemberCache
    var calendars: CalendarCache
    var budgets: [ProgrammeID: BudgetBook] = [:]
    var loadedBudgets: [ProgrammeID: Set<BudgetBook.Key>] = [:]
    var boards = Boards()
    /// Limits of rules by version, as far as somebody needed them.
    var pastLimits = PastLimits()
    /// What all members share in the rewards of a programme, as of the last commit.
    var rewardBooks: [ProgrammeID: RewardBook] = [:]

    init(
        database: any Database, host: ProgrammeHost, catalogue: any CataloguePort, offsets: any ZoneOffsets,
        sealer: any Sealer, live: LiveHub, records: IdempotencyRecords, metrics: PipelineMetrics,
        standings: StandingCache, reference: @escaping @Sendable (String) -> Int64, limits: Limits = Limits()
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
        self.reference = reference
        self.standings = standings
        cache = MemberCache(capacity: limits.cachedMembers)
    }

    /// The lease under which this pipeline commits; `nil` refuses everything.
    public func own(_ lease: Lease?) {
        if lease?.epoch != self.lease?.epoch { forget() }
        self.lease = lease
    }

    /// Forgets everything that was read; the next batch reads again.
    public func forget() {
        boards.forget()
        cache.removeAll()
        standings.removeAll()
        budgets = [:]
        loadedBudgets = [:]
        rewardBooks = [:]
    }

    /// Carries out a batch: each command has its own result, in order, and none is answered before all are on disk.
    public func process(_ commands: [Command]) async -> [Result<Answer, any Error>] {
        if let index = commands.firstIndex(where: \.isAlone) { return await around(index, commands) }
        var attempts = 0
        var rosters: Rosters = [:]
        while true {
            do {
                return try await carryOut(commands, rosters: rosters)
            } catch let missing as RosterMissing {
                // Nothing was written. Members were taken out of memory and are read again; so is what all share.
                rewind()
                let isFirst = rosters.isEmpty
                rosters[missing.programme, default: []].formUnion(isFirst ? [missing.team] : missing.all)
            } catch {
                forget()
                attempts += 1
                switch Self.verdict(on: error) {
                case .again where attempts < Self.attempts: continue
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

    /// How often a transaction is tried that the database did not carry out.
    static let attempts = 4

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

    /// Forgets what was decided and not committed.
    private func rewind() {
        budgets = [:]
        loadedBudgets = [:]
        rewardBooks = [:]
    }

    private func carryOut(_ commands: [Command], rosters: Rosters) async throws -> [Result<Answer, any Error>] {
        guard let lease else { throw StorageProblem.leaseLost(partition: 0, epoch: 0) }
        var work = try await load(commands, rosters: rosters)
        try await loadProfiling(commands, &work)
        var answers: [Result<Answer, any Error>] = []
        answers.reserveCapacity(commands.count)
        for (index, command) in commands.enumerated() {
            answers.append(try decide(command, at: index, &work))
        }
        defer { boards.running = [:] }
        try await noteDrift(commands, &work)
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
            for programme in finished.rewards.keys.sorted() { try finished.rewards[programme]?.write(connection) }
            for programme in finished.plays.keys.sorted() { try finished.plays[programme]?.write(connection) }
            for (programme, changes) in finished.measures.sorted(by: { $0.key < $1.key }) {
                try LoyaltyStore(programme: programme).add(changes, connection)
            }
            try finished.writeProfiling(connection)
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
        standings.committed(work.states) { member in
            work.touched.contains(member) || work.changes[member].map({ !$0.isEmpty }) ?? false
        }
        for (member, state) in work.states {
            var stored = state
            if work.touched.contains(member) || work.changes[member].map({ !$0.isEmpty }) ?? false {
                stored.isStored = true
            }
            cache.put(stored)
        }
        showBoards(work)
        for programme in budgets.keys { budgets[programme]?.commit() }
        for programme in rewardBooks.keys { rewardBooks[programme]?.commit() }
        for (programme, counts) in work.popularity { catalogue.committed(programme, counts) }
        for (programme, stubs) in work.stubs { catalogue.committed(programme, stubs: stubs) }
        live.publish(work.updates)
        return answers
    }
}
