public import Loyalty

/// How a new version of a programme comes into force on a running server. Filled by the composition root.
public protocol ProgrammePort: Sendable {
    /// The chain of versions of every programme of the home.
    var versions: ProgrammeVersions { get }

    /// Puts a compiled version in force, between two batches of events.
    func install(_ programme: CompiledProgramme) async throws
}
