public import Primitives
internal import Storage

/// How old a member is, as far as profiling is concerned. No birth date and no year is kept.
public enum AgeBand: String, Sendable, Hashable, CaseIterable {
    /// Under 16, the Dutch age of digital consent (GDPR article 8), and nobody with parental responsibility agreed.
    case under16 = "under_16"
    /// Under 16, and somebody with parental responsibility agreed.
    case under16WithConsent = "under_16_with_consent"
    case from16 = "16_or_over"

    /// Whether profiling may be chosen at all.
    public var allowsProfiling: Bool { self != .under16 }

    /// The strictest first.
    private var rank: Int {
        switch self {
        case .under16: 0
        case .under16WithConsent: 1
        case .from16: 2
        }
    }

    /// The one that stands when two members turn out to be one person.
    func stricter(of other: AgeBand) -> AgeBand { rank <= other.rank ? self : other }
}

extension PersonalField {
    /// An ``AgeBand``.
    public static var ageBand: PersonalField {
        guard let field = PersonalField("age-band") else { preconditionFailure("a valid name") }
        return field
    }
}

extension Persons {
    /// Notes a member's age band; `nil` forgets it.
    ///
    /// - Returns: whether the vault knows the member.
    @discardableResult
    public func store(ageBand: AgeBand?, of member: MemberID, programme: ProgrammeID) async throws -> Bool {
        try await store([Change(member, [.ageBand: ageBand?.rawValue])], programme: programme).isEmpty
    }

    /// A member's age band; `nil` when it was never said, or nobody knows the member. Only what it is needed for goes
    /// out, so it is not logged as a look.
    public func ageBand(of member: MemberID, programme: ProgrammeID) async throws -> AgeBand? {
        try await core.database.read { connection in
            guard let person = try core.person(member, programme, connection) else { return nil }
            return try open([.ageBand], of: person, programme, connection)[.ageBand].flatMap { AgeBand(rawValue: $0) }
        }
    }
}

extension Identities {
    /// See ``Persons/ageBand(of:programme:)``.
    public func ageBand(of member: MemberID, programme: ProgrammeID) async throws -> AgeBand? {
        try await Persons(core: core).ageBand(of: member, programme: programme)
    }

    /// See ``Persons/store(ageBand:of:programme:)``.
    @discardableResult
    public func store(ageBand: AgeBand?, of member: MemberID, programme: ProgrammeID) async throws -> Bool {
        try await Persons(core: core).store(ageBand: ageBand, of: member, programme: programme)
    }
}
