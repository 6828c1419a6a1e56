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

    private static let problem = Schema.object(
        [
            ("type", Schema.text(format: "uri")), ("title", Schema.text()), ("status", Schema.integer(from: 400, to: 599)),
            ("detail", Schema.text()),
            (
                "errors",
                Schema.array(
                    Schema.object([("field", Schema.text()), ("detail", Schema.text())]))
            ),
        ], required: ["type", "title", "status", "detail"], isOpen: true)

    // MARK: Events

    private static let attribute = Schema.text(atLeast: 1)

    private static var cloudEvent: JSONValue {
        var schema = Schema.object(
            [
                ("specversion", ["type": "string", "const": "1.0"]),
                ("id", Schema.text(atMost: 64, atLeast: 1)),
                ("source", Schema.text(atMost: 200, atLeast: 1)),
                ("type", Schema.described(Schema.text(atMost: 64, atLeast: 1), "An event type of the programme.")),
                (
                    "subject",
                    Schema.described(
                        identity, "Your identifier of the user; `anonymous:…` for a visitor's.")
                ),
                ("anonymousid", Schema.described(identity, "Your identifier of a visitor.")),
                ("time", Schema.described(Schema.time, "When it happened; now if absent.")),
                ("channel", Schema.described(Schema.text(atMost: 16), "Where it happened: `web`, `app`, …")),
                ("datacontenttype", ["type": "string", "const": "application/json"]),
                ("data", Schema.described(Schema.anyObject, "The fields that the programme declares for the type.")),
            ], required: ["specversion", "id", "source", "type"], isOpen: true)
        schema["anyOf"] = [["required": ["subject"]], ["required": ["anonymousid"]]]
        return schema
    }

    /// Without control characters, and short enough that 255 bytes hold it in any script.
    private static let identity = Schema.text(atMost: 63, pattern: #"^[^\u0000-\u001f\u007f]+$"#)

    private static var events: [(String, JSONValue)] {
        [
            ("CloudEvent", cloudEvent),
            ("CloudEventBatch", Schema.array(Schema.ref("CloudEvent"), atMost: 1_000)),
            ("EventData", Schema.anyObject),
            (
                "Effect",
                Schema.object(
                    [
                        ("id", Schema.uuid),
                        ("kind", Schema.choice(AppliedEffect.Kind.allCases.map(\.rawValue))),
                        ("source", Schema.described(Schema.text(), "The rule, challenge or reward.")),
                        (
                            "subject",
                            Schema.described(Schema.text(), "The unit, badge, entitlement, trait, webhook or challenge.")
                        ),
                        ("amount", Schema.integer()),
                        ("wanted", Schema.described(Schema.integer(), "What was wanted, where it differs.")),
                        ("refusal", Schema.described(Schema.text(), "`limit:…`, `cooldown` or `budget:…`.")),
                        ("why", Schema.described(Schema.text(), "The reason in words, in the wanted language.")),
                        ("version", Schema.described(Schema.integer(), "The version of the programme.")),
                        ("day", Schema.day), ("at", Schema.time),
                        ("proof", Schema.described([:], "Which part of the condition had which value.")),
                    ], required: ["id", "kind", "source", "subject", "amount"])
            ),
            (
                "EventResult",
                Schema.object(
                    [
                        ("id", Schema.text()),
                        ("status", Schema.choice(["accepted", "duplicate", "quarantined", "refused"])),
                        ("effects", Schema.array(Schema.ref("Effect"))), ("problem", Schema.ref("Problem")),
                    ], required: ["id", "status", "effects"])
            ),
            ("EventResults", Schema.object([("results", Schema.array(Schema.ref("EventResult")))])),
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
            ("messageId", Schema.orNull(Schema.text(atMost: 100))), ("timestamp", Schema.orNull(Schema.time)),
            ("sentAt", Schema.orNull(Schema.time)), ("context", Schema.orNull(Schema.anyObject)),
            ("integrations", Schema.orNull(Schema.anyObject)),
        ]
        if let kinds { all.append(("type", Schema.choice(kinds))) }
        var schema = Schema.object(all + fields, required: required, isOpen: true)
        schema["anyOf"] = [
            ["required": ["userId"], "properties": ["userId": identity]],
            ["required": ["anonymousId"], "properties": ["anonymousId": identity]],
        ]
        return schema
    }

    private static var segment: [(String, JSONValue)] {
        let properties = Schema.orNull(Schema.anyObject)
        return [
            (
                "SegmentTrack",
                segmentMessage(
                    [("event", Schema.text(atMost: 64, atLeast: 1)), ("properties", properties)], required: ["event"])
            ),
            ("SegmentIdentify", segmentMessage([("traits", properties)])),
            (
                "SegmentPage",
                segmentMessage([
                    ("name", Schema.orNull(Schema.text())), ("category", Schema.orNull(Schema.text())),
                    ("properties", properties),
                ])
            ),
            ("SegmentGroup", segmentMessage([("groupId", Schema.orNull(Schema.text())), ("traits", properties)])),
            (
                "SegmentAlias",
                Schema.object(
                    [
                        ("userId", identity), ("previousId", identity),
                        ("messageId", Schema.orNull(Schema.text(atMost: 100))),
                    ], required: ["userId", "previousId"], isOpen: true)
            ),
            (
                "SegmentBatch",
                Schema.object(
                    [
                        (
                            "batch",
                            Schema.array(
                                Schema.object(
                                    [("type", Schema.choice(["track", "identify", "page", "screen", "group", "alias"]))],
                                    isOpen: true))
                        ),
                        ("sentAt", Schema.orNull(Schema.time)),
                    ], required: ["batch"], isOpen: true)
            ),
            ("SegmentSuccess", Schema.object([("success", ["type": "boolean", "const": true])])),
        ]
    }

    // MARK: Members

    private static let amount = Schema.integer(from: -(1 << 53), to: 1 << 53)

    private static var members: [(String, JSONValue)] {
        let levels = Schema.choice(PrivacyLevel.allCases.map(\.rawValue))
        let languages = Schema.choice(Language.allCases.map(\.rawValue))
        let dayStart = Schema.text(pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$")
        return [
            (
                "Member",
                Schema.object([
                    ("member", Schema.uuid), ("level", levels), ("time_zone", Schema.orNull(Schema.text())),
                    ("day_start", Schema.orNull(dayStart)), ("language", Schema.orNull(languages)),
                    ("paused", Schema.boolean), ("joined_day", Schema.day), ("tier", Schema.orNull(Schema.text())),
                    (
                        "next_tier",
                        Schema.orNull(Schema.object([("id", Schema.text()), ("missing", Schema.integer())]))
                    ),
                    ("balances", Schema.array(Schema.ref("Balance"))),
                    ("challenges", Schema.array(Schema.ref("ChallengeProgress"))),
                    ("badges", Schema.array(Schema.object([("badge", Schema.text()), ("day", Schema.day)]))),
                    (
                        "entitlements",
                        Schema.array(
                            Schema.object([
                                ("name", Schema.text()), ("day", Schema.day), ("expires_at", Schema.orNull(Schema.time)),
                            ]))
                    ),
                    ("traits", Schema.anyObject), ("rewards", Schema.array(Schema.ref("RewardState"))),
                    ("redemptions", Schema.array(Schema.ref("Redemption"))),
                ])
            ),
            (
                "Balance",
                Schema.object([
                    ("unit", Schema.text()), ("spendable", Schema.integer()), ("pending", Schema.integer()),
                    ("held", Schema.integer()),
                    (
                        "next_expiry",
                        Schema.orNull(Schema.object([("amount", Schema.integer()), ("at", Schema.time)]))
                    ),
                ])
            ),
            (
                "ChallengeProgress",
                Schema.object([
                    ("challenge", Schema.text()), ("count", Schema.integer()), ("target", Schema.integer()),
                    ("period", Schema.choice(PeriodUnit.allCases.map(\.rawValue))),
                    ("ends_at", Schema.orNull(Schema.time)), ("completions", Schema.integer()),
                ])
            ),
            (
                "RewardState",
                Schema.object([
                    ("reward", Schema.text()),
                    ("share", Schema.described(Schema.number, "The part of the price that the member has.")),
                    ("can_redeem", Schema.boolean), ("condition_met", Schema.boolean), ("redeemed", Schema.integer()),
                ])
            ),
            (
                "Redemption",
                Schema.object([
                    ("redemption", Schema.uuid), ("reward", Schema.text()), ("unit", Schema.text()),
                    ("amount", Schema.integer()),
                    ("state", Schema.choice(["open", "confirmed", "cancelled", "expired"])),
                    ("opened_at", Schema.time), ("expires_at", Schema.time),
                ])
            ),
            ("MemberReference", Schema.object([("member", Schema.uuid)])),
            (
                "MemberChange",
                Schema.object(
                    [
                        ("level", levels),
                        ("time_zone", Schema.described(Schema.text(atMost: 64, atLeast: 1), "Such as Europe/Amsterdam.")),
                        ("day_start", dayStart), ("language", languages), ("paused", Schema.boolean),
                        ("traits", Schema.described(Schema.anyObject, "Declared traits; `null` removes one.")),
                    ], required: [])
            ),
            (
                "Adjustment",
                Schema.object([
                    ("unit", Schema.text(atMost: 25, atLeast: 1)),
                    ("amount", Schema.described(["anyOf": [
                        Schema.integer(from: -(1 << 53), to: -1), Schema.integer(from: 1, to: 1 << 53),
                    ]], "More than zero gives, less takes.")),
                    ("reason", Schema.described(Schema.text(atMost: 125, atLeast: 1), "The member reads it.")),
                ])
            ),
            ("RedemptionRequest", Schema.object([("reward", Schema.text(atMost: 25, atLeast: 1))])),
            (
                "Reversal",
                Schema.object([("effect", Schema.described(Schema.uuid, "The `id` of an effect."))])
            ),
            (
                "CommandResult",
                Schema.object(
                    [
                        ("member", Schema.uuid), ("redemption", Schema.ref("Redemption")),
                        ("effects", Schema.array(Schema.ref("Effect"))),
                    ], required: ["member", "effects"])
            ),
            (
                "EntitlementCheck",
                Schema.object([
                    ("member", Schema.uuid), ("name", Schema.text()), ("granted", Schema.boolean),
                    ("expires_at", Schema.orNull(Schema.time)),
                ])
            ),
            ("History", Schema.page(Schema.ref("Effect"))),
            (
                "QuarantinedEvent",
                Schema.object([
                    ("id", Schema.uuid), ("day", Schema.day), ("type", Schema.text()), ("code", Schema.text()),
                    ("field", Schema.orNull(Schema.text())), ("detail", Schema.text()),
                ])
            ),
            ("QuarantinedEvents", Schema.page(Schema.ref("QuarantinedEvent"))),
        ]
    }

    // MARK: Catalogue

    private static let texts: JSONValue = [
        "anyOf": [
            Schema.described(Schema.text(), "In the language of the field `language`."),
            Schema.described(Schema.map(Schema.text()), "Per language tag."),
        ]
    ]

    private static var itemFields: [(String, JSONValue)] {
        [
            ("id", Schema.text(atMost: 200, atLeast: 1)),
            ("kind", Schema.choice(ItemKind.allCases.map(\.rawValue))), ("title", texts), ("standfirst", texts),
            ("body", texts), ("url", Schema.text(format: "uri")), ("image", Schema.text(format: "uri")),
            ("series", Schema.text()), ("makers", Schema.array(Schema.text())), ("topics", Schema.array(Schema.text())),
            ("language", Schema.described(Schema.text(), "A language tag such as nl or pt-BR.")),
            ("access", Schema.described(Schema.text(), "`free`, `subscriber` or `tier:NAME`.")),
            ("regions", Schema.array(Schema.text(pattern: "^[A-Z]{2}$"))), ("published_at", Schema.time),
            (
                "early_access",
                Schema.object([
                    ("from", Schema.time),
                    ("for", Schema.described(Schema.text(), "`tier:NAME`, `badge:NAME` or `entitlement:NAME`.")),
                ])
            ),
            ("expires_at", Schema.time), ("sensitive", Schema.boolean), ("duration_seconds", Schema.integer(from: 0)),
            ("word_count", Schema.integer(from: 0)),
        ]
    }

    private static let makerFields: [(String, JSONValue)] = [
        ("id", Schema.text(atMost: 200, atLeast: 1)), ("name", Schema.text(atLeast: 1)),
        ("face", Schema.described(Schema.text(), "The address of a picture, or a drawing as SVG.")), ("role", texts),
        ("biography", texts), ("page", Schema.text(format: "uri")),
    ]

    private static let seriesFields: [(String, JSONValue)] = [
        ("id", Schema.text(atMost: 200, atLeast: 1)), ("title", texts), ("about", texts), ("image", Schema.text()),
        ("page", Schema.text(format: "uri")), ("makers", Schema.array(Schema.text())),
    ]

    private static var catalogue: [(String, JSONValue)] {
        let state = Schema.choice(["live", "stub", "withdrawn"])
        let defaults = Schema.object(
            [
                ("kind", Schema.choice(ItemKind.allCases.map(\.rawValue))), ("language", Schema.text()),
                ("topics", Schema.array(Schema.text())), ("series", Schema.text()), ("access", Schema.text()),
                ("id_prefix", Schema.text()), ("keep_body", Schema.boolean),
            ], required: [])
        let interval = Schema.integer(from: Int64(FeedSource.minimumSeconds), to: Int64(FeedSource.maximumSeconds))
        return [
            ("ItemDraft", Schema.object(itemFields, required: ["id", "title"])),
            ("Item", Schema.object(itemFields + [("state", state)], required: ["id", "kind", "title", "state"])),
            ("ItemBatch", Schema.object([("items", Schema.array(Schema.ref("ItemDraft"), atMost: 1_000))])),
            ("Items", Schema.page(Schema.ref("Item"))),
            ("Stubs", Schema.page(Schema.object([("id", Schema.text()), ("first_seen", Schema.day)]))),
            ("Maker", Schema.object(makerFields, required: ["id", "name"])),
            ("MakerBatch", Schema.object([("makers", Schema.array(Schema.ref("Maker"), atMost: 1_000))])),
            ("Makers", Schema.page(Schema.ref("Maker"))),
            ("Series", Schema.object(seriesFields, required: ["id", "title"])),
            ("SeriesBatch", Schema.object([("series", Schema.array(Schema.ref("Series"), atMost: 1_000))])),
            ("SeriesPage", Schema.page(Schema.ref("Series"))),
            (
                "PutResult",
                Schema.object([
                    ("created", Schema.integer()), ("filled", Schema.integer()), ("updated", Schema.integer()),
                    ("unchanged", Schema.integer()), ("unknown_makers", Schema.array(Schema.text())),
                    ("unknown_series", Schema.array(Schema.text())),
                ])
            ),
            (
                "FeedSettings",
                Schema.object(
                    [
                        ("url", Schema.text(format: "uri")), ("interval_seconds", interval), ("enabled", Schema.boolean),
                        ("defaults", defaults),
                    ], required: ["url"])
            ),
            (
                "Feed",
                Schema.object([
                    ("id", Schema.text()), ("url", Schema.text(format: "uri")), ("interval_seconds", interval),
                    ("enabled", Schema.boolean), ("defaults", defaults), ("next_run_at", Schema.time),
                    ("last_run_at", Schema.orNull(Schema.time)), ("last_outcome", Schema.orNull(Schema.text())),
                    ("failures", Schema.integer()),
                ])
            ),
            ("Feeds", Schema.page(Schema.ref("Feed"))),
        ]
    }

    // MARK: Programme

    private static var programme: [(String, JSONValue)] {
        let bundle = Schema.described(
            Schema.map(Schema.text()), "The files of the document: path to text, such as `rules/curious-reader.yaml`.")
        let version: [(String, JSONValue)] = [
            ("version", Schema.integer(from: 1)), ("applied_at", Schema.time),
            ("digest", Schema.described(Schema.text(), "SHA-256 of the document, in hexadecimal.")),
        ]
        return [
            ("Programme", Schema.object([("programme", Schema.text())] + version + [("document", bundle)])),
            (
                "DocumentProblem",
                Schema.object([
                    ("path", Schema.text()), ("line", Schema.integer()), ("column", Schema.integer()),
                    ("severity", Schema.choice(["error", "warning"])), ("message", Schema.text()),
                    ("fix", Schema.orNull(Schema.text())),
                ])
            ),
            ("ProgrammeDocument", Schema.object([("document", bundle)])),
            (
                "ProgrammeCheck",
                Schema.object([("ok", Schema.boolean), ("problems", Schema.array(Schema.ref("DocumentProblem")))])
            ),
            (
                "ProgrammeChange",
                Schema.object([
                    (
                        "based_on",
                        Schema.described(
                            Schema.integer(from: 0, to: .max), "The version that the author had; 0 for the first.")
                    ), ("document", bundle),
                ])
            ),
            (
                "ProgrammeChanged",
                Schema.object(
                    version + [
                        ("changed", Schema.boolean),
                        (
                            "difference",
                            Schema.described(Schema.orNull(Schema.anyObject), "From the version before, thing by thing.")
                        ),
                        ("warnings", Schema.array(Schema.ref("DocumentProblem"))),
                    ])
            ),
            (
                "ProgrammeVersions",
                Schema.page(
                    Schema.object(version + [("based_on", Schema.integer(from: 0)), ("applied_by", Schema.text())]))
            ),
        ]
    }

    // MARK: Operations

    private static let operations: [(String, JSONValue)] = [
        ("Health", Schema.object([("status", ["type": "string", "const": "ok"])])),
        (
            "Readiness",
            Schema.object([
                ("status", Schema.choice(["ok", "not ready"])),
                (
                    "checks",
                    Schema.array(
                        Schema.object(
                            [("name", Schema.text()), ("ok", Schema.boolean)], isOpen: true))
                ),
            ])
        ),
    ]
}
