import ArgumentParser

/// The reference of the command line, as a page: from the commands themselves and the table of exit codes.
enum CommandReference {
    /// Every command, each before its subcommands.
    static let commands = all(Stamgast.self)

    private static func all(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap { all($0) }
    }

    static var text: String {
        var page = """
            # The command line

            <!-- Written from the commands; `STAMGAST_TEST_RECORD=1 swift test --filter HelpTests` renews it. -->

            Every command that works on a home takes `--home DIR` (or `STAMGAST_HOME`) and `--json`: results then go to
            standard output as JSON, everything else to standard error. While a server has the home open, it carries other
            commands out; see [the control socket](control-socket.md).

            ## Exit codes

            | Code | When |
            |---|---|

            """
        for status in ExitStatus.allCases { page += "| \(status.rawValue) | \(status.meaning) |\n" }
        page += describe(Stamgast.self, [])
        return page
    }

    private static func describe(_ command: any ParsableCommand.Type, _ words: [String]) -> String {
        let title = (["stamgast"] + words).joined(separator: " ")
        var text = "\n## \(title)\n\n```text\n\(Stamgast.helpMessage(for: command, columns: 100))"
        while text.hasSuffix("\n") { text.removeLast() }
        text += "\n```\n"
        for next in command.configuration.subcommands { text += describe(next, words + [next._commandName]) }
        return text
    }
}
