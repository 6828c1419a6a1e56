import Access
import HTTPTypes
import Loyalty
import Personalisation
import Primitives

extension RouteTable {
    func profiling(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = ProfilingController(engine: services.engine, idempotency: idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/profiling", operation: "getProfiling", tag: "Members",
                summary: "How far profiling goes for a member, by purpose", access: .key([.membersRead]),
                parameters: [member], success: [answer("Profiling", "What the member chose.")],
                handle: controller.get),
            Endpoint(
                .put, "/v1/members/{member}/profiling", operation: "chooseProfiling", tag: "Members",
                summary: "Choose how far profiling goes for a member, by purpose",
                detail: """
                    `level` is the one switch for everything; `levels` says it by purpose, and goes before it. What is \
                    absent stays as it is. It holds from the next request on, costs no points, and what is kept on a level \
                    that no purpose has any more is gone when the answer comes.
                    """,
                access: .key([.membersWrite]), parameters: [member], body: json("ProfilingChange"),
                success: [answer("Profiling", "Changed, and on disk.")], problems: [.conditionNotMet], isKeyed: true,
                handle: controller.choose),
        ]
    }
}

extension Schemas {
    static var profiling: [(String, JSONValue)] {
        let level = JSONSchema.choice(PrivacyLevel.allCases.map(\.rawValue))
        let levels = ProfilingPurpose.allCases.map { ($0.rawValue, level) }
        let surprise = JSONSchema.described(
            ["type": "integer", "enum": .array(SurpriseShare.allCases.map { .integer($0.rawValue) })],
            "How many percent of what is suggested come from outside what fits.")
        return [
            (
                "Profiling",
                JSONSchema.object([
                    ("member", JSONSchema.uuid), ("levels", JSONSchema.object(levels)),
                    (
                        "kept_at",
                        JSONSchema.described(level, "At which level the record is kept: the highest of the purposes.")
                    ),
                    ("surprise", surprise),
                    (
                        "asked",
                        JSONSchema.described(JSONSchema.boolean, "Whether the member has answered the one question.")
                    ),
                    ("paused", JSONSchema.boolean),
                    (
                        "paused_until",
                        JSONSchema.described(
                            JSONSchema.orNull(JSONSchema.time), "`null` without a pause, and for one without an end.")
                    ),
                ])
            ),
            (
                "ProfilingChange",
                JSONSchema.object(
                    [
                        ("level", JSONSchema.described(level, "For every purpose.")),
                        ("levels", JSONSchema.object(levels, required: [])), ("surprise", surprise),
                        (
                            "pause",
                            JSONSchema.described(
                                JSONSchema.choice(ProfilingChange.Pause.allCases.map(\.rawValue)),
                                "`today`: until the member's day ends; `open`: until `none` is sent.")
                        ),
                        ("asked", JSONSchema.described(JSONSchema.boolean, "Absent: a choice of levels is an answer.")),
                    ], required: [])
            ),
        ]
    }
}
