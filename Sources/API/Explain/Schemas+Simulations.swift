import Loyalty
import Primitives
import Runtime

extension Schemas {
    static var simulations: [(String, JSONValue)] {
        let points = JSONSchema.integer()
        let obstacle = JSONSchema.object(
            [
                ("kind", JSONSchema.choice(["limit", "cooldown", "budget"])),
                ("index", JSONSchema.described(JSONSchema.integer(from: 0), "Its place among the rule's limits.")),
                ("period", JSONSchema.choice(PeriodUnit.allCases.map(\.rawValue))),
                ("counts", JSONSchema.choice(["amount", "times", "per-event"])), ("most", points),
                ("used", JSONSchema.described(points, "What the period had given before.")),
                ("until", JSONSchema.described(JSONSchema.time, "When a cooldown is over.")),
                ("budget", JSONSchema.text()),
            ], required: ["kind"])
        let award = JSONSchema.object(
            [("unit", JSONSchema.text()), ("wanted", points), ("given", points), ("obstacle", obstacle)],
            required: ["unit", "wanted", "given"])
        let verdict = JSONSchema.object(
            [
                ("kind", JSONSchema.choice(RuleVerdict.Kind.allCases.map(\.rawValue))),
                ("source", JSONSchema.text()), ("version", points),
                ("outcome", JSONSchema.choice(RuleVerdict.Outcome.allCases.map(\.rawValue))),
                ("when", JSONSchema.text()),
                ("failing", JSONSchema.described(JSONSchema.text(), "The part of `when` that was not met.")),
                ("group", JSONSchema.text()),
                ("winner", JSONSchema.described(JSONSchema.text(), "The rule of the group that applied.")),
                ("proof", JSONSchema.described([:], "Which part of the condition had which value.")),
                ("awards", JSONSchema.array(award)),
                (
                    "sentences",
                    JSONSchema.object([
                        ("nl", JSONSchema.text()), ("en", JSONSchema.text()), ("ja", JSONSchema.text()),
                    ])
                ),
            ], required: ["kind", "source", "version", "outcome", "awards", "sentences"])
        let change = JSONSchema.object([
            ("unit", JSONSchema.text()), ("before", points), ("after", points),
        ])
        return [
            (
                "EventSimulation",
                JSONSchema.object(
                    [
                        ("status", JSONSchema.choice(["decided", "duplicate", "quarantined"])),
                        ("problem", JSONSchema.ref("Problem")),
                        ("member", JSONSchema.described(JSONSchema.uuid, "Absent for somebody who is not known yet.")),
                        ("effects", JSONSchema.array(JSONSchema.ref("Effect"))),
                        ("calendar", JSONSchema.array(JSONSchema.ref("Effect"))),
                        ("rules", JSONSchema.array(verdict)), ("balances", JSONSchema.array(change)),
                        ("tier", JSONSchema.object([("before", JSONSchema.text()), ("after", JSONSchema.text())])),
                    ], required: ["status"])
            ),
            (
                "ExplainedEffect",
                JSONSchema.object(
                    [
                        ("effect", JSONSchema.uuid), ("member", JSONSchema.uuid),
                        ("kind", JSONSchema.choice(AppliedEffect.Kind.allCases.map(\.rawValue))),
                        ("source", JSONSchema.text()), ("version", points), ("subject", JSONSchema.text()),
                        ("amount", points), ("wanted", points), ("day", JSONSchema.day), ("at", JSONSchema.time),
                        ("refusal", JSONSchema.text()), ("when", JSONSchema.text()),
                        ("proof", JSONSchema.described([:], "Which part of the condition had which value.")),
                        ("why", JSONSchema.map(JSONSchema.text())),
                        (
                            "replay",
                            JSONSchema.described(
                                JSONSchema.text(),
                                "`the same, by …`, `differs: …` or `not covered: …`, with the reason.")
                        ),
                    ],
                    required: [
                        "effect", "member", "kind", "source", "version", "subject", "amount", "wanted", "day", "at",
                        "why", "replay",
                    ])
            ),
        ] + corrections + redemptionSimulations
    }

    private static var corrections: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let name = JSONSchema.text(atMost: 100, atLeast: 1)
        let request: [(String, JSONValue)] = [
            ("rule", name), ("challenge", name), ("badge", name),
            ("from", JSONSchema.described(JSONSchema.day, "The first day, of each member's own calendar.")),
        ]
        func oneOfThem(_ schema: JSONValue) -> JSONValue {
            var schema = schema
            schema["oneOf"] = [["required": ["rule"]], ["required": ["challenge"]], ["required": ["badge"]]]
            return schema
        }
        return [
            ("CorrectionRequest", oneOfThem(JSONSchema.object(request, required: ["from"]))),
            (
                "CorrectionOrder",
                oneOfThem(
                    JSONSchema.object(
                        request + [
                            (
                                "confirm",
                                JSONSchema.described(JSONSchema.text(atMost: 40, atLeast: 1), "Of the preview.")
                            )
                        ], required: ["from", "confirm"]))
            ),
            (
                "CorrectionPreview",
                JSONSchema.object(
                    request + [
                        ("version", JSONSchema.integer()), ("members", count),
                        (
                            "units",
                            JSONSchema.array(
                                JSONSchema.object([
                                    ("unit", JSONSchema.text()), ("members_up", count), ("members_down", count),
                                    ("up", count), ("down", JSONSchema.integer(to: 0)),
                                ]))
                        ),
                        (
                            "differences",
                            JSONSchema.described(
                                JSONSchema.array(
                                    JSONSchema.object([
                                        ("member", JSONSchema.uuid), ("unit", JSONSchema.text()),
                                        ("amount", JSONSchema.integer()),
                                    ]), atMost: Corrections.listed), "The first \(Corrections.listed), by member.")
                        ), ("completions", JSONSchema.described(count, "Of a challenge: those that there would be.")),
                        (
                            "badges",
                            JSONSchema.array(
                                JSONSchema.object([("badge", JSONSchema.text()), ("members", count)]))
                        ),
                        (
                            "left_out",
                            JSONSchema.described(
                                JSONSchema.array(JSONSchema.text()), "What it does not do, in sentences.")
                        ), ("confirm", JSONSchema.text()),
                    ],
                    required: [
                        "from", "version", "members", "units", "differences", "completions", "badges", "left_out",
                        "confirm",
                    ])
            ),
        ] + simulationRuns
    }
}
