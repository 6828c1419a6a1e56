import API
import Loyalty
import Runtime

/// How a version that comes in over HTTP is put in force.
struct ServerProgrammes: ProgrammePort {
    let home: Home

    var versions: ProgrammeVersions { home.versions }

    func install(_ programme: CompiledProgramme) async throws { try await home.install(programme) }
}
