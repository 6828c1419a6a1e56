import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Figures for people who keep the books.",
        subcommands: [ReportLiability.self, ReportRetention.self])
}

struct ReportLiability: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "liability",
        abstract: "What is owed in points, month by month, and postings for a general ledger.",
        discussion: """
            Opening, movements and closing of every month; closing is what `stamgast verify` recomputes. How expected \
            breakage is worked out: docs/guides/liability.md. Examples:
              stamgast report liability --from 2026-01 --to 2026-12 --home /srv/regulars
              stamgast report liability --format csv --home /srv/regulars > postings.csv
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv }

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Option(name: .long, help: "The first month, as 2026-01; eleven before --to if left out.")
    var from: String?

    @Option(name: .long, help: "The last month; the running one if left out.")
    var to: String?

    @Option(name: .long, help: "text, or csv for the postings.")
    var format = Format.text

    func run() async throws {
        let (first, last) = (try month(from), try month(to))
        let report = try await options.withHome { home in
            let programme = try await programme.own(in: home)
            do {
                return try await home.engine.liability(of: programme, from: first, to: last)
            } catch LiabilityProblem.months {
                throw ValidationError(
                    "--to must not lie before --from, and \(LoyaltyStore.reportMonths) months is the most.")
            }
        }
        if options.json { return Output.result(report.json) }
        if format == .csv { return Output.print(report.csv.replacing("\r\n", with: "\n")) }
        for unit in report.units {
            Output.print(
                "\(unit.unit): \(unit.outstanding) outstanding, \(unit.expectedBreakage) of it expected to expire")
            if let value = unit.value, let deferred = unit.deferredMicros {
                Output.print("  deferred revenue \(UnitValue.decimal(micros: deferred)) \(value.currency)")
            }
            for row in unit.months {
                let moved = row.movements
                Output.print(
                    "  \(row.month) opening \(row.opening), issued \(moved.issued), taken back \(moved.takenBack), redeemed \(moved.redeemed), expired \(moved.expired), adjusted \(moved.adjusted), charged \(moved.charged), moved \(moved.moved), closing \(row.closing)"
                )
            }
            if unit.erased != .init() { Output.print("  forfeited by erased members: \(unit.forfeited)") }
        }
    }

    private func month(_ text: String?) throws -> Month? {
        guard let text else { return nil }
        guard let month = Month(text) else { throw ValidationError("'\(text)' is not a month, as 2026-11 is.") }
        return month
    }
}
