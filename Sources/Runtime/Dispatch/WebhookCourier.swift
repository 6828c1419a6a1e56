import Loyalty
import Primitives
import Storage

/// Makes the request of a message and sends it once.
struct WebhookCourier: Sendable {
    let programme: ProgrammeID
    let webhook: Webhook
    let signatures: WebhookSignatures
    let sender: any WebhookSending

    /// What the message with this place in the outbox is called, every time it is sent.
    static func id(_ programme: ProgrammeID, _ sequence: Int64) -> String { "msg_\(programme.name)_\(sequence)" }

    /// - Parameters:
    ///   - sequence: `nil` for a test.
    ///   - attempt: 0 for one that somebody asked for.
    func send(
        _ body: [UInt8], id: String, sequence: Int64?, attempt: Int, at now: Instant
    ) async -> (attempt: WebhookAttempt, answer: WebhookAnswer) {
        let request = WebhookRequest(
            url: webhook.url, id: id, timestamp: now.seconds,
            signature: signatures.header(id: id, timestamp: now.seconds, body: body), body: body)
        let start = SuspendingClock.now
        let answer = await sender.answer(to: request)
        let (seconds, attoseconds) = (SuspendingClock.now - start).components
        let record = WebhookAttempt(
            sequence: sequence, message: id, kind: Self.kind(of: body), at: now, attempt: attempt,
            result: answer.result, milliseconds: seconds * 1_000 + attoseconds / 1_000_000_000_000_000,
            bytes: body.count)
        return (record, answer)
    }

    /// The type that a message says; nothing else of it is kept.
    static func kind(of body: [UInt8]) -> String {
        let type = (try? JSONValue(parsing: body))?.objectValue?["type"]?.stringValue
        return String((type ?? "effect").prefix(60))
    }
}
