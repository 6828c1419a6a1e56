import Loyalty
import Primitives
import Synchronization
import Vault

/// The members that gates were asked about lately, as they are on disk: a gate is asked on every page, and must not read
/// a database for it.
///
/// The pipeline puts a new state in place of an old one after each commit, and empties everything when it forgets. What a
/// read brings is kept only if nothing was committed for the member meanwhile.
final class StandingCache: Sendable {
    private struct Contents {
        var states: BoundedCache<MemberID, MemberState>
        /// Reads that are under way; a commit takes its members out.
        var reads: [MemberID: Int64] = [:]
        var lastRead: Int64 = 0
    }

    private let contents: Mutex<Contents>

    init(capacity: Int = 20_000) {
        contents = Mutex(Contents(states: BoundedCache(capacity: capacity)))
    }

    func state(of member: MemberID, in programme: ProgrammeID) -> MemberState? {
        contents.withLock { contents in
            contents.states.value(member).flatMap { $0.programme == programme ? $0 : nil }
        }
    }

    /// - Returns: what to give back with what was read.
    func beginRead(of member: MemberID) -> Int64 {
        contents.withLock { contents in
            contents.lastRead += 1
            contents.reads[member] = contents.lastRead
            return contents.lastRead
        }
    }

    func endRead(_ read: Int64, of member: MemberID, _ state: MemberState?) {
        contents.withLock { contents in
            guard contents.reads[member] == read else { return }
            contents.reads[member] = nil
            if let state { contents.states.insert(state, for: member) }
        }
    }

    /// Called after the commit of a batch.
    ///
    /// - Parameter isStored: whether the batch wrote a member.
    func committed(_ states: [MemberID: MemberState], isStored: (MemberID) -> Bool) {
        contents.withLock { contents in
            if contents.states.count == 0, contents.reads.isEmpty { return }
            for (member, state) in states {
                contents.reads[member] = nil
                if contents.states.value(member) != nil {
                    var stored = state
                    if isStored(member) { stored.isStored = true }
                    contents.states.insert(stored, for: member)
                }
            }
        }
    }

    func removeAll() {
        contents.withLock { contents in
            contents.states.removeAll()
            contents.reads = [:]
        }
    }
}
