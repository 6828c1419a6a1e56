import Catalogue
public import Loyalty
public import Primitives
import Storage

/// Replays what a home has stored, each effect under the version of the programme that decided it. It reads page by page
/// and writes nothing.
public final class ReplayRun {
    private let engine: Engine
    private let programme: ProgrammeID
    private var versions: [Int64: CompiledProgramme?] = [:]

    public init(_ engine: Engine, _ programme: ProgrammeID) {
        self.engine = engine
        self.programme = programme
    }

    /// A version as it was, without what an operator decides for all programmes; `nil` where it cannot be read.
    public func compiled(version: Int64) async throws -> CompiledProgramme? {
        if let known = versions[version] { return known }
        let loaded = try await ProgrammeVersions(engine.database).load(programme, version: version)
        let compiled = loaded?.document.reading.flatMap {
            try? CompiledProgramme($0, version: version, zones: engine.zones)
        }
        versions[version] = .some(compiled)
        return compiled
    }

    /// Replays all effects of a programme.
    public func run(progress: (_ done: Int64) async throws -> Void = { _ in }) async throws -> ReplayReport {
        let store = LoyaltyStore(programme: programme)
        var report = ReplayReport()
        var last: (member: MemberID, day: Int32, effect: ID128)?
        while true {
            let cursor = last
            let (page, kept) = try await engine.database.read { connection in
                let page = try store.explanationPage(after: cursor, limit: 500, connection)
                let kept = try store.keptEvents(of: Set(page.map(\.member)).sorted(), connection)
                return (page, kept)
            }
            let events = Dictionary(grouping: kept, by: \.member)
            for (member, effect) in page {
                report.add(try await replay(effect, of: member, events[member] ?? []), of: effect, member)
            }
            try await progress(report.effects)
            guard page.count == 500, let end = page.last else { return report }
            last = (end.member, end.effect.day, end.effect.id)
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Replays one effect.
    public func replay(_ effect: AppliedEffect, of member: MemberID) async throws -> ReplayVerdict {
        let store = LoyaltyStore(programme: programme)
        return try await replay(
            effect, of: member, try await engine.database.read { try store.keptEvents(of: [member], $0) })
    }

    private func replay(
        _ effect: AppliedEffect, of member: MemberID, _ events: [KeptEvent]
    ) async throws -> ReplayVerdict {
        guard let compiled = try await compiled(version: effect.version) else {
            // What people and the calendar decide has no version.
            return EffectReplay.isOfRule(effect) ? .notCovered(.version) : .notCovered(.notARule)
        }
        let (catalogue, id) = (engine.catalogue, programme)
        let event = EffectReplay.event(behind: effect, of: member, events, in: compiled) {
            catalogue.item($0, in: id)
        }
        return EffectReplay(compiled, zones: engine.zones).replay(effect, event: event)
    }
}
