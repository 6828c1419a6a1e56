import Loyalty
public import Primitives
import Storage

/// How many members stand where: of all, or of a sample of them. Small numbers are in it: who shows it leaves them out.
public struct HabitCounts: Sendable, Hashable {
    /// Lengths of streaks, in periods.
    public static let lengths: [Range<Int64>] = [1..<7, 7..<30, 30..<100, 100..<Int64.max]

    /// By streak and the lowest length of the range.
    public var streaks: [String: [Int64: Int64]] = [:]
    public var tiers: [String: Int64] = [:]
    /// How many members were looked at.
    public var counted: Int64 = 0
    /// How many there are.
    public var members: Int64 = 0

    /// The most members that are looked at.
    public static let sample = 2_000
    /// Members per read.
    static let page = 500

    /// What a count in the sample says of all members, to the nearest whole number.
    public func estimate(_ count: Int64) -> Int64 {
        counted < members ? (count * members + counted / 2) / max(counted, 1) : count
    }

    mutating func add(_ state: MemberState, _ compiled: CompiledProgramme, day: Int32) {
        counted += 1
        for streak in compiled.programme.streaks {
            let length = state.streak(streak, compiled, today: day).current
            guard let range = Self.lengths.first(where: { $0.contains(length) }) else { continue }
            streaks[streak.id, default: [:]][range.lowerBound, default: 0] += 1
        }
        if compiled.programme.tiers != nil { tiers[state.tier(in: compiled, today: day), default: 0] += 1 }
    }
}

extension Engine {
    /// Counts the members of a programme; of more than ``HabitCounts/sample`` a sample that is another one each day, with which
    /// a share is known to two points in a hundred.
    ///
    /// - Parameter today: the programme's day.
    public func habitFigures(of programme: ProgrammeID, today: Int32) async throws -> HabitCounts {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        var counts = HabitCounts()
        guard !compiled.streaks.isEmpty || compiled.programme.tiers != nil else { return counts }
        var seed = SplitMix64(seed: UInt64(UInt32(bitPattern: today)))
        let place = MemberID(ID128(high: seed.next(), low: seed.next()))
        let (all, members) = try await database.read { connection in
            let all = try store.memberCount(connection)
            // Identifiers are random, so those after a random place are a random sample.
            var members = try store.memberPage(after: place, limit: HabitCounts.sample, connection)
            if members.count < HabitCounts.sample {
                let rest = try store.memberPage(after: nil, limit: HabitCounts.sample - members.count, connection)
                members += rest.filter { $0.value <= place.value }
            }
            return (all, members)
        }
        counts.members = all
        for start in stride(from: 0, to: members.count, by: HabitCounts.page) {
            let page = Array(members[start..<min(start + HabitCounts.page, members.count)])
            let states = try await database.read { try store.load(page, joinedDay: 0, $0) }
            for state in states.values where state.profile.mergedInto == nil {
                counts.add(state, compiled, day: compiled.calendar(of: state.profile, offsets: zones).day(of: now))
            }
        }
        return counts
    }
}
