/// What is known about a member, told to them.
public struct OwnData: Sendable, Hashable {
    /// Something that only the vault knows, so masked that its owner recognises it and nobody else learns it.
    public struct Masked: Sendable, Hashable {
        /// A namespace of identifiers or the name of a personal field, such as `email`.
        public var kind: String
        public var value: String

        /// - Parameter value: in the clear; its first character is what stays.
        public init(kind: String, value: String) {
            self.kind = kind
            self.value = (value.count > 3 ? String(value.prefix(1)) : "") + "•••"
        }
    }

    /// A trait that the programme declares, with its value as text.
    public struct Trait: Sendable, Hashable {
        public var title: Wording
        public var value: String

        public init(title: Wording, value: String) {
            self.title = title
            self.value = value
        }
    }

    /// What is counted.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case points, history, counters, events, rewards, badges, letters, questions, follows, experiments
    }

    public var level: PrivacyLevel
    public var identifiers: [Masked]
    public var fields: [Masked]
    public var traits: [Trait]
    /// How many rows of each kind are kept.
    public var counts: [Kind: Int64]

    public init(
        level: PrivacyLevel, identifiers: [Masked] = [], fields: [Masked] = [], traits: [Trait] = [],
        counts: [Kind: Int64] = [:]
    ) {
        self.level = level
        self.identifiers = identifiers
        self.fields = fields
        self.traits = traits
        self.counts = counts
    }
}

/// A piece of a member's export, and where the next one goes on; `nil` after the last.
public struct ExportPart: Sendable, Hashable {
    public var bytes: [UInt8]
    public var next: String?

    public init(bytes: [UInt8], next: String? = nil) {
        self.bytes = bytes
        self.next = next
    }
}

/// One place where a member is signed in. Of the device nothing is kept.
public struct OwnSession: Sendable, Hashable {
    public var id: String
    public var begun: LocalDay
    public var lastUsed: LocalDay
    /// Whether it is the one that asks.
    public var isThis: Bool

    public init(id: String, begun: LocalDay, lastUsed: LocalDay, isThis: Bool = false) {
        self.id = id
        self.begun = begun
        self.lastUsed = lastUsed
        self.isThis = isThis
    }
}

/// The member's sessions, on their own day.
public struct OwnSessions: Sendable, Hashable {
    public var today: LocalDay
    public var sessions: [OwnSession]

    public init(today: LocalDay, sessions: [OwnSession]) {
        self.today = today
        self.sessions = sessions
    }
}

/// What the pages about a member's own data need.
public protocol OwnSiteData: DeviceSiteData {
    func ownData(of member: SiteMember, language: Language) async throws -> OwnData
    /// A part of everything that is the member's, as JSON; `nil` where there is nothing to tell.
    /// - Parameter place: from the part before; `nil` for the first.
    func export(of member: SiteMember, after place: String?, language: Language) async throws -> ExportPart?
    /// Erases the member for good, and ends all their sessions. Doing it again changes nothing.
    func erase(_ member: SiteMember) async throws
    /// - Parameter secret: of the session that asks.
    func sessions(of member: SiteMember, beside secret: String) async throws -> OwnSessions
    /// Ends one session, or with no `id` all but the one that asks; `false` if it is none of theirs.
    func endSession(_ id: String?, of member: SiteMember, beside secret: String) async throws -> Bool
}
