import ArgumentParser

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure what the engine promises, on data anyone can have.",
        subcommands: [EvaluatePrivacy.self, EvaluateQuality.self])
}
