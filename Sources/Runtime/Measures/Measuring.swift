public import Loyalty
public import Primitives
import Storage

extension Engine {
    /// What has changed, over all members: read from sums that are kept.
    ///
    /// - Complexity: O(groups), whatever the number of members; the first time after an upgrade as ``renewMeasures(of:)``.
    /// - Throws: `PipelineProblem.notOwner` if sums are to be added up by another node.
    public func figures(of measure: Measure, in compiled: CompiledProgramme) async throws -> MeasureFigures {
        let store = LoyaltyStore(programme: compiled.id)
        let terms = MeasureTerms(measure, in: compiled.programme)
        if let sums = try await database.read({ try store.measureSums(terms, $0) }) {
            return MeasureFigures(sums, of: measure)
        }
        try await renewMeasures(of: compiled.id)
        return MeasureFigures(try await database.read { try store.measureSums(terms, $0) } ?? [:], of: measure)
    }

    /// Adds up what is not added up under the terms in force: of a home from before there were sums. Between two batches.
    ///
    /// - Complexity: O(measures); where sums are missing, reads the counter of every member of the measure.
    public func renewMeasures(of programme: ProgrammeID) async throws {
        guard let terms = host[programme]?.programme.measureTerms else { return }
        let store = LoyaltyStore(programme: programme)
        guard try await database.read({ try !store.hasMeasures(terms, $0) }) else { return }
        let work = Alone { try store.renewMeasures(terms, $0) }
        let nobody = MemberID(ID128(high: 0, low: 0))
        for answer in try await submit([
            Command(programme: programme, member: nobody, action: .alone(work), now: clock.now())
        ]) {
            _ = try answer.get()
        }
    }
}

extension Engine {
    /// All that is stored of a member; `nil` for nobody.
    public func storedState(of member: MemberID, in programme: ProgrammeID) async throws -> MemberState? {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            try store.load([member], joinedDay: 0, connection)[member]
        }
    }
}
