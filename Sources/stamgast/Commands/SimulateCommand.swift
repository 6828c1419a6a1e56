import ArgumentParser
import Foundation
import Primitives
import Runtime
import Simulation

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Print the events of a simulated audience, one JSON object per line.",
        discussion: """
            The same arguments give the same events. Pipe them where you want them, for example:
              stamgast simulate --people 100 --days 2 | head -1000
            The publisher is De Avondpost, whose catalogue `stamgast demo` installs.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case cloudevents, segment }

    @Option(name: .long, help: "Simulated readers.")
    var people = 1_000

    @Option(name: .long, help: "Days of events.")
    var days = 7

    @Option(name: .long, help: "The first day, as YYYY-MM-DD.")
    var from = "2026-01-05"

    @Option(name: .long, help: "Another number gives another audience.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "cloudevents or segment.")
    var form = Form.cloudevents

    @Option(name: .long, help: "The share of events that arrive late, 0 to 1.")
    var late = 0.0

    @Option(name: .long, help: "The share of events that are sent twice, 0 to 1.")
    var resent = 0.0

    func validate() throws {
        guard (1...10_000_000).contains(people), (1...3_660).contains(days) else {
            throw ValidationError("There are 1 to 10,000,000 people and 1 to 3,660 days.")
        }
        guard RFC3339.parse(from + "T00:00:00Z") != nil else { throw ValidationError("--from takes YYYY-MM-DD.") }
    }

    func run() async throws {
        guard let start = RFC3339.parse(from + "T00:00:00Z") else { return }
        let end = start.adding(milliseconds: Int64(days) * 86_400_000)
        let house = MediaHouse.avondpost(
            publishing: start.adding(milliseconds: -28 * 86_400_000), until: end, seed: seed)
        let population = Population(seed: seed, size: people, start: start, house: house)
        var lines: [UInt8] = []
        for event in population.events(
            from: start, to: end, delivery: Delivery(resentShare: resent, lateShare: late))
        {
            var writer = JSONWriter()
            switch form {
            case .cloudevents: event.writeCloudEvent(to: &writer)
            case .segment: event.writeSegmentMessage(to: &writer)
            }
            lines += writer.bytes
            lines.append(UInt8(ascii: "\n"))
            if lines.count > 1 << 16 {
                try FileHandle.standardOutput.write(contentsOf: lines)
                lines.removeAll(keepingCapacity: true)
            }
        }
        try FileHandle.standardOutput.write(contentsOf: lines)
    }
}
