import Access
import Crypto
import Foundation
import Loyalty
import Primitives
import Runtime

/// Gates: what it costs to ask whether somebody may open something, in every way there is.
extension LoyaltyBench {
    /// Checks of one gate of four conditions per second: the decision alone, in process with the member's state at hand,
    /// and over HTTP.
    func entitlements() async throws -> [BenchResult] {
        let programme = try Self.gated()
        guard let gate = programme.gates.first else { throw BenchProblem.setup("a gate") }
        let members = quick ? 1_000 : 10_000
        let rounds = quick ? 20_000 : 1_000_000
        let inside = try await engine.withHome { home in
            try await home.install(CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let people = try await engine.people(members, home, programme.id)
            try await Self.grant(people, programme.id, home)
            let facts = try await home.engine.gateFacts(of: people.first, in: programme.id)
            var open = 0
            let (_, deciding) = await measured {
                for _ in 0..<rounds where EntitlementCheck.decide(gate, facts).isOpen { open += 1 }
            }
            guard open == rounds else { throw BenchProblem.setup("the gate should be open") }
            // Everyone once, so that each is at hand.
            for member in people { _ = try await home.engine.gateFacts(of: member, in: programme.id) }
            let asks = rounds / 4
            let (_, asking) = try await measured {
                for index in 0..<asks {
                    let facts = try await home.engine.gateFacts(of: people[index % members], in: programme.id)
                    if EntitlementCheck.decide(gate, facts).isOpen { open += 1 }
                }
            }
            guard open == rounds + asks else { throw BenchProblem.setup("the gate should be open for everyone") }
            let limit = Double(rounds) / deciding
            return [
                BenchResult(name: "loyalty.entitlement.decide", value: limit, unit: "checks/s"),
                BenchResult(
                    name: "loyalty.entitlement.in_process", value: Double(asks) / asking, unit: "checks/s",
                    limit: limit, limitedBy: "the decision alone", details: [("members", Double(members))]),
            ]
        }
        return inside + (try await entitlementsOverHTTP(programme, members: members))
    }

    private func entitlementsOverHTTP(_ programme: Programme, members: Int) async throws -> [BenchResult] {
        try await http.withServer(programme, members: members) { home, place in
            try await Self.grant(place.members, programme.id, home)
        } measure: { server, place in
            let check: @Sendable (Int) -> [UInt8] = { index in
                Array(
                    ("GET /v1/entitlements/check?member=\(place.members[index % place.members.count])&gate=archive "
                        + "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(place.key)\r\n\r\n").utf8)
            }
            let nothing: @Sendable (Int) -> [UInt8] = { _ in
                Array("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            }
            let load = LoadGenerator(port: server.port, connections: 128)
            let count = quick ? 2_000 : 60_000
            _ = try await load.run(max(members, 500), request: check)
            let bare = try await load.run(count, request: nothing)
            let closed = try await load.run(count, request: check)
            var most = try HTTPBench.result(
                "loyalty.entitlement.http", value: closed.perSecond, unit: "checks/s", report: closed)
            guard bare.failed == 0 else { throw BenchProblem.setup("/health was refused") }
            most.limit = bare.perSecond
            most.limitedBy = "GET /health: HTTP without work"
            let rate = quick ? 300.0 : 2_000.0
            let open = try await LoadGenerator(
                port: server.port, connections: 128, pace: .open(perSecond: rate), seed: 5
            ).run(Int(rate * (quick ? 3 : 20)), request: check)
            var latency = try HTTPBench.result(
                "loyalty.entitlement.http.open\(Int(rate)).p99", value: open.milliseconds(percentile: 99), unit: "ms",
                report: open)
            latency.details.append(("per_second", open.perSecond))
            return [most, latency]
        }
    }

    /// Access tokens signed, and checked without the server, per second and thread; beside the bare signature.
    func tokens() async throws -> [BenchResult] {
        let count = quick ? 300 : 20_000
        let programme = try Self.gated()
        return try await engine.withHome { home in
            try await home.install(CompiledProgramme(programme, version: 1, zones: home.engine.zones))
            let people = try await engine.people(1, home, programme.id)
            let now = home.engine.clock.now()
            func sign() async throws -> String {
                try await home.access.accessTokens.sign(
                    for: people.first, in: programme.id, issuer: "https://bench.example/bench",
                    audience: "https://post.example", gates: ["archive"], now: now
                ).text
            }
            let token = try await sign()
            let (_, signing) = try await measured { for _ in 0..<count { _ = try await sign() } }
            let verifier = AccessTokenVerifier(
                keySet: try await home.access.accessTokens.keySet(of: programme.id, now: now))
            let (_, verifying) = try await measured {
                for _ in 0..<count {
                    _ = try verifier.verify(token, audience: "https://post.example", now: now)
                }
            }
            let key = P256.Signing.PrivateKey()
            let publicKey = key.publicKey
            let text = Data(token.utf8.prefix { $0 != UInt8(ascii: ".") })
            let signature = try key.signature(for: text)
            let (valid, bare) = await measured {
                (0..<count).count { _ in publicKey.isValidSignature(signature, for: text) }
            }
            let (_, bareSigning) = try await measured { for _ in 0..<count { _ = try key.signature(for: text) } }
            guard valid == count else { throw BenchProblem.setup("a signature should be valid") }
            return [
                BenchResult(
                    name: "loyalty.token.verify", value: Double(count) / verifying, unit: "tokens/s",
                    limit: Double(count) / bare, limitedBy: "ECDSA on P-256 alone",
                    details: [("token_bytes", Double(token.utf8.count))]),
                BenchResult(
                    name: "loyalty.token.sign", value: Double(count) / signing, unit: "tokens/s",
                    limit: Double(count) / bareSigning, limitedBy: "ECDSA on P-256 alone"),
            ]
        }
    }

    private static func grant(_ people: [MemberID], _ programme: ProgrammeID, _ home: Home) async throws {
        let now = home.engine.clock.now()
        for start in stride(from: 0, to: people.count, by: 1_000) {
            let commands = people[start..<min(start + 1_000, people.count)].map { member in
                Command(
                    programme: programme, member: member,
                    action: .adjust(
                        unit: "ink", amount: 100, id: ID128(high: member.value.low, low: 9), reason: "bench"),
                    now: now)
            }
            for answer in try await home.engine.submit(commands) { _ = try answer.get() }
        }
    }

    /// A gate that opens for what a member has been given, has in hand, is, or has left on a meter.
    private static func gated() throws -> Programme {
        var programme = BenchProgramme.programme(
            id: try EngineBench.programmeID(), rules: 20, sharing: 20, matching: 2, timesPerDay: 1)
        programme.gates = [
            Gate(
                id: "archive", name: LocalizedText([.en: "The archive"]),
                opens: [
                    .entitlement("archive"),
                    .all([
                        .balance(unit: "ink", atLeast: 50), .window(from: Instant(seconds: 1_577_836_800), until: nil),
                    ]),
                    .meter(free: 3, per: .month),
                ], why: LocalizedText([.en: "What was in the paper."]))
        ]
        return programme
    }
}
