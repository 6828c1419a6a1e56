import Primitives

/// Transfers, gifts and shared wallets.
extension Schemas {
    static var sharing: [(String, JSONValue)] {
        let unit = ("unit", JSONSchema.text(atMost: 100, atLeast: 1))
        let amount = ("amount", JSONSchema.integer(from: 1, to: 1_000_000_000))
        let given = JSONSchema.array(
            JSONSchema.object([("unit", JSONSchema.text()), ("amount", JSONSchema.integer())]))
        let code = JSONSchema.text(atMost: 64, atLeast: 16)
        return [
            ("UnitAmount", JSONSchema.object([unit, amount])),
            ("TransferRequest", JSONSchema.object([("to", JSONSchema.uuid), unit, amount])),
            (
                "GiftOffer",
                JSONSchema.object([
                    ("gift", JSONSchema.uuid),
                    ("code", JSONSchema.described(JSONSchema.text(), "Whoever enters it has the gift.")),
                    ("unit", JSONSchema.text()), ("amount", JSONSchema.integer()),
                    ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                ])
            ),
            (
                "CodeRequest",
                JSONSchema.object([
                    ("code", JSONSchema.described(code, "As it was given, in any case, with or without hyphens."))
                ])
            ),
            ("WalletRequest", JSONSchema.object([("kind", JSONSchema.text(atMost: 100, atLeast: 1))])),
            ("WalletChange", JSONSchema.object([("shows", JSONSchema.boolean)])),
            ("MemberRequest", JSONSchema.object([("to", JSONSchema.uuid)])),
            (
                "WalletAnswer",
                JSONSchema.object(
                    [("wallet", JSONSchema.uuid), ("member", JSONSchema.uuid), ("code", JSONSchema.text())],
                    required: ["wallet", "member"])
            ),
            (
                "Wallet",
                JSONSchema.object([
                    ("wallet", JSONSchema.uuid), ("kind", JSONSchema.text()),
                    ("role", JSONSchema.choice(["owner", "member"])), ("since_day", JSONSchema.day),
                    (
                        "shows",
                        JSONSchema.described(JSONSchema.boolean, "Whether the others see what this member gave.")
                    ),
                    ("may_spend", JSONSchema.boolean), ("members", JSONSchema.integer(from: 0)),
                    (
                        "balances",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("unit", JSONSchema.text()), ("spendable", JSONSchema.integer()),
                                ("pending", JSONSchema.integer()), ("held", JSONSchema.integer()),
                            ]))
                    ), ("given", given),
                    (
                        "others",
                        JSONSchema.described(
                            JSONSchema.array(JSONSchema.object([("given", given)])),
                            "Those of the other members who show what they gave.")
                    ),
                ])
            ),
            ("Wallets", JSONSchema.page(JSONSchema.ref("Wallet"))),
        ]
    }
}
