import Loyalty
import Primitives
import Runtime
import Vault

/// `POST /v1/events/amendments`: an event that was sent wrongly, or did not happen.
struct AmendmentsController: Sendable {
    let engine: Runtime.Engine
    let wording: EffectWording
    let idempotency: Idempotency

    func amend(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let sent = fields.object("event", required: true)
        let corrected = fields.object("corrected")
        try fields.finish()
        let programme = try call.programme
        let envelope = try Self.envelope(sent ?? JSONObject(), call)
        guard let identity = envelope.user ?? envelope.anonymous,
            let member = try await engine.identities.find(identity, programme: programme)
        else { throw Problem.notFound("member") }
        var replacement: IncomingEvent?
        if let corrected {
            var event = envelope.event
            try Self.correct(&event, corrected)
            replacement = event
        }
        let amendment = Amendment(
            original: envelope.event,
            claim: engine.claim(programme: programme, source: envelope.event.source, id: envelope.event.id),
            corrected: replacement)
        let texts = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        return try await idempotency.perform(.amend(amendment), call, member: member, body: body) { answer in
            .json(201, capacity: 512) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.key("effects")
                EventAnswer.write(answer.effects, texts, into: &writer)
                writer.endObject()
            }
        }
    }

    /// The event as it was sent, read as it was then.
    private static func envelope(_ event: JSONObject, _ call: Call) throws -> EventEnvelope {
        let bytes = JSONValue.object(event).bytes()
        var json = JSONReader(bytes.span)
        switch try CloudEventReader(received: call.now).read(&json) {
        case .event(let envelope, _):
            guard event["time"]?.stringValue != nil else {
                throw Problem.invalid("event.time", "Send the time that the event had.")
            }
            return envelope
        case .refused(_, let faults):
            throw Problem.invalid(faults.map { Problem.FieldError("event." + $0.field, $0.detail) })
        }
    }

    private static func correct(_ event: inout IncomingEvent, _ corrected: JSONObject) throws {
        for key in corrected.keys where key != "time" && key != "data" {
            throw Problem.invalid("corrected." + key, "Only `time` and `data` can be corrected.")
        }
        if let time = corrected["time"] {
            guard let at = time.stringValue.flatMap({ RFC3339.parse($0) }) else {
                throw Problem.invalid("corrected.time", "Send a time such as 2026-11-21T20:15:00Z.")
            }
            event.time = at
        }
        if let data = corrected["data"] {
            guard let fields = data.objectValue else {
                throw Problem.invalid("corrected.data", "Data must be a JSON object of the event's fields.")
            }
            event.fields = fields
        }
    }
}
