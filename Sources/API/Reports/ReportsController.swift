import Loyalty
import Primitives
import Runtime
import Storage

/// Figures of a programme for people who keep its books.
struct ReportsController: Sendable {
    let engine: Runtime.Engine

    static let csv = "text/csv; charset=utf-8; header=present"

    func liability(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let from = try month("from", call)
        let to = try month("to", call)
        let format = call.query["format"] ?? "json"
        guard format == "json" || format == "csv" else { throw Problem.parameter("format", "Use json or csv.") }
        let report: LiabilityReport
        do {
            report = try await engine.liability(of: programme, from: from, to: to)
        } catch LiabilityProblem.months {
            throw Problem(
                .contradiction, "`to` is a month from `from` on, at most \(LoyaltyStore.reportMonths) in all.")
        }
        if format == "csv" { return Reply(status: 200, mediaType: Self.csv, body: Array(report.csv.utf8)) }
        return Reply(status: 200, mediaType: Reply.json, body: report.json.bytes())
    }

    private func month(_ name: String, _ call: Call) throws -> Month? {
        guard let text = call.query[name] else { return nil }
        guard let month = Month(text) else { throw Problem.parameter(name, "Use a month, as in 2026-11.") }
        return month
    }
}
