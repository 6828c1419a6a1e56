public import Primitives

/// Who asks.
public enum Principal: Sendable, Hashable {
    /// A program, bound to one programme.
    case apiKey(programme: ProgrammeID, scopes: Set<Scope>, keyID: String)
    /// A member of staff.
    case staff(id: ID128, role: Role, programmes: ProgrammeSet)
    /// A member, in one programme.
    case member(programme: ProgrammeID, MemberID)

    /// Whether this may be done, in this programme, to this member.
    ///
    /// Deny by default: a permission is there when a scope, the role or membership gives it and the programme is one's
    /// own. A member reaches its own things only: without naming `member`, or naming another one, it is refused.
    public func allows(_ permission: Permission, in programme: ProgrammeID, of member: MemberID? = nil) -> Bool {
        switch self {
        case .apiKey(let own, let scopes, _):
            own == programme && scopes.contains { $0.permissions.contains(permission) }
        case .staff(_, let role, let programmes):
            programmes.contains(programme) && role.permissions.contains(permission)
        case .member(let own, let id):
            own == programme && id == member && Self.memberPermissions.contains(permission)
        }
    }

    /// Whether this may be done in every programme of the home: managing staff, the home's own metrics.
    public func allowsEverywhere(_ permission: Permission) -> Bool {
        guard case .staff(_, let role, .all) = self else { return false }
        return role.permissions.contains(permission)
    }

    static let memberPermissions: Set<Permission> = [.ownRead, .ownWrite]

    /// The principal as an id for audit and access logs; never a name.
    public var auditName: String {
        switch self {
        case .apiKey(_, _, let keyID): "key:" + keyID
        case .staff(let id, _, _): "staff:" + id.description
        case .member(_, let id): "member:" + id.description
        }
    }
}

/// The programmes a member of staff works for.
public enum ProgrammeSet: Sendable, Hashable {
    /// All of the home, also those that come later.
    case all
    case only(Set<ProgrammeID>)

    public func contains(_ programme: ProgrammeID) -> Bool {
        switch self {
        case .all: true
        case .only(let programmes): programmes.contains(programme)
        }
    }

    /// Whether all that `other` holds is in this one too.
    public func contains(all other: ProgrammeSet) -> Bool {
        switch (self, other) {
        case (.all, _): true
        case (.only, .all): false
        case (.only(let own), .only(let theirs)): theirs.isSubset(of: own)
        }
    }

    /// `*`, or names between commas.
    var text: String {
        switch self {
        case .all: "*"
        case .only(let programmes): programmes.map(\.name).sorted().joined(separator: ",")
        }
    }

    /// A text that is not of the form contains no programme: deny by default.
    init(text: String) {
        self = text == "*" ? .all : .only(Set(text.split(separator: ",").compactMap { ProgrammeID($0) }))
    }
}
