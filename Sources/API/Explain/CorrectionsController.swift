import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

/// Retroactive corrections of rules, challenges and badges: the difference, then the job that posts it.
struct CorrectionsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let random: any RandomBytes

    func preview(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let (subjects, from) = Self.read(&fields)
        try fields.finish()
        let subject = try Self.only(subjects)
        let programme = try call.programme
        let corrections = Corrections(engine, programme)
        let preview = try await Self.translating { try await corrections.preview(subject, from: from) }
        return Reply(status: 200, mediaType: Reply.json, body: preview.json(in: programme).bytes())
    }

    func order(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let (subjects, from) = Self.read(&fields)
        let confirm = fields.text("confirm", required: true, limit: 40) ?? ""
        try fields.finish()
        let subject = try Self.only(subjects)
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
                    subject, from: from, confirmation: confirm, id: id, by: key.principal.auditName)
            }
            let entry = AuditEntry(
                programme: programme, at: engine.clock.now(), actor: AuditActor(key.principal), action: "job.order",
                object: "job:\(job.id)", after: job.action.json.text())
            try await engine.database.write { try Audit.append($0, entry) }
            return .json(201) { JobsController.write(job, into: &$0) }
        }
    }

    private static func read(_ fields: inout Fields) -> (subjects: [Corrections.Subject], from: Int32) {
        let subjects = [
            fields.text("rule", limit: 100).map { Corrections.Subject.rule($0) },
            fields.text("challenge", limit: 100).map { .challenge($0) },
            fields.text("badge", limit: 100).map { .badge($0) },
        ]
        let text = fields.text("from", required: true, limit: 10)
        let day = text.flatMap { CivilDate($0) }.flatMap { $0.year >= 1 ? $0 : nil }
        if text != nil, day == nil { fields.fault("from", "Send a day such as 2026-11-21.") }
        return (subjects.compactMap(\.self), Int32(clamping: day?.daysSinceEpoch ?? 0))
    }

    private static func only(_ subjects: [Corrections.Subject]) throws(Problem) -> Corrections.Subject {
        guard let subject = subjects.first, subjects.count == 1 else {
            throw Problem(.contradiction, "Send one of `rule`, `challenge` and `badge`.")
        }
        return subject
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
