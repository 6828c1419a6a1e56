import Access
import Assignment
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Testing

@testable import API

/// The example for travellers from end to end over HTTP: a population whose behaviour changes by a known amount, measured
/// against each member's own beginning and against the hold-out, and never told of few.
@Suite struct MeasuresTests {
    static let seed: UInt64 = 2_611
    /// The chance of a lighter trip: at first, since then, and since then for whom the rule does nothing.
    static let truth = (before: 0.35, after: 0.55, heldOut: 0.38)

    struct Town {
        var world: World
        var client: any TestClientProtocol
        var key: String
        var aggregates: String
        var programme: ProgrammeID
    }

    /// Puts an example in force in a programme of its own.
    static func settle(_ name: String, _ world: World, _ client: any TestClientProtocol) async throws -> Town {
        let id = try #require(ProgrammeID(name))
        var programme = try #require(try DemoProgrammes.document(name)).programme()
        // So that eight weeks can be sent under a clock that stands still.
        programme.lateness = .days(90)
        let leases = Leases(owner: "test", durationMilliseconds: 3_600_000)
        let now = world.clock.now()
        let lease = try await world.engine.database.write {
            try leases.acquire($0, partition: id.partition, now: now)
        }
        try await world.engine.own(lease, of: id)
        let updates = ProgrammeUpdates(engine: world.engine, versions: world.versions, catalogue: world.catalogue)
        _ = try await updates.apply(try ProgrammeDocument.export(programme), to: id, basedOn: 0, by: "test")
        func key(_ scopes: Set<Scope>) async throws -> String {
            try await world.access.keys.create(
                programme: id, kind: .live, scopes: scopes, label: "test", by: .server, now: now
            ).1.text
        }
        return Town(
            world: world, client: client, key: try await key([.eventsWrite, .membersRead, .membersWrite]),
            aggregates: try await key([.aggregatesRead]), programme: id)
    }

    static func send(_ events: [JSONValue], _ town: Town) async throws {
        var start = 0
        while start < events.count {
            let part = Array(events[start..<min(start + 200, events.count)])
            let answer = try await town.client.send(
                .post, "/v1/events", key: town.key, json: .array(part), type: "application/cloudevents-batch+json")
            #expect(answer.status == 200, "\(answer.text.prefix(300))")
            start += 200
        }
    }

    /// Eight weeks of trips of a simulated town.
    private static func trips(_ people: Int, _ town: Town) async throws -> [JSONValue] {
        var random = SplitMix64(seed: seed)
        var events: [JSONValue] = []
        let now = town.world.clock.now()
        for person in 0..<people {
            let member = try await town.world.member("traveller-\(person)", in: town.programme)
            let isHeldOut = Assignment.bucket(unit: member.value, salt: "a-lighter-trip") < 1_000
            for day in 0..<56 where Double.random(in: 0..<1, using: &random) < 0.5 {
                let chance = day < 28 ? truth.before : isHeldOut ? truth.heldOut : truth.after
                let isLight = Double.random(in: 0..<1, using: &random) < chance
                let at = now.adding(milliseconds: Int64(day - 56) * 86_400_000)
                events.append([
                    "specversion": "1.0", "id": .string("t-\(person)-\(day)"), "source": "https://town.example",
                    "type": "trip.made", "subject": .string("traveller-\(person)"),
                    "time": .string(RFC3339.format(at)),
                    "data": [
                        "mode": isLight ? "bike" : "car", "distance": "2-to-10-km",
                        "minutes": .integer(Int64.random(in: 5...40, using: &random)),
                    ],
                ])
            }
        }
        return events
    }

    @Test func aChangeThatIsThereIsMeasuredAndNobodyCanBeLookedUp() async throws {
        try await World.with { world, client in
            let town = try await Self.settle("mobility", world, client)
            var events = try await Self.trips(240, town)
            var random = SplitMix64(seed: Self.seed &+ 1)
            events.shuffle(using: &random)
            try await Self.send(events, town)
            for person in 0..<240 {
                let member = try await world.member("traveller-\(person)", in: town.programme)
                let quarter = person < 4 ? "harbour" : person < 100 ? "north" : "south"
                let answer = try await client.send(
                    .patch, "/v1/members/\(member)", key: town.key,
                    json: ["traits": ["quarter": .string(quarter)]])
                #expect(answer.status == 200)
            }
            let answer = try await client.send(.get, "/v1/measures/sustainable-trips", key: town.aggregates)
            #expect(answer.status == 200)
            let json = try answer.json
            func number(_ value: JSONValue?) throws -> Double { try #require(value?.doubleValue) }
            let all = try #require(json["all"])
            #expect((all["members"]?.intValue ?? 0) > 230, "seed \(Self.seed)")
            #expect(abs(try number(all["baseline"]) - Self.truth.before) < 0.03)
            let effect = try #require(json["effect"])
            let real = Self.truth.after - Self.truth.heldOut
            #expect(try number(effect["low"]) < real && real < number(effect["high"]), "\(effect), seed \(Self.seed)")
            #expect(try number(effect["low"]) > 0, "\(effect), seed \(Self.seed)")
            // Four people are not shown, and neither is the smaller of the other two groups: the sum would tell.
            let groups = try #require(json["groups"]?.arrayValue)
            #expect(groups.map { $0["group"]?.stringValue } == ["harbour", "north", "south"])
            #expect(groups.map { $0["cell"] == .null } == [true, true, false])
            // A member sees their own.
            let member = try await world.member("traveller-7", in: town.programme)
            let own = try await client.send(.get, "/v1/members/\(member)/measures", key: town.key)
            #expect(try number(try own.json["measures"]?[0]?["baseline"]) > 0)
            // Whoever has nothing but aggregates has no member: by no route.
            let things = try await ForeignCredentialsTests.things(world, client)
            var open: [String] = []
            for endpoint in world.api.endpoints {
                guard case .key = endpoint.access else { continue }
                let probe = try ForeignCredentialsTests.probe(endpoint, things)
                let refused = try await ForeignCredentialsTests.send(endpoint, probe, client, key: town.aggregates)
                if refused.status != 403 { open.append(endpoint.operation) }
                #expect(!refused.text.contains(member.description))
            }
            #expect(open == ["getMeasure", "getPressure"])
            let report = try await Verifier(
                programme: town.programme, compiled: world.engine.host[town.programme]
            ).verify(world.engine.database)
            #expect(report.differenceCount == 0)
        }
    }

    @Test func theExampleForEmployeesRunsAndHoldsWhatNoPersonDoes() async throws {
        try await World.with { world, client in
            let town = try await Self.settle("employees", world, client)
            let at = RFC3339.format(world.clock.now().adding(milliseconds: -3_600_000))
            func pause(_ id: Int, _ user: String) -> JSONValue {
                [
                    "specversion": "1.0", "id": .string("p-\(user)-\(id)"), "source": "https://work.example",
                    "type": "pause.taken", "subject": .string(user), "time": .string(at), "data": ["minutes": 20],
                ]
            }
            try await Self.send((0..<3).map { pause($0, "ann") } + (0..<13).map { pause($0, "bot") }, town)
            let queue = try await client.send(.get, "/v1/reviews", key: town.key)
            let cases = try #require(try queue.json["data"]?.arrayValue)
            let bot = try await world.member("bot", in: town.programme)
            #expect(cases.count == 1)
            #expect(cases.first?["member"]?.stringValue == bot.description)
            #expect(cases.first?["held"] == ["thanks": 6])
            let decision: JSONValue = [
                "decision": "refuse", "reason": "thirteen breaks in one day", "check": "pauses-in-a-row",
                "member": .string(bot.description),
            ]
            let first = try await client.send(
                .post, "/v1/reviews/decisions", key: town.key, json: decision, headers: ["Idempotency-Key": "d"])
            #expect(try first.json == ["decided": 1, "more": false])
            let again = try await client.send(
                .post, "/v1/reviews/decisions", key: town.key, json: decision, headers: ["Idempotency-Key": "d"])
            #expect(again.text == first.text)
            let summary = try #require(try await world.engine.summary(of: bot, in: town.programme))
            #expect(summary.balances.allSatisfy { $0.spendable == 0 && $0.pending == 0 })
            let foreign = try await client.send(.get, "/v1/reviews", key: world.keys.all)
            #expect(try foreign.json["data"]?.arrayValue?.isEmpty == true)
            for (bad, status) in [("state=nope", 400), ("member=x", 400), ("after=x", 404)] {
                #expect(try await client.send(.get, "/v1/reviews?\(bad)", key: town.key).status == status)
            }
        }
    }
}
