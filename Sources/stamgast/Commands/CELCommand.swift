import ArgumentParser
import CEL
import Foundation
import Primitives
import Runtime

struct CELCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cel", abstract: "The expression language of every condition.",
        subcommands: [CELConformance.self])
}

struct CELConformance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance", abstract: "Run a folder of conformance cases.",
        discussion:
            """
            DIR holds JSON files in the format of the cel-spec conformance tests. Exit code 1 when any case fails. Example:
              stamgast cel conformance shared/vectors/cel --json
            """)

    @Argument(help: "The folder with the case files.")
    var folder: String

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            .sorted()
        guard !names.isEmpty else { throw ValidationError("There are no .json files in \(folder).") }
        var passed = 0
        var failures: [JSONValue] = []
        for name in names {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                throw ValidationError("\(name) cannot be read.")
            }
            let outcomes = Conformance.run(
                caseFile: [UInt8](data), name: String(name.dropLast(".json".count)), timeZones: SystemZones())
            for outcome in outcomes {
                guard !outcome.passed else {
                    passed += 1
                    continue
                }
                let parts = outcome.name.split(separator: "/", maxSplits: 2).map(String.init)
                failures.append(
                    .object([
                        "file": .string(name), "section": .string(parts.count > 1 ? parts[1] : ""),
                        "name": .string(parts.last ?? outcome.name), "reason": .string(outcome.detail),
                    ]))
            }
        }
        if json {
            Output.result(
                .object([
                    "passed": .integer(Int64(passed)), "failed": .integer(Int64(failures.count)),
                    "failures": .array(failures),
                ]))
        } else {
            print("\(passed) passed, \(failures.count) failed")
            for failure in failures { print(failure.text()) }
        }
        if !failures.isEmpty { throw ExitCode(1) }
    }
}
