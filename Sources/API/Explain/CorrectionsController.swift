import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

/// Retroactive corrections of rules: the difference, then the job that posts it.
struct CorrectionsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let random: any RandomBytes

    func preview(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let (rule, from) = Self.read(&fields)
        try fields.finish()
        let programme = try call.programme
        let corrections = Corrections(engine, programme)
        let preview = try await Self.translating {
            try await corrections.preview(try await corrections.plan(rule: rule, from: from))
        }
        return Reply(status: 200, mediaType: Reply.json, body: preview.json(in: programme).bytes())
    }

    func order(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let (rule, from) = Self.read(&fields)
        let confirm = fields.text("confirm", required: true, limit: 40) ?? ""
        try fields.finish()
        guard let key = call.key else { throw Problem.badKey }
        let programme = try call.programme
        let id =
            call.idempotencyKey.map {
                engine.holdID(
                    programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "correction\n" + $0)
            } ?? random.id()
        let corrections = Corrections(engine, programme)
        return try await idempotency.once(call, body: body) {
            let job = try await Self.translating {
                try await corrections.order(
                    rule: rule, from: from, confirmation: confirm, id: id, by: key.principal.auditName)
            }
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: AuditActor(key.principal), action: "job.order",
                object: "job:\(job.id)", after: job.action.json.text())
            try await engine.database.write { try Audit.append($0, entry) }
            return .json(201) { JobsController.write(job, into: &$0) }
        }
    }

    private static func read(_ fields: inout Fields) -> (rule: String, from: Int32) {
        let rule = fields.text("rule", required: true, limit: 100) ?? ""
        let text = fields.text("from", required: true, limit: 10)
        let day = text.flatMap { CivilDate($0) }.flatMap { $0.year >= 1 ? $0 : nil }
        if text != nil, day == nil { fields.fault("from", "Send a day such as 2026-11-21.") }
        return (rule, Int32(clamping: day?.daysSinceEpoch ?? 0))
    }

    private static func translating<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch Corrections.Problem.refused(let sentence) {
            throw Problem(.contradiction, sentence)
        } catch Corrections.Problem.changed {
            throw Problem(
                .contradiction, "The difference is another one than the one that `confirm` stands for. Look again.")
        }
    }
}
