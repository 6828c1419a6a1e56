import Loyalty
import Primitives

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
            )
        ]
    }
}
