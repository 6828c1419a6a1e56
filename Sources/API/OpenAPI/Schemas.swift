import Primitives

/// The schemas that several routes share, by their names in the document.
enum Schemas {
    static var all: [(String, JSONValue)] {
        others + reviews + webhooks + measures + pressure + profiling + earning + recommendations
    }

    private static var others: [(String, JSONValue)] {
        [("Problem", problem)] + letters + proposals
            + events + segment + members + entitlements + streaks + tiers + sharing + jobs + rewards
            + catalogue + play
            + leaderboards + programme + operations + raffles + referrals + simulations
    }

    // MARK: Problems

    private static let problem = JSONSchema.object(
        [
            ("type", JSONSchema.text(format: "uri")), ("title", JSONSchema.text()),
            ("status", JSONSchema.integer(from: 400, to: 599)),
            ("detail", JSONSchema.text()),
            (
                "errors",
                JSONSchema.array(
                    JSONSchema.object([("field", JSONSchema.text()), ("detail", JSONSchema.text())]))
            ),
        ], required: ["type", "title", "status", "detail"], isOpen: true)

    // MARK: Operations

    private static let operations: [(String, JSONValue)] = [
        ("Health", JSONSchema.object([("status", ["type": "string", "const": "ok"])])),
        (
            "Readiness",
            JSONSchema.object([
                ("status", JSONSchema.choice(["ok", "not ready"])),
                (
                    "checks",
                    JSONSchema.array(
                        JSONSchema.object(
                            [("name", JSONSchema.text()), ("ok", JSONSchema.boolean)], isOpen: true))
                ),
            ])
        ),
    ]
}
