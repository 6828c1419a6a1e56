import Access
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Vault

/// The whole way: a server process, HTTP over loopback, one durable commit before each answer.
struct HTTPBench {
    let folder: String
    let quick: Bool
    let limit: LimitProgram?

    /// A home with the bench programme, people who are known already, a key, and a member who is signed in.
    struct Place: Sendable {
        var home: String
        var key: String
        /// Known already, as `user-0`, `user-1` …
        var members: [MemberID]
        /// Who is signed in: the first.
        var member: MemberID
        var session: String
    }

    private static let eventsPerMember = 7

    // MARK: Figures

    /// Events per second in requests of `perRequest`, as many as the server takes (closed loop).
    func ingest(rules: Int, perRequest: Int, connections: Int) async throws -> BenchResult {
        let events = (quick ? 30_000 : 200_000) / (perRequest == 1 ? 4 : 1)
        let requests = events / perRequest
        let name = "ingest.http.\(perRequest == 1 ? "single" : "batch\(perRequest)").rules\(rules)"
        return try await withServer(rules: rules, members: events / Self.eventsPerMember) { server, place in
            let before = try await rows(server, place)
            let processor = server.processorSeconds
            let report = try await LoadGenerator(port: server.port, connections: connections).run(
                requests, request: Self.events(perRequest, place))
            let after = try await rows(server, place)
            let used = server.processorSeconds - processor
            var result = try Self.result(
                name, value: Double(requests * perRequest) / report.seconds, unit: "events/s", report: report)
            result.details += [
                ("server_us_per_event", used / Double(requests * perRequest) * 1e6),
                ("server_cores", used / report.seconds),
            ]
            let batches = max(1, after.batches - before.batches)
            result.details.append(("batches", Double(batches)))
            if let limit {
                let perBatch = after.tables.map { table, count in
                    (table, Double(count - (before.tables[table] ?? 0)) / Double(batches))
                }
                let outcome = try await limit.rows(
                    Dictionary(perBatch, uniquingKeysWith: { first, _ in first }), batches: batches,
                    members: place.members.count, statements: EngineBench.statements, in: folder)
                result.limit = Double(requests * perRequest) / outcome.seconds
                result.limitedBy = "C, same rows and batches"
                result.details += [("rows", outcome.rows), ("limit_fsyncs", outcome.fsyncs)]
            }
            return result
        }
    }

    /// Latencies of single events that arrive at random, `perSecond` of them, with reads of members and pages beside
    /// them: what the slowest in a hundred and in a thousand wait.
    func openLoop(perSecond: Double) async throws -> [BenchResult] {
        let seconds = quick ? 5.0 : 30.0
        let count = Int(perSecond * seconds)
        let rate = Int(perSecond)
        return try await withServer(rules: 20, members: max(1, count / Self.eventsPerMember)) { server, place in
            // The first requests make connections, load code and members.
            _ = try await LoadGenerator(port: server.port, connections: 16).run(
                500, request: Self.events(1, place, prefix: "warm"))
            let processor = server.processorSeconds
            let port = server.port
            async let writes = LoadGenerator(
                port: port, connections: 256, pace: .open(perSecond: perSecond), seed: 1
            ).run(count, request: Self.events(1, place))
            async let members = LoadGenerator(
                port: port, connections: 32, pace: .open(perSecond: 100), seed: 2
            ).run(Int(100 * seconds), request: Self.memberReads(place))
            async let pages = LoadGenerator(
                port: port, connections: 32, pace: .open(perSecond: 20), seed: 3
            ).run(Int(20 * seconds), request: Self.pageReads(place))
            let (write, member, page) = try await (writes, members, pages)
            let used = server.processorSeconds - processor
            var first = try Self.latency("ingest.http.single.open\(rate).p99", write)
            first.details.append(("server_cores", used / write.seconds))
            return [
                first, try Self.latency("read.member.open\(rate).p99", member),
                try Self.latency("page.member.open\(rate).p99", page),
            ]
        }
    }

    /// Resident memory of a server that has just started, and of one that has had an event of a million members.
    func memory() async throws -> [BenchResult] {
        let members = quick ? 50_000 : 1_000_000
        return try await withServer(rules: 20, members: members) { server, place in
            var results = [
                BenchResult(name: "memory.idle", value: server.residentMegabytes, unit: "MB", limit: nil)
            ]
            let report = try await LoadGenerator(port: server.port, connections: 32, timeout: 1_800).run(
                members / 100, request: Self.events(100, place))
            guard report.failed == 0 else { throw BenchProblem.setup("\(report.failed) requests were refused") }
            results.append(
                BenchResult(
                    name: "memory.members\(members)", value: server.residentMegabytes, unit: "MB",
                    details: [("events_per_second", Double(members) / report.seconds)]))
            return results
        }
    }

    static func result(
        _ name: String, value: Double, unit: String, report: LoadGenerator.Report
    ) throws -> BenchResult {
        guard report.failed == 0 else { throw BenchProblem.setup("\(report.failed) requests of \(name) were refused") }
        return BenchResult(name: name, value: value, unit: unit, details: percentiles(report))
    }

    private static func latency(_ name: String, _ report: LoadGenerator.Report) throws -> BenchResult {
        var result = try result(name, value: report.milliseconds(percentile: 99), unit: "ms", report: report)
        result.details.append(("per_second", report.perSecond))
        return result
    }

    private static func percentiles(_ report: LoadGenerator.Report) -> [(String, Double)] {
        [
            ("p50_ms", report.milliseconds(percentile: 50)), ("p95_ms", report.milliseconds(percentile: 95)),
            ("p99_ms", report.milliseconds(percentile: 99)),
            ("p99.9_ms", report.milliseconds(percentile: 99.9)),
        ]
    }

    // MARK: Requests

    private static func events(
        _ perRequest: Int, _ place: Place, prefix: String = "event"
    ) -> @Sendable (Int) -> [UInt8] {
        let time = RFC3339.format(SystemClock().now())
        let type = perRequest == 1 ? "application/cloudevents+json" : "application/cloudevents-batch+json"
        return { request in
            var body = perRequest == 1 ? "" : "["
            for offset in 0..<perRequest {
                let index = request * perRequest + offset
                if offset > 0 { body += "," }
                body += #"{"specversion":"1.0","id":""# + prefix + "-\(index)"
                body += #"","source":"bench","type":"article.read","subject":"user-"#
                body += #"\#(index % place.members.count)","time":""#
                body += time + #"","data":{"item":"article-\#(index % 500)","share":0.9,"seconds":60,"#
                body += #""topics":["opera","politics"]}}"#
            }
            if perRequest > 1 { body += "]" }
            return Array(
                ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(place.key)\r\n"
                    + "Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body).utf8)
        }
    }

    private static func memberReads(_ place: Place) -> @Sendable (Int) -> [UInt8] {
        let head =
            "GET /v1/members/\(place.member) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(place.key)\r\n\r\n"
        return { _ in Array(head.utf8) }
    }

    private static func pageReads(_ place: Place) -> @Sendable (Int) -> [UInt8] {
        let head = "GET /m/ HTTP/1.1\r\nHost: localhost\r\nCookie: stamgast-member=\(place.session)\r\n\r\n"
        return { _ in Array(head.utf8) }
    }

    // MARK: The server

    private func rows(
        _ server: ServerProcess, _ place: Place
    ) async throws -> (batches: Int, tables: [String: Int64]) {
        let report = try await LoadGenerator(port: server.port, connections: 1).run(1) { _ in
            Array(
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(place.key)\r\n\r\n".utf8)
        }
        let text = String(decoding: report.lastBody, as: UTF8.self)
        var batches = 0
        var tables: [String: Int64] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let value = Double(parts[1]) else { continue }
            if parts[0] == "stamgast_commits_total" { batches = Int(value) }
            if parts[0].hasPrefix("stamgast_rows_written_total{table=\"") {
                tables[String(parts[0].split(separator: "\"")[1])] = Int64(value)
            }
        }
        return (batches, tables)
    }

    private func withServer<T>(
        rules: Int, members: Int, _ body: (ServerProcess, Place) async throws -> T
    ) async throws -> T {
        let programme = BenchProgramme.programme(
            id: try EngineBench.programmeID(), rules: rules, sharing: min(rules, 100), matching: min(2, rules),
            timesPerDay: 1)
        return try await withServer(programme, members: members) { home, place in
            // The member whose page is read has something on it.
            _ = try await home.engine.take(
                [(place.member, EngineBench.event(-1, at: home.engine.clock.now()))], in: programme.id)
        } measure: {
            try await body($0, $1)
        }
    }

    /// A server over a new home with a programme and people.
    ///
    /// - Parameter prepare: what is done to the home before the server opens it.
    func withServer<T>(
        _ programme: Programme, members: Int, prepare: (Home, Place) async throws -> Void,
        measure: (ServerProcess, Place) async throws -> T
    ) async throws -> T {
        let path = folder + "/home-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let place = try await self.place(at: path, programme, members: members, prepare: prepare)
        let server = try ServerProcess(home: place.home)
        defer { server.stop() }
        return try await measure(server, place)
    }

    /// A function of its own, so that the home and its lock are gone when the server wants them.
    private func place(
        at path: String, _ programme: Programme, members: Int, prepare: (Home, Place) async throws -> Void
    ) async throws -> Place {
        let home = try await Home.open(try Configuration(flags: ["home": path]), environment: [:])
        do {
            let place = try await self.place(home, programme, members: max(1, members))
            try await prepare(home, place)
            await home.close()
            return place
        } catch {
            await home.close()
            throw error
        }
    }

    private func place(_ home: Home, _ programme: Programme, members: Int) async throws -> Place {
        _ = try await home.apply(
            try ProgrammeDocument.export(programme), to: programme.id, basedOn: 0, by: "bench")
        let now = home.engine.clock.now()
        var people: [MemberID] = []
        for start in stride(from: 0, to: members, by: 10_000) {
            let names = (start..<min(start + 10_000, members)).compactMap { ExternalIdentity(.user, "user-\($0)") }
            people += try await home.engine.identities.resolve(names, programme: programme.id, now: now)
        }
        guard let first = people.first else { throw BenchProblem.setup("a member") }
        let key = try await home.access.keys.create(
            programme: programme.id, kind: .live, scopes: Set(Scope.allCases), label: "bench", by: .commandLine,
            now: now)
        let link = try await home.access.signIn.issueLink(
            for: .member(programme.id, first), lasting: 86_400_000, now: now)
        let session = try await home.access.signIn.redeemLink(link, now: now)
        return Place(
            home: home.path, key: key.text.text, members: people, member: first, session: session.token.text)
    }
}
