import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime

extension RouteTable {
    func referrals(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = ReferralsController(
            engine: services.engine, idempotency: idempotency,
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure,
                idempotency: idempotency, wording: wording, random: services.random))
        let member = path("member", "The member's pseudonym in this programme.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/referral", operation: "getReferral", tag: "Referrals",
                summary: "A member's code and link, and what came of them",
                detail: "Of friends only how many: who they are is theirs to say.", access: .key([.membersRead]),
                parameters: [member], success: [answer("Referral", "As it stands.")], problems: [.notFound],
                handle: controller.show),
            Endpoint(
                .post, "/v1/members/{member}/referral/code", operation: "drawReferralCode", tag: "Referrals",
                summary: "Give the member another code", detail: "The old one is nobody's from now on.",
                access: .key([.membersWrite]), parameters: [member],
                success: [answer("Referral", "With the new code.")], problems: [.notFound], isKeyed: true,
                handle: controller.draw),
            Endpoint(
                .post, "/v1/members/{member}/referral/claim", operation: "claimReferral", tag: "Referrals",
                summary: "Say who brought a member, by their code",
                detail: "Once, within the days that the programme allows after joining.",
                access: .key([.membersWrite]), parameters: [member], body: json("ReferralClaim"),
                success: [answer(status: 201, "ReferralClaimed", "Both wait from now on.")],
                problems: [.notFound, .referralRefused], isKeyed: true, handle: controller.claim),
            Endpoint(
                .get, "/v1/referrals", operation: "countReferrals", tag: "Referrals",
                summary: "How many referrals wait, were rewarded and ended",
                detail: """
                    One in which two people look like one is a case under `/v1/reviews`, of the check that the referral \
                    names (`referral` if it names none).
                    """,
                access: .key([.membersRead]), success: [answer("ReferralCounts", "As they stand.")],
                problems: [.notFound], handle: controller.counts),
            Endpoint(
                .get, "/v1/ambassadors", operation: "listAmbassadors", tag: "Referrals",
                summary: "Members in a standing", access: .key([.membersRead]),
                parameters: [
                    Endpoint.Parameter(
                        name: "standing", place: .query, isRequired: true, meaning: "A standing of the referral.",
                        schema: JSONSchema.text(atLeast: 1))
                ] + paging, success: [answer("Ambassadors", "In the order of their pseudonyms.")],
                handle: controller.ambassadors),
            Endpoint(
                .post, "/v1/members/{member}/referral/invitations", operation: "inviteAmbassador", tag: "Referrals",
                summary: "Invite a member to a standing, or take the invitation back",
                detail: "It begins when the member accepts. It stands in the audit log.",
                access: .key([.membersWrite]), parameters: [member], body: json("AmbassadorInvitation"),
                success: [answer("AmbassadorStanding", "It is on disk.")], problems: [.notFound, .referralRefused],
                isKeyed: true, handle: controller.invite),
            Endpoint(
                .post, "/v1/members/{member}/referral/answers", operation: "answerAmbassador", tag: "Referrals",
                summary: "Say yes or no to such an invitation, on behalf of the member",
                access: .key([.membersWrite]), parameters: [member], body: json("AmbassadorAnswer"),
                success: [answer("AmbassadorStanding", "It is on disk.")], problems: [.notFound, .referralRefused],
                isKeyed: true, handle: controller.reply),
        ]
    }
}

extension Schemas {
    static var referrals: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let state = JSONSchema.choice(ReferralState.allCases.map(\.name))
        return [
            (
                "Referral",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("referral", JSONSchema.text()), ("code", JSONSchema.text()),
                    ("link", JSONSchema.text()), ("waiting", count), ("friends", count),
                    ("ambassador", JSONSchema.orNull(JSONSchema.text())),
                    ("ambassador_since", JSONSchema.orNull(JSONSchema.day)),
                    (
                        "invitations",
                        JSONSchema.described(JSONSchema.array(JSONSchema.text()), "Standings to say yes or no to.")
                    ),
                    ("brought_by_somebody", JSONSchema.orNull(state)), ("may_claim", JSONSchema.boolean),
                ])
            ),
            (
                "ReferralClaim",
                JSONSchema.object([("code", JSONSchema.text(atMost: 64, atLeast: 1))], required: ["code"])
            ), ("ReferralClaimed", JSONSchema.object([("member", JSONSchema.uuid), ("state", state)])),
            (
                "ReferralCounts",
                JSONSchema.object(ReferralState.allCases.map { ($0.name, count) })
            ),
            (
                "Ambassadors",
                JSONSchema.page(
                    JSONSchema.object([
                        ("member", JSONSchema.uuid), ("standing", JSONSchema.text()), ("since", JSONSchema.day),
                        ("friends", count),
                    ]))
            ),
            (
                "AmbassadorInvitation",
                JSONSchema.object(
                    [
                        ("standing", JSONSchema.text(atMost: 64, atLeast: 1)),
                        ("withdraw", JSONSchema.described(JSONSchema.boolean, "Takes the invitation back.")),
                    ], required: ["standing"])
            ),
            (
                "AmbassadorAnswer",
                JSONSchema.object(
                    [
                        ("standing", JSONSchema.text(atMost: 64, atLeast: 1)), ("accept", JSONSchema.boolean),
                    ], required: ["standing", "accept"])
            ),
            (
                "AmbassadorStanding",
                JSONSchema.object([("member", JSONSchema.uuid), ("standing", JSONSchema.text())])
            ),
        ]
    }
}
