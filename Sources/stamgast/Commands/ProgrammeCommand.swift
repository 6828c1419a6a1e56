import ArgumentParser
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings

struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "The programme as a document: check, test, compare, apply and export it.",
        subcommands: [
            ProgrammeCheckCommand.self, ProgrammeTestCommand.self, ProgrammeDiffCommand.self,
            ProgrammeApplyCommand.self, ProgrammeExportCommand.self, ProgrammeListCommand.self,
            ProgrammeNewCommand.self, ProgrammeCorrectCommand.self,
        ])
}

/// A folder with a programme, or the name of one that comes with Stamgast.
enum ProgrammeSource {
    static func read(_ place: String) throws -> ProgrammeDocument {
        let path = Place.path(place)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            return try ProgrammeDocument(folder: URL(fileURLWithPath: path))
        }
        if path.hasSuffix(".yaml"), let text = try? String(contentsOfFile: path, encoding: .utf8) {
            return try ProgrammeDocument(stream: text)
        }
        if let document = try DemoProgrammes.document(place) { return document }
        throw ValidationError(
            "\(place) is neither a folder nor one of \(DemoProgrammes.names.joined(separator: ", ")).")
    }
}

struct ProgrammeCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong or doubtful about a programme.",
        discussion: """
            FOLDER holds programme.yaml, events/, rules/, challenges/, rewards/ and texts/. Problems come with file, line, \
            column and a suggestion; the examples beside the rules are run. Exit code 1 when there is an error. No home \
            is needed. Example:
              stamgast programme check my-programme
            """)

    @Argument(help: "The programme's folder, or the name of one that comes with Stamgast.")
    var folder: String

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        var problems: [DocumentProblem]
        var rules: [RuleSummary] = []
        do {
            let check = try ProgrammeSource.read(folder).check(zones: SystemZones())
            problems = check.problems
            rules = check.rules
        } catch let error as DocumentProblems {
            problems = error.problems
        }
        let failed = problems.contains { $0.severity == .error }
        if json {
            Output.result([
                "ok": .bool(!failed), "problems": .array(problems.map(\.report)),
                "rules": .array(rules.map { .string($0.description) }),
            ])
        } else {
            for problem in problems { Output.print(problem.description) }
            for rule in rules { Output.print(rule.description) }
            Output.print(failed ? "Not in order." : "In order.")
        }
        if failed { throw ExitCode(1) }
    }
}

extension DocumentProblem {
    var report: JSONValue {
        [
            "path": .string(path), "line": .integer(Int64(line)), "column": .integer(Int64(column)),
            "severity": .string(severity.rawValue), "message": .string(message),
            "fix": fix.map { .string($0) } ?? .null,
        ]
    }
}

struct ProgrammeDiffCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say what a folder changes in the programme that is in force.",
        discussion: """
            Exit code 1 when something differs. Example:
              stamgast programme diff my-programme --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The programme's folder, or the name of one that comes with Stamgast.")
    var folder: String

    func run() async throws {
        let document = try ProgrammeSource.read(folder)
        let new = try document.programme(zones: SystemZones())
        // From the document: what is in force may have this home's settings filled in.
        let current = try await options.withHome { home in
            try await home.versions.loadCurrent(new.id).map { version, document in
                (try document.programme(zones: SystemZones()), version.number)
            }
        }
        let (old, version) = (current?.0, current?.1 ?? 0)
        guard let old else {
            if options.json {
                Output.result(["changes": .array([]), "new": true])
            } else {
                Output.print("The home has no programme '\(new.id)' yet: all of it is new.")
            }
            throw ExitCode(1)
        }
        let diff = ProgrammeDiff(from: old, to: new)
        if options.json {
            Output.result(diff.json)
        } else {
            Output.print(diff.isEmpty ? "Nothing differs." : diff.report(from: version, stated: new.changes))
        }
        if !diff.isEmpty { throw ExitCode(1) }
    }
}

struct ProgrammeApplyCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make a folder the current version of its programme.",
        discussion: """
            Applying the same document twice changes nothing. Name the version that you started from with --based-on; \
            otherwise the current one is meant. If another version was applied since, nothing changes, the difference is \
            printed and the exit code is 1. A running server has the new version in force at once. Example:
              stamgast programme apply my-programme --note "ink for comments" --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The programme's folder, or the name of one that comes with Stamgast.")
    var folder: String

    @Option(name: .customLong("based-on"), help: "The version that the document starts from; 0 for a new programme.")
    var basedOn: Int64?

    @Option(name: .long, help: "What changes and why; kept with the version.")
    var note = ""

    func run() async throws {
        let document = try ProgrammeSource.read(folder)
        let id = try document.programme(zones: SystemZones()).id
        let outcome = try await options.withHome { home in
            let current = try await home.versions.current(id)?.number ?? 0
            return try await home.apply(
                document, to: id, basedOn: basedOn ?? current, by: "cli", note: note)
        }
        switch outcome {
        case .applied(let version), .unchanged(let version):
            let isNew = if case .applied = outcome { true } else { false }
            if options.json {
                Output.result([
                    "programme": .string(id.name), "version": .integer(version.number), "changed": .bool(isNew),
                ])
            } else {
                Output.print(
                    isNew
                        ? "\(id) is at version \(version.number)."
                        : "\(id) says the same already, at version \(version.number).")
            }
        case .conflict(let current):
            let number = current?.number ?? 0
            if options.json {
                Output.result(["programme": .string(id.name), "version": .integer(number), "conflict": true])
            } else {
                Output.print(
                    "\(id) is at version \(number), which is not the one you started from. See `stamgast programme diff`."
                )
            }
            throw ExitCode(1)
        }
    }
}

struct ProgrammeExportCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a programme out as a folder, one thing per file.",
        discussion: """
            Writes the version in force, or --version N, exactly as it was applied. A programme that comes with Stamgast \
            and is not in the home is written as it comes. Example:
              stamgast programme export avondpost my-programme --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The programme.")
    var name: String

    @Argument(help: "The folder to write; else the files are printed.")
    var folder: String?

    @Option(name: .long, help: "An older version.")
    var version: Int64?

    func run() async throws {
        var document: ProgrammeDocument?
        // A programme that comes with Stamgast can be looked at without making a home.
        let path = try options.configuration()[.home]
        if Invocation.current != nil || FileManager.default.fileExists(atPath: path), let id = ProgrammeID(name) {
            document = try await options.withHome { home in
                if let version { return try await home.versions.load(id, version: version)?.document }
                return try await home.versions.loadCurrent(id)?.document
            }
        }
        if document == nil, version == nil { document = try DemoProgrammes.document(name) }
        guard let document else { throw ValidationError("There is no such programme or version: \(name).") }
        if let folder {
            try document.write(to: URL(fileURLWithPath: Place.path(folder)))
            if options.json {
                Output.result(["folder": .string(folder)])
            } else {
                Output.print("Written to \(folder).")
            }
        } else if options.json {
            Output.result(document.bundle)
        } else {
            Output.print(document.stream)
        }
    }
}

struct ProgrammeListCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the programmes of the home with their versions.",
        discussion: """
            Every version with when, by whom and why it was applied. Example:
              stamgast programme list --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    func run() async throws {
        let versions = try await options.withHome { home in
            var all: [ProgrammeVersion] = []
            for programme in try await home.versions.programmes() { all += try await home.versions.list(programme) }
            return all
        }
        if options.json {
            Output.result(
                .array(
                    versions.map { version in
                        [
                            "programme": .string(version.programme.name), "version": .integer(version.number),
                            "based_on": .integer(version.basedOn),
                            "applied_at": .string(RFC3339.format(version.appliedAt)),
                            "applied_by": .string(version.appliedBy), "note": .string(version.note),
                        ]
                    }))
            return
        }
        for version in versions {
            Output.print(
                "\(version.programme) \(version.number)  \(RFC3339.format(version.appliedAt))  \(version.appliedBy)  \(version.note)"
            )
        }
    }
}
