import Loyalty
import Primitives

extension ForecastReport {
    /// The report for reading.
    public var text: String {
        var parts = [
            """
            What \(programme.name) would do for \(settings.members) people in \(settings.days) days from \
            \(Self.date(Int(settings.start.milliseconds / 86_400_000))) (seed \(settings.seed))

              \(people)
              \(participants) took part, \(reached) got something, \(neverReached) nothing. \(events) events counted.

            """
        ]
        parts.append("Points\n" + unitTable)
        parts.append("Rules\n" + ruleTable)
        if !challenges.isEmpty { parts.append("Challenges\n" + challengeTable) }
        if !tiers.isEmpty {
            parts.append(
                "Tiers at the end\n"
                    + TextTable(columns: ["", "members"]).text(tiers.map { [$0.tier, String($0.members)] }))
        }
        if !rewards.isEmpty { parts.append("Rewards\n" + rewardTable) }
        parts.append("What it causes\n" + effectText)
        let never = [
            ("rules that never fire", silentRules), ("challenges nobody completes", silentChallenges),
            ("rewards nobody takes", silentRewards), ("events it has no use for", undeclared.keys.sorted()),
        ].filter { !$0.1.isEmpty }.map { "  \($0.0): \($0.1.joined(separator: ", "))\n" }
        if !never.isEmpty { parts.append("Worth a look\n" + never.joined()) }
        return parts.joined(separator: "\n")
    }

    private var people: String {
        isDerived
            ? "The programme does not say how its people behave: they do a little of everything that it declares."
            : "People: \(behaviour)."
    }

    private var unitTable: String {
        TextTable(columns: ["", "issued", "redeemed", "expired", "owed at the end", "cost", "owed"]).text(
            units.map { row in
                func money(_ micros: Int64?) -> String {
                    guard let micros, let currency = row.value?.currency else { return "" }
                    return TextTable.number(Double(micros) / 1e6) + " " + currency
                }
                return [
                    row.unit, String(row.movements.issued + row.movements.takenBack), String(-row.movements.redeemed),
                    String(-row.movements.expired), String(row.outstanding), money(row.costMicros),
                    money(row.owedMicros),
                ]
            })
    }

    private var ruleTable: String {
        TextTable(columns: ["", "times", "members", "points", "refused", "held out"]).text(
            rules.map { row in
                let points = row.points.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
                return [
                    row.rule, String(row.times), String(row.members), points.joined(separator: ", "),
                    String(row.refused), String(row.heldOut),
                ]
            })
    }

    private var challengeTable: String {
        TextTable(columns: ["", "started", "completed", "of all", "times"]).text(
            challenges.map { row in
                let rate = participants == 0 ? 0 : Double(row.completed) / Double(participants)
                return [
                    row.challenge, String(row.started), String(row.completed), TextTable.percent(rate),
                    String(row.times),
                ]
            })
    }

    private var rewardTable: String {
        TextTable(columns: ["", "taken", "members", "left", "could pay, of those who looked"]).text(
            rewards.map { row in
                let share = row.allowed == 0 ? 0 : Double(row.affordable) / Double(row.allowed)
                return [
                    row.reward, String(row.times), String(row.members), row.left.map { String($0) } ?? "",
                    row.allowed == 0 ? "nobody was allowed" : TextTable.percent(share),
                ]
            })
    }

    private var effectText: String {
        var lines =
            "  \(churn.subscribers) subscribers: \(churn.cancelWith) cancel, without the programme "
            + "\(churn.cancelWithout) (\(Self.points(churn.effect))).\n"
            + "  Visits a day: \(TextTable.number(churn.visitsWith)), without it "
            + "\(TextTable.number(churn.visitsWithout)).\n"
        let test = churn.experiment
        if let estimate = test.estimate, let interval = test.interval {
            lines +=
                "  A hold-out of \(test.heldOut) would show \(Self.points(estimate)), between "
                + "\(Self.points(interval.lowerBound)) and \(Self.points(interval.upperBound)) (95 %).\n"
        } else {
            lines += "  The hold-out has no subscriber: it would show nothing.\n"
        }
        return lines
            + TextTable(columns: ["", "members", "felt something", "subscribers", "cancel", "without"]).text(
                responses.map { row in
                    [
                        row.response, String(row.members), String(row.felt), String(row.subscribers),
                        String(row.cancelWith), String(row.cancelWithout),
                    ]
                })
    }

    /// A difference of shares in percentage points.
    private static func points(_ difference: Double) -> String {
        let tenths = (difference * 1_000).rounded() / 10
        return (tenths > 0 ? "+" : "") + "\(tenths == 0 ? 0 : tenths) percentage points"
    }
}
