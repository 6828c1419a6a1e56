import Access
import HTTPTypes
import HummingbirdTesting
import Loyalty
import Primitives
import Runtime
import Storage
import Synchronization
import Testing

@testable import API

@Suite struct OperationsTests {
    @Test func healthSaysThatTheProcessAnswers() async throws {
        try await World.with { _, client in
            let answer = try await client.send(.get, "/health")
            #expect(answer.status == 200)
            #expect(try answer.json == ["status": "ok"])
        }
    }

    @Test func readinessNamesWhatIsNotWell() async throws {
        try await World.with { world, client in
            #expect(try await client.send(.get, "/ready").status == 200)
            world.readiness.isReady.withLock { $0 = false }
            let answer = try await client.send(.get, "/ready")
            #expect(answer.status == 503)
            #expect(
                try answer.json["checks"] == [
                    ["name": "database", "ok": true], ["name": "lease", "ok": false, "lag_milliseconds": 7],
                ])
        }
    }

    @Test func metricsAreInTheTextFormat() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, id: "1")
            _ = try await client.event(world.keys.all, id: "1")
            _ = try await client.event(world.keys.all, id: "2", type: "unheard.of")
            _ = try await client.send(.get, "/v1/members/\(world.member("ann"))", key: world.keys.all)
            _ = try await client.send(.get, "/nowhere")
            let answer = try await client.send(.get, "/metrics", key: world.keys.only[.metricsRead])
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "stamgast_events_total{outcome=\"accepted\"} 1", "stamgast_events_total{outcome=\"duplicate\"} 1",
                "stamgast_events_total{outcome=\"quarantined\"} 1", "stamgast_backlog 0", "stamgast_live_streams 0",
                "stamgast_ready{check=\"lease\"} 1", "stamgast_lag_milliseconds 7",
                "stamgast_http_request_duration_seconds_count{method=\"POST\",route=\"/v1/events\",status=\"200\"} 3",
                "stamgast_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/members/{member}\",status=\"200\"} 1",
                "stamgast_http_request_duration_seconds_count{method=\"other\",route=\"unmatched\",status=\"404\"} 1",
            ] { #expect(answer.text.contains(line + "\n"), "\(line)") }
            #expect(answer.text.contains("process_resident_memory_bytes "))
            Self.check(answer.text)
        }
    }

    /// The rules of the format: each name has one TYPE line, before its samples, and its samples stand together; bucket
    /// counts rise and end in the count.
    private static func check(_ text: String) {
        var current = ""
        var seen: Set<String> = []
        var last = 0.0
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                current = String(line.split(separator: " ")[2])
                #expect(!seen.contains(current), "\(current) is there twice")
                seen.insert(current)
                continue
            }
            guard !line.hasPrefix("#") else { continue }
            let name = String(line.prefix { $0 != "{" && $0 != " " })
            #expect(name == current || ["_bucket", "_sum", "_count"].contains { name == current + $0 }, "\(line)")
            let value = Double(line.split(separator: " ").last ?? "")
            #expect(value != nil, "\(line)")
            if name.hasSuffix("_bucket") {
                if line.contains("le=\"0.001\"") { last = 0 }
                #expect((value ?? 0) >= last)
                last = value ?? 0
            }
        }
        #expect(!seen.isEmpty)
    }

    // MARK: Addresses and methods

    @Test(arguments: ["/v1/nothing", "/v1", "/v1/members", "/v1/items/a/b", "/v1/%00", "//", "/nowhere"])
    func unknownAddressIsAProblem(path: String) async throws {
        try await World.with { world, client in
            let answer = try await client.send(.get, path, key: world.keys.all)
            #expect(answer.status == 404)
            #expect(answer.problem == "not-found")
        }
    }

    @Test(arguments: [
        ("/v1/events", "POST, OPTIONS"), ("/v1/items", "PUT, GET, HEAD, OPTIONS"),
        ("/v1/items/stubs", "GET, HEAD, OPTIONS"), ("/v1/items/x", "GET, DELETE, HEAD, OPTIONS"),
        ("/health", "GET, HEAD, OPTIONS"), ("/v1/programme", "GET, PUT, HEAD, OPTIONS"),
    ])
    func otherMethodsAreNamed(path: String, allow: String) async throws {
        try await World.with { world, client in
            for method in [HTTPRequest.Method.trace, .patch, HTTPRequest.Method("QUERY") ?? .trace] {
                let answer = try await client.send(method, path, key: world.keys.all)
                #expect(answer.status == 405)
                #expect(answer.problem == "method-not-allowed")
                #expect(answer.header("Allow") == allow)
            }
            let options = try await client.send(.options, path)
            #expect(options.status == 204)
            #expect(options.header("Allow") == allow)
        }
    }

    @Test func headIsGetWithoutABody() async throws {
        try await World.with { world, client in
            for path in ["/health", "/openapi.json", "/v1/items", "/v1/programme"] {
                let get = try await client.send(.get, path, key: world.keys.all)
                let head = try await client.send(.head, path, key: world.keys.all)
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                #expect(head.headers[.contentLength] == String(get.body.count))
                #expect(head.headers[.contentType] == get.headers[.contentType])
            }
        }
    }

    // MARK: Rates

    static func slow(_ configuration: inout APIConfiguration) {
        configuration.rateBurst = 5
        configuration.ratePerSecond = 1
    }

    @Test func everyAnswerToAKeySaysWhatIsLeftAndTheRestWaits() async throws {
        try await World.with(configure: Self.slow) { world, client in
            for left in (0..<5).reversed() {
                let answer = try await client.send(.get, "/v1/items", key: world.keys.all)
                #expect(answer.status == 200)
                #expect(answer.header("RateLimit-Policy") == "\"key\";q=5;w=5")
                #expect(answer.header("RateLimit") == "\"key\";r=\(left);t=\(5 - left)")
            }
            let refused = try await client.send(.get, "/v1/items", key: world.keys.all)
            #expect(refused.status == 429)
            #expect(refused.problem == "rate-limited")
            #expect(refused.header("Retry-After") == "1")
            #expect(refused.header("RateLimit") == "\"key\";r=0;t=5")
            #expect(try await client.send(.get, "/v1/items", key: world.keys.radio).status == 200)
            world.clock.advance(milliseconds: 1_000)
            #expect(try await client.send(.get, "/v1/items", key: world.keys.all).status == 200)
            #expect(try await client.send(.get, "/v1/nothing", key: world.keys.all).header("RateLimit") == nil)
        }
    }

    // MARK: Trouble

    @Test func fullQueueIsAnsweredWithRetryAfter() async throws {
        var limits = Pipeline.Limits()
        limits.waiting = 1
        try await World.with(limits: limits) { world, client in
            let events = (0..<2).map { number -> JSONValue in
                [
                    "specversion": "1.0", "id": .string("\(number)"), "source": "s", "type": "donation.made",
                    "subject": "ann", "data": ["amount": 1],
                ]
            }
            let answer = try await client.send(
                .post, "/v1/events", key: world.keys.all, json: .array(events),
                type: "application/cloudevents-batch+json")
            #expect(answer.status == 503)
            #expect(answer.problem == "overloaded")
            #expect(answer.header("Retry-After") == "1")
        }
    }

    @Test func lostLeaseIsAnsweredWithRetryAfterAndReadingGoesOn() async throws {
        try await World.with { world, client in
            let member = try await MembersTests.give(5, to: "ann", world, client)
            try await world.engine.own(nil, of: world.post)
            let answer = try await client.event(world.keys.all, id: "2")
            #expect(answer.status == 503)
            #expect(answer.header("Retry-After") != nil)
            #expect(try await client.send(.get, "/v1/members/\(member)", key: world.keys.all).status == 200)
        }
    }

    @Test func stoppingServerFinishesWhatItTookAndRefusesTheRest() async throws {
        try await World.with { world, client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<30 {
                    group.addTask { try await client.event(world.keys.all, user: "u\(number)", id: "\(number)").status }
                }
                group.addTask {
                    await world.engine.drain()
                    return 0
                }
                var taken = 0
                for try await status in group where status != 0 {
                    #expect(status == 200 || status == 503)
                    if status == 200 { taken += 1 }
                }
                let store = LoyaltyStore(programme: world.post)
                let stored = try await world.engine.database.read { try store.memberCount($0) }
                #expect(stored == Int64(taken))
            }
            let late = try await client.event(world.keys.all, id: "late")
            #expect(late.status == 503)
            #expect(late.problem == "unavailable")
        }
    }

    @Test func mapsEveryProblemOfTheStore() {
        let full: [StorageProblem] = [.full, .readOnly]
        for problem in full { #expect(Problem(for: problem).type == .readOnly) }
        #expect(Problem(for: StorageProblem.overloaded(limit: 1)).type == .overloaded)
        #expect(Problem(for: StorageProblem.busy).type == .unavailable)
        #expect(Problem(for: StorageProblem.corrupt).type == .fault)
        #expect(Problem(for: PipelineProblem.readOnly).headers[.retryAfter] == "30")
        #expect(Problem(for: CancellationError()).type == .unavailable)
    }

    // MARK: Log

    @Test func logLinesCarryAllowedFieldsOnly() async throws {
        try await World.with { world, client in
            _ = try await client.event(world.keys.all, user: "secret-person", id: "secret-id")
            _ = try await client.event(
                world.keys.all, user: "secret-person", id: "e2", data: ["item": "secret-item", "share": "secret-value"])
            _ = try await client.send(
                .get, "/v1/members/by-external/user/secret-person?after=secret-query", key: world.keys.all,
                headers: ["User-Agent": "secret-agent", "X-Forwarded-For": "203.0.113.77"])
            _ = try await client.send(
                .post, "/v1/events", key: world.keys.all, body: Array("{\"secret-key\": secret}".utf8),
                type: "application/json")
            _ = try await client.send(.get, "/v1/secret-address", key: world.keys.all)
            _ = try await client.send(try #require(HTTPRequest.Method("SECRET")), "/v1/items")
            let lines = world.log.all.filter { $0.hasPrefix("request ") }
            #expect(lines.count == 6)
            for line in lines {
                #expect(!line.contains("secret") && !line.contains("SECRET") && !line.contains("203.0"), "\(line)")
                #expect(!line.contains(world.keys.all))
                let fields = line.split(separator: " ").dropFirst().map { $0.prefix { $0 != "=" } }
                #expect(Set(fields) == ["method", "route", "status", "microseconds", "request"])
            }
            #expect(lines.contains { $0.contains("route=/v1/members/by-external/{namespace}/{id}") })
        }
    }
}
