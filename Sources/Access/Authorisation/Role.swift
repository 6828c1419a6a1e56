/// What a member of staff does, and so may do.
public enum Role: String, Sendable, CaseIterable, Hashable {
    case owner
    case manager
    case editor
    case analyst
    case privacyOfficer = "privacy-officer"
    case serviceAgent = "service-agent"
    case clerk

    public var permissions: Set<Permission> {
        switch self {
        case .owner:
            [
                .eventsWrite, .membersRead, .membersWrite, .membersReveal, .membersErase, .ledgerAdjust,
                .rewardsHandOut, .counterServe, .programmeRead, .programmeWrite, .catalogueRead, .catalogueWrite,
                .console, .metricsRead, .auditRead, .accessManage,
            ]
        case .manager:
            [
                .eventsWrite, .membersRead, .membersWrite, .ledgerAdjust, .rewardsHandOut, .programmeRead,
                .programmeWrite, .catalogueRead, .catalogueWrite, .console, .metricsRead, .auditRead,
            ]
        case .editor: [.programmeRead, .catalogueRead, .catalogueWrite, .console, .metricsRead]
        case .analyst: [.programmeRead, .catalogueRead, .console, .metricsRead]
        case .privacyOfficer:
            [
                .membersRead, .membersReveal, .membersErase, .programmeRead, .catalogueRead, .console, .metricsRead,
                .auditRead,
            ]
        case .serviceAgent:
            [.membersRead, .membersWrite, .membersReveal, .rewardsHandOut, .programmeRead, .catalogueRead, .console]
        case .clerk: [.rewardsHandOut, .counterServe]
        }
    }
}
