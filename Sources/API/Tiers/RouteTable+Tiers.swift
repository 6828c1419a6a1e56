import Access
import HTTPTypes
import Primitives

extension RouteTable {
    func tiers(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = TiersController(engine: services.engine, idempotency: idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        let tier = path("tier", "A tier by invitation.", JSONSchema.text(atMost: 64, atLeast: 1))
        let changed = answer("MemberReference", "Changed, and on disk.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/tier", operation: "getTier", tag: "Tiers",
                summary: "A member's tier, until when it lasts, and why it moved", access: .key([.membersRead]),
                parameters: [member], success: [answer("MemberTier", "Exact at the moment of the answer.")],
                handle: controller.get),
            Endpoint(
                .post, "/v1/members/{member}/tier/invitations", operation: "inviteToTier", tag: "Tiers",
                summary: "Invite a member to a tier that nobody reaches by credits",
                detail: "The tier begins when the member accepts, and ends after the day `until`.",
                access: .key([.membersWrite]), parameters: [member], body: json("TierInvitationRequest"),
                success: [answer(status: 201, "MemberReference", "Invited, and on disk.")],
                problems: [.unknownTier, .invitationHolds], isKeyed: true, handle: controller.invite),
            Endpoint(
                .post, "/v1/members/{member}/tier/invitations/{tier}/accept", operation: "acceptTierInvitation",
                tag: "Tiers", summary: "Say yes to an invitation, on behalf of the member",
                access: .key([.membersWrite]), parameters: [member, tier], success: [changed],
                problems: [.unknownTier, .notInvited], isKeyed: true, handle: controller.accept),
            Endpoint(
                .post, "/v1/members/{member}/tier/invitations/{tier}/decline", operation: "declineTierInvitation",
                tag: "Tiers", summary: "Decline an invitation, or end one that was accepted",
                access: .key([.membersWrite]), parameters: [member, tier], success: [changed],
                problems: [.unknownTier, .notInvited], isKeyed: true, handle: controller.decline),
        ]
    }
}

extension Schemas {
    static var tiers: [(String, JSONValue)] {
        let name = JSONSchema.orNull(JSONSchema.text())
        let day = JSONSchema.orNull(JSONSchema.day)
        return [
            (
                "TierInvitationRequest",
                JSONSchema.object(
                    [
                        ("tier", JSONSchema.text(atMost: 64, atLeast: 1)),
                        ("until", JSONSchema.described(JSONSchema.day, "Its last day; without end if absent.")),
                    ], required: ["tier"])
            ),
            (
                "MemberTier",
                JSONSchema.object([
                    ("member", JSONSchema.uuid),
                    ("tier", JSONSchema.described(name, "`null` below the lowest tier.")), ("unit", JSONSchema.text()),
                    ("counts", JSONSchema.choice(["credits", "balance"])),
                    ("credits", JSONSchema.described(JSONSchema.integer(), "What counts now.")),
                    (
                        "lasts_until",
                        JSONSchema.described(day, "The first day on which it does not last any more, without grace.")
                    ), ("ends_on", JSONSchema.described(day, "The first day without it, if nothing is earned.")),
                    (
                        "next",
                        JSONSchema.orNull(
                            JSONSchema.object([("id", JSONSchema.text()), ("missing", JSONSchema.integer())]))
                    ), ("period", JSONSchema.described(JSONSchema.orNull(JSONSchema.ref("DaySpan")), "What counts.")),
                    (
                        "projected",
                        JSONSchema.described(
                            name, "The tier after the running period, if the member goes on as in it until now.")
                    ), ("gives", JSONSchema.array(JSONSchema.text())),
                    (
                        "invitations",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("tier", JSONSchema.text()),
                                ("state", JSONSchema.choice(["offered", "accepted", "ended"])),
                                ("day", JSONSchema.day), ("until", day),
                            ]))
                    ),
                    (
                        "moves",
                        JSONSchema.described(
                            JSONSchema.array(
                                JSONSchema.object([
                                    ("kind", JSONSchema.choice(["tier-up", "tier-down", "tier-will-end"])),
                                    ("day", JSONSchema.day), ("from", name), ("to", name),
                                    ("credits", JSONSchema.integer()), ("needed", JSONSchema.integer()), ("end", day),
                                ])), "The last twenty changes, with what counted and what the tier asks.")
                    ),
                ])
            ),
        ]
    }
}
