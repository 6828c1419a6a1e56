import Access
import HTTPTypes
import Primitives

/// Transfers between members, gifts and shared wallets.
extension RouteTable {
    func sharing(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = SharingController(
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure, idempotency: idempotency,
                wording: wording,
                random: services.random))
        let member = path("member", "The member's pseudonym in this programme.")
        let gift = path("gift", "The `gift` of the answer to offering it.")
        let wallet = path("wallet", "The `wallet` of the answer to opening it.")
        let created = answer(status: 201, "CommandResult", "Done, and on disk.")
        let done = answer("CommandResult", "Done, and on disk.")
        let write = Endpoint.Guard.key([.membersWrite])
        let read = Endpoint.Guard.key([.membersRead])
        let refusals: [ProblemType] = [.insufficientBalance, .unknownUnit, .transferRefused]
        func post(
            _ rest: String, _ operation: String, _ summary: String, detail: String = "",
            _ parameters: [Endpoint.Parameter] = [],
            body: String? = nil, _ success: Endpoint.Success, _ problems: [ProblemType],
            _ handle: @escaping @Sendable (Call) async throws -> Reply
        ) -> Endpoint {
            Endpoint(
                .post, "/v1/members/{member}/" + rest, operation: operation, tag: "Sharing", summary: summary,
                detail: detail, access: write, parameters: [member] + parameters, body: body.map { json($0) },
                success: [success], problems: [.notFound] + problems, isKeyed: true, handle: handle)
        }
        return [
            post(
                "transfers", "transfer", "Give a member's points to another member",
                detail: """
                    Only where the unit says `transfers: { allowed: any }`. What arrives keeps the dates of the sender's \
                    points; pending points cannot be given. Both statements have it, or neither.
                    """, body: "TransferRequest", created, refusals, controller.transfer),
            post(
                "gifts", "offerGift", "Set points aside for whoever has the code",
                detail: """
                    The code is in this answer and nowhere else: the server keeps its keyed hash. A gift that is not \
                    accepted by its deadline returns. A gift carries no text.
                    """, body: "UnitAmount", answer(status: 201, "GiftOffer", "The gift and its code."), refusals,
                controller.offerGift),
            post(
                "gifts/accept", "acceptGift", "Take a gift", body: "CodeRequest", created, [.holdEnded],
                controller.acceptGift),
            post(
                "gifts/{gift}/withdraw", "withdrawGift", "Take a gift back that nobody has accepted", [gift], done,
                [.holdEnded], controller.withdrawGift),
            post(
                "wallets", "openWallet", "Open a shared wallet",
                detail: """
                    Its code lets others join. What members earn of the units that its kind pools goes to the wallet for \
                    as long as they belong to it.
                    """, body: "WalletRequest",
                answer(status: 201, "WalletAnswer", "The wallet and the code with which others join."),
                [.walletRefused], controller.open),
            Endpoint(
                .get, "/v1/members/{member}/wallets", operation: "listWallets", tag: "Sharing",
                summary: "The shared wallets that a member belongs to", access: read, parameters: [member],
                success: [answer("Wallets", "All of them.")], problems: [.notFound], handle: controller.list),
            post(
                "wallets/join", "joinWallet", "Join a shared wallet with its code", body: "CodeRequest",
                answer(status: 201, "WalletAnswer", "Joined."), [.walletRefused], controller.join),
            Endpoint(
                .get, "/v1/members/{member}/wallets/{wallet}", operation: "getWallet", tag: "Sharing",
                summary: "A shared wallet as the member sees it",
                detail: "Of the other members only what they gave, and only if they agreed.", access: read,
                parameters: [member, wallet], success: [answer("Wallet", "The wallet.")], problems: [.notFound],
                handle: controller.get),
            Endpoint(
                .patch, "/v1/members/{member}/wallets/{wallet}", operation: "changeWallet", tag: "Sharing",
                summary: "Say whether the others see what the member gave", access: write,
                parameters: [member, wallet], body: json("WalletChange"),
                success: [answer("WalletAnswer", "Changed, and on disk.")], problems: [.notFound], isKeyed: true,
                handle: controller.change),
            post(
                "wallets/{wallet}/leave", "leaveWallet", "Leave a shared wallet",
                detail: "Who is the last takes along what is in it.", [wallet],
                answer("WalletAnswer", "Left, and on disk."), [.walletRefused], controller.leave),
            post(
                "wallets/{wallet}/invitation", "renewInvitation", "Make a new code; the one before opens nothing",
                [wallet], answer(status: 201, "WalletAnswer", "The new code."), [.walletRefused], controller.renew),
            post(
                "wallets/{wallet}/owner", "handWalletOver", "Make another member the owner", [wallet],
                body: "MemberRequest", answer("WalletAnswer", "Done, and on disk."), [.walletRefused],
                controller.handOver),
            post(
                "wallets/{wallet}/donations", "donateToWallet", "Give of the member's own to the wallet", [wallet],
                body: "UnitAmount", created, refusals, controller.donate),
            post(
                "wallets/{wallet}/draws", "drawFromWallet", "Take from the wallet, to spend it",
                detail: "Every member may, or only the owner, as the wallet's kind says.", [wallet],
                body: "UnitAmount", created, refusals + [.walletRefused], controller.draw),
        ]
    }
}
