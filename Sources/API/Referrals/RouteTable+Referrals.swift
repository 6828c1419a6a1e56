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
                .get, "/v1/referrals/review", operation: "listReferralsInReview", tag: "Referrals",
                summary: "Referrals in which two people look like one", access: .key([.membersRead]),
                success: [answer("Referrals", "At most 200.")], handle: controller.review),
            Endpoint(
                .post, "/v1/referrals/{member}/decision", operation: "decideReferral", tag: "Referrals",
                summary: "Release or refuse a referral in review", access: .key([.membersWrite]),
                parameters: [member], body: json("ReferralDecision"),
                success: [answer("ReferralClaimed", "It is decided.")], problems: [.notFound, .referralRefused],
                isKeyed: true, handle: controller.decide),
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
                    ("brought_by_somebody", JSONSchema.orNull(state)), ("may_claim", JSONSchema.boolean),
                ])
            ),
            (
                "ReferralClaim",
                JSONSchema.object([("code", JSONSchema.text(atMost: 64, atLeast: 1))], required: ["code"])
            ), ("ReferralClaimed", JSONSchema.object([("member", JSONSchema.uuid), ("state", state)])),
            ("ReferralDecision", JSONSchema.object([("release", JSONSchema.boolean)], required: ["release"])),
            (
                "Referrals",
                JSONSchema.page(
                    JSONSchema.object([
                        ("member", JSONSchema.uuid), ("advocate", JSONSchema.orNull(JSONSchema.uuid)),
                        ("claimed_day", JSONSchema.day), ("state", state),
                    ]))
            ),
        ]
    }
}
