import Access
import HTTPTypes
import Primitives
import Runtime

extension RouteTable {
    func achievements(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = AchievementsController(
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure,
                idempotency: idempotency, wording: wording, random: services.random))
        let member = path("member", "The member's pseudonym in this programme.")
        let challenge = path("challenge", "The challenge's name in the programme.", JSONSchema.text(atLeast: 1))
        let badge = path("badge", "The badge's name in the programme.", JSONSchema.text(atLeast: 1))
        let done = answer("CommandResult", "Done, and on disk.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/challenges", operation: "getChallenges", tag: "Members",
                summary: "How far a member is in each challenge", access: .key([.membersRead]), parameters: [member],
                success: [answer("Challenges", "Every challenge of the programme.")], handle: controller.challenges),
            Endpoint(
                .put, "/v1/members/{member}/challenges/{challenge}/joined", operation: "joinChallenge", tag: "Members",
                summary: "Join a challenge",
                detail: "It counts from the member's present day on. Joining twice changes nothing.",
                access: .key([.membersWrite]), parameters: [member, challenge], success: [done],
                problems: [.memberLimit, .conditionNotMet, .noLongerAvailable, .contradiction], isKeyed: true,
                handle: controller.join),
            Endpoint(
                .delete, "/v1/members/{member}/challenges/{challenge}/joined", operation: "leaveChallenge",
                tag: "Members", summary: "Leave a challenge",
                detail: "Nothing more counts; what counted so far stays. Leaving twice changes nothing.",
                access: .key([.membersWrite]), parameters: [member, challenge], success: [done],
                problems: [.contradiction], isKeyed: true, handle: controller.leave),
            Endpoint(
                .put, "/v1/members/{member}/challenges/{challenge}/goal", operation: "chooseGoal", tag: "Members",
                summary: "Choose an own target, within the challenge's bounds",
                detail: "It holds from the present period on, unless that is complete already.",
                access: .key([.membersWrite]), parameters: [member, challenge], body: json("Goal"), success: [done],
                problems: [.contradiction, .noLongerAvailable], isKeyed: true, handle: controller.chooseGoal),
            Endpoint(
                .delete, "/v1/members/{member}/badges/{badge}", operation: "revokeBadge", tag: "Members",
                summary: "Take a badge away, with a reason",
                detail: "What it was given for counts no second time; earned anew, it comes back.",
                access: .key([.membersWrite]), parameters: [member, badge], body: json("Revocation"), success: [done],
                isKeyed: true, handle: controller.revoke),
        ]
    }
}
