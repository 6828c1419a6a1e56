import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Simulation
import Vault

/// De Avondpost in a home: its programme, its catalogue, and some weeks of a simulated audience, all through the real
/// pipeline on event time.
struct Demo {
    /// What to make; it matters the first time only.
    struct Size {
        var people: Int
        var weeks: Int
        var seed: Int64 = 20_251_121
    }

    let home: Home
    let record: DemoRecord
    let programme: ProgrammeID
    let population: Population

    var site: DemoSite { DemoSite(programme: programme, publishableKey: record.publishableKey) }

    /// Opens the demo of a home, or makes it.
    static func open(
        in home: Home, size: Size, say: (String) -> Void, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Demo {
        if let record = try DemoRecord.read(home: home.path) {
            return Demo(
                home: home, record: record, programme: try await home.install(demo: "avondpost"),
                population: population(record))
        }
        if let id = ProgrammeID("avondpost"), try await home.versions.loadCurrent(id) != nil {
            guard try await home.ownership.take(id) else { throw Home.Problem.owned }
        }
        if let id = ProgrammeID("avondpost"), home.engine.host[id] != nil,
            !home.catalogue.store.snapshot(id).makers.isEmpty
        {
            throw DemoProblem.taken
        }
        return try await make(in: home, size: size, say: say, progress: progress)
    }

    private static func population(_ record: DemoRecord) -> Population {
        let house = MediaHouse.avondpost(
            publishing: record.start.adding(milliseconds: -28 * 86_400_000), until: record.until,
            seed: UInt64(bitPattern: record.seed))
        return Population(
            seed: UInt64(bitPattern: record.seed), size: Int(record.people), start: record.start, house: house)
    }

    private static func make(
        in home: Home, size: Size, say: (String) -> Void, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Demo {
        let now = home.engine.clock.now()
        var record = DemoRecord(
            seed: size.seed, people: Int64(size.people),
            start: now.adding(milliseconds: Int64(-size.weeks) * 7 * 86_400_000), until: now, publishableKey: "",
            reader: 0, staff: "")
        let population = population(record)
        let programme = try await home.install(demo: "avondpost")
        say("Putting the catalogue of De Avondpost in place …")
        try await DemoCatalogue(house: population.house, now: now).put(into: home.catalogue.store, programme)
        say("Simulating \(size.people) readers for \(size.weeks) weeks …")
        let events = try await audience(population, programme, record, home)
        record.reader = Int64(events.reader)
        let total = events.events.count
        _ = try await Importer(home: home, programme: programme).run(events.events, asOf: now) { done in
            progress(done, total)
        }
        try await DemoHuman(home: home, programme: programme, population: population, until: now).play()
        try await introduceReader(population.member(events.reader), programme, home)
        let key = try await home.access.keys.create(
            programme: programme, kind: .page, scopes: [.eventsWrite], label: "pages of De Avondpost (demo)",
            by: .server, now: now)
        let staff = try await home.access.staff.create(
            name: "Demo", role: .manager, programmes: .only([programme]), by: .server, now: now)
        record.publishableKey = key.text.text
        record.staff = staff.id.description
        // Written last: a demo that was interrupted is made again, and what it sent before is not counted twice.
        try record.write(home: home.path)
        return Demo(home: home, record: record, programme: programme, population: population)
    }

    /// Members with their choices, and what they did.
    private static func audience(
        _ population: Population, _ programme: ProgrammeID, _ record: DemoRecord, _ home: Home
    ) async throws -> (events: [ImportedEvent], reader: Int) {
        guard let compiled = home.engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let sender = SimulatedSender(compiled: compiled)
        let evening = record.until.adding(milliseconds: -6 * 3_600_000)
        let lately = record.until.adding(milliseconds: -3 * 86_400_000)
        var events: [ImportedEvent] = []
        var visits: [String: Int] = [:]
        for simulated in population.events(from: record.start, to: record.until) {
            guard let event = sender.event(simulated, sendsUndeclared: simulated.time >= evening) else { continue }
            events.append(ImportedEvent(user: simulated.person, event: event))
            if simulated.time >= lately, simulated.type == "article.read" { visits[simulated.person, default: 0] += 1 }
        }
        let members = (0..<population.size).map { population.member($0) }
        try await DemoPeople(home: home, programme: programme).introduce(members, at: record.start)
        // A Dutch reader who came by lately, and not the busiest one: there must be something left to reach.
        let readers = members.filter {
            $0.language == "nl" && $0.index % 4 == 0 && (2...8).contains(visits[$0.key] ?? 0)
        }
        let reader = readers.max { ((visits[$0.key] ?? 0), $1.index) < ((visits[$1.key] ?? 0), $0.index) }
        return (events, reader?.index ?? 0)
    }

    /// The reader whose page the demo shows has a name in the vault.
    private static func introduceReader(
        _ member: SimulatedMember, _ programme: ProgrammeID, _ home: Home
    ) async throws {
        guard let name = ExternalIdentity(.user, member.key) else { return }
        let now = home.engine.clock.now()
        guard let id = try await home.engine.identities.resolve([name], programme: programme, now: now).first else {
            return
        }
        var choices = member.choices
        if choices.traits.isEmpty {
            let topic = member.tastes.max { $0.weight < $1.weight }?.topic.id ?? "stad"
            choices.traits = ["topics": .array([.string(topic)])]
        }
        _ = try await home.engine.perform(.profile(choices), member: id, in: programme)
        _ = try await home.vault.persons.store(
            [Persons.Change(id, [.name: member.name, .email: member.email])], programme: programme)
    }

    // MARK: Links

    /// One-time links to the member's page and to the console, good for a day.
    func links(at address: String) async throws -> (member: String, console: String) {
        let now = home.engine.clock.now()
        let day: Int64 = 86_400_000
        let reader = population.member(Int(record.reader))
        guard let name = ExternalIdentity(.user, reader.key), let staff = ID128(record.staff),
            let member = try await home.engine.identities.find(name, programme: programme)
        else { throw DemoProblem.unreadable(home.path + "/" + DemoRecord.name) }
        let memberLink = try await home.access.signIn.issueLink(for: .member(programme, member), lasting: day, now: now)
        let staffLink = try await home.access.signIn.issueLink(for: .staff(staff), lasting: day, now: now)
        return ("\(address)/signin/\(memberLink.text)", "\(address)/signin/\(staffLink.text)")
    }
}
