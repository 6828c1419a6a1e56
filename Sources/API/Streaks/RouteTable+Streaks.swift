import Access
import HTTPTypes
import Primitives

extension RouteTable {
    func streaks(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = StreaksController(engine: services.engine, idempotency: idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        let streak = path("streak", "A streak of the programme.", JSONSchema.text(atMost: 64, atLeast: 1))
        let changed = answer("MemberReference", "Changed, and on disk.")
        return [
            Endpoint(
                .get, "/v1/members/{member}/streaks", operation: "getStreaks", tag: "Streaks",
                summary: "How long a member's streaks are now",
                detail: "Exact at the moment of the answer, whether or not anything has run at the member's midnight.",
                access: .key([.membersRead]), parameters: [member],
                success: [answer("MemberStreaks", "All streaks of the programme.")], handle: controller.list),
            Endpoint(
                .put, "/v1/members/{member}/streaks/pause", operation: "pauseStreaks", tag: "Streaks",
                summary: "Lay all streaks of a member aside for some days",
                detail: """
                    A day of a pause never ends a streak; activity on it counts all the same. A pause may begin up to a \
                    week back, and lasts at most 92 days. It takes the place of one that goes on or lies ahead.
                    """,
                access: .key([.membersWrite]), parameters: [member], body: json("DaySpan"), success: [changed],
                problems: [.pauseOutOfRange, .contradiction], isKeyed: true, handle: controller.pause),
            Endpoint(
                .delete, "/v1/members/{member}/streaks/pause", operation: "resumeStreaks", tag: "Streaks",
                summary: "End a pause", detail: "Days that are over stay excused. Without a pause nothing changes.",
                access: .key([.membersWrite]), parameters: [member], success: [changed], isKeyed: true,
                handle: controller.resume),
            Endpoint(
                .put, "/v1/members/{member}/streaks/{streak}/goal", operation: "chooseStreakGoal", tag: "Streaks",
                summary: "Choose on how many days of a period a member wants to be active",
                detail: "It holds from the next period on, so that what the running one asks does not change.",
                access: .key([.membersWrite]), parameters: [member, streak], body: json("StreakGoal"),
                success: [changed], problems: [.unknownStreak, .goalNotOffered], isKeyed: true,
                handle: controller.goal),
            Endpoint(
                .get, "/v1/streaks/{streak}/repairs", operation: "listStreakRepairs", tag: "Streaks",
                summary: "Days on which nobody's streak ends", access: .key([.programmeRead]), parameters: [streak],
                success: [answer("StreakRepairs", "All of them, by day.")], problems: [.notFound],
                handle: controller.repairs),
            Endpoint(
                .post, "/v1/streaks/{streak}/repairs", operation: "repairStreak", tag: "Streaks",
                summary: "Excuse days for all members, after an outage",
                detail: """
                    The days are local days of each member. What was counted stays; runs that the days had ended go on, \
                    and milestones that they reach now are given. Sending the same days again changes nothing.
                    """,
                access: .key([.programmeWrite]), parameters: [streak], body: json("DaySpan"),
                success: [answer(status: 201, "StreakRepair", "Excused, for everybody.")],
                problems: [.notFound, .contradiction],
                isKeyed: true, handle: controller.repair),
        ]
    }
}

extension Schemas {
    static var streaks: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        return [
            (
                "DaySpan",
                JSONSchema.object([("from", JSONSchema.day), ("to", JSONSchema.day)], required: ["from", "to"])
            ),
            (
                "StreakGoal",
                JSONSchema.object([("days", JSONSchema.integer(from: 1, to: 31))], required: ["days"])
            ),
            (
                "MemberStreaks",
                JSONSchema.object([
                    ("member", JSONSchema.uuid),
                    (
                        "pause",
                        JSONSchema.described(
                            JSONSchema.orNull(JSONSchema.ref("DaySpan")), "The pause that goes on or lies ahead.")
                    ), ("streaks", JSONSchema.array(JSONSchema.ref("Streak"))),
                ])
            ),
            (
                "Streak",
                JSONSchema.object([
                    ("streak", JSONSchema.text()), ("every", JSONSchema.choice(["day", "week", "month"])),
                    ("current", JSONSchema.described(count, "In periods.")),
                    ("longest", JSONSchema.described(count, "The best so far; it stays.")),
                    ("start_day", JSONSchema.orNull(JSONSchema.day)),
                    ("freezes", JSONSchema.described(count, "Periods without activity that may come.")),
                    ("active", JSONSchema.described(JSONSchema.boolean, "Whether the running period counts already.")),
                    ("ends_at", JSONSchema.described(JSONSchema.time, "When the running period ends.")),
                    (
                        "progress",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("measure", JSONSchema.text()), ("amount", count), ("needs", count),
                            ]))
                    ),
                    (
                        "goal",
                        JSONSchema.described(
                            JSONSchema.orNull(
                                JSONSchema.object(
                                    [
                                        ("days", count), ("done", count), ("next", count), ("from", count),
                                        ("to", count),
                                    ], required: ["days", "done", "next"])),
                            "Active days of the running period, what holds from the next one on, and the choice.")
                    ), ("next_milestone", JSONSchema.orNull(count)),
                    (
                        "recent",
                        JSONSchema.array(
                            JSONSchema.object([
                                ("day", JSONSchema.day),
                                ("state", JSONSchema.choice(["active", "frozen", "excused", "empty", "open"])),
                            ]))
                    ),
                ])
            ),
            (
                "StreakRepair",
                JSONSchema.object([
                    ("streak", JSONSchema.text()), ("from", JSONSchema.day), ("to", JSONSchema.day),
                ])
            ), ("StreakRepairs", JSONSchema.page(JSONSchema.ref("StreakRepair"))),
        ]
    }
}
