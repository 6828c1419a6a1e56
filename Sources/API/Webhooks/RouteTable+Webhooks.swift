import Access
import HTTPTypes
import Primitives
import Runtime

/// Webhooks.
extension RouteTable {
    func webhooks(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = WebhooksController(
            engine: services.engine, desk: services.webhooks, idempotency: idempotency, random: services.random)
        let webhook = path("webhook", "The webhook's name in the programme.", JSONSchema.text(atLeast: 1))
        return [
            Endpoint(
                .get, "/v1/webhooks", operation: "listWebhooks", tag: "Webhooks",
                summary: "The programme's webhooks and how they are doing", access: .key([.programmeRead]),
                success: [answer("Webhooks", "All of them.")], handle: controller.list),
            Endpoint(
                .get, "/v1/webhooks/{webhook}/deliveries", operation: "listDeliveries", tag: "Webhooks",
                summary: "What was sent to a webhook, the newest first",
                detail: """
                    The last \(WebhookPolicy.keptRows) attempts of seven days: number, type, answer, duration and size; \
                    never what a message said or what was answered.
                    """, access: .key([.programmeRead]), parameters: [webhook] + paging,
                success: [answer("Deliveries", "A page of attempts.")], problems: [.notFound],
                handle: controller.deliveries),
            Endpoint(
                .post, "/v1/webhooks/{webhook}/redeliveries", operation: "redeliver", tag: "Webhooks",
                summary: "Send messages again",
                detail: """
                    One `message` is sent at once, outside the order. With `since`, everything from that moment on goes \
                    into the queue again, in order. Each keeps its `webhook-id`, by which receivers know repeats. \
                    Messages are kept for five days.
                    """, access: .key([.programmeWrite]), parameters: [webhook], body: json("RedeliveryOrder"),
                success: [answer(status: 201, "Redelivery", "Sent, or in the queue.")],
                problems: [.notFound, .contradiction], isKeyed: true, handle: controller.redeliver),
            Endpoint(
                .post, "/v1/webhooks/{webhook}/tests", operation: "testWebhook", tag: "Webhooks",
                summary: "Send a test message", detail: "Signed, of the type `\(WebhookDesk.test)`, about nobody.",
                access: .key([.programmeWrite]), parameters: [webhook],
                success: [answer(status: 201, "Delivery", "What came of it.")], problems: [.notFound], isKeyed: true,
                handle: controller.test),
        ]
    }
}

extension Schemas {
    static var webhooks: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let moment = JSONSchema.orNull(JSONSchema.time)
        let delivery = JSONSchema.object([
            ("message", JSONSchema.described(JSONSchema.text(), "The header `webhook-id`.")),
            ("type", JSONSchema.described(JSONSchema.text(), "As the message says: `effect`, `reversal`, a test.")),
            ("at", JSONSchema.time),
            ("attempt", JSONSchema.described(count, "From 1; 0 for one that somebody asked for.")),
            ("status", JSONSchema.orNull(JSONSchema.integer(from: 100, to: 999))),
            (
                "problem",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.choice(WebhookResult.Problem.allCases.map(\.rawValue))),
                    "Why there was no answer.")
            ), ("milliseconds", count), ("bytes", JSONSchema.described(count, "Of the body.")),
        ])
        let webhook = JSONSchema.object([
            ("id", JSONSchema.text()), ("url", JSONSchema.text()),
            (
                "state",
                JSONSchema.described(
                    JSONSchema.choice(["unused", "healthy", "failing", "gone", "off"]),
                    "`gone` after an answer 410, `off` after five days without a message taken: nothing is sent then.")
            ), ("failing_since", moment), ("waiting_until", moment), ("last_taken", moment), ("backlog", count),
            ("backlog_is_more", JSONSchema.described(JSONSchema.boolean, "Whether more wait than were counted.")),
            (
                "set_aside",
                JSONSchema.described(count, "Messages that were refused for so long that the others went on.")
            ),
        ])
        return [
            ("Webhook", webhook),
            ("Webhooks", JSONSchema.object([("data", JSONSchema.array(JSONSchema.ref("Webhook")))])),
            ("Delivery", delivery), ("Deliveries", JSONSchema.page(JSONSchema.ref("Delivery"))),
            (
                "RedeliveryOrder",
                JSONSchema.object(
                    [
                        (
                            "message",
                            JSONSchema.described(JSONSchema.text(atMost: 200, atLeast: 1), "Its `webhook-id`.")
                        ),
                        ("since", JSONSchema.time),
                    ], required: [])
            ),
            (
                "Redelivery",
                JSONSchema.object([
                    ("delivery", JSONSchema.orNull(JSONSchema.ref("Delivery"))),
                    (
                        "queued",
                        JSONSchema.described(
                            JSONSchema.boolean, "Whether something that was sent before stands in the queue again.")
                    ),
                ])
            ),
        ]
    }
}
