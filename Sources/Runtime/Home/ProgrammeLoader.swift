import Catalogue
import Loyalty
import Primitives
import Storage
import Vault

/// Brings a programme into memory and out of it again.
struct ProgrammeLoader: Sendable {
    let engine: Engine
    let versions: ProgrammeVersions
    let catalogue: CatalogueService
    let policy: HomePolicy

    /// Reads the programme's current version, its catalogue and its counts. For times when nothing is taken.
    func load(_ programme: ProgrammeID) async throws {
        let now = engine.clock.now()
        try await engine.identities.refresh()
        try await catalogue.load(programme, now: now)
        guard let (version, document) = try await versions.loadCurrent(programme) else { return }
        let compiled = try CompiledProgramme(
            try document.programme(zones: engine.zones), version: version.number, zones: engine.zones)
        let store = LoyaltyStore(programme: programme)
        compiled.streakRepairs.replace(
            try await engine.database.read { try store.streakRepairs($0) } + StreakRepair.all(of: compiled.programme))
        compiled.contestOutcomes.replace(try await engine.database.read { try store.contestOutcomes($0) })
        engine.host.put(try policy.applied(to: compiled, zones: engine.zones))
    }

    /// Brings in what was written beside the pipeline: what is unchanged is not read again.
    func refresh(_ programme: ProgrammeID) async throws {
        try await engine.identities.refresh()
        try await catalogue.store.refresh(programme)
    }

    func unload(_ programme: ProgrammeID) {
        engine.host.remove(programme)
        engine.live.end(programme)
    }
}
