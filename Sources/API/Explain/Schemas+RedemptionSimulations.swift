import Loyalty
import Primitives

extension Schemas {
    /// Dry runs of redemptions.
    static var redemptionSimulations: [(String, JSONValue)] {
        let short = JSONSchema.text(atMost: 100, atLeast: 1)
        let points = JSONSchema.integer()
        let effects = JSONSchema.array(JSONSchema.ref("Effect"))
        let price = JSONSchema.object([
            ("unit", JSONSchema.text()), ("each", JSONSchema.described(points, "For one.")),
            ("amount", JSONSchema.described(points, "For the quantity.")), ("spendable", points),
            ("missing", JSONSchema.integer(from: 0)),
        ])
        let stock = JSONSchema.object([
            (
                "left",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.integer(from: 0)), "How many anybody can have; null for no end.")
            ),
            ("offered", JSONSchema.described(JSONSchema.integer(from: 0), "Set aside for this member.")),
            (
                "left_after",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.integer(from: 0)), "After it; null for no end or where it is refused.")
            ),
            ("takes_code", JSONSchema.boolean),
        ])
        let obstacle = JSONSchema.object(
            [
                ("code", JSONSchema.described(JSONSchema.text(), "As in `why_not` of the member's rewards.")),
                ("facts", JSONSchema.described(JSONSchema.anyObject, "What was there and what is asked for.")),
                ("when", JSONSchema.text()),
                ("failing", JSONSchema.described(JSONSchema.text(), "The part of `when` that was not met.")),
                ("proof", JSONSchema.described([:], "Which part of the condition had which value.")),
                ("sentences", JSONSchema.map(JSONSchema.text())),
            ], required: ["code", "facts", "sentences"])
        return [
            (
                "RedemptionSimulationRequest",
                JSONSchema.object(
                    [
                        ("member", JSONSchema.uuid), ("reward", short),
                        ("quantity", JSONSchema.described(JSONSchema.integer(from: 1, to: 1_000_000), "1 if absent.")),
                        ("slot", JSONSchema.text(atMost: 30, atLeast: 1)),
                        ("unit", JSONSchema.described(short, "Which of the prices; the first if absent.")),
                    ], required: ["member", "reward"])
            ),
            (
                "RedemptionSimulation",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("reward", JSONSchema.text()), ("version", points),
                    ("allowed", JSONSchema.boolean), ("quantity", points),
                    ("unit", JSONSchema.described(JSONSchema.text(), "What would be paid with.")),
                    ("tier", JSONSchema.text()), ("slot", JSONSchema.orNull(JSONSchema.text())),
                    ("prices", JSONSchema.array(price)), ("stock", stock),
                    (
                        "hold",
                        JSONSchema.described(
                            JSONSchema.orNull(
                                JSONSchema.object([
                                    ("unit", JSONSchema.text()), ("amount", points), ("expires_at", JSONSchema.time),
                                ])), "What would be set aside, and until when.")
                    ),
                    ("obstacles", JSONSchema.array(obstacle)),
                    ("calendar", JSONSchema.described(effects, "What falls due for the member anyway.")),
                    ("effects", effects),
                    ("confirmed", JSONSchema.described(effects, "What confirming it at once would do.")),
                ])
            ),
        ]
    }
}
