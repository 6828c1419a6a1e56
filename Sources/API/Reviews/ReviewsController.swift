import Access
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

/// What waits because it looked suspicious, and what staff decide about it.
struct ReviewsController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency
    let members: MembersController

    /// How many cases one decision may end.
    static let most = 500

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        var filter = ReviewFilter()
        if let text = call.query["state"] {
            guard let state = ReviewState.allCases.first(where: { $0.name == text }) else {
                throw Problem.parameter("state", "Send one of the states of a case.")
            }
            filter.state = state
        }
        filter.check = call.query["check"]
        if let text = call.query["member"] {
            guard let member = MemberID(text), member.description == text else {
                throw Problem.parameter("member", "Send a member's pseudonym.")
            }
            filter.member = member
        }
        var after: QueuedReview.Place?
        if let text = page.after {
            let parts = text.split(separator: " ").map(String.init)
            guard parts.count == 3, let day = Int32(parts[0]), let member = MemberID(parts[1]) else {
                throw Page.badCursor
            }
            after = QueuedReview.Place(day: day, member: member, check: parts[2])
        }
        let found = try await engine.reviews(filter, after: after, limit: page.limit, in: try call.programme)
        let next =
            found.count == page.limit
            ? found.last.map { "\($0.found.day) \($0.member) \($0.found.check)" } : nil
        return ListReply.json(found, next: next) { Self.write($0, into: &$1) }
    }

    func decide(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let decision = fields.text("decision", required: true, limit: 20)
        let reason = fields.text("reason", required: true, limit: 500)
        var filter = ReviewFilter()
        filter.check = fields.text("check", required: true, limit: 64)
        if let text = fields.text("member", limit: 36) {
            if let member = MemberID(text), member.description == text {
                filter.member = member
            } else {
                fields.fault("member", "Send a member's pseudonym.")
            }
        }
        if let text = fields.text("day", limit: 10) {
            if let date = CivilDate(text), date.description == text {
                filter.day = Int32(clamping: date.daysSinceEpoch)
            } else {
                fields.fault("day", "Send a day such as 2026-11-21.")
            }
        }
        filter.device = fields.integer("device")
        if let decision, !["release", "refuse"].contains(decision) {
            fields.fault("decision", "Send release or refuse.")
        }
        try fields.finish()
        guard let key = call.key, let decision, let reason else { throw Problem.badKey }
        let programme = try call.programme
        let wanted = filter
        return try await idempotency.once(call, body: body) {
            let (decided, hasMore) = try await engine.decideReviews(
                wanted, releases: decision == "release", limit: Self.most, in: programme)
            if !decided.isEmpty {
                let entry = AuditEntry(
                    programme: programme, at: engine.clock.now(), actor: AuditActor(key.principal),
                    action: "review.\(decision)", object: "review:\(wanted.check ?? "")",
                    after: JSONValue.object([
                        "reason": .string(reason), "cases": .integer(Int64(decided.count)),
                    ]).text())
                try await engine.database.write { try Audit.append($0, entry) }
            }
            return .json { writer in
                writer.beginObject()
                writer.member("decided", Int64(decided.count))
                writer.member("more", hasMore)
                writer.endObject()
            }
        }
    }

    /// Devices of a day that more than one member used: what a refusal by device names.
    func devices(_ call: Call) async throws -> Reply {
        guard let check = call.query["check"], !check.isEmpty else {
            throw Problem.parameter("check", "Name the check.")
        }
        guard let text = call.query["day"], let date = CivilDate(text), date.description == text else {
            throw Problem.parameter("day", "Send a day such as 2026-11-21.")
        }
        let store = LoyaltyStore(programme: try call.programme)
        let found = try await engine.database.read {
            try store.devices(of: check, day: Int32(clamping: date.daysSinceEpoch), $0)
        }
        return ListReply.json(found, next: nil) { device, writer in
            writer.beginObject()
            writer.member("device", device.device)
            writer.member("members", device.members)
            writer.endObject()
        }
    }

    static func write(_ review: QueuedReview, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("member", review.member.description)
        writer.member("check", review.found.check)
        writer.member("day", CivilDate(daysSinceEpoch: Int(review.found.day)).description)
        writer.member("state", review.found.state.name)
        writer.member("ends_at", RFC3339.format(review.found.endsAt))
        writer.member(
            "held",
            JSONValue.object(
                JSONObject(review.found.held.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer($0.value)) })))
        writer.member("badges", review.found.badges)
        writer.member("others", review.found.others)
        writer.endObject()
    }

    /// What waits of one member, and why, in their words.
    func waiting(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw Problem.notFound("programme") }
        let found = try await engine.openReviews(of: member, in: programme)
        return ListReply.json(found, next: nil) { one, writer in
            writer.beginObject()
            writer.member("check", one.check)
            writer.member("day", CivilDate(daysSinceEpoch: Int(one.day)).description)
            writer.member("ends_at", RFC3339.format(one.endsAt))
            let why = (compiled.reviewCheck(one.check)?.why.values ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }
            writer.member(
                "why", JSONValue.object(JSONObject(why.map { ($0.key.rawValue, JSONValue.string($0.value)) })))
            writer.member(
                "held",
                JSONValue.object(
                    JSONObject(one.held.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer($0.value)) })))
            writer.member("badges", one.badges)
            writer.member("others", one.others)
            writer.endObject()
        }
    }
}
