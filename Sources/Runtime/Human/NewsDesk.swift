public import Loyalty
public import Primitives
public import Storage
import Synchronization

/// What changed in programmes, and why: computed from their chain of versions, once per version.
public final class NewsDesk: Sendable {
    /// One version, as its members are told of it.
    public struct Edition: Sendable {
        public var version: ProgrammeVersion
        /// The programme as it was from then on.
        public var programme: Programme
        /// The day from which it held, in the programme's time zone.
        public var day: Int32
        public var because: LocalizedText
        public var items: [ProgrammeNews.Item]
        /// Whether what it takes away was announced in an earlier version, for this day.
        public var wasAnnounced: Bool
        /// The first version: there was nothing to change.
        public var isFirst: Bool

        /// Whether members have less by it and heard of it only then.
        public var isSurprise: Bool { !wasAnnounced && items.contains(where: \.takesAway) }
        public var isNews: Bool { isFirst || !items.isEmpty || !because.isEmpty }
    }

    /// An announcement counts for a version that came within so many days after its day.
    static let announcedDays: Int32 = 31
    /// The most versions that one answer looks at.
    public static let most = 50
    /// The most editions that are kept of a programme: each holds a whole programme, and anybody may page through all.
    static let kept = 100

    private let versions: ProgrammeVersions
    private let editions = Mutex<[ProgrammeID: [Int64: Edition]]>([:])

    public init(database: any Database) {
        versions = ProgrammeVersions(database)
    }

    /// The editions of a programme that have news, the newest first.
    ///
    /// - Parameter before: only versions older than this one, for the next page.
    /// - Returns: and the version behind which the next page starts; `nil` on the last one.
    public func editions(
        of compiled: CompiledProgramme, zones: any ZoneOffsets, before: Int64 = .max, limit: Int
    ) async throws -> (editions: [Edition], next: Int64?) {
        let limit = max(1, min(limit, Self.most))
        let listed = try await versions.list(compiled.id, before: before, limit: limit)
        var found: [Edition] = []
        for version in listed {
            let edition: Edition
            if let known = editions.withLock({ $0[compiled.id]?[version.number] }), known.version == version {
                edition = known
            } else {
                guard let made = try await make(version, zones) else { continue }
                editions.withLock { editions in
                    var own = editions[compiled.id] ?? [:]
                    own[version.number] = made
                    // The newest are what most ask for.
                    if own.count > Self.kept, let oldest = own.keys.min() { own[oldest] = nil }
                    editions[compiled.id] = own
                }
                edition = made
            }
            if edition.isNews { found.append(edition) }
        }
        return (found, listed.count == limit ? listed.last?.number : nil)
    }

    private func make(_ version: ProgrammeVersion, _ zones: any ZoneOffsets) async throws -> Edition? {
        guard let document = try await versions.load(version.programme, version: version.number)?.document,
            let programme = try? document.programme()
        else { return nil }
        let day = MemberCalendar(
            zone: programme.timeZone, dayStartMinutes: programme.dayStartMinutes, offsets: zones
        ).day(of: version.appliedAt)
        // The statements of an older step may still stand in the file.
        let changes = programme.changes.flatMap { $0.from == version.number - 1 ? $0 : nil }
        var edition = Edition(
            version: version, programme: programme, day: day, because: changes?.because ?? LocalizedText([:]),
            items: [], wasAnnounced: false, isFirst: version.number == 1)
        guard version.number > 1,
            let before = try await versions.load(version.programme, version: version.number - 1)?.document,
            let old = try? before.programme()
        else { return edition }
        edition.items = ProgrammeNews(from: old, to: programme).items
        edition.wasAnnounced = old.announcements.contains { $0.day <= day && $0.day > day - Self.announcedDays }
        return edition
    }
}

extension Engine {
    /// What members are told beforehand: announcements whose day has not come, the next first.
    public func announcements(in programme: ProgrammeID) -> [Announcement] {
        guard let compiled = host[programme] else { return [] }
        let today = compiled.calendar(offsets: zones).day(of: clock.now())
        return compiled.programme.announcements.filter { $0.day > today }.sorted { $0.day < $1.day }
    }

    /// What changed in a programme, the newest first; see ``NewsDesk``.
    public func news(
        of programme: ProgrammeID, before: Int64 = .max, limit: Int
    ) async throws -> (editions: [NewsDesk.Edition], next: Int64?) {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return try await newsDesk.editions(of: compiled, zones: zones, before: before, limit: limit)
    }

    /// What was adopted and came with each version.
    public func adopted(in programme: ProgrammeID) async throws -> [Int64: [ProposalView]] {
        let views = try await proposals([.adopted], in: programme, limit: 200)
        return Dictionary(grouping: views.filter { $0.proposal.version != nil }) { $0.proposal.version ?? 0 }
    }
}
