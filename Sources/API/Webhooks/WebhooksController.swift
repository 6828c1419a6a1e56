import Access
import Loyalty
import Primitives
import Runtime
import Vault

/// Webhooks: how they are doing, what was sent, and sending it again.
struct WebhooksController: Sendable {
    let engine: Runtime.Engine
    let desk: WebhookDesk
    let idempotency: Idempotency
    let random: any RandomBytes

    private func webhooks(_ call: Call) throws -> [Webhook] {
        engine.host[try call.programme]?.programme.webhooks ?? []
    }

    private func webhook(_ call: Call) throws -> Webhook {
        guard let found = try webhooks(call).first(where: { $0.id == call["webhook"] }) else {
            throw Problem.notFound("webhook")
        }
        return found
    }

    func list(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        var standings: [(webhook: Webhook, standing: WebhookDesk.Standing)] = []
        for webhook in try webhooks(call) {
            standings.append((webhook, try await desk.standing(of: webhook.id, in: programme, now: call.now)))
        }
        return .json { writer in
            writer.beginObject()
            writer.key("data")
            writer.beginArray()
            for (webhook, standing) in standings { Self.write(webhook, standing, call.now, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    func deliveries(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let webhook = try webhook(call)
        var before = Int64.max
        if let after = page.after {
            guard let number = Int64(after) else { throw Page.badCursor }
            before = number
        }
        let all = try await desk.log(of: webhook.id, in: try call.programme).attempts.filter { $0.number < before }
        let shown = Array(all.prefix(page.limit))
        let next = all.count > shown.count ? shown.last.map { String($0.number) } : nil
        return ListReply.json(shown, next: next) { Self.write($0, into: &$1) }
    }

    func test(_ call: Call) async throws -> Reply {
        let webhook = try webhook(call)
        let (programme, actor) = (try call.programme, try actor(call))
        return try await idempotency.once(call, body: nil) {
            let sent = try await desk.test(webhook.id, of: programme, id: random.id(), by: actor, now: call.now)
            guard case .done(let attempt) = sent else { throw Problem.notFound("webhook") }
            return .json(201) { Self.write(attempt, into: &$0) }
        }
    }

    func redeliver(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let message = fields.text("message", limit: 200)
        let time = fields.text("since", limit: 40)
        let since = time.flatMap { RFC3339.parse($0) }
        if time != nil, since == nil { fields.fault("since", "Send a time such as 2026-11-21T08:00:00Z.") }
        try fields.finish()
        guard (message == nil) != (since == nil) else {
            throw Problem(.contradiction, "Send either `message` or `since`.")
        }
        let webhook = try webhook(call)
        let (programme, actor) = (try call.programme, try actor(call))
        return try await idempotency.once(call, body: body) {
            var delivery: WebhookAttempt?
            var isQueued = false
            if let since {
                isQueued = try await desk.redeliver(
                    since: since, to: webhook.id, of: programme, by: actor, now: call.now)
            } else if let message {
                let head = "msg_\(programme.name)_"
                guard message.hasPrefix(head), let sequence = Int64(message.dropFirst(head.count)),
                    case .done(let attempt) = try await desk.redeliver(
                        sequence, to: webhook.id, of: programme, by: actor, now: call.now)
                else { throw Problem.notFound("message") }
                delivery = attempt
            }
            let (sent, queued) = (delivery, isQueued)
            return .json(201) { writer in
                writer.beginObject()
                writer.key("delivery")
                if let sent { Self.write(sent, into: &writer) } else { writer.null() }
                writer.member("queued", queued)
                writer.endObject()
            }
        }
    }

    private func actor(_ call: Call) throws -> AuditActor {
        guard let key = call.key else { throw Problem.badKey }
        return AuditActor(key.principal)
    }

    // MARK: Writing

    private static func write(
        _ webhook: Webhook, _ standing: WebhookDesk.Standing, _ now: Instant, into writer: inout JSONWriter
    ) {
        let state = standing.state
        let word =
            switch (state.stopped, state.failingSince) {
            case (.gone?, _): "gone"
            case (.failing?, _): "off"
            case (nil, .some): "failing"
            case (nil, nil): state.lastTaken == nil ? "unused" : "healthy"
            }
        writer.beginObject()
        writer.member("id", webhook.id)
        writer.member("url", webhook.url)
        writer.member("state", word)
        MemberDocument.write("failing_since", state.failingSince, into: &writer)
        MemberDocument.write("waiting_until", state.waitingUntil.flatMap { $0 > now ? $0 : nil }, into: &writer)
        MemberDocument.write("last_taken", state.lastTaken, into: &writer)
        writer.member("backlog", standing.backlog)
        writer.member("backlog_is_more", standing.isMore)
        writer.member("set_aside", standing.deadLetters)
        writer.endObject()
    }

    private static func write(_ attempt: WebhookAttempt, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("message", attempt.message)
        writer.member("type", attempt.kind)
        writer.member("at", RFC3339.format(attempt.at))
        writer.member("attempt", attempt.attempt)
        writer.key("status")
        if case .answered(let status) = attempt.result { writer.integer(Int64(status)) } else { writer.null() }
        writer.key("problem")
        if case .unanswered(let problem) = attempt.result { writer.string(problem.rawValue) } else { writer.null() }
        writer.member("milliseconds", attempt.milliseconds)
        writer.member("bytes", attempt.bytes)
        writer.endObject()
    }
}
