import Access
import HTTPTypes
import Loyalty
import Primitives
import Runtime

extension RouteTable {
    func rewards(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = RewardsController(
            engine: services.engine, idempotency: idempotency, members: membersController(idempotency, wording))
        let stock = StockController(engine: services.engine, idempotency: idempotency, random: services.random)
        let member = path("member", "The member's pseudonym in this programme.")
        let redemption = path("redemption", "The `redemption` of the answer to redeeming.")
        let reward = path("reward", "The reward's name in the programme.", JSONSchema.text(atMost: 100, atLeast: 1))
        let one = "/v1/members/{member}/redemptions/{redemption}"
        let done = answer("CommandResult", "Done, and on disk.")
        return [
            Endpoint(
                .get, "/v1/rewards", operation: "listRewards", tag: "Rewards",
                summary: "All rewards with what is left of them",
                detail: """
                    What was given to a cause is a figure that moves only when at least \
                    \(DonationTotal.publishedDonors) different members have given since it last did.
                    """, access: .key([.programmeRead]),
                success: [answer("RewardStandings", "All rewards of the programme.")], handle: controller.catalogue),
            Endpoint(
                .post, "/v1/rewards/{reward}/codes", operation: "addCodes", tag: "Rewards",
                summary: "Put codes into a reward's pool",
                detail: """
                    As JSON or one per line. They are sealed; each is set aside by one redemption, shown when it is \
                    confirmed, and never given twice. A code that is there already stays as it is.
                    """,
                access: .key([.programmeWrite]), parameters: [reward],
                body: Endpoint.Body(
                    contents: [
                        (Reply.json, JSONSchema.ref("CodeUpload")),
                        (RewardsController.lines, JSONSchema.text(pattern: "^[ -~\\n]{0,200}$")),
                    ], limit: configuration.bodyBytes),
                success: [answer(status: 201, "CodesAdded", "They are in the pool.")], problems: [.unknownReward],
                isKeyed: true, handle: controller.addCodes),
            Endpoint(
                .post, "/v1/rewards/{reward}/stock", operation: "changeStock", tag: "Rewards",
                summary: "Put so many into a reward's stock, or take them out",
                detail: """
                    Beside what the programme's `stock` says. What is taken out must still be there; it stands in the audit \
                    log with its reason. The same Idempotency-Key is the same change, for ever.
                    """,
                access: .key([.programmeWrite]), parameters: [reward], body: json("StockChange"),
                success: [answer(status: 201, "StockAnswer", "Done, and on disk.")],
                problems: [.notFound, .contradiction], isKeyed: true, handle: stock.change),
            Endpoint(
                .get, "/v1/stock-changes", operation: "listStockChanges", tag: "Rewards",
                summary: "What staff put into stock and took out, the last change first",
                access: .key([.programmeRead]),
                success: [answer("StockChanges", "The last \(StockController.listed).")], handle: stock.list),
            Endpoint(
                .get, "/v1/members/{member}/rewards", operation: "listOffers", tag: "Rewards",
                summary: "All rewards as one member sees them, with why not", access: .key([.membersRead]),
                parameters: [member], success: [answer("Offers", "What it costs, what is left, what is missing.")],
                handle: controller.offers),
            Endpoint(
                .get, "/v1/members/{member}/redemptions", operation: "listRedemptions", tag: "Rewards",
                summary: "A member's redemptions, with their codes and tickets", access: .key([.membersRead]),
                parameters: [member], success: [answer("Redemptions", "The latest day first.")],
                handle: controller.redemptions),
            Endpoint(
                .post, one + "/refund", operation: "refundRedemption", tag: "Rewards",
                summary: "Undo a confirmed redemption",
                detail: "The points come back as if they were earned today; the reward goes back into stock.",
                access: .key([.membersWrite]), parameters: [member, redemption], success: [done],
                problems: [.notReversible, .fulfilmentOrder], isKeyed: true, handle: controller.refund),
            Endpoint(
                .post, one + "/fulfilment", operation: "fulfilRedemption", tag: "Rewards",
                summary: "Say where a thing is on its way", access: .key([.membersWrite]),
                parameters: [member, redemption], body: json("FulfilmentChange"), success: [done],
                problems: [.fulfilmentOrder], isKeyed: true, handle: controller.fulfil),
            Endpoint(
                .get, "/v1/fulfilments", operation: "listFulfilments", tag: "Rewards",
                summary: "What is to be packed and sent, the oldest first",
                detail: "Who it goes to is in the vault: the console shows the address to staff who may see it.",
                access: .key([.membersRead]),
                parameters: paging + [
                    Endpoint.Parameter(
                        name: "state", place: .query, isRequired: false,
                        meaning: "Only what is there; `requested` and `packed` if absent.",
                        schema: JSONSchema.choice(Fulfilment.allCases.map(\.name)))
                ], success: [answer("Fulfilments", "A page.")], handle: controller.fulfilments),
            Endpoint(
                .post, "/v1/tickets/check", operation: "checkTicket", tag: "Rewards",
                summary: "Whether a ticket is good, and note that it was used", access: .key([.membersWrite]),
                body: json("TicketCheck"), success: [answer("TicketState", "A ticket of this programme.")],
                problems: [.notFound], isKeyed: true, handle: controller.checkTicket),
            Endpoint(
                .post, "/v1/members/{member}/waiting", operation: "joinWaitingList", tag: "Rewards",
                summary: "Wait for a reward or slot that is full",
                detail: "What comes free is set aside for the first whom it suits, for as long as the reward says.",
                access: .key([.membersWrite]), parameters: [member], body: json("WaitingRequest"),
                success: [answer(status: 201, "WaitingResult", "The member waits.")],
                problems: [.notWaiting, .unknownReward], isKeyed: true, handle: controller.wait),
            Endpoint(
                .delete, "/v1/members/{member}/waiting/{reward}", operation: "leaveWaitingList", tag: "Rewards",
                summary: "Wait no longer", access: .key([.membersWrite]),
                parameters: [
                    member, reward,
                    Endpoint.Parameter(
                        name: "slot", place: .query, isRequired: false, meaning: "The slot that was waited for.",
                        schema: JSONSchema.text(atMost: 30)),
                ], success: [Self.gone], isKeyed: true, handle: controller.stopWaiting),
            Endpoint(
                .put, "/v1/members/{member}/wishes/{reward}", operation: "wish", tag: "Rewards",
                summary: "Put a reward on the member's wish list", access: .key([.membersWrite]),
                parameters: [member, reward],
                success: [Endpoint.Success(status: 204, meaning: "It is on the list.", mediaType: nil)],
                problems: [.unknownReward], isKeyed: true, handle: controller.wish),
            Endpoint(
                .delete, "/v1/members/{member}/wishes/{reward}", operation: "unwish", tag: "Rewards",
                summary: "Take a reward off the wish list", access: .key([.membersWrite]),
                parameters: [member, reward], success: [Self.gone], isKeyed: true, handle: controller.unwish),
        ]
    }

    func membersController(_ idempotency: Idempotency, _ wording: EffectWording) -> MembersController {
        MembersController(
            engine: services.engine, persons: services.persons, erasure: services.erasure, idempotency: idempotency,
            wording: wording, random: services.random)
    }
}
