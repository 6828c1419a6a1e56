import Catalogue
public import Loyalty
public import Primitives
import Storage
import Vault

extension Home {
    /// The programmes of the home, whichever node owns them.
    public func programmes() async throws -> [ProgrammeID] {
        // What one process owns alone is in its memory.
        database.engine == .sqlite ? engine.host.all.map(\.id) : try await versions.programmes()
    }

    /// How new versions come into force.
    public var updates: ProgrammeUpdates {
        ProgrammeUpdates(
            engine: engine, versions: versions, catalogue: catalogue, policy: policy, networks: networks,
            ownership: ownership)
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
        // Another server may own it, or its readers may have changed it.
        if engine.host[programme] == nil, try await versions.loadCurrent(programme) == nil {
            _ = try await apply(document, to: programme, basedOn: 0, by: "demo")
        }
        return programme
    }
}
