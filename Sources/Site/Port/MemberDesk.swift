/// What staff ask of one member, and do for them. Nothing here lists members: whoever looks for one names them.
public protocol MemberDeskSiteData: Sendable {
    /// How this member of staff may look for members.
    /// - Throws: an HTTP error with the status 403 for staff who may not see members.
    func memberSearch(for staff: SiteStaff) async throws -> MemberSearch
    /// Finds one member; each question that goes through the vault stands in the audit log, whatever its answer.
    /// - Throws: an HTTP error with the status 403 for staff who may not ask that.
    func find(_ question: MemberQuestion, for staff: SiteStaff) async throws -> MemberFinding
    /// One member's standing and a page of their timeline; `nil` if there is no such member or page.
    /// - Parameter after: a cursor from ``ConsoleMember/older``.
    /// - Throws: an HTTP error with the status 403 for staff who may not see members.
    func consoleMember(
        _ id: String, after: String?, for staff: SiteStaff, language: Language
    ) async throws -> ConsoleMember?
    /// Corrects a member's points; the same key again is the same correction. `nil` if there is no such member.
    /// - Throws: an HTTP error with the status 403 for staff who may not correct points.
    func adjust(
        _ order: PointsOrder, of member: String, for staff: SiteStaff, key: String, language: Language
    ) async throws -> PointsOutcome?
}

/// How members may be looked for.
public struct MemberSearch: Sendable, Hashable {
    /// Whether by a user id or an address as well, through the vault.
    public var isThroughVault: Bool

    public init(isThroughVault: Bool) {
        self.isThroughVault = isThroughVault
    }
}

/// Whom staff look for.
public enum MemberQuestion: Sendable, Hashable {
    /// A pseudonym, or at least its first eight digits.
    case pseudonym(String)
    /// The publisher's own identifier.
    case user(String)
    case email(String)
}

/// What came of looking for a member.
public enum MemberFinding: Sendable, Hashable {
    /// The pseudonym.
    case member(String)
    /// More than one begins like that.
    case several
    case unknown
}

/// A correction of points that staff ask for.
public struct PointsOrder: Sendable, Hashable {
    /// The largest correction, in either direction.
    public static let maximum: Int64 = 1_000_000_000
    /// The longest reason, in Unicode scalars.
    public static let longestReason = 500

    public var unit: String
    /// More than 0 gives; less takes.
    public var amount: Int64
    public var reason: String

    public init(unit: String, amount: Int64, reason: String) {
        self.unit = unit
        self.amount = amount
        self.reason = reason
    }
}

/// What became of a correction of points.
public enum PointsOutcome: Sendable, Hashable {
    case done
    /// It is more than one person corrects alone, and waits for a second one.
    case waits
    /// So many are there to take.
    case tooFew(Amount)
    /// The programme has no such unit, or the ledger cannot hold so many.
    case refused
    /// The form was sent before with something else in it.
    case keyUsed
}

/// One member as staff see them: by pseudonym, never by name.
public struct ConsoleMember: Sendable, Hashable {
    /// What there is of one unit.
    public struct Holding: Sendable, Hashable {
        public var id: String
        public var name: Wording
        public var spendable: Int64
        public var pending: Int64
        /// Set aside for redemptions and gifts.
        public var held: Int64
        public var owed: Int64
        public var expiring: Balance.Expiring?

        public init(
            id: String, name: Wording, spendable: Int64, pending: Int64 = 0, held: Int64 = 0, owed: Int64 = 0,
            expiring: Balance.Expiring? = nil
        ) {
            self.id = id
            self.name = name
            self.spendable = spendable
            self.pending = pending
            self.held = held
            self.owed = owed
            self.expiring = expiring
        }
    }

    /// A redemption that is neither confirmed nor cancelled.
    public struct Redemption: Sendable, Hashable {
        public var title: Wording
        public var price: Amount
        public var until: LocalDay

        public init(title: Wording, price: Amount, until: LocalDay) {
            self.title = title
            self.price = price
            self.until = until
        }
    }

    /// Something that waits until staff have looked.
    public struct Review: Sendable, Hashable {
        public var check: String
        public var day: LocalDay
        public var held: [Amount]
        public var until: LocalDay

        public init(check: String, day: LocalDay, held: [Amount], until: LocalDay) {
            self.check = check
            self.day = day
            self.held = held
            self.until = until
        }
    }

    /// One kept effect: as the member reads it, and as it is kept.
    public struct Entry: Sendable, Hashable {
        /// What the member reads nothing about.
        public enum Silent: String, Sendable, Hashable, CaseIterable {
            case access, trait, heldOut, withheld, other
        }

        public enum Shown: Sendable, Hashable {
            case line(HistoryLine)
            case silent(Silent, when: LocalMoment, reason: Wording)
        }

        public var shown: Shown
        /// Whether staff did it, and no rule.
        public var isByStaff: Bool
        /// In the words of whoever corrected the points; `nil` for anything else, and for staff who may not read the
        /// audit log.
        public var note: String?
        /// The stored fields under the names of the API, in their order.
        public var fields: [(name: String, value: String)]

        public init(
            _ shown: Shown, isByStaff: Bool = false, note: String? = nil, fields: [(name: String, value: String)]
        ) {
            self.shown = shown
            self.isByStaff = isByStaff
            self.note = note
            self.fields = fields
        }

        public static func == (left: Entry, right: Entry) -> Bool {
            left.shown == right.shown && left.isByStaff == right.isByStaff && left.note == right.note
                && left.fields.elementsEqual(right.fields) { $0 == $1 }
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(shown)
            hasher.combine(note)
        }
    }

    public var today: LocalDay
    public var id: String
    public var level: PrivacyLevel
    public var joined: LocalDay?
    public var isPaused: Bool
    public var holdings: [Holding] = []
    public var tier: TierProgress?
    public var challenges: [ChallengeProgress] = []
    public var streaks: [StreakProgress] = []
    public var redemptions: [Redemption] = []
    public var reviews: [Review] = []
    /// Corrections for which a second person was asked, the newest first.
    public var requests: [CorrectionRequest] = []
    /// The latest first.
    public var entries: [Entry] = []
    /// The cursor of the next, older page.
    public var older: String?
    public var mayAdjust: Bool

    public init(
        today: LocalDay, id: String, level: PrivacyLevel, joined: LocalDay? = nil, isPaused: Bool = false,
        mayAdjust: Bool = false
    ) {
        self.today = today
        self.id = id
        self.level = level
        self.joined = joined
        self.isPaused = isPaused
        self.mayAdjust = mayAdjust
    }
}
