import Logging
import Loyalty
import Personalisation
import Primitives
import Runtime
import ServiceLifecycle

/// Trains the recommendations of each programme in the background, once an hour and at the first start, and forgets what is
/// remembered of members as soon as it is too old to be used.
struct RecommendationService: Service {
    let home: Home
    let logger: Logger

    func run() async throws {
        for await _ in Ticks(every: .seconds(5)).cancelOnGracefulShutdown() {
            home.recommendations.forget(at: home.engine.clock.now())
            await flush()
            for programme in home.engine.host.all.map(\.id) where home.engine.owns(programme) {
                await cancelWhenGracefulShutdown { await train(programme) }
            }
        }
    }

    /// Counts of choices are written a few seconds after they are in force.
    private func flush() async {
        do {
            try await home.choices.flush()
        } catch {
            logger.error("choices were not written", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func train(_ programme: ProgrammeID) async {
        do {
            guard try await home.recommendations.isDue(programme, at: home.engine.clock.now()),
                let model = try await home.recommendations.train(programme)
            else { return }
            logger.info(
                "recommendations are trained",
                metadata: ["programme": "\(programme)", "items": "\(model.items.count)"])
        } catch is CancellationError {
            // The server stops, or the programme is another's; the old model stays.
        } catch {
            logger.error(
                "recommendations were not trained",
                metadata: ["programme": "\(programme)", "error": "\(type(of: error))"])
        }
    }
}
