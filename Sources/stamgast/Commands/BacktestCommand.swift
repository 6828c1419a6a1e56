import API
import ArgumentParser
import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime

struct BacktestCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Say what a changed programme would have cost, and whom it would have moved.",
        discussion: """
            Runs the programme in force and FOLDER over the same history and prints the difference: cost per unit and \
            rule, what is owed, members moved between tiers, badges and challenges gained and lost. Nothing is written. Without \
            --events the history is what the home holds: counters of all members, and the events it keeps; what they do not \
            cover is named. With --events it is a file, as `stamgast import events` (or `csv`, with --mapping) takes it. \
            See docs/decisions/0006-which-history-there-is.md. Examples:
              stamgast backtest my-programme --home /srv/regulars
              stamgast backtest my-programme --events year.ndjson --from 2026-03-01 --json --home /srv/regulars
              stamgast backtest my-programme --against avondpost --events year.ndjson
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The changed programme's folder.")
    var folder: String

    @Option(name: .long, help: "A file of events to run over; may be gzip.")
    var events: String?

    @Option(name: .long, help: "The mapping of a CSV file (YAML or JSON); without it the file holds JSON lines.")
    var mapping: String?

    @Option(
        name: .long, help: "Compare with this folder, not the programme in force; with --events no home is needed.")
    var against: String?

    @Option(
        name: .long,
        help: "Count from this day on, in the programme's time zone; earlier events fill limits and tiers.")
    var from: String?

    @Option(name: .long, help: "The last day that counts.")
    var to: String?

    func run() async throws {
        let changed = try ProgrammeSource.read(folder)
        if let against, events != nil {
            let (before, after) = (try ProgrammeSource.read(against), changed)
            let zones = SystemZones()
            let report = try await replay(
                try CompiledProgramme(before.programme(zones: zones), version: 0, zones: zones),
                try CompiledProgramme(after.programme(zones: zones), version: 0, zones: zones), zones, home: nil)
            return say(.file(report))
        }
        let result = try await options.withHome { home -> Result in
            let zones = home.engine.zones
            let parsed = try changed.programme(zones: zones)
            guard try await home.ownership.take(parsed.id), let current = home.engine.host[parsed.id] else {
                throw ValidationError("The home has no programme '\(parsed.id)' in force.")
            }
            let before =
                try against.map {
                    try CompiledProgramme(ProgrammeSource.read($0).programme(zones: zones), version: 0, zones: zones)
                } ?? current
            let after = try home.policy.applied(
                to: CompiledProgramme(parsed, version: current.version + 1, zones: zones), zones: zones)
            if events != nil { return .file(try await replay(before, after, zones, home: home)) }
            let run = try run(before, after, zones, home: home)
            return .home(
                try await run.run(home: home.engine) { done, total in
                    Output.progress(done, of: total, "members looked at")
                })
        }
        say(result)
    }

    private enum Result {
        case file(BacktestReport)
        case home(BacktestRun.HomeReport)
    }

    private func run(
        _ before: CompiledProgramme, _ after: CompiledProgramme, _ zones: SystemZones, home: Home?
    ) throws -> BacktestRun {
        let calendar = before.calendar(offsets: zones)
        var window = BacktestRun.Window()
        if let from { window.from = calendar.start(of: try day(from, "--from")) }
        if let to { window.until = calendar.start(of: try day(to, "--to") + 1) }
        guard window.from < window.until else { throw ValidationError("--to must not lie before --from.") }
        let programme = after.id
        guard let engine = home?.engine else {
            return BacktestRun(before: before, after: after, offsets: zones, window: window)
        }
        return BacktestRun(before: before, after: after, offsets: zones, window: window) {
            engine.catalogue.item($0, in: programme)
        }
    }

    private func replay(
        _ before: CompiledProgramme, _ after: CompiledProgramme, _ zones: SystemZones, home: Home?
    ) async throws -> BacktestReport {
        let run = try run(before, after, zones, home: home)
        let log = try ProblemLog(path: nil)
        let chunks = try FileChunks(path: Place.path(events ?? ""))
        let folder = home?.path ?? FileManager.default.temporaryDirectory.path
        var bar = ProgressBar("events")
        let report: BacktestReport
        if let mapping {
            let mapping = try MappingFileProblem.read(mapping) { value throws(MappingProblem) in
                try EventMapping(document: value)
            }
            report = try await run.run(
                try CSVEvents(chunks.chunks, mapping: mapping, programme: before, offsets: zones),
                home: home?.engine, folder: folder, problem: { log.add($0) },
                progress: { done, total in bar.show(done, of: total) })
        } else {
            report = try await run.run(
                EventLines(chunks.chunks, programme: before), home: home?.engine, folder: folder,
                problem: { log.add($0) }, progress: { done, total in bar.show(done, of: total) })
        }
        try log.finish()
        return report
    }

    private func day(_ text: String, _ option: String) throws -> Int32 {
        guard let date = CivilDate(text) else { throw ValidationError("\(option) takes a day, as 2026-11-21 is.") }
        return Int32(clamping: date.daysSinceEpoch)
    }

    private func say(_ result: Result) {
        switch result {
        case .file(let report):
            if options.json {
                Output.result(["history": "file", "replay": report.json])
            } else {
                Output.print(report.text)
            }
        case .home(let report):
            if options.json {
                return Output.result(report.json)
            }
            Output.print(report.recount.text)
            guard let replay = report.replay else {
                return Output.print("No events are kept: conditions and new rules can be tried with --events only.")
            }
            Output.print("\nOver the \(report.keptEvents) events that are kept (of \(report.claims) taken):")
            if report.leftOut > 0 {
                Output.print("(of some members only: \(report.leftOut) more are kept than fit in memory)")
            }
            Output.print(replay.text)
        }
    }
}
