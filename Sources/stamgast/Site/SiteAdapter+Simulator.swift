import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// The simulator in the console: the programme in force, and perhaps another one, on invented people. Results lie in the
/// database beside other simulations.
extension SiteAdapter {
    func simulate(_ order: SimulatorOrder, for staff: SiteStaff, key: String) async throws -> SimulatorAnswer {
        let programme = staff.programme.id
        guard let principal = try await principal(of: staff), principal.allows(.programmeWrite, in: programme) else {
            throw HTTPError(.forbidden)
        }
        let actor = AuditActor(principal)
        let today = engine.clock.now().milliseconds / 86_400_000
        let id = engine.holdID(
            programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "simulation\n" + staff.staff + key)
        do {
            // Browsers send line breaks as two bytes.
            let text = order.candidate.replacing("\r\n", with: "\n")
            let isEmpty = text.allSatisfy { $0 == "\n" || $0 == " " }
            let candidate = isEmpty ? nil : try ProgrammeDocument(stream: text)
            let run = try await SimulationOrder.forecast(
                members: order.members, days: order.days, seed: order.seed, start: today, candidate: candidate
            ).order(id: id, by: actor.description, in: programme, engine)
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: actor, action: "simulation.order",
                object: "simulation:\(run.id)")
            try await home.database.write { try Audit.append($0, entry) }
            return .begun(run.id.description)
        } catch let error as DocumentProblems {
            return .refused(
                error.problems.prefix(20).map { problem in
                    SimulatorProblem(
                        place: problem.line > 0 ? "\(problem.path):\(problem.line):\(problem.column)" : problem.path,
                        message: [problem.message, problem.fix].compactMap { $0 }.joined(separator: " "))
                })
        } catch let error as CompilationProblem {
            return .refused([SimulatorProblem(place: error.place, message: error.message)])
        } catch SimulationOrder.Problem.tooMany {
            return .full
        }
    }

    func simulator(run: String?, for staff: SiteStaff, language: PageLanguage) async throws -> SimulatorDesk {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let store = LoyaltyStore(programme: programme)
        let runs = try await home.database.read { try store.simulations(.forecast, limit: 20, $0) }
        let calendar = view.compiled.calendar(offsets: engine.zones)
        func day(_ instant: Instant) -> LocalDay { LocalDay(daysSinceEpoch: Int(calendar.day(of: instant))) }
        let shown: SimulationRun?
        if let run {
            guard let id = ID128(run), let found = try await home.database.read({ try store.simulation(id, $0) }),
                found.kind == .forecast
            else { throw HTTPError(.notFound) }
            shown = found
        } else {
            shown = runs.first
        }
        let mayOrder = try await principal(of: staff)?.allows(.programmeWrite, in: programme) ?? false
        return SimulatorDesk(
            today: day(engine.clock.now()), state: Self.state(shown, view),
            entries: runs.filter { $0.state == .done }.map { run in
                let report = run.result?["this"] ?? run.result
                return SimulatorDesk.Entry(
                    id: run.id.description, day: day(run.createdAt), members: report?["members"]?.intValue ?? 0,
                    days: report?["days"]?.intValue ?? 0, isCompared: run.result?["this"] != nil)
            }, mayOrder: mayOrder)
    }

    private static func state(_ run: SimulationRun?, _ view: SiteView) -> SimulatorState {
        guard let run else { return .none }
        switch run.state {
        case .waiting, .running: return .running(run.share)
        case .done:
            return run.result.map { .done(SimulationReading(view: view).result($0)) } ?? .failed
        default: return .failed
        }
    }
}
