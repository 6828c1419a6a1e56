import Loyalty
import Primitives

extension Schemas {
    private static var optionalText: JSONValue { JSONSchema.orNull(JSONSchema.text()) }
    private static var optionalNumber: JSONValue { JSONSchema.orNull(JSONSchema.integer()) }

    private static var waiting: JSONValue {
        JSONSchema.object([
            ("reward", JSONSchema.text()), ("slot", optionalText), ("quantity", JSONSchema.integer()),
            ("before", JSONSchema.described(JSONSchema.integer(), "How many wait before the member.")),
            (
                "offered_until",
                JSONSchema.described(JSONSchema.orNull(JSONSchema.time), "Until when what came free is set aside.")
            ),
        ])
    }

    private static var offer: JSONValue {
        JSONSchema.object([
            ("reward", JSONSchema.text()), ("kind", JSONSchema.choice(Reward.Kind.allCases.map(\.rawValue))),
            (
                "prices",
                JSONSchema.array(
                    JSONSchema.object([("unit", JSONSchema.text()), ("amount", JSONSchema.integer())]))
            ),
            ("left", JSONSchema.described(optionalNumber, "How many anybody can have; null for no end.")),
            ("offered", JSONSchema.described(JSONSchema.integer(), "How many are set aside for this member.")),
            ("redeemed", JSONSchema.integer()), ("wished", JSONSchema.boolean), ("can_redeem", JSONSchema.boolean),
            (
                "why_not",
                JSONSchema.array(
                    JSONSchema.object([
                        ("code", JSONSchema.text()), ("detail", JSONSchema.text()),
                        ("missing", JSONSchema.described(JSONSchema.anyObject, "What is missing, by name.")),
                    ]))
            ), ("slots", JSONSchema.array(JSONSchema.text())), ("waiting", JSONSchema.array(waiting)),
            ("topics", JSONSchema.array(JSONSchema.text())), ("maker", optionalText),
        ])
    }

    private static var standing: JSONValue {
        let value = JSONSchema.object([("amount", JSONSchema.integer()), ("currency", JSONSchema.text())])
        return JSONSchema.object([
            ("reward", JSONSchema.text()), ("kind", JSONSchema.choice(Reward.Kind.allCases.map(\.rawValue))),
            ("withdrawn", JSONSchema.boolean), ("taken", optionalNumber), ("left", optionalNumber),
            (
                "stock",
                JSONSchema.described(
                    optionalNumber, "How many there are, taken ones and what staff put in included; null for no end.")
            ),
            ("waiting", JSONSchema.integer()),
            (
                "codes",
                JSONSchema.orNull(
                    JSONSchema.object([
                        ("free", JSONSchema.integer()), ("reserved", JSONSchema.integer()),
                        ("given", JSONSchema.integer()),
                        ("low", JSONSchema.described(JSONSchema.boolean, "Whether it is time to upload more.")),
                    ]))
            ),
            (
                "donated",
                JSONSchema.orNull(
                    JSONSchema.object([
                        ("amount", JSONSchema.integer()), ("unit", JSONSchema.text()), ("gifts", JSONSchema.integer()),
                        ("value", JSONSchema.described(JSONSchema.orNull(value), "In the smallest coin.")),
                    ]))
            ),
        ])
    }

    static var rewards: [(String, JSONValue)] {
        let short = JSONSchema.text(atMost: 100, atLeast: 1)
        let slot = JSONSchema.described(
            JSONSchema.text(atMost: 30, atLeast: 1), "A slot of the reward, such as 2026-12-01T10:00.")
        let quantity = JSONSchema.integer(from: 1, to: 1_000_000)
        return [
            (
                "RedemptionRequest",
                JSONSchema.object(
                    [
                        ("reward", short), ("quantity", JSONSchema.described(quantity, "1 if absent.")),
                        ("slot", slot),
                        ("unit", JSONSchema.described(short, "Which of the prices; the first if absent.")),
                        (
                            "address",
                            JSONSchema.described(
                                JSONSchema.text(atMost: 500, atLeast: 1),
                                "Where to send it; kept with the personal data only, for this and later parcels.")
                        ),
                    ], required: ["reward"])
            ),
            ("RewardStandings", JSONSchema.object([("rewards", JSONSchema.array(standing))])),
            (
                "CodeUpload",
                JSONSchema.object([
                    (
                        "codes",
                        JSONSchema.array(
                            JSONSchema.text(pattern: "^[ -~]{1,\(RewardsController.codeBytes)}$"),
                            atMost: RewardsController.maximumCodes)
                    )
                ])
            ),
            (
                "CodesAdded",
                JSONSchema.object([
                    ("reward", JSONSchema.text()), ("added", JSONSchema.integer()),
                    ("known", JSONSchema.described(JSONSchema.integer(), "How many were there already.")),
                ])
            ),
            ("Offers", JSONSchema.object([("member", JSONSchema.uuid), ("rewards", JSONSchema.array(offer))])),
            (
                "Redemptions",
                JSONSchema.object([
                    (
                        "redemptions",
                        JSONSchema.array(
                            JSONSchema.object([
                                (
                                    "member",
                                    JSONSchema.described(
                                        JSONSchema.uuid, "The record under which it is confirmed or cancelled.")
                                ), ("redemption", JSONSchema.ref("Redemption")), ("quantity", JSONSchema.integer()),
                                ("slot", optionalText),
                                ("code", JSONSchema.described(optionalText, "Once it is confirmed.")),
                                ("ticket", JSONSchema.described(optionalText, "To show as text or QR code.")),
                                ("fulfilment", optionalText), ("tracking", optionalText),
                                ("carrier", JSONSchema.described(optionalText, "Who carries the parcel.")),
                            ]))
                    )
                ])
            ),
            (
                "FulfilmentChange",
                JSONSchema.object(
                    [
                        ("state", JSONSchema.choice(Fulfilment.allCases.map(\.name))),
                        (
                            "tracking",
                            JSONSchema.described(
                                JSONSchema.text(
                                    atMost: 500, atLeast: 1, pattern: "^[^\\u0000-\\u001F\\u007F]*$"),
                                "Only with `sent`; sealed.")
                        ),
                        (
                            "carrier",
                            JSONSchema.described(
                                JSONSchema.text(
                                    atMost: 100, atLeast: 1, pattern: "^[^\\u0000-\\u001F\\u007F]*$"),
                                "Who carries it; with a `tracking`.")
                        ),
                    ], required: ["state"])
            ),
            (
                "StockChange",
                JSONSchema.object([
                    (
                        "change",
                        JSONSchema.described(
                            JSONSchema.integer(from: -1_000_000, to: 1_000_000).with("not", ["const": 0]),
                            "More than 0 puts in; less takes out.")
                    ),
                    ("reason", JSONSchema.text(atMost: 500, atLeast: 1)),
                ])
            ),
            (
                "StockAnswer",
                JSONSchema.object([
                    ("reward", JSONSchema.text()), ("stock", optionalNumber), ("left", optionalNumber),
                ])
            ),
            (
                "StockChanges",
                JSONSchema.object([
                    (
                        "changes",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("change", JSONSchema.uuid), ("reward", JSONSchema.text()),
                                ("amount", JSONSchema.integer()), ("at", JSONSchema.time),
                                ("reason", JSONSchema.text()),
                            ]))
                    )
                ])
            ),
            (
                "Fulfilments",
                JSONSchema.page(
                    JSONSchema.object([
                        ("member", JSONSchema.uuid), ("redemption", JSONSchema.uuid), ("reward", JSONSchema.text()),
                        ("quantity", JSONSchema.integer()), ("state", JSONSchema.text()), ("day", JSONSchema.day),
                    ]))
            ),
            (
                "TicketCheck",
                JSONSchema.object(
                    [
                        ("ticket", JSONSchema.text(atMost: 255, atLeast: 1)),
                        ("admit", JSONSchema.described(JSONSchema.boolean, "Whether the member goes in now.")),
                    ], required: ["ticket"])
            ),
            (
                "TicketState",
                JSONSchema.object([
                    ("valid", JSONSchema.boolean), ("used", JSONSchema.boolean), ("admitted", JSONSchema.boolean),
                    ("state", JSONSchema.text()), ("reward", JSONSchema.text()), ("quantity", JSONSchema.integer()),
                    ("slot", optionalText),
                ])
            ),
            (
                "WaitingRequest",
                JSONSchema.object([("reward", short), ("slot", slot), ("quantity", quantity)], required: ["reward"])
            ),
            (
                "WaitingResult",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("reward", JSONSchema.text()), ("before", JSONSchema.integer()),
                ])
            ),
        ]
    }
}
