import Access
import HTTPTypes
import Loyalty
import Primitives

extension RouteTable {
    func reviews(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = ReviewsController(
            engine: services.engine, idempotency: idempotency,
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure,
                idempotency: idempotency, wording: wording, random: services.random))
        func query(_ name: String, _ meaning: String, _ schema: JSONValue, isRequired: Bool = false)
            -> Endpoint.Parameter
        {
            Endpoint.Parameter(name: name, place: .query, isRequired: isRequired, meaning: meaning, schema: schema)
        }
        let check = query("check", "A check of the programme.", JSONSchema.text())
        return [
            Endpoint(
                .get, "/v1/reviews", operation: "listReviews", tag: "Reviews",
                summary: "What waits because it looked suspicious",
                detail: """
                    A case is one member, one check and one local day. Its points are pending; its badges, access, \
                    tickets, traits and webhooks are set aside, until somebody decides, or until `ends_at`, when all of \
                    it is released and the life of its points begins.
                    """,
                access: .key([.membersRead]),
                parameters: [
                    query("state", "`open` if absent.", JSONSchema.choice(ReviewState.allCases.map(\.name))), check,
                    query("member", "A member's pseudonym.", JSONSchema.uuid),
                ] + paging,
                success: [answer("Reviews", "Cases, the oldest day first.")], handle: controller.list),
            Endpoint(
                .post, "/v1/reviews/decisions", operation: "decideReviews", tag: "Reviews",
                summary: "Release or refuse what waits, with a reason",
                detail: """
                    All open cases of the check that fit `member`, `day` and `device`, at most 500 at a time. A refusal \
                    takes back what is held, gives it back to budgets, and keeps its place under limits. The reason goes \
                    into the audit log.
                    """,
                access: .key([.membersWrite]), body: json("ReviewDecision"),
                success: [answer("ReviewsDecided", "Decided, and on disk.")], isKeyed: true, handle: controller.decide),
            Endpoint(
                .get, "/v1/reviews/devices", operation: "listReviewDevices", tag: "Reviews",
                summary: "Devices that several members used on a day",
                detail: "A device is a keyed hash that holds for its day only, and is forgotten with it.",
                access: .key([.membersRead]),
                parameters: [
                    query("check", "A check of the programme.", JSONSchema.text(atLeast: 1), isRequired: true),
                    query("day", "A local day.", JSONSchema.day, isRequired: true),
                ],
                success: [answer("ReviewDevices", "The most crowded first.")], handle: controller.devices),
            Endpoint(
                .get, "/v1/members/{member}/reviews", operation: "listMemberReviews", tag: "Reviews",
                summary: "What waits of a member, why, and until when", access: .key([.membersRead]),
                parameters: [path("member", "The member's pseudonym in this programme.")],
                success: [answer("MemberReviews", "The oldest day first.")], problems: [.notFound],
                handle: controller.waiting),
        ]
    }
}

extension Schemas {
    static var reviews: [(String, JSONValue)] {
        [
            (
                "Review",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("check", JSONSchema.text()), ("day", JSONSchema.day),
                    ("state", JSONSchema.choice(ReviewState.allCases.map(\.name))), ("ends_at", JSONSchema.time),
                    ("held", JSONSchema.described(JSONSchema.map(JSONSchema.integer()), "Points that wait, by unit.")),
                    ("badges", JSONSchema.integer(from: 0)),
                    (
                        "others",
                        JSONSchema.described(JSONSchema.integer(from: 0), "Access, tickets, traits, webhooks.")
                    ),
                ])
            ),
            (
                "MemberReviews",
                JSONSchema.page(
                    JSONSchema.object([
                        ("check", JSONSchema.text()), ("day", JSONSchema.day), ("ends_at", JSONSchema.time),
                        ("why", JSONSchema.map(JSONSchema.text())), ("held", JSONSchema.map(JSONSchema.integer())),
                        ("badges", JSONSchema.integer(from: 0)), ("others", JSONSchema.integer(from: 0)),
                    ]))
            ), ("Reviews", JSONSchema.page(JSONSchema.ref("Review"))),
            (
                "ReviewDecision",
                JSONSchema.object(
                    [
                        ("decision", JSONSchema.choice(["release", "refuse"])),
                        ("reason", JSONSchema.text(atMost: 500, atLeast: 1)),
                        ("check", JSONSchema.text(atMost: 64, atLeast: 1)), ("member", JSONSchema.uuid),
                        ("day", JSONSchema.day), ("device", JSONSchema.integer(from: .min, to: .max)),
                    ], required: ["decision", "reason", "check"])
            ),
            (
                "ReviewsDecided",
                JSONSchema.object([("decided", JSONSchema.integer(from: 0)), ("more", JSONSchema.boolean)])
            ),
            (
                "ReviewDevices",
                JSONSchema.page(
                    JSONSchema.object([("device", JSONSchema.integer()), ("members", JSONSchema.integer(from: 2))]))
            ),
        ]
    }
}
