public import Primitives

/// A rule as it stands now, held to have been in force from an earlier day on.
public struct RuleCorrection: Sendable, Hashable {
    public var rule: String
    /// The first day, of each member's own calendar, from which on today's terms count.
    public var from: Int32
    /// The version of the programme whose terms they are.
    public var version: Int64
    /// The limits that held before `from`.
    public var limitsBefore: [Limit]

    public init(rule: String, from: Int32, version: Int64, limitsBefore: [Limit]) {
        self.rule = rule
        self.from = from
        self.version = version
        self.limitsBefore = limitsBefore
    }

    /// The name of the counter of corrections of a rule: a mark for each, its day the first day, its size the version.
    static func counter(of rule: String) -> String { "correction/" + rule }

    public var json: JSONValue {
        [
            "do": "correct", "rule": .string(rule),
            "from": .string(CivilDate(daysSinceEpoch: Int(from)).description), "version": .integer(version),
            "limits": .array(
                limitsBefore.map { limit in
                    let (kind, most) =
                        switch limit.kind {
                        case .amount(let most): ("amount", most)
                        case .times(let most): ("times", most)
                        case .perEvent(let most): ("per-event", most)
                        }
                    return [
                        "kind": .string(kind), "most": .integer(most), "period": .string(limit.period.rawValue),
                    ]
                }),
        ]
    }

    /// Reads ``json``; `nil` for anything else.
    public init?(_ json: JSONValue) {
        guard let rule = json["rule"]?.stringValue, let from = json["from"]?.stringValue.flatMap({ CivilDate($0) }),
            let version = json["version"]?.intValue, let written = json["limits"]?.arrayValue
        else { return nil }
        var limits: [Limit] = []
        for value in written {
            guard let most = value["most"]?.intValue,
                let period = value["period"]?.stringValue.flatMap({ PeriodUnit(rawValue: $0) })
            else { return nil }
            switch value["kind"]?.stringValue {
            case "amount": limits.append(Limit(kind: .amount(most), period: period))
            case "times": limits.append(Limit(kind: .times(most), period: period))
            case "per-event": limits.append(Limit(kind: .perEvent(most), period: period))
            default: return nil
            }
        }
        self.init(
            rule: rule, from: Int32(clamping: from.daysSinceEpoch), version: version, limitsBefore: limits)
    }
}
