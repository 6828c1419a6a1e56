/// What an API key may do, by the names that stand in the documentation and in the `WWW-Authenticate` header.
public enum Scope: String, Sendable, CaseIterable, Hashable, Comparable {
    case eventsWrite = "events:write"
    case membersRead = "members:read"
    case membersWrite = "members:write"
    case programmeRead = "programme:read"
    case programmeWrite = "programme:write"
    case catalogueWrite = "catalogue:write"
    case console = "console"
    case metricsRead = "metrics:read"
    /// A till: one key each, so that the key says which.
    case counter
    /// Figures over several members each, and no look at one.
    case aggregatesRead = "aggregates:read"

    /// What the scope allows. None reveals who a member is: a publisher knows its people, a key need not.
    public var permissions: Set<Permission> {
        switch self {
        case .eventsWrite: [.eventsWrite]
        case .membersRead: [.membersRead]
        case .membersWrite: [.membersWrite, .membersErase]
        case .programmeRead: [.programmeRead, .catalogueRead]
        case .programmeWrite: [.programmeWrite]
        case .catalogueWrite: [.catalogueRead, .catalogueWrite]
        case .console: [.console]
        case .metricsRead: [.metricsRead]
        case .counter: [.counterServe]
        case .aggregatesRead: [.aggregatesRead]
        }
    }

    public static func < (left: Scope, right: Scope) -> Bool { left.rawValue < right.rawValue }
}
