import ArgumentParser
import Primitives
import Runtime
import Simulation

/// How big a new demo is.
struct DemoSizeOptions: ParsableArguments {
    @Option(name: .long, help: "Simulated people of a new demo; 2,500 readers, 600 travellers or 400 colleagues.")
    var people: Int?

    @Option(name: .long, help: "Simulated weeks of a new demo; 3 for De Avondpost, 8 for the others.")
    var weeks: Int?

    func validate() throws {
        guard (1...200_000).contains(people ?? 1), (1...52).contains(weeks ?? 1) else {
            throw ValidationError("A demo has 1 to 200,000 people and 1 to 52 weeks.")
        }
    }

    func open(_ name: DemoName, in home: Home) async throws -> Demo {
        try await Demo.open(
            name, in: home, size: Demo.Size(people: people ?? name.people, weeks: weeks ?? name.weeks),
            say: { Output.say($0) },
            progress: { Output.progress($0, of: $1, "events") })
    }
}

struct DemoCommand: AsyncParsableCommand, NeedsHomeAlone {
    static let instead = "Stop it, and start it with `stamgast serve --demo`."

    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill a home with a demo: a programme and its simulated people.",
        discussion: """
            Puts the programme in force (`avondpost`, `mobility` or `employees`), fills the catalogue and sends some weeks \
            of simulated events through the same pipeline as HTTP. A home that has the demo already is left as it is. \
            `stamgast serve --demo NAME` does the same and serves it. Examples:
              stamgast demo --people 500 --weeks 2 --home /tmp/regulars
              stamgast demo mobility --home /tmp/town
            """)

    @Argument(help: "Which one: avondpost, mobility or employees.")
    var name = DemoName.avondpost

    @OptionGroup var options: HomeOptions
    @OptionGroup var size: DemoSizeOptions

    func run() async throws {
        let (programme, reader, path) = try await options.withHome { home in
            let demo = try await size.open(name, in: home)
            return (demo.programme, demo.population.member(Int(demo.record.reader)).key, home.path)
        }
        if options.json {
            Output.result(["programme": .string(programme.name), "reader": .string(reader)])
        } else {
            Output.print("The demo is in place. Start it with: stamgast serve --demo \(name.rawValue) --home \(path)")
        }
    }
}
