/// Tiers held against the rest of the programme.
extension ProgrammeChecker {
    mutating func checkTiers() {
        guard let ladder = programme.tiers else { return }
        if ladder.counts == .balance, units[ladder.unit]?.kind == .status {
            report(
                "'\(ladder.unit)' is a status: it only grows.", at: "programme.tiers.counts",
                fix: "Leave 'counts' out, or name a unit of points.")
        }
        if ladder.cycle?.downgrade == .never, ladder.cycle?.grace != nil || ladder.cycle?.notice != nil {
            warn("Nothing ends, so 'grace' and 'notice' do nothing.", at: "programme.tiers.downgrade")
        }
        if ladder.tiers.allSatisfy(\.isInvited), !ladder.tiers.isEmpty {
            warn("All tiers are by invitation: the unit does nothing.", at: "programme.tiers.levels")
        }
    }
}
