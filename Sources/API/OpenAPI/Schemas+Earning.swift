import Primitives

/// Unlinkable earning.
extension Schemas {
    /// 256 bytes in base 64.
    private static let modulus = JSONSchema.text(pattern: "^[A-Za-z0-9+/]{341}[AQgw]==$")
    private static let key = JSONSchema.text(pattern: "^[0-9a-f]{32}$")

    static var earning: [(String, JSONValue)] {
        [
            (
                "EarningKeys",
                JSONSchema.object([
                    ("programme", JSONSchema.text()), ("day", JSONSchema.day), ("until", JSONSchema.time),
                    ("least", JSONSchema.integer(from: 1)),
                    (
                        "types",
                        JSONSchema.array(
                            JSONSchema.object(
                                [
                                    ("type", JSONSchema.text()), ("by", JSONSchema.choice(["tokens", "identified"])),
                                    ("reason", JSONSchema.choice(["terms", "too-few", "nothing"])),
                                    (
                                        "keys",
                                        JSONSchema.array(
                                            JSONSchema.object([
                                                ("id", key),
                                                (
                                                    "spki",
                                                    JSONSchema.described(
                                                        JSONSchema.text(),
                                                        "A SubjectPublicKeyInfo of RSA, in base 64.")
                                                ),
                                            ]))
                                    ),
                                ], required: ["type", "by"]))
                    ),
                ])
            ),
            (
                "AnonymousEvent",
                JSONSchema.object(
                    [
                        (
                            "type",
                            JSONSchema.described(
                                JSONSchema.text(atMost: EventAttributes.Limit.type, atLeast: 1),
                                "An event type of the programme.")
                        ),
                        ("channel", JSONSchema.text(atMost: EventAttributes.Limit.channel, atLeast: 1)),
                        (
                            "data",
                            JSONSchema.described(
                                JSONSchema.orNull(JSONSchema.anyObject),
                                "The fields that the programme declares for the type.")
                        ),
                        (
                            "blinded",
                            JSONSchema.described(
                                [
                                    "type": "object", "additionalProperties": modulus, "maxProperties": .integer(50),
                                ], "A blinded message for each key of the type, in base 64.")
                        ),
                    ], required: ["type", "blinded"])
            ),
            (
                "AnonymousAnswer",
                JSONSchema.object(
                    [
                        ("status", JSONSchema.choice(["signed", "outdated", "identified", "refused"])),
                        ("signatures", JSONSchema.map(modulus)), ("reason", JSONSchema.text()),
                        ("problem", JSONSchema.ref("Problem")),
                    ], required: ["status"])
            ),
            (
                "TokenRedemption",
                JSONSchema.object([
                    ("pass", pass),
                    (
                        "tokens",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("key", key),
                                ("nonce", JSONSchema.text(pattern: "^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$")),
                                ("signature", modulus),
                            ]), atMost: 50)
                    ),
                ])
            ),
            (
                "TokenResults",
                JSONSchema.object([
                    (
                        "results",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("status", JSONSchema.choice(["credited", "spent", "refused"])),
                                ("effects", JSONSchema.array(JSONSchema.ref("Effect"))),
                            ]))
                    )
                ])
            ),
        ]
    }
}
