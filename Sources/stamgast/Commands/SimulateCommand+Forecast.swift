import ArgumentParser
import Assignment
import Foundation
import Loyalty
import Primitives
import Runtime
import Simulation

/// What a programme would do, before anybody is in it.
extension SimulateCommand {
    func forecast(_ place: String) throws {
        let report = try forecast(of: place, what: "days", truth: truth)
        guard let against else {
            if options.json { Output.result(report.json) } else { Output.print(report.text) }
            return
        }
        let behaviour = try ProgrammeSource.read(place).programme(zones: SystemZones()).behaviour
        let other = try forecast(of: against, what: "days of \(against)", behaviour: behaviour, truth: nil)
        let comparison = ForecastComparison(report, other)
        if options.json {
            Output.result(["this": report.json, "against": other.json, "differences": comparison.json])
        } else {
            Output.print(report.text)
            Output.print("Against \(against)\n" + comparison.text)
        }
    }

    /// - Parameter behaviour: of the people; `nil` for what the programme itself supposes.
    private func forecast(
        of place: String, what: String, behaviour: Behaviour? = nil, truth: String?
    ) throws -> ForecastReport {
        let zones = SystemZones()
        let document = try ProgrammeSource.read(place)
        let compiled = try CompiledProgramme(try document.programme(zones: zones), version: 1, zones: zones)
            .launched(zones: zones)
        let run = Forecast(
            compiled,
            settings: Forecast.Settings(
                members: people, days: span, seed: seed, start: start,
                holdOut: BasisPoints(fraction: holdOut) ?? .none),
            behaviour: behaviour, zones: zones)
        var bar = ProgressBar(what, total: span)
        guard let truth else { return try run.run(progress: { done, _ in bar.show(done) }) }
        let file = try TruthFile(truth)
        let report = try run.run(progress: { done, _ in bar.show(done) }, truth: { try file.write($0) })
        try file.close()
        return report
    }
}

/// One line of JSON after the other.
final class TruthFile {
    private let file: FileHandle

    init(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileChunks.Problem(path: path, reason: String(cString: strerror(errno))) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func write(_ line: JSONValue) throws { try file.write(contentsOf: line.bytes() + [0x0A]) }
    func close() throws { try file.close() }
}
