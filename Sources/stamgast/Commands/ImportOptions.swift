import API
import ArgumentParser
import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Synchronization

/// What the imports of events share.
struct ImportOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"), help: "Carry out the calendar up to this time (RFC 3339); else the last event's.")
    var asOf: String?

    @Option(name: .long, help: "Write every row that did not fit to this file: line, column and why, as JSON lines.")
    var problems: String?

    func end() throws -> Instant? {
        try asOf.map { text in
            guard let instant = RFC3339.parse(text) else {
                throw ValidationError("--as-of takes a time such as 2013-09-01T00:00:00Z.")
            }
            return instant
        }
    }

    /// Reads a file, shows how far it has come and what did not fit, and reports.
    func run(
        _ source: some ImportSource, of file: FileChunks, into programme: ProgrammeID, of home: Home
    ) async throws -> ImportReport {
        let log = try ProblemLog(path: problems.map { Place.path($0) })
        var read = ProgressBar("read", total: file.size)
        var taken = ProgressBar("events")
        let report = try await Importer(home: home, programme: programme).run(
            source, asOf: try end(), problem: { log.add($0) }, read: { read.show(file.position) },
            progress: { done, total in taken.show(done, of: total) })
        try log.finish()
        return report
    }
}

/// A bar that is drawn no more often than one can see.
struct ProgressBar {
    private let what: String
    private var total: Int
    private var last: ContinuousClock.Instant?

    init(_ what: String, total: Int = 0) {
        self.what = what
        self.total = total
    }

    mutating func show(_ done: Int, of total: Int? = nil) {
        self.total = total ?? self.total
        let now = ContinuousClock.now
        guard done >= self.total || last.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        last = now
        Output.progress(done, of: self.total, what)
    }
}

/// Rows that did not fit: the first few are said, all of them are written where a file was asked for.
final class ProblemLog {
    private static let said = 20

    private let file: FileHandle?
    private var count = 0

    init(path: String?) throws {
        guard let path else {
            file = nil
            return
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileChunks.Problem(path: path, reason: String(cString: strerror(errno))) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func add(_ problem: RowProblem) {
        count += 1
        if count <= Self.said { Output.say("\(problem)") }
        try? file?.write(contentsOf: problem.json.bytes() + [0x0A])
    }

    func add(_ fault: DraftFault) {
        count += 1
        if count <= Self.said { Output.say("\(fault)") }
        let json: JSONValue = [
            "index": .integer(Int64(fault.index)), "field": .string(fault.field), "problem": .string(fault.problem),
            "fix": .string(fault.fix),
        ]
        try? file?.write(contentsOf: json.bytes() + [0x0A])
    }

    func finish() throws {
        if count > Self.said {
            Output.say("… and \(count - Self.said) more\(file == nil ? "; --problems FILE lists them all." : ".")")
        }
        try file?.close()
    }
}

extension HomeOptions {
    func report(_ report: ImportReport, _ what: String = "members") {
        if json {
            Output.result(report.json)
        } else {
            Output.print(
                """
                \(report.accepted) accepted, \(report.duplicates) already known, \(report.quarantined) in quarantine; \
                \(report.members) \(what).
                """)
        }
    }
}

/// A mapping's file that cannot be used, with the place of what is wrong.
struct MappingFileProblem: Error, CustomStringConvertible {
    let path: String
    let line: Int?
    let problem: String

    var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)." }

    /// Reads a mapping.
    static func read<T>(_ path: String, _ make: (JSONValue) throws(MappingProblem) -> T) throws -> T {
        let path = Place.path(path)
        let bytes = try FileChunks(path: path).contents(limit: YAMLDocument.maximumBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MappingFileProblem(path: path, line: nil, problem: "the file is not UTF-8")
        }
        let document: YAMLDocument
        do throws(YAMLDocument.Problem) {
            document = try YAMLDocument(text)
        } catch {
            throw MappingFileProblem(path: path, line: error.line, problem: error.reason)
        }
        do throws(MappingProblem) {
            return try make(document.value)
        } catch {
            throw MappingFileProblem(path: path, line: document.line(of: error.field), problem: error.description)
        }
    }
}
