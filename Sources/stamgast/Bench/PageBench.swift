import Access
import ArgumentParser
import Foundation
import Primitives
import Runtime
import Settings
import Simulation
import Vault

struct BenchPages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages",
        abstract: "Every page of a simulated newspaper, while events come in.",
        discussion: """
            Makes the demo of so many people in --home (which is kept: a second run starts at once), serves it, follows the \
            links of a member and of an owner to every page, and reads each at random times while single events arrive \
            beside it. Latency counts from the arrival to the last byte. Example:
              stamgast bench pages --home /tmp/hundred-thousand --people 100000 --json
            """)

    @Option(name: .long, help: "A home of its own; made if it is not there.")
    var home: String

    @Option(name: .long, help: "Simulated people of a new home.")
    var people = 100_000

    @Option(name: .long, help: "Simulated weeks of a new home.")
    var weeks = 1

    @Option(name: .long, help: "Events that arrive each second, one per request.")
    var events = 1_000

    @Option(name: .long, help: "Page reads each second.")
    var reads = 50

    @Option(name: .long, help: "Reads of each page.")
    var samples = 200

    @Option(name: .long, help: "Only pages whose path starts with this.")
    var only = "/"

    @Flag(name: .long, help: "Print a list of figures as JSON.")
    var json = false

    func validate() throws {
        guard (1...200_000).contains(people), (1...52).contains(weeks), (0...100_000).contains(events),
            (1...10_000).contains(reads), (1...100_000).contains(samples)
        else { throw ValidationError("1 to 200,000 people, 1 to 52 weeks, and rates and samples above zero.") }
    }

    func run() async throws {
        let place = try await PageBench.Place.open(home, people: people, weeks: weeks)
        let server = try ServerProcess(home: home)
        defer { server.stop() }
        let bench = PageBench(place: place, port: server.port, reads: reads, samples: samples, events: events)
        let pages = try await bench.pages().filter { $0.path.hasPrefix(only) }
        guard !pages.isEmpty else { throw BenchProblem.setup("no page starts with \(only)") }
        let board = BenchBoard(only: "", json: json)
        let processor = server.processorSeconds
        let (_, seconds) = try await measured {
            try await bench.underLoad {
                for page in pages { try await board.measure("page") { try await bench.read(page) } }
            }
        }
        let worst = board.results.max { $0.value < $1.value }
        try await board.measure("pages") {
            BenchResult(
                name: "pages.worst.p99", value: worst?.value ?? 0, unit: "ms",
                details: [
                    ("pages", Double(pages.count)),
                    ("over_50_ms", Double(board.results.count { $0.value > 50 })),
                    ("server_cores", (server.processorSeconds - processor) / seconds),
                    ("resident_mb", server.residentMegabytes),
                ])
        }
        if json { Output.result(.array(board.results.map(\.json))) }
    }
}

/// Pages of a running server, read while it takes events.
struct PageBench: Sendable {
    /// Somebody's way to a page.
    struct Page: Sendable {
        var path: String
        /// Whose pages these are: the cookies of everybody who may read it, in turn.
        var cookies: [String]
    }

    struct Place: Sendable {
        var members: [String]
        var owner: String
        var key: String
        var readers: [String]

        /// A home with the demo, and people who are signed in.
        static func open(_ path: String, people: Int, weeks: Int) async throws -> Place {
            let home = try await Home.open(
                try Configuration(flags: ["home": path]), environment: [:])
            do {
                let place = try await make(home, people: people, weeks: weeks)
                await home.close()
                return place
            } catch {
                await home.close()
                throw error
            }
        }

        private static func make(_ home: Home, people: Int, weeks: Int) async throws -> Place {
            let demo = try await Demo.open(
                .avondpost, in: home, size: Demo.Size(people: people, weeks: weeks), say: { Output.say($0) },
                progress: { Output.progress($0, of: $1, "events") })
            let now = home.engine.clock.now()
            let step = max(1, demo.population.size / 100)
            let readers = [Int(demo.record.reader)] + Array(stride(from: 0, to: demo.population.size, by: step))
            let names = readers.compactMap { ExternalIdentity(.user, demo.population.member($0).key) }
            let ids = try await home.engine.identities.resolve(names, programme: demo.programme, now: now)
            var members: [String] = []
            for id in ids { members.append(try await session(.member(demo.programme, id), home, now)) }
            let staff = try await home.access.staff.create(
                name: "Bench", role: .owner, programmes: .all, by: .commandLine, now: now)
            let key = try await home.access.keys.create(
                programme: demo.programme, kind: .live, scopes: Set(Scope.allCases), label: "bench", by: .commandLine,
                now: now)
            return Place(
                members: members.map { "stamgast-member=" + $0 },
                owner: "stamgast-staff=" + (try await session(.staff(staff.id), home, now)), key: key.text.text,
                readers: (0..<demo.population.size).map { demo.population.member($0).key })
        }

        private static func session(
            _ subject: SignInSubject, _ home: Home, _ now: Instant
        ) async throws -> String {
            let link = try await home.access.signIn.issueLink(for: subject, lasting: 86_400_000, now: now)
            return try await home.access.signIn.redeemLink(link, now: now).token.text
        }
    }

    let place: Place
    let port: Int
    let reads: Int
    let samples: Int
    let events: Int

    private static func request(_ path: String, _ cookie: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: \(cookie)\r\n\r\n".utf8)
    }

    /// Every page that links lead to, from a member's and an owner's first page: one of those that differ by an id only.
    func pages() async throws -> [Page] {
        guard let first = place.members.first else { throw BenchProblem.setup("a member") }
        var found: [Page] = []
        for (start, cookie, others) in [("/m/", first, place.members), ("/console/", place.owner, [place.owner])] {
            var queue = [start]
            var known: Set = [Self.shape(start)]
            var index = 0
            while index < queue.count {
                let path = queue[index]
                index += 1
                let report = try await LoadGenerator(port: port, connections: 1).run(1) { _ in
                    Self.request(path, cookie)
                }
                // Files, event streams and redirects are no pages.
                guard report.failed == 0, report.lastBody.starts(with: Array("<!doctype html>".utf8)) else { continue }
                // What stands below an id may be one member's own.
                found.append(Page(path: path, cookies: Self.shape(path).contains("*") ? [cookie] : others))
                for link in Self.links(in: report.lastBody) where link.hasPrefix(start) || link + "/" == start {
                    guard !link.hasSuffix("/export"), !link.hasSuffix(".csv"), known.insert(Self.shape(link)).inserted
                    else { continue }
                    queue.append(link)
                }
            }
        }
        return found
    }

    /// What has pages by name: one of them is enough.
    private static let named: Set<Substring> = [
        "makers", "rewards", "quizzes", "contests", "rules", "challenges", "tiers", "integrations",
    ]

    /// A path with a star for each part that names one of many.
    private static func shape(_ path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.indices.map { index in
            let part = parts[index]
            let isNamed = index > 1 && named.contains(parts[index - 1])
            return isNamed || part.utf8.count > 20 || part.utf8.contains(where: { (0x30...0x39).contains($0) })
                ? "*" : String(part)
        }.joined(separator: "/")
    }

    /// The addresses of `href="…"` without query and fragment.
    private static func links(in body: [UInt8]) -> [String] {
        String(decoding: body, as: UTF8.self).components(separatedBy: "href=\"").dropFirst().compactMap { rest in
            rest.prefix { $0 != "\"" }.split(separator: "?", omittingEmptySubsequences: false).first?
                .split(separator: "#", omittingEmptySubsequences: false).first.map(String.init)
        }
    }

    func read(_ page: Page) async throws -> BenchResult {
        let report = try await LoadGenerator(
            port: port, connections: 32, pace: .open(perSecond: Double(reads)), seed: 7
        ).run(samples) { index in
            Self.request(page.path, page.cookies[index % page.cookies.count])
        }
        return BenchResult(
            name: "page \(page.path)", value: report.milliseconds(percentile: 99), unit: "ms",
            details: [
                ("p50_ms", report.milliseconds(percentile: 50)), ("p95_ms", report.milliseconds(percentile: 95)),
                ("kB", Double(report.lastBody.count) / 1_000), ("failed", Double(report.failed)),
            ])
    }

    /// Sends events at random times until the body is done.
    func underLoad(_ body: () async throws -> Void) async throws {
        guard events > 0 else { return try await body() }
        let (port, events, place) = (port, events, place)
        let load = Task {
            var sent = 0
            while !Task.isCancelled {
                let start = sent
                let report = try await LoadGenerator(
                    port: port, connections: 64, pace: .open(perSecond: Double(events)), seed: UInt64(start + 11)
                ).run(events) { Self.event(start + $0, place) }
                guard report.failed == 0 else { throw BenchProblem.setup("\(report.failed) events were refused") }
                sent += events
            }
        }
        do {
            try await body()
        } catch {
            load.cancel()
            throw error
        }
        load.cancel()
        try await load.value
    }

    private static func event(_ index: Int, _ place: Place) -> [UInt8] {
        // Spread over everybody, so that few find their member in a cache.
        let reader = place.readers[index &* 7_919 % place.readers.count]
        let time = RFC3339.format(SystemClock().now())
        let body =
            #"{"specversion":"1.0","id":"bench-\#(time)-\#(index)","source":"bench","type":"article.read","subject":"#
            + #""\#(reader)","time":"\#(time)","data":{"item":"article-\#(index % 500)","share":0.9,"seconds":60,"#
            + #""topics":["klimaat"]}}"#
        return Array(
            ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(place.key)\r\n"
                + "Content-Type: application/cloudevents+json\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body)
                .utf8)
    }
}
