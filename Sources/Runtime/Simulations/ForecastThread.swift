import Foundation
import Synchronization

/// A forecast on a thread of its own: it takes long, never waits, and decisions of rules with many conditions nest deeper
/// than the stack of the threads that tasks run on allows.
enum ForecastThread {
    private enum Step: Sendable {
        case day(Int, of: Int)
        case over(Result<ForecastReport, any Error>)
    }

    /// - Parameter progress: told how many days are over; what it throws ends the forecast.
    static func run(
        _ forecast: Forecast, progress: (_ done: Int, _ total: Int) async throws -> Void
    ) async throws -> ForecastReport {
        let stop = Flag()
        let (steps, continuation) = AsyncStream.makeStream(of: Step.self, bufferingPolicy: .bufferingNewest(4))
        let thread = Thread {
            let result = Result<ForecastReport, any Error> {
                try forecast.run(progress: { done, total in
                    if stop.isRaised { throw CancellationError() }
                    continuation.yield(.day(done, of: total))
                })
            }
            continuation.yield(.over(result))
            continuation.finish()
        }
        thread.name = "forecast"
        thread.qualityOfService = .background
        thread.stackSize = 8 << 20
        thread.start()
        // Whoever goes, by cancellation too, takes the thread along at its next day.
        defer { stop.raise() }
        for await step in steps {
            switch step {
            case .day(let done, let total): try await progress(done, total)
            case .over(let result): return try result.get()
            }
        }
        throw CancellationError()
    }

    private final class Flag: Sendable {
        private let raised = Mutex(false)

        var isRaised: Bool { raised.withLock { $0 } }
        func raise() { raised.withLock { $0 = true } }
    }
}
