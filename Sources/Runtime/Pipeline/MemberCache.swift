import Loyalty
import Primitives

/// The members that were active lately: bounded, and forgetting them costs nothing but a read.
///
/// Two generations: when the young one is full it becomes the old one, and what is used again comes back. So the cache
/// holds between `capacity` and twice `capacity` members and never searches for a victim. Who has been with us for years
/// counts as several: a member's history is most of what a member takes.
struct MemberCache {
    /// So many marks of counters, 24 bytes each, take about as much as the rest of a member.
    static let marksPerMember = 64

    private var young: [MemberID: MemberState] = [:]
    private var old: [MemberID: MemberState] = [:]
    private let capacity: Int
    /// How many members the young generation counts as.
    private var youngWeight = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { young.count + old.count }

    /// Takes a member out; whoever takes it puts it back after the commit, or leaves it out after a failure.
    mutating func take(_ member: MemberID) -> MemberState? {
        guard let state = young.removeValue(forKey: member) else { return old.removeValue(forKey: member) }
        youngWeight -= Self.weight(of: state)
        return state
    }

    mutating func put(_ state: MemberState) {
        if youngWeight >= capacity {
            old = young
            young = [:]
            youngWeight = 0
        }
        if let former = young.updateValue(state, forKey: state.id) { youngWeight -= Self.weight(of: former) }
        youngWeight += Self.weight(of: state)
    }

    mutating func removeAll() {
        young = [:]
        old = [:]
        youngWeight = 0
    }

    private static func weight(of state: MemberState) -> Int {
        1 + state.counters.values.reduce(0) { $0 + $1.marks.count } / marksPerMember
    }
}
