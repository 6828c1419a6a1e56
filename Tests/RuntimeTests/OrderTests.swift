import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// Delivery that is late, out of order, repeated, in pieces of any size and partly under an anonymous name ends where
/// orderly delivery ends.
@Suite struct OrderTests {
    private struct Sent {
        var user: String
        var anonymous: String?
        var id: String
        var type: String
        var at: Instant
        var fields: JSONObject
    }

    private func history(seed: UInt64) -> [Sent] {
        var random = SplitMix64(seed: seed)
        return (0..<120).map { index in
            let user = "é\(Int.random(in: 0..<3, using: &random))"
            let at = TestEngine.start.adding(milliseconds: -Int64.random(in: 0...(70 * 3_600_000), using: &random))
            let isRead = Bool.random(using: &random)
            return Sent(
                user: user, anonymous: Int.random(in: 0..<3, using: &random) == 0 ? "device-of-\(user)" : nil,
                id: "e\(index)", type: isRead ? "article.read" : "visit", at: at,
                fields: isRead
                    ? [
                        "item": .string("article-\(index % 7)"),
                        "share": .double(Double.random(in: 0...1, using: &random)),
                        "seconds": .integer(.random(in: 0...200, using: &random)),
                    ] : ["points": .integer(.random(in: 0...30, using: &random))])
        }
    }

    /// Everything that must not depend on the order.
    private func outcome(_ test: TestEngine) async throws -> [String] {
        var lines: [String] = []
        for user in ["é0", "é1", "é2"] {
            guard
                let summary = try await test.engine.summary(of: test.member(user), in: test.programme)
            else { continue }
            lines.append("\(user) \(summary.tier) \(summary.badges.keys.sorted())")
            for balance in summary.balances {
                lines.append("\(user) \(balance.unit) \(balance.spendable)+\(balance.pending)")
            }
            for challenge in summary.challenges {
                lines.append("\(user) \(challenge.challenge) \(challenge.count) \(challenge.completions)")
            }
        }
        return lines
    }

    @Test(arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
    func endsInTheSameBalancesCountersAndCaps(seed: UInt64) async throws {
        let history = history(seed: seed)
        var orderly: [String] = []
        try await TestEngine.with(.sqlite, SampleProgramme.programme) { test in
            for sent in history.sorted(by: { $0.at < $1.at }) {
                let event = test.event(sent.id, user: sent.user, type: sent.type, at: sent.at, fields: sent.fields)
                _ = try await test.engine.take([event], in: test.programme)
            }
            orderly = try await outcome(test)
            #expect(try await test.verify().differenceCount == 0)
        }
        try await TestEngine.each(SampleProgramme.programme) { test in
            var random = SplitMix64(seed: seed &* 31)
            var deliveries = (history + history.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
            deliveries.shuffle(using: &random)
            var rest = deliveries[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...25, using: &random))
                rest = rest.dropFirst(piece.count)
                if Bool.random(using: &random) { try await test.engine.forget(test.programme) }
                let events = piece.map { sent in
                    test.event(
                        sent.id, user: sent.anonymous == nil ? sent.user : nil, anonymous: sent.anonymous,
                        type: sent.type, at: sent.at, fields: sent.fields)
                }
                let results = try await test.engine.take(events, in: test.programme)
                #expect(results.allSatisfy { $0.status != .quarantined })
                if Int.random(in: 0..<6, using: &random) == 0 { try await identify(test, "é1") }
            }
            for user in ["é0", "é1", "é2"] {
                try await identify(test, user)
                try await identify(test, user)
            }
            let disorderly = try await outcome(test)
            let differing = zip(disorderly, orderly).filter { $0 != $1 }
            #expect(differing.isEmpty, "seed \(seed): \(differing)")
            let report = try await test.verify()
            #expect(report.differenceCount == 0, "seed \(seed): \(report.differences)")
            // An event resent after identify is still the same event.
            let again = try await test.engine.take(
                history.map { test.event($0.id, user: $0.user, type: $0.type, at: $0.at, fields: $0.fields) },
                in: test.programme)
            #expect(again.allSatisfy { $0.status == .duplicate })
            #expect(try await outcome(test) == orderly)
        }
    }

    private func identify(_ test: TestEngine, _ user: String) async throws {
        guard let identity = ExternalIdentity(.user, user),
            let device = ExternalIdentity(.anonymous, "device-of-\(user)")
        else { return }
        _ = try await test.engine.identify(user: identity, previous: device, in: test.programme)
    }
}
