import Loyalty
import Primitives

/// The members that were active lately: bounded, and forgetting them costs nothing but a read.
///
/// Two generations: when the young one is full it becomes the old one, and what is used again comes back. So the cache
/// holds between `capacity` and twice `capacity` members and never searches for a victim.
struct MemberCache {
    private var young: [MemberID: MemberState] = [:]
    private var old: [MemberID: MemberState] = [:]
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { young.count + old.count }

    /// Takes a member out; whoever takes it puts it back after the commit, or leaves it out after a failure.
    mutating func take(_ member: MemberID) -> MemberState? {
        young.removeValue(forKey: member) ?? old.removeValue(forKey: member)
    }

    mutating func put(_ state: MemberState) {
        if young.count >= capacity {
            old = young
            young = [:]
        }
        young[state.id] = state
    }

    mutating func removeAll() {
        young = [:]
        old = [:]
    }
}
