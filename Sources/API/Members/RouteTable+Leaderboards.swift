import Access
import HTTPTypes
import Primitives

extension RouteTable {
    func leaderboards(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let controller = LeaderboardsController(
            engine: services.engine, idempotency: idempotency, wording: wording)
        let member = path("member", "The member's pseudonym in this programme.")
        let board = path(
            "leaderboard", "A leaderboard of the programme.", JSONSchema.text(atMost: 64, atLeast: 1))
        let changed = answer("MemberReference", "Changed, and on disk.")
        let limit = Endpoint.Parameter(
            name: "limit", place: .query, isRequired: false,
            meaning: "The most places from the first on; \(Page.standardLimit) if absent.",
            schema: JSONSchema.integer(from: 1, to: Int64(LeaderboardsController.maximumTop)))
        let whose = Endpoint.Parameter(
            name: "member", place: .query, isRequired: false,
            meaning: "Whoever looks: their own place comes too, and their day says which period it is.",
            schema: JSONSchema.uuid)
        let cohort = Endpoint.Parameter(
            name: "cohort", place: .query, isRequired: false,
            meaning: "The cohort shown to somebody who takes no part; whoever does sees their own.",
            schema: JSONSchema.text(atMost: LeaderboardsController.cohortLength))
        return teams(idempotency) + [
            Endpoint(
                .get, "/v1/leaderboards/{leaderboard}", operation: "getLeaderboard", tag: "Leaderboards",
                summary: "The first places of a leaderboard, and a member's own",
                detail: """
                    Names are drawn from word lists and lead back to nobody. Equal scores share a rank. With fewer \
                    participants than the board's `minimum` there are no ranks. Nobody is shown as one of the last.
                    """,
                access: .key([.membersRead]), parameters: [board, whose, cohort, limit, languages],
                success: [answer("Leaderboard", "The board now.")], problems: [.notFound], handle: controller.get),
            Endpoint(
                .put, "/v1/members/{member}/leaderboards/{leaderboard}", operation: "joinLeaderboard",
                tag: "Leaderboards", summary: "Put a member onto a leaderboard, because they asked for it",
                detail: "What they reached before counts too. Asking again changes nothing.",
                access: .key([.membersWrite]), parameters: [member, board], success: [changed], isKeyed: true,
                handle: controller.join),
            Endpoint(
                .delete, "/v1/members/{member}/leaderboards/{leaderboard}", operation: "leaveLeaderboard",
                tag: "Leaderboards", summary: "Take a member off a leaderboard",
                detail: "They are gone from it at once. Asking again changes nothing.",
                access: .key([.membersWrite]), parameters: [member, board], success: [Self.gone], isKeyed: true,
                handle: controller.leave),
            Endpoint(
                .post, "/v1/members/{member}/leaderboards/{leaderboard}/name", operation: "renameOnLeaderboard",
                tag: "Leaderboards", summary: "Draw another name for a member on a leaderboard",
                access: .key([.membersWrite]), parameters: [member, board], success: [changed], isKeyed: true,
                handle: controller.rename),
        ]
    }
}

extension Schemas {
    static var leaderboards: [(String, JSONValue)] {
        let place = JSONSchema.object([
            (
                "rank",
                JSONSchema.described(
                    JSONSchema.integer(from: 1), "One more than there are better scores: 1, 2, 2, 4.")
            ), ("score", JSONSchema.integer(from: 0)), ("name", JSONSchema.text()), ("me", JSONSchema.boolean),
        ])
        let own = JSONSchema.object([
            ("name", JSONSchema.text()), ("score", JSONSchema.integer(from: 0)),
            ("rank", JSONSchema.orNull(JSONSchema.integer(from: 1))), ("around", JSONSchema.array(place)),
            (
                "friends",
                JSONSchema.described(
                    JSONSchema.array(place), "The member among those friends who take part; empty without any.")
            ),
        ])
        return teams + [
            (
                "Leaderboard",
                JSONSchema.object([
                    ("leaderboard", JSONSchema.text()), ("name", JSONSchema.text()),
                    ("period", JSONSchema.choice(["day", "week", "month", "year", "ever"])),
                    (
                        "cohort",
                        JSONSchema.described(JSONSchema.text(), "Empty for a board that ranks everybody together.")
                    ),
                    (
                        "shows_ranks",
                        JSONSchema.described(JSONSchema.boolean, "Whether there are enough participants.")
                    ),
                    (
                        "participants",
                        JSONSchema.described(JSONSchema.integer(from: 0), "0 as long as no ranks are shown.")
                    ), ("top", JSONSchema.array(place)), ("taking_part", JSONSchema.boolean),
                    ("own", JSONSchema.orNull(own)),
                ])
            )
        ]
    }
}
