import Primitives
import Runtime

/// Jobs and reports.
extension Schemas {
    static var jobs: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let name = JSONSchema.text(atMost: 100, atLeast: 1)
        let action: [(String, JSONValue)] = [
            ("do", JSONSchema.choice(["grant", "activate", "expire", "revoke-badge", "trait"])),
            ("unit", JSONSchema.described(name, "Of grant, activate and expire.")),
            ("amount", JSONSchema.described(JSONSchema.integer(from: 1, to: 1_000_000_000), "Of grant.")),
            ("badge", JSONSchema.described(name, "Of revoke-badge.")),
            ("trait", JSONSchema.described(name, "Of trait.")),
            ("value", JSONSchema.described([:], "Of trait; null takes it away.")),
        ]
        var order = JSONSchema.object(
            action + [
                (
                    "members",
                    JSONSchema.described(
                        JSONSchema.array(JSONSchema.uuid, atMost: JobRunner.listed), "Pseudonyms of members.")
                ),
                (
                    "when",
                    JSONSchema.described(
                        JSONSchema.text(atMost: 4_000, atLeast: 1), "A condition over `member`, in place of `members`.")
                ),
            ], required: ["do"])
        order["oneOf"] = [["required": ["members"]], ["required": ["when"]]]
        var done = action
        done[0] = ("do", JSONSchema.choice(["grant", "activate", "expire", "revoke-badge", "trait", "correct"]))
        done += [
            ("rule", JSONSchema.described(name, "Of correct; see /v1/corrections.")), ("challenge", name),
            ("from", JSONSchema.day),
            ("version", JSONSchema.integer()), ("limits", JSONSchema.array(JSONSchema.anyObject)),
        ]
        let job = JSONSchema.object(
            [
                ("id", JSONSchema.uuid), ("order", JSONSchema.object(done, required: ["do"])),
                ("when", JSONSchema.text()),
                ("state", JSONSchema.choice(["waiting", "running", "done", "cancelled", "failed"])),
                ("created_at", JSONSchema.time), ("finished_at", JSONSchema.orNull(JSONSchema.time)),
                ("share", JSONSchema.number), ("total", count),
                ("looked", JSONSchema.described(count, "How many members it has looked at.")), ("changed", count),
                ("unchanged", count), ("refused", count),
            ],
            required: [
                "id", "order", "state", "created_at", "finished_at", "share", "total", "looked", "changed",
                "unchanged", "refused",
            ])
        return [
            ("JobOrder", order), ("Job", job), ("Jobs", JSONSchema.page(JSONSchema.ref("Job"))),
            ("LiabilityReport", liability),
        ]
    }

    private static var liability: JSONValue {
        let points = JSONSchema.integer()
        let movements: [(String, JSONValue)] = [
            ("issued", points), ("taken_back", points), ("redeemed", points), ("expired", points),
            ("adjusted", points), ("charged", points), ("moved", points),
        ]
        let money = JSONSchema.text(pattern: #"^-?[0-9]+\.[0-9]{2,6}$"#)
        let unit = JSONSchema.object([
            ("unit", JSONSchema.text()),
            (
                "value",
                JSONSchema.orNull(JSONSchema.object([("amount", money), ("currency", JSONSchema.text())]))
            ),
            (
                "months",
                JSONSchema.array(
                    JSONSchema.object(
                        [("month", JSONSchema.text()), ("opening", points)] + movements + [("closing", points)]))
            ), ("outstanding", JSONSchema.described(points, "What is in members' accounts now.")),
            (
                "expected_breakage",
                JSONSchema.described(points, "How much of it is expected to expire, from the programme's own history.")
            ), ("breakage_rates", JSONSchema.array(JSONSchema.number)),
            ("deferred_revenue", JSONSchema.orNull(money)),
            (
                "erased",
                JSONSchema.described(
                    JSONSchema.object(movements + [("forfeited", points)]),
                    "What erased members' accounts say; it is in none of the figures above.")
            ),
        ])
        return JSONSchema.object([
            ("programme", JSONSchema.text()), ("from", JSONSchema.text()), ("to", JSONSchema.text()),
            ("units", JSONSchema.array(unit)),
            (
                "journal",
                JSONSchema.array(
                    JSONSchema.object([
                        ("date", JSONSchema.day), ("unit", JSONSchema.text()), ("account", JSONSchema.text()),
                        ("debit", money), ("credit", money), ("currency", JSONSchema.text()), ("points", points),
                        ("text", JSONSchema.text()),
                    ]))
            ),
        ])
    }
}
