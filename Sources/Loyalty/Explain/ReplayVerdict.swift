public import Primitives

/// What became of replaying one stored effect under the stored version of its rule.
public enum ReplayVerdict: Sendable, Hashable {
    /// What is stored leads to the same effect.
    public enum Basis: String, Sendable, Hashable, CaseIterable {
        /// The condition was evaluated again on the values that it read.
        case values
        /// Below the level `personal` values are not kept; the condition was put together again from the truth of its parts.
        case truths
        /// The rule has no condition: its terms alone.
        case terms
    }

    /// Why nothing can be said.
    public enum Gap: String, Sendable, Hashable, CaseIterable {
        /// The amount follows from what the event said, and that is not kept.
        case amount = "amount-not-kept"
        /// No proof was kept.
        case proof = "proof-not-kept"
        /// The version is not in this home, or cannot be read any more.
        case version = "version-not-there"
        /// A challenge, a streak or a tier: `verify` works those out again from their counters.
        case counters = "verified-from-counters"
        /// What a person or the calendar decided: a redemption, an expiry, a reversal, a notice.
        case notARule = "not-a-rule"
    }

    case same(Basis)
    /// What is stored leads to something else; what, in a sentence.
    case differs(String)
    case notCovered(Gap)
}

/// How much of a history replays.
public struct ReplayReport: Sendable, Hashable {
    public struct Difference: Sendable, Hashable {
        public var member: MemberID
        public var effect: ID128
        public var source: String
        public var sentence: String
    }

    public private(set) var effects: Int64 = 0
    public private(set) var same: [ReplayVerdict.Basis: Int64] = [:]
    public private(set) var gaps: [ReplayVerdict.Gap: Int64] = [:]
    public private(set) var differing: Int64 = 0
    /// The first differences.
    public private(set) var differences: [Difference] = []

    public static let listed = 100

    public init() {}

    public mutating func add(_ outcome: ReplayVerdict, of effect: AppliedEffect, _ member: MemberID) {
        effects += 1
        switch outcome {
        case .same(let basis): same[basis, default: 0] += 1
        case .notCovered(let gap): gaps[gap, default: 0] += 1
        case .differs(let sentence):
            differing += 1
            guard differences.count < Self.listed else { return }
            differences.append(
                Difference(member: member, effect: effect.id, source: effect.source, sentence: sentence))
        }
    }

    /// Effects that a rule decided on.
    public var ruled: Int64 { effects - gaps[.notARule, default: 0] - gaps[.counters, default: 0] }

    /// Of those, the share that was replayed, from 0 to 1; 1 where there are none.
    public var share: Double {
        ruled == 0 ? 1 : Double(same.values.reduce(0, +) + differing) / Double(ruled)
    }

    public var json: JSONValue { json(namesMembers: true) }

    /// - Parameter namesMembers: whether the listed differences say whose effects they are.
    public func json(namesMembers: Bool) -> JSONValue {
        [
            "effects": .integer(effects), "of_rules": .integer(ruled), "share": .double(share),
            "same": .object(
                JSONObject(
                    ReplayVerdict.Basis.allCases.map { ($0.rawValue, .integer(same[$0, default: 0])) })),
            "not_covered": .object(
                JSONObject(ReplayVerdict.Gap.allCases.map { ($0.rawValue, .integer(gaps[$0, default: 0])) })),
            "differences": .integer(differing),
            "listed": .array(
                differences.map { difference in
                    var json: JSONValue = [
                        "effect": .string(difference.effect.description), "source": .string(difference.source),
                        "says": .string(difference.sentence),
                    ]
                    if namesMembers { json["member"] = .string(difference.member.description) }
                    return json
                }),
        ]
    }

    public var text: String {
        let percent = Double(Int64(share * 1_000)) / 10
        var lines = ["\(effects) effects, \(ruled) of them decided by rules; \(percent) % of those replayed."]
        for basis in ReplayVerdict.Basis.allCases where same[basis, default: 0] > 0 {
            lines.append("  same, by \(basis.rawValue): \(same[basis, default: 0])")
        }
        for gap in ReplayVerdict.Gap.allCases where gaps[gap, default: 0] > 0 {
            lines.append("  not covered, \(gap.rawValue): \(gaps[gap, default: 0])")
        }
        lines.append("\(differing) differ.")
        for difference in differences {
            lines.append("  \(difference.effect) of \(difference.source): \(difference.sentence)")
        }
        return lines.joined(separator: "\n")
    }
}
