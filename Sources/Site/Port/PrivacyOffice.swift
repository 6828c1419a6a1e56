public import Runtime

/// What a member asked of the privacy office, and who looked at their data.
public struct OwnRights: Sendable, Hashable {
    /// One look at the member's data by somebody else: the day, why, and what was shown. Never who.
    public struct Look: Sendable, Hashable {
        public var day: LocalDay
        public var purpose: String
        public var fields: [String]

        public init(day: LocalDay, purpose: String, fields: [String]) {
            self.day = day
            self.purpose = purpose
            self.fields = fields
        }
    }

    public var today: LocalDay
    public var requests: [PrivacyRequest]
    /// The latest first.
    public var looks: [Look]

    public init(today: LocalDay, requests: [PrivacyRequest] = [], looks: [Look] = []) {
        self.today = today
        self.requests = requests
        self.looks = looks
    }
}

/// What members can correct themselves, in the clear.
public struct OwnDetails: Sendable, Hashable {
    public enum Field: String, Sendable, Hashable, CaseIterable { case name, phone, address }

    /// In Unicode scalars.
    public static let longest = 200

    public var values: [Field: String]

    public init(values: [Field: String] = [:]) {
        self.values = values
    }
}

/// The privacy office of a programme, as its officer and the owner see it.
public struct PrivacyOffice: Sendable, Hashable {
    public struct Level: Sendable, Hashable {
        public var level: PrivacyLevel
        /// `nil` for few.
        public var members: Int64?

        public init(level: PrivacyLevel, members: Int64?) {
            self.level = level
            self.members = members
        }
    }

    public var today: LocalDay
    public var requests: [PrivacyRequest]
    /// Who is on which level now.
    public var levels: [Level]

    public init(today: LocalDay, requests: [PrivacyRequest] = [], levels: [Level] = []) {
        self.today = today
        self.requests = requests
        self.levels = levels
    }
}

/// One request, as the office sees it.
public struct PrivacyCase: Sendable, Hashable {
    public var today: LocalDay
    public var request: PrivacyRequest
    /// Whether who looks may read what was written: the officer, not the owner.
    public var mayRead: Bool
    public var text: String?
    public var answer: String?
    /// Other requests of the same member and kind.
    public var alike: [PrivacyRequest]

    public init(
        today: LocalDay, request: PrivacyRequest, mayRead: Bool, text: String? = nil, answer: String? = nil,
        alike: [PrivacyRequest] = []
    ) {
        self.today = today
        self.request = request
        self.mayRead = mayRead
        self.text = text
        self.answer = answer
        self.alike = alike
    }
}

/// What staff do with a request.
public enum PrivacyStep: Sendable, Hashable {
    case check(PrivacyRequest.Identity)
    case extend(PrivacyRequest.Extension)
    case complete(answer: String)
    case refuse(PrivacyRequest.Refusal)
    /// The request that answers this one.
    case duplicate(of: String)
}

/// A letter for which staff open a request.
public struct PrivacyLetter: Sendable, Hashable {
    public var kind: PrivacyRequest.Kind
    /// A whole pseudonym; empty for somebody who is no member.
    public var member: String
    public var received: LocalDay

    public init(kind: PrivacyRequest.Kind, member: String, received: LocalDay) {
        self.kind = kind
        self.member = member
        self.received = received
    }
}

/// A record that can be shown and taken along: what the page shows, and the same as JSON.
public struct PrivacyFile<Content: Sendable>: Sendable {
    public var content: Content
    public var json: String

    public init(content: Content, json: String) {
        self.content = content
        self.json = json
    }
}

/// Purposes, retention and recipients of a programme, with the number of this state of them.
public struct ProcessingSheet: Sendable, Hashable {
    public struct Event: Sendable, Hashable {
        public var id: String
        public var fields: [String]
        /// Level and time; empty where nothing is kept.
        public var keep: [String]

        public init(id: String, fields: [String], keep: [String]) {
            self.id = id
            self.fields = fields
            self.keep = keep
        }
    }

    public struct Purpose: Sendable, Hashable {
        public var id: String
        public var events: [Event]

        public init(id: String, events: [Event]) {
            self.id = id
            self.events = events
        }
    }

    public var version: Int64
    public var digest: String
    public var purposes: [Purpose]
    public var traits: [String]
    public var recipients: [String]
    /// The fewest members of a figure that is shown.
    public var fewest: Int64

    public init(
        version: Int64, digest: String, purposes: [Purpose] = [], traits: [String] = [], recipients: [String] = [],
        fewest: Int64
    ) {
        self.version = version
        self.digest = digest
        self.purposes = purposes
        self.traits = traits
        self.recipients = recipients
        self.fewest = fewest
    }
}

/// What the pages of a member's rights and of the privacy office need.
public protocol PrivacyOfficeData: Sendable {
    func rights(of member: SiteMember) async throws -> OwnRights
    /// What the member can correct, in the clear: for their own eyes.
    func details(of member: SiteMember) async throws -> OwnDetails
    /// An empty value takes the field away.
    func correct(_ details: OwnDetails, for member: SiteMember) async throws
    /// The same key again is the same request.
    func ask(_ kind: PrivacyRequest.Kind, text: String, for member: SiteMember, key: String) async throws
        -> PrivacyRequestOutcome
    /// `false` if it is none of theirs, or over.
    func withdraw(privacyRequest id: String, for member: SiteMember) async throws -> Bool
    /// - Throws: an HTTP error with the status 403 for everybody but the privacy officer and the owner, here and below.
    func privacyOffice(for staff: SiteStaff) async throws -> PrivacyOffice
    func privacyCase(_ id: String, for staff: SiteStaff) async throws -> PrivacyCase?
    func open(_ letter: PrivacyLetter, for staff: SiteStaff, key: String) async throws -> PrivacyRequestOutcome
    func take(_ step: PrivacyStep, privacyRequest id: String, for staff: SiteStaff) async throws
        -> PrivacyRequestOutcome
    func processing(for staff: SiteStaff) async throws -> PrivacyFile<ProcessingSheet>
    /// Counted now; that somebody asked stands in the audit log.
    func affected(for staff: SiteStaff) async throws -> PrivacyFile<AffectedSet>
}
