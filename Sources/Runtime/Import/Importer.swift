import Loyalty
public import Primitives
import Storage
public import Vault

/// What an import did.
public struct ImportReport: Sendable, Hashable {
    public var accepted: Int64 = 0
    public var duplicates: Int64 = 0
    public var quarantined: Int64 = 0
    /// How many different persons the file names.
    public var members: Int64 = 0

    public init() {}

    /// The form that scripts read.
    public var json: JSONValue {
        .object([
            "accepted": .integer(accepted), "duplicates": .integer(duplicates),
            "quarantined": .integer(quarantined), "members": .integer(members),
        ])
    }
}

/// Replays a history through the same pipeline as HTTP, on event time: every event is decided as of its own moment, in
/// the order of time, and at the end the calendar is carried out up to the import's end.
public struct Importer: Sendable {
    /// Events per submission; several submissions make a batch of the pipeline.
    public static let chunk = 1_000
    /// Rows read without letting others work.
    private static let rowsPerTurn = 500

    private let engine: Engine
    private let programme: ProgrammeID
    private let persons: Persons?
    private let folder: String
    /// Bytes of a history that are held in memory while it is put in order.
    public var sortBytes = 64 << 20

    /// - Parameters:
    ///   - persons: take the personal data of links; without them it is left out.
    ///   - folder: where more than fits in memory is put in order: on the disk that has room for it.
    public init(engine: Engine, programme: ProgrammeID, persons: Persons? = nil, folder: String = "/tmp") {
        self.engine = engine
        self.programme = programme
        self.persons = persons
        self.folder = folder
    }

    /// For a home that is open.
    public init(home: Home, programme: ProgrammeID) {
        self.init(engine: home.engine, programme: programme, persons: home.vault.persons, folder: home.path)
    }

    /// Imports a file of any length: it is read to its end first, so that a file that breaks off changes nothing, and put in
    /// order with ``sortBytes`` of it in memory.
    ///
    /// - Parameters:
    ///   - source: the rows, in any order.
    ///   - asOf: the moment up to which the calendar is carried out; `nil` is the last event's.
    ///   - problem: is told of every row that is no event, or whose event will not fit.
    ///   - read: is told that some more rows were read.
    ///   - progress: is told how many events of all are done.
    /// - Complexity: memory for `sortBytes`, and some 40 bytes for each person of the file.
    public func run(
        _ source: consuming some ImportSource, asOf: Instant? = nil, problem: (RowProblem) -> Void = { _ in },
        read: () -> Void = {}, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> ImportReport {
        var run = Run()
        let sort = EventSort(folder: folder, maximumBytes: sortBytes)
        var rows = 0
        var source = source
        while let row = try source.next() {
            switch row {
            case .entry(let entry): try sort.add(entry)
            case .doubtful(let entry, let problems):
                try sort.add(entry)
                problems.forEach(problem)
            case .refused(let problems):
                run.report.quarantined += 1
                problems.forEach(problem)
            case .ignored: break
            }
            rows += 1
            if rows % Self.rowsPerTurn == 0 {
                read()
                try Task.checkCancellation()
                await Task.yield()
            }
        }
        let total = Int(sort.count)
        var merged = sort.merged()
        var slice: [ImportedEntry] = []
        var done = 0
        while let entry = try merged.next() {
            guard let entry = ImportedEntry(bytes: entry.payload) else { throw PipelineProblem.unprocessable }
            slice.append(entry)
            guard slice.count == Self.chunk else { continue }
            try await take(slice, &run)
            done += slice.count
            progress(done, total)
            slice.removeAll(keepingCapacity: true)
        }
        try await take(slice, &run)
        progress(total, total)
        return try await finish(run, asOf)
    }

    /// Imports events that are in memory already.
    ///
    /// - Parameters:
    ///   - events: in any order; they are sorted by time, then by identifier.
    ///   - asOf: the moment up to which the calendar is carried out; `nil` is the last event's.
    ///   - progress: is told how many events are done.
    public func run(
        _ events: [ImportedEvent], asOf: Instant? = nil, progress: (Int) -> Void = { _ in }
    ) async throws -> ImportReport {
        let ordered = events.sorted { left, right in
            left.event.time != right.event.time ? left.event.time < right.event.time : left.event.id < right.event.id
        }
        var run = Run()
        var done = 0
        while done < ordered.count {
            let slice = ordered[done..<min(done + Self.chunk, ordered.count)]
            try await take(slice.map(ImportedEntry.event), &run)
            done += slice.count
            progress(done)
        }
        return try await finish(run, asOf)
    }

    // MARK: In order

    private struct Run {
        var report = ImportReport()
        var members: Set<MemberID> = []
        var last: Instant?
    }

    private func finish(_ run: Run, _ asOf: Instant?) async throws -> ImportReport {
        var report = run.report
        report.members = Int64(run.members.count)
        if let end = asOf ?? run.last { try await Keeper.settle(engine, programme, at: end) }
        return report
    }

    /// Events go in together, but never past a link that may move them to somebody else.
    private func take(_ entries: [ImportedEntry], _ run: inout Run) async throws {
        try Task.checkCancellation()
        var waiting: [ImportedEvent] = []
        for entry in entries {
            switch entry {
            case .event(let event): waiting.append(event)
            case .link(let link):
                try await take(waiting, &run)
                waiting = []
                try await carryOut(link, &run)
            }
        }
        try await take(waiting, &run)
        run.last = entries.last?.time ?? run.last
    }

    private func take(_ events: [ImportedEvent], _ run: inout Run) async throws {
        guard let last = events.last else { return }
        let named = events.filter { $0.person != nil }
        run.report.quarantined += Int64(events.count - named.count)
        let members = try await engine.identities.resolve(
            named.compactMap(\.person), programme: programme, now: last.event.time)
        run.members.formUnion(members)
        let batch = zip(members, named).map { (member: $0, event: $1.event) }
        for result in try await patiently({ try await engine.take(batch, in: programme) }) {
            switch result.status {
            case .accepted: run.report.accepted += 1
            case .duplicate: run.report.duplicates += 1
            case .quarantined: run.report.quarantined += 1
            }
        }
    }

    /// A server that imports takes live events as well: they go first.
    private func patiently<T>(_ body: () async throws -> T) async throws -> T {
        while true {
            do {
                return try await body()
            } catch PipelineProblem.overloaded {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// The same link a second time changes nothing, even where others came between, over HTTP or by import.
    private func carryOut(_ link: ImportedLink, _ run: inout Run) async throws {
        let request = link.id.map { id in
            let owner = engine.claim(programme: programme, source: "segment", id: "link:" + id)
            return engine.records.request(programme, owner: owner, key: id, request: Array("link".utf8))
        }
        let records = engine.records
        if let request, try await engine.database.read({ try records.find($0, request) }) != .new {
            run.report.duplicates += 1
            return
        }
        let member: MemberID
        do {
            member = try await engine.identify(
                user: link.subject, previous: try await previous(of: link), in: programme, now: link.time)
        } catch VaultProblem.notMergeable {
            run.report.quarantined += 1
            return
        }
        if !link.personal.isEmpty {
            _ = try await persons?.store([Persons.Change(member, link.personal)], programme: programme)
        }
        let command = Command(
            programme: programme, member: member, action: .profile(link.change), now: link.time,
            record: request.map { RequestRecord(request: $0) { _ in (200, []) } })
        for answer in try await patiently({ try await engine.submit([command]) }) { _ = try answer.get() }
        run.members.insert(member)
        run.report.accepted += 1
    }

    /// An earlier name that `alias` gives may have been a visitor's: then it is known as such and not as a user.
    private func previous(of link: ImportedLink) async throws -> ExternalIdentity? {
        guard let previous = link.previous, previous.namespace == .user,
            let anonymous = ExternalIdentity(.anonymous, previous.value),
            try await engine.identities.find(previous, programme: programme) == nil,
            try await engine.identities.find(anonymous, programme: programme) != nil
        else { return link.previous }
        return anonymous
    }
}
