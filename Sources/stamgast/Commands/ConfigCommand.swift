import ArgumentParser
import Primitives
import Settings

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The settings of this installation.", subcommands: [ConfigShow.self])
}

struct ConfigShow: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print every setting with its value and where it came from.",
        discussion: """
            What stands nearer wins: a flag (--set NAME=VALUE) over the environment (STAMGAST_NAME) over the home's \
            stamgast.yaml over the default. Secrets are not printed. Of a running server its own settings are shown, \
            unless --set asks for others. Example:
              stamgast config show --home /srv/regulars --set log-level=debug
            """)

    @OptionGroup var options: HomeOptions

    func run() async throws {
        if options.settings.isEmpty { try await options.handOver() }
        let entries = try options.configuration().entries
        if options.json {
            Output.result(
                .array(
                    entries.map { entry in
                        [
                            "name": .string(entry.name), "value": entry.value.map { .string($0) } ?? .null,
                            "origin": .string(entry.origin.description), "meaning": .string(entry.meaning),
                        ]
                    }))
            return
        }
        let name = entries.map(\.name.count).max() ?? 0
        let value = entries.map { ($0.value ?? "").count }.max() ?? 0
        for entry in entries {
            let shown = entry.value ?? ""
            Output.print(
                entry.name + String(repeating: " ", count: name - entry.name.count + 2) + shown
                    + String(repeating: " ", count: value - shown.count + 2) + entry.origin.description)
        }
    }
}
