import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Testing
import Vault

/// The main job on real input: 100,000 timestamped ratings by 16,554 people, against a Python script that shares no code.
@Suite struct MovieTweetingsTests {
    /// Data from outside the repository; a test that needs it says so when it is not there.
    private static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            environment["STAMGAST_SHARED"] ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
        let folder = shared + "/data/movietweetings_100k"
        guard !FileManager.default.fileExists(atPath: folder + "/ratings.dat.gz") else { return folder }
        if environment["STAMGAST_REQUIRE_SHARED"] == "1" { return folder }
        print("The import of real ratings is skipped: there is no \(folder) (STAMGAST_SHARED names where it is).")
        return nil
    }()

    private func oracle(_ folder: String) throws -> JSONValue {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", root.path + "/checks/movietweetings_oracle.py", folder]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONValue(parsing: [UInt8](data))
    }

    @Test func equalsTheIndependentOracleAndImportingTwiceChangesNothing() async throws {
        guard let folder = Self.folder else { return }
        let path = NSTemporaryDirectory() + "stamgast-import-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let home = try await Home.open(try Configuration(flags: ["home": path]), environment: [:])
        let programme = try await home.install(demo: "movietweetings")
        let events = try MovieTweetings.ratings(in: folder)
        let report = try await Importer(engine: home.engine, programme: programme).run(events)
        #expect(report.accepted == 100_000 && report.members == 16_554)
        #expect(report.quarantined == 0 && report.duplicates == 0)

        let expected = try #require(try oracle(folder)["users"]?.objectValue)
        #expect(expected.count == 16_554)
        let users = expected.keys
        let members = try await home.engine.identities.resolve(
            users.compactMap { ExternalIdentity(.user, $0) }, programme: programme, now: home.engine.clock.now())
        #expect(Set(members).count == users.count)
        let store = LoyaltyStore(programme: programme)
        let end = events.map(\.event.time).max() ?? Instant(seconds: 0)
        var differences: [String] = []
        // In pages that a busy machine reads well within the time that a read may take.
        for start in stride(from: 0, to: members.count, by: 200) {
            let slice = Array(members[start..<min(start + 200, members.count)])
            let states = try await home.database.read { try store.load(slice, joinedDay: 0, $0) }
            for (offset, member) in slice.enumerated() {
                let user = users[start + offset]
                guard let state = states[member], let truth = expected[user] else { continue }
                if state.wallet.spendable("ink", at: end) != truth["balance"]?.intValue {
                    differences.append("\(user): balance")
                }
                let badges = truth["badges"]?.arrayValue?.compactMap(\.stringValue) ?? []
                if state.badges.keys.sorted() != badges.sorted() { differences.append("\(user): badges") }
                for (name, challenge) in [("five-in-a-month", "five-in-a-month"), ("centurion", "centurion")] {
                    let counter = state.counters[CompiledChallenge.counter(of: challenge)] ?? .empty
                    if counter.granted != truth["completed"]?[name]?.intValue ?? 0 {
                        differences.append("\(user): completions of \(name)")
                    }
                }
                let ever = state.counters[CompiledChallenge.counter(of: "centurion")]?.count ?? 0
                if ever != truth["progress"]?["ever"]?.intValue ?? 0 { differences.append("\(user): progress") }
            }
        }
        #expect(differences.isEmpty, "\(differences.prefix(10))")

        let before = try await home.database.read { try LogicalDump.lines($0) }
        let again = try await Importer(engine: home.engine, programme: programme).run(events)
        #expect(again.accepted == 0 && again.duplicates == 100_000)
        #expect(try await home.database.read { try LogicalDump.lines($0) } == before)
        let verified = try await Verifier(programme: programme, compiled: home.engine.host[programme]).verify(
            home.database)
        #expect(verified.differenceCount == 0, "\(verified.differences)")
        #expect(verified.members == 16_554 && verified.entries > 0 && verified.counters > 0)

        // A real person is found through the vault; the main database has no name of anyone, and no pair with a film.
        let known = try #require(ExternalIdentity(.user, "7"))
        let found = try #require(try await home.engine.identities.find(known, programme: programme))
        #expect(try await home.engine.summary(of: found, in: programme)?.isKnown == true)
        let kept = try await home.database.read { try $0.query("SELECT count(*) FROM event").first?.int(0) }
        #expect(kept == 0)
        let tables = Set(
            before.filter { !$0.hasPrefix(" ") && $0.contains("(") }.map { String($0.prefix { $0 != " " }) })
        #expect(tables.contains("explanation"))
        await home.close()
    }
}
