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
        commandName: "simulate",
        abstract: "Say what a programme would do; or print the events of a simulated audience, or fill a home with it.",
        discussion: """
            With a PROGRAMME (a folder, or the name of one that comes with Stamgast) the engine decides for a simulated \
            audience, in memory and without a home, and reports: points issued, redeemed, expired and owed over time, rules \
            that never fire, challenges, tiers, rewards, people never reached, subscriptions kept, and what a hold-out would \
            have shown of that. --against does the same with another programme and shows the differences.

            Without one, events. The same arguments give the same events. Without --home (and without STAMGAST_HOME) they are printed, one JSON \
            object per line, as the senders of the demo's programme would send them; --all adds what that programme has no \
            use for; --audience takes another programme's people. With a home the programme is put in force there if need \
            be, De Avondpost's catalogue with it, and the population goes through the pipeline on event time. With --drive \
            the events go to a server over HTTP, and the answer says how long it took. --truth writes what is true of everyone and no event says. \
            Examples:
              stamgast simulate my-programme --members 1000 --days 90 --against avondpost
              stamgast simulate --people 100 --days 2 | head -1000
              STAMGAST_KEY=… stamgast simulate --drive http://127.0.0.1:8080 --people 500 --days 1 --rate 200
              stamgast simulate --home /tmp/regulars --people 1000 --days 28 --truth truth.ndjson --json
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable { case cloudevents, segment }

    @OptionGroup var options: HomeOptions

    @Argument(help: "The programme to try: a folder, or the name of one that comes with Stamgast.")
    var programme: String?

    @Option(name: .long, help: "Another programme to try on the same people.")
    var against: String?

    @Option(
        name: .long,
        help: "Whose people do something: the programme that says how they behave, a folder or a name.")
    var audience = "avondpost"

    @Option(name: .long, help: "The share of people a hold-out would leave out of the programme, 0 to 0.9.")
    var holdOut = 0.1

    @Option(name: [.customLong("people"), .customLong("members")], help: "Simulated readers.")
    var people = 1_000

    @Option(name: .long, help: "Days; 90 for a programme and 7 for events, if left out.")
    var days: Int?

    @Option(name: .long, help: "The first day, as YYYY-MM-DD; 2026-01-05, with --drive as many days ago as there are.")
    var from: String?

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

    @Option(
        name: .long,
        help:
            "Send the events to the server at this address, with the API key in STAMGAST_KEY, and measure the answers.")
    var drive: String?

    @Option(name: .long, help: "With --drive: events a second; as many as are answered, if left out.")
    var rate: Double?

    @Option(name: .long, help: "With --drive: connections.")
    var connections = 4

    @Flag(name: .long, help: "Also print the events and fields that the programme does not declare.")
    var all = false

    @Option(name: .long, help: "Write the truth to this file: the population, then one person per line.")
    var truth: String?

    func validate() throws {
        guard (1...10_000_000).contains(people), (1...Forecast.Settings.dayLimit).contains(span) else {
            throw ValidationError("There are 1 to 10,000,000 people and 1 to 3,660 days.")
        }
        guard from == nil || from.flatMap({ CivilDate($0) }) != nil else {
            throw ValidationError("--from takes YYYY-MM-DD.")
        }
        guard [late, resent, anonymous].allSatisfy({ (0...1).contains($0) }) else {
            throw ValidationError("--late, --resent and --anonymous take a share from 0 to 1.")
        }
        guard (0...0.9).contains(holdOut) else { throw ValidationError("--hold-out takes a share from 0 to 0.9.") }
        guard programme != nil || against == nil else {
            throw ValidationError("--against compares with a programme: name that one first.")
        }
        guard (1...256).contains(connections), rate.map({ (0.1...1_000_000).contains($0) }) ?? true else {
            throw ValidationError("There are 1 to 256 connections and 0.1 to 1,000,000 events a second.")
        }
        if let drive {
            guard programme == nil, let url = URL(string: drive), ["http", "https"].contains(url.scheme ?? ""),
                url.host?.isEmpty == false
            else { throw ValidationError("--drive takes an address such as http://127.0.0.1:8080, and no programme.") }
        }
        guard programme == nil || people <= Forecast.Settings.memberLimit else {
            throw ValidationError("A programme is tried on 1,000,000 people at most.")
        }
    }

    /// How many days.
    var span: Int { days ?? (programme == nil ? 7 : 90) }

    /// The first moment, at midnight UTC.
    var start: Instant {
        if let from { return Instant(seconds: Int64(CivilDate(from)?.daysSinceEpoch ?? 0) * 86_400) }
        guard drive != nil else { return Instant(seconds: 1_767_571_200) }
        return Instant(seconds: (SystemClock().now().seconds / 86_400 - Int64(span)) * 86_400)
    }

    struct Plan {
        let population: Population
        let start: Instant
        let end: Instant
    }

    func plan() throws -> Plan {
        let end = start.adding(milliseconds: Int64(span) * 86_400_000)
        let behaviour = try ProgrammeSource.read(audience).programme(zones: SystemZones()).behaviour
        let population = Population(
            behaviour, seed: seed, size: people, start: start, until: end, anonymousShare: anonymous)
        return Plan(population: population, start: start, end: end)
    }

    func run() async throws {
        if let programme { return try forecast(programme) }
        if let drive { return try await self.drive(drive) }
        let plan = try plan()
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

    func events(_ plan: Plan) -> SimulatedEvents {
        plan.population.events(
            from: plan.start, to: plan.end, delivery: Delivery(resentShare: resent, lateShare: late))
    }

    // MARK: Into a home

    private func fill(_ home: Home, _ plan: Plan) async throws -> ImportReport {
        let programme = try await put(into: home)
        guard let compiled = home.engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        if let house = plan.population.house, home.catalogue.store.snapshot(programme).makers.isEmpty {
            try await DemoCatalogue(house: house, now: plan.end).put(
                into: home.catalogue.store, programme)
        }
        let members = (0..<plan.population.size).lazy.map { plan.population.member($0) }
        try await DemoPeople(home: home, programme: programme).introduce(members, at: plan.start)
        var bar = ProgressBar("events")
        let source = SimulatedHistory(events(plan), sender: SimulatedSender(compiled: compiled))
        return try await Importer(home: home, programme: programme).run(
            source, asOf: plan.end, progress: { done, total in bar.show(done, of: total) })
    }

    /// The programme of the audience, in force.
    private func put(into home: Home) async throws -> ProgrammeID {
        if DemoProgrammes.names.contains(audience) { return try await home.install(demo: audience) }
        let document = try ProgrammeSource.read(audience)
        let programme = try document.programme(zones: home.engine.zones).id
        if home.engine.host[programme] == nil, try await home.versions.loadCurrent(programme) == nil {
            _ = try await home.apply(document, to: programme, basedOn: 0, by: "simulate")
        }
        return programme
    }

    func writeTruth(_ population: Population, to path: String) throws {
        let file = try TruthFile(path)
        var bar = ProgressBar("truths", total: population.size)
        try file.write(population.truth)
        for index in 0..<population.size {
            try file.write(population.truth(of: population.member(index)).document)
            if index % 1_000 == 999 { bar.show(index + 1) }
        }
        try file.close()
    }

    // MARK: On standard output

    private func print(_ plan: Plan) throws {
        var sender: SimulatedSender?
        if !all {
            let (document, zones) = (try ProgrammeSource.read(audience), SystemZones())
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
