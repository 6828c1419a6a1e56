import Access
import Catalogue
import HTTPTypes
import Loyalty
import Personalisation
import Primitives

extension RouteTable {
    func recommended() -> [Endpoint] {
        let controller = RecommendationsController(
            engine: services.engine, recommendations: services.recommendations, speaker: speaker)
        func query(_ name: String, _ meaning: String, _ schema: JSONValue) -> Endpoint.Parameter {
            Endpoint.Parameter(name: name, place: .query, isRequired: false, meaning: meaning, schema: schema)
        }
        let known = Endpoint.Parameter(
            name: "If-None-Match", place: .header, isRequired: false, meaning: "The `ETag` of the answer you have.",
            schema: JSONSchema.text())
        let unchanged = Endpoint.Success(status: 304, meaning: "You have it already.", mediaType: nil)
        return [
            Endpoint(
                .get, "/v1/recommendations", operation: "getRecommendations", tag: "Recommendations",
                summary: "What to read, watch or hear next, and why",
                detail: """
                    With `member` (a secret key with `members:read`), with a member's pass in the header \
                    `\(RecommendationsController.passHeader)`, or for a visitor. What is looked at depends on the level that \
                    the member chose: `off` is the same list for everybody, `session` this visit, `persona` also the \
                    persona that the member declared, `personal` also their own history. `Sec-GPC: 1` is at most \
                    `session`. Each item says why it is there; without that reason it would stand lower.
                    """,
                access: .key([.eventsWrite]),
                parameters: [
                    query("member", "The member's pseudonym.", JSONSchema.uuid),
                    Endpoint.Parameter(
                        name: RecommendationsController.visitHeader, place: .header, isRequired: false,
                        meaning:
                            "Your identifiers of up to \(RecommendationsController.mostVisited) items of this visit, "
                            + "the latest first, percent-encoded, between commas. They are looked at for this answer and "
                            + "kept nowhere; in the address, a proxy would keep them.",
                        schema: JSONSchema.text()),
                    query(
                        "limit", "The most items; 10 if absent.",
                        JSONSchema.integer(from: 1, to: Int64(RecommendationRequest.most))),
                    query("kind", "One kind of item only.", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))),
                    query(
                        "language", "Items in this language only.", JSONSchema.text(pattern: "^[a-z]{2,3}$")),
                    query(
                        "profile", "`off`: the list that is the same for everybody.", JSONSchema.choice(["on", "off"])),
                ], success: [answer("Recommendations", "The best first.")],
                problems: [.passRefused, .notFound], allowsPages: true, handle: controller.list),
            Endpoint(
                .get, "/v1/items/{item}/related", operation: "getRelatedItems", tag: "Recommendations",
                summary: "What to go on with after an item",
                detail: """
                    What the same readers read, and what is about the same. The same for everybody, whoever asks. After an \
                    item whose subject may tell something that law protects, nothing.
                    """,
                access: .key([.eventsWrite]),
                parameters: [
                    path("item", "Your identifier of the item.", JSONSchema.text()),
                    query(
                        "limit", "The most items; 5 if absent.",
                        JSONSchema.integer(from: 1, to: Int64(RecommendationRequest.most))),
                    known,
                ], success: [answer("RelatedItems", "The nearest first."), unchanged], problems: [.notFound],
                allowsPages: true, handle: controller.related),
            Endpoint(
                .get, "/v1/personas", operation: "listPersonas", tag: "Recommendations",
                summary: "What members can say that they come for",
                detail: "Declared by editors, by their subjects. The same for everybody.",
                access: .key([.eventsWrite]), parameters: [known],
                success: [answer("Personas", "All personas of the programme."), unchanged], allowsPages: true,
                handle: controller.personas),
            Endpoint(
                .get, "/v1/personas/{persona}/candidates", operation: "listPersonaCandidates", tag: "Recommendations",
                summary: "The items about a persona's subjects",
                detail: """
                    The same for everybody, whoever asks: a device can take the list and order it by what it alone knows. \
                    Names in their order, and no frequencies.
                    """,
                access: .key([.eventsWrite]),
                parameters: [
                    path("persona", "The persona's name.", JSONSchema.text()),
                    query(
                        "limit", "The most items; 50 if absent.",
                        JSONSchema.integer(from: 1, to: Int64(RecommendationsController.mostCandidates))),
                    known,
                ], success: [answer("PersonaCandidates", "The best first."), unchanged], problems: [.notFound],
                allowsPages: true, handle: controller.candidates),
        ]
    }
}

extension Schemas {
    static var recommendations: [(String, JSONValue)] {
        let texts = JSONSchema.described(JSONSchema.map(JSONSchema.text()), "Per language.")
        let item: [(String, JSONValue)] = [
            ("item", JSONSchema.described(JSONSchema.text(), "Your identifier of it.")),
            ("kind", JSONSchema.choice(ItemKind.allCases.map(\.rawValue))), ("title", texts),
            ("url", JSONSchema.orNull(JSONSchema.text())), ("topics", JSONSchema.array(JSONSchema.text())),
        ]
        let reason = JSONSchema.object(
            [
                ("kind", JSONSchema.choice(RecommendationReason.kinds)),
                ("topic", JSONSchema.described(JSONSchema.text(), "Of `topic`, `subject` and `persona`.")),
                ("maker", JSONSchema.described(JSONSchema.text(), "Of `maker`.")),
                (
                    "because",
                    JSONSchema.described(
                        JSONSchema.array(JSONSchema.text()), "Items of the visit or of the member's own history.")
                ),
            ], required: ["kind", "because"])
        let persona = JSONSchema.object([
            ("id", JSONSchema.text()), ("name", texts), ("about", texts),
            (
                "topics",
                JSONSchema.array(
                    JSONSchema.object([
                        ("topic", JSONSchema.text()), ("weight", JSONSchema.integer(from: 1, to: 100)),
                    ]))
            ),
            (
                "minimum_members",
                JSONSchema.described(
                    JSONSchema.integer(from: 1), "Below so many members nothing is said of them.")
            ),
        ])
        return [
            (
                "Recommendations",
                JSONSchema.object([
                    (
                        "level",
                        JSONSchema.described(
                            JSONSchema.choice(PrivacyLevel.allCases.map(\.rawValue)), "The level that held.")
                    ),
                    (
                        "persona",
                        JSONSchema.described(
                            JSONSchema.orNull(JSONSchema.text()), "The persona whose subjects counted.")
                    ),
                    (
                        "data",
                        JSONSchema.array(JSONSchema.object(item + [("reasons", JSONSchema.array(reason))]))
                    ),
                ])
            ),
            (
                "RelatedItems",
                JSONSchema.object([
                    ("item", JSONSchema.text()),
                    (
                        "data",
                        JSONSchema.array(
                            JSONSchema.object(item + [("reason", JSONSchema.choice(["beside", "topic"]))]))
                    ),
                ])
            ),
            ("Personas", JSONSchema.object([("data", JSONSchema.array(persona))])),
            (
                "PersonaCandidates",
                JSONSchema.object([
                    ("persona", JSONSchema.text()), ("data", JSONSchema.array(JSONSchema.object(item))),
                ])
            ),
        ]
    }
}
