public import Primitives

/// The difference between two programmes over the same history. Sums and counts only: no member appears.
public struct BacktestReport: Sendable, Hashable {
    public struct Pair: Sendable, Hashable {
        public var before: Int64
        public var after: Int64

        public var difference: Int64 { after - before }
    }

    public struct Source: Sendable, Hashable {
        public var source: String
        public var amount: Pair
        public var awards: Pair
        public var refusals: Pair
    }

    public struct Unit: Sendable, Hashable {
        public var unit: String
        /// What it costs: awards less corrections.
        public var issued: Pair
        public var expired: Pair
        /// What is owed at the end.
        public var outstanding: Pair
        public var value: UnitValue?
        /// How many members hold more at the end, and how many less.
        public var membersWithMore: Int64
        public var membersWithLess: Int64
        public var sources: [Source]
    }

    /// Members that one programme puts on another tier than the other.
    public struct Move: Sendable, Hashable {
        public var from: String
        public var to: String
        public var members: Int64
    }

    /// Members with a badge, a completed challenge or a run of a streak.
    public struct Achievement: Sendable, Hashable {
        /// `badge`, `challenge` or `streak`.
        public var kind: String
        public var id: String
        /// How many: badges held, completions, or members with a run.
        public var count: Pair
        /// Members who have it, or more of it, only under the changed programme.
        public var gained: Int64
        public var lost: Int64
    }

    public var events: Pair
    public var refused: Pair
    public var duplicates: Int64
    public var members: Int64
    public var units: [Unit]
    /// By where from and where to.
    public var moves: [Move]
    public var achievements: [Achievement]

    /// - Parameter values: what a point of a unit is worth, as the changed programme says.
    public init(before: BacktestOutcome, after: BacktestOutcome, values: [String: UnitValue] = [:]) {
        events = Pair(before: before.events, after: after.events)
        refused = Pair(
            before: before.refused.values.reduce(0, +), after: after.refused.values.reduce(0, +))
        duplicates = after.duplicates
        members = max(before.members, after.members)
        units = Set(before.units.keys).union(after.units.keys).sorted().map { unit in
            Self.unit(
                unit, before.units[unit] ?? .init(), after.units[unit] ?? .init(), value: values[unit])
        }
        var moves: [Move: Int64] = [:]
        for member in Set(before.tiers.keys).union(after.tiers.keys) {
            let (from, to) = (before.tiers[member] ?? "", after.tiers[member] ?? "")
            if from != to { moves[Move(from: from, to: to, members: 0), default: 0] += 1 }
        }
        self.moves = moves.map { Move(from: $0.from, to: $0.to, members: $1) }
            .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        achievements =
            Self.achievements(
                "badge", before.badges.mapValues { Dictionary($0.map { ($0, 1) }) { first, _ in first } },
                after.badges.mapValues { Dictionary($0.map { ($0, 1) }) { first, _ in first } })
            + Self.achievements("challenge", before.challenges, after.challenges)
            + Self.achievements("streak", before.streaks, after.streaks)
    }

    private static func unit(
        _ id: String, _ before: BacktestOutcome.Unit, _ after: BacktestOutcome.Unit, value: UnitValue?
    ) -> Unit {
        var (more, less) = (Int64(0), Int64(0))
        for member in Set(before.holdings.keys).union(after.holdings.keys) {
            let change = after.holdings[member, default: 0] - before.holdings[member, default: 0]
            if change > 0 { more += 1 }
            if change < 0 { less += 1 }
        }
        let sources = Set(before.sources.keys).union(after.sources.keys).sorted().map { source in
            let (was, is_) = (before.sources[source] ?? .init(), after.sources[source] ?? .init())
            return Source(
                source: source, amount: Pair(before: was.amount, after: is_.amount),
                awards: Pair(before: was.awards, after: is_.awards),
                refusals: Pair(before: was.refusals, after: is_.refusals))
        }
        return Unit(
            unit: id, issued: Pair(before: before.issued, after: after.issued),
            expired: Pair(before: before.expired, after: after.expired),
            outstanding: Pair(before: before.outstanding, after: after.outstanding), value: value,
            membersWithMore: more, membersWithLess: less, sources: sources)
    }

    private static func achievements(
        _ kind: String, _ before: [String: [MemberID: Int64]], _ after: [String: [MemberID: Int64]]
    ) -> [Achievement] {
        Set(before.keys).union(after.keys).sorted().map { id in
            let (was, now) = (before[id] ?? [:], after[id] ?? [:])
            let members = Set(was.keys).union(now.keys)
            // Of a streak the length is a member's own; how many have one is what can be added up.
            let isLength = kind == "streak"
            return Achievement(
                kind: kind, id: id,
                count: Pair(
                    before: isLength ? Int64(was.count) : was.values.reduce(0, +),
                    after: isLength ? Int64(now.count) : now.values.reduce(0, +)),
                gained: Int64(members.count { now[$0, default: 0] > was[$0, default: 0] }),
                lost: Int64(members.count { now[$0, default: 0] < was[$0, default: 0] }))
        }
    }
}

extension BacktestReport {
    public var json: JSONValue {
        [
            "events": events.json, "refused": refused.json, "duplicates": .integer(duplicates),
            "members": .integer(members),
            "units": .array(
                units.map { unit in
                    var json: JSONValue = [
                        "unit": .string(unit.unit), "issued": unit.issued.json, "expired": unit.expired.json,
                        "outstanding": unit.outstanding.json, "members_with_more": .integer(unit.membersWithMore),
                        "members_with_less": .integer(unit.membersWithLess),
                        "sources": .array(
                            unit.sources.map { source in
                                [
                                    "source": .string(source.source), "amount": source.amount.json,
                                    "awards": source.awards.json, "refusals": source.refusals.json,
                                ]
                            }),
                    ]
                    json["liability"] = unit.liability.map { liability in
                        [
                            "before": .string(liability.before), "after": .string(liability.after),
                            "currency": .string(liability.currency),
                        ]
                    }
                    return json
                }),
            "tiers": .array(
                moves.map { move in
                    [
                        "from": .string(move.from), "to": .string(move.to), "members": .integer(move.members),
                    ]
                }),
            "achievements": .array(
                achievements.map { achievement in
                    [
                        "kind": .string(achievement.kind), "id": .string(achievement.id),
                        "count": achievement.count.json, "gained": .integer(achievement.gained),
                        "lost": .integer(achievement.lost),
                    ]
                }),
        ]
    }

    /// For people; what does not differ is left out.
    public var text: String {
        var lines = ["\(events.after) events of \(members) members."]
        if refused.after + refused.before > 0 { lines.append("Refused: \(refused.words) events.") }
        for unit in units {
            lines.append("\(unit.unit): issued \(unit.issued.words), outstanding \(unit.outstanding.words)")
            if let liability = unit.liability {
                lines.append("  liability \(liability.before) -> \(liability.after) \(liability.currency)")
            }
            if unit.expired.difference != 0 { lines.append("  expired \(unit.expired.words)") }
            if unit.membersWithMore + unit.membersWithLess > 0 {
                lines.append(
                    "  \(unit.membersWithMore) members would have more, \(unit.membersWithLess) would have less")
            }
            for source in unit.sources where source.amount.difference != 0 || source.refusals.difference != 0 {
                lines.append(
                    "  \(source.source): \(source.amount.words) in \(source.awards.words) awards, "
                        + "\(source.refusals.words) refusals")
            }
        }
        for move in moves {
            lines.append(
                "tier \(move.from.isEmpty ? "(none)" : move.from) -> \(move.to.isEmpty ? "(none)" : move.to): "
                    + "\(move.members) members")
        }
        for achievement in achievements where achievement.gained + achievement.lost > 0 {
            lines.append(
                "\(achievement.kind) \(achievement.id): \(achievement.count.words), "
                    + "\(achievement.gained) members gain, \(achievement.lost) lose")
        }
        return lines.joined(separator: "\n")
    }
}

extension BacktestReport.Unit {
    /// What is outstanding in money; `nil` where the unit has no value, or the sum leaves the range.
    public var liability: (before: String, after: String, currency: String)? {
        guard let value else { return nil }
        let before = outstanding.before.multipliedReportingOverflow(by: value.micros)
        let after = outstanding.after.multipliedReportingOverflow(by: value.micros)
        guard !before.overflow, !after.overflow else { return nil }
        return (
            UnitValue.decimal(micros: before.partialValue), UnitValue.decimal(micros: after.partialValue),
            value.currency
        )
    }
}

extension BacktestReport.Pair {
    public var json: JSONValue {
        ["before": .integer(before), "after": .integer(after), "difference": .integer(difference)]
    }

    var words: String {
        difference == 0 ? "\(before)" : "\(before) -> \(after) (\(difference > 0 ? "+" : "")\(difference))"
    }
}
