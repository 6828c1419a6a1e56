import Primitives
import Testing

@testable import Loyalty

/// Cohorts, prizes, the end of periods and teams: read, written back, compared; and what is wrong with them, with its place.
@Suite struct BoardTermsDocumentTests {
    private func document(board: String = "", challenge: String = "") throws -> ProgrammeDocument {
        let root = """
            programme: small
            name: Small
            languages: [en]
            units: { ink: { name: ink }, gold: { name: gold } }
            tiers: { unit: status, levels: { silver: { at: 2, name: Silver } } }
            traits: { region: text }
            badges: { best: { name: Best, why: You did. } }
            wallets: { club: { name: Club, max-members: 9 }, household: { name: Household } }

            """.replacing("units: { ink", with: "units: { status: { name: status, kind: status }, ink")
        var bundle: [String: String] = [
            "programme.yaml": root, "events/read.yaml": "event: read\nfields: {}\n",
            "rules/read.yaml": """
            rule: read
            trigger: read
            then: [{ award: { amount: 1, unit: ink } }]
            why: You read.

            """,
            "challenges/mine.yaml": "challenge: mine\nname: Mine\ncount: read\ntarget: 3\nevery: week\nwhy: Read.\n",
        ]
        if !board.isEmpty { bundle["leaderboards/best.yaml"] = board }
        bundle["challenges/relay.yaml"] =
            "challenge: relay\nname: Relay\ncount: read\ntarget: 20\nevery: week\nwhy: Together.\n"
            + (challenge.isEmpty ? "team: club\n" : challenge)
        return try ProgrammeDocument(bundle)
    }

    private static let base = "leaderboard: best\nname: Best\nwhy: x\n"

    private static let full = """
        leaderboard: best
        name: Best
        why: x
        points: ink
        every: month
        by: { trait: region, values: [north, south] }
        finish-after: 36 hours
        keep: 6
        prizes:
          - places: 1
            reward: [{ award: { amount: 100, unit: gold } }, { badge: best }]
          - share: 0.1
            reward: [{ award: { amount: 40, unit: gold } }]
        ties: split
        budget: 500

        """

    @Test func whatIsWrittenReadsBack() throws {
        let programme = try document(board: Self.full).programme()
        let board = try #require(programme.leaderboards.first)
        #expect(board.cohort == .trait("region", values: ["north", "south"]))
        #expect(board.finishAfter == .milliseconds(36 * 3_600_000) && board.keep == 6)
        #expect(
            board.prizes == [
                BoardPrize(reach: .places(1), reward: [.award(amount: "100", unit: "gold"), .badge("best")]),
                BoardPrize(reach: .share(1_000), reward: [.award(amount: "40", unit: "gold")]),
            ])
        #expect(board.ties == .split && board.budget == 500)
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
    }

    @Test(arguments: ["tier", "join-month"]) func cohortsByWordReadBack(by: String) throws {
        let programme = try document(board: Self.base + "points: ink\nby: \(by)\n").programme()
        #expect(programme.leaderboards.first?.cohort == (by == "tier" ? .tier : .joinMonth))
        #expect(try ProgrammeDocument.export(programme).programme() == programme)
    }

    @Test func teamsReadBack() throws {
        let board = Self.base + "progress: relay\nteams: club\n"
        let short = try document(board: board).programme()
        #expect(short.challenges.first { $0.id == "relay" }?.team == TeamTerms(wallet: "club"))
        #expect(short.leaderboards.first?.teams == "club")
        #expect(try ProgrammeDocument.export(short).programme() == short)
        let long = try document(
            board: board,
            challenge: "team: { wallet: club, gives: contributors, at-least: 2, minimum: 5 }\n"
        ).programme()
        #expect(
            long.challenges.first { $0.id == "relay" }?.team
                == TeamTerms(wallet: "club", gives: .contributors, least: 2, minimum: 5))
        #expect(try ProgrammeDocument.export(long).programme() == long)
        #expect(
            ProgrammeDiff(from: short, to: long).changes.map { "\($0.kind) \($0.thing) \($0.field)" }.count >= 1)
    }

    @Test func theDifferenceSaysWhichTerm() throws {
        let programme = try document(board: Self.full).programme()
        func fields(_ change: (inout Leaderboard) -> Void) -> [String] {
            var other = programme
            change(&other.leaderboards[0])
            return ProgrammeDiff(from: programme, to: other).changes.map { "\($0.thing) \($0.field)" }
        }
        #expect(fields { $0.cohort = .tier }.allSatisfy { $0.hasPrefix("leaderboard by") })
        #expect(fields { $0.cohort = .tier }.isEmpty == false)
        #expect(fields { $0.finishAfter = Leaderboard.standardFinishAfter } == ["leaderboard finish-after"])
        #expect(fields { $0.keep = 5 } == ["leaderboard keep"])
        #expect(fields { $0.ties = .each } == ["leaderboard ties"])
        #expect(fields { $0.budget = 400 } == ["leaderboard budget"])
        let prizes = fields { $0.prizes[0].reach = .places(2) }
        #expect(!prizes.isEmpty && prizes.allSatisfy { $0.hasPrefix("leaderboard prizes") })
        var other = programme
        for index in other.challenges.indices { other.challenges[index].team?.wallet = "household" }
        let team = ProgrammeDiff(from: programme, to: other).changes
        #expect(!team.isEmpty && team.allSatisfy { $0.thing == "challenge" && $0.field.hasPrefix("team") })
    }

    private static let boardMistakes: [(String, String, Int, Int)] = [
        ("points: ink\nby: taste\n", "is not", 5, 5),
        ("points: ink\nby: { trait: colour, values: [a] }\n", "There is no trait 'colour'.", 5, 5),
        ("points: ink\nby: { trait: region, values: [a, a] }\n", "The value 'a' is taken.", 5, 34),
        ("points: ink\nby: { trait: region, values: [other] }\n", "The value 'other' is taken.", 5, 31),
        ("points: ink\nby: { trait: region, values: [] }\n", "A trait makes 1 to 50 cohorts.", 5, 30),
        ("points: ink\nfinish-after: 40 days\n", "The standings are fixed within 31 days.", 5, 15),
        ("points: ink\nfinish-after: 2 months\n", "The standings are fixed within 31 days.", 5, 15),
        ("points: ink\nkeep: 0\n", "1", 5, 7),
        ("points: ink\nties: split\n", "'ties' is about prizes, and there are none.", 5, 7),
        ("points: ink\nbudget: 5\n", "'budget' is about prizes, and there are none.", 5, 9),
        ("points: ink\nevery: ever\nkeep: 3\n", "A board without periods has no end.", 6, 7),
        (
            "points: ink\nprizes:\n  - reward: [{ badge: best }]\n", "A prize says how far down it reaches.", 6, 5
        ),
        (
            "points: ink\nprizes:\n  - places: 1\n    share: 0.1\n    reward: [{ badge: best }]\n",
            "A prize says how far down it reaches.", 6, 5
        ),
        (
            "points: ink\nprizes:\n  - places: 1\n    reward: [{ award: { amount: 1, unit: ink } }, { award: { amount: 1, unit: gold } }]\n",
            "A prize gives one award.", 7, 13
        ),
        (
            "points: ink\nprizes:\n  - places: 1\n    reward: [{ award: { amount: event.points, unit: ink } }]\n",
            "What a prize gives is a number", 7, 0
        ),
        ("points: ink\nprizes:\n  - places: 1\n    reward: [{ badge: none }]\n", "There is no badge 'none'.", 7, 0),
        (
            "points: ink\nprizes:\n  - places: 1\n    reward: [{ award: { amount: 1, unit: ink } }]\n  - places: 2\n    reward: [{ award: { amount: 1, unit: gold } }]\nbudget: 9\n",
            "The prizes under one budget are of one unit.", 10, 9
        ),
        ("points: ink\nteams: club\n", "Teams are ranked by a challenge of theirs.", 5, 8),
        ("progress: mine\nteams: club\n", "Teams are ranked by a challenge of theirs.", 5, 8),
        ("progress: relay\nteams: household\n", "Teams are ranked by a challenge of theirs.", 5, 8),
        ("progress: relay\nteams: nobody\n", "There is no kind of wallet 'nobody'.", 5, 8),
        ("progress: relay\nteams: club\nby: join-month\n", "Teams have no cohorts.", 6, 5),
    ]

    @Test(arguments: boardMistakes)
    func aBoardsMistakesHaveAPlace(terms: String, says: String, line: Int, column: Int) throws {
        let errors = try document(board: Self.base + terms).check().errors
        let found = errors.first { $0.message.contains(says) && $0.path == "leaderboards/best.yaml" }
        let problem = try #require(found, "\(errors)")
        #expect(problem.line == line, "\(problem)")
        if column > 0 { #expect(problem.column == column, "\(problem)") }
    }

    private static let teamMistakes: [(String, String, Int, Int)] = [
        ("team: nobody\n", "There is no kind of wallet 'nobody'.", 7, 7),
        ("team: { gives: each }\n", "wallet", 7, 0),
        ("team: { wallet: club, gives: all }\n", "'all' is not", 7, 30),
        ("team: { wallet: club, gives: each, at-least: 2 }\n", "'at-least' says who is a contributor.", 7, 46),
        ("team: { wallet: club, minimum: 0 }\n", "1", 7, 32),
        ("team: { wallet: club, most: 3 }\n", "most", 7, 0),
        ("team: club\njoin: member\n", "A team's challenge cannot have 'join'.", 8, 7),
    ]

    @Test(arguments: teamMistakes)
    func aTeamsMistakesHaveAPlace(terms: String, says: String, line: Int, column: Int) throws {
        let errors = try document(challenge: terms).check().errors
        let found = errors.first { $0.message.contains(says) && $0.path == "challenges/relay.yaml" }
        let problem = try #require(found, "\(errors)")
        #expect(problem.line == line, "\(problem)")
        if column > 0 { #expect(problem.column == column, "\(problem)") }
    }
}
