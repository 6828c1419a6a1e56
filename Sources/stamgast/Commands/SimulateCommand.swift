import ArgumentParser
import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime
import Simulation
import Vault

struct SimulateCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Print the events of a simulated audience, or fill a home with it.",
        discussion: """
            The same arguments give the same events. Without --home (and without STAMGAST_HOME) they are printed, one JSON \
            object per line, as the senders of the demo's programme would send them; --all adds what that programme has no \
            use for. With a home the programme `avondpost` is put in force there if need be, its catalogue with it, and the \
            population goes through the pipeline on event time. --truth writes what is true of everyone and no event says. \
            Examples:
              stamgast simulate --people 100 --days 2 | head -1000
              stamgast simulate --home /tmp/regulars --people 1000 --days 28 --truth truth.ndjson --json
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case cloudevents, segment }

    @OptionGroup var options: HomeOptions

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

    @Option(name: .long, help: "The share of readers who are known by a device only at first, 0 to 1.")
    var anonymous = 0.0

    @Flag(name: .long, help: "Also print the events and fields that the demo's programme does not declare.")
    var all = false

    @Option(name: .long, help: "Write the truth to this file: the population, then one person per line.")
    var truth: String?

    func validate() throws {
        guard (1...10_000_000).contains(people), (1...3_660).contains(days) else {
            throw ValidationError("There are 1 to 10,000,000 people and 1 to 3,660 days.")
        }
        guard CivilDate(from) != nil else { throw ValidationError("--from takes YYYY-MM-DD.") }
        guard [late, resent, anonymous].allSatisfy({ (0...1).contains($0) }) else {
            throw ValidationError("--late, --resent and --anonymous take a share from 0 to 1.")
        }
    }

    private struct Plan {
        let population: Population
        let start: Instant
        let end: Instant
    }

    private func plan() -> Plan {
        let day = CivilDate(from)?.daysSinceEpoch ?? 0
        let start = Instant(seconds: Int64(day) * 86_400)
        let end = start.adding(milliseconds: Int64(days) * 86_400_000)
        let house = MediaHouse.avondpost(
            publishing: start.adding(milliseconds: -28 * 86_400_000), until: end, seed: seed)
        let population = Population(
            seed: seed, size: people, start: start, house: house, anonymousShare: anonymous)
        return Plan(population: population, start: start, end: end)
    }

    func run() async throws {
        let plan = plan()
        let isHomeGiven = options.home != nil || ProcessInfo.processInfo.environment["STAMGAST_HOME"] != nil
        if isHomeGiven || Invocation.current != nil {
            let report = try await options.withHome { try await fill($0, plan) }
            if let truth { try writeTruth(plan.population, to: Place.path(truth)) }
            options.report(report)
        } else {
            if let truth { try writeTruth(plan.population, to: truth) }
            try print(plan)
        }
    }

    private func events(_ plan: Plan) -> SimulatedEvents {
        plan.population.events(
            from: plan.start, to: plan.end, delivery: Delivery(resentShare: resent, lateShare: late))
    }

    // MARK: Into a home

    private func fill(_ home: Home, _ plan: Plan) async throws -> ImportReport {
        let programme = try await home.install(demo: "avondpost")
        guard let compiled = home.engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        if home.catalogue.store.snapshot(programme).makers.isEmpty {
            try await DemoCatalogue(house: plan.population.house, now: plan.end).put(
                into: home.catalogue.store, programme)
        }
        let members = (0..<plan.population.size).lazy.map { plan.population.member($0) }
        try await DemoPeople(home: home, programme: programme).introduce(members, at: plan.start)
        var bar = ProgressBar("events")
        let source = SimulatedHistory(events(plan), sender: SimulatedSender(compiled: compiled))
        return try await Importer(home: home, programme: programme).run(
            source, asOf: plan.end, progress: { done, total in bar.show(done, of: total) })
    }

    private func writeTruth(_ population: Population, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileChunks.Problem(path: path, reason: String(cString: strerror(errno))) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var bar = ProgressBar("truths", total: population.size)
        try file.write(contentsOf: population.truth.bytes() + [0x0A])
        for index in 0..<population.size {
            try file.write(contentsOf: population.truth(of: population.member(index)).document.bytes() + [0x0A])
            if index % 1_000 == 999 { bar.show(index + 1) }
        }
        try file.close()
    }

    // MARK: On standard output

    private func print(_ plan: Plan) throws {
        var sender: SimulatedSender?
        if !all, let document = try DemoProgrammes.document("avondpost") {
            let zones = SystemZones()
            sender = SimulatedSender(
                compiled: try CompiledProgramme(try document.programme(zones: zones), version: 1, zones: zones))
        }
        var lines: [UInt8] = []
        for event in events(plan) {
            guard let event = sender == nil ? event : sender?.sent(event) else { continue }
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

/// A simulated history as the import takes it: what people did, and when devices turned out to be theirs.
struct SimulatedHistory: ImportSource {
    private var events: SimulatedEvents.Iterator
    private let sender: SimulatedSender

    init(_ events: SimulatedEvents, sender: SimulatedSender) {
        self.events = events.makeIterator()
        self.sender = sender
    }

    mutating func next() -> ImportedRow? {
        guard let simulated = events.next() else { return nil }
        if simulated.type == "member.identified" {
            guard let person = ExternalIdentity(.user, simulated.person) else { return .ignored }
            let device = simulated.device.flatMap { ExternalIdentity(.anonymous, $0) }
            return .entry(
                .link(ImportedLink(id: simulated.id, time: simulated.time, subject: person, previous: device)))
        }
        guard let event = sender.event(simulated) else { return .ignored }
        return .entry(
            .event(
                ImportedEvent(
                    person: ExternalIdentity(simulated.isAnonymous ? .anonymous : .user, simulated.person),
                    event: event)))
    }
}
