import Catalogue
import Loyalty
import Primitives
import Runtime
import Vault

/// The schemas that several routes share, by their names in the document.
enum Schemas {
    static var all: [(String, JSONValue)] {
        [("Problem", problem)] + events + segment + members + catalogue + programme + operations
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

    // MARK: Events

    private static let attribute = JSONSchema.text(atLeast: 1)

    private static var cloudEvent: JSONValue {
        var schema = JSONSchema.object(
            [
                ("specversion", ["type": "string", "const": "1.0"]),
                ("id", JSONSchema.text(atMost: 64, atLeast: 1)),
                ("source", JSONSchema.text(atMost: 200, atLeast: 1)),
                (
                    "type",
                    JSONSchema.described(JSONSchema.text(atMost: 64, atLeast: 1), "An event type of the programme.")
                ),
                (
                    "subject",
                    JSONSchema.described(
                        identity, "Your identifier of the user; `anonymous:…` for a visitor's.")
                ),
                ("anonymousid", JSONSchema.described(identity, "Your identifier of a visitor.")),
                ("time", JSONSchema.described(JSONSchema.time, "When it happened; now if absent.")),
                ("channel", JSONSchema.described(JSONSchema.text(atMost: 16), "Where it happened: `web`, `app`, …")),
                ("datacontenttype", ["type": "string", "const": "application/json"]),
                (
                    "data",
                    JSONSchema.described(JSONSchema.anyObject, "The fields that the programme declares for the type.")
                ),
            ], required: ["specversion", "id", "source", "type"], isOpen: true)
        schema["anyOf"] = [["required": ["subject"]], ["required": ["anonymousid"]]]
        return schema
    }

    /// Without control characters, and short enough that 255 bytes hold it in any script.
    private static let identity = JSONSchema.text(atMost: 63, pattern: #"^[^\u0000-\u001f\u007f]+$"#)

    private static var events: [(String, JSONValue)] {
        [
            ("CloudEvent", cloudEvent),
            ("CloudEventBatch", JSONSchema.array(JSONSchema.ref("CloudEvent"), atMost: 1_000)),
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
                        ("refusal", JSONSchema.described(JSONSchema.text(), "`limit:…`, `cooldown` or `budget:…`.")),
                        (
                            "why",
                            JSONSchema.described(JSONSchema.text(), "The reason in words, in the wanted language.")
                        ),
                        ("version", JSONSchema.described(JSONSchema.integer(), "The version of the programme.")),
                        ("day", JSONSchema.day), ("at", JSONSchema.time),
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

    // MARK: Segment

    private static let segmentIdentity: JSONValue = [
        "anyOf": [identity, ["type": "null"]]
    ]

    private static func segmentMessage(
        _ fields: [(String, JSONValue)], required: [String] = [], kinds: [String]? = nil
    ) -> JSONValue {
        var all: [(String, JSONValue)] = [
            ("userId", segmentIdentity), ("anonymousId", segmentIdentity),
            ("messageId", JSONSchema.orNull(JSONSchema.text(atMost: 100))),
            ("timestamp", JSONSchema.orNull(JSONSchema.time)),
            ("sentAt", JSONSchema.orNull(JSONSchema.time)), ("context", JSONSchema.orNull(JSONSchema.anyObject)),
            ("integrations", JSONSchema.orNull(JSONSchema.anyObject)),
        ]
        if let kinds { all.append(("type", JSONSchema.choice(kinds))) }
        var schema = JSONSchema.object(all + fields, required: required, isOpen: true)
        schema["anyOf"] = [
            ["required": ["userId"], "properties": ["userId": identity]],
            ["required": ["anonymousId"], "properties": ["anonymousId": identity]],
        ]
        return schema
    }

    private static var segment: [(String, JSONValue)] {
        let properties = JSONSchema.orNull(JSONSchema.anyObject)
        return [
            (
                "SegmentTrack",
                segmentMessage(
                    [("event", JSONSchema.text(atMost: 64, atLeast: 1)), ("properties", properties)],
                    required: ["event"])
            ),
            ("SegmentIdentify", segmentMessage([("traits", properties)])),
            (
                "SegmentPage",
                segmentMessage([
                    ("name", JSONSchema.orNull(JSONSchema.text())), ("category", JSONSchema.orNull(JSONSchema.text())),
                    ("properties", properties),
                ])
            ),
            (
                "SegmentGroup",
                segmentMessage([("groupId", JSONSchema.orNull(JSONSchema.text())), ("traits", properties)])
            ),
            (
                "SegmentAlias",
                JSONSchema.object(
                    [
                        ("userId", identity), ("previousId", identity),
                        ("messageId", JSONSchema.orNull(JSONSchema.text(atMost: 100))),
                    ], required: ["userId", "previousId"], isOpen: true)
            ),
            (
                "SegmentBatch",
                JSONSchema.object(
                    [
                        (
                            "batch",
                            JSONSchema.array(
                                JSONSchema.object(
                                    [
                                        (
                                            "type",
                                            JSONSchema.choice(["track", "identify", "page", "screen", "group", "alias"])
                                        )
                                    ],
                                    isOpen: true))
                        ),
                        ("sentAt", JSONSchema.orNull(JSONSchema.time)),
                    ], required: ["batch"], isOpen: true)
            ),
            ("SegmentSuccess", JSONSchema.object([("success", ["type": "boolean", "const": true])])),
        ]
    }

    // MARK: Members

    private static let amount = JSONSchema.integer(from: -(1 << 53), to: 1 << 53)

    private static var members: [(String, JSONValue)] {
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
                    ("held", JSONSchema.integer()),
                    (
                        "next_expiry",
                        JSONSchema.orNull(
                            JSONSchema.object([("amount", JSONSchema.integer()), ("at", JSONSchema.time)]))
                    ),
                ])
            ),
            (
                "ChallengeProgress",
                JSONSchema.object([
                    ("challenge", JSONSchema.text()), ("count", JSONSchema.integer()), ("target", JSONSchema.integer()),
                    ("period", JSONSchema.choice(PeriodUnit.allCases.map(\.rawValue))),
                    ("ends_at", JSONSchema.orNull(JSONSchema.time)), ("completions", JSONSchema.integer()),
                ])
            ),
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
                    ("state", JSONSchema.choice(["open", "confirmed", "cancelled", "expired"])),
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
                        ("traits", JSONSchema.described(JSONSchema.anyObject, "Declared traits; `null` removes one.")),
                    ], required: [])
            ),
            (
                "Adjustment",
                JSONSchema.object([
                    ("unit", JSONSchema.text(atMost: 25, atLeast: 1)),
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
                    ("reason", JSONSchema.described(JSONSchema.text(atMost: 125, atLeast: 1), "The member reads it.")),
                ])
            ),
            ("RedemptionRequest", JSONSchema.object([("reward", JSONSchema.text(atMost: 25, atLeast: 1))])),
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
            (
                "EntitlementCheck",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("name", JSONSchema.text()), ("granted", JSONSchema.boolean),
                    ("expires_at", JSONSchema.orNull(JSONSchema.time)),
                ])
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

    // MARK: Catalogue

    private static let texts: JSONValue = [
        "anyOf": [
            JSONSchema.described(JSONSchema.text(), "In the language of the field `language`."),
            JSONSchema.described(JSONSchema.map(JSONSchema.text()), "Per language tag."),
        ]
    ]

    private static var itemFields: [(String, JSONValue)] {
        [
            ("id", JSONSchema.text(atMost: 200, atLeast: 1)),
            ("kind", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))), ("title", texts), ("standfirst", texts),
            ("body", texts), ("url", JSONSchema.text(format: "uri")), ("image", JSONSchema.text(format: "uri")),
            ("series", JSONSchema.text()), ("makers", JSONSchema.array(JSONSchema.text())),
            ("topics", JSONSchema.array(JSONSchema.text())),
            ("language", JSONSchema.described(JSONSchema.text(), "A language tag such as nl or pt-BR.")),
            ("access", JSONSchema.described(JSONSchema.text(), "`free`, `subscriber` or `tier:NAME`.")),
            ("regions", JSONSchema.array(JSONSchema.text(pattern: "^[A-Z]{2}$"))), ("published_at", JSONSchema.time),
            (
                "early_access",
                JSONSchema.object([
                    ("from", JSONSchema.time),
                    (
                        "for",
                        JSONSchema.described(JSONSchema.text(), "`tier:NAME`, `badge:NAME` or `entitlement:NAME`.")
                    ),
                ])
            ),
            ("expires_at", JSONSchema.time), ("sensitive", JSONSchema.boolean),
            ("duration_seconds", JSONSchema.integer(from: 0)),
            ("word_count", JSONSchema.integer(from: 0)),
        ]
    }

    private static let makerFields: [(String, JSONValue)] = [
        ("id", JSONSchema.text(atMost: 200, atLeast: 1)), ("name", JSONSchema.text(atLeast: 1)),
        ("face", JSONSchema.described(JSONSchema.text(), "The address of a picture, or a drawing as SVG.")),
        ("role", texts),
        ("biography", texts), ("page", JSONSchema.text(format: "uri")),
    ]

    private static let seriesFields: [(String, JSONValue)] = [
        ("id", JSONSchema.text(atMost: 200, atLeast: 1)), ("title", texts), ("about", texts),
        ("image", JSONSchema.text()),
        ("page", JSONSchema.text(format: "uri")), ("makers", JSONSchema.array(JSONSchema.text())),
    ]

    private static var catalogue: [(String, JSONValue)] {
        let state = JSONSchema.choice(["live", "stub", "withdrawn"])
        let defaults = JSONSchema.object(
            [
                ("kind", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))), ("language", JSONSchema.text()),
                ("topics", JSONSchema.array(JSONSchema.text())), ("series", JSONSchema.text()),
                ("access", JSONSchema.text()),
                ("id_prefix", JSONSchema.text()), ("keep_body", JSONSchema.boolean),
            ], required: [])
        let interval = JSONSchema.integer(from: Int64(FeedSource.minimumSeconds), to: Int64(FeedSource.maximumSeconds))
        return [
            ("ItemDraft", JSONSchema.object(itemFields, required: ["id", "title"])),
            ("Item", JSONSchema.object(itemFields + [("state", state)], required: ["id", "kind", "title", "state"])),
            ("ItemBatch", JSONSchema.object([("items", JSONSchema.array(JSONSchema.ref("ItemDraft"), atMost: 1_000))])),
            ("Items", JSONSchema.page(JSONSchema.ref("Item"))),
            ("Stubs", JSONSchema.page(JSONSchema.object([("id", JSONSchema.text()), ("first_seen", JSONSchema.day)]))),
            ("Maker", JSONSchema.object(makerFields, required: ["id", "name"])),
            ("MakerBatch", JSONSchema.object([("makers", JSONSchema.array(JSONSchema.ref("Maker"), atMost: 1_000))])),
            ("Makers", JSONSchema.page(JSONSchema.ref("Maker"))),
            ("Series", JSONSchema.object(seriesFields, required: ["id", "title"])),
            ("SeriesBatch", JSONSchema.object([("series", JSONSchema.array(JSONSchema.ref("Series"), atMost: 1_000))])),
            ("SeriesPage", JSONSchema.page(JSONSchema.ref("Series"))),
            (
                "PutResult",
                JSONSchema.object([
                    ("created", JSONSchema.integer()), ("filled", JSONSchema.integer()),
                    ("updated", JSONSchema.integer()),
                    ("unchanged", JSONSchema.integer()), ("unknown_makers", JSONSchema.array(JSONSchema.text())),
                    ("unknown_series", JSONSchema.array(JSONSchema.text())),
                ])
            ),
            (
                "FeedSettings",
                JSONSchema.object(
                    [
                        ("url", JSONSchema.text(format: "uri")), ("interval_seconds", interval),
                        ("enabled", JSONSchema.boolean),
                        ("defaults", defaults),
                    ], required: ["url"])
            ),
            (
                "Feed",
                JSONSchema.object([
                    ("id", JSONSchema.text()), ("url", JSONSchema.text(format: "uri")), ("interval_seconds", interval),
                    ("enabled", JSONSchema.boolean), ("defaults", defaults), ("next_run_at", JSONSchema.time),
                    ("last_run_at", JSONSchema.orNull(JSONSchema.time)),
                    ("last_outcome", JSONSchema.orNull(JSONSchema.text())),
                    ("failures", JSONSchema.integer()),
                ])
            ),
            ("Feeds", JSONSchema.page(JSONSchema.ref("Feed"))),
        ]
    }

    // MARK: Programme

    private static var programme: [(String, JSONValue)] {
        let bundle = JSONSchema.described(
            JSONSchema.map(JSONSchema.text()),
            "The files of the document: path to text, such as `rules/curious-reader.yaml`.")
        let version: [(String, JSONValue)] = [
            ("version", JSONSchema.integer(from: 1)), ("applied_at", JSONSchema.time),
            ("digest", JSONSchema.described(JSONSchema.text(), "SHA-256 of the document, in hexadecimal.")),
        ]
        return [
            ("Programme", JSONSchema.object([("programme", JSONSchema.text())] + version + [("document", bundle)])),
            (
                "DocumentProblem",
                JSONSchema.object([
                    ("path", JSONSchema.text()), ("line", JSONSchema.integer()), ("column", JSONSchema.integer()),
                    ("severity", JSONSchema.choice(["error", "warning"])), ("message", JSONSchema.text()),
                    ("fix", JSONSchema.orNull(JSONSchema.text())),
                ])
            ),
            ("ProgrammeDocument", JSONSchema.object([("document", bundle)])),
            (
                "ProgrammeCheck",
                JSONSchema.object([
                    ("ok", JSONSchema.boolean), ("problems", JSONSchema.array(JSONSchema.ref("DocumentProblem"))),
                ])
            ),
            (
                "ProgrammeChange",
                JSONSchema.object([
                    (
                        "based_on",
                        JSONSchema.described(
                            JSONSchema.integer(from: 0, to: .max), "The version that the author had; 0 for the first.")
                    ), ("document", bundle),
                ])
            ),
            (
                "ProgrammeChanged",
                JSONSchema.object(
                    version + [
                        ("changed", JSONSchema.boolean),
                        (
                            "difference",
                            JSONSchema.described(
                                JSONSchema.orNull(JSONSchema.anyObject), "From the version before, thing by thing.")
                        ),
                        ("warnings", JSONSchema.array(JSONSchema.ref("DocumentProblem"))),
                    ])
            ),
            (
                "ProgrammeVersions",
                JSONSchema.page(
                    JSONSchema.object(
                        version + [("based_on", JSONSchema.integer(from: 0)), ("applied_by", JSONSchema.text())]))
            ),
        ]
    }

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
