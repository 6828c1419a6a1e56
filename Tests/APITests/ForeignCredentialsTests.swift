import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import NIOCore
import Primitives
import Testing

@testable import API

/// Every route with every credential that must not open it. The routes come from the route table, so none is left out.
@Suite struct ForeignCredentialsTests {
    /// A request to a route that names things of the programme `post`, right in every way but the credential.
    struct Probe {
        var path: String
        var body: JSONValue?
        var type: String?
    }

    /// Things of the programme `post` to reach for.
    struct Things {
        var member: MemberID
        var redemption: String
        var effect: String
        var quarantined: String
        var wallet: String
        var job: String
        var code: String
        var visit: String
        var receipt: String
        var letter: String
        var request: String
        var proposal: String
        var simulation: String
    }

    static func things(_ world: World, _ client: any TestClientProtocol) async throws -> Things {
        let member = try await MembersTests.give(100, to: "ann", world, client)
        let redeemed = try await client.send(
            .post, "/v1/members/\(member)/redemptions", key: world.keys.all, json: ["reward": "mug"])
        let history = try await client.send(.get, "/v1/members/\(member)/history", key: world.keys.all)
        _ = try await client.event(world.keys.all, id: "q", type: "unheard.of")
        let wallet = try await client.send(
            .post, "/v1/members/\(member)/wallets", key: world.keys.all, json: ["kind": "household"])
        let job = try await client.send(
            .post, "/v1/jobs", key: world.keys.all, json: ["do": "grant", "unit": "ink", "amount": 1, "when": "true"])
        let simulation = try await client.send(.post, "/v1/simulations/replays", key: world.keys.all)
        let quarantine = try await client.send(.get, "/v1/quarantine", key: world.keys.all)
        _ = try await client.send(
            .put, "/v1/items", key: world.keys.all, json: ["items": [CatalogueTests.item("item-1")]])
        _ = try await client.send(
            .put, "/v1/feeds/feed-1", key: world.keys.all, json: ["url": "https://paper.example/rss"])
        let code = try await world.access.cards.code(of: member, in: world.post, now: world.clock.now()).code
        let key = try #require(APIKeyText(world.keys.all)).id
        let (letter, request, proposal) = try await HumanTests.things(member, world, client)
        let hold = try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue.flatMap { ID128($0) })
        return Things(
            member: member, redemption: try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue),
            effect: try #require(
                try history.json["data"]?.arrayValue?.first { $0["kind"] == "award" }?["id"]?.stringValue),
            quarantined: try #require(try quarantine.json["data"]?[0]?["id"]?.stringValue),
            wallet: try #require(try wallet.json["wallet"]?.stringValue),
            job: try #require(try job.json["id"]?.stringValue),
            code: code,
            visit: try world.access.tills.visit(
                of: member, till: key, in: world.post, until: world.clock.now().adding(milliseconds: 600_000)),
            receipt: try world.access.tills.receipt(
                TillSlips.Receipt(member: member, redemption: hold), in: world.post),
            letter: letter, request: request, proposal: proposal,
            simulation: try #require(try simulation.json["id"]?.stringValue))
    }

    /// - Throws: when a route has a parameter or body that nobody has told this test about.
    static func probe(_ endpoint: Endpoint, _ things: Things) throws -> Probe {
        var path = endpoint.template
        for name in endpoint.pathParameters {
            let values = [
                "member": things.member.description, "redemption": things.redemption, "event": things.quarantined,
                "item": "item-1", "feed": "feed-1", "reward": "mug", "namespace": "user", "id": "ann",
                "streak": "reading-week", "tier": "friend", "leaderboard": "most-ink", "challenge": "your-pace",
                "badge": "reader", "measure": "attention", "raffle": "spring-draw", "programme": "post",
                "quiz": "capitals", "contest": "final", "webhook": "crm",
                "maker": "anna", "persona": "evenings",
                "letter": endpoint.template.contains("requests") ? things.request : things.letter,
                "proposal": things.proposal,
                "gift": things.redemption, "effect": things.effect, "wallet": things.wallet, "job": things.job,
                "simulation": things.simulation,
                "friend": "0197f5c8-0000-7000-8000-000000000001",
            ]
            path.replace("{\(name)}", with: try #require(values[name], "no value for {\(name)}"))
        }
        if ["getLeaderboard", "listFinishedPeriods"].contains(endpoint.operation) {
            path += "?member=\(things.member)"
        }
        if endpoint.template == "/v1/entitlements/check" { path += "?member=\(things.member)&name=preview" }
        if endpoint.operation == "listAmbassadors" { path += "?standing=voice" }
        if endpoint.operation == "listReviewDevices" { path += "?check=many&day=2025-06-15" }
        guard let body = endpoint.body else { return Probe(path: path) }
        let bodies: [String: JSONValue] = [
            "takeEvents": [
                "specversion": "1.0", "id": "f", "source": "s", "type": "donation.made", "subject": "ann",
                "data": ["amount": 1],
            ],
            "amendEvent": [
                "event": [
                    "specversion": "1.0", "id": "f", "source": "s", "type": "donation.made", "subject": "ann",
                    "time": "2026-01-01T00:00:00Z", "data": ["amount": 1],
                ]
            ],
            "decideReviews": ["decision": "release", "reason": "r", "check": "many"],
            "chooseGoal": ["goal": 2], "redeliver": ["since": "2026-01-01T00:00:00Z"],
            "orderBacktest": ["document": ["programme.yaml": "programme: post"]],
            "orderForecast": ["members": 50, "days": 7, "seed": 1],
            "revokeBadge": ["reason": "r"],
            "makePass": ["subject": "ann"],
            "checkEntitlements": ["member": .string(things.member.description), "gates": ["hall"]],
            "openGate": ["gate": "hall"],
            "reportAnonymously": ["type": "donation.made", "data": ["amount": 1], "blinded": [:]],
            "redeemTokens": ["pass": "x", "tokens": []],
            "makeAccessToken": [
                "member": .string(things.member.description), "audience": "https://post.example", "gates": ["hall"],
            ],
            "counterLookup": ["code": .string(things.code)],
            "counterEarn": [
                "visit": .string(things.visit), "id": "e", "type": "donation.made", "data": ["amount": 1],
            ],
            "counterRedeem": ["visit": .string(things.visit), "id": "r", "reward": "mug"],
            "counterConfirm": ["receipt": .string(things.receipt)],
            "counterRefund": ["receipt": .string(things.receipt)],
            "counterBatch": [
                "operations": [
                    [
                        "id": "o", "operation": "refund", "at": "2025-06-15T15:00:00Z",
                        "receipt": .string(things.receipt),
                    ]
                ]
            ],
            "segmentTrack": ["userId": "ann", "event": "donation.made", "properties": ["amount": 1]],
            "segmentIdentify": ["userId": "ann"], "segmentPage": ["userId": "ann"], "segmentScreen": ["userId": "ann"],
            "segmentGroup": ["userId": "ann"], "segmentAlias": ["userId": "ann", "previousId": "old"],
            "segmentBatch": ["batch": []], "segmentImport": ["batch": []], "changeMember": ["paused": true],
            "adjust": ["unit": "ink", "amount": 1, "reason": "x"], "redeem": ["reward": "mug"],
            "addCodes": ["codes": ["A-1"]], "changeStock": ["change": 1, "reason": "found"],
            "fulfilRedemption": ["state": "packed"], "checkTicket": ["ticket": "A"],
            "joinWaitingList": ["reward": "mug"],
            "reverse": ["effect": .string(things.effect)], "putItems": ["items": []], "putMakers": ["makers": []],
            "pauseStreaks": ["from": "2025-06-15", "to": "2025-06-16"], "chooseStreakGoal": ["days": 2],
            "inviteToTier": ["tier": "friend"],
            "repairStreak": ["from": "2025-06-14", "to": "2025-06-14"],
            "putSeries": ["series": []], "putFeed": ["url": "https://paper.example/rss"],
            "transfer": ["to": "0197f5c8-0000-7000-8000-000000000001", "unit": "ink", "amount": 1],
            "offerGift": ["unit": "ink", "amount": 1], "acceptGift": ["code": "0123-4567-89AB-CDEF"],
            "acceptFriendship": ["code": "0123-4567-89AB-CDEF"],
            "claimReferral": ["code": "0123-4567-89AB-CDEF"], "inviteAmbassador": ["standing": "voice"],
            "answerAmbassador": ["standing": "voice", "accept": false], "returnRaffleTickets": ["count": 1],
            "drawRaffle": [:], "getRaffleTickets": ["free": true],
            "openWallet": ["kind": "household"], "joinWallet": ["code": "0123-4567-89AB-CDEF"],
            "changeWallet": ["shows": true], "handWalletOver": ["to": "0197f5c8-0000-7000-8000-000000000001"],
            "donateToWallet": ["unit": "ink", "amount": 1], "drawFromWallet": ["unit": "ink", "amount": 1],
            "choosePressure": ["choice": "less"], "chooseProfiling": ["level": "session"],
            "replyToLetter": ["reply": "heart"], "chooseLetters": ["wants_letters": false],
            "writeLetter": ["text": "Dear reader."], "moderateProposal": ["accept": true],
            "decideProposal": ["adopt": true, "because": "b"], "propose": ["kind": "idea", "text": "More."],
            "vote": ["vote": "for"],
            "orderJob": ["do": "grant", "unit": "ink", "amount": 1, "when": "true"],
            "answerQuiz": ["question": "france"], "predict": ["home": 2, "away": 1], "settleContest": ["void": true],
            "simulateEvent": [
                "specversion": "1.0", "id": "f", "source": "s", "type": "donation.made", "subject": "ann",
                "data": ["amount": 1],
            ],
            "simulateRedemption": ["member": .string(things.member.description), "reward": "mug"],
            "previewCorrection": ["rule": "donor", "from": "2025-06-15"],
            "orderCorrection": ["rule": "donor", "from": "2025-06-15", "confirm": "x"],
            "checkProgramme": ["document": ProgrammeTests.bundle()], "putProgramme": ProgrammeTests.change(basedOn: 1),
        ]
        return Probe(
            path: path, body: try #require(bodies[endpoint.operation], "no body for \(endpoint.operation)"),
            type: body.contents[0].mediaType)
    }

    static func send(
        _ endpoint: Endpoint, _ probe: Probe, _ client: any TestClientProtocol, key: String?,
        headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await client.send(
            endpoint.method, probe.path, key: key, body: probe.body?.bytes(), type: probe.type, headers: headers)
    }

    @Test func noRouteOpensToACredentialThatProvesNothing() async throws {
        try await World.with { world, client in
            let things = try await Self.things(world, client)
            let before = try await world.dump()
            var count = 0
            for endpoint in world.api.endpoints {
                guard case .key = endpoint.access else { continue }
                let probe = try Self.probe(endpoint, things)
                let secret = String(world.keys.all.dropLast(8))
                let foreign = [
                    nil, "", "x", world.keys.revoked, world.keys.expired, String(world.keys.all.dropLast()),
                    secret + "aaaaaaaa", world.keys.all.uppercased(),
                ]
                for key in foreign {
                    let answer = try await Self.send(endpoint, probe, client, key: key)
                    #expect(answer.status == 401, "\(endpoint.operation) with \(key ?? "no key")")
                    #expect(answer.problem == "unauthenticated")
                    #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"stamgast\"")
                    count += 1
                }
                for header in ["Basic !!", "Basic " + Base64.encode("x:" + world.keys.all), "Digest x", "Bearer"] {
                    let answer = try await Self.send(
                        endpoint, probe, client, key: nil, headers: ["Authorization": header])
                    #expect(answer.status == 401, "\(endpoint.operation) with \(header)")
                    count += 1
                }
            }
            #expect(count > 300)
            #expect(try await world.dump() == before, "a refused request has changed something")
        }
    }

    @Test func noRouteOpensToAKeyWithoutItsScope() async throws {
        try await World.with { world, client in
            let things = try await Self.things(world, client)
            let before = try await world.dump()
            for endpoint in world.api.endpoints {
                guard case .key(let needed) = endpoint.access else { continue }
                #expect(!needed.isEmpty, "\(endpoint.operation) needs no scope")
                let probe = try Self.probe(endpoint, things)
                for (scope, key) in world.keys.only where needed != [scope] {
                    let answer = try await Self.send(endpoint, probe, client, key: key)
                    #expect(answer.status == 403, "\(endpoint.operation) with \(scope.rawValue)")
                    #expect(answer.problem == "missing-scope")
                }
                if needed != [.eventsWrite] {
                    #expect(try await Self.send(endpoint, probe, client, key: world.keys.page).status == 403)
                }
            }
            #expect(try await world.dump() == before, "a refused request has changed something")
        }
    }

    /// The routes on which a key of another programme sees an empty or own world instead of a 404, because their address
    /// names nothing of anybody's.
    static let unaddressed: Set<String> = [
        "listWebhooks", "listLetterRequests", "listNews", "listAnnouncements", "listProposals",
        "takeEvents", "makePass", "openGate", "counterBatch", "segmentTrack", "segmentIdentify", "segmentPage",
        "segmentScreen", "segmentGroup",
        "segmentAlias",
        "getEarningKeys", "reportAnonymously", "redeemTokens",
        "getRecommendations", "listPersonas", "listPersonaCandidates",
        "segmentBatch", "segmentImport", "putItems", "listItems", "listStubs", "putMakers", "listMakers", "putSeries",
        "listSeries", "listFeeds", "putFeed", "getProgramme", "checkProgramme", "putProgramme", "listProgrammeVersions",
        "listQuarantine", "listStreakRepairs", "repairStreak", "metrics", "orderJob", "listJobs", "liabilityReport",
        "listRewards", "listRaffles", "closeRaffle", "drawRaffle", "countReferrals", "listAmbassadors",
        "listFulfilments", "addCodes", "simulateEvent", "getPressure",
        "previewCorrection", "orderCorrection", "listReviews", "listReviewDevices", "decideReviews", "getMeasure",
        "listQuizzes", "listContests", "settleContest", "listLeaderboards", "listStockChanges",
        "changeStock", "orderBacktest", "orderReplay", "orderForecast", "listSimulations",
    ]

    @Test func noRouteShowsOrChangesAnotherProgramme() async throws {
        try await World.with { world, client in
            let things = try await Self.things(world, client)
            let member = try await client.send(.get, "/v1/members/\(things.member)", key: world.keys.all).body
            // Those that name something first: the others give the foreign programme things of the same names.
            let ordered =
                world.api.endpoints.filter { !Self.unaddressed.contains($0.operation) }
                + world.api.endpoints.filter { Self.unaddressed.contains($0.operation) }
            for endpoint in ordered {
                guard case .key = endpoint.access else { continue }
                let probe = try Self.probe(endpoint, things)
                let answer = try await Self.send(endpoint, probe, client, key: world.keys.radio)
                if Self.unaddressed.contains(endpoint.operation) {
                    // Nothing of the other programme may be in the answer.
                    for secret in [things.member.description, things.effect, things.quarantined, "item-1"] {
                        #expect(!answer.text.contains(secret), "\(endpoint.operation) shows \(secret)")
                    }
                } else {
                    #expect(answer.status == 404, "\(endpoint.operation)")
                    #expect(answer.problem == "not-found")
                }
            }
            let after = try await client.send(.get, "/v1/members/\(things.member)", key: world.keys.all).body
            #expect(after == member)
            for path in ["/v1/items/item-1", "/v1/feeds/feed-1", "/v1/programme"] {
                #expect(try await client.send(.get, path, key: world.keys.all).status == 200)
            }
            #expect(try await client.send(.get, "/v1/quarantine", key: world.keys.all).json["data"]?[0] != nil)
            #expect(try await client.send(.get, "/v1/programme", key: world.keys.all).json["version"] == 1)
        }
    }

    @Test func membersOfOneProgrammeAreApartFromEachOther() async throws {
        try await World.with { world, client in
            let ann = try await MembersTests.give(100, to: "ann", world, client)
            let bob = try await MembersTests.give(100, to: "bob", world, client, id: "b")
            let redeemed = try await client.send(
                .post, "/v1/members/\(ann)/redemptions", key: world.keys.all, json: ["reward": "mug"])
            let hold = try #require(try redeemed.json["redemption"]?["redemption"]?.stringValue)
            for end in ["confirm", "cancel"] {
                let answer = try await client.send(
                    .post, "/v1/members/\(bob)/redemptions/\(hold)/\(end)", key: world.keys.all)
                #expect(answer.status == 404)
            }
            let history = try await client.send(.get, "/v1/members/\(ann)/history", key: world.keys.all)
            let effect = try #require(try history.json["data"]?[0]?["id"])
            let reversal = try await client.send(
                .post, "/v1/members/\(bob)/reversals", key: world.keys.all, json: ["effect": effect])
            #expect(reversal.problem == "unknown-effect")
        }
    }

    @Test func openRoutesAreTheFewThatMustBe() async throws {
        try await World.with { world, _ in
            let open = world.api.endpoints.filter { $0.access == .open }.map(\.template)
            #expect(
                open == [
                    "/.well-known/jwks.json", "/v1/public/{programme}/raffles/{raffle}", "/health", "/ready",
                    "/openapi.json",
                ])
        }
    }
}
