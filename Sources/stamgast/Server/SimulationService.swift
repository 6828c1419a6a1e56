import Logging
import Loyalty
import Primitives
import Runtime
import ServiceLifecycle

/// Carries out simulations while the server runs, one at a time: they cost time and memory, and nobody waits for them
/// with a phone in the hand.
struct SimulationService: Service {
    let home: Home
    let logger: Logger

    func run() async throws {
        for await _ in Ticks(every: .seconds(1)).cancelOnGracefulShutdown() {
            for programme in home.engine.host.all.map(\.id) where home.engine.owns(programme) {
                await cancelWhenGracefulShutdown { await work(programme) }
            }
        }
    }

    private func work(_ programme: ProgrammeID) async {
        do {
            while !Task.isCancelled,
                let run = try await SimulationRunner.advance(home.engine, programme, policy: home.policy)
            {
                logger.notice(
                    "a simulation is over",
                    metadata: ["programme": "\(programme)", "failed": "\(run.state == .failed)"])
            }
        } catch is CancellationError {
            // The server stops; the next one begins it anew.
        } catch {
            logger.error(
                "a simulation cannot go on", metadata: ["programme": "\(programme)", "error": "\(type(of: error))"])
        }
    }
}
