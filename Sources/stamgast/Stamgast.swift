import ArgumentParser

@main
struct Stamgast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamgast",
        abstract: "The loyalty engine that knows your regulars without knowing who they are.",
        discussion: """
            A home (--home, or STAMGAST_HOME) holds the databases, the vault, the keys and the configuration of one \
            installation. Every command takes --json: results then go to standard output as JSON, everything else to \
            standard error. While a server runs on a home, other commands are carried out by it.

            Begin with:
              stamgast serve --demo --home /tmp/regulars
            and in another terminal:
              stamgast verify --home /tmp/regulars
              stamgast programme export avondpost my-programme --home /tmp/regulars
            """,
        subcommands: [
            ServeCommand.self, DemoCommand.self, ImportCommand.self, ProgrammeCommand.self, SimulateCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self, KeysCommand.self, StaffCommand.self,
            MembersCommand.self, JobsCommand.self, ReportCommand.self, BacktestCommand.self, ExplainCommand.self,
            ConfigCommand.self, BenchCommand.self, CELCommand.self, EvaluateCommand.self,
        ])

    static func main() async {
        do {
            let command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            ExitStatus.exit(with: error)
        }
    }
}
