import Logging
import Primitives
import Runtime
import ServiceLifecycle

/// Delivers webhooks while the server runs.
struct WebhookService: Service {
    let dispatcher: WebhookDispatcher
    let clock: any WallClock
    let logger: Logger

    func run() async throws {
        for await _ in Ticks(every: .seconds(1)).cancelOnGracefulShutdown() {
            do {
                let turn = try await dispatcher.run(now: clock.now())
                if turn.failed > 0 { logger.warning("webhooks not taken", metadata: ["failed": "\(turn.failed)"]) }
                if turn.setAside > 0 {
                    logger.warning("webhook messages set aside", metadata: ["count": "\(turn.setAside)"])
                }
            } catch {
                logger.error("webhooks failed", metadata: ["error": "\(type(of: error))"])
            }
        }
    }
}
