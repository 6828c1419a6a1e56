import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct ReportRetention: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "What is kept for a time, how long, and whether it goes when its time is over.",
        discussion: """
            One row per event type with the purpose that allows it; then events in quarantine and hashes of consent \
            receipts of erased members. Counts only. What is due goes within the hour, while a server runs. Example:
              stamgast report retention --programme avondpost --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    func run() async throws {
        let report = try await options.withHome { home in
            try await home.retentionReport(of: try await programme.own(in: home), at: home.engine.clock.now())
        }
        if options.json {
            Output.result(report.json)
        } else {
            Output.print(
                report.lastRun.map { "last removed \(RFC3339.format($0)), \(report.lastRemoved) rows" }
                    ?? "nothing was removed yet")
            for row in report.rows {
                let name = row.type.isEmpty ? row.kind.rawValue : row.type
                let oldest = row.oldestDay.map { ", oldest \(CivilDate(daysSinceEpoch: Int($0)))" } ?? ""
                Output.print("\(name)  \(row.purpose ?? "-")  \(row.kept) kept\(oldest), \(row.due) due")
            }
        }
    }
}

extension RetentionReport {
    var json: JSONValue {
        let rows = self.rows.map { row -> JSONValue in
            var keep = JSONObject()
            for (level, span) in row.keep.sorted(by: { $0.key < $1.key }) { keep[level.rawValue] = .string(span.words) }
            return [
                "kind": .string(row.kind.rawValue), "type": .string(row.type),
                "purpose": row.purpose.map { .string($0) } ?? .null, "keep": .object(keep),
                "overridden": .bool(row.isOverridden), "kept": .integer(row.kept),
                "oldest_day": row.oldestDay.map { .string(CivilDate(daysSinceEpoch: Int($0)).description) } ?? .null,
                "due": .integer(row.due),
            ]
        }
        return [
            "programme": .string(programme.name), "at": .string(RFC3339.format(at)),
            "last_run": lastRun.map { .string(RFC3339.format($0)) } ?? .null, "last_removed": .integer(lastRemoved),
            "rows": .array(rows),
        ]
    }
}

extension DurationSpan {
    fileprivate var words: String {
        switch self {
        case .milliseconds(let count): "\(count / 1_000) seconds"
        case .days(let count): "\(count) days"
        case .months(let count): "\(count) months"
        }
    }
}
