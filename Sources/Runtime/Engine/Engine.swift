import Catalogue
public import Loyalty
public import Primitives
public import Storage
import Synchronization
public import Vault

/// The house seen from its edges: events in, commands, and what can be read. HTTP, pages, command line and imports all
/// come through here, so they cannot differ.
public final class Engine: Sendable {
    public let database: any Database
    public let identities: Identities
    public let host: ProgrammeHost
    public let catalogue: any CataloguePort
    public let zones: SystemZones
    public let clock: any WallClock
    public let live: LiveHub
    public let metrics: PipelineMetrics
    public let records: IdempotencyRecords
    let sealer: any Sealer
    let claims: KeyedHash
    /// Takes receipts of consents.
    public let consents = ConsentDesk()
    let standings = StandingCache()
    let newsDesk: NewsDesk
    let letterTurns = LetterTurns()
    let calendars: Mutex<CalendarCache>
    let voteCounts = LargeCounts<ID128, VoteCount>()
    let followerCounts = LargeCounts<String, Int64>()
    let letterTallies = LargeCounts<ProgrammeID, LetterTally>()
    let writers: Writers
    private let owned = Mutex<[ProgrammeID: ContinuousClock.Instant]>([:])

    /// - Parameter claims: the keyed hash of event identities and request identities.
    public init(
        database: any Database, identities: Identities, host: ProgrammeHost, catalogue: any CataloguePort,
        zones: SystemZones, clock: any WallClock, live: LiveHub, records: IdempotencyRecords, sealer: any Sealer,
        claims: KeyedHash, limits: Pipeline.Limits = Pipeline.Limits()
    ) {
        self.database = database
        self.identities = identities
        self.host = host
        self.catalogue = catalogue
        self.zones = zones
        self.clock = clock
        self.live = live
        self.records = records
        self.sealer = sealer
        self.claims = claims
        newsDesk = NewsDesk(database: database)
        metrics = PipelineMetrics()
        calendars = Mutex(CalendarCache(offsets: zones))
        let metrics = metrics
        let standings = standings
        writers = Writers { programme in
            let pipeline = Pipeline(
                database: database, host: host, catalogue: catalogue, offsets: zones, sealer: sealer, live: live,
                records: records, metrics: metrics, standings: standings,
                reference: { Int64(bitPattern: claims.id(ofParts: "reference", programme.name, $0).low) },
                limits: limits)
            return Writers.Writer(
                pipeline: pipeline,
                commits: GroupCommit(maximumBatch: limits.batch, maximumWaiting: limits.waiting) {
                    await pipeline.process($0)
                })
        }
    }

    /// Refuses new work and waits for what was taken.
    public func drain() async { await writers.finish() }

    /// How many commands wait.
    public var backlog: Int { get async { await writers.backlog } }

    // MARK: Ownership

    /// From now on commits of a programme are made under this lease; `nil`: none are made any more.
    ///
    /// Edges ask ``owns(_:)``, which says yes only after ``serve(_:until:)``: in between, what was cut off is finished.
    public func own(_ lease: Lease?, of programme: ProgrammeID) async throws {
        if lease == nil { owned.withLock { _ = $0.removeValue(forKey: programme) } }
        try await writers[programme].pipeline.own(lease)
    }

    /// What is asked of a programme is answered here, until its lease may be another's.
    public func serve(_ programme: ProgrammeID, until deadline: ContinuousClock.Instant) {
        owned.withLock { $0[programme] = deadline }
    }

    /// Whether this process answers for a programme.
    public func owns(_ programme: ProgrammeID) -> Bool {
        guard let deadline = owned.withLock({ $0[programme] }) else { return false }
        return ContinuousClock.now < deadline
    }

    /// Forgets what was read of a programme's members; the next batch reads again.
    public func forget(_ programme: ProgrammeID) async throws { await (try writers[programme]).pipeline.forget() }

    // MARK: Events

    /// The claim of an event: keyed, so that the stored form tells nothing of source and identifier.
    public func claim(programme: ProgrammeID, source: String, id: String) -> ID128 {
        claims.id(ofParts: "event", programme.name, source, id)
    }

    /// Takes events: each has its own result, and all accepted ones are on disk when this returns.
    ///
    /// - Parameters:
    ///   - envelopes: events with their senders' names for the persons; at least one name each, or the event is refused.
    ///   - now: overrides the clock, for imports on event time.
    /// - Throws: ``PipelineProblem`` if nothing could be taken.
    public func take(
        _ envelopes: [EventEnvelope], in programme: ProgrammeID, now: Instant? = nil
    ) async throws -> [EventResult] {
        let received = now ?? clock.now()
        var identitiesOf: [ExternalIdentity] = []
        var places: [Int?] = []
        for envelope in envelopes {
            if envelope.member == nil, let identity = envelope.user ?? envelope.anonymous {
                places.append(identitiesOf.count)
                identitiesOf.append(identity)
            } else {
                places.append(nil)
            }
        }
        let members: [MemberID]
        do {
            members = try await identities.resolve(identitiesOf, programme: programme, now: received)
        } catch StorageProblem.full, StorageProblem.readOnly {
            metrics.wrote(isReadOnly: true)
            throw PipelineProblem.readOnly
        }
        var commands: [Command] = []
        commands.reserveCapacity(envelopes.count)
        for (index, envelope) in envelopes.enumerated() {
            guard let member = envelope.member ?? places[index].map({ members[$0] }) else { continue }
            let event = envelope.event
            commands.append(
                Command(
                    programme: programme, member: member,
                    action: .event(event, claim: claim(programme: programme, source: event.source, id: event.id)),
                    now: received))
        }
        var results = try await submit(commands)
        try await takeAgain(envelopes, commands, &results, in: programme, received)
        var answers = results.makeIterator()
        return try envelopes.map { envelope in
            guard envelope.namesSomebody, let answer = answers.next() else { return Self.nobody(envelope) }
            if case .failure(PipelineProblem.unknownMember) = answer { return Self.nobody(envelope) }
            return Self.result(envelope.event.id, try answer.get())
        }
    }

    /// Whoever was erased between the look-up of their name and the commit is a stranger now: their event is a new
    /// member's.
    private func takeAgain(
        _ envelopes: [EventEnvelope], _ commands: [Command], _ results: inout [Result<Answer, any Error>],
        in programme: ProgrammeID, _ received: Instant
    ) async throws {
        var named: [EventEnvelope] = []
        for index in results.indices {
            guard case .failure(PipelineProblem.unknownMember) = results[index] else { continue }
            if named.isEmpty { named = envelopes.filter(\.namesSomebody) }
            guard let identity = named[index].user ?? named[index].anonymous,
                let member = try await identities.resolve([identity], programme: programme, now: received).first
            else { continue }
            var command = commands[index]
            command.member = member
            if let result = try await submit([command]).first { results[index] = result }
        }
    }

    private static func nobody(_ envelope: EventEnvelope) -> EventResult {
        EventResult(
            id: envelope.event.id, status: .quarantined, problem: nobodyNamed)
    }

    static let nobodyNamed = EventProblem(
        .missingField, field: "subject", "The event names nobody. Send a subject, userId or anonymousId.")

    /// Takes events whose members are known already, each at its own time: imports and the simulator.
    public func take(
        _ events: [(member: MemberID, event: IncomingEvent)], in programme: ProgrammeID
    ) async throws -> [EventResult] {
        let received = clock.now()
        let commands = events.map { member, event in
            Command(
                programme: programme, member: member,
                action: .event(event, claim: claim(programme: programme, source: event.source, id: event.id)),
                now: event.time, received: received)
        }
        let answers = try await submit(commands)
        return try zip(events, answers).map { try Self.result($0.event.id, $1.get()) }
    }

    private static func result(_ id: String, _ answer: Answer) -> EventResult {
        switch answer.status {
        case .done, .repeated: EventResult(id: id, status: .accepted, effects: answer.effects)
        case .duplicate: EventResult(id: id, status: .duplicate)
        case .quarantined(let problem): EventResult(id: id, status: .quarantined, problem: problem)
        }
    }

    // MARK: Commands

    /// Submits commands and waits until they are on disk. Those of one programme keep their order.
    public func submit(_ commands: [Command]) async throws -> [Result<Answer, any Error>] {
        guard let programme = commands.first?.programme else { return [] }
        guard commands.allSatisfy({ $0.programme == programme }) else {
            var results = [Result<Answer, any Error>](
                repeating: .failure(PipelineProblem.unprocessable), count: commands.count)
            for places in Dictionary(grouping: commands.indices, by: { commands[$0].programme }).values {
                for (place, result) in zip(places, try await submit(places.map { commands[$0] })) {
                    results[place] = result
                }
            }
            return results
        }
        do {
            let results = try await writers[programme].commits.submit(contentsOf: commands)
            if OwnerNote.current != nil, results.contains(where: Self.isNotOwner) { OwnerNote.note(programme) }
            return results
        } catch StorageProblem.overloaded {
            throw PipelineProblem.overloaded
        }
    }

    private static func isNotOwner(_ result: Result<Answer, any Error>) -> Bool {
        if case .failure(PipelineProblem.notOwner) = result { true } else { false }
    }

    /// Submits one command.
    ///
    /// - Parameter now: overrides the clock, for imports on event time.
    public func perform(
        _ action: Command.Action, member: MemberID, in programme: ProgrammeID, record: RequestRecord? = nil,
        now: Instant? = nil
    ) async throws -> Answer {
        var action = action
        var isRaised = false
        if case .profile(let change) = action {
            action = .profile(try await withinAge(change, of: member, in: programme))
            isRaised = change.level.map { $0 > .session } ?? false
        }
        if case .profiling(let change) = action { isRaised = try await isOpen(change, to: member, in: programme) }
        let command = Command(
            programme: programme, member: member, action: action, now: now ?? clock.now(), record: record)
        guard let answer = try await submit([command]).first else { throw PipelineProblem.unprocessable }
        let done = try answer.get()
        if isRaised { try await lowerForAge(member, in: programme) }
        return done
    }

    /// A redemption's identifier, derived from who asks and their key, so that a repeated request is the same one.
    public func holdID(programme: ProgrammeID, member: MemberID, key: String) -> ID128 {
        let hash = claims.bytes(ofParts: [
            Array("hold".utf8), Array(programme.name.utf8), member.value.bytes, Array(key.utf8),
        ])
        return (ID128(bytes: hash.prefix(16)) ?? ID128(high: 0, low: 0)).asUUID(version: 8)
    }

    /// Says that a visitor turned out to be a known person: the vault first, then the main database.
    ///
    /// - Parameter now: overrides the clock, for imports on event time.
    /// - Returns: the member that both are from now on.
    public func identify(
        user: ExternalIdentity, previous: ExternalIdentity?, traits: ProfileChange? = nil, in programme: ProgrammeID,
        now: Instant? = nil
    ) async throws -> MemberID {
        let now = now ?? clock.now()
        var member: MemberID
        if let previous, previous != user {
            let outcome = try await identities.link(user: user, previous: previous, programme: programme, now: now)
            member = outcome.member
            if case .merge(let from, let into) = outcome {
                _ = try await perform(.merge(from: from), member: into, in: programme, now: now)
                try await lowerForAge(into, in: programme)
                try await identities.confirmMerge(from: from, programme: programme)
            }
        } else {
            guard let found = try await identities.resolve([user], programme: programme, now: now).first else {
                throw PipelineProblem.unknownMember
            }
            member = found
        }
        if let traits { member = try await perform(.profile(traits), member: member, in: programme, now: now).member }
        return member
    }

    /// Carries out merges of a programme that the vault knows of and the main database may not: after a crash between the
    /// two.
    public func reconcileMerges(of programme: ProgrammeID) async throws {
        for merge in try await identities.pendingMerges(of: programme) {
            _ = try await perform(.merge(from: merge.from), member: merge.into, in: programme)
            try await lowerForAge(merge.into, in: programme)
            try await identities.confirmMerge(from: merge.from, programme: programme)
        }
    }

    /// Tries an event in quarantine again, as of now.
    ///
    /// - Returns: `nil` if there is no such event.
    public func replay(_ id: ID128, in programme: ProgrammeID) async throws -> EventResult? {
        let store = LoyaltyStore(programme: programme)
        guard let kept = try await database.read({ try store.quarantined(id, $0) }) else { return nil }
        guard let bytes = try? sealer.open(kept.sealed, programme: programme, id: id),
            let content = QuarantinedContent(encoded: bytes)
        else { throw PipelineProblem.unprocessable }
        let command = Command(
            programme: programme, member: content.member,
            action: .replay(content.event, claim: content.claim, quarantine: id), now: clock.now())
        guard let answer = try await submit([command]).first else { return nil }
        return Self.result(content.event.id, try answer.get())
    }

    // MARK: Reading

    /// What a member sees now; `nil` for a programme that is not there.
    public func summary(of member: MemberID, in programme: ProgrammeID) async throws -> MemberSummary? {
        guard let compiled = host[programme] else { return nil }
        let now = clock.now()
        let store = LoyaltyStore(programme: programme)
        return try await database.read { [zones] connection in
            guard var state = try store.load([member], joinedDay: 0, connection)[member] else { return nil }
            // A person can turn out to be a known one more than once.
            for _ in 0..<64 {
                guard let into = state.profile.mergedInto,
                    let survivor = try store.load([into], joinedDay: 0, connection)[into]
                else { break }
                state = survivor
            }
            let rewards = compiled.programme.rewards
            let book = rewards.isEmpty ? RewardBook() : try store.rewardBook(rewards, connection)
            return MemberSummary(state, programme: compiled, offsets: zones, now: now, book: book)
        }
    }

    /// A page of a member's explained effects, newest first.
    public func history(
        of member: MemberID, in programme: ProgrammeID, before: (day: Int32, effect: ID128)? = nil, limit: Int
    ) async throws -> [AppliedEffect] {
        let store = LoyaltyStore(programme: programme)
        let limit = max(1, min(limit, 200))
        return try await database.read { try store.explanations(of: member, before: before, limit: limit, $0) }
    }
}
