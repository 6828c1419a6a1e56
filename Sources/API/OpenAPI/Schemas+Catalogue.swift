import Catalogue
import Primitives

/// Items, makers, series and feeds.
extension Schemas {
    /// Characters that act instead of showing: controls, overrides of writing direction, byte-order marks, non-characters.
    private static let forbidden =
        #"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"#
    private static let blank = #"\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"#

    /// Yours for a thing: 1 to 200 bytes of plain text on one line, without a space at either end.
    static let identifier = JSONSchema.text(
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

    static var catalogue: [(String, JSONValue)] {
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
            (
                "ItemBatch",
                JSONSchema.object([("items", JSONSchema.array(JSONSchema.ref("ItemDraft"), atMost: 1_000))])
                    .with(
                        "examples",
                        [
                            [
                                "items": [
                                    [
                                        "id": "council-at-midnight", "kind": "article",
                                        "title": ["en": "Council at midnight"],
                                    ]
                                ]
                            ]
                        ])
            ),
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
}
