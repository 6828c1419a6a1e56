import Loyalty
public import Primitives
import Storage

/// How many members stand where, exact at the moment it was counted. Small numbers are in it: who shows it leaves them out.
public struct HabitCounts: Sendable, Hashable {
    /// Lengths of streaks, in periods.
    public static let lengths: [Range<Int64>] = [1..<7, 7..<30, 30..<100, 100..<Int64.max]

    /// By streak and the lowest length of the range.
    public var streaks: [String: [Int64: Int64]] = [:]
    public var tiers: [String: Int64] = [:]

    /// Members per read.
    static let page = 1_000

    mutating func add(_ state: MemberState, _ compiled: CompiledProgramme, day: Int32) {
        for streak in compiled.programme.streaks {
            let length = state.streak(streak, compiled, today: day).current
            guard let range = Self.lengths.first(where: { $0.contains(length) }) else { continue }
            streaks[streak.id, default: [:]][range.lowerBound, default: 0] += 1
        }
        if compiled.programme.tiers != nil { tiers[state.tier(in: compiled, today: day), default: 0] += 1 }
    }
}

extension Engine {
    /// Counts all members of a programme, page by page.
    ///
    /// - Complexity: reads every member; for a page of the console, not for a request of a member.
    public func habitFigures(of programme: ProgrammeID) async throws -> HabitCounts {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        var counts = HabitCounts()
        guard !compiled.streaks.isEmpty || compiled.programme.tiers != nil else { return counts }
        var last: MemberID?
        while true {
            let start = last
            let states = try await database.read { connection in
                let members = try store.members(after: start, limit: HabitCounts.page, connection)
                return try store.load(members, joinedDay: 0, connection)
            }
            guard let end = states.keys.max() else { return counts }
            for state in states.values where state.profile.mergedInto == nil {
                counts.add(state, compiled, day: compiled.calendar(of: state.profile, offsets: zones).day(of: now))
            }
            last = end
        }
    }
}
