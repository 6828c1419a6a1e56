import Access
import HTTPTypes
import Loyalty
import Primitives

extension RouteTable {
    func pressure(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = PressureController(engine: services.engine, idempotency: idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/pressure", operation: "getMemberPressure", tag: "Pressure",
                summary: "How much the programme may urge a member, and how much it did",
                detail: """
                    Only what urges counts: what will expire or end, offers, wishes in reach, nudges. Thanks, \
                    congratulations, receipts and what a member must know are never held back.
                    """,
                access: .key([.membersRead]), parameters: [member],
                success: [answer("MemberPressure", "The budget, and what was drawn on it.")],
                handle: controller.get),
            Endpoint(
                .put, "/v1/members/{member}/pressure", operation: "choosePressure", tag: "Pressure",
                summary: "Choose how much the programme may urge a member",
                detail: """
                    `less` is at most one in any seven days, `off` is nothing at all. It holds from the next decision on, \
                    and costs no points.
                    """,
                access: .key([.membersWrite]), parameters: [member], body: json("PressureChoice"),
                success: [answer("MemberReference", "Changed, and on disk.")], isKeyed: true,
                handle: controller.choose),
            Endpoint(
                .get, "/v1/pressure", operation: "getPressure", tag: "Pressure",
                summary: "The pressure budget of the programme, and how much it held back",
                detail: """
                    Figures are in steps of \(PublishedCount.least), and absent or `null` below: nobody's days can be \
                    read from them. Why something was held back from one member is in their history.
                    """,
                access: .key([.aggregatesRead]), success: [answer("PressureFigures", "The last 30 days.")],
                handle: controller.figures),
        ]
    }
}

extension Schemas {
    static var pressure: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        let most = JSONSchema.described(JSONSchema.orNull(count), "`null` for no end.")
        let clock = JSONSchema.text()
        let terms: [(String, JSONValue)] = [
            ("per_day", most), ("per_week", most),
            (
                "quiet",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.object([("from", clock), ("until", clock)])),
                    "Hours in which nothing urges, on the member's own clock.")
            ),
            (
                "counts",
                JSONSchema.described(
                    JSONSchema.array(JSONSchema.choice(Urging.Kind.allCases.map(\.rawValue))),
                    "What draws on the budget, the most useful first.")
            ),
        ]
        let choice = JSONSchema.choice(UrgingChoice.allCases.map(\.name))
        return [
            ("PressureChoice", JSONSchema.object([("choice", choice)], required: ["choice"])),
            (
                "MemberPressure",
                JSONSchema.object(
                    [("member", JSONSchema.uuid), ("choice", choice)] + terms + [
                        ("said_today", count),
                        ("said_this_week", JSONSchema.described(count, "In the last seven days.")),
                        ("withheld", JSONSchema.described(count, "In the last 30 days.")),
                    ])
            ),
            (
                "PressureFigures",
                JSONSchema.object(
                    terms + [
                        ("days", count), ("withheld", JSONSchema.orNull(count)),
                        (
                            "sources",
                            JSONSchema.array(
                                JSONSchema.object([("source", JSONSchema.text()), ("withheld", count)]))
                        ),
                    ])
            ),
        ]
    }
}
