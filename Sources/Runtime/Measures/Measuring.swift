public import Loyalty
public import Primitives
import Storage

extension Engine {
    /// What has changed, over all members.
    ///
    /// - Complexity: reads every member, page by page.
    public func figures(of measure: Measure, in compiled: CompiledProgramme) async throws -> MeasureFigures {
        let store = LoyaltyStore(programme: compiled.id)
        var collector = MeasureFigures.Collector(measure, in: compiled.programme)
        var last: MemberID?
        while true {
            let start = last
            let states = try await database.read { connection in
                let members = try store.members(after: start, limit: HabitCounts.page, connection)
                return try store.load(members, joinedDay: 0, connection)
            }
            guard let end = states.keys.max() else { return collector.figures }
            for state in states.values.sorted(by: { $0.id < $1.id }) { collector.add(state) }
            last = end
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
