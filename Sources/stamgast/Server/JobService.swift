import Logging
import Loyalty
import Primitives
import Runtime
import ServiceLifecycle

/// Carries out jobs while the server runs: a page of each programme's oldest job at a time, events in between.
struct JobService: Service {
    let home: Home
    let logger: Logger

    func run() async throws {
        for await _ in Ticks(every: .seconds(1)).cancelOnGracefulShutdown() {
            for programme in home.engine.host.all.map(\.id) where home.engine.owns(programme) {
                do {
                    while !Task.isShuttingDownGracefully, !Task.isCancelled, home.engine.owns(programme),
                        let job = try await JobRunner.advance(home.engine, programme)
                    {
                        guard job.state.isOver else { continue }
                        logger.notice(
                            "a job is over",
                            metadata: [
                                "job": "\(job.id)", "state": "\(job.state.name)", "changed": "\(job.changed)",
                                "refused": "\(job.refused)",
                            ])
                    }
                } catch {
                    logger.error("a job cannot go on", metadata: ["error": "\(type(of: error))"])
                }
            }
        }
    }
}
