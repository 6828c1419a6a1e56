extension MemberState {
    /// Takes over the places in shared wallets of another record of the same person: the higher role, the longer standing
    /// and what both gave.
    mutating func absorbMemberships(
        of other: inout MemberState, into changes: inout Changes, otherChanges: inout Changes
    ) {
        for (wallet, theirs) in other.memberships {
            var mine = memberships[wallet] ?? theirs
            if memberships[wallet] != nil {
                if theirs.isCurrent {
                    mine.since = mine.isCurrent ? min(mine.since, theirs.since) : theirs.since
                    mine.shows = mine.isCurrent ? mine.shows && theirs.shows : theirs.shows
                }
                if theirs.role.rawValue > mine.role.rawValue { mine.role = theirs.role }
                for (unit, amount) in theirs.given { mine.given[unit, default: 0] += amount }
            }
            memberships[wallet] = mine
            changes.memberships.insert(wallet)
            other.memberships[wallet]?.role = .left
            other.memberships[wallet]?.given = [:]
            otherChanges.memberships.insert(wallet)
        }
    }
}
