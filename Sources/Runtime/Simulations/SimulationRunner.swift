import Assignment
public import Loyalty
public import Primitives
import Storage

/// Carries out simulations beside everything else, the oldest first.
///
/// A run that a crash or a change of owner cut off begins anew: it wrote nothing but how far it was.
public enum SimulationRunner {
    /// It was cancelled, or another node owns the programme now.
    private struct Stopped: Error {}

    /// Carries out the oldest simulation of a programme that waits.
    ///
    /// - Parameter policy: what the operator decides for all programmes, the changed ones too.
    /// - Returns: how it ended; `nil` if none waits, or it was stopped.
    @discardableResult
    public static func advance(
        _ engine: Engine, _ programme: ProgrammeID, policy: HomePolicy = HomePolicy()
    ) async throws -> SimulationRun? {
        let store = LoyaltyStore(programme: programme)
        guard let current = engine.host[programme],
            let run = try await engine.database.read({ try store.openSimulation($0) })
        else { return nil }
        var (result, problem): (JSONValue?, String?)
        do {
            guard let order = SimulationOrder(run.kind, run.request) else {
                throw SimulationOrder.Problem.unknownProgramme
            }
            let pace = Pace(engine, run.id, programme)
            try await pace.save(0, 0)
            result = try await answer(order, current, policy, engine, pace)
        } catch is Stopped {
            return nil
        } catch let error as CancellationError {
            throw error
        } catch let error as StorageProblem {
            // Said and tried again at the next beat.
            throw error
        } catch let error as CompilationProblem {
            problem = error.message
        } catch let error as DocumentProblems {
            problem = error.problems.first?.message ?? "The document cannot be read any more."
        } catch {
            problem = "It could not be finished."
        }
        let (answer, reason, now) = (result, problem, engine.clock.now())
        return try await engine.database.write { connection in
            try store.end(
                simulation: run.id, as: answer == nil ? .failed : .done, result: answer, problem: reason, at: now,
                connection)
            return try store.simulation(run.id, connection)
        }
    }

    /// Writes how far a run is, now and then, and hears whether it is to go on.
    private final class Pace: Sendable {
        private let engine: Engine
        private let run: ID128
        private let programme: ProgrammeID

        init(_ engine: Engine, _ run: ID128, _ programme: ProgrammeID) {
            self.engine = engine
            self.run = run
            self.programme = programme
        }

        func save(_ done: Int64, _ total: Int64) async throws {
            let (store, run) = (LoyaltyStore(programme: programme), run)
            guard engine.owns(programme),
                try await engine.database.write({
                    try store.advance(simulation: run, done: done, total: total, $0)
                })
            else { throw Stopped() }
        }
    }

    private static func answer(
        _ order: SimulationOrder, _ current: CompiledProgramme, _ policy: HomePolicy, _ engine: Engine, _ pace: Pace
    ) async throws -> JSONValue {
        switch order {
        case .backtest(let document, let from, let to):
            let parsed = try document.programme(zones: engine.zones)
            let changed = try policy.applied(
                to: CompiledProgramme(parsed, version: current.version + 1, zones: engine.zones), zones: engine.zones)
            let calendar = current.calendar(offsets: engine.zones)
            var window = BacktestRun.Window()
            if let from { window.from = calendar.start(of: from) }
            if let to { window.until = calendar.start(of: to + 1) }
            let id = current.id
            let run = BacktestRun(before: current, after: changed, offsets: engine.zones, window: window) {
                engine.catalogue.item($0, in: id)
            }
            let report = try await run.run(home: engine) { done, total in
                if done % 5_000 == 0 || done == total { try await pace.save(Int64(done), Int64(total)) }
            }
            var json = report.json
            json["version"] = .integer(current.version)
            json["difference"] = ProgrammeDiff(from: current.programme, to: parsed).json
            return json
        case .replay:
            let store = LoyaltyStore(programme: current.id)
            let total = try await engine.database.read { try store.explanationCount($0) }
            let report = try await ReplayRun(engine, current.id).run { done in
                if done % 5_000 == 0 { try await pace.save(done, max(done, total)) }
            }
            return report.json(namesMembers: false)
        case .forecast(let members, let days, let seed, let start, let candidate):
            let settings = Forecast.Settings(
                members: members, days: days, seed: UInt64(bitPattern: seed),
                start: Instant(milliseconds: start * 86_400_000), holdOut: BasisPoints(fraction: 0.1) ?? .none)
            // On the people of the programme in force, both of them.
            let behaviour = current.programme.behaviour
            func run(_ programme: CompiledProgramme, after first: Int, of all: Int) async throws -> ForecastReport {
                let open = try programme.launched(zones: engine.zones)
                let forecast = Forecast(open, settings: settings, behaviour: behaviour, zones: engine.zones)
                return try await ForecastThread.run(forecast) { done, _ in
                    try await pace.save(Int64(first + done), Int64(all))
                }
            }
            guard let candidate else { return try await run(current, after: 0, of: days).json }
            let other = try policy.applied(
                to: CompiledProgramme(
                    candidate.programme(zones: engine.zones), version: current.version + 1, zones: engine.zones),
                zones: engine.zones)
            let one = try await run(current, after: 0, of: 2 * days)
            let two = try await run(other, after: days, of: 2 * days)
            return ["this": one.json, "against": two.json, "differences": ForecastComparison(one, two).json]
        }
    }
}
