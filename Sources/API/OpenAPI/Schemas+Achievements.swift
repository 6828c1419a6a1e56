import Loyalty
import Primitives

extension Schemas {
    static var experience: JSONValue {
        JSONSchema.described(
            JSONSchema.orNull(
                JSONSchema.object([
                    ("level", JSONSchema.integer()), ("next_at", JSONSchema.orNull(JSONSchema.integer())),
                ])), "The level that the member reached and never falls from; null in a programme without levels.")
    }

    static var challengeProgress: JSONValue {
        JSONSchema.object([
            ("challenge", JSONSchema.text()), ("count", JSONSchema.integer()), ("target", JSONSchema.integer()),
            ("period", JSONSchema.choice(PeriodUnit.allCases.map(\.rawValue) + ["days", "rolling", "season"])),
            ("ends_at", JSONSchema.orNull(JSONSchema.time)), ("completions", JSONSchema.integer()),
            ("running", JSONSchema.described(JSONSchema.boolean, "Whether it counts today.")),
            ("unlocked", JSONSchema.described(JSONSchema.boolean, "Whether what it asks for first is there.")),
            ("joined", JSONSchema.described(JSONSchema.orNull(JSONSchema.boolean), "Null where nobody needs to join.")),
            (
                "goal",
                JSONSchema.orNull(JSONSchema.object([("from", JSONSchema.integer()), ("to", JSONSchema.integer())]))
            ),
            (
                "tiers",
                JSONSchema.array(
                    JSONSchema.object([
                        ("tier", JSONSchema.text()), ("at", JSONSchema.integer()), ("reached", JSONSchema.boolean),
                    ]))
            ),
            (
                "steps",
                JSONSchema.array(
                    JSONSchema.object([("count", JSONSchema.integer()), ("needed", JSONSchema.integer())]))
            ),
            (
                "values",
                JSONSchema.array(JSONSchema.object([("value", JSONSchema.text()), ("there", JSONSchema.boolean)]))
            ),
        ])
    }
}
