import Loyalty
import Primitives
import Runtime

/// A member's tier, and tiers by invitation.
struct TiersController: Sendable {
    let engine: Runtime.Engine
    let idempotency: Idempotency

    func get(_ call: Call) async throws -> Reply {
        let summary = try await engine.known(call)
        guard let ladder = engine.host[try call.programme]?.programme.tiers, let status = summary.tierStatus else {
            throw Problem.notFound("tier")
        }
        return .json(capacity: 512) { TierDocument.write(summary, status, ladder, into: &$0) }
    }

    func invite(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let tier = fields.text("tier", required: true, limit: 64) ?? ""
        var until: Int32?
        if let text = fields.text("until", limit: 10) {
            until = CivilDate(text).map { Int32($0.daysSinceEpoch) }
            if until == nil { fields.fault("until", "Send a day such as 2026-03-01.") }
        }
        try fields.finish()
        return try await change(.invite(tier: tier, until: until), call, body, status: 201)
    }

    func accept(_ call: Call) async throws -> Reply { try await change(.accept(tier: call["tier"]), call, nil) }
    func decline(_ call: Call) async throws -> Reply { try await change(.decline(tier: call["tier"]), call, nil) }

    private func change(
        _ change: TierChange, _ call: Call, _ body: JSONValue?, status: Int = 200
    ) async throws -> Reply {
        let member = try await engine.known(call).member
        return try await idempotency.perform(.tiers(change), call, member: member, body: body) { answer in
            .json(status) { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }
    }
}

/// A tier as JSON.
enum TierDocument {
    static func write(
        _ summary: MemberSummary, _ status: TierStatus, _ ladder: TierLadder, into writer: inout JSONWriter
    ) {
        func text(_ key: StaticString, _ value: String?) {
            writer.key(key)
            if let value, !value.isEmpty { writer.string(value) } else { writer.null() }
        }
        writer.beginObject()
        writer.member("member", summary.member.description)
        text("tier", status.tier)
        writer.member("unit", ladder.unit)
        writer.member("counts", ladder.counts.rawValue)
        writer.member("credits", status.credits)
        text("lasts_until", status.lastsUntil.map { MemberDocument.day($0) })
        text("ends_on", status.endsOn.map { MemberDocument.day($0) })
        writer.key("next")
        if let next = status.next {
            writer.beginObject()
            writer.member("id", next.id)
            writer.member("missing", next.missing)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("period")
        if let period = status.period {
            writer.beginObject()
            writer.member("from", MemberDocument.day(period.lowerBound))
            writer.member("to", MemberDocument.day(period.upperBound - 1))
            writer.endObject()
        } else {
            writer.null()
        }
        text("projected", status.projected)
        writer.key("gives")
        writer.beginArray()
        for name in Set(ladder.upTo(status.tier).flatMap(\.gives)).sorted() { writer.string(name) }
        writer.endArray()
        writer.key("invitations")
        writer.beginArray()
        for invitation in summary.invitations {
            writer.beginObject()
            writer.member("tier", invitation.tier)
            writer.member("state", invitation.state.name)
            writer.member("day", MemberDocument.day(invitation.day))
            text("until", invitation.until.map { MemberDocument.day($0) })
            writer.endObject()
        }
        writer.endArray()
        writer.key("moves")
        writer.beginArray()
        for move in status.moves.suffix(20) {
            writer.beginObject()
            writer.member("kind", move.kind.rawValue)
            writer.member("day", MemberDocument.day(move.day))
            text("from", move.from)
            text("to", move.to)
            writer.member("credits", move.credits)
            writer.member("needed", move.needed == TierLadder.Tier.unreachable ? 0 : move.needed)
            text("end", move.end.map { MemberDocument.day($0) })
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
