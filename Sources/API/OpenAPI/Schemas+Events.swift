import Access
import Loyalty
import Primitives
import Vault

/// Events, amendments and passes.
extension Schemas {
    private static var cloudEvent: JSONValue {
        func optional(_ schema: JSONValue, _ meaning: String) -> JSONValue {
            JSONSchema.described(JSONSchema.orNull(schema), meaning)
        }
        var schema = JSONSchema.object(
            [
                ("specversion", ["type": "string", "const": "1.0"]),
                ("id", JSONSchema.text(atMost: EventAttributes.Limit.id, atLeast: 1)),
                ("source", JSONSchema.text(atMost: EventAttributes.Limit.source, atLeast: 1)),
                (
                    "type",
                    JSONSchema.described(
                        JSONSchema.text(atMost: EventAttributes.Limit.type, atLeast: 1),
                        "An event type of the programme.")
                ),
                ("subject", optional(identity, "Your identifier of the user; `anonymous:…` for a visitor's.")),
                (
                    "anonymousid",
                    optional(
                        identity, "Your identifier of a visitor: random and long, for whoever knows it may use it.")
                ),
                ("pass", optional(pass, "The member's pass, where a publishable key names a subject or nobody.")),
                (
                    "traceless",
                    optional(
                        JSONSchema.boolean,
                        "The member reads without trace: points as always, and nothing of it is kept but the day.")
                ),
                ("time", optional(JSONSchema.time, "When it happened; now if absent.")),
                (
                    "channel",
                    optional(
                        JSONSchema.text(atMost: EventAttributes.Limit.channel), "Where it happened: `web`, `app`, …")
                ), ("datacontenttype", optional(["type": "string", "const": "application/json"], "Nothing else.")),
                ("data", optional(JSONSchema.anyObject, "The fields that the programme declares for the type.")),
            ], required: ["specversion", "id", "source", "type"], isOpen: true)
        schema["anyOf"] = [
            ["required": ["subject"], "properties": ["subject": ["type": "string"]]],
            ["required": ["anonymousid"], "properties": ["anonymousid": ["type": "string"]]],
            ["required": ["pass"], "properties": ["pass": ["type": "string"]]],
        ]
        return schema
    }

    static let pass = JSONSchema.text(atMost: EventAttributes.Limit.pass, atLeast: 1)

    /// At most 255 bytes, which a schema can only say of characters.
    static let identity = JSONSchema.text(
        atMost: ExternalIdentity.maximumBytes, pattern: #"^[^\u0000-\u001f\u007f]+$"#)

    static var events: [(String, JSONValue)] {
        [
            ("CloudEvent", cloudEvent),
            (
                "PassRequest",
                JSONSchema.object(
                    [
                        ("subject", JSONSchema.described(identity, "Your identifier of the signed-in reader.")),
                        (
                            "seconds",
                            JSONSchema.described(
                                JSONSchema.integer(from: 1, to: PagePasses.maximumMilliseconds / 1_000),
                                "How long it lasts; an hour if absent.")
                        ),
                    ], required: ["subject"])
            ),
            (
                "Amendment",
                JSONSchema.object(
                    [
                        (
                            "event",
                            JSONSchema.described(
                                [
                                    "allOf": [
                                        JSONSchema.ref("CloudEvent"),
                                        ["properties": ["time": JSONSchema.time], "required": ["time"]],
                                    ]
                                ],
                                "The event as it was sent, its `time` included.")
                        ),
                        (
                            "corrected",
                            JSONSchema.described(
                                JSONSchema.orNull(
                                    JSONSchema.object(
                                        [("time", JSONSchema.time), ("data", JSONSchema.anyObject)], required: [])),
                                "What it should have said; absent or null if it did not happen.")
                        ),
                    ], required: ["event"])
            ),
            ("Pass", JSONSchema.object([("pass", JSONSchema.text()), ("expires_at", JSONSchema.time)])),
            (
                "CloudEventBatch",
                JSONSchema.described(
                    JSONSchema.array([:]),
                    "Up to 1,000. Each a CloudEvent; what is none is refused by itself and leaves the others alone.")
            ),
            (
                "Effect",
                JSONSchema.object(
                    [
                        ("id", JSONSchema.uuid),
                        ("kind", JSONSchema.choice(AppliedEffect.Kind.allCases.map(\.rawValue))),
                        ("source", JSONSchema.described(JSONSchema.text(), "The rule, challenge or reward.")),
                        (
                            "subject",
                            JSONSchema.described(
                                JSONSchema.text(), "The unit, badge, entitlement, trait, webhook or challenge.")
                        ),
                        ("amount", JSONSchema.integer()),
                        ("wanted", JSONSchema.described(JSONSchema.integer(), "What was wanted, where it differs.")),
                        (
                            "refusal",
                            JSONSchema.described(
                                JSONSchema.text(), "`limit:…`, `cooldown`, `budget:…` or `pressure:…`.")
                        ),
                        (
                            "why",
                            JSONSchema.described(JSONSchema.text(), "The reason in words, in the wanted language.")
                        ),
                        ("version", JSONSchema.described(JSONSchema.integer(), "The version of the programme.")),
                        ("day", JSONSchema.day), ("at", JSONSchema.time),
                        (
                            "zone_data",
                            JSONSchema.described(
                                JSONSchema.array(JSONSchema.text()),
                                """
                                The version of the time zone data that the day was reckoned with, such as `2026b`; both \
                                versions around the day of a change, below the level `personal`.
                                """)
                        ),
                        ("proof", JSONSchema.described([:], "Which part of the condition had which value.")),
                    ], required: ["id", "kind", "source", "subject", "amount"])
            ),
            (
                "EventResult",
                JSONSchema.object(
                    [
                        ("id", JSONSchema.text()),
                        ("status", JSONSchema.choice(["accepted", "duplicate", "quarantined", "refused"])),
                        ("effects", JSONSchema.array(JSONSchema.ref("Effect"))), ("problem", JSONSchema.ref("Problem")),
                    ], required: ["id", "status", "effects"])
            ),
            ("EventResults", JSONSchema.object([("results", JSONSchema.array(JSONSchema.ref("EventResult")))])),
        ]
    }
}
