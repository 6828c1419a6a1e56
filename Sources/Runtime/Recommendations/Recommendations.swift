public import Access
public import Catalogue
public import Loyalty
public import Personalisation
public import Primitives
import Recommending
import Storage
import Synchronization

/// Recommendations of all programmes of this process, served from memory.
///
/// The model of a programme is trained in the background (``train(_:)``) and put in place in one step; it is kept in the
/// database, so that a restart serves at once. On the way of a request no database is asked, but for what a member chose
/// and, on `personal`, for the member's own history: both are remembered for half a minute.
public final class Recommendations: Sendable {
    /// How old a shelf may be.
    static let shelfAge: Int64 = 30_000
    /// How old what is remembered of a member may be.
    static let memberAge: Int64 = 30_000
    /// How often a model is trained.
    public static let trainingInterval: Int64 = 3_600_000
    /// How many days back popularity counts.
    public static let popularDays = 7
    /// Kept events per page of training.
    static let page = 2_000
    /// The most members of whom something is remembered.
    static let mostMembers = 20_000
    /// Traits in which members say what they want. They are the member's own words: shown, exported and erased as such.
    public enum Trait {
        public static let more = "topics"
        public static let less = "topics-less"
        public static let persona = "persona"
    }

    /// How far a training is.
    public struct Progress: Sendable, Hashable {
        /// Kept events read so far.
        public var read: Int64
        /// How many there were when it began.
        public var total: Int64
    }

    private struct Place {
        var model = RecommendationModel.empty
        var policy = EditorialPolicy()
        var shelf: RecommendationShelf?
        var isBuilding = false
    }

    struct Own: Sendable {
        var readAt: Instant
        var makers: [MakerID]
        var history: [ItemID]
        var level: PrivacyLevel
    }

    let engine: Engine
    let catalogue: CatalogueService
    private let leastReaders: Int
    private let places = Mutex<[ProgrammeID: Place]>([:])
    private let owns = Mutex<[MemberID: Own]>([:])
    private let trainings = Mutex<[ProgrammeID: Progress]>([:])

    /// - Parameter leastReaders: see ``RecommendationModel/leastReaders``; tests need fewer.
    public init(
        engine: Engine, catalogue: CatalogueService, leastReaders: Int = RecommendationModel.leastReaders
    ) {
        self.leastReaders = leastReaders
        self.engine = engine
        self.catalogue = catalogue
    }

    // MARK: Lists

    /// What a list is for.
    public struct Answer: Sendable {
        /// The level that held.
        public var level: PrivacyLevel
        /// The persona whose subjects counted.
        public var persona: String?
        public var items: [RecommendedItem]
    }

    /// A list for a member, or for nobody in particular.
    ///
    /// - Parameters:
    ///   - visit: items of this visit, the latest first: looked at and kept nowhere.
    ///   - isOff: asks for the list that is the same for everybody (Digital Services Act, article 38).
    ///   - objects: whether the request says `Sec-GPC: 1`: then neither history nor persona is looked at, only this visit and
    ///     what the member said about subjects and makers.
    /// - Throws: ``PipelineProblem/unknownProgramme(_:)``; what the database throws.
    public func list(
        for member: MemberID?, in programme: ProgrammeID, _ request: RecommendationRequest, visit: [ItemID] = [],
        isOff: Bool = false, objects: Bool = false
    ) async throws -> Answer {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let now = engine.clock.now()
        let (shelf, policy) = try await shelf(of: compiled, now: now)
        let gate = try await engine.gateFacts(of: member, in: programme)
        var facts = RecommendationFacts(visit: visit, viewer: gate.viewer(region: nil, isSubscriber: true))
        let (level, surprise) = try await level(of: gate.state, in: programme, isOff: isOff, objects: objects, now)
        if let state = gate.state, level > .off {
            facts.moreTopics = Set(Self.texts(state.traits[Trait.more]))
            facts.lessTopics = Set(Self.texts(state.traits[Trait.less]))
            let own = try await own(state.id, at: level, compiled, now: now)
            facts.makers = Set(own.makers + Self.texts(state.traits["makers"]).compactMap { MakerID($0) })
            facts.history = own.history
            facts.persona = state.traits[Trait.persona]?.stringValue.flatMap { id in
                compiled.programme.personas.first { $0.id == id }.map(PersonaTopics.init)
            }
        }
        let day = UInt64(bitPattern: Int64(gate.calendar.day(of: now)))
        let items = Recommend.decide(
            level: level, facts: facts, shelf: shelf, editorial: policy, surprise: surprise, request: request, now: now,
            seed: SplitMix64.seed((gate.state?.id.value.low ?? 0), day))
        return Answer(level: level, persona: level >= .persona ? facts.persona?.id : nil, items: items)
    }

    /// The items that are put before whoever declared a persona: the same for everybody.
    public func candidates(of persona: Persona, in programme: ProgrammeID, limit: Int) async throws -> [Item] {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let now = engine.clock.now()
        let (shelf, policy) = try await shelf(of: compiled, now: now)
        return shelf.candidates(of: PersonaTopics(persona), editorial: policy, limit: limit, now: now)
    }

    /// What to go on with after an item, for everybody.
    public func related(
        to item: ItemID, in programme: ProgrammeID, limit: Int
    ) async throws -> [(item: Item, reason: RecommendationReason)] {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let now = engine.clock.now()
        let (shelf, policy) = try await shelf(of: compiled, now: now)
        guard let item = shelf.catalogue.item(item) else { return [] }
        return shelf.related(
            to: item, editorial: policy, viewer: Viewer(isSubscriber: true), limit: limit, now: now)
    }

    /// The subjects of a programme, those with most items first.
    public func topics(of programme: ProgrammeID, limit: Int) async throws -> [String] {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return try await shelf(of: compiled, now: engine.clock.now()).0.topics(limit: limit)
    }

    static func texts(_ value: JSONValue?) -> [String] {
        guard case .array(let values)? = value else { return [] }
        return values.compactMap(\.stringValue)
    }

    // MARK: Members

    /// The level that holds for recommendations in this request, and the share of surprises that the member's dial asks for.
    /// What a member chose is read each time, so that it holds from the next request on.
    private func level(
        of state: MemberState?, in programme: ProgrammeID, isOff: Bool, objects: Bool, _ now: Instant
    ) async throws -> (PrivacyLevel, surprise: Int) {
        if isOff { return (.off, 0) }
        // A visitor has this visit, and no more.
        guard let state else { return (.session, Int(SurpriseShare.some.rawValue)) }
        let store = ProfilingStore(programme: programme)
        let stored = try await engine.database.read { try store.choices(of: [state.id], $0)[state.id] }
        let choice = stored ?? .unsaid(at: state.profile.level)
        var level = choice.level(for: .recommendations, at: now, globalPrivacyControl: objects)
        if level > .session, try await !engine.mayBeProfiled(state.id, in: programme) { level = .session }
        return (level, Int(choice.surprise.rawValue))
    }

    func own(
        _ member: MemberID, at level: PrivacyLevel, _ compiled: CompiledProgramme, now: Instant
    ) async throws -> Own {
        if let known = owns.withLock({ $0[member] }), (0..<Self.memberAge).contains(now - known.readAt),
            known.level >= level
        {
            return known
        }
        let store = LoyaltyStore(programme: compiled.id)
        let read = ReadItem(compiled)
        let own = try await engine.database.read { connection in
            let makers = try store.follows(of: member, connection).compactMap { MakerID($0) }
            guard level == .personal else { return Own(readAt: now, makers: makers, history: [], level: level) }
            let events = try store.latestEvents(of: member, limit: Readings.mostPerReader, connection)
            var seen: Set<ItemID> = []
            let history = events.compactMap { read($0) }.filter { seen.insert($0).inserted }
            return Own(readAt: now, makers: makers, history: history, level: level)
        }
        owns.withLock { owns in
            if owns.count >= Self.mostMembers { owns.removeAll() }
            owns[member] = own
        }
        return own
    }

    /// Forgets what is remembered of a member: after a change of theirs, so that it takes effect with the next request.
    public func forget(_ member: MemberID) { owns.withLock { $0[member] = nil } }

    /// Forgets what is remembered of members and is too old to be used: called all the time, so that nothing of somebody who
    /// was erased, or who left the level `personal`, stays.
    public func forget(at now: Instant) {
        owns.withLock { owns in
            owns = owns.filter { (0..<Self.memberAge).contains(now - $0.value.readAt) }
        }
    }

    // MARK: Shelves

    private func shelf(
        of compiled: CompiledProgramme, now: Instant
    ) async throws -> (RecommendationShelf, EditorialPolicy) {
        if places.withLock({ $0[compiled.id] == nil }) { try await load(compiled.id) }
        let (known, model, policy, builds) = places.withLock { places in
            var place = places[compiled.id] ?? Place()
            let isFresh = place.shelf.map { (0..<Self.shelfAge).contains(now - $0.madeAt) } ?? false
            // One makes the new one; the others take the old one meanwhile.
            let builds = !isFresh && (place.shelf == nil || !place.isBuilding)
            if builds { place.isBuilding = true }
            places[compiled.id] = place
            return (place.shelf, place.model, place.policy, builds)
        }
        if let known, !builds { return (known, policy) }
        let snapshot = catalogue.store.snapshot(compiled.id)
        let viewer = Viewer(
            isSubscriber: true, tiers: Set(compiled.programme.tiers?.tiers.map(\.id) ?? []))
        let popular = catalogue.popularity.popular(
            PopularityQuery(days: Self.popularDays, halfLifeDays: 2, limit: .max), in: snapshot, for: viewer, now: now)
        let shelf = RecommendationShelf(
            catalogue: snapshot, popular: popular, model: model, viewer: viewer, now: now)
        places.withLock { places in
            places[compiled.id]?.isBuilding = false
            // A model that came meanwhile makes its own.
            if places[compiled.id]?.model.trainedAt == model.trainedAt { places[compiled.id]?.shelf = shelf }
        }
        return (shelf, policy)
    }

    /// Reads model and policy of a programme into memory.
    func load(_ programme: ProgrammeID) async throws {
        let store = RecommendationStore(programme: programme)
        let (model, policy) = try await engine.database.read { connection in
            (try store.model(connection), try store.policy(connection))
        }
        places.withLock { places in
            guard places[programme] == nil else { return }
            places[programme] = Place(model: model ?? .empty, policy: policy)
        }
    }

    // MARK: Training

    /// How far a training of a programme is; `nil` while none goes on.
    public func progress(of programme: ProgrammeID) -> Progress? { trainings.withLock { $0[programme] } }

    /// Whether a programme's model is to be trained anew.
    public func isDue(_ programme: ProgrammeID, at now: Instant) async throws -> Bool {
        if places.withLock({ $0[programme] == nil }) { try await load(programme) }
        let trainedAt = places.withLock { $0[programme]?.model.trainedAt ?? .earliest }
        return trainedAt == .earliest || now - trainedAt >= Self.trainingInterval
    }

    /// Trains a programme's model on the histories of the members who keep one (level `personal`), keeps it and puts it in
    /// place. Pages of events are read one by one, others get their turn in between; a cancelled one leaves the old model.
    ///
    /// - Returns: the new model; `nil` when a training of the programme goes on already, or it is another node's.
    @discardableResult
    public func train(_ programme: ProgrammeID) async throws -> RecommendationModel? {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let begins = trainings.withLock { trainings in
            guard trainings[programme] == nil else { return false }
            trainings[programme] = Progress(read: 0, total: 0)
            return true
        }
        guard begins else { return nil }
        defer { trainings.withLock { $0[programme] = nil } }
        if places.withLock({ $0[programme] == nil }) { try await load(programme) }
        let readings = try await readings(of: compiled)
        try Task.checkCancellation()
        guard engine.owns(programme) else { return nil }
        let now = engine.clock.now()
        let model = RecommendationModel.trained(on: readings, least: leastReaders, now: now)
        let store = RecommendationStore(programme: programme)
        try await engine.database.write { try store.write(model, $0) }
        places.withLock { places in
            places[programme]?.model = model
            places[programme]?.shelf = nil
        }
        return model
    }

    /// Those who keep a history for something else than recommendations, have paused all of it, or may not be profiled.
    private func closed(among members: Set<MemberID>, _ programme: ProgrammeID) async throws -> Set<MemberID> {
        let store = ProfilingStore(programme: programme)
        let now = engine.clock.now()
        let choices = try await engine.database.read { try store.choices(of: members.sorted(), $0) }
        var closed = Set(choices.filter { $0.value.level(for: .recommendations, at: now) < .personal }.keys)
        for member in members.subtracting(closed)
        where try await !engine.mayBeProfiled(member, in: programme) { closed.insert(member) }
        return closed
    }

    private func readings(of compiled: CompiledProgramme) async throws -> Readings {
        let (programme, store) = (compiled.id, LoyaltyStore(programme: compiled.id))
        let total = try await engine.database.read { try store.keptEventCount($0) }
        trainings.withLock { $0[programme] = Progress(read: 0, total: total) }
        let item = ReadItem(compiled)
        var readings = Readings()
        var reader: (member: MemberID, read: [(item: ItemID, at: Instant)])?
        var last: KeptEvent?
        var read: Int64 = 0
        while true {
            let cursor = last
            let events = try await engine.database.read { connection in
                try store.keptEvents(after: cursor, limit: Self.page, connection)
            }
            let closed = try await closed(among: Set(events.map(\.member)), store.programme)
            for event in events where !closed.contains(event.member) {
                if reader?.member != event.member {
                    if let reader { readings.add(reader.read) }
                    reader = (event.member, [])
                }
                if let item = item(event) { reader?.read.append((item, event.at)) }
            }
            read += Int64(events.count)
            trainings.withLock { $0[programme] = Progress(read: read, total: max(total, read)) }
            last = events.last ?? last
            guard events.count == Self.page else { break }
            try Task.checkCancellation()
            guard engine.owns(programme) else { throw CancellationError() }
            await Task.yield()
        }
        if let reader { readings.add(reader.read) }
        return readings
    }
}

extension Recommendations {
    /// What the desk of editors shows.
    public struct State: Sendable {
        public var policy: EditorialPolicy
        /// `nil` before the first training.
        public var trainedAt: Instant?
        /// How many members' histories the model rests on; as it may be shown.
        public var readers: Int64?
        /// Items to recommend.
        public var items: Int
        /// How many of them have a row from readings.
        public var known: Int
        public var rows: Int
        public var progress: Progress?
    }

    public func state(of programme: ProgrammeID) async throws -> State {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let (shelf, policy) = try await shelf(of: compiled, now: engine.clock.now())
        let model = shelf.model
        return State(
            policy: policy, trainedAt: model.trainedAt == .earliest ? nil : model.trainedAt,
            readers: PublishedCount.shown(Int64(model.readers)), items: shelf.itemCount, known: shelf.knownCount,
            rows: model.beside.count, progress: progress(of: programme))
    }

    /// Puts what an editor decides in force: on disk together with its line in the audit log, and with the next request.
    public func decide(
        in programme: ProgrammeID, noting entry: AuditEntry,
        _ change: @escaping @Sendable (inout EditorialPolicy) -> Void
    ) async throws {
        let store = RecommendationStore(programme: programme)
        let policy = try await engine.database.write { connection in
            var policy = try store.policy(connection)
            change(&policy)
            try store.write(policy, connection)
            try Audit.append(connection, entry)
            return policy
        }
        if places.withLock({ $0[programme] == nil }) { try await load(programme) }
        places.withLock { $0[programme]?.policy = policy }
    }
}

extension PersonaTopics {
    /// As an editor declared it.
    public init(_ persona: Persona) {
        self.init(
            id: persona.id,
            topics: Dictionary(
                persona.topics.map { ($0.id, Double($0.weight) / 100) }, uniquingKeysWith: { first, _ in first }))
    }
}
