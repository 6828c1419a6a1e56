/// Something that may be done. Whoever is not explicitly allowed to is refused: see ``Principal/allows(_:in:of:)``.
public enum Permission: String, Sendable, CaseIterable, Hashable {
    /// Send events into the programme; take those in quarantine after all.
    case eventsWrite
    /// Read what members have: balances, progress, history; never who they are.
    case membersRead
    /// Change what members have or are: traits, levels, consent, redemptions on their behalf.
    case membersWrite
    /// See who a member is. Every look is logged in the vault.
    case membersReveal
    /// Erase a member.
    case membersErase
    /// Correct a member's points.
    case ledgerAdjust
    /// Hand out a reward that a member has redeemed.
    case rewardsHandOut
    /// Serve whoever shows a card's code: earn, redeem and refund, and see nothing else of them.
    case counterServe
    case programmeRead
    case programmeWrite
    case catalogueRead
    case catalogueWrite
    /// Open the console: live events, today's effects, quarantine.
    case console
    case metricsRead
    /// Read figures that rest on several members each, and nothing of one of them.
    case aggregatesRead
    case auditRead
    /// Manage API keys and staff.
    case accessManage
    /// Read what is one's own; members only.
    case ownRead
    /// Change what is one's own: settings, redemptions; members only.
    case ownWrite
}
