public import Loyalty
public import Primitives
import Storage

extension Engine {
    /// The liability report of a programme: twelve months up to the running one where nothing else is said.
    ///
    /// - Throws: ``LiabilityProblem``, or ``PipelineProblem/unknownProgramme(_:)``.
    public func liability(
        of programme: ProgrammeID, from: Month? = nil, to: Month? = nil
    ) async throws -> LiabilityReport {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let now = clock.now()
        let last = to ?? Month(day: compiled.calendar(offsets: zones).day(of: now))
        let first = from ?? last.adding(-11)
        let store = LoyaltyStore(programme: programme)
        let zones = self.zones
        return try await database.read { connection in
            try store.liability(compiled, from: first, to: last, offsets: zones, now: now, connection)
        }
    }
}
