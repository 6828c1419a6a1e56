public import Catalogue
public import Loyalty
public import Primitives
import Storage
import Vault

/// A back-test: today's programme and a changed one over the same history. Nothing of it is written anywhere.
///
/// Where full history is (a file of events, or the events that a programme keeps of members of the level `personal`) both
/// are run over it from nothing; what is left of everything else are counters, and those are put under the changed terms
/// (``Recount``). The result says which of it is covered.
public struct BacktestRun: Sendable {
    /// Which part of the history counts; what lies before still fills limits, streaks and tiers.
    public struct Window: Sendable, Hashable {
        public var from: Instant
        /// Not included.
        public var until: Instant

        public init(from: Instant = .earliest, until: Instant = .latest) {
            self.from = from
            self.until = until
        }

        func contains(_ instant: Instant) -> Bool { from <= instant && instant < until }
    }

    private let before: CompiledProgramme
    private let after: CompiledProgramme
    private let offsets: any ZoneOffsets
    private let window: Window
    private let item: @Sendable (ItemID) -> Item

    /// - Parameters:
    ///   - before: the programme in force.
    ///   - item: finds an item of the catalogue; without a home every item is one that is not known.
    public init(
        before: CompiledProgramme, after: CompiledProgramme, offsets: any ZoneOffsets, window: Window = Window(),
        item: @escaping @Sendable (ItemID) -> Item = { Item.stub($0) }
    ) {
        self.before = before
        self.after = after
        self.offsets = offsets
        self.window = window
        self.item = item
    }

    /// Two runs side by side.
    private struct Pair {
        var before: Backtest
        var after: Backtest
        let window: Window

        mutating func take(_ event: IncomingEvent, of member: MemberID, claim: ID128? = nil) {
            guard event.time < window.until else { return }
            before.counts = window.contains(event.time)
            after.counts = before.counts
            if let claim {
                before.take(event, of: member, claim: claim)
                after.take(event, of: member, claim: claim)
            } else {
                before.take(event, of: member)
                after.take(event, of: member)
            }
        }

        mutating func report(at end: Instant?, values: [String: UnitValue]) -> BacktestReport {
            before.counts = true
            after.counts = true
            return BacktestReport(before: before.finish(at: end), after: after.finish(at: end), values: values)
        }
    }

    private var pair: Pair {
        Pair(
            before: Backtest(before, offsets: offsets, item: item),
            after: Backtest(after, offsets: offsets, item: item), window: window)
    }

    private var values: [String: UnitValue] {
        Dictionary(after.programme.units.compactMap { unit in unit.value.map { (unit.id, $0) } }) { first, _ in first }
    }

    private var end: Instant? { window.until == .latest ? nil : window.until }

    // MARK: A file

    /// Runs both over a file of events, in the order of time.
    ///
    /// Members of the home keep their place in hold-outs, their time zone and their level; others are new ones. What
    /// `identify` says of a person is left out, that two names are one person is not.
    ///
    /// - Parameters:
    ///   - home: finds members by name, without making any; `nil` without a home.
    ///   - folder: where more than fits in memory is put in order.
    ///   - problem: is told of every row that is no event.
    /// - Throws: what keeps the file from being read.
    public func run(
        _ source: consuming some ImportSource, home: Engine? = nil, folder: String = "/tmp",
        problem: (RowProblem) -> Void = { _ in }, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> BacktestReport {
        let sort = EventSort(folder: folder)
        var source = source
        var rows = 0
        while let row = try source.next() {
            switch row {
            case .entry(let entry): try sort.add(entry)
            case .doubtful(let entry, let problems):
                try sort.add(entry)
                problems.forEach(problem)
            case .refused(let problems): problems.forEach(problem)
            case .ignored: break
            }
            rows += 1
            if rows % 500 == 0 { try await breathe() }
        }
        var pair = self.pair
        var people = People(programme: after.id, engine: home)
        let total = Int(sort.count)
        var merged = sort.merged()
        var slice: [ImportedEntry] = []
        var done = 0
        while let entry = try merged.next() {
            guard let entry = ImportedEntry(bytes: entry.payload) else { throw PipelineProblem.unprocessable }
            slice.append(entry)
            guard slice.count == 1_000 else { continue }
            try await take(slice, &people, &pair)
            done += slice.count
            slice.removeAll(keepingCapacity: true)
            progress(done, total)
            try await breathe()
        }
        try await take(slice, &people, &pair)
        progress(total, total)
        return pair.report(at: end, values: values)
    }

    private func take(_ entries: [ImportedEntry], _ people: inout People, _ pair: inout Pair) async throws {
        let profiles = try await people.meet(entries)
        pair.before.know(profiles)
        pair.after.know(profiles)
        for entry in entries {
            switch entry {
            case .event(let event):
                guard let person = event.person else { continue }
                pair.take(event.event, of: people.member(person))
            case .link(let link):
                guard let previous = link.previous, link.time < window.until else { continue }
                let (from, into) = (people.member(previous), people.member(link.subject))
                pair.before.merge(from, into: into, at: link.time)
                pair.after.merge(from, into: into, at: link.time)
                people.join(previous, to: into)
            }
        }
    }

    private func breathe() async throws {
        try Task.checkCancellation()
        await Task.yield()
    }

    /// Who is behind the names of a file.
    private struct People {
        let programme: ProgrammeID
        let engine: Engine?
        private var members: [ExternalIdentity: MemberID] = [:]

        init(programme: ProgrammeID, engine: Engine?) {
            self.programme = programme
            self.engine = engine
        }

        mutating func meet(_ entries: [ImportedEntry]) async throws -> [MemberID: MemberProfile] {
            var fresh: [MemberID] = []
            for entry in entries {
                let names: [ExternalIdentity?] =
                    switch entry {
                    case .event(let event): [event.person]
                    case .link(let link): [link.subject, link.previous]
                    }
                for name in names.compactMap({ $0 }) where members[name] == nil {
                    let known = try await engine?.identities.find(name, programme: programme)
                    if let known { fresh.append(known) }
                    members[name] = known ?? stranger(name)
                }
            }
            guard let engine, !fresh.isEmpty else { return [:] }
            let (store, wanted) = (LoyaltyStore(programme: programme), fresh)
            return try await engine.database.read { try store.profiles(wanted, $0) }
        }

        func member(_ name: ExternalIdentity) -> MemberID { members[name] ?? stranger(name) }

        mutating func join(_ name: ExternalIdentity, to member: MemberID) { members[name] = member }

        /// Derived from the name, so that the same file gives the same result.
        private func stranger(_ name: ExternalIdentity) -> MemberID {
            let nobody = ID128(high: 0, low: 0)
            return MemberID(
                EffectID.derived(
                    programme: programme, source: "backtest/\(name.namespace)/\(name.value)", cause: nobody,
                    member: MemberID(nobody)))
        }
    }

    // MARK: What a home holds

    /// What a home has to say.
    public struct HomeReport: Sendable {
        /// From the counters of all members.
        public var recount: Recount
        /// Over the events that are kept; `nil` if none are.
        public var replay: BacktestReport?
        public var keptEvents: Int64
        /// Events that are kept and were not run over: of members beyond ``BacktestRun/keptLimit``.
        public var leftOut: Int64 = 0
        /// Identities ever claimed: of events, amendments, openings of meters and parts of jobs.
        public var claims: Int64

        /// As command line and API answer it.
        public var json: JSONValue {
            [
                "history": "home", "kept_events": .integer(keptEvents),
                "kept_events_left_out": .integer(leftOut), "claims": .integer(claims),
                "counters": recount.json, "replay": replay.map(\.json) ?? .null,
            ]
        }
    }

    /// The most kept events that are run over: they and their members' states lie in memory. If there are more, all events
    /// of some members are taken, and since members' identifiers are random those are nobody in particular.
    public static let keptLimit = 1_000_000

    /// Runs both over what a home holds. It reads page by page and writes nothing.
    ///
    /// - Complexity: memory for the kept events and for each of their members.
    public func run(
        home engine: Engine, progress: (_ done: Int, _ total: Int) async throws -> Void = { _, _ in }
    ) async throws -> HomeReport {
        let store = LoyaltyStore(programme: after.id)
        let now = engine.clock.now()
        var recount = Recount(before: before, after: after)
        let total = Int(try await engine.database.read { try store.memberCount($0) })
        var done = 0
        try await MemberScan(engine: engine, programme: after.id).run { states in
            for state in states {
                recount.add(state, today: after.calendar(of: state.profile, offsets: offsets).day(of: now))
            }
            done += states.count
            try await progress(done, max(done, total))
        }
        let (events, profiles) = try await keptEvents(engine, store)
        var replay: BacktestReport?
        if !events.isEmpty {
            var pair = self.pair
            pair.before.know(profiles)
            pair.after.know(profiles)
            for (index, event) in events.enumerated() {
                guard let incoming = event.incoming else { continue }
                pair.take(incoming, of: event.member, claim: event.claim)
                if index % 500 == 0 { try await breathe() }
            }
            replay = pair.report(at: end, values: values)
        }
        let used = Int64(events.count)
        let (kept, claims) = try await engine.database.read { connection in
            (try store.keptEventCount(connection), try store.claimCount(connection))
        }
        return HomeReport(
            recount: recount, replay: replay, keptEvents: used, leftOut: max(0, kept - used), claims: claims)
    }

    private func keptEvents(
        _ engine: Engine, _ store: LoyaltyStore
    ) async throws -> ([KeptEvent], [MemberID: MemberProfile]) {
        var events: [KeptEvent] = []
        var profiles: [MemberID: MemberProfile] = [:]
        while true {
            let last = events.last
            let (page, known) = try await engine.database.read { connection in
                let page = try store.keptEvents(after: last, limit: 1_000, connection)
                return (page, try store.profiles(Set(page.map(\.member)).sorted(), connection))
            }
            events += page
            profiles.merge(known) { first, _ in first }
            guard page.count == 1_000 else { break }
            if events.count > Self.keptLimit, let last = events.last?.member {
                events.removeAll { $0.member == last }
                break
            }
            try await breathe()
        }
        events.sort { ($0.at, $0.claim) < ($1.at, $1.claim) }
        return (events, profiles)
    }
}
