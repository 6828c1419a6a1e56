import Logging
import ServiceLifecycle

/// Sends mails while the server runs.
struct MailService: Service {
    let door: MailDoor
    let logger: Logger

    func run() async throws {
        // Short: somebody sits before the screen and waits for the mail.
        for await _ in Ticks(every: .milliseconds(250)).cancelOnGracefulShutdown() {
            await door.turn(logger: logger)
        }
    }
}
