/// What a member of staff does, and so may do.
public enum Role: String, Sendable, CaseIterable, Hashable {
    case owner
    case manager
    case editor
    case analyst
    case privacyOfficer = "privacy-officer"
    case serviceAgent = "service-agent"
    case clerk
    /// Leads people who are members themselves: figures over several members, and no look at one.
    case teamLead = "team-lead"

    public var permissions: Set<Permission> {
        switch self {
        case .owner:
            [
                .eventsWrite, .membersRead, .membersWrite, .membersReveal, .membersErase, .ledgerAdjust,
                .rewardsHandOut, .counterServe, .programmeRead, .programmeWrite, .catalogueRead, .catalogueWrite,
                .console, .metricsRead, .aggregatesRead, .auditRead, .accessManage,
            ]
        case .manager:
            [
                .eventsWrite, .membersRead, .membersWrite, .ledgerAdjust, .rewardsHandOut, .programmeRead,
                .programmeWrite, .catalogueRead, .catalogueWrite, .console, .metricsRead, .aggregatesRead, .auditRead,
            ]
        case .editor: [.programmeRead, .catalogueRead, .catalogueWrite, .console, .metricsRead, .aggregatesRead]
        case .analyst: [.programmeRead, .catalogueRead, .console, .metricsRead, .aggregatesRead]
        case .privacyOfficer:
            [
                .membersRead, .membersReveal, .membersErase, .programmeRead, .catalogueRead, .console, .metricsRead,
                .aggregatesRead,
                .auditRead,
            ]
        case .serviceAgent:
            [.membersRead, .membersWrite, .membersReveal, .rewardsHandOut, .programmeRead, .catalogueRead, .console]
        case .clerk: [.rewardsHandOut, .counterServe]
        case .teamLead: [.aggregatesRead]
        }
    }
}
