import ArgumentParser

@main
struct Stamgast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamgast",
        abstract: "The loyalty engine that knows your regulars without knowing who they are.",
        discussion: """
            A home (--home, or STAMGAST_HOME) holds the databases, the vault, the keys and the configuration of one \
            installation. Every command takes --json: results then go to standard output as JSON, everything else to \
            standard error.
            """,
        subcommands: [
            ServeCommand.self, DemoCommand.self, ImportCommand.self, ProgrammeCommand.self, SimulateCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self, KeysCommand.self, ConfigCommand.self,
            BenchCommand.self, CELCommand.self,
        ])
}
