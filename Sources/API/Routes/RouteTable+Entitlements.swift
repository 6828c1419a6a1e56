import Access
import HTTPTypes
import Loyalty
import Primitives

/// Gates, access tokens and the keys to check them with.
extension RouteTable {
    /// `iss` of a programme's tokens.
    var issuer: @Sendable (ProgrammeID) -> String {
        let address = configuration.publicAddress ?? "stamgast"
        return { "\(address)/\($0.name)" }
    }

    func entitlements() -> [Endpoint] {
        let checks = EntitlementsController(engine: services.engine)
        let gates = GateController(
            engine: services.engine, access: services.accessTokens, meters: services.meters, speaker: speaker,
            issuer: issuer)
        let tokens = AccessTokensController(engine: services.engine, tokens: services.accessTokens, issuer: issuer)
        func query(_ name: String, _ meaning: String, _ schema: JSONValue, isRequired: Bool = false)
            -> Endpoint.Parameter
        {
            Endpoint.Parameter(
                name: name, place: .query, isRequired: isRequired, meaning: meaning, schema: schema)
        }
        let short = JSONSchema.text(atMost: 512, atLeast: 1)
        return [
            Endpoint(
                .get, "/v1/entitlements/check", operation: "checkEntitlement", tag: "Access",
                summary: "Whether a member may have something now",
                detail: """
                    Ask for gates of the programme, for an item and everything that stands before it, or for an \
                    entitlement by its name; for the name alone the answer is short, and without any of them it is about every \
                    gate of the programme. Asking changes nothing: a gate \
                    that only its meter opens says `metered`, and counts when `POST /v1/gate` opens it. What is closed \
                    says what would open it.
                    """,
                access: .key([.membersRead]),
                parameters: [
                    query("member", "The member's pseudonym.", JSONSchema.uuid, isRequired: true),
                    query("gate", "Names of gates, between commas.", short),
                    query("item", "Your identifier of an item.", JSONSchema.text(atMost: 200, atLeast: 1)),
                    query("name", "An entitlement.", JSONSchema.text(atMost: 100, atLeast: 1)),
                    query(
                        "region", "Where the reader is, for items with rights in some regions only.",
                        JSONSchema.text(pattern: "^[A-Z]{2}$")),
                    query("subscriber", "Whether a subscription is running.", JSONSchema.boolean),
                    query("explain", "Whether to answer with the proof of each gate.", JSONSchema.boolean),
                    languages,
                ], success: [answer("EntitlementAnswer", "Yes or no, why, and what would open it.")],
                problems: [.notFound], handle: checks.check),
            Endpoint(
                .post, "/v1/entitlements/check", operation: "checkEntitlements", tag: "Access",
                summary: "Whether a member may have several things now",
                detail:
                    "As the form with GET, for up to 50 gates, 50 items and 50 names at once. Asking changes nothing.",
                access: .key([.membersRead]), parameters: [languages], body: json("EntitlementQuestion"),
                success: [answer("EntitlementAnswer", "One answer per question, in the order of the request.")],
                problems: [.notFound], handle: checks.checkMany),
            Endpoint(
                .post, "/v1/gate", operation: "openGate", tag: "Access",
                summary: "Whether the reader of a page may open something",
                detail: """
                    For pages, with a publishable key and, where a reader is signed in, their pass. Where only a meter \
                    opens it, the opening is counted: a member's as a day in a counter, a visitor's in the `meters` of \
                    the answer, which the page keeps and sends the next time. `receipts` let the same item be opened \
                    again in the period without counting. With an `Origin` the answer holds an access token for that \
                    origin.
                    """,
                access: .key([.eventsWrite]), parameters: [languages], body: json("GateQuestion"),
                success: [answer("GateAnswer", "Open or closed; a closed gate is no error.")],
                problems: [.passRefused, .notFound], allowsPages: true, handle: gates.ask),
            Endpoint(
                .post, "/v1/access-tokens", operation: "makeAccessToken", tag: "Access",
                summary: "A signed token that says what a member may open",
                detail: """
                    A JSON Web Token (ES256) for one audience, for at most 15 minutes; it cannot be taken back. `sub` \
                    is a name of the member that only this audience has. Check it with the keys of \
                    `/.well-known/jwks.json`. Of the gates that were asked for, those that are open stand in it; what \
                    only a meter opens does not. Without `member` and `subject` it is a visitor's.
                    """,
                access: .key([.membersRead]), body: json("AccessTokenRequest"),
                success: [answer(status: 201, "AccessToken", "The token.")], problems: [.gateClosed, .notFound],
                handle: tokens.make),
            Endpoint(
                .get, "/.well-known/jwks.json", operation: "getAccessTokenKeys", tag: "Access",
                summary: "The keys that access tokens are checked with",
                detail: """
                    A JSON Web Key Set (RFC 7517) of one programme; keep it for at most five minutes. A new key stands \
                    here ten minutes before anything is signed with it, an old one until its last token is over.
                    """,
                access: .open,
                parameters: [
                    query(
                        "programme", "May be left out where there is one.",
                        JSONSchema.text(atMost: 40, pattern: "^[a-z][a-z0-9-]*$"))
                ],
                success: [
                    Endpoint.Success(
                        status: 200, meaning: "The keys; none before the first token.",
                        mediaType: "application/jwk-set+json", schema: JSONSchema.ref("KeySet"))
                ], problems: [.malformedRequest, .notFound], handle: tokens.keySet),
        ]
    }
}
