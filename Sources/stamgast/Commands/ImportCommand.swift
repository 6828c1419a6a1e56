import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a history in, on event time.",
        subcommands: [MovieTweetingsImport.self])
}

struct MovieTweetingsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "movietweetings",
        abstract: "Replay the MovieTweetings ratings through the pipeline.",
        discussion: """
            DIR holds ratings.dat and movies.dat (or .gz). The programme `movietweetings` is put in force if the home \
            does not have it yet. Importing twice changes nothing.
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The folder with ratings.dat and movies.dat.")
    var folder: String

    @Option(name: .customLong("as-of"), help: "Carry out the calendar up to this time (RFC 3339); else the last event.")
    var asOf: String?

    func run() async throws {
        let end = try asOf.map { text in
            guard let instant = RFC3339.parse(text) else {
                throw ValidationError("--as-of takes a time such as 2013-09-01T00:00:00Z.")
            }
            return instant
        }
        let events = try MovieTweetings.ratings(in: folder)
        let home = try await options.open()
        let programme = try await home.install(demo: "movietweetings")
        let total = events.count
        let report = try await Importer(engine: home.engine, programme: programme).run(events, asOf: end) { done in
            Output.progress(done, of: total, "ratings")
        }
        await home.close()
        if options.json {
            Output.result(report.json)
        } else {
            print(
                """
                \(report.accepted) accepted, \(report.duplicates) already known, \(report.quarantined) in quarantine; \
                \(report.members) members.
                """)
        }
    }
}
