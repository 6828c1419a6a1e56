import ArgumentParser
import Primitives
import Runtime
import Simulation

/// How big a new demo is.
struct DemoSizeOptions: ParsableArguments {
    @Option(name: .long, help: "Simulated readers of a new demo.")
    var people = 2_500

    @Option(name: .long, help: "Simulated weeks of a new demo.")
    var weeks = 3

    func validate() throws {
        guard (1...200_000).contains(people), (1...52).contains(weeks) else {
            throw ValidationError("A demo has 1 to 200,000 people and 1 to 52 weeks.")
        }
    }

    func open(in home: Home) async throws -> Demo {
        try await Demo.open(
            in: home, size: Demo.Size(people: people, weeks: weeks), say: { Output.say($0) },
            progress: { Output.progress($0, of: $1, "events") })
    }
}

struct DemoCommand: AsyncParsableCommand, NeedsHomeAlone {
    static let instead = "Stop it, and start it with `stamgast serve --demo`."

    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill a home with the demo: De Avondpost and its simulated readers.",
        discussion: """
            Puts the programme `avondpost` in force, fills the catalogue and sends some weeks of simulated events through \
            the same pipeline as HTTP. A home that has the demo already is left as it is. `stamgast serve --demo` does \
            the same and serves it. Example:
              stamgast demo --people 500 --weeks 2 --home /tmp/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var size: DemoSizeOptions

    func run() async throws {
        let (programme, reader, path) = try await options.withHome { home in
            let demo = try await size.open(in: home)
            return (demo.programme, demo.population.member(Int(demo.record.reader)).key, home.path)
        }
        if options.json {
            Output.result(["programme": .string(programme.name), "reader": .string(reader)])
        } else {
            Output.print("The demo is in place. Start it with: stamgast serve --demo --home \(path)")
        }
    }
}
