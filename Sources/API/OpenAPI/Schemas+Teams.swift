import Loyalty
import Primitives

extension Schemas {
    static var teams: [(String, JSONValue)] {
        let team = JSONSchema.object([
            ("challenge", JSONSchema.text()), ("kind", JSONSchema.text()),
            (
                "team",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.uuid), "The team's wallet; `null` for one who belongs to none.")
            ), ("members", JSONSchema.integer(from: 0)),
            (
                "own",
                JSONSchema.described(JSONSchema.integer(from: 0), "What the member added in the period themselves.")
            ), ("target", JSONSchema.integer(from: 1)),
            (
                "reached",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.integer(from: 0)), "`null` where it would tell what others did.")
            ), ("quarters", JSONSchema.integer(from: 0, to: 4)), ("complete", JSONSchema.boolean),
            ("gives", JSONSchema.choice(TeamTerms.Gives.allCases.map(\.rawValue))),
            ("at_least", JSONSchema.integer(from: 1)),
            (
                "others",
                JSONSchema.described(
                    JSONSchema.array(JSONSchema.integer(from: 1)), "What those added who show it, the most first.")
            ), ("ends_at", JSONSchema.orNull(JSONSchema.time)),
        ])
        let cohort = JSONSchema.object([
            ("cohort", JSONSchema.text()), ("participants", JSONSchema.integer(from: 1)),
        ])
        let board = JSONSchema.object([
            ("leaderboard", JSONSchema.text()), ("name", JSONSchema.text()),
            ("period", JSONSchema.choice(PeriodUnit.allCases.map(\.rawValue))),
            ("minimum", JSONSchema.integer(from: 2)),
            (
                "teams",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.text()), "The kind of shared wallet whose teams are ranked.")
            ), ("prizes", JSONSchema.integer(from: 0)), ("cohorts", JSONSchema.array(cohort)),
        ])
        let place = JSONSchema.object([
            ("rank", JSONSchema.integer(from: 1)), ("score", JSONSchema.integer(from: 1)),
            ("name", JSONSchema.text()), ("me", JSONSchema.boolean),
            (
                "prize",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.integer(from: 1)), "The how-manieth of the board's prizes.")
            ),
            (
                "amount",
                JSONSchema.described(JSONSchema.integer(from: 0), "What its award gave after ties and budget.")
            ),
        ])
        let period = JSONSchema.object([
            ("first_day", JSONSchema.day),
            ("end_day", JSONSchema.described(JSONSchema.day, "The first day that no longer belongs to it.")),
            ("cohort", JSONSchema.text()), ("finished_day", JSONSchema.day),
            (
                "version",
                JSONSchema.described(
                    JSONSchema.integer(from: 1), "The version of the programme that was in force when it was fixed.")
            ),
            (
                "participants",
                JSONSchema.described(JSONSchema.integer(from: 0), "0 if they were fewer than the board's minimum.")
            ), ("prizes_given", JSONSchema.integer(from: 0)), ("prizes_open", JSONSchema.integer(from: 0)),
            ("prize_total", JSONSchema.integer(from: 0)), ("top", JSONSchema.array(place)),
            ("own", JSONSchema.orNull(place)),
        ])
        return [
            ("Teams", JSONSchema.page(team)), ("Leaderboards", JSONSchema.page(board)),
            ("FinishedPeriods", JSONSchema.page(period)),
            ("Friends", JSONSchema.page(JSONSchema.object([("friend", JSONSchema.uuid)]))),
            ("FriendCode", JSONSchema.object([("member", JSONSchema.uuid), ("code", JSONSchema.text())])),
        ]
    }
}
