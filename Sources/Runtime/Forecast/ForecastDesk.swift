import Foundation
import Loyalty
public import Primitives
import Synchronization

/// Forecasts that a server makes beside everything else: one at a time, on a thread of its own. The last one of each
/// programme stays in memory; nothing is stored.
public final class ForecastDesk: Sendable {
    public enum State: Sendable {
        /// How much is done, from 0 to 1.
        case running(Double)
        case done(ForecastReport)
        case failed
    }

    private let states = Mutex<[ProgrammeID: State]>([:])

    public init() {}

    public func state(of programme: ProgrammeID) -> State? { states.withLock { $0[programme] } }

    /// Begins one, unless another is under way.
    ///
    /// - Returns: whether it was begun.
    public func start(_ forecast: Forecast) -> Bool {
        let programme = forecast.programme.id
        let begins = states.withLock { states in
            let isBusy = states.values.contains { if case .running = $0 { true } else { false } }
            if !isBusy { states[programme] = .running(0) }
            return !isBusy
        }
        guard begins else { return false }
        let thread = Thread { [self] in
            let state: State
            do {
                state = .done(
                    try forecast.run(progress: { done, total in
                        put(.running(Double(done) / Double(total)), programme)
                    }))
            } catch {
                state = .failed
            }
            put(state, programme)
        }
        thread.name = "forecast"
        thread.qualityOfService = .background
        // Decisions of rules with many conditions nest deeper than a thread's usual stack allows.
        thread.stackSize = 8 << 20
        thread.start()
        return true
    }

    private func put(_ state: State, _ programme: ProgrammeID) { states.withLock { $0[programme] = state } }
}
