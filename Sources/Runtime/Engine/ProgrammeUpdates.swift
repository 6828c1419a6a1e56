public import Catalogue
public import Loyalty
public import Primitives
import Storage
import Synchronization

/// How a new version of a programme comes into force: stored, its members carried over and the rules replaced, all
/// between two batches. Command line, HTTP and first run come through here.
public struct ProgrammeUpdates: Sendable {
    public let versions: ProgrammeVersions
    private let engine: Engine
    private let catalogue: CatalogueService
    private let policy: HomePolicy
    private let networks: NetworkPolicy
    private let ownership: Ownership?

    /// - Parameters:
    ///   - policy: what the operator decides for all programmes.
    ///   - networks: where webhooks may go.
    ///   - ownership: takes the lease of a programme that is new; `nil` where that is done already.
    public init(
        engine: Engine, versions: ProgrammeVersions, catalogue: CatalogueService, policy: HomePolicy = HomePolicy(),
        networks: NetworkPolicy = .publicInternet, ownership: Ownership? = nil
    ) {
        self.policy = policy
        self.networks = networks
        self.ownership = ownership
        self.engine = engine
        self.versions = versions
        self.catalogue = catalogue
    }

    /// Makes a document the current version of its programme and puts it in force.
    ///
    /// - Parameters:
    ///   - basedOn: the version that its author started from; 0 if there was none.
    ///   - actor: an identifier or a word such as `cli`.
    /// - Throws: `DocumentProblems` for a document with errors; `UndecidedChanges` if it does not say what becomes of
    ///   members who are in the middle of something. Nothing has changed then.
    public func apply(
        _ document: ProgrammeDocument, to programme: ProgrammeID, basedOn: Int64, by actor: String, note: String = ""
    ) async throws -> ProgrammeApplication {
        let parsed = try document.programme(zones: engine.zones)
        let now = engine.clock.now()
        // Compiled before it is stored: a version that cannot be put in force must not become the current one.
        let compiled = try policy.applied(
            to: CompiledProgramme(parsed, version: basedOn + 1, zones: engine.zones), zones: engine.zones)
        try await checkWebhooks(parsed, before: engine.host[programme]?.programme)
        try await checkRaffles(
            parsed, of: programme, today: compiled.calendar(offsets: engine.zones).day(of: now))
        if let ownership, try await !ownership.take(programme) { throw Home.Problem.owned }
        if engine.host[programme] == nil { try await catalogue.load(programme, now: now) }
        let apply = try ProgrammeVersions.apply(
            document, to: programme, basedOn: basedOn, by: actor, note: note, at: now,
            today: compiled.calendar(offsets: engine.zones).day(of: now))
        let holder = Holder()
        let store = LoyaltyStore(programme: programme)
        let former = engine.host[programme]
        let host = engine.host
        let work = Alone { connection in
            let result = try apply(connection)
            if case .applied = result {
                try store.add(StreakRepair.all(of: parsed), connection)
                for (id, board) in former?.leaderboards ?? [:]
                where !(compiled.leaderboards[id]?.scores(like: board) ?? false) {
                    try store.unfollow(id, connection)
                }
            }
            compiled.streakRepairs.replace(try store.streakRepairs(connection))
            compiled.contestOutcomes.replace(try store.contestOutcomes(connection))
            holder.outcome.withLock { $0 = result }
        } finish: {
            switch holder.outcome.withLock({ $0 }) {
            case .applied: host.put(compiled)
            // Carried out before without an answer: what was stored is this very document under this number.
            case .unchanged(let version) where version.number == compiled.version: host.put(compiled)
            default: break
            }
        }
        let nobody = MemberID(ID128(high: 0, low: 0))
        let answers = try await engine.submit([
            Command(programme: programme, member: nobody, action: .alone(work), now: now)
        ])
        _ = try answers.first?.get()
        guard let result = holder.outcome.withLock({ $0 }) else { throw PipelineProblem.unprocessable }
        if case .conflict = result { return result }
        // A version that another node applied is in the store and not in force here yet.
        if case .unchanged(let version) = result, (host[programme]?.version ?? 0) < version.number {
            host.put(
                try policy.applied(
                    to: CompiledProgramme(
                        parsed, version: version.number, zones: engine.zones, streakRepairs: compiled.streakRepairs,
                        contestOutcomes: compiled.contestOutcomes),
                    zones: engine.zones))
        }
        try await engine.finishVersionReviews(of: programme, versions)
        try await engine.finishStreakRepairs(of: programme)
        try await engine.openRaffles(of: programme)
        // A programme that is new here: what it decides from now on says under which time zone data.
        if host.zoneData(of: programme).newest == nil { _ = try? await ZoneDataUpgrade.carryOut(engine, programme) }
        return result
    }

    /// Refuses new addresses of webhooks on this machine and inside private networks, unless the operator allows them. A
    /// name that nobody knows today is judged when it is asked, as every address is.
    private func checkWebhooks(_ programme: Programme, before: Programme?) async throws {
        var problems: [DocumentProblem] = []
        for webhook in programme.webhooks where !(before?.webhooks.contains(webhook) ?? false) {
            guard await !networks.allows(address: webhook.url) else { continue }
            problems.append(
                DocumentProblem(
                    path: "programme.yaml",
                    message: "The webhook '\(webhook.id)' is not on the public internet, so it is not called.",
                    fix: "The operator can allow a network of the house with the setting `outbound-networks`."))
        }
        guard problems.isEmpty else { throw DocumentProblems(problems) }
    }

    /// Refuses other terms for a raffle in which people take part.
    private func checkRaffles(_ parsed: Programme, of programme: ProgrammeID, today: Int32) async throws {
        guard let before = engine.host[programme]?.programme, !before.raffles.isEmpty else { return }
        let store = LoyaltyStore(programme: programme)
        let records = try await engine.database.read { try store.raffles($0) }
        var problems: [DocumentProblem] = []
        for raffle in before.raffles where raffle.days.first <= today {
            guard let record = records[raffle.id], record.drawnDay == nil,
                parsed.raffles.first(where: { $0.id == raffle.id })?.terms != raffle.terms
            else { continue }
            problems.append(
                DocumentProblem(
                    path: "raffles/\(raffle.id).yaml",
                    message:
                        "People take part in the raffle '\(raffle.id)' as it was announced: until it is drawn, only "
                        + "its names and its reason may change.",
                    fix: "Leave it as it was, and declare another raffle under another name."))
        }
        guard problems.isEmpty else { throw DocumentProblems(problems) }
    }

    private final class Holder: Sendable {
        let outcome = Mutex<ProgrammeApplication?>(nil)
    }
}
