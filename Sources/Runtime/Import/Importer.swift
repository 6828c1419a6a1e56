public import Loyalty
public import Primitives
public import Vault

/// One event to import, with the publisher's name for the person.
public struct ImportedEvent: Sendable {
    public var user: String
    public var event: IncomingEvent

    public init(user: String, event: IncomingEvent) {
        self.user = user
        self.event = event
    }
}

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

    private let engine: Engine
    private let programme: ProgrammeID

    public init(engine: Engine, programme: ProgrammeID) {
        self.engine = engine
        self.programme = programme
    }

    /// - Parameters:
    ///   - events: in any order; they are sorted by time, then by identifier.
    ///   - asOf: the moment up to which the calendar is carried out; `nil` is the last event's.
    ///   - progress: is told how many events are done.
    public func run(
        _ events: [ImportedEvent], asOf: Instant? = nil, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> ImportReport {
        var report = ImportReport()
        let ordered = events.sorted { left, right in
            left.event.time != right.event.time ? left.event.time < right.event.time : left.event.id < right.event.id
        }
        var members: [String: MemberID] = [:]
        var done = 0
        while done < ordered.count {
            let slice = ordered[done..<min(done + Self.chunk, ordered.count)]
            var names: [String] = []
            var seen: Set<String> = []
            for event in slice where members[event.user] == nil && seen.insert(event.user).inserted {
                names.append(event.user)
            }
            let known = names.filter { ExternalIdentity(.user, $0) != nil }
            let resolved = try await engine.identities.resolve(
                known.compactMap { ExternalIdentity(.user, $0) }, programme: programme,
                now: slice.last?.event.time ?? engine.clock.now())
            for (name, member) in zip(known, resolved) { members[name] = member }
            var batch: [(member: MemberID, event: IncomingEvent)] = []
            for event in slice {
                if let member = members[event.user] {
                    batch.append((member, event.event))
                } else {
                    report.quarantined += 1
                }
            }
            for result in try await engine.take(batch, in: programme) {
                switch result.status {
                case .accepted: report.accepted += 1
                case .duplicate: report.duplicates += 1
                case .quarantined: report.quarantined += 1
                }
            }
            done += slice.count
            progress(done)
        }
        report.members = Int64(members.count)
        if let end = asOf ?? ordered.last?.event.time { try await Keeper.settle(engine, programme, at: end) }
        return report
    }
}
