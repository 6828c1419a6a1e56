import Access
public import Loyalty
public import Primitives
import Runtime
import Storage
import Vault

/// Jobs: one order for many members, carried out beside everything else.
struct JobsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let random: any RandomBytes

    func order(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        for name in ["do", "unit", "amount", "badge", "trait", "value"] { _ = fields.value(name) }
        let action = BulkAction(body)
        let condition = fields.text("when", limit: 4_000)
        let listed = fields.array("members", limit: JobRunner.listed)
        var members: [MemberID] = []
        for (index, value) in (listed ?? []).enumerated() {
            guard let text = value.stringValue, let member = MemberID(text), member.description == text else {
                fields.fault("members[\(index)]", "Send a member's pseudonym.")
                if fields.errors.count >= 50 { break }
                continue
            }
            members.append(member)
        }
        try fields.finish()
        guard (listed == nil) != (condition == nil) else {
            throw Problem(.contradiction, "Send either `members` or `when`, a condition over `member`.")
        }
        // A correction is looked at before it is ordered; see ``CorrectionsController``.
        if action?.name == "correct" {
            throw Problem(.contradiction, "Corrections are ordered with POST /v1/corrections.")
        }
        guard action != nil else {
            throw Problem(
                .contradiction, "`do` is grant, activate, expire, revoke-badge or trait, with what it takes.")
        }
        guard let action, let key = call.key else { throw Problem.badKey }
        let programme = try call.programme
        let id =
            call.idempotencyKey.map {
                engine.holdID(programme: programme, member: MemberID(ID128(high: 0, low: 0)), key: "job\n" + $0)
            } ?? random.id()
        let (wanted, actor) = (listed == nil ? nil : members, key.principal.auditName)
        return try await idempotency.once(call, body: body) {
            do {
                let job = try await JobRunner.order(
                    action, members: wanted, condition: condition, id: id, by: actor, in: programme, engine)
                try await note("job.order", job, key)
                return .json(201) { Self.write(job, into: &$0) }
            } catch JobRunner.Problem.missing(let detail) {
                throw Problem(.contradiction, detail)
            } catch JobRunner.Problem.condition(let detail) {
                throw Problem(.contradiction, "`when`: \(detail)")
            }
        }
    }

    func get(_ call: Call) async throws -> Reply {
        let job = try await job(call)
        return .json { Self.write(job, into: &$0) }
    }

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        var before: (at: Instant, id: ID128)?
        if let after = page.after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let at = Int64(parts[0]), let id = ID128(parts[1]) else { throw Page.badCursor }
            before = (Instant(milliseconds: at), id)
        }
        let store = LoyaltyStore(programme: try call.programme)
        let jobs = try await engine.database.read { [before] in
            try store.jobs(before: before, limit: page.limit, $0)
        }
        let next = jobs.count == page.limit ? jobs.last.map { "\($0.createdAt.milliseconds).\($0.id)" } : nil
        return ListReply.json(jobs, next: next) { Self.write($0, into: &$1) }
    }

    /// What was done stays done; the rest is left alone.
    func cancel(_ call: Call) async throws -> Reply {
        let before = try await job(call)
        let store = LoyaltyStore(programme: try call.programme)
        let now = engine.clock.now()
        return try await idempotency.once(call, body: nil) {
            let (cancelled, job) = try await engine.database.write { connection in
                (try store.cancelJob(before.id, at: now, connection), try store.job(before.id, connection) ?? before)
            }
            if cancelled, let key = call.key { try await note("job.cancel", job, key) }
            return .json { Self.write(job, into: &$0) }
        }
    }

    private func job(_ call: Call) async throws -> Job {
        let id = try call.id("job", of: "job")
        let store = LoyaltyStore(programme: try call.programme)
        guard let job = try await engine.database.read({ try store.job(id, $0) }) else {
            throw Problem.notFound("job")
        }
        return job
    }

    private func note(_ what: String, _ job: Job, _ key: APIKey) async throws {
        let entry = AuditEntry(
            programme: key.programme, at: engine.clock.now(), actor: AuditActor(key.principal), action: what,
            object: "job:\(job.id)", after: job.action.json.text())
        try await engine.database.write { try Audit.append($0, entry) }
    }

    static func write(_ job: Job, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", job.id.description)
        writer.member("order", job.action.json)
        if let condition = job.condition { writer.member("when", condition) }
        writer.member("state", job.state.name)
        writer.member("created_at", RFC3339.format(job.createdAt))
        MemberDocument.write("finished_at", job.finishedAt, into: &writer)
        writer.member("share", job.share)
        writer.member("total", job.total)
        writer.member("looked", job.looked)
        writer.member("changed", job.changed)
        writer.member("unchanged", job.unchanged)
        writer.member("refused", job.refused)
        writer.endObject()
    }
}

extension Job {
    /// As the API answers it.
    public var document: JSONValue {
        var writer = JSONWriter(reservingCapacity: 512)
        JobsController.write(self, into: &writer)
        return (try? JSONValue(parsing: writer.bytes)) ?? .null
    }
}
