import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// Who of two members had which of two episodes of equal class on the same day leaves no trace below the level
/// `personal`, whatever a challenge counts.
@Suite struct ChallengePrivacyTests {
    private func dump(_ kind: Storage.Engine, level: PrivacyLevel, swapped: Bool) async throws -> [String] {
        var lines: [String] = []
        try await TestEngine.with(kind, ChallengeTests.programme, seed: 42) { test in
            var change = ProfileChange()
            change.level = level
            for user in ["a", "b"] {
                _ = try await test.engine.perform(.profile(change), member: test.member(user), in: test.programme)
            }
            let episodes = ["one", "two", "three", "four"]
            for (index, episode) in episodes.enumerated() {
                let partner = episodes[index ^ 1]
                for (user, own) in [("a", swapped ? partner : episode), ("b", swapped ? episode : partner)] {
                    let fields: JSONObject = [
                        "topic": "opera", "seconds": .integer(61), "episode": .string(own), "newEpisode": .bool(true),
                    ]
                    _ = try await test.engine.take(
                        [test.event("\(user)-\(index)", user: user, type: "listen", fields: fields)],
                        in: test.programme)
                }
            }
            lines = try await test.database.read { try LogicalDump.lines($0) }
        }
        return lines
    }

    @Test(arguments: [Storage.Engine.sqlite, .postgres])
    func swappingTwoMembersEpisodesChangesNoByte(kind: Storage.Engine) async throws {
        guard TestDatabases.engines.contains(kind) else { return }
        for level in [PrivacyLevel.session, .persona] {
            let first = try await dump(kind, level: level, swapped: false)
            #expect(try await dump(kind, level: level, swapped: true) == first)
            #expect(first.count > 20)
        }
    }

    /// The attack bites: with the other half of the episodes the marks differ at the level at which they are kept.
    @Test func atTheLevelPersonalTheMarksTell() async throws {
        func marks(_ episode: String) async throws -> [[UInt8]] {
            var found: [[UInt8]] = []
            try await TestEngine.with(.sqlite, ChallengeTests.programme, seed: 42) { test in
                var change = ProfileChange()
                change.level = .personal
                _ = try await test.engine.perform(.profile(change), member: test.member("a"), in: test.programme)
                let fields: JSONObject = [
                    "topic": "opera", "seconds": .integer(1), "episode": .string(episode), "newEpisode": .bool(true),
                ]
                _ = try await test.engine.take(
                    [test.event("e", user: "a", type: "listen", fields: fields)], in: test.programme)
                found = try await test.database.read { connection in
                    try connection.query(
                        "SELECT marks FROM counter WHERE name = ?", [.text(CompiledChallenge.counter(of: "episodes"))]
                    ).map { try $0.blob(0) }
                }
            }
            return found
        }
        #expect(try await marks("one") != marks("two"))
    }
}
