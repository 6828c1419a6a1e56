import Loyalty
import Primitives
import Runtime
import Vault

/// Members, their balances, history and redemptions.
extension Schemas {
    static let amount = JSONSchema.integer(from: -(1 << 53), to: 1 << 53)

    static var members: [(String, JSONValue)] {
        let levels = JSONSchema.choice(PrivacyLevel.allCases.map(\.rawValue))
        let languages = JSONSchema.choice(Language.allCases.map(\.rawValue))
        let dayStart = JSONSchema.text(pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$")
        return [
            (
                "Member",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("level", levels), ("time_zone", JSONSchema.orNull(JSONSchema.text())),
                    ("day_start", JSONSchema.orNull(dayStart)), ("language", JSONSchema.orNull(languages)),
                    ("paused", JSONSchema.boolean), ("joined_day", JSONSchema.day),
                    ("tier", JSONSchema.orNull(JSONSchema.text())),
                    (
                        "next_tier",
                        JSONSchema.orNull(
                            JSONSchema.object([("id", JSONSchema.text()), ("missing", JSONSchema.integer())]))
                    ),
                    ("experience", experience),
                    ("balances", JSONSchema.array(JSONSchema.ref("Balance"))),
                    ("challenges", JSONSchema.array(JSONSchema.ref("ChallengeProgress"))),
                    (
                        "badges",
                        JSONSchema.array(JSONSchema.object([("badge", JSONSchema.text()), ("day", JSONSchema.day)]))
                    ),
                    (
                        "entitlements",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("name", JSONSchema.text()), ("day", JSONSchema.day),
                                ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                            ]))
                    ),
                    ("traits", JSONSchema.anyObject), ("rewards", JSONSchema.array(JSONSchema.ref("RewardState"))),
                    ("redemptions", JSONSchema.array(JSONSchema.ref("Redemption"))),
                ])
            ),
            (
                "Balance",
                JSONSchema.object([
                    ("unit", JSONSchema.text()), ("spendable", JSONSchema.integer()), ("pending", JSONSchema.integer()),
                    ("held", JSONSchema.integer()), ("owed", JSONSchema.integer()),
                    (
                        "next_activation",
                        JSONSchema.orNull(
                            JSONSchema.object([("amount", JSONSchema.integer()), ("at", JSONSchema.time)]))
                    ),
                    (
                        "next_expiry",
                        JSONSchema.orNull(
                            JSONSchema.object([("amount", JSONSchema.integer()), ("at", JSONSchema.time)]))
                    ), ("lots", JSONSchema.array(JSONSchema.ref("Lot"))),
                ])
            ),
            (
                "Lot",
                JSONSchema.object([
                    ("lot", JSONSchema.uuid), ("remaining", JSONSchema.integer()), ("pending", JSONSchema.boolean),
                    ("active_at", JSONSchema.orNull(JSONSchema.time)),
                    (
                        "awaits",
                        JSONSchema.orNull(
                            JSONSchema.object([
                                ("event", JSONSchema.text()), ("ends_at", JSONSchema.time),
                                ("then", JSONSchema.choice(AwaitedEvent.Outcome.allCases.map(\.rawValue))),
                            ]))
                    ), ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                ])
            ),
            ("ChallengeProgress", challengeProgress),
            ("Challenges", JSONSchema.page(JSONSchema.ref("ChallengeProgress"))),
            ("Goal", JSONSchema.object([("goal", JSONSchema.integer(from: 1, to: 1_000_000_000))])),
            ("Revocation", JSONSchema.object([("reason", JSONSchema.text(atMost: 500, atLeast: 1))])),
            (
                "RewardState",
                JSONSchema.object([
                    ("reward", JSONSchema.text()),
                    ("share", JSONSchema.described(JSONSchema.number, "The part of the price that the member has.")),
                    ("can_redeem", JSONSchema.boolean), ("condition_met", JSONSchema.boolean),
                    ("redeemed", JSONSchema.integer()),
                ])
            ),
            (
                "Redemption",
                JSONSchema.object([
                    ("redemption", JSONSchema.uuid), ("reward", JSONSchema.text()), ("unit", JSONSchema.text()),
                    ("amount", JSONSchema.integer()),
                    ("state", JSONSchema.choice(["open", "confirmed", "cancelled", "expired", "refunded"])),
                    ("opened_at", JSONSchema.time), ("expires_at", JSONSchema.time),
                ])
            ),
            ("MemberReference", JSONSchema.object([("member", JSONSchema.uuid)])),
            (
                "MemberChange",
                JSONSchema.object(
                    [
                        ("level", levels),
                        (
                            "time_zone",
                            JSONSchema.described(JSONSchema.text(atMost: 64, atLeast: 1), "Such as Europe/Amsterdam.")
                        ),
                        ("day_start", dayStart), ("language", languages), ("paused", JSONSchema.boolean),
                        (
                            "age_band",
                            JSONSchema.described(
                                JSONSchema.choice(AgeBand.allCases.map(\.rawValue)),
                                "Kept sealed; `under_16` closes the levels `persona` and `personal`.")
                        ),
                        ("traits", JSONSchema.described(JSONSchema.anyObject, "Declared traits; `null` removes one.")),
                    ], required: [])
            ),
            (
                "Adjustment",
                JSONSchema.object([
                    ("unit", JSONSchema.text(atMost: 100, atLeast: 1)),
                    (
                        "amount",
                        JSONSchema.described(
                            [
                                "anyOf": [
                                    JSONSchema.integer(from: -(1 << 53), to: -1),
                                    JSONSchema.integer(from: 1, to: 1 << 53),
                                ]
                            ], "More than zero gives, less takes.")
                    ),
                    ("reason", JSONSchema.described(JSONSchema.text(atMost: 500, atLeast: 1), "The member reads it.")),
                ])
            ),
            (
                "Reversal",
                JSONSchema.object([("effect", JSONSchema.described(JSONSchema.uuid, "The `id` of an effect."))])
            ),
            (
                "CommandResult",
                JSONSchema.object(
                    [
                        ("member", JSONSchema.uuid), ("redemption", JSONSchema.ref("Redemption")),
                        ("effects", JSONSchema.array(JSONSchema.ref("Effect"))),
                    ], required: ["member", "effects"])
            ),
            ("History", JSONSchema.page(JSONSchema.ref("Effect"))),
            (
                "QuarantinedEvent",
                JSONSchema.object([
                    ("id", JSONSchema.uuid), ("day", JSONSchema.day), ("type", JSONSchema.text()),
                    ("code", JSONSchema.text()),
                    ("field", JSONSchema.orNull(JSONSchema.text())), ("detail", JSONSchema.text()),
                ])
            ),
            ("QuarantinedEvents", JSONSchema.page(JSONSchema.ref("QuarantinedEvent"))),
        ]
    }
}
