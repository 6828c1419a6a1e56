import Access
import Loyalty
import Primitives

extension Schemas {
    private static let short = JSONSchema.text(atMost: 200, atLeast: 1)

    /// Gates, tokens and tills.
    static var entitlements: [(String, JSONValue)] {
        let kinds = ["reward", "balance", "tier", "badge", "wait"]
        let closed = JSONSchema.described(JSONSchema.text(), "What to say to the reader, if it is closed.")
        let until = JSONSchema.described(
            JSONSchema.orNull(JSONSchema.time), "Until when it stays open, if that is known.")
        let offer = JSONSchema.described(
            JSONSchema.orNull(JSONSchema.ref("GateOffer")), "What would open it, the nearest first.")
        let offers = JSONSchema.array(JSONSchema.ref("GateOffer"), atMost: EntitlementAnswer.maximumOffers)
        return [
            (
                "GateOffer",
                JSONSchema.object(
                    [
                        ("kind", JSONSchema.choice(kinds)), ("name", JSONSchema.text()), ("unit", JSONSchema.text()),
                        ("price", JSONSchema.integer(from: 0)), ("missing", JSONSchema.integer(from: 0)),
                        ("at", JSONSchema.time), ("text", JSONSchema.text()),
                    ], required: ["kind", "text"])
            ),
            (
                "GateProof",
                JSONSchema.object(
                    [
                        ("condition", JSONSchema.text()), ("subject", JSONSchema.text()), ("met", JSONSchema.boolean),
                        ("has", JSONSchema.integer()), ("needs", JSONSchema.integer()),
                        (
                            "changes_at",
                            JSONSchema.described(
                                JSONSchema.time, "Until when it is met; else when it will be by itself.")
                        ),
                        (
                            "proof",
                            JSONSchema.described(
                                [:], "Of `when`: which part of it had which value; values of traits are withheld.")
                        ),
                        ("parts", JSONSchema.array(JSONSchema.ref("GateProof"))),
                    ], required: ["condition", "met"])
            ),
            (
                "GateDecision",
                JSONSchema.object(
                    [
                        ("gate", JSONSchema.text()), ("name", JSONSchema.text()), ("allowed", JSONSchema.boolean),
                        (
                            "reason",
                            JSONSchema.described(JSONSchema.text(), "The condition that opened it; `closed` else.")
                        ), ("until", until),
                        (
                            "metered",
                            JSONSchema.described(
                                JSONSchema.boolean, "Whether only its meter opens it, and the opening must be counted.")
                        ),
                        ("left", JSONSchema.integer(from: 0)), ("text", closed), ("offer", offer), ("offers", offers),
                        ("proof", JSONSchema.ref("GateProof")),
                    ], required: ["gate", "name", "allowed", "reason", "until", "metered", "offer"])
            ),
            (
                "ItemDecision",
                JSONSchema.object(
                    [
                        ("item", JSONSchema.text()), ("allowed", JSONSchema.boolean), ("reason", itemReason),
                        ("until", until), ("text", closed), ("offer", offer), ("offers", offers),
                        ("gates", JSONSchema.array(JSONSchema.ref("GateDecision"))),
                    ], required: ["item", "allowed", "reason", "until", "offer", "gates"])
            ),
            (
                "EntitlementCheck",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("name", JSONSchema.text()), ("granted", JSONSchema.boolean),
                    ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                ])
            ),
            (
                "EntitlementAnswers",
                JSONSchema.object([
                    ("member", JSONSchema.uuid),
                    ("allowed", JSONSchema.described(JSONSchema.boolean, "Whether all of it is.")),
                    ("gates", JSONSchema.array(JSONSchema.ref("GateDecision"))),
                    ("items", JSONSchema.array(JSONSchema.ref("ItemDecision"))),
                    (
                        "names",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("name", JSONSchema.text()), ("granted", JSONSchema.boolean),
                                ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                            ]))
                    ),
                ])
            ),
            (
                "EntitlementAnswer",
                ["anyOf": [JSONSchema.ref("EntitlementCheck"), JSONSchema.ref("EntitlementAnswers")]]
            ),
            (
                "EntitlementQuestion",
                JSONSchema.object(
                    [
                        ("member", JSONSchema.uuid), ("gates", list), ("items", list), ("names", list),
                        ("region", region), ("subscriber", JSONSchema.boolean),
                        ("explain", JSONSchema.boolean),
                    ], required: ["member"]
                ).with("anyOf", [oneOf("gates"), oneOf("items"), oneOf("names")])
            ),
            (
                "GateQuestion",
                JSONSchema.object(
                    [
                        ("item", JSONSchema.text(atMost: 200, atLeast: 1)),
                        ("gate", JSONSchema.text(atMost: 64, atLeast: 1)),
                        ("pass", JSONSchema.text(atMost: 512, atLeast: 1)),
                        (
                            "count",
                            JSONSchema.described(
                                JSONSchema.boolean, "Whether it is shown if it is open; true if absent.")
                        ),
                        (
                            "use",
                            JSONSchema.described(
                                JSONSchema.text(atMost: 64, atLeast: 16),
                                "Random; the same again for the same opening. Needed with a pass.")
                        ),
                        ("meters", kept), ("receipts", kept),
                    ], required: []
                ).with(
                    "oneOf",
                    [
                        ["required": ["item"], "not": ["required": ["gate"]]],
                        ["required": ["gate"], "not": ["required": ["item"]]],
                    ])
            ),
            (
                "GateAnswer",
                JSONSchema.object(
                    [
                        ("allowed", JSONSchema.boolean), ("reason", itemReason), ("lang", JSONSchema.text()),
                        ("until", until), ("text", closed), ("offer", offer), ("offers", offers),
                        ("left", JSONSchema.integer(from: 0)), ("left_text", JSONSchema.text()),
                        ("meters", JSONSchema.map(JSONSchema.text())), ("receipts", JSONSchema.map(JSONSchema.text())),
                        ("token", JSONSchema.orNull(JSONSchema.text())), ("token_expires_at", JSONSchema.time),
                    ],
                    required: ["allowed", "reason", "lang", "until", "offer", "meters", "receipts", "token"])
            ),
            (
                "AccessTokenRequest",
                JSONSchema.object(
                    [
                        ("member", JSONSchema.uuid), ("subject", identity),
                        ("audience", JSONSchema.text(atMost: 255, atLeast: 1)), ("gates", list),
                        ("item", JSONSchema.text(atMost: 200, atLeast: 1)),
                        (
                            "seconds",
                            JSONSchema.described(
                                JSONSchema.integer(from: 1, to: AccessToken.maximumMilliseconds / 1_000),
                                "How long it lasts; five minutes if absent.")
                        ),
                        ("region", region), ("subscriber", JSONSchema.boolean),
                    ], required: ["audience"]
                ).with("anyOf", [oneOf("gates"), ["required": ["item"]]])
                    .with("not", ["required": ["member", "subject"]])
            ),
            (
                "AccessToken",
                JSONSchema.object([
                    ("token", JSONSchema.text()), ("expires_at", JSONSchema.time),
                    ("gates", JSONSchema.array(JSONSchema.text())), ("item", JSONSchema.orNull(JSONSchema.text())),
                ])
            ),
            (
                "KeySet",
                JSONSchema.object([
                    (
                        "keys",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("kty", JSONSchema.text()), ("crv", JSONSchema.text()), ("x", JSONSchema.text()),
                                ("y", JSONSchema.text()), ("use", JSONSchema.text()), ("alg", JSONSchema.text()),
                                ("kid", JSONSchema.text()),
                            ]))
                    )
                ])
            ),
        ] + counter
    }

    private static var list: JSONValue { JSONSchema.array(short, atMost: EntitlementsController.maximumList) }
    private static let region = JSONSchema.text(pattern: "^[A-Z]{2}$")
    /// What a page keeps for us.
    private static let kept = JSONSchema.map(JSONSchema.text(atMost: 128)).with("maxProperties", 50)

    /// A list that is there and not empty.
    private static func oneOf(_ name: String) -> JSONValue {
        ["required": [.string(name)], "properties": .object([name: ["minItems": 1]])]
    }

    private static var itemReason: JSONValue {
        JSONSchema.choice([
            "open", "early", "gate", "restricted", "not-yet", "expired", "not-in-region", "withdrawn", "unknown",
        ])
    }

    private static var counter: [(String, JSONValue)] {
        let id = JSONSchema.described(
            JSONSchema.text(atMost: 255, atLeast: 1), "The till's own; the same again is the same operation.")
        let code = JSONSchema.described(JSONSchema.text(atMost: 32, atLeast: 1), "As typed or scanned.")
        let visit = JSONSchema.text(atMost: 1_024, atLeast: 1)
        let receipt = JSONSchema.text(atMost: 4_096, atLeast: 1)
        let event = JSONSchema.text(atMost: 100, atLeast: 1)
        return [
            ("CounterLookup", JSONSchema.object([("code", code), ("id", id)], required: ["code"])),
            (
                "CounterVisit",
                JSONSchema.object([
                    ("visit", JSONSchema.text()), ("expires_at", JSONSchema.time), ("tier", JSONSchema.text()),
                    ("tier_name", JSONSchema.text()), ("line", JSONSchema.text()),
                    (
                        "redeemable",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("reward", JSONSchema.text()), ("name", JSONSchema.text()),
                                ("price", JSONSchema.integer(from: 0)), ("unit", JSONSchema.text()),
                            ]))
                    ),
                    (
                        "redemptions",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("reward", JSONSchema.text()), ("name", JSONSchema.text()),
                                ("receipt", JSONSchema.text()),
                            ]))
                    ),
                ])
            ),
            (
                "CounterEarn",
                JSONSchema.object(
                    [("visit", visit), ("id", id), ("type", event), ("data", JSONSchema.anyObject)],
                    required: ["visit", "id", "type"])
            ),
            (
                "CounterRedeem",
                JSONSchema.object([
                    ("visit", visit), ("id", id), ("reward", JSONSchema.text(atMost: 100, atLeast: 1)),
                ])
            ),
            ("CounterReceipt", JSONSchema.object([("receipt", receipt), ("id", id)], required: ["receipt"])),
            (
                "CounterBatch",
                JSONSchema.object([
                    (
                        "operations",
                        JSONSchema.described(
                            JSONSchema.array(
                                ["anyOf": [JSONSchema.ref("CounterOperation"), [:]]],
                                atMost: CounterController.maximumOperations),
                            """
                            Each is a CounterOperation. One that is not is refused in its own result, and stops none of \
                            the others.
                            """)
                    )
                ])
            ),
            (
                "CounterOperation",
                JSONSchema.object(
                    [
                        ("id", id), ("operation", JSONSchema.choice(["earn", "redeem", "confirm", "refund"])),
                        (
                            "at",
                            JSONSchema.described(JSONSchema.time, "When it happened, or when the code was scanned.")
                        ),
                        ("code", code), ("visit", visit), ("type", event), ("data", JSONSchema.anyObject),
                        ("reward", JSONSchema.text(atMost: 100, atLeast: 1)), ("receipt", receipt),
                    ], required: ["id", "operation", "at"])
            ),
            (
                "CounterResult",
                JSONSchema.object(
                    [
                        ("id", JSONSchema.text()),
                        ("status", JSONSchema.choice(["done", "duplicate", "quarantined", "refused"])),
                        ("effects", JSONSchema.array(JSONSchema.ref("Effect"))),
                        ("redemption", JSONSchema.ref("Redemption")),
                        (
                            "receipt",
                            JSONSchema.described(
                                JSONSchema.text(), "To confirm or take it back with; not given for a duplicate.")
                        ),
                        ("problem", JSONSchema.ref("Problem")),
                    ], required: ["id", "status", "effects"])
            ),
            ("CounterResults", JSONSchema.object([("results", JSONSchema.array(JSONSchema.ref("CounterResult")))])),
        ]
    }
}

extension JSONValue {
    /// A schema with one more keyword.
    func with(_ keyword: String, _ value: JSONValue) -> JSONValue {
        var schema = self
        schema[keyword] = value
        return schema
    }
}
