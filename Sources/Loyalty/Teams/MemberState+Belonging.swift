public import Primitives

/// On which days a member belonged to which team: marks in a counter per team, so that it is a function of a set, and a
/// late event counts for the team of its own day.
extension MemberState {
    /// What a mark of belonging says.
    private enum Step {
        static let joined: Int32 = 0
        static let left: Int32 = 1
    }

    /// The name of the counter of the days on which a member came to a wallet, and left it.
    static func belonging(to wallet: MemberID) -> String { "belongs/" + wallet.value.description }

    mutating func noteJoined(_ wallet: MemberID, on day: Int32, into changes: inout Changes) {
        let name = Self.belonging(to: wallet)
        counters[name, default: .empty].add(CounterMark(day: day, slot: Step.joined, wanted: 1))
        changes.counters.insert(name)
    }

    mutating func noteLeft(_ wallet: MemberID, on day: Int32, into changes: inout Changes) {
        let name = Self.belonging(to: wallet)
        var counter = counters[name] ?? .empty
        var net = counter.marks.reduce(Int64(0)) { $0 + ($1.slot == Step.joined ? $1.count : -$1.count) }
        if net <= 0 {
            // Whoever came before this was kept came on the day that their membership says.
            let since = min(memberships[wallet]?.since ?? day, day)
            counter.add(CounterMark(day: since, slot: Step.joined, wanted: 1))
            net = 1
        }
        // Of two records of one person each may have come; they leave once.
        counter.add(CounterMark(day: day, slot: Step.left, wanted: 1, count: net))
        counters[name] = counter
        changes.counters.insert(name)
    }

    /// How a member stood to a wallet on a day: when they last came, and whether they were still there at its end.
    private func standing(to membership: Membership, on day: Int32) -> (since: Int32, stays: Bool)? {
        guard let counter = counters[Self.belonging(to: membership.wallet)], !counter.marks.isEmpty else {
            return membership.isCurrent && membership.since <= day ? (membership.since, true) : nil
        }
        var since: Int32?
        var (net, before): (Int64, Int64) = (0, 0)
        for mark in counter.marks where mark.day <= day {
            let change = mark.slot == Step.joined ? mark.count : -mark.count
            net += change
            if mark.day < day { before += change }
            if mark.slot == Step.joined { since = mark.day }
        }
        guard let since, net > 0 || before > 0 || since == day else { return nil }
        return (since, net > 0)
    }

    /// The team that what a member does on a day counts for: the one they came to last. The day on which they leave still
    /// counts for the one they leave, unless they come to another.
    public func team(of kind: String, on day: Int32) -> MemberID? {
        var best: (since: Int32, stays: Bool, wallet: MemberID)?
        for membership in memberships.values where membership.kind == kind {
            guard let standing = standing(to: membership, on: day) else { continue }
            if let best {
                if best.stays != standing.stays {
                    guard standing.stays else { continue }
                } else if best.since != standing.since {
                    guard standing.since > best.since else { continue }
                } else if best.wallet < membership.wallet {
                    continue
                }
            }
            best = (standing.since, standing.stays, membership.wallet)
        }
        return best?.wallet
    }

    /// Whether a member belonged to a team on one of these days.
    func belonged(to wallet: MemberID, in days: Range<Int32>) -> Bool {
        guard let membership = memberships[wallet] else { return false }
        if standing(to: membership, on: days.lowerBound) != nil { return true }
        guard let counter = counters[Self.belonging(to: wallet)], !counter.marks.isEmpty else {
            return membership.isCurrent && days.contains(membership.since)
        }
        return counter.marks.contains { $0.slot == Step.joined && days.contains($0.day) }
    }
}
