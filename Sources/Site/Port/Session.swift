public import Primitives

/// Whose programme a page belongs to.
public struct ProgrammeFace: Sendable, Hashable {
    public var id: ProgrammeID
    /// The programme's name, for example "De Avondpost Stamgast".
    public var name: String
    /// The publisher's own site.
    public var home: WebLink?
    public var look: ProgrammeLook

    public init(id: ProgrammeID, name: String, home: WebLink? = nil, look: ProgrammeLook = .standard) {
        self.id = id
        self.name = name
        self.home = home
        self.look = look
    }
}

/// A signed-in member.
public struct SiteMember: Sendable, Hashable {
    public var programme: ProgrammeFace
    public var member: MemberID
    /// The member's own choice, if one was made.
    public var language: Language?
    /// Whether this request asks that nobody is profiled; see ``GlobalPrivacyControl``.
    public var globalPrivacyControl = false

    public init(programme: ProgrammeFace, member: MemberID, language: Language? = nil) {
        self.programme = programme
        self.member = member
        self.language = language
    }
}

/// A signed-in member of staff who may use the console of one programme.
public struct SiteStaff: Sendable, Hashable {
    public var programme: ProgrammeFace
    /// An identifier for the audit log, never a name or an address.
    public var staff: String
    public var language: Language?
    /// Whether they may see figures over several members, and nothing else.
    public var seesAggregatesOnly: Bool
    /// Whether they answer members and do nothing else here: external partners of the service desk.
    public var isServiceOnly: Bool = false
    /// Whether they may answer members.
    public var answersMembers: Bool = true
    /// Whether they may correct points.
    public var correctsPoints: Bool = true
    /// Whether they may see what one member has.
    public var seesMembers: Bool
    /// Whether they may read the audit log.
    public var readsAudit: Bool
    /// Whether they may manage keys and staff.
    public var managesAccess: Bool
    /// Whether they may handle requests of data subjects: the privacy officer and the owner.
    public var handlesPrivacy: Bool = false
    /// Whether they may set up programmes.
    public var setsUp = false

    public init(
        programme: ProgrammeFace, staff: String, language: Language? = nil, seesAggregatesOnly: Bool = false,
        seesMembers: Bool = true, readsAudit: Bool = false, managesAccess: Bool = false
    ) {
        self.programme = programme
        self.staff = staff
        self.language = language
        self.seesAggregatesOnly = seesAggregatesOnly
        self.seesMembers = seesMembers
        self.readsAudit = readsAudit
        self.managesAccess = managesAccess
    }
}

/// Whom a one-time link is for.
public enum SignInKind: Sendable, Hashable { case member, staff }

/// What a one-time link opens, told without using it up.
public struct SignInOffer: Sendable, Hashable {
    public var kind: SignInKind
    public var programme: ProgrammeFace
    public var language: Language?

    public init(kind: SignInKind, programme: ProgrammeFace, language: Language? = nil) {
        self.kind = kind
        self.programme = programme
        self.language = language
    }
}

/// A session that has just begun.
public struct StartedSession: Sendable {
    public var kind: SignInKind
    /// What the cookie holds: unguessable, in the alphabet of base64url.
    public var secret: String
    public var lifetimeSeconds: Int

    public init(kind: SignInKind, secret: String, lifetimeSeconds: Int) {
        self.kind = kind
        self.secret = secret
        self.lifetimeSeconds = lifetimeSeconds
    }
}
