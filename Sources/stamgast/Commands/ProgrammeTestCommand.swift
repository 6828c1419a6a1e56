import ArgumentParser
import Foundation
import Loyalty
import Runtime

struct ProgrammeTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the examples beside the rules of a programme.",
        discussion: """
            Failures come with file, line and column. Exit code 1 when an example fails, or when the document has errors \
            and no example can be run. No home is needed. Example:
              stamgast programme test my-programme --junit results.xml
            """)

    @Argument(help: "The programme's folder, or the name of one that comes with Stamgast.")
    var folder: String

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    @Option(name: .long, help: "Write the result to this file too, as JUnit XML.")
    var junit: String?

    func run() async throws {
        let report: ExampleReport
        do {
            report = ExampleReport(try ProgrammeSource.read(folder).check(zones: SystemZones()))
        } catch let error as DocumentProblems {
            report = ExampleReport(errors: error.problems)
        }
        if let junit {
            try Data(report.junit(suite: folder).utf8).write(to: URL(fileURLWithPath: Place.path(junit)))
        }
        if json {
            Output.result(report.json)
        } else {
            Output.print(report.text)
        }
        if !report.passed { throw ExitCode(1) }
    }
}
