import Assignment
import Loyalty
public import Primitives

extension ForecastReport {
    /// The report as JSON: `docs/reference/simulation.md` says what each figure is.
    public var json: JSONValue {
        [
            "programme": .string(programme.name), "members": .integer(Int64(settings.members)),
            "days": .integer(Int64(settings.days)), "seed": .string(String(settings.seed)),
            "simulation": ["id": .string(behaviour), "derived": .bool(isDerived)],
            "from": .string(Self.date(Int(settings.start.milliseconds / 86_400_000))),
            "events": [
                "taken": .integer(events), "undeclared": Self.counts(undeclared), "refused": Self.counts(refused),
            ],
            "people": [
                "participants": .integer(Int64(participants)), "reached": .integer(Int64(reached)),
                "never_reached": .integer(Int64(neverReached)),
            ],
            "units": .array(units.map(Self.json)), "rules": .array(rules.map(Self.json)),
            "challenges": .array(challenges.map { Self.json($0, of: participants) }),
            "tiers": .array(
                tiers.map { ["tier": .string($0.tier), "members": .integer(Int64($0.members))] }),
            "badges": .array(
                badges.map { ["badge": .string($0.badge), "members": .integer(Int64($0.members))] }),
            "rewards": .array(rewards.map(Self.json)), "effect": effectJSON,
            "never": [
                "rules": Self.names(silentRules), "challenges": Self.names(silentChallenges),
                "rewards": Self.names(silentRewards),
            ],
        ]
    }

    private static func json(_ row: UnitRow) -> JSONValue {
        let moved = row.movements
        return [
            "unit": .string(row.unit), "issued": .integer(moved.issued), "taken_back": .integer(moved.takenBack),
            "redeemed": .integer(moved.redeemed), "expired": .integer(moved.expired),
            "outstanding": .integer(row.outstanding), "currency": row.value.map { .string($0.currency) } ?? .null,
            "cost": row.costMicros.map { .double(Double($0) / 1e6) } ?? .null,
            "owed": row.owedMicros.map { .double(Double($0) / 1e6) } ?? .null,
            "over_time": .array(
                row.weeks.map { ["day": .string(date($0.day)), "outstanding": .integer($0.outstanding)] }),
        ]
    }

    private static func json(_ row: RuleRow) -> JSONValue {
        [
            "rule": .string(row.rule), "times": .integer(row.times), "members": .integer(Int64(row.members)),
            "refused": .integer(row.refused), "held_out": .integer(Int64(row.heldOut)), "points": counts(row.points),
        ]
    }

    private static func json(_ row: ChallengeRow, of participants: Int) -> JSONValue {
        [
            "challenge": .string(row.challenge), "started": .integer(Int64(row.started)),
            "completed": .integer(Int64(row.completed)), "times": .integer(row.times),
            "rate": participants == 0 ? .null : .double(Double(row.completed) / Double(participants)),
        ]
    }

    private static func json(_ row: RewardRow) -> JSONValue {
        [
            "reward": .string(row.reward), "times": .integer(row.times), "members": .integer(Int64(row.members)),
            "allowed": .integer(row.allowed), "affordable": .integer(row.affordable),
            "left": row.left.map { .integer($0) } ?? .null,
        ]
    }

    private var effectJSON: JSONValue {
        let test = churn.experiment
        return [
            "subscribers": .integer(Int64(churn.subscribers)),
            "cancel": [
                "with": .integer(Int64(churn.cancelWith)), "without": .integer(Int64(churn.cancelWithout)),
                "effect": .double(churn.effect),
            ],
            "visits_a_day": ["with": .double(churn.visitsWith), "without": .double(churn.visitsWithout)],
            "hold_out": [
                "share": .double(Double(settings.holdOut.value) / 10_000), "treated": .integer(Int64(test.treated)),
                "treated_cancel": .integer(Int64(test.treatedCancel)), "held_out": .integer(Int64(test.heldOut)),
                "held_out_cancel": .integer(Int64(test.heldOutCancel)),
                "estimate": test.estimate.map { .double($0) } ?? .null,
                "low": test.interval.map { .double($0.lowerBound) } ?? .null,
                "high": test.interval.map { .double($0.upperBound) } ?? .null,
            ],
            "responses": .array(
                responses.map { row in
                    [
                        "response": .string(row.response), "members": .integer(Int64(row.members)),
                        "felt": .integer(Int64(row.felt)), "subscribers": .integer(Int64(row.subscribers)),
                        "cancel_with": .integer(Int64(row.cancelWith)),
                        "cancel_without": .integer(Int64(row.cancelWithout)),
                    ]
                }),
        ]
    }

    static func date(_ day: Int) -> String { CivilDate(daysSinceEpoch: day).description }

    private static func counts(_ values: [String: Int64]) -> JSONValue {
        .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
    }

    private static func names(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}
