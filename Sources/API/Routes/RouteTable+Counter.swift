import Access
import HTTPTypes
import Primitives

/// The counter: tills and front desks.
extension RouteTable {
    func counter(_ wording: EffectWording) -> [Endpoint] {
        let controller = CounterController(
            engine: services.engine, cards: services.cards, tills: services.tills, wording: wording,
            limits: CounterLimits(), random: services.random)
        let access = Endpoint.Guard.key([.counter])
        let result = answer("CounterResult", "Done, and on disk.")
        func operation(
            _ name: String, _ summary: String, _ detail: String, _ schema: String, problems: [ProblemType] = [],
            _ handle: @escaping @Sendable (Call) async throws -> Reply
        ) -> Endpoint {
            Endpoint(
                .post, "/v1/counter/\(name)",
                operation: "counter\(name.prefix(1).uppercased())\(name.dropFirst())", tag: "Counter",
                summary: summary, detail: detail, access: access, parameters: [languages], body: json(schema),
                success: [result], problems: problems + [.notFound], handle: handle)
        }
        return [
            Endpoint(
                .post, "/v1/counter/lookup", operation: "counterLookup", tag: "Counter",
                summary: "Who shows this code, as far as a till must know",
                detail: """
                    The code of a member's card changes every 30 seconds and counts once; the one before and the one \
                    after are accepted too. The answer's `visit` speaks for the member at this till for ten minutes. \
                    Codes that are of no card are limited per till and per programme.
                    """,
                access: access, parameters: [languages], body: json("CounterLookup"),
                success: [answer("CounterVisit", "The tier, one line, and what can be redeemed.")],
                problems: [.notFound, .codeUsed, .rateLimited], handle: controller.lookup),
            operation(
                "earn", "Take an event that happened at the counter",
                "Its channel is `counter` and its source this till; `id` makes it count once. The programme names the "
                    + "event types that a till may send.",
                "CounterEarn", controller.earn),
            operation(
                "redeem", "Set the price of a reward aside for whoever stands here",
                "`id` makes it count once.", "CounterRedeem", problems: [.insufficientBalance, .outOfStock],
                controller.redeem),
            operation(
                "confirm", "Hand a redemption out", "Asking again changes nothing.", "CounterReceipt",
                problems: [.holdEnded], controller.confirm),
            operation(
                "refund", "Take back what a receipt is of",
                "A redemption that is not handed out yet is cancelled, one that is comes back on the terms of its "
                    + "reward; what an event gave is reversed. Asking again changes nothing.",
                "CounterReceipt", problems: [.holdEnded, .notReversible, .fulfilmentOrder],
                controller.refund),
            Endpoint(
                .post, "/v1/counter/batch", operation: "counterBatch", tag: "Counter",
                summary: "Take what a till did while it was offline",
                detail: """
                    Each operation has its own `id` and the time at which it happened, and is judged by that time: a \
                    code that was right when it was scanned is right. Each has its own result, in order, and counts \
                    once. What is later than the programme's lateness is refused.
                    """,
                access: access, parameters: [languages], body: json("CounterBatch"),
                success: [answer("CounterResults", "One result per operation, in the order of the request.")],
                handle: controller.batch),
        ]
    }
}
