import Loyalty
import Primitives
import Runtime
import Storage

/// Events that could not be taken: what was wrong with each, and another attempt after a fix. Their content is sealed
/// and does not leave the server.
struct QuarantineController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let wording: EffectWording

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        var before: (day: Int32, id: ID128)?
        if let after = page.after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let id = ID128(parts[1]) else { throw Page.badCursor }
            before = (day, id)
        }
        let store = LoyaltyStore(programme: try call.programme)
        let events = try await engine.database.read { [before] in
            try store.quarantined(before: before, limit: page.limit, $0)
        }
        let next = events.count == page.limit ? events.last.map { "\($0.day).\($0.id)" } : nil
        return ListReply.json(events, next: next) { event, writer in
            writer.beginObject()
            writer.member("id", event.id.description)
            writer.member("day", MemberDocument.day(event.day))
            writer.member("type", event.type)
            writer.member("code", event.code)
            writer.key("field")
            if let field = event.field { writer.string(field) } else { writer.null() }
            writer.member("detail", event.detail)
            writer.endObject()
        }
    }

    func replay(_ call: Call) async throws -> Reply {
        let id = try call.id("event", of: "event in quarantine")
        let programme = try call.programme
        let texts = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        return try await idempotency.once(call, body: nil) {
            guard let result = try await engine.replay(id, in: programme) else {
                throw Problem.notFound("event in quarantine")
            }
            return .json { EventAnswer.write(result, texts, into: &$0) }
        }
    }

    func delete(_ call: Call) async throws -> Reply {
        let id = try call.id("event", of: "event in quarantine")
        let store = LoyaltyStore(programme: try call.programme)
        return try await idempotency.once(call, body: nil) {
            guard try await engine.database.write({ try store.release(id, $0) }) else {
                throw Problem.notFound("event in quarantine")
            }
            return .noContent
        }
    }
}
