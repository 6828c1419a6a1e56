import Access
import HTTPTypes
import Loyalty
import Primitives

extension RouteTable {
    func measures() -> [Endpoint] {
        let controller = MeasuresController(engine: services.engine)
        return [
            Endpoint(
                .get, "/v1/measures/{measure}", operation: "getMeasure", tag: "Measures",
                summary: "How a behaviour has changed, over members",
                detail: """
                    Every figure rests on at least `minimum` members; what rests on fewer, or would tell such a figure, is \
                    `null`. Changes are against each member's own beginning, with 95 % intervals; `effect` is the change of \
                    the treated less that of the held-out.
                    """,
                access: .key([.aggregatesRead]),
                parameters: [
                    path("measure", "A measure of the programme.", JSONSchema.text(atMost: 64, atLeast: 1))
                ], success: [answer("MeasureFigures", "The figures now.")], problems: [.notFound],
                handle: controller.get),
            Endpoint(
                .get, "/v1/members/{member}/measures", operation: "getMemberMeasures", tag: "Measures",
                summary: "A member's own beginning, and where they are now",
                access: .key([.membersRead]),
                parameters: [path("member", "The member's pseudonym in this programme.")],
                success: [answer("MemberMeasures", "All measures of the programme.")], handle: controller.own),
        ]
    }
}

extension Schemas {
    static var measures: [(String, JSONValue)] {
        let share = JSONSchema.orNull(JSONSchema.number)
        let cell = JSONSchema.orNull(JSONSchema.ref("MeasureCell"))
        return [
            (
                "MeasureCell",
                JSONSchema.object([
                    ("members", JSONSchema.integer(from: 0)), ("baseline", JSONSchema.number),
                    ("since", JSONSchema.number), ("change", JSONSchema.number), ("low", JSONSchema.number),
                    ("high", JSONSchema.number),
                ])
            ),
            (
                "MeasureFigures",
                JSONSchema.object([
                    ("measure", JSONSchema.text()), ("minimum", JSONSchema.integer(from: 1)),
                    ("baseline_weeks", JSONSchema.integer(from: 1)), ("all", cell), ("treated", cell),
                    ("held_out", cell),
                    (
                        "effect",
                        JSONSchema.orNull(
                            JSONSchema.object([
                                ("change", JSONSchema.number), ("low", JSONSchema.number), ("high", JSONSchema.number),
                            ]))
                    ),
                    (
                        "groups",
                        JSONSchema.array(JSONSchema.object([("group", JSONSchema.text()), ("cell", cell)]))
                    ),
                ])
            ),
            (
                "MemberMeasures",
                JSONSchema.object([
                    ("member", JSONSchema.uuid),
                    (
                        "measures",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("measure", JSONSchema.text()), ("baseline", share), ("since", share),
                                ("change", share), ("baseline_ends", JSONSchema.orNull(JSONSchema.day)),
                            ]))
                    ),
                ])
            ),
        ]
    }
}
