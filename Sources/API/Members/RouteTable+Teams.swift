import Access
import HTTPTypes
import Primitives
import Runtime

/// Challenges of teams, finished periods of leaderboards, and friends on them.
extension RouteTable {
    private func teamsController(_ idempotency: Idempotency) -> TeamsController {
        let wording = EffectWording(host: services.engine.host)
        return TeamsController(
            members: MembersController(
                engine: services.engine, persons: services.persons, erasure: services.erasure, idempotency: idempotency,
                wording: wording, random: services.random),
            boards: LeaderboardsController(engine: services.engine, idempotency: idempotency, wording: wording))
    }

    func teams(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = teamsController(idempotency)
        let member = path("member", "The member's pseudonym in this programme.")
        let read = Endpoint.Guard.key([.membersRead])
        let write = Endpoint.Guard.key([.membersWrite])
        let board = path("leaderboard", "A leaderboard of the programme.", JSONSchema.text(atMost: 64, atLeast: 1))
        let whose = Endpoint.Parameter(
            name: "member", place: .query, isRequired: false,
            meaning: "Whoever looks: their own place comes too, and of cohorts only the one they were in.",
            schema: JSONSchema.uuid)
        let limit = Endpoint.Parameter(
            name: "limit", place: .query, isRequired: false, meaning: "The most periods, the latest first.",
            schema: JSONSchema.integer(from: 1, to: Int64(TeamsController.maximumPeriods)))
        return [
            Endpoint(
                .get, "/v1/members/{member}/teams", operation: "listTeams", tag: "Teams",
                summary: "Challenges of a member's teams",
                detail: """
                    What others did is told only of those who show it. In a team smaller than the challenge's `minimum` \
                    the sum comes in quarters of the target, since the rest would be the others' part.
                    """, access: read, parameters: [member], success: [answer("Teams", "Those that run today.")],
                problems: [.notFound], handle: controller.teams),
            Endpoint(
                .get, "/v1/leaderboards", operation: "listLeaderboards", tag: "Leaderboards",
                summary: "The leaderboards of the programme",
                detail: "With the cohorts that have enough participants to be shown.", access: read,
                parameters: [languages], success: [answer("Leaderboards", "All of them.")], handle: controller.list),
            Endpoint(
                .get, "/v1/leaderboards/{leaderboard}/finished", operation: "listFinishedPeriods", tag: "Leaderboards",
                summary: "Finished periods with their prizes",
                detail: """
                    A period is fixed `finish-after` its end in the latest time zone. What comes later changes counters, \
                    not standings. Whoever leaves the board is gone from here too; the ranks of the others stay.
                    """, access: read, parameters: [board, whose, limit, languages],
                success: [answer("FinishedPeriods", "The latest first.")], problems: [.notFound],
                handle: controller.finished),
            Endpoint(
                .get, "/v1/members/{member}/friends", operation: "listFriends", tag: "Teams",
                summary: "Those with whom a member agreed to see each other on leaderboards", access: read,
                parameters: [member], success: [answer("Friends", "Their pseudonyms.")], problems: [.notFound],
                handle: controller.friends),
            Endpoint(
                .post, "/v1/members/{member}/friends/code", operation: "offerFriendship", tag: "Teams",
                summary: "A code that connects another member with this one",
                detail: """
                    It connects one, within seven days, and ends the code before. It is in this answer and nowhere else: \
                    the server keeps its keyed hash.
                    """, access: write, parameters: [member],
                success: [answer(status: 201, "FriendCode", "The code.")], problems: [.notFound], isKeyed: true,
                handle: controller.offer),
            Endpoint(
                .post, "/v1/members/{member}/friends", operation: "acceptFriendship", tag: "Teams",
                summary: "Connect a member with whoever gave them the code",
                detail: "Each sees the other on boards on which both take part, under the names drawn there.",
                access: write, parameters: [member], body: json("CodeRequest"),
                success: [answer(status: 201, "MemberReference", "Connected, and on disk.")],
                problems: [.notFound, .transferRefused], isKeyed: true, handle: controller.accept),
            Endpoint(
                .delete, "/v1/members/{member}/friends/{friend}", operation: "endFriendship", tag: "Teams",
                summary: "Take two members apart, whoever of them asks", access: write,
                parameters: [member, path("friend", "The other's pseudonym.")], success: [Self.gone],
                problems: [.notFound], isKeyed: true, handle: controller.part),
        ]
    }
}
