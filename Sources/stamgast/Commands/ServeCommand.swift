import ArgumentParser
import Foundation
import Logging
import Primitives
import Runtime
import Settings
import Simulation
import Site
import Synchronization

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the API and the pages until told to stop.",
        discussion: """
            Listens on listen-address and listen-port (see `stamgast config show`) and prints one line when requests are \
            taken. SIGTERM and SIGINT finish what was accepted, then stop. The log is one JSON object per line on \
            standard error.

            While a server runs, other commands on the same home are carried out by it: import, programme, keys, staff, \
            members, verify, backup, config show. Only restore, demo and keys rotate need it stopped. Examples:
              stamgast serve --demo --home /tmp/regulars
              stamgast serve --demo mobility --home /tmp/town
              stamgast serve --home /srv/regulars --port 8080 --address 0.0.0.0
            """)

    @OptionGroup var options: HomeOptions

    @Option(name: .long, help: "The TCP port to listen on; 0 takes a free one.")
    var port: Int?

    @Option(name: .long, help: "The address to listen on; 0.0.0.0 or :: for every interface.")
    var address: String?

    @Option(
        name: .long, defaultAsFlag: DemoName.avondpost,
        help: "Serve a demo with its simulated people: avondpost, mobility or employees.")
    var demo: DemoName?

    @OptionGroup var size: DemoSizeOptions

    @Option(
        name: .long,
        help: """
            Rehearse on a copy of a home: run so many seconds ahead of the machine's clock, or behind it \
            (--clock-ahead=-3600). What falls due by then happens for good.
            """)
    var clockAhead: Int64 = 0

    func validate() throws {
        guard (-Self.longestShift...Self.longestShift).contains(clockAhead) else {
            throw ValidationError("--clock-ahead takes at most ten years of seconds.")
        }
    }

    private static let longestShift: Int64 = 3_660 * 86_400

    private var clock: any WallClock {
        clockAhead == 0 ? SystemClock() : ShiftedClock(aheadMilliseconds: clockAhead * 1_000)
    }

    func run() async throws {
        var flags: [String: String] = [:]
        if let port { flags["listen-port"] = String(port) }
        if let address { flags["listen-address"] = address }
        if demo != nil { flags["demo"] = "true" }
        let configuration = try options.configuration(flags)
        let logger = Logger(label: "stamgast") { _ in ServerLog(level: ServerLog.level(configuration)) }
        let home = try await Home.open(
            configuration, environment: ProcessInfo.processInfo.environment, clock: clock, shares: true)
        if clockAhead != 0 {
            logger.warning("this server rehearses: its clock is set", metadata: ["seconds_ahead": "\(clockAhead)"])
        }
        do {
            let demo = configuration[.demo] ? try await size.open(self.demo ?? .avondpost, in: home) : nil
            let isJSON = options.json
            try await Server(home: home, configuration: configuration, demo: demo, logger: logger).run { address in
                SignInLink.listening.withLock { $0 = address }
                let setup = demo == nil ? try? await SetupLink.issue(in: home, at: address) : nil
                await Self.announce(address, demo, isJSON, setup: setup)
            }
        } catch {
            await home.close()
            throw error
        }
        await home.close()
    }

    private static func announce(_ address: String, _ demo: Demo?, _ isJSON: Bool, setup: String?) async {
        let links = try? await demo?.links(at: address)
        if isJSON {
            var object: JSONObject = ["listening": .string(address)]
            object["member"] = links.map { .string($0.member) }
            object["console"] = links.map { .string($0.console) }
            object["setup"] = setup.map { .string($0) }
            if let lead = links?.lead { object["team_lead"] = .string(lead) }
            Output.result(.object(object))
        } else {
            print("listening on \(address)")
            if let setup {
                print("\nThere is no programme yet. Set one up here: the link works once, makes you the owner, and is")
                print("made anew at every start until somebody has used it.\n\nSet up         \(setup)")
            }
            if let demo, let links {
                var lines = demo.site.map { ["De Avondpost   \(address)/\($0.publisher.path)"] } ?? []
                lines += ["Member page    \(links.member)", "Console        \(links.console)"]
                if let lead = links.lead { lines.append("Team lead      \(lead)") }
                print("\n" + lines.joined(separator: "\n"))
                print("\nThe links work once and sign you in. Ctrl-C stops; nothing is lost.")
            }
        }
        fflush(nil)
    }
}
