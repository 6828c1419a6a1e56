public import Primitives

/// A challenge or a badge as it stands now, held to have been in force from an earlier day on.
///
/// Of a challenge: what members had towards a target that came nearer since, and what was set aside then
/// (``ChallengeMigration``), counts after all. Of a badge: whoever did what it is given for now has it. Nothing is taken
/// away by either.
public struct AchievementCorrection: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable { case challenge, badge }

    public var kind: Kind
    public var id: String
    /// The first day, of each member's own calendar, from which on today's terms count.
    public var from: Int32
    /// The version of the programme whose terms they are.
    public var version: Int64

    public init(_ kind: Kind, _ id: String, from: Int32, version: Int64) {
        self.kind = kind
        self.id = id
        self.from = from
        self.version = version
    }

    public var json: JSONValue {
        var json: JSONValue = ["do": "correct"]
        json[kind.rawValue] = .string(id)
        json["from"] = .string(CivilDate(daysSinceEpoch: Int(from)).description)
        json["version"] = .integer(version)
        return json
    }

    /// Reads ``json``; `nil` for anything else.
    public init?(_ json: JSONValue) {
        guard let from = json["from"]?.stringValue.flatMap({ CivilDate($0) }), let version = json["version"]?.intValue,
            let kind = Kind.allCases.first(where: { json[$0.rawValue] != nil }),
            let id = json[kind.rawValue]?.stringValue
        else { return nil }
        self.init(kind, id, from: Int32(clamping: from.daysSinceEpoch), version: version)
    }

    /// What the programme does not have of it; `nil` if all is there.
    func missing(in programme: CompiledProgramme) -> String? {
        switch kind {
        case .challenge where programme.challenges[id] == nil: "There is no challenge '\(id)'."
        case .badge where programme.badges[id] == nil: "There is no badge '\(id)'."
        default: programme.version == version ? nil : "The programme has changed since the correction."
        }
    }
}

/// What a correction of a challenge or badge comes to for one member.
public struct AchievementGains: Sendable, Hashable {
    public var completions: Int64 = 0
    /// By unit.
    public var awards: [String: Int64] = [:]
    public var badges: Set<String> = []

    public init() {}

    public var isEmpty: Bool { completions == 0 && awards.isEmpty && badges.isEmpty }
}

extension CompiledChallenge {
    /// The name of the counter of what was set aside when the target came nearer.
    static func surplus(of id: String) -> String { "surplus/" + id }
}
