import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Testing

@testable import API

/// Friends on leaderboards, challenges and boards of teams, finished periods, over HTTP.
@Suite struct TeamsTests {
    /// A version with a challenge and a board of teams, and prizes.
    private func together(_ world: World) async throws {
        var texts = TestProgramme.texts(world.post.name)
        texts["challenges/together.yaml"] = """
            challenge: together
            name: { en: Together, nl: Samen }
            count: donation.made
            target: 3
            every: week
            team: household
            reward:
              - award: { amount: 10, unit: ink }
            why: { en: Together., nl: Samen. }

            """
        texts["leaderboards/houses.yaml"] = """
            leaderboard: houses
            name: { en: Houses, nl: Huizen }
            progress: together
            teams: household
            minimum: 2
            why: { en: For fun., nl: Voor de lol. }

            """
        texts["leaderboards/most-ink.yaml"] = """
            leaderboard: most-ink
            name: { en: Most ink, nl: Meeste inkt }
            points: ink
            minimum: 2
            prizes:
              - places: 1
                reward: [{ award: { amount: 25, unit: ink } }]
            why: { en: For fun., nl: Voor de lol. }

            """
        let updates = ProgrammeUpdates(
            engine: world.engine, versions: world.versions, catalogue: world.catalogue)
        let outcome = try await updates.apply(
            ProgrammeDocument(texts), to: world.post, basedOn: 1, by: "test")
        let isApplied = if case .applied = outcome { true } else { false }
        #expect(isApplied, "\(outcome)")
    }

    @Test func friendsAreConnectedByACodeOnceAndTakenApartByEither() async throws {
        try await World.with { world, client in
            let key = world.keys.all
            let ann = try await MembersTests.give(30, to: "ann", world, client, id: "a")
            let bob = try await MembersTests.give(20, to: "bob", world, client, id: "b")
            for member in [ann, bob] {
                let path = "/v1/members/\(member)/leaderboards/most-ink"
                #expect(try await client.send(.put, path, key: key).status == 200)
            }
            let offer = "/v1/members/\(ann)/friends/code"
            let headers = ["Idempotency-Key": "offer"]
            let made = try await client.send(.post, offer, key: key, headers: headers)
            #expect(made.status == 201)
            let code = try #require(try made.json["code"]?.stringValue)
            // The same request again gives the same code.
            #expect(try await client.send(.post, offer, key: key, headers: headers).json["code"]?.stringValue == code)
            func accept(_ member: MemberID, _ code: String, _ id: String) async throws -> TestAnswer {
                try await client.send(
                    .post, "/v1/members/\(member)/friends", key: key, json: ["code": .string(code)],
                    headers: ["Idempotency-Key": id])
            }
            let own = try await accept(ann, code, "own")
            #expect(own.status >= 400)
            // Sent again it is answered again; a code connects once.
            for _ in 0..<2 {
                let accepted = try await accept(bob, code.lowercased(), "accept")
                #expect(accepted.status == 201)
                #expect(try accepted.json["member"]?.stringValue == bob.description)
            }
            #expect(try await accept(bob, code, "again").status == 404)
            func friends(_ member: MemberID) async throws -> JSONValue? {
                let answer = try await client.send(.get, "/v1/members/\(member)/friends", key: key)
                #expect(answer.status == 200)
                return try answer.json["data"]
            }
            #expect(try await friends(ann)?[0]?["friend"]?.stringValue == bob.description)
            #expect(try await friends(bob)?[0]?["friend"]?.stringValue == ann.description)
            let board = try await client.send(.get, "/v1/leaderboards/most-ink?member=\(bob)", key: key).json
            #expect(board["own"]?["friends"]?[0]?["score"] == 30)
            #expect(board["own"]?["friends"]?[1]?["me"] == true)
            let end = "/v1/members/\(bob)/friends/\(ann)"
            for _ in 0..<2 { #expect(try await client.send(.delete, end, key: key).status == 204) }
            #expect(try await friends(ann)?[0] == nil)
        }
    }

    @Test func aTeamsChallengeAndItsPlaceAreSeenByItsMembers() async throws {
        try await World.with { world, client in
            try await together(world)
            let key = world.keys.all
            var members: [MemberID] = []
            for user in ["ann", "bob", "cas"] { members.append(try await world.member(user)) }
            for user in ["ann", "bob", "cas"] {
                _ = try await MembersTests.give(1, to: user, world, client, id: "first-" + user)
            }
            func post(_ path: String, _ json: JSONValue, id: String) async throws -> TestAnswer {
                try await client.send(.post, path, key: key, json: json, headers: ["Idempotency-Key": id])
            }
            let opened = try await post("/v1/members/\(members[0])/wallets", ["kind": "household"], id: "open")
            #expect(opened.status == 201)
            let code = try #require(try opened.json["code"]?.stringValue)
            let joined = try await post("/v1/members/\(members[1])/wallets/join", ["code": .string(code)], id: "join")
            #expect(joined.status == 201)
            #expect(
                try await post("/v1/members/\(members[2])/wallets", ["kind": "household"], id: "other").status == 201)
            for (index, user) in ["ann", "bob", "bob", "cas"].enumerated() {
                _ = try await MembersTests.give(5, to: user, world, client, id: "then-\(index)")
            }
            let teams = try await client.send(.get, "/v1/members/\(members[1])/teams", key: key)
            #expect(teams.status == 200)
            let mine = try teams.json["data"]?[0]
            #expect(mine?["challenge"] == "together" && mine?["kind"] == "household" && mine?["members"] == 2)
            // Two members: the sum less one's own would be the other's.
            #expect(mine?["reached"] == .null && mine?["quarters"] == 4 && mine?["complete"] == true)
            #expect(mine?["target"] == 3 && mine?["gives"] == "contributors")
            let text = String(decoding: teams.body, as: UTF8.self)
            #expect(!text.contains(members[0].description))

            // The owner puts the team onto the board; another member may not.
            func house(_ member: MemberID) -> String { "/v1/members/\(member)/leaderboards/houses" }
            #expect(try await client.send(.put, house(members[1]), key: key).status >= 400)
            for owner in [members[0], members[2]] {
                #expect(try await client.send(.put, house(owner), key: key).status == 200)
            }
            let board = try await client.send(.get, "/v1/leaderboards/houses?member=\(members[1])", key: key).json
            #expect(board["taking_part"] == true && board["own"]?["rank"] == 1 && board["participants"] == 2)
            let list = try await client.send(.get, "/v1/leaderboards", key: key)
            #expect(list.status == 200)
            let houses = try list.json["data"]?[0]
            #expect(houses?["leaderboard"] == "houses" && houses?["teams"] == "household")
            #expect(houses?["cohorts"]?[0] == ["cohort": "", "participants": 2])
        }
    }

    @Test func aFinishedPeriodShowsItsPlacesAndPrizes() async throws {
        try await World.with { world, client in
            try await together(world)
            let key = world.keys.all
            var members: [MemberID] = []
            for (user, ink) in [("ann", 30), ("bob", 20), ("cas", 10)] as [(String, Int64)] {
                members.append(try await MembersTests.give(ink, to: user, world, client, id: user))
            }
            for member in members {
                let path = "/v1/members/\(member)/leaderboards/most-ink"
                #expect(try await client.send(.put, path, key: key).status == 200)
            }
            let path = "/v1/leaderboards/most-ink/finished"
            #expect(try await client.send(.get, path, key: key).json["data"]?[0] == nil)
            world.clock.advance(milliseconds: 3 * 86_400_000)
            _ = try await Keeper.finishBoards(world.engine, world.post, at: world.clock.now())
            let answer = try await client.send(.get, path + "?member=\(members[1])", key: key)
            #expect(answer.status == 200)
            let found = try (0..<2).compactMap { try answer.json["data"]?[$0] }.first { $0["participants"] == 3 }
            let period = try #require(found, "\(answer.text)")
            #expect(period["prizes_given"] == 1 && period["prizes_open"] == 0 && period["prize_total"] == 25)
            #expect(period["top"]?[0]?["score"] == 30 && period["top"]?[0]?["amount"] == 25)
            #expect(period["own"]?["rank"] == 2 && period["own"]?["prize"] == .null)
            let text = String(decoding: answer.body, as: UTF8.self)
            for member in members { #expect(!text.contains(member.description)) }
            #expect(try await client.send(.get, "/v1/leaderboards/none/finished", key: key).status == 404)
            #expect(try await client.send(.get, path + "?limit=51", key: key).status == 400)
        }
    }
}
