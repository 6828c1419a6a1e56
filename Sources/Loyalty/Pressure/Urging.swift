import Primitives

/// Something that a member may be urged to, while it holds: points that will expire, a tier that will end, a nudge.
public struct Urging: Sendable, Hashable {
    /// What it is about. The order is the usual one of usefulness.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A tier will end.
        case tier
        /// Points will expire.
        case expiry
        /// A reward opened after a time with us.
        case offer
        /// A wish came in reach.
        case wish
        /// A period of a challenge ends.
        case challenge
        /// A run of a streak would end.
        case streak
        /// A rule saw an occasion for a word.
        case nudge

        /// Its place in marks of counters.
        var slot: Int32 { Int32(Self.allCases.firstIndex(of: self) ?? 0) }
    }

    public var kind: Kind
    /// The unit, tier, reward or nudge.
    public var subject: String
    /// Which occurrence of it: the day of the expiry, the first day of the period.
    public var key: Int64
    /// The member's local day from which on it may be said.
    public var from: Int32
    /// The first day on which it is too late to say it; `nil` for never.
    public var until: Int32?
    /// How much it is about; among equals the larger goes first.
    public var amount: Int64 = 0
    public var wanted: Int64 = 0
    /// Of the notice.
    var id: ID128
    var source: String
    /// The subject of the notice.
    var code: String
    var facts = JSONObject()
    var webhook: String?
    /// Days that a bundle covers besides ``key``.
    var days: [Int32] = []

    /// Whether it may be said on a day, as far as it goes itself.
    public func holds(on day: Int32) -> Bool { from <= day && until.map { day < $0 } ?? true }
}

/// How much a member lets a programme urge them. It costs no points: nothing that is counted can read it.
public enum UrgingChoice: Int64, Sendable, Hashable, CaseIterable {
    /// As the programme says.
    case normal = 0
    /// At most one in any seven days.
    case less = 1
    case off = 2

    public var name: String {
        switch self {
        case .normal: "normal"
        case .less: "less"
        case .off: "off"
        }
    }

    public init?(name: String) {
        guard let choice = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = choice
    }
}
