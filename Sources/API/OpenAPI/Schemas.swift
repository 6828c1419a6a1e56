import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Vault

/// The schemas that several routes share, by their names in the document.
enum Schemas {
    static var all: [(String, JSONValue)] {
        [("Problem", problem)] + events + segment + members + entitlements + streaks + tiers + sharing + jobs + rewards
            + catalogue
            + leaderboards + programme + operations
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

    private static let pass = JSONSchema.text(atMost: EventAttributes.Limit.pass, atLeast: 1)

    /// At most 255 bytes, which a schema can only say of characters.
    private static let identity = JSONSchema.text(
        atMost: ExternalIdentity.maximumBytes, pattern: #"^[^\u0000-\u001f\u007f]+$"#)

    private static var events: [(String, JSONValue)] {
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
                        ("refusal", JSONSchema.described(JSONSchema.text(), "`limit:…`, `cooldown` or `budget:…`.")),
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

    // MARK: Segment

    /// A message that says who it is about; everything that is not named here is taken as it comes.
    private static func segmentMessage(
        _ fields: [(String, JSONValue)] = [], required: [String] = []
    ) -> JSONValue {
        var schema = JSONSchema.object(fields, required: required, isOpen: true)
        let someone: JSONValue = ["anyOf": [identity, JSONSchema.integer(from: .min, to: .max)]]
        schema["anyOf"] = [
            ["required": ["userId"], "properties": ["userId": someone]],
            ["required": ["anonymousId"], "properties": ["anonymousId": someone]],
        ]
        return JSONSchema.described(
            schema,
            "As in Segment's HTTP API: `userId` or `anonymousId`, `messageId`, `timestamp`, `sentAt`. Of `context` only `pass` is read, and `integrations` is not."
        )
    }

    private static var segment: [(String, JSONValue)] {
        let name = JSONSchema.text(atMost: EventAttributes.Limit.type, atLeast: 1)
        return [
            (
                "SegmentTrack",
                segmentMessage(
                    [
                        (
                            "event",
                            JSONSchema.described(
                                name, "Finds the declared event type: `Article Read` is `article.read`.")
                        )
                    ],
                    required: ["event"])
            ),
            ("SegmentMessage", segmentMessage()),
            (
                "SegmentAlias",
                JSONSchema.object(
                    [("userId", identity), ("previousId", identity)], required: ["userId", "previousId"], isOpen: true)
            ),
            (
                "SegmentBatch",
                JSONSchema.object(
                    [
                        (
                            "batch",
                            JSONSchema.described(
                                JSONSchema.array([:]),
                                "Messages with their `type`: track, identify, page, screen, group or alias. One that cannot be read is passed over."
                            )
                        )
                    ], isOpen: true)
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

    // MARK: Catalogue

    /// Characters that act instead of showing: controls, overrides of writing direction, byte-order marks, non-characters.
    private static let forbidden =
        #"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"#
    private static let blank = #"\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"#

    /// Yours for a thing: 1 to 200 bytes of plain text on one line, without a space at either end.
    private static let identifier = JSONSchema.text(
        atMost: 200,
        pattern: "^[^ \\u0009\\u000a\(forbidden)]([^\\u0009\\u000a\(forbidden)]*[^ \\u0009\\u000a\(forbidden)])?$")

    private static let languageTag = JSONSchema.text(
        atMost: 35,
        pattern:
            "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?([-_]([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
    )

    private static let webAddress = JSONSchema.text(
        atMost: 2_048,
        pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^:./?#@\(unsafe)][^/?#@\(unsafe)]*([/?#][^\(unsafe)]*)?$")

    /// What no address holds.
    private static let unsafe = #"\u0000-\u0020"<>\\`{}|^"# + forbidden + blank

    private static let label = JSONSchema.text(pattern: "^[a-z0-9][a-z0-9._:/&-]{0,99}$")

    private static let access = JSONSchema.described(
        JSONSchema.text(pattern: "^(free|subscriber|tier:[a-z0-9][a-z0-9._:/&-]{0,99})$"),
        "`free`, `subscriber` or `tier:NAME`.")

    /// A text, or one per language.
    private static func texts(atMost limit: Int) -> JSONValue {
        let text = JSONSchema.text(
            atMost: limit, pattern: "^[^\(forbidden)]*[^\(forbidden)\(blank)][^\(forbidden)]*$")
        return [
            "anyOf": [
                JSONSchema.described(text, "In the language of the field `language`."),
                [
                    "type": "object", "description": "Per language tag.", "propertyNames": languageTag,
                    "additionalProperties": text, "minProperties": 1, "maxProperties": 20,
                ],
            ]
        ]
    }

    private static var itemFields: [(String, JSONValue)] {
        let limits = CatalogueLimits.standard
        let optional: [(String, JSONValue)] = [
            ("kind", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))),
            ("standfirst", texts(atMost: limits.standfirstBytes)), ("body", texts(atMost: limits.bodyBytes)),
            ("url", webAddress), ("image", webAddress), ("series", identifier),
            ("makers", JSONSchema.array(identifier, atMost: limits.makersPerItem)),
            ("topics", JSONSchema.array(label, atMost: limits.topicsPerItem)), ("language", languageTag),
            ("access", access),
            ("regions", JSONSchema.array(JSONSchema.text(pattern: "^[A-Z]{2}$"), atMost: limits.regionsPerItem)),
            ("published_at", JSONSchema.time),
            (
                "early_access",
                JSONSchema.object([
                    ("from", JSONSchema.time),
                    (
                        "for",
                        JSONSchema.described(
                            JSONSchema.text(pattern: "^(tier|badge|entitlement):[a-z0-9][a-z0-9._:/&-]{0,99}$"),
                            "`tier:NAME`, `badge:NAME` or `entitlement:NAME`.")
                    ),
                ])
            ),
            ("expires_at", JSONSchema.time), ("sensitive", JSONSchema.boolean),
            ("duration_seconds", JSONSchema.integer(from: 0, to: Int64(limits.durationSeconds))),
            ("word_count", JSONSchema.integer(from: 0, to: Int64(limits.wordCount))),
        ]
        return [("id", identifier), ("title", texts(atMost: limits.titleBytes))]
            + optional.map { ($0, JSONSchema.orNull($1)) }
    }

    /// An item as it is answered.
    private static var item: JSONValue {
        let texts = JSONSchema.described(JSONSchema.map(JSONSchema.text()), "Per language tag.")
        return JSONSchema.object(
            [
                ("id", JSONSchema.text()), ("kind", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))),
                ("title", texts), ("standfirst", texts), ("body", texts), ("url", JSONSchema.text()),
                ("image", JSONSchema.text()), ("series", JSONSchema.text()),
                ("makers", JSONSchema.array(JSONSchema.text())), ("topics", JSONSchema.array(JSONSchema.text())),
                ("language", JSONSchema.text()), ("access", JSONSchema.text()),
                ("regions", JSONSchema.array(JSONSchema.text())), ("published_at", JSONSchema.time),
                ("early_access", JSONSchema.object([("from", JSONSchema.time), ("for", JSONSchema.text())])),
                ("expires_at", JSONSchema.time), ("sensitive", JSONSchema.boolean),
                ("duration_seconds", JSONSchema.integer()), ("word_count", JSONSchema.integer()),
                ("state", JSONSchema.choice(["live", "stub", "withdrawn"])),
            ], required: ["id", "kind", "title", "state"])
    }

    private static var makerFields: [(String, JSONValue)] {
        let limits = CatalogueLimits.standard
        return [
            ("id", identifier),
            (
                "name",
                JSONSchema.text(
                    atMost: 200, pattern: "^[^\(forbidden)]*[^\(forbidden)\(blank)][^\(forbidden)]*$")
            ), ("face", picture), ("role", JSONSchema.orNull(texts(atMost: limits.titleBytes))),
            ("biography", JSONSchema.orNull(texts(atMost: limits.biographyBytes))),
            ("page", JSONSchema.orNull(webAddress)),
        ]
    }

    private static var picture: JSONValue {
        JSONSchema.described(
            JSONSchema.orNull(webAddress), "The address of a picture; a drawing as SVG text is taken too.")
    }

    private static var seriesFields: [(String, JSONValue)] {
        let limits = CatalogueLimits.standard
        return [
            ("id", identifier), ("title", texts(atMost: limits.titleBytes)),
            ("about", JSONSchema.orNull(texts(atMost: limits.biographyBytes))), ("image", picture),
            ("page", JSONSchema.orNull(webAddress)),
            ("makers", JSONSchema.orNull(JSONSchema.array(identifier, atMost: limits.makersPerItem))),
        ]
    }

    private static var catalogue: [(String, JSONValue)] {
        let defaults = JSONSchema.object(
            [
                ("kind", JSONSchema.orNull(JSONSchema.choice(ItemKind.allCases.map(\.rawValue)))),
                ("language", JSONSchema.orNull(languageTag)), ("topics", JSONSchema.orNull(JSONSchema.array(label))),
                ("series", JSONSchema.orNull(identifier)), ("access", JSONSchema.orNull(access)),
                ("id_prefix", JSONSchema.orNull(JSONSchema.text(atMost: 120))),
                ("keep_body", JSONSchema.orNull(JSONSchema.boolean)),
            ], required: [])
        let interval = JSONSchema.integer(from: Int64(FeedSource.minimumSeconds), to: Int64(FeedSource.maximumSeconds))
        return [
            ("ItemDraft", JSONSchema.object(itemFields, required: ["id", "title"])),
            ("Item", item),
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
                        ("url", webAddress), ("interval_seconds", interval), ("enabled", JSONSchema.boolean),
                        ("defaults", defaults),
                    ], required: ["url"])
            ),
            (
                "Feed",
                JSONSchema.object([
                    ("id", JSONSchema.text()), ("url", JSONSchema.text()), ("interval_seconds", interval),
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
            (
                "ProgrammeDocument",
                JSONSchema.object([
                    (
                        "document",
                        JSONSchema.described(
                            [:], "The files of the document: path to text. Anything else is a problem.")
                    )
                ])
            ),
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
