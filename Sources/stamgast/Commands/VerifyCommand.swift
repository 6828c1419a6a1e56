import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every balance, lot, progress and counter, and report any difference.",
        discussion: "Ends with exit code 1 when anything differs. Raw events are not needed.")

    @OptionGroup var options: HomeOptions

    func run() async throws {
        let home = try await options.open()
        var checked: [String: Int64] = [:]
        var differences: [Difference] = []
        var count: Int64 = 0
        for programme in try await home.programmes() {
            let report = try await Verifier(programme: programme, compiled: home.engine.host[programme]).verify(
                home.database)
            for (name, value) in report.checked { checked[name, default: 0] += value }
            count += report.differenceCount
            differences += report.differences
        }
        await home.close()
        let json = JSONValue.object([
            "differences": .integer(count),
            "checked": .object(JSONObject(checked.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "listed": .array(differences.map(\.json)),
        ])
        if options.json {
            Output.result(json)
        } else {
            let things = checked.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            print("Checked \(things): \(count) differences.")
            for difference in differences { print(difference.json.text()) }
        }
        if count > 0 { throw ExitCode(1) }
    }
}

extension VerificationReport {
    var checked: [(String, Int64)] {
        [
            ("members", members), ("transfers", transfers), ("entries", entries), ("lots", lots), ("holds", holds),
            ("counters", counters), ("budgets", budgets), ("rewards", rewards),
        ]
    }
}

extension Difference {
    var json: JSONValue {
        .object([
            "kind": .string(kind.rawValue), "member": member.map { .string($0.description) } ?? .null,
            "subject": .string(subject), "stored": .integer(stored), "recomputed": .integer(recomputed),
        ])
    }
}
