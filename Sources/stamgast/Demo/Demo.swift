import Access
import Catalogue
import Loyalty
import Primitives
import Runtime
import Simulation
import Storage
import Vault

/// A programme that comes with Stamgast in a home: its document, its catalogue, and some weeks of simulated people, all
/// through the real pipeline on event time.
struct Demo {
    /// What to make; it matters the first time only.
    struct Size {
        var people: Int
        var weeks: Int
        var seed: Int64 = 20_251_121
    }

    /// One-time links, good for a day.
    struct Links {
        var member: String
        var console: String
        /// For whoever leads people.
        var lead: String?
    }

    let name: DemoName
    let home: Home
    let record: DemoRecord
    let programme: ProgrammeID
    let population: Population

    /// The newspaper's pages; other demos have none.
    var site: DemoSite? {
        name == .avondpost ? DemoSite(programme: programme, publishableKey: record.publishableKey) : nil
    }

    /// Opens the demo of a home, or makes it.
    static func open(
        _ name: DemoName, in home: Home, size: Size, say: (String) -> Void,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Demo {
        if let record = try DemoRecord.read(name, home: home.path) {
            let programme = try await home.install(demo: name.rawValue)
            let plain = try await population(name, record, home)
            return Demo(
                name: name, home: home, record: record, programme: programme,
                population: try await DemoPeople(home: home, programme: programme)
                    .responding(plain, quietDays: name.quietDays, at: record.start))
        }
        if let id = ProgrammeID(name.rawValue), try await home.versions.loadCurrent(id) != nil {
            guard try await home.ownership.take(id) else { throw Home.Problem.owned }
        }
        if let id = ProgrammeID(name.rawValue), let running = home.engine.host[id],
            try await isInUse(id, running, name, home)
        {
            throw DemoProblem.taken(name)
        }
        return try await make(name, in: home, size: size, say: say, progress: progress)
    }

    /// Whether a programme of the demo's name has members or a catalogue already.
    private static func isInUse(
        _ id: ProgrammeID, _ running: CompiledProgramme, _ name: DemoName, _ home: Home
    ) async throws -> Bool {
        guard home.catalogue.store.snapshot(id).makers.isEmpty else { return true }
        guard name != .avondpost else { return false }
        let store = LoyaltyStore(programme: id)
        return try await home.database.read { try !store.members(after: nil, limit: 1, $0).isEmpty }
    }

    /// The people as the programme that comes with Stamgast has them, whatever a home made of it since.
    private static func population(_ name: DemoName, _ record: DemoRecord, _ home: Home) async throws -> Population {
        guard let document = try DemoProgrammes.document(name.rawValue) else { throw PipelineProblem.unprocessable }
        return Population(
            try document.programme(zones: home.engine.zones).behaviour, seed: UInt64(bitPattern: record.seed),
            size: Int(record.people), start: record.start, until: record.until)
    }

    private static func make(
        _ name: DemoName, in home: Home, size: Size, say: (String) -> Void,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Demo {
        let now = home.engine.clock.now()
        var record = DemoRecord(
            seed: size.seed, people: Int64(size.people),
            start: now.adding(milliseconds: Int64(-size.weeks) * 7 * 86_400_000), until: now)
        let plain = try await population(name, record, home)
        let programme = try await home.install(demo: name.rawValue)
        guard let compiled = home.engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        if let house = plain.house {
            say("Putting the catalogue of De Avondpost in place …")
            try await DemoCatalogue(house: house, now: now).put(into: home.catalogue.store, programme)
        }
        say("Simulating \(size.people) people for \(size.weeks) weeks …")
        let people = DemoPeople(home: home, programme: programme)
        try await people.introduce((0..<plain.size).lazy.map { plain.member($0) }, at: record.start)
        let population = try await people.responding(plain, quietDays: name.quietDays, at: record.start)
        let events = audience(name, population, compiled, record)
        record.reader = Int64(events.reader)
        let total = events.events.count
        _ = try await Importer(home: home, programme: programme).run(events.events, asOf: now) { done in
            progress(done, total)
        }
        if name == .avondpost {
            try await DemoHuman(home: home, programme: programme, population: population, until: now).play()
        }
        try await introduceReader(population.member(events.reader), programme, home)
        try await openDoors(&record, name, programme, home, now)
        // Written last: a demo that was interrupted is made again, and what it sent before is not counted twice.
        try record.write(name, home: home.path)
        return Demo(name: name, home: home, record: record, programme: programme, population: population)
    }

    /// Staff, and the key that the newspaper's pages carry.
    private static func openDoors(
        _ record: inout DemoRecord, _ name: DemoName, _ programme: ProgrammeID, _ home: Home, _ now: Instant
    ) async throws {
        if name == .avondpost {
            record.publishableKey = try await home.access.keys.create(
                programme: programme, kind: .page, scopes: [.eventsWrite], label: "pages of De Avondpost (demo)",
                by: .server, now: now
            ).text.text
        }
        record.staff = try await home.access.staff.create(
            name: "Demo", role: .manager, programmes: .only([programme]), by: .server, now: now
        ).id.description
        guard name.hasTeamLead else { return }
        record.lead = try await home.access.staff.create(
            name: "Demo: team lead", role: .teamLead, programmes: .only([programme]), by: .server, now: now
        ).id.description
    }

    /// What people did, and whose page the demo shows.
    private static func audience(
        _ name: DemoName, _ population: Population, _ compiled: CompiledProgramme, _ record: DemoRecord
    ) -> (events: [ImportedEvent], reader: Int) {
        let sender = SimulatedSender(compiled: compiled)
        let evening = record.until.adding(milliseconds: -6 * 3_600_000)
        let lately = record.until.adding(milliseconds: -3 * 86_400_000)
        var events: [ImportedEvent] = []
        var visits: [String: Int] = [:]
        for simulated in population.events(from: record.start, to: record.until) {
            // What the last evening sends and the programme does not declare lies in quarantine, to be looked at.
            let sendsUndeclared = name == .avondpost && simulated.time >= evening
            guard let event = sender.event(simulated, sendsUndeclared: sendsUndeclared) else { continue }
            events.append(ImportedEvent(user: simulated.person, event: event))
            if simulated.time >= lately, simulated.type == name.usualEvent { visits[simulated.person, default: 0] += 1 }
        }
        // A Dutch person who came by lately, and not the busiest one: there must be something left to reach.
        let wantsGoal = !population.behaviour.joins.isEmpty
        let readers = (0..<population.size).lazy.map { population.member($0) }.filter { member in
            member.language == "nl" && (2...8).contains(visits[member.key] ?? 0)
                && (wantsGoal ? !member.joins.isEmpty && member.joinedDay <= population.firstDay : member.isPersonal)
        }
        let reader = readers.max { ((visits[$0.key] ?? 0), $1.index) < ((visits[$1.key] ?? 0), $0.index) }
        return (events, reader?.index ?? 0)
    }

    /// The person whose page the demo shows has a name in the vault.
    private static func introduceReader(
        _ member: SimulatedMember, _ programme: ProgrammeID, _ home: Home
    ) async throws {
        guard let name = ExternalIdentity(.user, member.key) else { return }
        let now = home.engine.clock.now()
        guard let id = try await home.engine.identities.resolve([name], programme: programme, now: now).first else {
            return
        }
        var choices = member.choices
        if home.engine.host[programme]?.programme.traits.contains(where: { $0.id == "topics" }) == true,
            choices.traits["topics"] == nil
        {
            let topic = member.tastes.max { $0.weight < $1.weight }?.subject ?? "stad"
            choices.traits["topics"] = .array([.string(topic)])
        }
        _ = try await home.engine.perform(.profile(choices), member: id, in: programme)
        _ = try await home.vault.persons.store(
            [Persons.Change(id, [.name: member.name, .email: member.email])], programme: programme)
    }

    // MARK: Links

    func links(at address: String) async throws -> Links {
        let now = home.engine.clock.now()
        let day: Int64 = 86_400_000
        let reader = population.member(Int(record.reader))
        guard let key = ExternalIdentity(.user, reader.key), let staff = ID128(record.staff),
            let member = try await home.engine.identities.find(key, programme: programme)
        else { throw DemoProblem.unreadable(home.path + "/" + name.file) }
        func link(_ subject: SignInSubject) async throws -> String {
            let token = try await home.access.signIn.issueLink(for: subject, lasting: day, now: now)
            return "\(address)/signin/\(token.text)"
        }
        var links = Links(
            member: try await link(.member(programme, member)), console: try await link(.staff(staff)))
        if let lead = ID128(record.lead) { links.lead = try await link(.staff(lead)) }
        return links
    }
}
