import Access
import Catalogue
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// Setting up a programme: who may, what the starters bring, and how far a programme is, all read off what is there.
extension SiteAdapter {
    // MARK: Who

    func isEmpty() async throws -> Bool { try await home.programmes().isEmpty }

    func founder(session secret: String) async throws -> Founder? {
        guard let token = SecretToken(secret) else { return nil }
        let principal: Principal
        do {
            principal = try await home.access.sessions.verify(token, now: engine.clock.now()).principal
        } catch AccessProblem.unauthenticated {
            return nil
        }
        return try await founder(principal)
    }

    private func founder(_ principal: Principal) async throws -> Founder? {
        guard case .staff(let id, let role, _) = principal, role.permissions.contains(.programmeWrite) else {
            return nil
        }
        var founder = Founder(staff: id.description, mayBegin: principal.allowsEverywhere(.programmeWrite))
        for programme in try await home.programmes().sorted(by: { $0.name < $1.name })
        where principal.allows(.programmeWrite, in: programme) {
            try await home.answerPage(for: programme)
            guard let face = face(of: programme) else { continue }
            founder.programmes.append(
                SiteStaff(
                    programme: face, staff: id.description, seesMembers: principal.allows(.membersRead, in: programme),
                    readsAudit: principal.allows(.auditRead, in: programme),
                    managesAccess: principal.allows(.accessManage, in: programme)))
        }
        return founder.mayBegin || !founder.programmes.isEmpty ? founder : nil
    }

    /// What a link opens for staff of a home without a programme that they work for.
    func startOffer(_ account: StaffMember) -> SignInOffer? {
        guard account.principal?.allowsEverywhere(.programmeWrite) == true, let id = ProgrammeID("stamgast") else {
            return nil
        }
        return SignInOffer(kind: .staff, programme: ProgrammeFace(id: id, name: "Stamgast"))
    }

    // MARK: Beginning

    func timeZones() -> [String] {
        TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") && engine.zones.knows($0) } + ["UTC"]
    }

    func knows(timeZone: String) -> Bool { timeZone == "UTC" || engine.zones.knows(timeZone) }

    func isTaken(programme id: String) async throws -> Bool {
        guard let id = ProgrammeID(id) else { return false }
        return try await home.versions.current(id) != nil
    }

    func starters(language: PageLanguage) async throws -> [StarterCard] {
        try Starter.Kind.allCases.map { kind in
            let programme = try Starter(kind).document().programme(zones: engine.zones)
            return try card(kind, programme, language)
        }
    }

    private func card(_ kind: Starter.Kind, _ programme: Programme, _ language: PageLanguage) throws -> StarterCard {
        let view = SiteView(
            compiled: try CompiledProgramme(programme, version: 0, zones: engine.zones),
            catalogue: home.catalogue.store.snapshot(programme.id), language: language, zones: engine.zones,
            now: engine.clock.now(), publisher: nil, topicNames: [:])
        var counts = StarterCounts()
        counts.events = programme.events.count
        counts.rules = programme.rules.count
        counts.challenges = programme.challenges.count
        counts.streaks = programme.streaks.count
        counts.badges = programme.badges.count
        counts.tiers = programme.tiers?.tiers.count ?? 0
        counts.rewards = programme.rewards.count
        guard let example = programme.workedExamples.first else { return StarterCard(kind: kind, counts: counts) }
        var does: [StarterCard.Done] = []
        for step in example.steps {
            if let index = does.firstIndex(where: { $0.type == step.type }) {
                does[index].times += step.times
            } else {
                does.append(StarterCard.Done(type: step.type, times: step.times))
            }
        }
        let points = programme.units.filter { $0.kind == .points }
        return StarterCard(
            kind: kind, counts: counts, does: does,
            gives: points.compactMap { unit in example.outcome.balances[unit.id].map { view.amount($0, unit.id) } },
            badges: (example.outcome.badges ?? []).compactMap { id in
                view.compiled.badges[id].map { view.wording($0.name, or: id) }
            })
    }

    func begin(_ order: StartOrder, with kind: Starter.Kind, for founder: Founder) async throws -> StartOutcome {
        guard let key = ID128(founder.staff), let principal = try await home.access.staff.find(key)?.principal,
            principal.allowsEverywhere(.programmeWrite)
        else { throw HTTPError(.forbidden) }
        guard let id = ProgrammeID(order.id), !order.languages.isEmpty, knows(timeZone: order.timeZone) else {
            return .taken
        }
        do {
            let document = try Starter(kind).filled(
                Starter.Answers(
                    id: id, name: order.name, languages: order.languages.map(\.document), timeZone: order.timeZone,
                    currency: order.currency))
            switch try await home.apply(
                document, to: id, basedOn: 0, by: founder.staff, note: "starter \(kind.rawValue)")
            {
            case .applied:
                try await note("programme.begin", in: id, after: "starter \(kind.rawValue)", by: principal)
                return .begun
            case .unchanged: return .begun
            case .conflict:
                // Sent twice: what is there is what was asked for.
                let there = try await home.versions.load(id, version: 1)?.document
                return there?.digest == document.digest ? .begun : .taken
            }
        } catch let problems as DocumentProblems {
            return .refused(problems.problems.first.map { $0.message } ?? "")
        }
    }

    // MARK: How far it is

    func start(for staff: SiteStaff, language: PageLanguage) async throws -> StartDesk {
        let programme = staff.programme.id
        guard try await may(.programmeWrite, staff) else { throw HTTPError(.forbidden) }
        guard let view = view(programme, language), let current = try await home.versions.loadCurrent(programme) else {
            throw ProgrammeGone()
        }
        let theme = current.document[ProgrammeDocument.theme] ?? []
        return StartDesk(
            version: current.version.number, pilot: view.programme.pilotBasisPoints,
            hasLook: theme.contains { $0 > 0x20 }, today: view.moment(view.now, zone: view.programme.timeZone).day,
            sample: try await sample(view), heard: try await heard(staff, view, language),
            refusals: refusals.recent(now: view.now).compactMap { entry in
                StartDesk.Refusal.Fault(status: entry.status).map {
                    StartDesk.Refusal(
                        at: view.moment(entry.at, zone: view.programme.timeZone), fault: $0, status: entry.status)
                }
            })
    }

    /// The first event of the programme's worked example, or one without fields, and what it would give somebody who takes
    /// part. Nothing is sent and nobody becomes known.
    private func sample(_ view: SiteView) async throws -> StartDesk.Sample? {
        let programme = view.programme
        let step = programme.workedExamples.first?.steps.first
        guard let type = step?.type ?? programme.events.first?.id else { return nil }
        let data = step?.data ?? .object(JSONObject())
        let text = String(decoding: data.bytes(), as: UTF8.self)
        guard let nobody = ExternalIdentity(.anonymous, "nobody"), case .object(let fields) = data else {
            return StartDesk.Sample(type: type, data: text)
        }
        let event = IncomingEvent(
            source: "/console/start", id: home.random.id().description, type: type, time: view.now, fields: fields)
        let run = try await engine.simulate(
            EventEnvelope(event: event, user: nil, anonymous: nobody), in: programme.id, asLaunched: true)
        guard case .decided(let simulation, _, _) = run else { return StartDesk.Sample(type: type, data: text) }
        var sums: [(unit: String, amount: Int64)] = []
        for effect in simulation.effects where effect.kind == .award && effect.amount > 0 {
            if let index = sums.firstIndex(where: { $0.unit == effect.subject }) {
                sums[index].amount += effect.amount
            } else {
                sums.append((effect.subject, effect.amount))
            }
        }
        return StartDesk.Sample(type: type, data: text, gives: sums.map { view.amount($0.amount, $0.unit) })
    }

    /// What came lately, as far as this process remembers, with what looks at it or why it waits.
    private func heard(
        _ staff: SiteStaff, _ view: SiteView, _ language: PageLanguage
    ) async throws -> [StartDesk.Heard] {
        let programme = view.programme
        let waiting = try await quarantine(for: staff, after: nil, language: language)?.entries ?? []
        var problems = Dictionary(grouping: waiting, by: \.type)
        return engine.live.recent(in: programme.id, limit: 10).map { update in
            var heard = StartDesk.Heard(event: view.consoleEvent(update))
            if heard.event.outcome == .quarantined {
                // Both lists have the newest first.
                heard.problem = problems[update.eventType]?.first?.problem
                if problems[update.eventType]?.isEmpty == false { problems[update.eventType]?.removeFirst() }
            } else {
                heard.looks =
                    programme.rules.filter { $0.trigger == update.eventType }.map { view.wording($0.why, or: $0.id) }
                    + (view.compiled.eventTypes[update.eventType]?.challenges ?? []).map {
                        view.wording($0.challenge.name, or: $0.challenge.id)
                    }
                    + programme.streaks.filter { streak in
                        streak.measures.contains { $0.event == update.eventType }
                    }.map { view.wording($0.name, or: $0.id) }
            }
            return heard
        }
    }

    // MARK: Launching

    func launch(_ basisPoints: Int, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool {
        guard try await may(.programmeWrite, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard (1...10_000).contains(basisPoints), let current = try await home.versions.loadCurrent(programme),
            current.version.number == version
        else { return false }
        do {
            let document = try current.document.withPilot(basisPoints == 10_000 ? nil : basisPoints)
            switch try await home.apply(
                document, to: programme, basedOn: version, by: staff.staff, note: "pilot \(basisPoints / 100) %")
            {
            case .applied(let version):
                if let principal = try await principal(of: staff) {
                    let text = "version \(version.number), \(basisPoints / 100) %"
                    try await note("programme.launch", in: programme, after: text, by: principal)
                }
                return true
            case .unchanged: return true
            case .conflict: return false
            }
        } catch is DocumentProblems {
            return false
        } catch is UndecidedChanges {
            return false
        }
    }

    private func note(
        _ action: String, in programme: ProgrammeID, after: String, by principal: Principal
    ) async throws {
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: AuditActor(principal), action: action,
            object: "programme:" + programme.name, after: after)
        try await home.database.write { try Audit.append($0, entry) }
    }
}
