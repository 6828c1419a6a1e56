import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct VerifyCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every balance, lot, progress and counter, and report any difference.",
        discussion: """
            Ends with exit code 1 when anything differs. Raw events are not needed. Example, for a nightly job:
              stamgast verify --home /srv/regulars --json > verified.json || mail -s differs ops@example.org < verified.json
            """)

    @OptionGroup var options: HomeOptions

    func run() async throws {
        var checked: [String: Int64] = [:]
        var differences: [Difference] = []
        var count: Int64 = 0
        for report in try await options.withHome({ try await Self.verify($0) }) {
            for (name, value) in report.checked { checked[name, default: 0] += value }
            count += report.differenceCount
            differences += report.differences
        }
        let json = JSONValue.object([
            "differences": .integer(count),
            "checked": .object(JSONObject(checked.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "listed": .array(differences.map(\.json)),
        ])
        if options.json {
            Output.result(json)
        } else {
            let things = checked.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            Output.print("Checked \(things): \(count) differences.")
            for difference in differences { Output.print(difference.json.text()) }
        }
        if count > 0 { throw ExitCode(1) }
    }

    private static func verify(_ home: Home) async throws -> [VerificationReport] {
        var reports: [VerificationReport] = []
        let programmes = try await home.programmes()
        for programme in programmes {
            let what = programmes.count == 1 ? "members checked" : "members of \(programme.name) checked"
            reports.append(
                try await home.engine.verify(programme) { done, total in
                    Output.progress(Int(done), of: Int(total), what)
                })
        }
        return reports
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
