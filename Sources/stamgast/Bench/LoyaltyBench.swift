import ArgumentParser
import Foundation
import Histogram
import Loyalty
import Primitives
import Runtime

struct BenchLoyalty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loyalty",
        abstract: "Lots, rewards, leaderboards, gates, tokens, measures: what a programme costs.",
        discussion: """
            Give --folder on the disk that matters. Example:
              stamgast bench loyalty --json
            """)

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.run { place, limit, board in
            let bench = LoyaltyBench(folder: place, quick: options.quick, limit: limit)
            try await board.measureAll("loyalty.postings") { try await bench.lotsAndExpiry() }
            try await board.measureAll("loyalty.redemption") { try await bench.redemptions() }
            try await board.measureAll("loyalty.leaderboard") { try bench.leaderboard() }
            try await board.measureAll("loyalty.entitlement") { try await bench.entitlements() }
            try await board.measureAll("loyalty.token") { try await bench.tokens() }
            try await board.measure("loyalty.backtest") { try bench.backtest() }
            try await board.measureAll("loyalty.measure") { try await bench.measures() }
        }
    }
}

/// What the parts of a programme cost that have a life of their own: lots that expire, rewards that are redeemed.
struct LoyaltyBench {
    let folder: String
    let quick: Bool
    let limit: LimitProgram?

    var engine: EngineBench { EngineBench(folder: folder, quick: quick, limit: limit) }
    var http: HTTPBench { HTTPBench(folder: folder, quick: quick, limit: limit) }

    /// Postings per second while members gather lots, 1,000 per commit, and while the keeper lets all of them expire.
    func lotsAndExpiry() async throws -> [BenchResult] {
        let programme = try Self.programme()
        let lotsEach = 10
        let members = quick ? 1_000 : 10_000
        return try await engine.withHome { home in
            try await home.install(CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let people = try await engine.people(members, home, programme.id)
            let now = home.engine.clock.now()
            let (_, earning) = try await measured {
                for lot in 0..<lotsEach {
                    for start in stride(from: 0, to: members, by: 1_000) {
                        let commands = people[start..<min(start + 1_000, members)].map { member in
                            // Lots of different days, so that none can be told from the other by its date alone.
                            Command(
                                programme: programme.id, member: member,
                                action: .adjust(
                                    unit: "ink", amount: 5, id: ID128(high: member.value.low, low: UInt64(lot)),
                                    reason: "bench"),
                                now: now.adding(milliseconds: Int64(lot) * 86_400_000))
                        }
                        for answer in try await home.engine.submit(commands) { _ = try answer.get() }
                    }
                }
            }
            let later = now.adding(milliseconds: 500 * 86_400_000)
            let (settled, expiring) = try await measured {
                try await Keeper.settle(home.engine, programme.id, at: later)
            }
            guard settled == members else {
                throw BenchProblem.setup("\(settled) of \(members) members had lots to expire")
            }
            let lots = Double(members * lotsEach)
            return [
                BenchResult(
                    name: "loyalty.postings.lots", value: lots / earning, unit: "postings/s",
                    details: [("lots_per_member", Double(lotsEach))]),
                BenchResult(
                    name: "loyalty.postings.expiry", value: lots / expiring, unit: "postings/s",
                    details: [("members", Double(members))]),
            ]
        }
    }

    /// How long a redemption takes over HTTP, from the request to the price set aside on disk, at a steady rate; and how
    /// many a server takes at most.
    func redemptions() async throws -> [BenchResult] {
        let programme = try Self.programme()
        let members = quick ? 1_000 : 10_000
        let rate = quick ? 300.0 : 1_000.0
        return try await http.withServer(programme, members: members) { home, place in
            let now = home.engine.clock.now()
            for start in stride(from: 0, to: members, by: 1_000) {
                let commands = place.members[start..<min(start + 1_000, members)].map { member in
                    Command(
                        programme: programme.id, member: member,
                        action: .adjust(
                            unit: "ink", amount: 1_000_000, id: ID128(high: member.value.low, low: 1), reason: "bench"),
                        now: now)
                }
                for answer in try await home.engine.submit(commands) { _ = try answer.get() }
            }
        } measure: { server, place in
            _ = try await LoadGenerator(port: server.port, connections: 16).run(
                500, request: Self.redeem(place, prefix: "warm"))
            let open = try await LoadGenerator(
                port: server.port, connections: 128, pace: .open(perSecond: rate), seed: 4
            ).run(Int(rate * (quick ? 5 : 20)), request: Self.redeem(place, prefix: "open"))
            var latency = try HTTPBench.result(
                "loyalty.redemption.http.open\(Int(rate)).p95", value: open.milliseconds(percentile: 95), unit: "ms",
                report: open)
            latency.details.append(("per_second", open.perSecond))
            let closed = try await LoadGenerator(port: server.port, connections: 128).run(
                quick ? 2_000 : 20_000, request: Self.redeem(place, prefix: "closed"))
            return [
                latency,
                try HTTPBench.result(
                    "loyalty.redemption.http", value: closed.perSecond, unit: "redemptions/s", report: closed),
            ]
        }
    }

    private static func redeem(_ place: HTTPBench.Place, prefix: String) -> @Sendable (Int) -> [UInt8] {
        let body = #"{"reward":"issue"}"#
        return { index in
            let member = place.members[index % place.members.count]
            return Array(
                ("POST /v1/members/\(member)/redemptions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer \(place.key)\r\nIdempotency-Key: \(prefix)-\(index)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body).utf8)
        }
    }

    /// Points that expire after a year, and something to have for them.
    private static func programme() throws -> Programme {
        var programme = BenchProgramme.programme(
            id: try EngineBench.programmeID(), rules: 20, sharing: 20, matching: 2, timesPerDay: 1)
        programme.rewards = [
            Reward(
                id: "issue", kind: .digital, name: LocalizedText([.en: "An issue"]),
                text: LocalizedText([.en: "One issue of the paper."]), unit: "ink", price: 5, stock: 1_000_000)
        ]
        return programme
    }
}
