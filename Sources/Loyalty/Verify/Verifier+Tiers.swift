import Primitives

extension Verifier {
    /// What the days of tiers sum up to, and what the ledger says, member by member.
    func noteTiers(_ member: Page.Member, _ page: Page, _ granted: inout Granted) {
        guard let ladder = compiled?.programme.tiers, ladder.keepsDays else { return }
        let kind: AccountKind = ladder.counts == .credits ? .issued : .active
        let balance = (page.accounts[member.id] ?? []).first { $0.unit == ladder.unit && $0.kind == kind }?.balance ?? 0
        let counter = (page.counters[member.id] ?? []).first { $0.name == TierCounters.credits }?.counter
        let days = TierCounters.days(counter).values.reduce(0, +) - (counter?.granted ?? 0)
        granted.tiers.append((member.id, days, kind == .issued ? -balance : balance))
    }

    /// The records of one person together: what another record earned stays in its books.
    func checkTiers(_ granted: Granted, _ report: inout VerificationReport, root: (MemberID) -> MemberID) {
        var sums: [MemberID: (days: Int64, ledger: Int64)] = [:]
        for (member, days, ledger) in granted.tiers {
            let sum = sums[root(member)] ?? (0, 0)
            sums[root(member)] = (sum.days + days, sum.ledger + ledger)
        }
        for (member, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.days != sum.ledger {
            report.add(
                Difference(
                    kind: .tierCredits, member: member, subject: compiled?.programme.tiers?.unit ?? "",
                    stored: sum.days,
                    recomputed: sum.ledger))
        }
    }
}
