import Catalogue
public import Loyalty
public import Primitives
import Vault

extension Home {
    /// The programmes in force.
    public func programmes() async throws -> [ProgrammeID] {
        engine.host.all.map(\.id)
    }

    /// Puts the current version of every programme of the home in force and brings memory up to what is stored. For times
    /// when nothing is taken.
    func loadProgrammes() async throws {
        let now = engine.clock.now()
        try await engine.identities.refresh()
        for programme in try await versions.programmes() {
            guard let (version, document) = try await versions.loadCurrent(programme) else { continue }
            if engine.host[programme] != nil {
                try await catalogue.store.refresh(programme)
                try await catalogue.popularity.load(programme, now: now)
            }
            try await install(
                CompiledProgramme(
                    try document.programme(zones: engine.zones), version: version.number, zones: engine.zones))
        }
    }

    /// How new versions come into force.
    public var updates: ProgrammeUpdates {
        ProgrammeUpdates(engine: engine, versions: versions, catalogue: catalogue)
    }

    /// As ``ProgrammeUpdates/apply(_:to:basedOn:by:note:)``.
    public func apply(
        _ document: ProgrammeDocument, to programme: ProgrammeID, basedOn: Int64, by actor: String, note: String = ""
    ) async throws -> ProgrammeApplication {
        try await updates.apply(document, to: programme, basedOn: basedOn, by: actor, note: note)
    }

    /// Puts a programme that comes with Stamgast in force, unless the home has one of this name already.
    public func install(demo name: String) async throws -> ProgrammeID {
        guard let document = try DemoProgrammes.document(name) else { throw PipelineProblem.unprocessable }
        let programme = try document.programme(zones: engine.zones).id
        if engine.host[programme] == nil {
            _ = try await apply(document, to: programme, basedOn: 0, by: "demo")
        }
        return programme
    }
}
