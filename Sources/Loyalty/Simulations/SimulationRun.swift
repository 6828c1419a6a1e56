public import Primitives

/// A question to a programme that takes a while: ordered, worked on beside everything else, answered with sums. Nothing of
/// it touches a member, and neither the question nor the answer names one.
public struct SimulationRun: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A changed programme over what the home holds.
        case backtest
        /// Every stored effect under the version that decided it.
        case replay
        /// The programme in force on invented people.
        case forecast
    }

    public var id: ID128
    public var kind: Kind
    /// What is asked; ``JSONValue/null`` once it is over: a document can be long, and the answer says what it answers.
    public var request: JSONValue
    public var state: Job.State
    public var createdAt: Instant
    public var createdBy: String
    public var finishedAt: Instant?
    /// How far it is, in whatever it counts: members, effects, days.
    public var done: Int64
    public var total: Int64
    /// The answer; `nil` until it is there.
    public var result: JSONValue?
    /// Why it failed, in a sentence.
    public var problem: String?

    public init(id: ID128, kind: Kind, request: JSONValue, createdAt: Instant, createdBy: String) {
        self.id = id
        self.kind = kind
        self.request = request
        state = .waiting
        self.createdAt = createdAt
        self.createdBy = createdBy
        done = 0
        total = 0
    }

    /// From 0 to 1.
    public var share: Double {
        state == .done ? 1 : total > 0 ? min(1, Double(done) / Double(total)) : 0
    }

    /// Fewer members than this are not counted out to who may not look at members.
    public static let fewest: Int64 = 5

    /// The answer for who may not look at members: numbers of few members are `null`. Invented people may be counted.
    public var guardedResult: JSONValue? {
        kind == .forecast ? result : result.map { Self.guarded($0) }
    }

    private static let counts: Set = ["members", "members_with_more", "members_with_less", "gained", "lost"]

    private static func guarded(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map { guarded($0) })
        case .object(let object):
            let tellsFew = tellsFew(value)
            return .object(
                JSONObject(
                    object.members.map { member in
                        if counts.contains(member.key) && isFew(member.value) || tellsFew && member.key == "count" {
                            return (member.key, .null)
                        }
                        return (member.key, guarded(member.value))
                    }))
        default: return value
        }
    }

    private static func isFew(_ value: JSONValue?) -> Bool {
        guard let count = value?.intValue else { return false }
        return (1..<fewest).contains(count)
    }

    /// How often a badge was given is to how many: two such numbers would tell how many gained or lost it.
    private static func tellsFew(_ line: JSONValue) -> Bool {
        guard let count = line["count"], line["gained"] != nil else { return false }
        return [line["gained"], line["lost"], count["before"], count["after"]].contains { isFew($0) }
    }
}
