import Foundation
import Primitives
import Testing

/// Explaining, replaying, back-testing and correcting through the binary.
@Suite(.serialized)
struct ExplainCommandTests {
    @Test func aHomeIsExplainedBacktestedAndCorrected() async throws {
        try await Binary.withFolder { folder in
            let home = folder + "/home"
            let printed = try await Binary.run("simulate", "--people", "30", "--days", "5", "--seed", "4")
            let week = folder + "/week.ndjson"
            try printed.output.write(toFile: week, atomically: true, encoding: .utf8)
            _ = try await Binary.run("programme", "apply", "avondpost", "--home", home)
            let taken = try await Binary.run("import", "events", week, "--home", home, "--json")
            #expect(taken.status == 0, "\(taken.errors)")

            let replay = try await Binary.run("explain", "replay", "--home", home, "--json")
            #expect(replay.status == 0, "\(replay.output.prefix(2_000)) \(replay.errors)")
            #expect((replay.json?["effects"]?.intValue ?? 0) > 50)
            #expect(replay.json?["differences"] == 0)
            #expect((replay.json?["share"]?.doubleValue ?? 0) > 0.5)

            // The programme as it is over the same events costs what it cost.
            let same = try await Binary.run(
                "backtest", "avondpost", "--events", week, "--home", home, "--json")
            #expect(same.status == 0, "\(same.errors)")
            for unit in same.json?["replay"]?["units"]?.arrayValue ?? [] {
                #expect(unit["issued"]?["difference"] == 0)
            }
            #expect(same.json?["replay"]?["tiers"] == [])

            // Twice the ink for a story that was read to the end.
            let changed = folder + "/changed"
            _ = try await Binary.run("programme", "export", "avondpost", changed)
            let path = changed + "/rules/read-to-the-end.yaml"
            let rule = try String(contentsOfFile: path, encoding: .utf8)
            let doubled = rule.replacing("amount: 10,", with: "amount: 20,")
            #expect(doubled != rule, "the rule of the demo is another one: \(rule)")
            try doubled.write(toFile: path, atomically: true, encoding: .utf8)
            let arguments = ["backtest", changed, "--against", "avondpost", "--events", week, "--json"]
            let dearer = try await Binary.run(arguments)
            #expect(dearer.status == 0, "\(dearer.errors)")
            let ink = dearer.json?["replay"]?["units"]?.arrayValue?.first { $0["unit"] == "ink" }
            #expect((ink?["issued"]?["difference"]?.intValue ?? 0) > 0)
            #expect(try await Binary.run(arguments).output == dearer.output)
            let counters = try await Binary.run("backtest", changed, "--home", home)
            #expect(counters.status == 0, "\(counters.errors)")
            #expect(counters.output.contains("read-to-the-end: "))

            let applied = try await Binary.run("programme", "apply", changed, "--home", home)
            #expect(applied.status == 0, "\(applied.errors)")
            let correct = ["programme", "correct", "read-to-the-end", "--from", "2020-01-01", "--home", home, "--json"]
            let early = try await Binary.run(correct)
            #expect(early.status == 0, "\(early.errors)")
            #expect((early.json?["units"]?[0]?["up"]?.intValue ?? 0) > 0)
            let confirm = try #require(early.json?["confirm"]?.stringValue)
            #expect(try await Binary.run(correct + ["--confirm", "0123456789ab"]).status != 0)
            let posted = try await Binary.run(correct + ["--confirm", confirm])
            #expect(posted.status == 0, "\(posted.errors)")
            #expect(posted.json?["changed"] == early.json?["units"]?[0]?["members_up"])
            #expect(try await Binary.run(correct).json?["units"] == [])
            #expect(try await Binary.run("verify", "--home", home).status == 0)

            let effect = try #require(early.json?["differences"]?[0]?["member"]?.stringValue)
            let unknown = try await Binary.run("explain", effect, "--home", home)
            #expect(unknown.status != 0 && unknown.errors.contains("There is no such effect."))
        }
    }
}
