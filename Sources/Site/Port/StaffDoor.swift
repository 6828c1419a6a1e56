public import Access
public import Primitives

/// Which ways in a home has beside links.
public struct SignInDoors: Sendable, Hashable {
    /// The name of the identity provider for staff, as its host; `nil` without one.
    public var staffProvider: String?
    /// Likewise for members.
    public var memberProvider: String?
    /// Whose members come in that way.
    public var memberProgramme: ProgrammeID?

    public init(
        staffProvider: String? = nil, memberProvider: String? = nil, memberProgramme: ProgrammeID? = nil
    ) {
        self.staffProvider = staffProvider
        self.memberProvider = memberProvider
        self.memberProgramme = memberProgramme
    }
}

/// Where an attempt of staff to sign in leads.
public enum StaffEntry: Sendable {
    /// `device`: tells this browser from others that guess.
    case entered(StartedSession, device: String)
    /// The password was right; a code is to follow, with the ticket.
    case needsCode(ticket: String)
    /// Whatever was wrong.
    case refused
    /// The code came too late.
    case expired
    case busy
}

/// How somebody of the staff comes in.
public struct OwnAccount: Sendable, Hashable {
    public var today: LocalDay
    /// The name to sign in with; `nil` without a password.
    public var login: String?
    public var passwordChanged: LocalDay?
    public var hasSecondFactor: Bool
    public var recoveryCodes: Int64
    /// Whether a password alone is not enough.
    public var needsSecondFactor: Bool
    /// The provider that the account is linked with, as its host.
    public var linkedWith: String?
    public var sessions: Int64

    public init(
        today: LocalDay, login: String? = nil, passwordChanged: LocalDay? = nil, hasSecondFactor: Bool = false,
        recoveryCodes: Int64 = 0, needsSecondFactor: Bool = true, linkedWith: String? = nil, sessions: Int64 = 1
    ) {
        self.today = today
        self.login = login
        self.passwordChanged = passwordChanged
        self.hasSecondFactor = hasSecondFactor
        self.recoveryCodes = recoveryCodes
        self.needsSecondFactor = needsSecondFactor
        self.linkedWith = linkedWith
        self.sessions = sessions
    }
}

/// A password that somebody chooses.
public struct PasswordChange: Sendable, Hashable {
    public var login: String
    public var password: String
    /// The one until now.
    public var current: String?

    public init(login: String, password: String, current: String? = nil) {
        self.login = login
        self.password = password
        self.current = current
    }
}

/// New recovery codes, or why there are none.
public enum RecoveryOutcome: Sendable, Hashable {
    /// Shown now and never again.
    case shown([String])
    case refused(StaffSecretProblem)
}

/// What became of a link with an account of the provider.
public enum IdentityOutcome: String, Sendable, Hashable, CaseIterable {
    case linked, unlinked
    /// It is linked with somebody else.
    case taken
    /// Neither an address nor an identifier.
    case bad
}

/// The way to the provider, and what the browser keeps meanwhile.
public struct ProviderVisit: Sendable, Hashable {
    public var address: String
    public var cookie: String

    public init(address: String, cookie: String) {
        self.address = address
        self.cookie = cookie
    }
}

/// What the provider's answer says: the parameters of the address that the browser came back to.
public struct ProviderAnswer: Sendable, Hashable {
    public var state: String
    public var code: String?
    /// Who says so (RFC 9207).
    public var issuer: String?

    public init(state: String, code: String? = nil, issuer: String? = nil) {
        self.state = state
        self.code = code
        self.issuer = issuer
    }
}

/// Where the provider's answer leads.
public enum ProviderEntry: Sendable {
    case entered(StartedSession)
    /// The provider knows them, and we do not.
    case unlinked
    /// For the staff's door, or the member's where it is not known.
    case failed(SignInKind)
}

/// What the staff's door and their own account need.
public protocol StaffDoorSiteData: Sendable {
    func signInDoors() async throws -> SignInDoors
    /// - Parameter device: what a sign-in before has left with this browser.
    func signInStaff(login: String, password: String, device: String?) async throws -> StaffEntry
    func signInStaff(code: String, ticket: String, device: String?) async throws -> StaffEntry
    func ownAccount(of staff: SiteStaff) async throws -> OwnAccount
    /// What is wrong with it, if anything is; other sessions end.
    func setPassword(_ change: PasswordChange, for staff: SiteStaff, beside secret: String) async throws
        -> StaffSecretProblem?
    /// - Parameter sealed: an offer that was made before; `nil` for a new one, and if it is too old.
    func offerSecondFactor(for staff: SiteStaff, again sealed: String?) async throws -> StaffSecrets.Offer?
    func confirmSecondFactor(_ sealed: String, code: String, current: String, for staff: SiteStaff) async throws
        -> RecoveryOutcome
    func renewRecoveryCodes(current: String, for staff: SiteStaff) async throws -> RecoveryOutcome
    func endOtherSessions(of staff: SiteStaff, beside secret: String) async throws
    /// Takes password and second factor of an account away; `false` if there is no such account, or it may not be changed.
    /// - Throws: an HTTP error with the status 403 for staff who may not.
    func resetSecrets(ofAccount id: String, for staff: SiteStaff) async throws -> Bool
    /// Says which account of the provider it is, or with `nil` that it is none; `nil` as an answer as above.
    func link(_ name: String?, toAccount id: String, for staff: SiteStaff) async throws -> IdentityOutcome?
    /// `nil` where no provider serves that door.
    func visitProvider(_ kind: SignInKind) async throws -> ProviderVisit?
    func finish(_ answer: ProviderAnswer, cookie: String?) async throws -> ProviderEntry
}
