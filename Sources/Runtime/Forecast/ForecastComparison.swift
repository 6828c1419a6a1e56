import Loyalty
public import Primitives

/// Two programmes over the same people: what the second does otherwise.
public struct ForecastComparison: Sendable {
    /// One figure of both.
    public struct Row: Sendable, Hashable {
        public var name: String
        public var one: Double
        public var other: Double
        public var difference: Double { other - one }
    }

    public var rows: [Row]

    /// Figures that either has, in the order of the report.
    public init(_ one: ForecastReport, _ other: ForecastReport) {
        var rows: [Row] = []
        func add(_ name: String, _ left: Double?, _ right: Double?) {
            guard left != nil || right != nil else { return }
            rows.append(Row(name: name, one: left ?? 0, other: right ?? 0))
        }
        /// Each thing that has a name in either, those of the first one first.
        func each<Thing>(
            _ kind: String, _ left: [Thing], _ right: [Thing], _ id: (Thing) -> String,
            _ figures: [(String, (Thing) -> Double)]
        ) {
            let names = left.map(id) + right.map(id).filter { name in !left.contains { id($0) == name } }
            for name in names {
                let (mine, theirs) = (left.first { id($0) == name }, right.first { id($0) == name })
                for (figure, value) in figures {
                    add("\(kind).\(name).\(figure)", mine.map(value), theirs.map(value))
                }
            }
        }
        add("people.reached", Double(one.reached), Double(other.reached))
        add("people.never_reached", Double(one.neverReached), Double(other.neverReached))
        each(
            "unit", one.units, other.units, \.unit,
            [
                ("issued", { Double($0.movements.issued) }), ("redeemed", { Double(-$0.movements.redeemed) }),
                ("expired", { Double(-$0.movements.expired) }), ("outstanding", { Double($0.outstanding) }),
            ])
        each("rule", one.rules, other.rules, \.rule, [("times", { Double($0.times) })])
        each("challenge", one.challenges, other.challenges, \.challenge, [("completed", { Double($0.completed) })])
        each("tier", one.tiers, other.tiers, \.tier, [("members", { Double($0.members) })])
        each("reward", one.rewards, other.rewards, \.reward, [("times", { Double($0.times) })])
        add("effect.cancel", Double(one.churn.cancelWith), Double(other.churn.cancelWith))
        add("effect.visits_a_day", one.churn.visitsWith, other.churn.visitsWith)
        self.rows = rows
    }

    public var json: JSONValue {
        .array(
            rows.map { row in
                [
                    "name": .string(row.name), "one": .double(row.one), "other": .double(row.other),
                    "difference": .double(row.difference),
                ]
            })
    }

    /// What differs, as lines of a table.
    public var text: String {
        let changed = rows.filter { $0.difference != 0 }
        guard !changed.isEmpty else { return "No difference.\n" }
        let table = TextTable(columns: ["", "this", "against", "difference"])
        return table.text(
            changed.map { row in
                [
                    row.name, TextTable.number(row.one), TextTable.number(row.other),
                    (row.difference > 0 ? "+" : "") + TextTable.number(row.difference),
                ]
            })
    }
}
